"""A dry run sees all that is there, changes nothing, and stands in nobody's way."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine

from bot.cli import call
from bot.config import Settings
from bot.errors import StorageError
from bot.model import Address, Platform, State
from storage import schema
from storage.database import Database
from storage.rehearsal import rehearsal
from tests.conftest import Clock
from tests.storage.queue import alert, readers, states

ARTICLE = """---
title: "Lanterns that read the tide go up along the Merrow coast"
publishedDateTime: 2026-11-27T11:00:00Z
webUrl: "https://harbour.example/lanterns"
quality: 90
topics:
  - Ai
---
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgresql: URL) -> Path:
    """Where copies go: they must be gone afterwards. The server has its own place by then."""
    del postgresql
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


async def test_it_knows_what_is_there_and_what_is_written_to_it_is_forgotten(
    storage: Database, clock: Clock, temporary: Path
) -> None:
    await readers(storage, clock, 3)
    await alert(storage, clock, 1)
    async with rehearsal(storage) as trial:
        async with trial.read() as work:
            assert await work.deliveries.queue() == {State.PENDING: 3}
        async with trial.write() as work:
            destination = await work.destinations.get(Address(Platform.WEB, "r0"))
            assert destination is not None
            await work.destinations.forget(destination.id)
            await work.destinations.ensure(
                Address(Platform.WEB, "new"), title="", locale="en", timezone="UTC", now=clock()
            )
        async with trial.read() as work:
            assert len(await work.destinations.all()) == 3
            assert await work.deliveries.queue() == {State.PENDING: 2}
    assert await states(storage) == {"pending": 3}
    async with storage.read() as work:
        assert [d.address.chat for d in await work.destinations.all()] == ["r0", "r1", "r2"]
    assert list(temporary.iterdir()) == []


async def test_the_running_program_writes_the_same_rows_meanwhile(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 2)
    async with rehearsal(storage) as trial:
        async with trial.write() as work:
            await work.sources.looked("news", clock(), baselined=True)
            for destination in await work.destinations.all():
                await work.destinations.park(destination.id, "tried", clock())
            async with asyncio.timeout(4):  # less than any database waits for a lock
                async with storage.write() as real:
                    await real.sources.looked("news", clock(), fault="gone")
                    for destination in await real.destinations.all():
                        await real.destinations.park(destination.id, "blocked", clock())
        async with trial.read() as work:
            assert [source.fault for source in await work.sources.states()] == [""]
    async with storage.read() as work:
        assert [source.fault for source in await work.sources.states()] == ["gone"]
        assert set((await work.destinations.parked()).values()) == {"blocked"}


async def test_a_dry_run_on_a_server_without_our_tables_says_what_to_do(blank: str) -> None:
    database = Database(blank)
    try:
        if database.sqlite:  # there the copy gets them
            async with rehearsal(database) as trial, trial.read() as work:
                assert await work.destinations.all() == []
            assert database.file is not None
            assert not database.file.exists()
        else:
            with pytest.raises(StorageError, match=r"no tables yet.*Run `topicwire migrate` first"):
                async with rehearsal(database):
                    pass
    finally:
        await database.close()


# ---------------------------------------------------------------- the command line


@pytest.fixture
def topicwire(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """The command line in a folder with one article and no database; gives exit code and output."""
    home = tmp_path / "home"
    (home / "news").mkdir(parents=True)
    (home / "news" / "lanterns.md").write_text(ARTICLE)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("ARTICLES", "news")
    monkeypatch.chdir(home)

    def run(*arguments: str) -> tuple[int, str]:
        code = call(list(arguments))
        return code, capsys.readouterr().out

    return run


def everything(home: Path) -> dict[str, bytes]:
    return {str(file.relative_to(home)): file.read_bytes() for file in home.rglob("*") if file.is_file()}


def test_neither_check_nor_a_dry_run_makes_a_database(topicwire: Callable[..., tuple[int, str]]) -> None:
    code, said = topicwire("check")
    assert code == 0
    assert "ok       Database: none yet; `topicwire run` makes it." in said
    code, said = topicwire("ingest", "news", "--dry-run")
    assert code == 0
    assert said == "known  lanterns.md  there at the first look\n"
    assert [file.name for file in Path().iterdir()] == ["news"]


def test_neither_check_nor_a_dry_run_raises_an_older_database(
    topicwire: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    file = tmp_path / "home" / "data" / "topicwire.sqlite"
    file.parent.mkdir(parents=True)
    older = create_engine(f"sqlite:///{file}")
    with older.connect() as connection:
        schema.upgrade(connection, "0005")
    older.dispose()
    before = everything(tmp_path / "home")
    code, said = topicwire("check")
    assert code == 0
    assert "Database: it has revision 0005, this version of Topicwire needs" in said
    assert "migrated and copied before at the next start" in said
    assert topicwire("ingest", "news", "--dry-run")[0] == 0
    after = everything(tmp_path / "home")
    assert set(before) == set(after)
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [("0005",)]
    assert topicwire("migrate")[0] == 0


def test_check_names_a_database_that_may_only_be_read(
    topicwire: Callable[..., tuple[int, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert topicwire("migrate")[0] == 0
    file = tmp_path / "home" / "data" / "topicwire.sqlite"
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///file:{file}?mode=ro&uri=true")
    code, said = topicwire("check")
    assert code == 1
    assert "readonly database. Give the user that runs Topicwire the right to write" in said
