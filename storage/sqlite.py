"""SQLite in a thread of its own, handed to it once for each statement.

aiosqlite hands over for every step of one: cursor, execute, fetch, close. Each is a switch of threads and back, and
takes longer than most of our statements do.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self

import aiosqlite

AT_ONCE = 1000
"""Rows that are fetched together with the statement; of more, the rest is fetched as it is asked for."""


async def open_sqlite(*arguments: Any, **options: Any) -> Connection:
    """One connection and its thread, which is not left behind where the connection could not be opened.

    aiosqlite does not wait for it then, and it would report to an event loop that may be closed.
    """
    connection = Connection(lambda: sqlite3.connect(*arguments, **options), iter_chunk_size=64)
    thread = connection._thread  # noqa: SLF001  there is no other way to it
    thread.daemon = True  # as SQLAlchemy has it: a forgotten connection must not keep the process
    try:
        await connection
    except BaseException:
        await asyncio.to_thread(thread.join)
        raise
    return connection


class Connection(aiosqlite.Connection):
    def cursor(self) -> Cursor:  # type: ignore[override]
        return Cursor(self)

    async def in_thread(self, step: Callable[..., Any], *arguments: Any) -> Any:
        """What a function gives that is called in the thread of the connection."""
        return await self._execute(step, *arguments)  # type: ignore[no-untyped-call]

    @property
    def own(self) -> sqlite3.Connection:
        """For that thread alone."""
        return self._conn


class Cursor:
    """What SQLAlchemy uses of a cursor. Most statements are over when they were executed: nothing is left open."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._open: sqlite3.Cursor | None = None  # where more rows are to come
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        await self._connection.in_thread(self._run, statement, parameters)
        return self

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> Self:
        await self._connection.in_thread(self._run_many, statement, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        return self._taken(len(self._rows)) + (await self._more(None) if self._open else [])

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        wanted = size or self.arraysize
        rows = self._taken(wanted)
        return rows + (await self._more(wanted - len(rows)) if self._open and len(rows) < wanted else [])

    async def fetchone(self) -> Any:
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def close(self) -> None:
        if self._open:
            cursor, self._open = self._open, None
            await self._connection.in_thread(cursor.close)

    def _taken(self, count: int) -> list[Any]:
        taken, self._rows = self._rows[:count], self._rows[count:]
        return taken

    async def _more(self, count: int | None) -> list[Any]:
        cursor = self._open
        if cursor is None:
            return []
        rows: list[Any] = await self._connection.in_thread(
            cursor.fetchall if count is None else cursor.fetchmany, *(() if count is None else (count,))
        )
        return rows

    # ------------------------------------------------------------ in the thread

    def _run(self, statement: str, parameters: Sequence[Any]) -> None:
        cursor = self._connection.own.execute(statement, parameters)
        self._rows = cursor.fetchmany(AT_ONCE) if cursor.description else []
        self._over(cursor, more=len(self._rows) == AT_ONCE)

    def _run_many(self, statement: str, parameters: Sequence[Sequence[Any]]) -> None:
        self._over(self._connection.own.executemany(statement, parameters), more=False)

    def _over(self, cursor: sqlite3.Cursor, *, more: bool) -> None:
        self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
        if more:
            self._open = cursor
        else:
            cursor.close()
