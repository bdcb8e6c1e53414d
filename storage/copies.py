"""The copies of a broadcast: written, held, dropped, changed afterwards, and counted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Address, Kind, Platform, Priority, State
from bot.ports import Broadcast, Missed, Tally
from storage.give_back import give_back
from storage.outbox import owe_updates
from storage.quiet import held_until
from storage.states import COPIES, OPEN, PENDING, WAITING, state_in
from storage.tables import broadcasts, deliveries, destinations, payloads
from storage.turns import next_turn, served

STEP = 500_000  # deliveries looked at in one transaction for copies that no index finds
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When held deliveries are due. Like all that is scheduled they are outside the index of what may be claimed."""

DROPPED = ("stopped", "recalled")
"""Why copies were never sent that nobody counts as failed."""

_SENT = deliveries.c.state == State.SENT


def carried(broadcast: Broadcast) -> ColumnElement[bool]:
    """The deliveries whose messages are its copies: its own, or all that carried a retracted article alone."""
    if broadcast.payload_id:
        return COPIES & (deliveries.c.kind == Kind.BROADCAST) & (deliveries.c.payload_id == broadcast.payload_id)
    own = select(payloads.c.id).where(payloads.c.article_id == broadcast.article_id)
    return deliveries.c.kind.in_(
        [Kind.ALERT.value, Kind.FOLLOW.value, Kind.BROADCAST.value]
    ) & deliveries.c.payload_id.in_(own)


def standing(broadcast: Broadcast) -> ColumnElement[bool]:
    """Copies that were sent and can be named to the platform, in chats that are not barred since."""
    open_ = exists().where(destinations.c.id == deliveries.c.destination_id, ~destinations.c.barred)
    return carried(broadcast) & _SENT & deliveries.c.message_id.is_not(None) & open_


async def rewrite(
    connection: AsyncConnection, broadcast: Broadcast, platform: Platform, cursor: int, now: datetime, *, limit: int
) -> tuple[int | None, int]:
    """Owe a change to the next `limit` copies on a platform behind the cursor.

    Returns how far it has looked (None = all are written, late ones too) and how many are new.
    """
    there = deliveries.c.platform == platform
    first, newest = await _bounds(connection, broadcast)
    if not broadcast.payload_id and await _flying(connection, broadcast, there):
        return cursor, 0  # no index finds alerts by article: they are read once, when all have landed
    start = max(cursor, first)
    end = newest if broadcast.payload_id else min(start + STEP, newest)
    unchanged = there & standing(broadcast) & _unchanged(broadcast)
    found = (
        select(deliveries.c.id)
        .where(unchanged, deliveries.c.id > start, deliveries.c.id <= end)
        .order_by(deliveries.c.id)
        .limit(limit)
        .subquery()
    )
    seen = (await connection.execute(select(func.count().label("n"), func.max(found.c.id).label("last")))).one()
    written = await _owe(connection, broadcast, platform, found, now) if seen.n else 0
    if seen.n == limit:
        return int(seen.last), written
    if end < newest:
        return end, written
    missed = exists().where(unchanged, deliveries.c.id > first)
    if broadcast.payload_id and (
        seen.n or await _flying(connection, broadcast, there) or await connection.scalar(select(missed))
    ):
        return first, written  # once more from the start: what was on its way may have arrived behind us
    return None, written


async def _flying(connection: AsyncConnection, broadcast: Broadcast, there: ColumnElement[bool]) -> bool:
    """Whether copies are on their way, or may still be sent."""
    coming = exists().where(
        OPEN, deliveries.c.state.in_([State.PENDING.value, State.LEASED.value]), there, carried(broadcast)
    )
    return bool(await connection.scalar(select(coming)))


async def _bounds(connection: AsyncConnection, broadcast: Broadcast) -> tuple[int, int]:
    first = await connection.scalar(select(broadcasts.c.first_copy).where(broadcasts.c.id == broadcast.id))
    newest = await connection.scalar(select(func.max(deliveries.c.id)))
    return int(first or 0), int(newest or 0)


def _unchanged(broadcast: Broadcast) -> ColumnElement[bool]:
    """The update of this step is not written for the copy yet."""
    other = deliveries.alias("change")
    return ~exists().where(
        other.c.destination_id == deliveries.c.destination_id,
        other.c.kind == Kind.UPDATE,
        other.c.message_id == deliveries.c.message_id,
        other.c.payload_id == broadcast.update_id,
    )


async def _owe(
    connection: AsyncConnection, broadcast: Broadcast, platform: Platform, found: Any, now: datetime
) -> int:
    """One update for each copy, in the order in which the copies were sent."""
    copy, other = deliveries.alias("copy"), deliveries.alias("earlier")
    part = (
        select(func.coalesce(func.max(other.c.part), 0) + 1)
        .where(other.c.destination_id == copy.c.destination_id, other.c.kind == Kind.UPDATE)
        .where(other.c.subject == copy.c.id)
        .scalar_subquery()
    )
    turn = await next_turn(connection, platform, Priority.UPDATE, now, coming(broadcast))
    return await owe_updates(
        connection,
        copy,
        found,
        payload_id=broadcast.update_id,
        priority=Priority.UPDATE,
        part=part,
        turn=func.row_number().over(order_by=copy.c.id) + turn,
        now=now,
    )


