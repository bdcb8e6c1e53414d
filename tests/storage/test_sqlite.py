"""SQLite in its thread: what is asked comes back whole, at once or as it is wanted, and faults as faults."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from storage.sqlite import AT_ONCE, Connection, open_sqlite


class Thread(Connection):
    """Counts what it is handed."""

    handed = 0

    async def in_thread(self, step: Any, *arguments: Any) -> Any:
        type(self).handed += 1
        return await super().in_thread(step, *arguments)


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[Connection]:
    found = await open_sqlite(str(tmp_path / "x.sqlite"))
    found.__class__ = Thread
    Thread.handed = 0
    yield found
    await found.close()


SERIES = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT i FROM n"


@pytest.mark.parametrize("count", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE])
async def test_all_rows_come_however_many_there_are(connection: Connection, count: int) -> None:
    async with connection.cursor() as cursor:
        await cursor.execute(f"{SERIES} WHERE i <= ?", (max(count, 1), count))
        assert [row[0] for row in await cursor.fetchall()] == list(range(1, count + 1))
        assert await cursor.fetchall() == []


@pytest.mark.parametrize("size", [1, 7, AT_ONCE, AT_ONCE + 7])
async def test_rows_that_are_taken_bit_by_bit_come_in_order_and_once(connection: Connection, size: int) -> None:
    count = 2 * AT_ONCE + 3
    found: list[int] = []
    async with connection.cursor() as cursor:
        await cursor.execute(SERIES, (count,))
        while rows := await cursor.fetchmany(size):
            assert len(rows) <= size
            found += [row[0] for row in rows]
    assert found == list(range(1, count + 1))


async def test_most_statements_are_one_step(connection: Connection) -> None:
    async with connection.cursor() as cursor:
        await cursor.execute("CREATE TABLE t (i INTEGER PRIMARY KEY)")
        await cursor.executemany("INSERT INTO t VALUES (?)", [(1,), (2,), (3,)])
        assert cursor.rowcount == 3
        await cursor.execute("UPDATE t SET i = i + 10 WHERE i > 1 RETURNING i")
        assert sorted(await cursor.fetchall()) == [(12,), (13,)]
        await cursor.execute("SELECT i FROM t ORDER BY i")
        assert [part[0] for part in cursor.description] == ["i"]
        assert await cursor.fetchone() == (1,)
        assert await cursor.fetchall() == [(12,), (13,)]
    assert Thread.handed == 4


async def test_a_wrong_statement_is_a_fault_and_the_connection_goes_on(connection: Connection) -> None:
    async with connection.cursor() as cursor:
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            await cursor.execute("SELECT * FROM nowhere")
        await cursor.execute("SELECT 7")
        assert await cursor.fetchall() == [(7,)]


async def test_a_file_that_cannot_be_opened_leaves_no_thread(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        await open_sqlite(str(tmp_path / "missing" / "x.sqlite"))
