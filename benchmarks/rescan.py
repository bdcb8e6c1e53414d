"""A look at a large folder in which nothing changed, against the bare listing."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from adapters.sources.folder import FolderSource
from benchmarks.records import Findings, Row, middle
from bot.model import FileStamp

GOAL = 1.3  # times the listing
FOLDERS = 100


def measure(*, quick: bool = False, files: int = 0) -> Findings:
    files = files or (10_000 if quick else 100_000)
    with tempfile.TemporaryDirectory() as folder:
        stamps = _fill(Path(folder), files)
        source = FolderSource("bench", Path(folder))
        source.known(stamps, baselined=True)
        ours, floor, walks = [], [], []
        for _ in range(5):
            ours.append(_timed(lambda: asyncio.run(_scan(source))))
            floor.append(_timed(lambda: listing(folder)))
            walks.append(_timed(lambda: [path.stat() for path in Path(folder).rglob("*.md")]))
    value, bare, walk = middle(ours), middle(floor), middle(walks)
    return Findings(
        [
            Row(
                f"Rescan of {files:,} unchanged files",
                f"at most {GOAL} × scandir and stat",
                f"{value / bare:.2f} × ({value * 1e3:.0f} ms)",
                value <= GOAL * bare,
                [("floor: scandir and stat", f"{bare * 1e3:.0f} ms"), ("pathlib's rglob", f"{walk / bare:.2f} ×")],
                {"ratio": value / bare, "seconds": value},
            )
        ]
    )


def _fill(root: Path, files: int) -> dict[str, FileStamp]:
    stamps = {}
    for number in range(FOLDERS):
        (root / f"{number}").mkdir()
    for number in range(files):
        path = f"{number % FOLDERS}/{number}.md"
        (root / path).write_bytes(b"---\n---\n")
        status = (root / path).stat()
        stamps[path] = FileStamp(status.st_size, status.st_mtime_ns)
    return stamps


async def _scan(source: FolderSource) -> None:
    if await source.scan() is not None:
        raise RuntimeError("nothing had changed")


def listing(root: str) -> int:
    """Every file's size and time, and nothing else."""
    found, waiting = 0, [root]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    entry.stat(follow_symlinks=False)
                    found += 1
    return found


def _timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
