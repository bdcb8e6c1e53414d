"""Looks at one source: at the start, when it says that something moved, and every so often anyway."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime

import structlog

from bot.errors import SourceUnavailable, StorageError
from bot.ingest import Rules, strongest_first, take
from bot.model import Batch, FileRead, FileRefused
from bot.ports import ArticleSource, Meter, Storage, Unmetered
from bot.verdicts import FileVerdict

log = structlog.get_logger(__name__)

REST = 2.0  # seconds before what could not be stored is tried again


class Intake:
    """One source on its way into storage. `owed` is called when something may be owed."""

    def __init__(
        self,
        storage: Storage,
        source: ArticleSource,
        rules: Rules,
        *,
        clock: Callable[[], datetime],
        owed: Callable[[], None],
        meter: Meter | None = None,
    ) -> None:
        self.source = source
        self._storage = storage
        self._rules = rules
        self._clock = clock
        self._owed = owed
        self._meter = meter or Unmetered()
        self._looking = asyncio.Lock()
        self._faulty = False

    async def begin(self) -> None:
        """Tell the source what is known of it. Raises StorageError."""
        async with self._storage.read() as work:
            stamps = await work.sources.stamps(self.source.name)
            baselined = await work.sources.baselined(self.source.name)
        self.source.known(stamps, baselined=baselined)

    async def look(self, paths: Collection[str] | None = None, *, patient: bool = True) -> list[FileVerdict]:
        """Take what changed, batch by batch; returns the verdicts. A source that is gone is noted, not fatal.

        Raises StorageError; what was not stored is read again by the next look.
        """
        verdicts: list[FileVerdict] = []
        async with self._looking:
            try:
                while (batch := await self.source.scan(paths, patient=patient)) is not None:
                    verdicts += await self._take(batch)
                    self.source.commit(batch)
                    refused = sum(isinstance(file.content, FileRefused) for file in batch.read)
                    self._meter.read(self.source.name, len(batch.read) - refused, refused)
                    self._owed()
            except SourceUnavailable as fault:
                log.warning("source unavailable", source=self.source.name, reason=str(fault))
                self._faulty = True
                await self._note(str(fault), baselined=False if fault.gone else None)
            else:
                if paths is None or self._faulty:
                    await self._note("", baselined=True)
                    self._faulty = False
        return verdicts

    async def watch(self) -> None:
        """Look whenever the source says so; never ends by itself."""
        async with aclosing(self.source.changes()) as changes:
            async for paths in changes:
                again: Collection[str] | None = paths
                while not await self._stored(again):
                    await asyncio.sleep(REST)
                    again = None

    async def _stored(self, paths: Collection[str] | None) -> bool:
        """Look; false where nothing could be stored, so that it has to be read again."""
        try:
            await self.look(paths)
        except StorageError as fault:
            log.error("articles not stored", source=self.source.name, reason=str(fault))
            return False
        return True

    async def _note(self, fault: str, *, baselined: bool | None) -> None:
        async with self._storage.write() as work:
            await work.sources.looked(self.source.name, self._clock(), fault=fault, baselined=baselined)

    async def _take(self, batch: Batch) -> list[FileVerdict]:
        """Store a batch; if a fault of ours stops it, find the file that brings it out and leave that one out."""
        try:
            return await take(self._storage, batch, self._rules, self._clock(), owed=self._owed)
        except StorageError:
            raise
        except Exception:
            log.exception("batch failed, taking its files one by one", source=batch.source)
        verdicts: list[FileVerdict] = []
        files = sorted(batch.read, key=strongest_first)  # the stronger must not come after the weaker
        for part in (replace(batch, read=()), *(replace(batch, read=(file,), gone=()) for file in files)):
            try:
                verdicts += await take(self._storage, part, self._rules, self._clock())
            except StorageError:
                raise
            except Exception:
                log.exception("file left out", source=batch.source, paths=[file.path for file in part.read])
                left_out = replace(part, read=tuple(_refused(file) for file in part.read))
                verdicts += await take(self._storage, left_out, self._rules, self._clock())
        return verdicts


def _refused(file: FileRead) -> FileRead:
    reason = "Topicwire failed on this file; the log says where. Please report it together with the file."
    return replace(file, content=FileRefused(file.path, reason))
