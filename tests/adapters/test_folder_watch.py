"""The watch on a real folder: it wakes soon, together, again after trouble, and lets go when told."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from adapters.sources import folder as folder_module
from adapters.sources.folder import FolderSource
from adapters.sources.lull import EVERYTHING
from adapters.sources.watch import moves
from bot.errors import SourceUnavailable
from bot.model import Article, Batch
from tests.adapters.folders import article, paths, refusals, write

REST = 0.4  # seconds, so that the tests need not wait for the usual two
PATIENCE = 10  # seconds; far more than anything here takes


class Watcher:
    """Scans whenever the source wakes, and keeps what it found, as the intake does."""

    def __init__(self, root: Path) -> None:
        self.source = FolderSource("wire", root, rest_seconds=REST, most_seconds=4)
        self.source.known({}, baselined=True)
        self.batches: asyncio.Queue[tuple[float, Batch | SourceUnavailable]] = asyncio.Queue()
        self.wakes = 0
        self.ready = asyncio.Event()  # the watch stands, and no scan is on its way

    async def run(self) -> None:
        async for hints in self.source.changes():
            self.wakes += 1
            self.ready.clear()
            try:
                while (batch := await self.source.scan(hints)) is not None:
                    self.source.commit(batch)
                    self.batches.put_nowait((time.perf_counter(), batch))
            except SourceUnavailable as fault:
                self.batches.put_nowait((time.perf_counter(), fault))
            self.ready.set()

    async def next(self) -> Batch:
        async with asyncio.timeout(PATIENCE):
            _, batch = await self.batches.get()
        assert isinstance(batch, Batch)
        return batch


@asynccontextmanager
async def watching(root: Path) -> AsyncIterator[Watcher]:
    watcher = Watcher(root)
    task = asyncio.create_task(watcher.run())
    try:
        async with asyncio.timeout(PATIENCE):
            await watcher.ready.wait()
        yield watcher
    finally:
        task.cancel()
        await asyncio.wait([task])


async def test_a_single_file_is_read_in_moments(tmp_path: Path) -> None:
    for number in range(2_000):
        write(tmp_path, f"old/{number}.md")
    delays = []
    async with watching(tmp_path) as watcher:
        assert len(paths(await watcher.next())) == 2_000
        for number in range(5):
            await asyncio.sleep(REST * 1.1)  # each is a single file in a folder at rest
            write(tmp_path, f"new{number}.md", at=None)
            closed = time.perf_counter()
            async with asyncio.timeout(PATIENCE):
                seen, batch = await watcher.batches.get()
            assert isinstance(batch, Batch)
            assert paths(batch) == [f"new{number}.md"]
            delays.append((seen - closed) * 1e3)
    print(f"closed to read: {sorted(delays)[2]:.0f} ms, at most {max(delays):.0f} ms (goal 50)")


async def test_a_torn_file_is_read_when_its_second_half_is_there(tmp_path: Path) -> None:
    whole = article("Whole").encode()
    async with watching(tmp_path) as watcher:
        write(tmp_path, "a.md", whole[: len(whole) // 2], at=None)
        await asyncio.sleep(0.05)
        write(tmp_path, "a.md", whole, at=None)
        (file,) = (await watcher.next()).read
    assert isinstance(file.content, Article)
    assert file.content.title == "Whole"


async def test_a_file_that_stays_torn_is_refused_without_further_movement(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        write(tmp_path, "a.md", "---\ntitle: x", at=None)
        assert "not closed" in refusals(await watcher.next())["a.md"]


async def test_many_files_come_together_once_the_folder_rests(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        for number in range(40):
            write(tmp_path, f"sub{number % 3}/{number}.md", at=None)
        first, rest = paths(await watcher.next()), list[str]()
        if len(first) == 1:  # on a busy machine the first file may have looked like a single one
            rest = paths(await watcher.next())
        assert len(first) + len(rest) == 40
        assert watcher.batches.empty()


async def test_folders_that_come_and_go_are_looked_into(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    write(tmp_path, "aside/deep/a.md")
    async with watching(root) as watcher:
        (tmp_path / "aside").rename(root / "sub")
        assert paths(await watcher.next()) == ["sub/deep/a.md"]
        await watcher.ready.wait()
        (root / "sub").rename(tmp_path / "aside")
        assert (await watcher.next()).gone == ("sub/deep/a.md",)


async def test_hidden_files_and_other_files_wake_nobody(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        wakes = watcher.wakes
        for name in (".replay-a.md", ".git/x.md", "picture.png", "a.md.tmp"):
            write(tmp_path, name, at=None)
        (tmp_path / "a.md.tmp").unlink()
        await asyncio.sleep(REST * 3)
        assert watcher.wakes == wakes


async def test_what_moves_while_the_process_stands_still_is_not_lost(tmp_path: Path) -> None:
    """The wait for movement is over and something moved, both found at once by a loop that could not look."""
    patience = 0.05
    watch = moves(str(tmp_path), lambda _: False, lambda: patience)
    assert await anext(watch) == set()  # the watch stands
    moved = asyncio.ensure_future(anext(watch))
    for _ in range(5):
        await asyncio.sleep(0)  # it waits
    write(tmp_path, "a.md", at=None)
    time.sleep(2 * patience)  # noqa: ASYNC251 - frozen
    seen = await moved
    async with asyncio.timeout(PATIENCE):
        while not seen:
            seen = await anext(watch)
    assert seen == {"a.md"}
    await watch.aclose()


async def test_an_atomic_rename_is_a_single_file(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        write(tmp_path, ".replay-x", at=None).rename(tmp_path / "a.md")
        assert paths(await watcher.next()) == ["a.md"]


async def test_a_root_that_vanishes_and_returns_is_watched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "LOOK_FOR_ROOT_SECONDS", 0.05)
    root, aside = tmp_path / "root", tmp_path / "aside"
    write(root, "a.md")
    async with watching(root) as watcher:
        assert paths(await watcher.next()) == ["a.md"]
        root.rename(aside)
        async with asyncio.timeout(PATIENCE):
            _, fault = await watcher.batches.get()
        assert isinstance(fault, SourceUnavailable)
        write(aside, "while-away.md")
        aside.rename(root)
        batch = await watcher.next()
        assert (paths(batch), batch.gone, batch.baseline) == (["while-away.md"], (), True)
        write(root, "after.md", at=None)
        batch = await watcher.next()
        assert (paths(batch), batch.baseline) == (["after.md"], False)


async def test_a_root_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            write(tmp_path, "root/a.md")

    source = FolderSource("wire", tmp_path / "root", rest_seconds=REST, sleep=sleep)
    changes = source.changes()
    assert await anext(changes) == {EVERYTHING}
    assert len(waits) == 3
    await changes.aclose()


async def test_a_folder_that_cannot_be_watched_is_tried_again_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    def full(*_: object) -> None:
        raise OSError("inotify watch limit reached")

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        monkeypatch.setattr(folder_module, "moves", moves)

    monkeypatch.setattr(folder_module, "moves", full)
    source = FolderSource("wire", tmp_path, rest_seconds=REST, sleep=sleep)
    changes = source.changes()
    assert await anext(changes) == {EVERYTHING}
    assert waits == [folder_module.WATCH_AGAIN_SECONDS]
    await changes.aclose()


async def test_a_cancelled_watch_ends_within_a_second(tmp_path: Path) -> None:
    watcher = Watcher(tmp_path)
    task = asyncio.create_task(watcher.run())
    await asyncio.wait_for(watcher.ready.wait(), PATIENCE)
    start = time.perf_counter()
    task.cancel()
    done, _ = await asyncio.wait([task], timeout=1)
    print(f"ended after {(time.perf_counter() - start) * 1e3:.0f} ms")
    assert done == {task}
    assert task.cancelled()
