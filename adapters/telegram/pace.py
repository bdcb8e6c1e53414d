"""How fast a room is written to beside the queue: 20 messages a minute are the most that Telegram takes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from bot.model import Address

SPACING = 3.0  # seconds between two messages to a room: https://core.telegram.org/bots/faq, 20 a minute
BURST = 3  # messages that may go at once where nothing went before
MOST = 20  # within WINDOW
WINDOW = 60.5  # seconds: a minute, and what the way there may differ
MOST_ROOMS = 1000  # remembered before those that were quiet for a minute are dropped


class Pace:
    """The moments at which messages may go to rooms; private chats are not held up. `monotonic`: seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._rooms: dict[str, deque[float]] = {}
        self._next: dict[str, float] = {}  # when the burst is made up for

    def wait(self, address: Address) -> float:
        """Seconds until the next message to this chat may go."""
        if not _is_room(address):
            return 0.0
        now = self._monotonic()
        sent = self._rooms.get(address.chat, deque())
        burst = self._next.get(address.chat, now) - (BURST - 1) * SPACING
        window = sent[0] + WINDOW if len(sent) == MOST else now
        return max(burst - now, window - now, 0.0)

    def take(self, address: Address) -> float:
        """As `wait`, and the message is counted as one that goes then."""
        wait = self.wait(address)
        if _is_room(address):
            now = self._monotonic()
            self._forget(now)
            at = now + wait
            self._rooms.setdefault(address.chat, deque(maxlen=MOST)).append(at)
            self._next[address.chat] = max(self._next.get(address.chat, at), at) + SPACING
        return wait

    def _forget(self, now: float) -> None:
        if len(self._rooms) < MOST_ROOMS:
            return
        for chat in [chat for chat, sent in self._rooms.items() if sent[-1] < now - WINDOW]:
            del self._rooms[chat], self._next[chat]


def _is_room(address: Address) -> bool:
    """Groups and channels have negative ids."""
    return address.chat.startswith("-")
