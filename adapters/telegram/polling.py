"""Long polling: what people do in Telegram comes in here and goes into the application's queue.

Not PTB's Updater, for three reasons: it can take half a minute to stop while it rests after an error, it ends
without a word when the token is refused, and it tells of a second poller on every try.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from structlog import get_logger
from telegram import Bot, Update
from telegram.error import Conflict, TelegramError

from adapters.telegram.faults import fault
from bot.errors import DeliveryError, RetryLater, TokenDead

LONG_POLL = 30  # seconds; the server cuts at 50
ALLOWED = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CHANNEL_POST,
    Update.EDITED_CHANNEL_POST,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
)
"""Always named: left out, the last setting of the token would stay (https://core.telegram.org/bots/api#getupdates)."""

FIRST_REST = 1.0  # seconds after a first error
LONGEST_REST = 30.0
COMPLAIN_EVERY = 60.0  # seconds between two log lines of the same kind
CONTESTED_FOR = 60.0  # seconds; pollers of one token take turns in ending each other, each with good polls between
CONFIRM_WITHIN = 1.0  # seconds

Sleep = Callable[[float], Awaitable[None]]

_log = get_logger(__name__)
_CONFLICT = "another process polls with the same TELEGRAM_TOKEN: stop one of the two"


class Polling:
    """One poller of one token. `run` until it is cancelled, then `confirm`."""

    def __init__(
        self, bot: Bot, updates: asyncio.Queue[object], *, sleep: Sleep, monotonic: Callable[[], float]
    ) -> None:
        self._bot = bot
        self._updates = updates
        self._sleep = sleep
        self._monotonic = monotonic
        self._fault: DeliveryError | None = None  # what the last poll ended with
        self._ended_at = float("-inf")  # when another poller last ended a poll of ours,
        self._contested_until = float("-inf")  # and for how long that counts, if it did so again and again
        self._next_id = 0
        self._complained: dict[str, float] = {}  # loop time by event

    @property
    def fault(self) -> DeliveryError | None:
        """What the last poll ended with; another poller is remembered until it has been gone for a while."""
        return RetryLater(_CONFLICT) if self._monotonic() < self._contested_until else self._fault

    async def run(self) -> None:
        """Poll for ever; an error makes it rest, never end."""
        rest = FIRST_REST
        while True:
            try:
                # After a fault the answer is wanted at once: it tells that the connection is back.
                wait = 0 if self._fault else LONG_POLL
                updates = await self._bot.get_updates(self._next_id, timeout=wait, allowed_updates=ALLOWED)
            except TelegramError as error:
                wrong = self._fault = self._meaning(error)
                self._complain(error, wrong)
                asked = wrong.after if isinstance(wrong, RetryLater) else None
                await self._sleep(asked or rest)
                rest = min(rest * 2, LONGEST_REST)
                continue
            rest, self._fault = FIRST_REST, None
            for update in updates:
                self._updates.put_nowait(update)
                self._next_id = update.update_id + 1

    async def confirm(self) -> None:
        """Tell Telegram what has been taken, so that the next start does not answer it again."""
        if not self._next_id:
            return
        try:
            async with asyncio.timeout(CONFIRM_WITHIN):
                await self._bot.get_updates(self._next_id, limit=1, timeout=0, allowed_updates=ALLOWED)
        except (TelegramError, TimeoutError) as error:
            _log.warning("telegram_updates_unconfirmed", error=str(error) or type(error).__name__)

    def _meaning(self, error: TelegramError) -> DeliveryError:
        if not isinstance(error, Conflict):
            return fault(error)
        now = self._monotonic()
        if now - self._ended_at < CONTESTED_FOR:  # once is what remains of a process that just ended
            self._contested_until = now + CONTESTED_FOR
        self._ended_at = now
        return RetryLater(_CONFLICT)

    def _complain(self, error: TelegramError, wrong: DeliveryError) -> None:
        if isinstance(error, Conflict):
            event, said = "telegram_second_poller", _CONFLICT
        elif isinstance(wrong, TokenDead):
            event, said = "telegram_token_refused", str(wrong)
        else:
            event, said = "telegram_unreachable", str(wrong)
        now = asyncio.get_running_loop().time()
        if now - self._complained.get(event, -COMPLAIN_EVERY) >= COMPLAIN_EVERY:
            self._complained[event] = now
            _log.error(event, error=said)
