"""The one door into the outbox and into what is told, the two largest tables.

No foreign key ties them to the chats: PostgreSQL would check one for each row, a quarter of the time of a fan-out,
and keep the chats locked from the workers while it lasts. Instead, who writes keeps every chat from being forgotten
until the transaction ends, and who forgets one waits for those who write and deletes its rows by name. So no row is
left that speaks of a chat that is no more. On SQLite one writes at a time anyway.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, func, literal, select
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Kind, Priority, State
from storage.columns import Instant
from storage.dialect import insert
from storage.tables import deliveries, told

CHATS = 7_061_971
"""Any constant but that of migrations: the advisory lock that is shared by who writes and taken by who forgets."""


async def owe(
    connection: AsyncConnection, rows: Select[Any], kind: Kind, now: datetime, *, priority: Priority | None = None
) -> int:
    """Write the deliveries that a query gives, by the names of its columns. Returns how many.

    One whose key is there already is left out. The query must read each row's chat from a table, now: one that was
    looked up before may be forgotten since. `priority` is that of the kind, if no other is given.
    """
    rows = rows.add_columns(
        literal(kind.value).label("kind"),
        literal(int(Priority[kind.name] if priority is None else priority)).label("priority"),
        literal(now, Instant).label("created_at"),
    )
    return await _write(connection, insert(connection, deliveries).on_conflict_do_nothing(), rows)


async def owe_updates(
    connection: AsyncConnection,
    copy: FromClause,
    found: FromClause,
    *,
    payload_id: int,
    priority: Priority,
    part: ColumnElement[int],
    turn: ColumnElement[int],
    now: datetime,
) -> int:
    """Put `payload_id` in the place of each sent message in `found`. Returns how many updates were written.

    An update's subject is the delivery it changes; its `part` counts the changes of that one. `copy` is the alias
    of the deliveries in which `part` and `turn` are expressed.
    """
    rows = select(
        copy.c.platform,
        copy.c.destination_id,
        literal(payload_id).label("payload_id"),
        copy.c.id.label("subject"),
        part.label("part"),
        literal(State.PENDING.value).label("state"),
        turn.label("turn"),
        copy.c.message_id,
    ).join(found, found.c.id == copy.c.id)
    return await owe(connection, rows, Kind.UPDATE, now, priority=priority)


async def tell(connection: AsyncConnection, pairs: Select[Any]) -> int:
    """Write the told pairs that a query gives, likewise. Returns how many."""
    return await _write(connection, insert(connection, told).on_conflict_do_nothing(), pairs)


async def tell_anew(connection: AsyncConnection, pairs: Select[Any]) -> None:
    """Write the told pairs that a query gives; what was told before is told anew, with the article of now.

    Nothing of it waits for the digest of an hour any more. A query that does not read the chats from their table is
    for those who wrote into the outbox before, and looked then.
    """
    statement = insert(connection, told)
    changed = {name: statement.excluded[name] for name in ("told_at", "article_id")} | {"digest": None}
    statement = statement.on_conflict_do_update(index_elements=["destination_id", "story_id"], set_=changed)
    await _write(connection, statement, pairs)


async def let_chats_go(connection: AsyncConnection) -> None:
    """Wait for those who write; until the transaction ends nobody begins to. Come before any row is deleted."""
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(CHATS)))


async def _write(connection: AsyncConnection, statement: Insert, rows: Select[Any]) -> int:
    if connection.dialect.name == "postgresql":  # a statement of its own: the next one sees what is there by then
        await connection.execute(select(func.pg_advisory_xact_lock_shared(CHATS)))
    rows = rows.where(literal(True))  # else SQLite takes ON for a join's: https://www.sqlite.org/lang_upsert.html
    names = list(rows.selected_columns.keys())
    return (await connection.execute(statement.from_select(names, rows))).rowcount
