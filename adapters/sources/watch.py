"""What the operating system says about movement below a folder. Only a hint: the listing is the truth."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path
from stat import S_ISDIR

from watchfiles import awatch

from adapters.sources.lull import EVERYTHING
from adapters.sources.snapshot import is_article

STEP_MS = 20  # watchfiles looks this often, and reports one to two steps after a change
DEBOUNCE_MS = 100  # the longest that it gathers
HEARTBEAT_MS = 500


async def moves(root: str, was_folder: Callable[[str], bool]) -> AsyncGenerator[set[str], None]:
    """Yield relative paths that moved below `root`, and an empty set about every HEARTBEAT_MS.

    `was_folder` tells of a relative path that is gone whether articles were known below it.
    Ends when the root is no longer the folder that it was. Raises OSError or RuntimeError when that cannot be
    watched.
    """
    identity = _identity(root)
    watch = awatch(
        root,
        watch_filter=None,
        step=STEP_MS,
        debounce=DEBOUNCE_MS,
        rust_timeout=HEARTBEAT_MS,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    async with aclosing(watch) as reports:
        async for report in reports:
            if _identity(root) != identity:
                return
            yield {moved for _, path in report if (moved := _moved(root, path, was_folder)) is not None}


def _moved(root: str, path: str, was_folder: Callable[[str], bool]) -> str | None:
    """Return the article that moved, EVERYTHING where that cannot be told, None if it does not matter."""
    inside = path[len(root) + 1 :]
    if inside.startswith(".") or "/." in inside:
        return None
    if "\ufffd" in inside:  # a name that is not UTF-8, already replaced
        return EVERYTHING
    if is_article(inside):
        return inside
    try:
        folder = S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        folder = was_folder(inside)  # it left, with all its files
    return EVERYTHING if folder else None


def _identity(root: str) -> tuple[int, int] | None:
    try:
        status = Path(root).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
