"""Everything from one database into another: from SQLite to PostgreSQL, or back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Connection, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StorageError
from storage.database import Database
from storage.faults import translated
from storage.leases import SqlLeases
from storage.tables import leases, metadata

ROWS = 1000  # in one statement


async def bring(source: Database, target: Database, now: datetime) -> dict[str, int]:
    """Copy every row of `source` into `target`, which must be empty; returns how many, by table.

    The target is brought to this version; it gets all or nothing. Nothing is written to the source. Raises
    StorageError where one of the two is not as it must be, or a process still works on the source.
    """
    found, wanted = await source.revision()
    if found is None:
        raise StorageError(f"There is no database of Topicwire at {source.where}: correct the address.")
    if found != wanted:
        raise StorageError(
            f"{source.where} has revision {found}, and this version of Topicwire needs {wanted}. "
            "Run `topicwire migrate` with that DATABASE_URL first."
        )
    await target.migrate()
    copied = {}
    async with source.reading() as old, target.connected() as new, new.begin():
        owners = await SqlLeases(old).owners(now)
        if owners:
            raise StorageError(f"A process still works on {source.where}: {min(owners.values())}. Stop it first.")
        for name in metadata.tables:
            if await new.scalar(select(func.count()).select_from(metadata.tables[name])):
                raise StorageError(f"{target.where} is not empty, so nothing was brought in. Use a new database.")
        for table in metadata.sorted_tables:
            if table is not leases:
                with translated(target.where):
                    copied[table.name] = await _copy(old, new, table.name)
        await new.run_sync(_count_on)
    return copied


async def _copy(old: AsyncConnection, new: AsyncConnection, name: str) -> int:
    table, count = metadata.tables[name], 0
    rows = await old.stream(select(table))
    async for part in rows.mappings().partitions(ROWS):
        await new.execute(table.insert(), [dict(row) for row in part])
        count += len(part)
    return count


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL count ids on from the highest; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        counter = func.pg_get_serial_sequence(table.name, column.name)
        highest = select(func.max(column)).scalar_subquery()
        set_to = func.setval(counter, func.coalesce(highest, literal(1, BigInteger)), highest.is_not(None))
        connection.execute(select(set_to).where(counter.is_not(None)))
