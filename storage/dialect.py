"""What SQLAlchemy spells once for each database: INSERT … ON CONFLICT, many rows, a column without its index."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    FromClause,
    Subquery,
    Table,
    any_,
    bindparam,
    column,
    func,
    select,
    type_coerce,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


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


class unindexed(FunctionElement[int]):  # noqa: N801 - it is written like a function of SQL
    """A column for which SQLite uses no index, which it would even where it reads more by it."""

    inherit_cache = True
    type = BigInteger()


@compiles(unindexed)
def _as_it_is(element: unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(unindexed, "sqlite")
def _with_a_plus(element: unindexed, compiler: SQLCompiler, **options: Any) -> str:
    """https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_"""
    return "+" + _as_it_is(element, compiler, **options)


def numbers(connection: AsyncConnection, values: Collection[int]) -> FromClause:
    """Numbers as a table with one column, `value`, by one parameter."""
    value = column("value", BigInteger)
    if connection.dialect.name == "postgresql":
        array = bindparam(None, list(values), ARRAY(BigInteger))
        return func.unnest(array).table_valued(value, name="numbers").render_derived()
    text = json.dumps(list(values), separators=(",", ":"))
    return func.json_each(text).table_valued(value, name="numbers")


def among(connection: AsyncConnection, which: ColumnElement[int], values: Collection[int]) -> ColumnElement[bool]:
    """`which IN (values)`, however many they are, by one parameter: one text of SQL for them all."""
    if connection.dialect.name == "postgresql":
        return which == any_(bindparam(None, list(values), ARRAY(BigInteger)))  # whose planner looks into an array
    return which.in_(select(numbers(connection, values).c.value))


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
