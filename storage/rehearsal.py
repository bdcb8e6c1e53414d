"""A storage to try things on: it begins with all that is there, and what is written to it is forgotten.

Whoever works on the real tables meanwhile neither waits for it nor notices it.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import String, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StorageError
from bot.ports import Storage
from storage.database import Database
from storage.faults import reached
from storage.tables import metadata
from storage.work import SqlWork


@asynccontextmanager
async def rehearsal(database: Database) -> AsyncIterator[Storage]:
    """On SQLite a private copy of the file, brought to this version; on PostgreSQL tables of one connection.

    Raises StorageError: there is no room for a copy, or the PostgreSQL database is not of this version.
    """
    if database.sqlite:
        with tempfile.TemporaryDirectory(prefix="topicwire-") as folder:
            copy = Path(folder) / "rehearsal.sqlite"
            with reached(database.where):
                await asyncio.to_thread(database.copy_to, copy)
            storage = Database(f"sqlite+aiosqlite:///{copy}")
            try:
                await storage.migrate()
                yield storage
            finally:
                await storage.close()
        return
    found, wanted = await database.revision()
    if found != wanted:
        raise StorageError(
            f"The database has {f'revision {found}' if found else 'no tables yet'}, and a dry run needs those of "
            f"this version, {wanted}. Run `topicwire migrate` first."
        )
    async with database.connected() as connection:
        await _shadow(connection)
        yield Rehearsal(SqlWork(connection), wanted)
        await connection.rollback()


async def _shadow(connection: AsyncConnection) -> None:
    """Temporary tables stand before the real ones of the same name, for this connection alone.

    https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-SEARCH-PATH
    """
    await connection.execution_options(isolation_level="REPEATABLE READ")  # all tables as of one moment
    await connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")  # files are read within
    schema = await connection.scalar(select(func.current_schema(type_=String)))
    for name in metadata.tables:
        real, own = f"{schema}.{name}", f"pg_temp.{name}"
        await connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {name} (LIKE {real} INCLUDING ALL)")
        await connection.exec_driver_sql(f"INSERT INTO {own} SELECT * FROM {real}")  # noqa: S608 - names of ours
        await connection.exec_driver_sql(f"ANALYZE {own}")


class Rehearsal:
    """All units of work are one transaction, which is never committed."""

    def __init__(self, work: SqlWork, revision: str) -> None:
        self._work = work
        self._revision = revision
        self.fault: StorageError | None = None

    @asynccontextmanager
    async def write(self) -> AsyncIterator[SqlWork]:
        yield self._work

    read = write

    def edition(self) -> int | None:
        return None

    async def revision(self) -> tuple[str | None, str]:
        return self._revision, self._revision

    async def migrate(self) -> str | None:
        return None

    async def close(self) -> None: ...
