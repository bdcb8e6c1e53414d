"""Whose bar a change clears, and what holds them back: the rule of the fan-out, counted."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.matching import Criteria, Window
from bot.ports import Audience
from storage import gates
from storage.tables import destinations, subscriptions


async def audience(connection: AsyncConnection, criteria: Criteria, now: datetime) -> Audience:
    """Readers by what becomes of them; those who only follow the story are not among them."""
    topic_ids = {window.topic_id for window in criteria.windows}
    lowest = await connection.scalar(
        select(func.min(subscriptions.c.alert_from)).where(subscriptions.c.topic_id.in_(topic_ids))
    )
    if not criteria.windows:
        return Audience(lowest_bar=lowest)
    unfiltered = union(
        *(_reached(criteria, window).where(~subscriptions.c.filtered) for window in criteria.windows)
    )
    counts = await _count(connection, unfiltered.subquery("reader"), criteria, now)
    counts += await _count_filtered(connection, select(unfiltered.subquery("plain")), criteria, now)
    return Audience(lowest_bar=lowest, **counts)


def _reached(criteria: Criteria, window: Window) -> Select[Any]:
    return (
        gates.cleared(window)
        .with_only_columns(subscriptions.c.destination_id)
        .where(gates.decides(subscriptions.c.destination_id, criteria, window))
    )


async def _count(connection: AsyncConnection, reader: Any, criteria: Criteria, now: datetime) -> Counter[str]:
    destination = reader.c.destination_id
    told, muted = gates.told_of(destination, criteria.story_id), gates.muted_by(destination, criteria.story_id)
    barred, paused = destinations.c.barred, gates.paused(now)
    held = or_(barred, paused)
    row = (
        await connection.execute(
            select(
                func.count().label("cleared"),
                func.sum(case((and_(told, ~muted, ~held), 1), else_=0)).label("told"),
                func.sum(case((and_(muted, ~held), 1), else_=0)).label("muted"),
                func.sum(case((and_(paused, ~barred), 1), else_=0)).label("paused"),
                func.sum(case((barred, 1), else_=0)).label("barred"),
                func.sum(case((or_(told, muted, held), 0), else_=1)).label("owed"),
            ).select_from(reader.join(destinations, destinations.c.id == destination))
        )
    ).one()
    return Counter({name: int(value or 0) for name, value in row._mapping.items()})  # noqa: SLF001


async def _count_filtered(
    connection: AsyncConnection, plain: Select[Any], criteria: Criteria, now: datetime
) -> Counter[str]:
    """Those whom the article reaches only where filters must be asked."""
    found: dict[int, str] = {}
    passed: set[int] = set()
    for window in criteria.windows:
        destination = destinations.c.id
        reached = _reached(criteria, window).where(subscriptions.c.filtered)
        state = case(
            (destinations.c.barred, "barred"),
            (gates.paused(now), "paused"),
            (gates.muted_by(destination, criteria.story_id), "muted"),
            (gates.told_of(destination, criteria.story_id), "told"),
            else_="owed",
        )
        query = select(destination, state.label("state")).where(destination.in_(reached), destination.not_in(plain))
        rows = {row.id: row.state for row in await connection.execute(query)}
        if rows:
            found |= rows
            passed |= set(await gates.passing(connection, query, criteria.subject, window.topic_id))
    kept = ("barred", "paused", "muted")
    counts = Counter(state if state in kept or reader in passed else "filtered" for reader, state in found.items())
    return counts + Counter(cleared=len(found))
