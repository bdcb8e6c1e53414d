"""No hot statement reads a large table from end to end: the plans of what is really executed, at 100,000 rows."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import URL, event

from bot.reports import stats
from storage.database import Database
from storage.work import SqlWork
from tests.conftest import in_thread, migrated
from tests.storage.hot import HOT
from tests.storage.plans import scans_of
from tests.storage.volume import LARGE, MANY, READERS, load


@pytest.fixture(scope="module")
def large_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("large") / "topicwire.sqlite"
    migrated(f"sqlite+aiosqlite:///{file}")
    in_thread(lambda: _loaded(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture(scope="module", params=["sqlite", "sqlite-analysed", "postgresql"])
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a large installation; tests look at it and change nothing."""
    if request.param == "postgresql":
        server: URL = request.getfixturevalue("postgresql")
        in_thread(lambda: _recreated(server, "large"))
        url = server.set(database="large").render_as_string(hide_password=False)
        migrated(url)
        in_thread(lambda: _loaded(url))
        return url
    file: Path = request.getfixturevalue("large_sqlite")
    if request.param == "sqlite-analysed":  # as an operator may do; the program does not
        file = Path(shutil.copy(file, tmp_path_factory.mktemp("analysed")))
        with closing(sqlite3.connect(file)) as database:
            database.execute("ANALYZE")
    return f"sqlite+aiosqlite:///{file}"


@pytest.mark.parametrize("name", HOT)
async def test_no_hot_statement_reads_a_large_table_from_end_to_end(large: str, name: str) -> None:
    database = Database(large)
    often = name == "claim" and "sqlite" in large  # many times a second, however many chats there are
    tables = LARGE | {"destinations"} if often else LARGE
    async with undone(database) as work:
        with captured(database) as executed:
            await HOT[name](work)
        assert executed
        scans = [scan for statement in executed for scan in await scans_of(work._connection, *statement, tables)]
        if "postgresql" in large:  # the plan for any parameters, too: what a prepared statement may end up with
            await work._connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
            scans += [scan for one in executed for scan in await scans_of(work._connection, *one, tables)]
    await database.close()
    assert not scans, "\n\n".join(scans)


async def test_figures_are_read_as_sets_however_many_chats_there_are(large: str) -> None:
    database = Database(large)
    begun = time.perf_counter()
    with captured(database, reading=True) as executed:
        found = await stats(database)
    print(f"\nstats of {found['destinations']} chats: {(time.perf_counter() - begun) * 1000:.0f} ms")
    await database.close()
    assert (found["destinations"], found["subscriptions"]) == (READERS, MANY)
    assert sum(found["deliveries"].values()) == MANY
    assert len([statement for statement, _ in executed if statement.startswith("SELECT")]) < 10


@pytest.mark.parametrize(
    "statement", ["SELECT * FROM told WHERE article_id = 7", "DELETE FROM files WHERE size > 7"]
)
async def test_a_statement_without_an_index_would_be_found(large: str, statement: str) -> None:
    database = Database(large)
    async with undone(database) as work:
        (scan,) = await scans_of(work._connection, statement, ())
    await database.close()
    assert statement in scan


@asynccontextmanager
async def undone(database: Database) -> AsyncIterator[SqlWork]:
    async with database.connected() as connection:
        yield SqlWork(connection)
        await connection.rollback()


@contextmanager
def captured(database: Database, *, reading: bool = False) -> Iterator[list[tuple[str, Any]]]:
    """Every statement with its parameters, as the driver gets it."""
    executed: dict[str, Any] = {}

    def remember(
        _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool
    ) -> None:
        executed[statement] = parameters[0] if many else parameters

    engine = (database._reader if reading else database._writer).sync_engine
    event.listen(engine, "before_cursor_execute", remember)
    found: list[tuple[str, Any]] = []
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", remember)
        found += executed.items()


async def _loaded(url: str) -> None:
    database = Database(url)
    async with database.write() as work:
        await work._connection.run_sync(load)
    await database.close()


async def _recreated(server: URL, name: str) -> None:
    admin = await asyncpg.connect(host=server.query["host"], user=server.username, database="postgres")
    await admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    await admin.execute(f"CREATE DATABASE {name}")
    await admin.close()
