"""Deliveries that end before they were sent: what they would have told is not told after all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import State
from storage.tables import deliveries, told


async def give_back(
    connection: AsyncConnection, which: ColumnElement[bool], state: State, reason: str, now: datetime
) -> int:
    """End these deliveries in `state`; their told pairs and their keys become free. Returns how many."""
    pairs = select(deliveries.c.destination_id, deliveries.c.story_id).where(
        which, deliveries.c.story_id.is_not(None)
    )
    await connection.execute(delete(told).where(tuple_(told.c.destination_id, told.c.story_id).in_(pairs)))
    result = await connection.execute(
        update(deliveries)
        .where(which)
        .values(state=state, reason=reason, done_at=now, subject=-deliveries.c.id, lease_owner=None)
    )
    return result.rowcount
