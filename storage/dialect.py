"""What SQLAlchemy spells once for each database: INSERT … ON CONFLICT, many rows at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Subquery, Table, bindparam, func, select, type_coerce
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def insert(connection: AsyncConnection, table: Table) -> sqlite.Insert:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`.

    The two dialects' classes have the same methods; the type names one of them for both.
    """
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)  # type: ignore[return-value]
    return sqlite.insert(table)


async def insert_many(
    connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> Sequence[int]:
    """Add rows to a table with a counted `id`; returns the ids in the order of the rows.

    SQLite, where one writer holds the lock, counts ahead: its driver would insert one by one to tell the ids.
    """
    if not rows:
        return []
    if connection.dialect.name == "postgresql":
        result = await connection.execute(table.insert().returning(table.c.id, sort_by_parameter_order=True), rows)
        return list(result.scalars())
    newest = await connection.scalar(select(func.max(table.c.id))) or 0
    ids = range(newest + 1, newest + 1 + len(rows))
    await connection.execute(table.insert(), [{"id": number, **row} for number, row in zip(ids, rows, strict=True)])
    return ids


def given(connection: AsyncConnection, rows: Sequence[Sequence[int | None]], *names: str) -> Subquery:
    """Rows of numbers as a table with columns of these names: few parameters, however many rows there are."""
    if connection.dialect.name == "postgresql":
        columns = [bindparam(None, [row[at] for row in rows], ARRAY(BigInteger)) for at in range(len(names))]
        table = func.unnest(*columns).table_valued(*names, name="rows").render_derived()
        return select(*table.c).subquery("given")
    packed = func.json_each(json.dumps(rows)).table_valued("value", name="rows")
    cells = [
        type_coerce(func.json_extract(packed.c.value, f"$[{at}]"), BigInteger).label(name)
        for at, name in enumerate(names)
    ]
    return select(*cells).subquery("given")
