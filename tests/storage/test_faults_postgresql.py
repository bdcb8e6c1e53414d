"""What a PostgreSQL server refuses: the cause and the next step; and it goes on once that is mended."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator
from socket import SO_LINGER, SOL_SOCKET

import pytest
from sqlalchemy import URL, text

from bot.errors import StorageError
from bot.model import Topic
from storage import database
from storage.database import Database
from tests.storage.opened import names, opened, write

SECRET = "correct-horse"


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ({"database": "nowhere"}, r'"nowhere" does not exist\. Create the database'),
        ({"username": "stranger"}, r'"stranger" does not exist\. Correct the user and password'),
        ({"query": {}, "host": "127.0.0.1", "port": 9}, r"Start the server"),
        ({"query": {"host": "nowhere"}}, r"Start the server"),
        ({"username": "crowd"}, r"too many connections.*Raise max_connections"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
async def test_a_connection_that_cannot_be_had_names_the_next_step_and_no_secret(
    postgresql: URL, changes: dict[str, object], step: str
) -> None:
    async with opened(postgresql.set(database="postgres")) as admin, admin._writer.begin() as connection:
        await connection.execute(text("DROP ROLE IF EXISTS crowd"))
        await connection.execute(text("CREATE ROLE crowd LOGIN CONNECTION LIMIT 0"))
    async with opened(postgresql.set(password=SECRET, **changes)) as storage:  # type: ignore[arg-type]
        for attempt in (storage.migrate(), names(storage)):
            with pytest.raises(StorageError, match=step) as caught:
                await attempt
            assert SECRET not in str(caught.value)


@pytest.fixture
async def own(blank: str, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """A PostgreSQL database for one test."""
    if blank.startswith("sqlite"):
        pytest.fail(f"{request.node.name} is about PostgreSQL: parametrize blank")
    async with opened(blank) as storage:
        await storage.migrate()
        yield storage


on_postgresql = pytest.mark.parametrize("blank", ["postgresql"], indirect=True)


@on_postgresql
async def test_a_standby_or_read_only_server_is_named(own: Database) -> None:
    name = own.url.database
    async with own.write() as work:
        await work._connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    await own.close()  # new connections see it
    with pytest.raises(StorageError, match="read-only: name the primary server"):
        await write(own)
    async with own.write() as work:
        await work._connection.execute(text("SET TRANSACTION READ WRITE"))
        await work._connection.execute(text(f"ALTER DATABASE {name} RESET default_transaction_read_only"))
    await own.close()
    await write(own)


@on_postgresql
async def test_a_lock_that_another_process_keeps_is_given_up_on(
    blank: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(database.PATIENCE, "lock_timeout", "50")
    async with opened(blank) as storage:
        await storage.migrate()
        async with storage._writer.connect() as other:
            await other.execute(text("LOCK TABLE topics"))
            with pytest.raises(StorageError, match="Another process holds a lock"):
                await write(storage)
            await other.rollback()
        await write(storage)


@on_postgresql
async def test_an_ended_connection_costs_one_unit_of_work_and_no_more(own: Database) -> None:
    with pytest.raises(StorageError, match="Start the server") as caught:  # noqa: PT012
        async with own.write() as work:
            pid = await work._connection.scalar(text("SELECT pg_backend_pid()"))
            async with own._reader.connect() as other:
                await other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
            await asyncio.sleep(0.05)
            await work.topics.put([Topic("lost", "Lost")], from_file=True)
    assert caught.value.away
    await write(own)
    assert await names(own) == ["AI"]


@on_postgresql
async def test_a_connection_that_breaks_within_a_statement_is_our_error_too(own: Database) -> None:
    """The driver then raises an error of the system, which could also be about anything else."""
    writers: list[asyncio.StreamWriter] = []
    socket = f"{own.url.query['host']}/.s.PGSQL.5432"

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind_reader, behind = await asyncio.open_unix_connection(socket)
        writers.extend((writer, behind))

        async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
            while data := await source.read(65536):
                target.write(data)

        await asyncio.gather(copy(reader, behind), copy(behind_reader, writer), return_exceptions=True)

    async with await asyncio.start_server(forward, "127.0.0.1", 0) as proxy:
        port = proxy.sockets[0].getsockname()[1]
        async with opened(own.url.set(query={}, host="127.0.0.1", port=port)) as storage:
            await write(storage)

            async def reset() -> None:
                await asyncio.sleep(0.1)
                for writer in writers:
                    writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
                    writer.transport.abort()

            with pytest.raises(StorageError, match="Start the server"):  # noqa: PT012
                async with storage.write() as work:
                    cutting = asyncio.create_task(reset())
                    await work._connection.execute(text("SELECT pg_sleep(20)"))
            await cutting
            await write(storage, "Space")
            assert await names(storage) == ["AI", "Space"]
            async with asyncio.timeout(5):
                await storage.close()  # the proxy never says good-bye, and is not waited for
        for writer in writers:
            writer.close()
