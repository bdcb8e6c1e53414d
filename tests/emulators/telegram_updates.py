"""The updates of one token: a queue that is confirmed by offset, and its one poller."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Collection

from tests.emulators.telegram_records import Json, Refused

LONGEST_POLL = 50
"""Seconds; more is cut (LONG_POLL_MAX_TIMEOUT in tdlib/telegram-bot-api Client.h)."""

_ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class Updates:
    """https://core.telegram.org/bots/api#getupdates; a second poller ends the first with 409 (do_get_updates)."""

    def __init__(self) -> None:
        self.pending: deque[Json] = deque()
        self.allowed: frozenset[str] = frozenset()
        self._last_id = 0
        self._waiting: asyncio.Future[bool] | None = None

    def put(self, kind: str, payload: Json) -> None:
        """Queue an update, unless the bot asked not to get this kind."""
        if kind not in self.allowed if self.allowed else kind in _ON_REQUEST_ONLY:
            return
        self._last_id += 1
        self.pending.append({"update_id": self._last_id, kind: payload})
        self._wake(went_well=True)

    async def poll(self, offset: int, limit: int, seconds: float, allowed: Collection[str] | None) -> list[Json]:
        """Up to `limit` updates from `offset` on, waiting for the first one; all before it are confirmed.

        Raises Refused (409) when another poller comes.
        """
        if allowed is not None:
            self.allowed = frozenset(allowed)
        self._confirm(offset)
        if not self.pending and seconds > 0:
            await self._wait(min(seconds, LONGEST_POLL))
        return [self.pending[index] for index in range(min(limit, len(self.pending)))]

    def close(self) -> None:
        """Let the poller go, with nothing."""
        self._wake(went_well=True)

    async def _wait(self, seconds: float) -> None:
        self._wake(went_well=False)
        waiting = self._waiting = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                went_well = await waiting
        except TimeoutError:
            return
        finally:
            if self._waiting is waiting:
                self._waiting = None
        if not went_well:
            raise Refused(409, _CONFLICT)

    def _wake(self, *, went_well: bool) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(went_well)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        while self.pending and self.pending[0]["update_id"] < offset:
            self.pending.popleft()
