"""What SQLAlchemy spells once for each database: INSERT … ON CONFLICT, and pairs of ids as a table."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import ARRAY, BigInteger, Subquery, Table, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

HALF = 1 << 32


def insert(connection: AsyncConnection, table: Table) -> sqlite.Insert:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`.

    The two dialects' classes have the same methods; the type names one of them for both.
    """
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)  # type: ignore[return-value]
    return sqlite.insert(table)


def pairs(connection: AsyncConnection, values: Sequence[tuple[int, int]], name: str = "pairs") -> Subquery:
    """Pairs of ids as a table with the columns `first` and `second`: one parameter, however many there are.

    SQLite gets them packed into one number each, which leaves 31 bits for an id.
    """
    if connection.dialect.name == "postgresql":
        columns = [bindparam(None, [pair[side] for pair in values], ARRAY(BigInteger)) for side in (0, 1)]
        table = func.unnest(*columns).table_valued("first", "second", name=f"{name}_given").render_derived()
        return select(table.c.first, table.c.second).subquery(name)
    packed = json.dumps([first * HALF + second for first, second in values])
    given = func.json_each(packed).table_valued("value", name=f"{name}_given")
    return select(
        given.c.value.op(">>")(32).label("first"), given.c.value.op("&")(HALF - 1).label("second")
    ).subquery(name)
