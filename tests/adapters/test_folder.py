"""A folder as a source: what a scan finds, and that nothing is lost between a scan and its commit."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from adapters.sources import folder as folder_module
from adapters.sources.folder import FolderSource
from bot.model import Article, Batch, FileStamp
from tests.adapters.folders import article, paths, refusals, source_of, take, write

# ---------------------------------------------------------------- what counts


async def test_articles_are_found_in_all_folders_and_nothing_else(tmp_path: Path) -> None:
    for path in ("a.md", "b.markdown", "sub/deep/c.md", "Ünïcode/ä.md"):
        write(tmp_path, path)
    for path in (
        "a.txt",
        "a.md.tmp",
        "a.md~",
        ".hidden.md",
        ".replay-x.md",
        ".git/x.md",
        "sub/.cache/y.md",
        "README",
    ):
        write(tmp_path, path)
    (tmp_path / "folder.md").mkdir()
    write(tmp_path, "folder.md/inside.md")
    os.mkfifo(tmp_path / "pipe.md")
    batch = await take(source_of(tmp_path))
    assert paths(batch) == ["a.md", "b.markdown", "folder.md/inside.md", "sub/deep/c.md", "Ünïcode/ä.md"]
    assert all(isinstance(file.content, Article) and file.content.source == "wire" for file in batch.read)
    assert refusals(batch) == {}


async def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write(outside, "x.md")
    root = tmp_path / "root"
    write(root, "a.md")
    (root / "link.md").symlink_to(outside / "x.md")
    (root / "folder").symlink_to(outside)
    (root / "loop").symlink_to(root)
    assert paths(await take(source_of(root))) == ["a.md"]
    assert await source_of(root).scan(["link.md", "folder/x.md"]) is None


async def test_the_root_itself_may_be_a_link(tmp_path: Path) -> None:
    write(tmp_path / "real", "sub/a.md")
    (tmp_path / "root").symlink_to(tmp_path / "real")
    source = source_of(tmp_path / "root")
    assert paths(await source.scan(["sub/a.md"])) == ["sub/a.md"]
    assert paths(await take(source)) == ["sub/a.md"]


async def test_a_name_that_is_not_utf8_is_refused_once(tmp_path: Path) -> None:
    for name in (b"caf\xe9.md", b"d\xff/inner.md"):
        write(tmp_path, os.fsdecode(name))
    source = source_of(tmp_path)
    batch = await take(source)
    assert list(refusals(batch)) == [r"caf\xe9.md", r"d\xff/inner.md"]
    assert all("not UTF-8" in reason for reason in refusals(batch).values())
    assert await source.scan() is None
    (tmp_path / os.fsdecode(b"caf\xe9.md")).unlink()
    assert (await take(source)).gone == (r"caf\xe9.md",)


async def test_a_file_of_10_megabytes_is_refused_and_stops_nothing(tmp_path: Path) -> None:
    write(tmp_path, "big.md", b"---\ntitle: x\n" + b"x" * 10_000_000)
    write(tmp_path, "good.md")
    batch = await take(source_of(tmp_path))
    assert paths(batch) == ["big.md", "good.md"]
    assert "more than 1,048,576 bytes" in refusals(batch)["big.md"]


# ---------------------------------------------------------------- what changed


async def test_only_what_changed_is_read(tmp_path: Path) -> None:
    for name in ("a.md", "b.md", "c.md"):
        write(tmp_path, name)
    source = source_of(tmp_path)
    await take(source)
    assert await source.scan() is None
    write(tmp_path, "b.md", article("Another title"))
    write(tmp_path, "d.md")
    (tmp_path / "a.md").unlink()
    batch = await take(source)
    assert (paths(batch), batch.gone, batch.baseline) == (["b.md", "d.md"], ("a.md",), False)
    assert await source.scan() is None


async def test_what_storage_remembers_is_not_read_again(tmp_path: Path) -> None:
    file = write(tmp_path, "a.md")
    write(tmp_path, "b.md")
    status = file.stat()
    source = FolderSource("wire", tmp_path)
    source.known({"a.md": FileStamp(status.st_size, status.st_mtime_ns), "old.md": FileStamp(1, 1)})
    batch = await take(source)
    assert (paths(batch), batch.gone, batch.baseline) == (["b.md"], ("old.md",), False)


async def test_a_batch_that_was_not_stored_is_read_again(tmp_path: Path) -> None:
    source = source_of(tmp_path)
    write(tmp_path, "a.md")
    lost = await source.scan()
    again = await take(source)
    assert lost == again
    (tmp_path / "a.md").unlink()
    assert await source.scan() == await source.scan() == Batch("wire", gone=("a.md",))


async def test_a_rename_is_one_batch_with_both_ends(tmp_path: Path) -> None:
    write(tmp_path, "news/a.md")
    source = source_of(tmp_path)
    await take(source)
    (tmp_path / "archive").mkdir()
    (tmp_path / "news/a.md").rename(tmp_path / "archive/a.md")
    batch = await take(source)
    assert (paths(batch), batch.gone) == (["archive/a.md"], ("news/a.md",))


async def test_named_paths_are_looked_at_alone(tmp_path: Path) -> None:
    write(tmp_path, "gone.md")
    source = source_of(tmp_path)
    await take(source)
    (tmp_path / "gone.md").unlink()
    for name in ("new.md", "other.md", ".hidden.md"):
        write(tmp_path, name)
    batch = await source.scan(["new.md", "gone.md", "never.md", ".hidden.md", "new.md/x.md"])
    assert batch is not None
    source.commit(batch)
    assert (paths(batch), batch.gone) == (["new.md"], ("gone.md",))
    assert paths(await source.scan()) == ["other.md"]


async def test_a_large_change_comes_in_parts_and_moves_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "BATCH_BYTES", 1_000)
    source = source_of(tmp_path, baselined=False)
    for number in range(20):
        write(tmp_path, f"{number:02}.md")
    write(tmp_path, "old/moves.md")
    seen: list[str] = []
    while (batch := await source.scan()) is not None:
        assert batch.baseline
        assert len(batch.read) < 20
        seen += paths(batch)
        source.commit(batch)
    assert seen == [*(f"{number:02}.md" for number in range(20)), "old/moves.md"]
    for number in range(20):
        write(tmp_path, f"{number:02}.md", article("Changed"))
    (tmp_path / "old/moves.md").rename(tmp_path / "zz-moves.md")
    (tmp_path / "new").mkdir()
    (tmp_path / "zz-moves.md").rename(tmp_path / "new/moves.md")
    batch = await source.scan()
    assert batch is not None
    assert (paths(batch)[0], batch.gone, batch.baseline) == ("new/moves.md", ("old/moves.md",), False)


async def test_reading_leaves_the_loop_free(tmp_path: Path) -> None:
    for number in range(300):
        write(tmp_path, f"{number}.md", article(f"Title {number}") + "x" * 20_000)
    source = source_of(tmp_path)
    scanning = asyncio.ensure_future(source.scan())
    turns = 0
    while not scanning.done():
        await asyncio.sleep(0)
        turns += 1
    assert len(paths(await scanning)) == 300
    assert turns > 10
