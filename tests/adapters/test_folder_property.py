"""Whatever happens in a folder: after scan and commit, what is known equals what is on the disk."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sources.folder import FolderSource
from bot.model import FileStamp
from tests.adapters.folders import LONG_AGO, article, source_of

PATHS = ("a.md", "b.md", "x/a.md", "x/y/c.markdown", ".hidden.md", "x/.git/d.md", "note.txt")
FOLDERS = ("x", "x/y", "z")


@dataclass
class Disk:
    """A folder that is worked on; `moved` collects the paths that a watch would name."""

    root: Path
    moved: set[str] = field(default_factory=set)
    ticks: itertools.count[int] = field(default_factory=lambda: itertools.count(LONG_AGO))

    def write(self, path: str, size: int) -> None:
        file = self.root / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(article("t" * (size + 1)))
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            return
        tick = next(self.ticks)  # two writes never share an mtime
        os.utime(file, (tick, tick))
        self.moved.add(path)

    def remove(self, path: str, _: int) -> None:
        (self.root / path).unlink(missing_ok=True) if (self.root / path).is_file() else None
        self.moved.add(path)

    def rename(self, path: str, to: int) -> None:
        if (self.root / path).is_file():
            target = PATHS[to % len(PATHS)]
            (self.root / target).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).rename(self.root / target)
            self.moved |= {path, target}

    def drop_folder(self, _: str, which: int) -> None:
        shutil.rmtree(self.root / FOLDERS[which % 3], ignore_errors=True)
        self.moved.add("")

    def move_folder(self, _: str, which: int) -> None:
        old, new = self.root / FOLDERS[which % 3], self.root / FOLDERS[(which + 1) % 3]
        if old.is_dir() and not new.exists() and old not in new.parents:
            new.parent.mkdir(parents=True, exist_ok=True)
            old.rename(new)
        self.moved.add("")

    def stamps(self) -> dict[str, FileStamp]:
        found = {}
        for folder, folders, names in os.walk(self.root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                if name.endswith((".md", ".markdown")) and not name.startswith("."):
                    status = (Path(folder) / name).stat()
                    path = (Path(folder) / name).relative_to(self.root).as_posix()
                    found[path] = FileStamp(status.st_size, status.st_mtime_ns)
        return found


async def scan_until_quiet(source: FolderSource, disk: Disk, known: dict[str, FileStamp], hinted: bool) -> None:
    hints = frozenset(disk.moved) if hinted else None
    while (batch := await source.scan(hints)) is not None:
        for file in batch.read:
            known[file.path] = file.stamp
        for path in batch.gone:
            del known[path]
        source.commit(batch)
    disk.moved.clear()


_steps = st.tuples(
    st.sampled_from(["write", "write", "write", "remove", "rename", "drop_folder", "move_folder"]),
    st.sampled_from(PATHS),
    st.integers(0, 20),
)
_rounds = st.lists(
    st.tuples(st.lists(_steps, max_size=6), st.sampled_from(["whole", "hinted", "lost"])), max_size=6
)


@settings(deadline=None)
@given(_rounds)
def test_after_scan_and_commit_the_known_stamps_equal_the_disk(
    rounds: list[tuple[list[tuple[str, str, int]], str]],
) -> None:
    async def run(root: Path) -> None:
        disk, known, source = Disk(root), dict[str, FileStamp](), source_of(root)
        for steps, look in rounds:
            for name, path, number in steps:
                getattr(disk, name)(path, number)
            if look == "lost":  # scanned, but never stored
                await source.scan()
                continue
            await scan_until_quiet(source, disk, known, hinted=look == "hinted")
            assert known == disk.stamps()
        restarted = source_of(root)
        restarted.known(known, baselined=True)
        await scan_until_quiet(restarted, disk, known, hinted=False)
        assert known == disk.stamps()

    with tempfile.TemporaryDirectory() as name:
        asyncio.run(run(Path(name)))
