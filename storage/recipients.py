"""Whom a broadcast reaches: the gates of a target as conditions on destinations, counted and written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Kind, Platform, Priority, State
from bot.ports import Broadcast, Radius, Target
from storage.columns import Instant
from storage.copies import coming
from storage.outbox import owe, tell
from storage.quiet import held_until
from storage.tables import deliveries, destinations, mutes, subscriptions, told
from storage.topics import SqlTopics
from storage.turns import next_turn


async def radius(
    connection: AsyncConnection, target: Target, story_id: int, now: datetime, *, level: int
) -> Radius:
    """Whom it would reach now, and what keeps it from the others of the audience."""
    chosen = await _chosen(connection, target)
    reasons = _reasons(target, story_id, now)
    why = case(*((condition, literal(name)) for name, condition in reasons.items()), else_=literal("reached"))
    quiet = literal(False) if target.urgent else held_until(level, now).is_not(None)
    rows = await connection.execute(
        select(destinations.c.platform, why.label("why"), quiet.label("quiet"), func.count().label("n"))
        .where(chosen)
        .group_by(destinations.c.platform, "why", "quiet")
    )
    platforms: dict[Platform, int] = {}
    left = dict.fromkeys(reasons, 0)
    held = 0
    for row in rows:
        if row.why == "reached":
            platforms[Platform(row.platform)] = platforms.get(Platform(row.platform), 0) + row.n
            held += row.n if row.quiet else 0
        else:
            left[row.why] += row.n
    by_topic = {
        topic: await _reached_by(connection, target, [topic], chosen & ~or_(*reasons.values()))
        for topic in target.topics
    }
    return Radius(platforms, by_topic, held, **left)


async def write(
    connection: AsyncConnection, broadcast: Broadcast, platform: Platform, cursor: int, now: datetime, *, limit: int
) -> tuple[int | None, int]:
    """Owe it to the next `limit` destinations of a platform behind the cursor, told and owed together.

    Returns the last destination looked at (None = there are no more) and how many are new.
    """
    target = broadcast.target
    chosen = await _chosen(connection, target)
    ahead = (destinations.c.id > cursor) & (destinations.c.platform == platform)
    reached = ahead & chosen & ~or_(*_reasons(target, broadcast.story_id, now).values())
    ids = select(destinations.c.id).where(reached).order_by(destinations.c.id).limit(limit)
    last = await connection.scalar(select(func.max(ids.subquery().c.id)))
    if last is None:
        return None, 0
    held = literal(None, Instant) if target.urgent else held_until(broadcast.level, now)
    rank = func.row_number().over(order_by=destinations.c.id)
    turn = await next_turn(connection, platform, Priority.BROADCAST, now, coming(broadcast))
    row = select(
        destinations.c.platform,
        destinations.c.id.label("destination_id"),
        literal(broadcast.payload_id).label("payload_id"),
        literal(broadcast.story_id or None, deliveries.c.story_id.type).label("story_id"),
        literal(broadcast.id).label("subject"),
        literal(State.PENDING.value).label("state"),
        (rank + turn).label("turn"),
        held.label("due_at"),
    ).where(destinations.c.id <= last, reached)
    newest = await connection.scalar(select(func.max(deliveries.c.id))) or 0
    written = await owe(connection, row, Kind.BROADCAST, now)
    if broadcast.story_id:
        new = select(
            deliveries.c.destination_id,
            literal(broadcast.story_id).label("story_id"),
            literal(broadcast.article_id).label("article_id"),
            deliveries.c.created_at.label("told_at"),
        ).where(deliveries.c.id > newest, deliveries.c.payload_id == broadcast.payload_id)
        await tell(connection, new)
    return last, written


async def _chosen(connection: AsyncConnection, target: Target) -> ColumnElement[bool]:
    """The audience as it was asked for, whoever of it may be reached."""
    conditions: list[ColumnElement[bool]] = [literal(True)]
    if target.topics:
        conditions.append(_follows(await _topics(connection, target.topics, below=target.below)))
    if target.platforms:
        conditions.append(destinations.c.platform.in_([platform.value for platform in target.platforms]))
    if target.languages:
        conditions.append(language().in_(target.languages))
    return and_(*conditions)


def language() -> ColumnElement[str]:
    """The language of a destination's locale: "pt" for pt-BR, "fil" for fil-PH, which is not "fi"."""
    two = func.substr(destinations.c.locale, 3, 1).in_(["", "-", "_"])
    return func.lower(func.substr(destinations.c.locale, 1, case((two, 2), else_=3)))


def _reasons(target: Target, story_id: int, now: datetime) -> dict[str, ColumnElement[bool]]:
    """What keeps it from a destination, in the order in which it is counted."""
    reasons: dict[str, ColumnElement[bool]] = {
        "barred": destinations.c.barred,
        "parked": destinations.c.parked.is_not(None),
        "paused": and_(destinations.c.paused_until.is_not(None), destinations.c.paused_until > now),
    }
    if story_id:
        reasons["muted"] = exists().where(mutes.c.destination_id == destinations.c.id, mutes.c.story_id == story_id)
        if not target.again:
            reasons["told"] = exists().where(
                told.c.destination_id == destinations.c.id, told.c.story_id == story_id
            )
    return reasons


async def _reached_by(
    connection: AsyncConnection, target: Target, topics: list[int], reached: ColumnElement[bool]
) -> int:
    follows = _follows(await _topics(connection, topics, below=target.below))
    found = await connection.scalar(select(func.count()).select_from(destinations).where(reached, follows))
    return int(found or 0)


def _follows(topics: list[int]) -> ColumnElement[bool]:
    return exists().where(subscriptions.c.destination_id == destinations.c.id, subscriptions.c.topic_id.in_(topics))


async def _topics(connection: AsyncConnection, ids: Any, *, below: bool) -> list[int]:
    if not below:
        return list(ids)
    catalogue = await SqlTopics(connection).catalogue()
    return sorted({t.id for topic in catalogue if topic.id in ids for t in catalogue.below(topic)})
