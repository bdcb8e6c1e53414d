"""One database behind units of work: SQLite by default, PostgreSQL by its URL."""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, false, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StorageError
from storage import schema
from storage.clock import ServerClock
from storage.faults import reached, translate_breaks, translated
from storage.sqlite import open_sqlite
from storage.tables import leases
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

    def __init__(self, url: str, *, clock: Callable[[], datetime] | None = None) -> None:
        """`url` is a SQLAlchemy URL with an async driver. Raises StorageError where it cannot be one.

        With the `clock` of this host the clock of a server counts for leases and rates, whatever `now` is given
        to them: hosts differ. Without one, and on SQLite, which serves one host alone, `now` counts.
        """
        try:
            self.url = make_url(url)
            self.sqlite = self.url.get_backend_name() == "sqlite"
            if self.sqlite:
                opened = {"async_creator_fn": open_sqlite}
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
        self.fault: StorageError | None = None
        self._watch: sqlite3.Connection | None = None
        self._server_clock = ServerClock(clock) if clock and not self.sqlite else None
        self.clock: Callable[[], datetime] = self._server_clock or clock or _utc_now
        self.where = self.url.render_as_string(hide_password=True)
        translate_breaks(self._writer, self.where)
        if self.sqlite:
            _use_sqlite_properly(self._writer, "BEGIN IMMEDIATE")
            _use_sqlite_properly(self._reader, "BEGIN")
            if self.file:
                _notice_another_file(self.file, self._writer, self._reader)

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database, where it is a plain one."""
        name = self.url.database
        return Path(name) if self.sqlite and name and not name.startswith(("file:", ":memory:")) else None

    @asynccontextmanager
    async def write(self) -> AsyncIterator[SqlWork]:
        try:
            async with self._connected(self._writer) as connection, connection.begin():
                yield SqlWork(connection, self._server_clock)
        except StorageError as fault:
            self.fault = fault
            raise
        self.fault = None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqlWork]:
        async with self._connected(self._reader) as connection:
            yield SqlWork(connection, self._server_clock)

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[AsyncConnection]:
        """A bare connection that may write; what is not committed is forgotten at the end."""
        async with self._connected(self._writer) as connection:
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A bare connection that sees one moment, whatever others write meanwhile."""
        async with self._connected(self._reader) as connection:
            if not self.sqlite:
                await connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        with translated(self.where):
            async with AsyncExitStack() as stack:
                with reached(self.where):
                    connection = await stack.enter_async_context(engine.connect())
                yield connection

    async def revision(self) -> tuple[str | None, str]:
        """The schema's revision that is there (None: no tables yet) and that of this version. Changes nothing.

        Raises StorageError where the database is newer than the code, cannot be reached, or could not be made.
        """
        known = await asyncio.to_thread(schema.revisions)
        if self.file and not self.file.exists():
            with reached(self.where):
                _can_be_made(self.file)
            return None, known[-1]
        async with self._connected(self._reader) as connection:
            current = await connection.run_sync(schema.revision_of)
        if current is not None and current not in known:
            raise StorageError(
                f"The database has revision {current}, which this version of Topicwire does not know: "
                "it was made by a newer one. Run that version, or restore the copy made before the upgrade."
            )
        return current, known[-1]

    def edition(self) -> int | None:
        """Another number once anybody wrote to a SQLite file, this process included: it costs microseconds."""
        if self.file is None:
            return None
        try:
            if self._watch is None:
                self._watch = sqlite3.connect(self.file, isolation_level=None, timeout=0)
            (number,) = self._watch.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error:
            return None
        return int(number)

    async def migrate(self) -> str | None:
        """Bring the schema to this version. Returns the copy made of a SQLite file that was changed.

        Raises StorageError where the database is newer than the code or cannot be reached.
        """
        with reached(self.where):
            if self.file:
                await asyncio.to_thread(self.file.parent.mkdir, parents=True, exist_ok=True)
                await asyncio.to_thread(_begin_log, self.file)
        if self._server_clock:
            async with self._connected(self._reader) as connection:
                await self._server_clock.read(connection)
        current, wanted = await self.revision()
        if current == wanted:
            return None
        copy: Path | None = None
        if current is not None and self.file:
            copy = self.file.with_name(f"{self.file.name}.{datetime.now(UTC):%Y%m%d-%H%M%S}.before-upgrade")
            with reached(self.where):
                await asyncio.to_thread(self.copy_to, copy)
        async with self._connected(self._writer) as connection:
            await connection.run_sync(schema.upgrade, wanted)
        return str(copy) if copy else None

    async def try_writing(self) -> None:
        """Raises StorageError where the database may only be read. Changes nothing."""
        nothing = update(leases).where(false()).values(owner=leases.c.owner)  # what may not be written refuses it
        async with self._connected(self._writer) as connection, connection.begin():
            await connection.execute(nothing)

    def copy_to(self, copy: Path) -> None:
        """Copy a SQLite file, of one moment, while others write to it; there is nothing to copy where it is not."""
        if self.file and self.file.exists():
            with closing(sqlite3.connect(self.file)) as database:  # `cp` would miss what is in the write-ahead log
                database.execute("VACUUM INTO ?", (str(copy),))

    async def close(self) -> None:
        """Close the connections; a server that does not answer is not waited for."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        with suppress(TimeoutError):
            async with asyncio.timeout(None if self.sqlite else CLOSE_SECONDS):  # a file is only flushed
                await self._writer.dispose()
                await self._reader.dispose()


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _can_be_made(file: Path) -> None:
    """Raises OSError where no file can be made in the place of `file`, with its folder if need be."""
    there = next(folder for folder in file.absolute().parents if folder.exists())
    if not there.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, f"{there} is not a folder")
    if not os.access(there, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, f"{there} may not be written to")


def _begin_log(file: Path) -> None:
    """Switch write-ahead logging on, for good; another process that does the same, or writes, is waited for.

    SQLite itself does not wait here, whatever its busy timeout. Raises sqlite3.Error.
    """
    patience = time.monotonic() + BUSY_MS / 1000
    with closing(sqlite3.connect(file)) as database:
        while True:
            try:
                database.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as fault:
                if fault.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > patience:
                    raise
                time.sleep(0.02)  # it runs in a thread
            else:
                return


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
            "cache_size=-10000",  # KiB; all of it stays in memory once it was used
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
