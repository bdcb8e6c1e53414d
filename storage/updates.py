"""Owing a change to messages that were sent: one update for each copy that is to change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, FromClause, literal, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Kind, Priority, State
from storage.columns import Instant
from storage.dialect import insert
from storage.tables import deliveries


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
    """Put `payload_id` in the place of each copy in `found`. Returns how many updates were written.

    An update's subject is the delivery it changes; its `part` counts the changes of that one. `copy` is the alias
    of the deliveries in which `part` and `turn` are expressed.
    """
    row = (
        select(
            copy.c.platform,
            copy.c.destination_id,
            literal(Kind.UPDATE.value),
            literal(int(priority)),
            literal(payload_id),
            copy.c.id,
            part,
            literal(State.PENDING.value),
            turn,
            literal(0),
            literal(now, Instant),
            copy.c.message_id,
        )
        .join(found, found.c.id == copy.c.id)
        .where(true())  # SQLite would take ON CONFLICT for a condition of the join
    )
    columns = ["platform", "destination_id", "kind", "priority", "payload_id", "subject", "part"]
    columns += ["state", "turn", "attempts", "created_at", "message_id"]
    written = await connection.execute(
        insert(connection, deliveries).from_select(columns, row).on_conflict_do_nothing()
    )
    return written.rowcount
