"""What the kernel says about movement below a folder (inotify). Only a hint: the listing is the truth."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from pathlib import Path

from asyncinotify import Event, Inotify, Mask, Watch

from adapters.sources.lull import EVERYTHING
from adapters.sources.snapshot import is_article

GATHER = 0.01  # seconds after a first movement: what moves within them moved together
LOOK_FOR_ANOTHER_ROOT = 5.0  # seconds; a link that leads elsewhere now tells nothing of itself
AT_ONCE = 1000  # reports read in one go

_ENDED = Mask.DELETE_SELF | Mask.MOVE_SELF
_ARRIVED = Mask.CREATE | Mask.MOVED_TO
_LEFT = Mask.DELETE | Mask.MOVED_FROM
_ASKED = _ENDED | _ARRIVED | _LEFT | Mask.CLOSE_WRITE | Mask.ATTRIB | Mask.ONLYDIR


async def moves(
    root: str, was_folder: Callable[[str], bool], patience: Callable[[], float | None]
) -> AsyncGenerator[set[str], None]:
    """Yield relative paths that moved below `root`, and an empty set once `patience()` seconds went by without.

    `was_folder` tells of a relative path that is gone whether articles were known below it.
    Ends when the root is no longer the folder that it was. Raises OSError when that cannot be watched.
    """
    identity = _identity(root)
    with Inotify(cache_size=AT_ONCE) as inotify:
        os.set_blocking(inotify.fd, False)  # the library means to do so, and names the wrong flag
        tree = _Tree(inotify, root, was_folder)
        await asyncio.to_thread(tree.add, "")
        while True:
            wait = patience()
            reports = await _reports(inotify, LOOK_FOR_ANOTHER_ROOT if wait is None else max(wait, 0.0))
            moved = {path for report in reports if (path := await tree.moved(report)) is not None}
            if tree.ended or (wait is None and not reports and _identity(root) != identity):
                return
            if moved or wait is not None:
                yield moved


async def _reports(inotify: Inotify, seconds: float) -> list[Event]:
    """The next report and those that come together with it; none where all is quiet for so long.

    The library's own waiting must not be given up: what it has just read then is lost. So it only ever reads, and
    whether there is something to read is waited for here.
    """
    if not await _readable(inotify.fd, seconds):
        return []
    await asyncio.sleep(GATHER)
    reports: list[Event] = []
    with suppress(BlockingIOError):
        while (report := inotify.sync_get()) is not None:
            reports.append(report)
    return reports


async def _readable(descriptor: int, seconds: float) -> bool:
    """Wait until there is something to read, for so long at most; nothing is read."""
    loop, readable = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(descriptor, readable.set)
    try:
        async with asyncio.timeout(seconds):
            await readable.wait()
    except TimeoutError:
        return readable.is_set()
    finally:
        loop.remove_reader(descriptor)
    return True


class _Tree:
    """A watch on each folder below the root, hidden ones and links left out."""

    def __init__(self, inotify: Inotify, root: str, was_folder: Callable[[str], bool]) -> None:
        self.ended = False  # the root itself was moved or removed
        self._inotify = inotify
        self._root = root
        self._was_folder = was_folder
        self._watches: dict[Watch, str] = {}  # -> the folder's relative path, "" for the root, else with a slash

    def add(self, folder: str) -> None:
        """Watch a folder and those in it; what is no longer there or cannot be read is left out.

        Raises OSError where the root cannot be watched, or the kernel gives no more watches.
        """
        waiting = [folder]
        while waiting:
            folder = waiting.pop()
            path = f"{self._root}/{folder}"
            try:
                self._watches[self._inotify.add_watch(path, _ASKED)] = folder
                with os.scandir(path) as entries:
                    waiting += [
                        f"{folder}{entry.name}/"
                        for entry in entries
                        if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
                    ]
            except (FileNotFoundError, NotADirectoryError, PermissionError):
                if not folder:
                    raise

    async def moved(self, report: Event) -> str | None:
        """The article that moved, EVERYTHING where that cannot be told, None if it does not matter."""
        if Mask.Q_OVERFLOW in report.mask:
            return EVERYTHING
        watch = report.watch
        folder = self._watches.get(watch) if watch is not None else None
        if watch is None or folder is None:
            return None
        if report.mask & _ENDED or Mask.IGNORED in report.mask:
            self.ended = self.ended or not folder
            if Mask.IGNORED in report.mask:
                del self._watches[watch]
            return None
        if report.name is None or str(report.name).startswith("."):
            return None
        inside = f"{folder}{report.name}"
        if Mask.ISDIR in report.mask:
            return await self._folder_moved(report.mask, inside)
        if not is_article(inside):
            return None
        if Mask.CREATE in report.mask and not _another_name(f"{self._root}/{inside}"):
            return None  # its writer has not closed it yet
        return inside if _is_text(inside) else EVERYTHING

    async def _folder_moved(self, mask: Mask, inside: str) -> str | None:
        if mask & _LEFT:
            for watch, folder in list(self._watches.items()):
                if folder.startswith(f"{inside}/"):
                    del self._watches[watch]
                    with suppress(OSError):  # removed together with its folder
                        self._inotify.rm_watch(watch)
            return EVERYTHING if self._was_folder(inside) else None
        if mask & _ARRIVED:
            await asyncio.to_thread(self.add, f"{inside}/")
            return EVERYTHING
        return EVERYTHING if Mask.ATTRIB in mask else None  # it may be readable now


def _another_name(path: str) -> bool:
    """Whether a file that was just created is a hard link, complete from the first moment."""
    try:
        return os.lstat(path).st_nlink > 1
    except OSError:
        return False


def _is_text(path: str) -> bool:
    """Whether a name is UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _identity(root: str) -> tuple[int, int] | None:
    try:
        status = Path(root).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