# ---------------------------------------------------------------- what is written and not sent


def own(broadcast: Broadcast) -> ColumnElement[bool]:
    """The deliveries of the step it is at."""
    return COPIES & (deliveries.c.payload_id == (broadcast.update_id or broadcast.payload_id))


def coming(broadcast: Broadcast) -> ColumnElement[bool]:
    """Of these what leaves now or could; what quiet hours or a pause hold is not among it."""
    return own(broadcast) & state_in(State.PENDING, State.LEASED) & deliveries.c.due_at.is_(None)


async def unsent(connection: AsyncConnection, broadcast: Broadcast) -> dict[Platform, int]:
    """How many could leave now, by platform."""
    where = deliveries.c.platform
    rows = await connection.execute(select(where, func.count()).where(coming(broadcast)).group_by(where))
    return {Platform(name): count for name, count in rows}


async def unfinished(connection: AsyncConnection, broadcast: Broadcast) -> bool:
    """Whether anything of it is written that has not come to an end."""
    return bool(await connection.scalar(select(exists().where(own(broadcast), OPEN))))


async def hold(connection: AsyncConnection, broadcast: Broadcast) -> int:
    """Move what waits out of the way of the workers; nothing else needs to know that it is paused."""
    waiting = own(broadcast) & PENDING & (deliveries.c.due_at.is_(None) | (deliveries.c.due_at < NEVER))
    held = await connection.execute(update(deliveries).where(waiting).values(due_at=NEVER))
    return held.rowcount


async def release(connection: AsyncConnection, broadcast: Broadcast, now: datetime) -> None:
    quiet: Select[Any] = select(held_until(broadcast.level, now)).where(
        destinations.c.id == deliveries.c.destination_id
    )
    due = None if broadcast.target.urgent or broadcast.update_id else quiet.scalar_subquery()
    held = own(broadcast) & PENDING & (deliveries.c.due_at == NEVER)
    for platform in Platform:
        mine = held & (deliveries.c.platform == platform)
        first = await connection.scalar(select(func.min(deliveries.c.turn)).where(mine))
        if first is not None:
            missed = await served(connection, platform, Priority.BROADCAST, now) - first
            await connection.execute(
                update(deliveries).where(mine).values(due_at=due, turn=deliveries.c.turn + missed)
            )


async def drop(connection: AsyncConnection, broadcast: Broadcast, reason: str, now: datetime) -> int:
    return await give_back(connection, own(broadcast) & WAITING, State.CANCELLED, reason, now)


async def drop_parked(connection: AsyncConnection, broadcast: Broadcast, now: datetime) -> None:
    closed = own(broadcast) & (deliveries.c.state == State.PARKED)
    reasons = await connection.scalars(
        select(func.coalesce(destinations.c.parked, "closed for a while"))
        .join(deliveries, deliveries.c.destination_id == destinations.c.id)
        .where(closed)
        .distinct()
    )
    for reason in reasons.all():
        there = select(destinations.c.id).where(
            func.coalesce(destinations.c.parked, "closed for a while") == reason
        )
        await give_back(connection, closed & deliveries.c.destination_id.in_(there), State.CANCELLED, reason, now)


# ---------------------------------------------------------------- counting


async def tally(connection: AsyncConnection, payload_id: int) -> Tally:
    """What became of the copies with this payload."""
    mine = COPIES & (deliveries.c.payload_id == payload_id)
    rows = await connection.execute(
        select(deliveries.c.state, func.count().label("n")).where(mine).group_by(deliveries.c.state)
    )
    states = {State(row.state): row.n for row in rows}
    held = PENDING & deliveries.c.due_at.is_not(None) & (deliveries.c.due_at < NEVER)
    quiet = await connection.scalar(select(func.count()).select_from(deliveries).where(mine, held))
    ended = deliveries.c.state.in_([State.CANCELLED.value, State.REJECTED.value, State.EXPIRED.value])
    reasons = await connection.execute(
        select(deliveries.c.reason, func.count().label("n"))
        .where(mine, ended)
        .group_by(deliveries.c.reason)
        .order_by(func.count().desc(), deliveries.c.reason)
    )
    failed = {row.reason or "unknown": row.n for row in reasons if row.reason not in DROPPED}
    unfinished = (State.PENDING, State.LEASED, State.PARKED)
    return Tally(
        sent=states.get(State.SENT, 0),
        open=sum(states.get(state, 0) for state in unfinished),
        held=int(quiet or 0),
        failed=failed,
        uncertain=states.get(State.UNCERTAIN, 0),
    )


async def missed(connection: AsyncConnection, payload_id: int, limit: int) -> list[Missed]:
    """Where it did not arrive and why, by the order of the places."""
    lost = [State.CANCELLED.value, State.REJECTED.value, State.EXPIRED.value, State.UNCERTAIN.value]
    reason = func.coalesce(deliveries.c.reason, "unknown")
    rows = await connection.execute(
        select(destinations, reason.label("why"))
        .join(deliveries, deliveries.c.destination_id == destinations.c.id)
        .where(COPIES, deliveries.c.payload_id == payload_id, deliveries.c.state.in_(lost), reason.not_in(DROPPED))
        .order_by(destinations.c.id)
        .limit(limit)
    )
    return [
        Missed(Address(Platform(row.platform), row.chat, row.thread or None), row.title, row.why) for row in rows
    ]
