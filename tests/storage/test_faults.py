"""What a database refuses: the thing, the cause and the next step; and it goes on once that is mended."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.errors import StorageError
from storage import database
from storage.database import Database
from storage.work import SqlWork
from tests.storage.opened import names, opened, write


@pytest.fixture
async def file(sqlite: Path, tmp_path: Path) -> Path:
    """A migrated SQLite file."""
    return Path(shutil.copy(sqlite, tmp_path / "topicwire.sqlite"))


def url_of(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


# ---------------------------------------------------------------- SQLite


async def test_a_full_disk_is_named_and_writing_goes_on_when_there_is_room(file: Path) -> None:
    async with opened(url_of(file)) as storage:
        async with storage.write() as work:
            await work._connection.exec_driver_sql("PRAGMA max_page_count=80")
        with pytest.raises(StorageError, match=r"topicwire\.sqlite cannot serve: .*full\. Make room"):
            await write(storage, "Big", keywords=500)
        assert await names(storage) == []
        async with storage.write() as work:
            await work._connection.exec_driver_sql("PRAGMA max_page_count=100000")
        await write(storage, "Big", keywords=500)
        assert await names(storage) == ["Big"]


async def test_another_program_that_keeps_the_lock_is_named_and_waited_out(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 50)
    async with opened(url_of(file)) as storage:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageError, match=r"locked\. Another program writes to it"):
                await write(storage)
            assert await names(storage) == [], "reading goes on"
        await write(storage)
        assert await names(storage) == ["AI"]


async def test_a_file_that_may_not_be_written_is_named(file: Path) -> None:
    async with opened(f"sqlite+aiosqlite:///file:{file}?mode=ro&uri=true") as storage:
        with pytest.raises(StorageError, match=r"readonly database\. Give the user .* the right to write"):
            await write(storage)


@pytest.mark.parametrize("place", ["in a file", "a folder"])
async def test_a_place_where_no_file_can_be_is_named_with_the_setting(place: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "x.sqlite" if place == "in a file" else tmp_path
    async with opened(url_of(path)) as storage:
        before = threading.enumerate()
        with pytest.raises(StorageError, match="DATABASE_URL must name a file in a folder"):
            await storage.migrate()
        left = [thread.name for thread in set(threading.enumerate()) - set(before) if "asyncio" not in thread.name]
        assert left == [], "it would report to an event loop that is closed by then"


async def test_the_folder_is_made_where_it_is_missing(tmp_path: Path) -> None:
    async with opened(url_of(tmp_path / "new" / "folder" / "x.sqlite")) as storage:
        await storage.migrate()
        await write(storage)


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_text("Milk, bread. " * 100)
    async with opened(url_of(tmp_path / "x.sqlite")) as storage:
        with pytest.raises(StorageError, match="not a database"):
            await storage.migrate()


async def test_a_damaged_file_sends_to_the_back_up(file: Path) -> None:
    with file.open("r+b") as pages:
        pages.seek(4096)
        pages.write(b"\xff" * (file.stat().st_size - 4096))
    async with opened(url_of(file)) as storage:
        with pytest.raises(StorageError, match=r"malformed\. Stop Topicwire and restore the last back-up"):
            await names(storage)


async def test_a_file_that_is_taken_away_or_replaced_is_noticed_at_once(file: Path, tmp_path: Path) -> None:
    """Else what is written would go into a file that has no name any more."""
    async with opened(url_of(file)) as storage:
        await write(storage)
        for part in file.parent.glob("topicwire.sqlite*"):
            part.rename(tmp_path / f"away-{part.name}")
        for attempt in (write(storage), names(storage)):
            with pytest.raises(StorageError, match=r"No such file.*DATABASE_URL must name a file"):
                await attempt
        assert not file.exists(), "an empty one in its place would hide what is wrong"
        for part in tmp_path.glob("away-*"):
            part.rename(file.parent / part.name.removeprefix("away-"))
        await write(storage, "Space")
        assert await names(storage) == ["AI", "Space"]


# ---------------------------------------------------------------- both


async def test_a_database_without_tables_sends_to_migrate(blank: str) -> None:
    async with opened(blank) as storage:
        with pytest.raises(StorageError, match="run `topicwire migrate`"):
            await write(storage)
        await storage.migrate()
        await write(storage)


async def test_a_database_of_another_version_sends_to_migrate(blank: str) -> None:
    async with opened(blank) as storage:
        await storage.migrate()
        async with storage.write() as work:
            await work._connection.execute(text("ALTER TABLE topics DROP COLUMN hashtags"))
        for attempt in (write(storage), names(storage)):
            with pytest.raises(StorageError, match="of another version: run `topicwire migrate`"):
                await attempt


async def test_a_fault_of_our_own_stays_what_it_is(storage: Database) -> None:
    for statement in ("SELEC 1", "INSERT INTO tokens (platform) VALUES ('web')"):
        with pytest.raises(DBAPIError):
            async with storage.write() as work:
                await work._connection.execute(text(statement))
    with pytest.raises(FileNotFoundError):  # not the database's, though within its unit of work
        async with storage.write():
            raise FileNotFoundError("an article")


async def enter(units: Sequence[AbstractAsyncContextManager[SqlWork]]) -> None:
    async with AsyncExitStack() as stack:
        for unit in units:
            await stack.enter_async_context(unit)


async def test_nobody_who_frees_a_connection_is_a_clear_error(storage: Database) -> None:
    storage._writer.sync_engine.pool._timeout = 0.05  # type: ignore[attr-defined]
    async with storage.write(), asyncio.timeout(5):
        taken = [storage.write() for _ in range(20)]
        with pytest.raises(StorageError, match="all connections are in use"):
            await enter(taken)
