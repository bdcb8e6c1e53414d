"""Whether there is something to send, for workers that have nothing to do, at next to no cost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.model import Platform
from bot.ports import Storage

ANYWAY = 30.0  # seconds; a file that was put in the place of the database does not tell that it is another


class Lookout:
    """Remembers what the last look at the database told, for as long as nobody has written to it since.

    The workers of one process share it. A server does not tell whether anybody has written: it is asked each time.
    """

    def __init__(self, storage: Storage, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._storage = storage
        self._monotonic = monotonic
        self._looking = asyncio.Lock()
        self._edition: int | None = None
        self._looked_at = float("-inf")
        self._calls: Mapping[Platform, datetime] = {}  # when each platform has something to do, by that look

    async def called(self, platform: Platform, now: datetime) -> bool:
        """Whether a claim would change anything now. Raises StorageError."""
        async with self._looking:
            edition = self._storage.edition()
            known = edition is not None and edition == self._edition
            if not known or self._monotonic() >= self._looked_at + ANYWAY:
                async with self._storage.read() as work:
                    self._calls = await work.deliveries.calls(now)
                self._edition, self._looked_at = edition, self._monotonic()
        call = self._calls.get(platform)
        return call is not None and call <= now
