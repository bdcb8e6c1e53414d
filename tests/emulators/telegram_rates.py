"""How fast one may send: per token, per private chat, per group, on the clock of the emulator."""

from __future__ import annotations

import math
from collections import deque

from tests.emulators.telegram_records import Refused
from tests.emulators.telegram_rules import Rules


class Rates:
    """Counts what was accepted and says when a message comes too soon.

    About 30 messages a second for a token (1,000 when paid), about 1 a second in a private chat with short
    bursts, 20 a minute in a group or channel: https://core.telegram.org/bots/faq ("My bot is hitting
    limits") and sendMessage's allow_paid_broadcast.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._last_second: dict[str, deque[float]] = {}
        self._locked_until: dict[str, float] = {}
        self._chat_free_at: dict[int, float] = {}
        self._last_minute: dict[int, deque[float]] = {}

    def retry_after(self, token: str, chat_id: int, now: float, *, paid: bool) -> float:
        """Seconds until this message may be sent; 0 = now. `now` in seconds."""
        waits = (self._token_wait(token, now, paid=paid), self._chat_wait(chat_id, now))
        return max(0.0, *waits)

    def count(self, token: str, chat_id: int, now: float) -> None:
        """Note an accepted message."""
        self._last_second.setdefault(token, deque()).append(now)
        if chat_id > 0:
            free_at = max(self._chat_free_at.get(chat_id, now), now)
            self._chat_free_at[chat_id] = free_at + 1 / self.rules.chat_per_second
        else:
            recent = self._last_minute.setdefault(chat_id, deque(maxlen=self.rules.group_per_minute))
            recent.append(now)

    def _token_wait(self, token: str, now: float, *, paid: bool) -> float:
        locked = self._locked_until.get(token, now) - now
        if locked > 0:
            return locked
        rules = self.rules
        recent = self._last_second.setdefault(token, deque())
        while recent and recent[0] <= now - 1:
            recent.popleft()
        rate = rules.paid_per_second if paid else rules.per_second
        if len(recent) < math.floor(rate * (1 + rules.tolerance)):
            return 0
        self._locked_until[token] = now + rules.flood_lock
        return max(recent[0] + 1 - now, rules.flood_lock)

    def _chat_wait(self, chat_id: int, now: float) -> float:
        rules = self.rules
        if chat_id > 0:
            burst = (rules.chat_burst - 1) / rules.chat_per_second
            return self._chat_free_at.get(chat_id, now) - burst - now
        recent = self._last_minute.get(chat_id)
        if recent is None or len(recent) < rules.group_per_minute:
            return 0
        return recent[0] + 60 - now


def too_many_requests(seconds: float) -> Refused:
    """429 with whole seconds, as set_retry_after_error in tdlib/telegram-bot-api Query.cpp words it."""
    retry_after = max(1, math.ceil(seconds))
    return Refused(429, f"Too Many Requests: retry after {retry_after}", parameters={"retry_after": retry_after})
