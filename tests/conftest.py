"""Fixtures of the whole suite: a migrated database in a temporary file, a clock, and STRICT=1."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import structlog
from hypothesis import settings
from sqlalchemy import URL

from storage.database import Database
from storage.tables import metadata
from tests.server import Server

EMPTY = """
DO $$ DECLARE name text; filled boolean; BEGIN
  FOREACH name IN ARRAY ARRAY[{tables}] LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO filled;
    IF filled THEN EXECUTE format('DELETE FROM %I', name); END IF;
  END LOOP;
  FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
    EXECUTE format('ALTER SEQUENCE %I RESTART', name);
  END LOOP;
END $$
""".replace("{tables}", ", ".join(f"'{table.name}'" for table in reversed(metadata.sorted_tables)))
"""Empties the tables that hold anything: much faster than TRUNCATE, which makes new files for each index."""


settings.register_profile("shared machine", deadline=None)  # how long an example takes is no claim of a test
settings.load_profile("shared machine")


class Clock:
    """A clock that stands until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> datetime:
        self.now += timedelta(**amount)
        return self.now


@pytest.fixture(scope="session", autouse=True)
def quiet_log() -> None:
    """Only warnings and worse in a test's captured output."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 27, 12, tzinfo=UTC))


@pytest.fixture(scope="session")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where PostgreSQL servers of this process keep their lock file."""
    return tmp_path_factory.mktemp("runtime")


@pytest.fixture(scope="session")
def postgresql(runtime: Path) -> Iterator[URL]:
    """A server from a pip package, reached over a Unix socket, with one migrated database: `shared`."""
    server = Server(runtime)
    for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
        server.psql(f"ALTER SYSTEM SET {setting};")
    server.psql("SELECT pg_reload_conf();")
    server.psql("CREATE DATABASE shared;")
    migrated(server.url.set(database="shared").render_as_string(hide_password=False))
    yield server.url
    server.remove()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty file that tests copy: seven times faster than migrating one for each."""
    file = tmp_path_factory.mktemp("sqlite") / "empty.sqlite"
    migrated(f"sqlite+aiosqlite:///{file}")
    return file


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of whole processes first: they take longest, and none is left over when everything else is done."""
    items.sort(key=lambda item: item.path.parent.name not in {"faults", "tests"})


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`storage` is each database in turn; for tests marked `sqlite`, that one."""
    chosen = any("storage" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "storage" in metafunc.fixturenames and not chosen:
        one = metafunc.definition.get_closest_marker("sqlite")
        metafunc.parametrize("storage", ["sqlite"] if one else ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
async def storage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated, empty database; every test that uses it runs on SQLite and on PostgreSQL.

    Marked `sqlite` are tests that are not about queries, where others make the same ones on both: every command and
    every button does so in `test_hostile_commands.py` and by the examples of docs/commands.md.

    On PostgreSQL all tests of a process share one and find it emptied, which costs a fifteenth of making one.
    What changes the schema, or needs its tables large, takes `blank`.
    """
    if request.param == "sqlite":
        file = tmp_path / "topicwire.sqlite"
        shutil.copy(request.getfixturevalue("sqlite"), file)
        database = Database(f"sqlite+aiosqlite:///{file}")
    else:
        server: URL = request.getfixturevalue("postgresql")
        database = Database(server.set(database="shared").render_as_string(hide_password=False))
        await empty(database)
    yield database
    await database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
async def blank(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of a database without tables, for one test alone; on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'topicwire.sqlite'}"
        return
    server: URL = request.getfixturevalue("postgresql")
    name = f"t{uuid.uuid4().hex}"
    admin = await asyncpg.connect(host=server.query["host"], user=server.username, database="postgres")
    await admin.execute(f"CREATE DATABASE {name}")
    yield server.set(database=name).render_as_string(hide_password=False)
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


async def empty(shared: Database) -> None:
    async with shared.write() as work:
        await work._connection.exec_driver_sql(EMPTY)


def migrated(url: str) -> None:
    """Make a database of this URL, which has no tables yet."""

    async def migrate() -> None:
        database = Database(url)
        await database.migrate()
        await database.close()

    in_thread(migrate)


def in_thread(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a coroutine for a fixture of a wider scope, which is asked for from within a running loop."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(work())).result()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """STRICT=1: a skipped test fails, naming what is missing."""
    report = yield
    if os.environ.get("STRICT") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: skipped under STRICT=1: {reason}"
    return report
