"""Folders in trouble: half-written files, missing rights, roots that leave and return."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.errors import SourceUnavailable
from bot.model import Article, Batch
from tests.adapters.folders import article, paths, refusals, source_of, take, write

# ---------------------------------------------------------------- half-written files


async def test_a_half_written_file_waits_and_then_is_read(tmp_path: Path) -> None:
    source = source_of(tmp_path)
    whole = article().encode()
    for half in (b"", whole[:20], whole[:-4]):
        write(tmp_path, "a.md", half or b"\n", at=None)
        assert await source.scan() is None
    write(tmp_path, "a.md", whole, at=None)
    assert refusals(batch := await take(source)) == {}
    assert paths(batch) == ["a.md"]


async def test_a_file_that_stays_half_written_is_refused_after_a_rest(tmp_path: Path) -> None:
    source = source_of(tmp_path)
    file = write(tmp_path, "a.md", "---\ntitle: x", at=None)
    assert await source.scan() is None
    rested = time.time() - 3
    os.utime(file, (rested, rested))
    assert "not closed" in refusals(await take(source))["a.md"]
    assert await source.scan() is None


async def test_a_torn_rewrite_keeps_the_article_that_was_known(tmp_path: Path) -> None:
    source = source_of(tmp_path)
    write(tmp_path, "a.md")
    await take(source)
    write(tmp_path, "a.md", article("New")[:25], at=None)
    assert await source.scan() is None
    assert await source.scan(["a.md"]) is None
    write(tmp_path, "a.md", article("New"), at=None)
    (file,) = (await take(source)).read
    assert isinstance(file.content, Article)
    assert file.content.title == "New"


async def test_an_impatient_scan_takes_files_as_they_are(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "---\ntitle: x", at=None)
    assert list(refusals(await take(source_of(tmp_path), patient=False))) == ["a.md"]


async def test_a_file_from_the_future_is_not_young_for_ever(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "---\ntitle: x", at=int(time.time()) + 86_400)
    assert list(refusals(await take(source_of(tmp_path)))) == ["a.md"]


async def test_a_refused_file_is_read_again_when_it_changes(tmp_path: Path) -> None:
    source = source_of(tmp_path)
    write(tmp_path, "a.md", "no front matter")
    assert list(refusals(await take(source))) == ["a.md"]
    write(tmp_path, "a.md")
    assert refusals(batch := await take(source)) == {}
    assert paths(batch) == ["a.md"]


# ---------------------------------------------------------------- baseline, gone and back


async def test_the_first_look_is_a_baseline_even_if_there_is_nothing(tmp_path: Path) -> None:
    source = source_of(tmp_path, baselined=False)
    assert await source.scan() == await source.scan() == Batch("wire", baseline=True)
    await take(source)
    write(tmp_path, "a.md")
    assert (await take(source)).baseline is False


async def test_a_root_that_is_gone_and_back_is_not_news(tmp_path: Path) -> None:
    root, aside = tmp_path / "root", tmp_path / "aside"
    for name in ("a.md", "b.md"):
        write(root, name)
    source = source_of(root)
    await take(source)
    root.rename(aside)
    for wanted in (None, ["a.md"]):
        with pytest.raises(SourceUnavailable, match=r"No such file"):
            await source.scan(wanted)
    aside.rename(root)
    assert await source.scan() is None
    root.rename(aside)
    with pytest.raises(SourceUnavailable):
        await source.scan()
    write(aside, "c.md")
    aside.rename(root)
    batch = await take(source)
    assert (paths(batch), batch.gone, batch.baseline) == (["c.md"], (), True)
    write(root, "d.md")
    assert (await take(source)).baseline is False


async def test_a_root_that_is_a_file_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match=r"Not a directory.*ARTICLES"):
        await source_of(write(tmp_path, "a.md")).scan()


async def test_a_folder_that_left_takes_its_files_along(tmp_path: Path) -> None:
    write(tmp_path, "sub/a.md")
    write(tmp_path, "sub/deep/b.md")
    source = source_of(tmp_path)
    await take(source)
    shutil.rmtree(tmp_path / "sub")
    assert (await take(source)).gone == ("sub/a.md", "sub/deep/b.md")


# ---------------------------------------------------------------- rights

NOBODY = 65534


@contextmanager
def without_privileges() -> Iterator[None]:
    """Root may read anything, so a test about rights is nobody for a while."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can reach."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


async def test_a_file_without_rights_is_refused_once_and_read_when_it_has_them(open_folder: Path) -> None:
    file = write(open_folder, "a.md")
    write(open_folder, "b.md")
    file.chmod(0)
    source = source_of(open_folder)
    with without_privileges():
        batch = await take(source)
        assert (paths(batch), list(refusals(batch))) == (["a.md", "b.md"], ["a.md"])
        assert "Permission denied" in refusals(batch)["a.md"]
        assert await source.scan() is None
    file.chmod(0o644)
    with without_privileges():
        batch = await take(source)
    assert (paths(batch), refusals(batch)) == (["a.md"], {})
    assert await source.scan() is None


async def test_what_a_closed_folder_holds_is_not_gone(open_folder: Path) -> None:
    write(open_folder, "sub/a.md")
    write(open_folder, "b.md")
    source = source_of(open_folder)
    await take(source)
    (open_folder / "sub").chmod(0)
    with without_privileges():
        assert await source.scan(["sub/a.md"]) is None
        batch = await take(source)
        assert (list(refusals(batch)), batch.gone) == (["sub"], ())
        assert "The folder cannot be read" in refusals(batch)["sub"]
        assert await source.scan() is None
    (open_folder / "sub").chmod(0o755)
    batch = await take(source)
    assert (paths(batch), batch.gone) == ([], ("sub",))
    assert await source.scan() is None


async def test_a_path_too_long_to_open_stops_nothing(tmp_path: Path) -> None:
    at = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):  # 20 x 240 characters are more than the 4,096 of a path
        os.mkdir("d" * 240, dir_fd=at)
        inner = os.open("d" * 240, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    os.close(at)
    write(tmp_path, "a.md")
    batch = await take(source_of(tmp_path))
    assert "a.md" in paths(batch)
    assert [reason.split(":")[0] for reason in refusals(batch).values()] == ["The folder cannot be read"]
