"""A folder of article files as a source: what changed since it was last stored, and when to look.

The truth is a snapshot of sizes and mtimes compared with what storage knows; the watch only says when to look.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping
from contextlib import aclosing
from errno import ENOENT, ENOTDIR
from pathlib import Path

import structlog

from adapters.sources.frontmatter import read_article
from adapters.sources.lull import EVERYTHING, Lull
from adapters.sources.plainyaml import MAX_BYTES
from adapters.sources.snapshot import Difference, Snapshot, Stamp
from adapters.sources.watch import moves
from bot.errors import SourceUnavailable
from bot.model import Batch, FileRead, FileRefused, FileStamp

BATCH_BYTES = 16 * 1024 * 1024  # of files in one batch; more would be felt in memory
LOOK_FOR_ROOT_SECONDS = 1.0
WATCH_AGAIN_SECONDS = 60.0

log = structlog.get_logger(__name__)


class FolderSource:
    """One folder, read recursively. Calls must not overlap: scan, store the batch, commit it, scan again.

    `rest_seconds` is how long a file or folder must lie still before it counts as written, `most_seconds` the
    longest that changes wait for that.
    """

    def __init__(
        self,
        name: str,
        root: Path,
        *,
        rest_seconds: float = 2.0,
        most_seconds: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.name = name
        self._root = str(root.absolute())  # text: the walk joins 100,000 paths
        self._rest_seconds = rest_seconds
        self._most_seconds = most_seconds
        self._clock = clock
        self._sleep = sleep
        self._snapshot = Snapshot()
        self._first_look = True
        self._was_gone = False
        self._cut = False  # the last batch was full before all changes were in it
        self._held: set[str] = set()  # look half-written; read again after a rest
        self._unreadable: set[str] = set()

    def known(self, stamps: Mapping[str, FileStamp], *, baselined: bool | None = None) -> None:
        """Take what storage remembers, once, before the first scan.

        `baselined` tells whether this source was ever looked at; by default that is whether it has stamps, which
        is wrong for a folder that was empty then.
        """
        self._snapshot = Snapshot(stamps)
        self._first_look = not (stamps if baselined is None else baselined)

    async def scan(self, paths: Collection[str] | None = None, *, patient: bool = True) -> Batch | None:
        """Return what changed since the last commit, or None. Scan again after a commit until it gives None.

        `paths` (as `changes` gives them) limits the look. A file that cannot be an article and was written less
        than `rest_seconds` ago is left for a later scan, unless `patient` is false. The first look gives a batch
        even if the folder is empty. Raises SourceUnavailable when the root is gone or unreadable.
        """
        return await asyncio.to_thread(self._scan, paths, patient=patient)

    def commit(self, batch: Batch) -> None:
        """Take the batch as stored. What was not committed is read again by the next scan."""
        for file in batch.read:
            self._snapshot.put(file.path, (file.stamp.size, file.stamp.mtime_ns))
        for path in batch.gone:
            self._snapshot.drop(path)
        if not self._cut:
            self._first_look = self._was_gone = False

    async def changes(self) -> AsyncGenerator[frozenset[str], None]:
        """Wake with paths for `scan` whenever it is time to look: something moved, and the folder has rested.

        Never ends by itself; a root that is gone is waited for.
        """
        while True:
            if not Path(self._root).is_dir():  # noqa: ASYNC240 -- one look at a local folder
                await self._sleep(LOOK_FOR_ROOT_SECONDS)
                continue
            try:
                async with aclosing(self._lulls()) as lulls:
                    async for paths in lulls:
                        yield paths
            except (OSError, RuntimeError) as error:  # for example, too many watches
                log.warning("source not watched, only polled", source=self.name, reason=str(error))
                await self._sleep(WATCH_AGAIN_SECONDS)
            else:
                yield frozenset({EVERYTHING})  # the root went away: a scan takes note

    async def _lulls(self) -> AsyncGenerator[frozenset[str], None]:
        lull = Lull(self._rest_seconds, self._most_seconds)
        lull.wait({EVERYTHING}, self._clock())  # what moved before the watch stood
        watch = moves(self._root, self._snapshot.holds_below, lambda: lull.rest(self._clock()))
        async with aclosing(watch) as moved:
            async for paths in moved:
                if paths:
                    lull.moved(paths, self._clock())
                if lull.due(self._clock()):
                    yield lull.take()
                    if self._held:
                        lull.wait(self._held, self._clock())

    def _scan(self, paths: Collection[str] | None, *, patient: bool) -> Batch | None:
        everything = paths is None or EVERYTHING in paths or self._first_look or self._was_gone
        try:
            found = (
                self._snapshot.compare(self._root)
                if everything
                else self._snapshot.compare_paths(self._root, paths or ())
            )
        except OSError as error:
            gone = error.errno in (ENOENT, ENOTDIR)
            self._was_gone = self._was_gone or gone
            raise SourceUnavailable(
                f"The folder {self._root} of source {self.name} cannot be read: {error.strerror}."
                " Check ARTICLES and the permissions; what it held stays known.",
                gone=gone,
            ) from error
        if everything:
            self._held.clear()
        else:
            self._held.difference_update(paths or ())
        read = self._read_changed(found, patient=patient)
        if not (read or found.gone or self._first_look):
            self._was_gone = False
            return None
        return Batch(
            source=self.name,
            read=tuple(read),
            gone=tuple(sorted(found.gone)),
            baseline=self._first_look or self._was_gone,
        )

    def _read_changed(self, found: Difference, *, patient: bool) -> list[FileRead]:
        self._unreadable.difference_update(found.gone)
        # New rights leave the stamp alone, so what could not be opened is tried at every look.
        again = {path: stamp for path in self._unreadable if (stamp := self._snapshot.get(path))}
        changed = again | found.changed
        left = {path.rpartition("/")[2] for path in found.gone}
        read: list[FileRead] = []
        room = BATCH_BYTES
        self._cut = False
        # What moved comes first: it belongs with its disappearance, even if the batch is cut.
        for path in sorted(changed, key=lambda path: (path.rpartition("/")[2] not in left, path)):
            if room <= 0:
                self._cut = True
                break
            file = self._read(path, changed[path], found.faults.get(path), patient=patient)
            if file is not None:
                read.append(file)
                room -= min(file.stamp.size, MAX_BYTES)
        return read

    def _read(self, path: str, stamp: Stamp, fault: str | None, *, patient: bool) -> FileRead | None:
        """Return the file as it reads now; None if it is gone, half-written, or known to be unreadable."""
        if fault is not None:
            return FileRead(path, FileStamp(*stamp), FileRefused(path, fault))
        try:
            stamp, data = _stamped_bytes(f"{self._root}/{path}")
        except FileNotFoundError:
            return None
        except OSError as error:
            reported = path in self._unreadable and self._snapshot.get(path) == stamp
            self._unreadable.add(path)
            reason = f"The file cannot be read: {error.strerror}. Let the bot's user read it."
            return None if reported else FileRead(path, FileStamp(*stamp), FileRefused(path, reason))
        self._unreadable.discard(path)
        content = read_article(self.name, path, data)
        age = abs(time.time() - stamp[1] / 1e9)  # a clock that is wrong makes it old, not young for ever
        if patient and isinstance(content, FileRefused) and age < self._rest_seconds:
            self._held.add(path)
            return None
        return FileRead(path, FileStamp(*stamp), content)


def _stamped_bytes(path: str) -> tuple[Stamp, bytes]:
    """Return a file's stamp, taken before its bytes, so that what is written in between is seen next time."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        return (status.st_size, status.st_mtime_ns), file.read(MAX_BYTES + 1)
