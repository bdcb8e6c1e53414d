"""Whether this process can do its work now, and if not, why: for `/readyz`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping

from bot.errors import DeliveryError, StorageError
from bot.ports import Storage

PATIENCE = 3.0  # seconds for the database to answer; whoever asks does not wait longer


class Readiness:
    """`sources`: the names of those to be watched; `faults`: the platforms without a connection now, and why."""

    def __init__(
        self, storage: Storage, sources: Collection[str], faults: Callable[[], Mapping[str, DeliveryError]]
    ) -> None:
        self.started = False  # every duty of this process has begun; the runner says so
        self._storage = storage
        self._sources = sources
        self._faults = faults

    async def unready(self) -> list[str]:
        """One plain line for everything that is missing; empty = ready. Asks the database each time."""
        missing = [] if self.started else ["starting: not everything has begun yet, or it is stopping"]
        missing += [f"{platform}: {fault}" for platform, fault in self._faults().items()]
        try:
            async with asyncio.timeout(PATIENCE):
                found, wanted = await self._storage.revision()
            async with asyncio.timeout(PATIENCE), self._storage.read() as work:
                known = {source.name: source for source in await work.sources.states()}
        except StorageError as fault:
            return [*missing, f"database: {fault}"]
        except TimeoutError:
            return [*missing, f"database: no answer within {PATIENCE:g} seconds"]
        if found != wanted:
            missing.append(f"database: it has revision {found}, this process needs {wanted}: start it again")
        if self._storage.fault is not None:
            missing.append(f"database: {self._storage.fault}")
        for name in self._sources:
            source = known.get(name)
            if source and source.fault:
                missing.append(f"source {name}: {source.fault}")
            elif not (source and source.baselined):
                missing.append(f"source {name}: the first look at it is not taken yet")
        return missing
