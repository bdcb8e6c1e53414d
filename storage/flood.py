"""The flood guard: who had their fill of alerts within an hour gets the rest as that hour's digest."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.matching import Criteria
from bot.model import Kind, State
from storage.columns import Instant
from storage.outbox import tell
from storage.tables import deliveries, fanouts

HOUR = timedelta(hours=1)


async def may_begin(connection: AsyncConnection, now: datetime, guard: int) -> bool:
    """Whether any destination can have reached the guard: no more alerts than articles."""
    recent = await connection.scalar(
        select(func.count())
        .select_from(fanouts)
        .where(or_(fanouts.c.created_at > now - HOUR, fanouts.c.done_at.is_(None), fanouts.c.done_at > now - HOUR))
    )
    return (recent or 0) > guard


async def hold(
    connection: AsyncConnection, owed: Select[Any], criteria: Criteria, now: datetime, guard: int
) -> int:
    """Those who had their fill of alerts within the hour get the story in that hour's digest."""
    reader = owed.subquery("owed")
    had = (
        select(func.count())
        .select_from(deliveries)
        .where(
            deliveries.c.destination_id == reader.c.destination_id,
            deliveries.c.kind == Kind.ALERT,
            deliveries.c.created_at > now - HOUR,
            deliveries.c.state != State.CANCELLED,
        )
        .scalar_subquery()
    )
    held = select(
        reader.c.destination_id,
        literal(criteria.story_id).label("story_id"),
        literal(criteria.article_id).label("article_id"),
        literal(now, Instant).label("told_at"),
        literal(hour_of(now)).label("digest"),
    ).where(had >= guard)
    return await tell(connection, held)


def hour_of(moment: datetime) -> int:
    """The hour a flood-guard digest belongs to, counted from 1970."""
    return int(moment.timestamp() // 3600)
