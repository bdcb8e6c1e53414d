"""One database behind units of work: SQLite by default, PostgreSQL by its URL."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import StorageError
from storage.work import SqlWork

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE = {"idle_in_transaction_session_timeout": "5000", "lock_timeout": "10000"}
"""Milliseconds on PostgreSQL: a process that is frozen inside a transaction must not hold its locks for long."""
BUSY_MS = 5000  # how long SQLite waits for another process that writes
MIGRATION_LOCK = 7_061_970  # any constant: the advisory lock that lets one process migrate at a time


class Database:
    """The tables behind `bot.ports.Storage`.

    SQLite takes the write lock at the start of every writing transaction (BEGIN IMMEDIATE): a transaction that
    reads first and writes later could otherwise fail at once with "database is locked". One write connection
    queues the writers of this process instead of letting them poll for that lock.
    """

    def __init__(self, url: str) -> None:
        """`url` is a SQLAlchemy URL with an async driver. Raises StorageError where it cannot be one."""
        try:
            self.url = make_url(url)
            self.sqlite = self.url.get_backend_name() == "sqlite"
            if self.sqlite:
                self._writer = create_async_engine(self.url, pool_size=1, max_overflow=0, pool_timeout=60)
                self._reader = create_async_engine(self.url, pool_size=4, max_overflow=4)
            else:
                self._writer = self._reader = create_async_engine(
                    self.url, pool_pre_ping=True, connect_args={"server_settings": PATIENCE, "timeout": 10}
                )
        except (ArgumentError, NoSuchModuleError, ImportError) as fault:
            raise StorageError(
                f"DATABASE_URL cannot be used ({fault}). Write it like sqlite+aiosqlite:///data/topicwire.sqlite "
                "or postgresql+asyncpg://user:password@host/name."
            ) from fault
        if self.sqlite:
            _use_sqlite_properly(self._writer, "BEGIN IMMEDIATE")
            _use_sqlite_properly(self._reader, "BEGIN")

    @asynccontextmanager
    async def write(self) -> AsyncIterator[SqlWork]:
        with _translated(self):
            async with self._writer.begin() as connection:
                yield SqlWork(connection)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqlWork]:
        with _translated(self):
            async with self._reader.connect() as connection:
                yield SqlWork(connection)

    @asynccontextmanager
    async def rehearsal(self) -> AsyncIterator[Rehearsal]:
        """A storage that shows the effect of everything written through it, and forgets it at the end."""
        async with self._writer.connect() as connection:
            yield Rehearsal(SqlWork(connection))
            await connection.rollback()

    async def migrate(self) -> str | None:
        """Bring the schema to this version. Returns the copy made of a SQLite file that was changed.

        Raises StorageError where the database is newer than the code or cannot be reached.
        """
        with _translated(self):
            if self.sqlite and self.url.database:
                await asyncio.to_thread(Path(self.url.database).parent.mkdir, parents=True, exist_ok=True)
            async with self._reader.connect() as connection:
                current = await connection.run_sync(_revision)
            script = ScriptDirectory.from_config(_config())
            head = script.get_current_head()
            if current == head:
                return None
            if current is not None and current not in {step.revision for step in script.walk_revisions()}:
                raise StorageError(
                    f"The database has revision {current}, which this version of Topicwire does not know: "
                    "it was made by a newer one. Run that version, or restore the copy made before the upgrade."
                )
            copy = await asyncio.to_thread(self._copy) if current is not None else None
            async with self._writer.begin() as connection:
                await connection.run_sync(_upgrade)
            return copy

    async def close(self) -> None:
        await self._writer.dispose()
        await self._reader.dispose()

    def _copy(self) -> str | None:
        if not self.sqlite or not self.url.database:
            return None
        file = Path(self.url.database)
        copy = file.with_name(f"{file.name}.{datetime.now(UTC):%Y%m%d-%H%M%S}.before-upgrade")
        with closing(sqlite3.connect(file)) as database:
            database.execute(
                "VACUUM INTO ?", (str(copy),)
            )  # a plain copy would miss what is in the write-ahead log
        return str(copy)


class Rehearsal:
    """All units of work are one transaction, which is never committed."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    @asynccontextmanager
    async def write(self) -> AsyncIterator[SqlWork]:
        yield self._work

    read = write

    async def migrate(self) -> str | None:
        return None

    async def close(self) -> None: ...


def _use_sqlite_properly(engine: AsyncEngine, begin: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say so, not where the driver guesses
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_MS}",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "cache_size=-32000",  # KiB
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


class _translated:  # noqa: N801 - reads as a phrase where it is used
    """The driver's faults that an operator can mend, in our words; anything else stays what it is."""

    def __init__(self, database: Database) -> None:
        self._where = database.url.render_as_string(hide_password=True)

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: object) -> None:
        if isinstance(fault, DBAPIError) and type(fault).__name__ in {"OperationalError", "InterfaceError"}:
            raise StorageError(
                f"The database {self._where} cannot serve: {fault.orig}. Is it there, writable, and not full?"
            ) from fault
        if isinstance(fault, OSError):
            raise StorageError(f"The database {self._where} cannot be reached: {fault}.") from fault


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
