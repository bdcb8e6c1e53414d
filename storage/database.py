"""One database behind units of work: SQLite by default, PostgreSQL by its URL."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StorageError
from storage import schema
from storage.faults import reached, translate_breaks, translated
from storage.work import SqlWork

PATIENCE = {"idle_in_transaction_session_timeout": "5000", "lock_timeout": "10000"}
"""Milliseconds on PostgreSQL: a process that is frozen inside a transaction must not hold its locks for long."""
CLOSE_SECONDS = 1.0
BUSY_MS = 5000  # how long SQLite waits for another process that writes


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
                opened = {"async_creator_fn": _open_sqlite}
                self._writer = create_async_engine(
                    self.url, pool_size=1, max_overflow=0, pool_timeout=60, connect_args=opened
                )
                self._reader = create_async_engine(self.url, pool_size=4, max_overflow=4, connect_args=opened)
            else:
                self._writer = self._reader = create_async_engine(
                    self.url, pool_pre_ping=True, connect_args={"server_settings": PATIENCE, "timeout": 10}
                )
        except (ArgumentError, NoSuchModuleError, ImportError) as fault:
            raise StorageError(
                f"DATABASE_URL cannot be used ({fault}). Write it like sqlite+aiosqlite:///data/topicwire.sqlite "
                "or postgresql+asyncpg://user:password@host/name."
            ) from fault
        self._where = self.url.render_as_string(hide_password=True)
        translate_breaks(self._writer, self._where)
        if self.sqlite:
            _use_sqlite_properly(self._writer, "BEGIN IMMEDIATE")
            _use_sqlite_properly(self._reader, "BEGIN")
            if self.url.database and not self.url.database.startswith(("file:", ":memory:")):
                _notice_another_file(Path(self.url.database), self._writer, self._reader)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[SqlWork]:
        async with self._connected(self._writer) as connection, connection.begin():
            yield SqlWork(connection)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqlWork]:
        async with self._connected(self._reader) as connection:
            yield SqlWork(connection)

    @asynccontextmanager
    async def rehearsal(self) -> AsyncIterator[Rehearsal]:
        """A storage that shows the effect of everything written through it, and forgets it at the end."""
        async with self._connected(self._writer) as connection:
            yield Rehearsal(SqlWork(connection))
            await connection.rollback()

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        with translated(self._where):
            async with AsyncExitStack() as stack:
                with reached(self._where):
                    connection = await stack.enter_async_context(engine.connect())
                yield connection

    async def migrate(self) -> str | None:
        """Bring the schema to this version. Returns the copy made of a SQLite file that was changed.

        Raises StorageError where the database is newer than the code or cannot be reached.
        """
        with reached(self._where):
            if self.sqlite and self.url.database:
                await asyncio.to_thread(Path(self.url.database).parent.mkdir, parents=True, exist_ok=True)
        async with self._connected(self._reader) as connection:
            current = await connection.run_sync(schema.revision_of)
        known = await asyncio.to_thread(schema.revisions)
        if current == known[-1]:
            return None
        if current is not None and current not in known:
            raise StorageError(
                f"The database has revision {current}, which this version of Topicwire does not know: "
                "it was made by a newer one. Run that version, or restore the copy made before the upgrade."
            )
        with reached(self._where):
            copy = await asyncio.to_thread(self._copy) if current is not None else None
        async with self._connected(self._writer) as connection:
            await connection.run_sync(schema.upgrade, known[-1])
        return copy

    async def close(self) -> None:
        """Close the connections; a server that does not answer is not waited for."""
        with suppress(TimeoutError):
            async with asyncio.timeout(None if self.sqlite else CLOSE_SECONDS):  # a file is only flushed
                await self._writer.dispose()
                await self._reader.dispose()

    def _copy(self) -> str | None:
        if not self.sqlite or not self.url.database:
            return None
        file = Path(self.url.database)
        copy = file.with_name(f"{file.name}.{datetime.now(UTC):%Y%m%d-%H%M%S}.before-upgrade")
        with closing(sqlite3.connect(file)) as database:  # a plain copy would miss what is in the write-ahead log
            database.execute("VACUUM INTO ?", (str(copy),))
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


async def _open_sqlite(*arguments: Any, **options: Any) -> aiosqlite.Connection:
    """One connection and its thread, which is not left behind where the connection could not be opened.

    The driver does not wait for it then, and it would report to an event loop that may be closed.
    """
    connection = aiosqlite.connect(*arguments, **options)
    thread = connection._thread  # noqa: SLF001  there is no other way to it
    thread.daemon = True  # as SQLAlchemy has it: a forgotten connection must not keep the process
    try:
        return await connection
    except BaseException:
        await asyncio.to_thread(thread.join)
        raise


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


def _notice_another_file(file: Path, *engines: AsyncEngine) -> None:
    """A file that was removed or replaced can still be written to through an open connection: into nowhere."""
    seen: set[tuple[int, int]] = set()

    def identity() -> tuple[int, int]:
        found = file.stat()  # raises FileNotFoundError
        return found.st_dev, found.st_ino

    def before(*_arguments: Any) -> None:
        if seen:  # it was there: SQLite must not make an empty one in its place
            identity()

    def remember(_connection: Any, record: Any) -> None:
        record.info["file"] = identity()
        seen.add(record.info["file"])

    def compare(_connection: Any, record: Any, _proxy: Any) -> None:
        if record.info["file"] != identity():
            raise DisconnectionError("the file was replaced")  # the pool connects anew

    for engine in engines:
        event.listen(engine.sync_engine, "do_connect", before)
        event.listen(engine.sync_engine, "connect", remember)
        event.listen(engine.sync_engine, "checkout", compare)
