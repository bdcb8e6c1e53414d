"""Work that one process does at a time: done while its lease is held, taken over when its owner is gone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

import structlog

from bot.errors import StorageError
from bot.ports import Storage

log = structlog.get_logger(__name__)

LEASE = 10.0  # seconds; with RENEW it keeps a take-over within the promised 15 s
RENEW = 3.0  # seconds between renewals, and between attempts of those who wait


class Roll:
    """The leases of one process, renewed together: one transaction serves all tenures within a moment."""

    def __init__(
        self,
        storage: Storage,
        owner: str,
        *,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._storage = storage
        self._owner = owner
        self._clock = clock
        self._monotonic = monotonic
        self._asking = asyncio.Lock()
        self._asked_at = float("-inf")
        self._names: set[str] = set()

    async def renew(self, name: str) -> float | None:
        """When the lease was last asked for and had, on the monotonic clock; None where it is ours no longer.

        Raises StorageError.
        """
        async with self._asking:
            if name not in self._names or self._monotonic() >= self._asked_at + RENEW / 2:
                asked_at = self._monotonic()
                async with self._storage.write() as work:
                    self._names = await work.leases.renew(self._owner, LEASE, self._clock())
                self._asked_at = asked_at
            return self._asked_at if name in self._names else None


class Tenure:
    """Runs `work` for as long as this process holds the lease `name`, again and again.

    `work` is given a function to call once it has begun well. `gone` tells of an owner that its process ended:
    its lease is not waited for. Tenures of one process share a `roll`.

    The lease is renewed in the background. When it cannot be renewed in time (another owner has it, the database
    cannot be reached, the process was frozen), the work is cancelled before anybody else may begin.
    """

    def __init__(
        self,
        storage: Storage,
        name: str,
        owner: str,
        work: Callable[[Callable[[], None]], Awaitable[None]],
        *,
        clock: Callable[[], datetime],
        gone: Callable[[str], bool] = lambda _owner: False,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        roll: Roll | None = None,
    ) -> None:
        self.name = name
        self._roll = roll or Roll(storage, owner, clock=clock, monotonic=monotonic)
        self._storage = storage
        self._owner = owner
        self._work = work
        self._clock = clock
        self._gone = gone
        self._monotonic = monotonic
        self._sleep = sleep
        self._held_until = float("-inf")  # on the monotonic clock, which no operator can turn back
        self.settled = asyncio.Event()  # the work is done here and has begun well, or another process does it

    async def run(self) -> None:
        """Wait for the lease, work while it is held, and wait again. Ends by cancellation, giving the lease up.

        An exception of the work ends the tenure and is raised.
        """
        try:
            while True:
                if await self._take():
                    await self._serve()
                await self._sleep(RENEW)
        finally:
            await self._give_up()

    @property
    def held(self) -> bool:
        return self._monotonic() < self._held_until

    async def _serve(self) -> None:
        log.info("lease taken", lease=self.name)
        working = asyncio.ensure_future(self._work(self.settled.set))
        keeping = asyncio.ensure_future(self._keep())
        try:
            await asyncio.wait([working, keeping], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (working, keeping):
                task.cancel()
            await asyncio.gather(working, keeping, return_exceptions=True)
        if working.done() and not working.cancelled():
            working.result()
        if not self.held:
            log.warning("lease lost", lease=self.name)

    async def _keep(self) -> None:
        """Renew until that fails for so long that the lease may be another's."""
        while self.held:
            await self._sleep(RENEW)
            if not await self._renew() and self._monotonic() >= self._held_until - RENEW:
                return

    async def _renew(self) -> bool:
        try:
            asked_at = await self._roll.renew(self.name)
        except StorageError as fault:
            log.warning("lease not renewed", lease=self.name, reason=str(fault))
            return False
        self._held_until = float("-inf") if asked_at is None else asked_at + LEASE
        return asked_at is not None

    async def _take(self) -> bool:
        asked_at = self._monotonic()
        try:
            async with self._storage.write() as work:
                taken = await work.leases.take(self.name, self._owner, LEASE, self._clock())
                owner = None if taken else (await work.leases.owners(self._clock())).get(self.name)
                if owner is not None and self._gone(owner):
                    await work.leases.release(self.name, owner)
                    taken = await work.leases.take(self.name, self._owner, LEASE, self._clock())
        except StorageError as fault:
            log.warning("lease not renewed", lease=self.name, reason=str(fault))
            return False
        self._held_until = asked_at + LEASE if taken else float("-inf")
        if not taken:
            self.settled.set()
        return taken

    async def _give_up(self) -> None:
        if self.held:
            with suppress(StorageError):
                async with self._storage.write() as work:
                    await work.leases.release(self.name, self._owner)
