"""From a change to the rows it owes: `bot.matching.judge`, run as sets over the index (topic, bar, destination).

A fan-out advances range by range in the order of that index, so the work is proportional to the readers whose bar
is cleared, and a crash continues where the last range was committed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.matching import Criteria, Window
from bot.messages import Payload
from bot.model import Kind, Platform, Priority, State
from bot.ports import Audience
from storage.codec import dump_criteria, dump_payload, load_criteria
from storage.columns import Instant
from storage.dialect import insert
from storage.quiet import held_until
from storage.states import OPEN, PENDING
from storage.tables import deliveries, destinations, fanouts, mutes, payloads, subscriptions, told

HOUR = timedelta(hours=1)
AT_THE_HEAD = 2
"""Turns that a new article is put forward by, so that its first reader comes before the next of a long list."""


async def open_fanout(connection: AsyncConnection, criteria: Criteria, payload: Payload, now: datetime) -> int:
    """Write the payload and the fan-out row that stands for all that is still to be owed."""
    payload_id = await connection.scalar(
        payloads.insert()
        .values(article_id=criteria.article_id, body=dump_payload(payload), created_at=now)
        .returning(payloads.c.id)
    )
    fanout_id = await connection.scalar(
        fanouts.insert()
        .values(payload_id=payload_id, criteria=dump_criteria(criteria), created_at=now)
        .returning(fanouts.c.id)
    )
    return int(fanout_id or 0)


async def advance(connection: AsyncConnection, now: datetime, *, guard: int, limit: int) -> dict[int, int]:
    """Take the next range of every open fan-out; returns how many readers each owed.

    Articles of one story go one after the other, the strongest first, else a reader could be told the weaker.
    """
    rows = await connection.execute(select(fanouts).where(fanouts.c.done_at.is_(None)).order_by(fanouts.c.id))
    first_of_story = {load_criteria(row.criteria).story_id: row for row in reversed(rows.all())}
    return {
        row.id: await _advance(connection, row, now, guard=guard, limit=limit)
        for row in sorted(first_of_story.values(), key=lambda row: row.id)
    }


async def _advance(connection: AsyncConnection, fanout: Row[Any], now: datetime, *, guard: int, limit: int) -> int:
    criteria = load_criteria(fanout.criteria)
    window = criteria.windows[fanout.window]
    ranged = (
        _cleared(window)
        .where(
            tuple_(subscriptions.c.alert_from, subscriptions.c.destination_id)
            > tuple_(literal(fanout.bar), literal(fanout.destination_id))
        )
        .order_by(subscriptions.c.alert_from, subscriptions.c.destination_id)
    )
    last = (await connection.execute(ranged.offset(limit - 1).limit(1))).first()
    owed = _owed(ranged.limit(limit).subquery("candidates"), criteria, window, now)
    written = 0
    if guard and await _busy(connection, now, guard):
        written += await _hold(connection, owed, criteria, now, guard)
    written += await _write(connection, owed, fanout, criteria, now)
    if last is not None:
        cursor = {"window": fanout.window, "bar": last.alert_from, "destination_id": last.destination_id}
    else:
        cursor = {"window": fanout.window + 1, "bar": -1, "destination_id": 0}
    done = cursor["window"] >= len(criteria.windows)
    await connection.execute(
        update(fanouts)
        .where(fanouts.c.id == fanout.id)
        .values(written=fanouts.c.written + written, done_at=now if done else None, **cursor)
    )
    return written


def _cleared(window: Window) -> Select[tuple[int, int]]:
    """The subscriptions whose bar the window newly clears."""
    return select(subscriptions.c.destination_id, subscriptions.c.alert_from).where(
        subscriptions.c.topic_id == window.topic_id,
        subscriptions.c.alert_from > window.above,
        subscriptions.c.alert_from <= window.upto,
    )


def _decides(destination: ColumnElement[int], criteria: Criteria, window: Window) -> ColumnElement[bool]:
    """No subscription nearer to the leaf takes the decision away from this window."""
    nearer = [w.topic_id for w in criteria.windows if w.leaf == window.leaf and w.depth < window.depth]
    if not nearer:
        return literal(True)
    other = subscriptions.alias("nearer")
    return ~exists().where(other.c.destination_id == destination, other.c.topic_id.in_(nearer))


def _told(destination: ColumnElement[int], story_id: int) -> ColumnElement[bool]:
    return exists().where(told.c.destination_id == destination, told.c.story_id == story_id)


def _muted(destination: ColumnElement[int], story_id: int) -> ColumnElement[bool]:
    return exists().where(mutes.c.destination_id == destination, mutes.c.story_id == story_id)


def _paused(now: datetime) -> ColumnElement[bool]:
    return and_(destinations.c.paused_until.is_not(None), destinations.c.paused_until > now)


def _owed(candidates: Subquery, criteria: Criteria, window: Window, now: datetime) -> Select[Any]:
    """The candidates that no other gate holds back, with what a delivery needs of them."""
    destination = candidates.c.destination_id
    return (
        select(
            destination,
            candidates.c.alert_from,
            destinations.c.platform,
            destinations.c.parked,
            held_until(window.upto, now).label("due_at"),
        )
        .join(destinations, destinations.c.id == destination)
        .where(
            _decides(destination, criteria, window),
            ~destinations.c.barred,
            ~_paused(now),
            ~_muted(destination, criteria.story_id),
            ~_told(destination, criteria.story_id),
        )
    )


async def _busy(connection: AsyncConnection, now: datetime, guard: int) -> bool:
    """Whether any destination can have reached the guard: no more alerts than articles."""
    recent = await connection.scalar(
        select(func.count())
        .select_from(fanouts)
        .where(or_(fanouts.c.created_at > now - HOUR, fanouts.c.done_at.is_(None), fanouts.c.done_at > now - HOUR))
    )
    return (recent or 0) > guard


async def _hold(
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
        literal(criteria.story_id),
        literal(criteria.article_id),
        literal(now, Instant),
        literal(hour_of(now)),
    ).where(had >= guard)
    result = await connection.execute(
        insert(connection, told)
        .from_select(["destination_id", "story_id", "article_id", "told_at", "digest"], held)
        .on_conflict_do_nothing()
    )
    return result.rowcount


async def _write(
    connection: AsyncConnection, owed: Select[Any], fanout: Row[Any], criteria: Criteria, now: datetime
) -> int:
    """Owed and told, in this order: the key of the delivery is what two writers at once would collide on."""
    newest = await connection.scalar(select(func.max(deliveries.c.id))) or 0
    reader = owed.subquery("owed")
    rank = func.row_number().over(order_by=(reader.c.alert_from, reader.c.destination_id))
    rows = select(
        reader.c.platform,
        reader.c.destination_id,
        literal(Kind.ALERT.value),
        literal(int(Priority.ALERT)),
        literal(fanout.payload_id),
        literal(criteria.story_id),
        literal(criteria.story_id),
        literal(0),
        case((reader.c.parked.is_(None), State.PENDING.value), else_=State.PARKED.value),
        rank + fanout.written + await _turn(connection, reader, now) - AT_THE_HEAD,
        reader.c.due_at,
        literal(0),
        literal(now, Instant),
    ).where(literal(True))
    columns = ["platform", "destination_id", "kind", "priority", "payload_id", "story_id", "subject", "part"]
    columns += ["state", "turn", "due_at", "attempts", "created_at"]
    result = await connection.execute(
        insert(connection, deliveries).from_select(columns, rows).on_conflict_do_nothing()
    )
    new = select(
        deliveries.c.destination_id,
        deliveries.c.story_id,
        literal(criteria.article_id),
        deliveries.c.created_at,
    ).where(deliveries.c.id > newest, deliveries.c.payload_id == fanout.payload_id)
    await connection.execute(
        insert(connection, told)
        .from_select(["destination_id", "story_id", "article_id", "told_at"], new)
        .on_conflict_do_nothing()
    )
    return result.rowcount


async def _turn(connection: AsyncConnection, reader: Subquery, now: datetime) -> ColumnElement[int]:
    """Where a new article joins the line: beside the one being served, not behind all of it."""
    alerts = (
        select(func.min(deliveries.c.turn))
        .join(destinations, destinations.c.id == deliveries.c.destination_id)
        .where(deliveries.c.priority == Priority.ALERT)
    )
    first = alerts.with_only_columns(deliveries.c.turn).order_by(deliveries.c.turn).limit(1)
    # one that waits for long does not tell where the line is
    first = first.where(PENDING, deliveries.c.due_at.is_(None), destinations.c.not_before <= now)
    leaving = alerts.where(destinations.c.lease_owner.is_not(None), deliveries.c.state == State.LEASED, OPEN)
    turns = {}
    for platform in Platform:
        mine = deliveries.c.platform == platform
        found = [await connection.scalar(those.where(mine)) for those in (first, leaving)]
        turns[platform.value] = min((turn for turn in found if turn is not None), default=0)
    return case(*((reader.c.platform == name, turn) for name, turn in turns.items()), else_=0)


async def audience(connection: AsyncConnection, criteria: Criteria, now: datetime) -> Audience:
    """Whose bar the criteria clear, and what holds them back: the same rule, counted."""
    topic_ids = {window.topic_id for window in criteria.windows}
    lowest = await connection.scalar(
        select(func.min(subscriptions.c.alert_from)).where(subscriptions.c.topic_id.in_(topic_ids))
    )
    parts = [
        _cleared(window)
        .with_only_columns(subscriptions.c.destination_id)
        .where(_decides(subscriptions.c.destination_id, criteria, window))
        for window in criteria.windows
    ]
    if not parts:
        return Audience(lowest_bar=lowest)
    reader = union(*parts).subquery("reader")
    destination = reader.c.destination_id
    told_, muted = _told(destination, criteria.story_id), _muted(destination, criteria.story_id)
    barred, paused = destinations.c.barred, _paused(now)
    held = or_(barred, paused)
    row = (
        await connection.execute(
            select(
                func.count().label("cleared"),
                func.sum(case((and_(told_, ~muted, ~held), 1), else_=0)).label("told"),
                func.sum(case((and_(muted, ~held), 1), else_=0)).label("muted"),
                func.sum(case((and_(paused, ~barred), 1), else_=0)).label("paused"),
                func.sum(case((barred, 1), else_=0)).label("barred"),
                func.sum(case((or_(told_, muted, held), 0), else_=1)).label("owed"),
            ).select_from(reader.join(destinations, destinations.c.id == destination))
        )
    ).one()
    counts: Mapping[str, int] = {name: int(value or 0) for name, value in row._mapping.items()}  # noqa: SLF001
    return Audience(lowest_bar=lowest, **counts)


def hour_of(moment: datetime) -> int:
    """The hour a flood-guard digest belongs to, counted from 1970."""
    return int(moment.timestamp() // 3600)
