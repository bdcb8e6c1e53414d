"""Lease what is to be sent next, at the pace of the token's clock; take back what a worker did not settle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Payload
from bot.model import TRIES, Kind, Platform, Priority, State
from bot.ports import Claim, Owed, Pace
from storage import tokens as token_clock
from storage.clock import ServerClock, moment
from storage.codec import load_payload
from storage.destinations import destination_of
from storage.give_back import let_go
from storage.quiet import HELD
from storage.states import OPEN, PENDING, UNPAUSED
from storage.tables import deliveries, destinations, payloads, tokens

OVERFETCH = 8  # rows looked at for each destination wanted: one reader can have several in a row


async def claim(
    connection: AsyncConnection,
    pace: Pace,
    *,
    limit: int,
    reserved: int,
    favoured: Priority | None,
    clock: ServerClock | None,
    now: datetime,
) -> Claim:
    """Lease the head message of up to `limit` due destinations, with the moment each may leave.

    The token's row is locked first, and the clock read only then: who waits for another process would otherwise
    book slots that are over.
    """
    row = await token_clock.lock(connection, pace, now)
    now = await moment(connection, clock, now)
    await _wake_due(connection, pace, now)
    free = await token_clock.slots(connection, row, pace, now)
    fitting = min(limit, free.fitting(pace, now))
    chosen = await _choose(connection, pace, fitting, reserved, favoured, now) if fitting > 0 else []
    owed = await _lease(connection, pace, chosen, now) if chosen else []
    tat = free.taken(len(owed))
    if owed or pace.debit or pace.released:
        await token_clock.book(connection, pace, tat)
    ahead = free.start - now.timestamp()
    slots = tuple(max(0.0, ahead + number / free.rate) for number in range(len(owed)))
    waiting = len(owed) == limit or bool(
        await connection.scalar(select(exists().where(deliveries.c.platform == pace.platform, *_due())))
    )
    return Claim(tuple(owed), slots, await _payloads(connection, owed), waiting, now, tat)


def _due() -> tuple[Any, ...]:
    return (PENDING, deliveries.c.due_at.is_(None))


def _busy(platform: Platform) -> ColumnElement[bool]:
    due = exists().where(deliveries.c.platform == platform, *_due())
    slowed = or_(tokens.c.factor < 1, tokens.c.fault.is_not(None))
    return or_(due, exists().where(tokens.c.platform == platform, slowed)).label(platform.value)


_CALLS = select(
    *map(_busy, Platform),
    select(func.min(deliveries.c.due_at)).where(PENDING, deliveries.c.due_at.is_not(None)).scalar_subquery(),
    select(func.min(destinations.c.lease_until)).where(destinations.c.lease_owner.is_not(None)).scalar_subquery(),
)  # made once: it is asked all the time


async def calls(connection: AsyncConnection, now: datetime) -> dict[Platform, datetime]:
    """When a claim would change anything, by platform: something is due, a rate recovers, a lease lapses."""
    *busy, due_at, lapses_at = (await connection.execute(_CALLS)).one()
    later = min((moment for moment in (due_at, lapses_at) if moment is not None), default=None)
    moments = {platform: now if at_once else later for platform, at_once in zip(Platform, busy, strict=True)}
    return {platform: moment for platform, moment in moments.items() if moment is not None}


async def _payloads(connection: AsyncConnection, owed: Sequence[Owed]) -> dict[int, Payload]:
    wanted = {o.payload_id for o in owed}
    if not wanted:
        return {}
    rows = await connection.execute(select(payloads.c.id, payloads.c.body).where(payloads.c.id.in_(wanted)))
    return {row.id: load_payload(row.body) for row in rows}


async def _wake_due(connection: AsyncConnection, pace: Pace, now: datetime) -> None:
    """What was scheduled and is due now; what a worker held that did not come back.

    What this worker knows to be sending is not among that, even if the wall clock says that its lease is over.
    """
    sending = select(deliveries.c.destination_id).where(deliveries.c.id.in_(pace.sending))
    await connection.execute(
        update(deliveries)
        .where(PENDING, deliveries.c.due_at <= now, deliveries.c.platform == pace.platform, ~HELD)
        .values(due_at=None)
    )
    if pace.unsure:
        await _recover(connection, pace, sending)
    lapsed = (
        await connection.scalars(
            select(destinations.c.id)
            .where(
                destinations.c.lease_owner.is_not(None),
                destinations.c.lease_until <= now,
                destinations.c.platform.concat("") == pace.platform,  # else SQLite goes through all of a platform
                destinations.c.id.not_in(sending),
            )
            .with_for_update(skip_locked=True)  # its owner may be settling at this moment
        )
    ).all()
    if not lapsed:
        return
    held = OPEN & deliveries.c.destination_id.in_(lapsed) & (deliveries.c.state == State.LEASED)
    tried = case((deliveries.c.attempts < TRIES - 1, deliveries.c.attempts + 1), else_=deliveries.c.attempts)
    await connection.execute(
        update(deliveries)
        .where(held)
        .values(state=State.PENDING, attempts=tried, lease_owner=None)  # a crash alone never gives a message up
    )
    await let_go(connection, OPEN & deliveries.c.destination_id.in_(lapsed), now)
    await connection.execute(
        update(destinations).where(destinations.c.id.in_(lapsed)).values(lease_owner=None, lease_until=None)
    )


async def _recover(connection: AsyncConnection, pace: Pace, sending: Select[tuple[int]]) -> None:
    """Leases in this worker's name that it does not know of: the answer to a claim was lost. Nothing was sent."""
    unknown = (
        destinations.c.lease_owner.startswith(f"{pace.owner}/", autoescape=True),
        destinations.c.platform == pace.platform,
        destinations.c.id.not_in(sending),
    )
    held = OPEN & deliveries.c.destination_id.in_(select(destinations.c.id).where(*unknown))
    await connection.execute(
        update(deliveries)
        .where(held, deliveries.c.state == State.LEASED)
        .values(state=State.PENDING, lease_owner=None)
    )
    await connection.execute(update(destinations).where(*unknown).values(lease_owner=None, lease_until=None))


async def _choose(
    connection: AsyncConnection, pace: Pace, limit: int, reserved: int, favoured: Priority | None, now: datetime
) -> list[int]:
    """Due destinations in the order of their turns; the last places are kept for classes below alerts."""
    kept: list[int] = []
    if reserved:
        lower = deliveries.c.priority > Priority.ALERT if favoured is None else deliveries.c.priority == favoured
        kept = await _next(connection, pace, min(reserved, limit), [], now, lower)
    return await _next(connection, pace, limit - len(kept), kept, now) + kept


async def _next(
    connection: AsyncConnection, pace: Pace, most: int, taken: list[int], now: datetime, *which: ColumnElement[bool]
) -> list[int]:
    """Up to `most` destinations that are due and may be written to now, but for those that are taken already."""
    chosen: list[int] = []
    while len(chosen) < most:
        rows = (
            await connection.scalars(
                select(destinations.c.id)
                .join(deliveries, deliveries.c.destination_id == destinations.c.id)
                .where(
                    deliveries.c.platform == pace.platform,
                    *_due(),
                    *which,
                    destinations.c.parked.is_(None),
                    ~destinations.c.barred,
                    _awake(now),
                    destinations.c.not_before <= now,
                    destinations.c.lease_owner.is_(None),
                    destinations.c.id.not_in(taken + chosen),
                )
                .order_by(deliveries.c.priority, deliveries.c.turn, deliveries.c.id)
                .limit((most - len(chosen)) * OVERFETCH)
                .with_for_update(skip_locked=True, of=[destinations, deliveries])
            )
        ).all()
        if not rows:
            break
        chosen += list(dict.fromkeys(rows))[: most - len(chosen)]
    return chosen


def _awake(now: datetime) -> ColumnElement[bool]:
    """The chat is not paused, or that does not concern the message."""
    return or_(destinations.c.paused_until.is_(None), destinations.c.paused_until <= now, UNPAUSED)


async def _lease(connection: AsyncConnection, pace: Pace, chosen: list[int], now: datetime) -> list[Owed]:
    rows = await connection.execute(
        select(
            destinations,
            deliveries.c.id.label("delivery_id"),
            deliveries.c.kind,
            deliveries.c.payload_id,
            deliveries.c.attempts,
            deliveries.c.created_at.label("owed_at"),
            deliveries.c.message_id,
        )
        .join(deliveries, deliveries.c.destination_id == destinations.c.id)
        .where(destinations.c.id.in_(chosen), *_due(), _awake(now))
        .order_by(deliveries.c.priority, deliveries.c.id)
    )
    lease = f"{pace.owner}/{token_hex(3)}"
    heads: dict[int, Owed] = {}
    for row in rows:
        if row.id not in heads:
            heads[row.id] = Owed(
                row.delivery_id,
                destination_of(row),
                Kind(row.kind),
                row.payload_id,
                row.attempts,
                row.owed_at,
                lease,
                row.failures,
                row.message_id or "",
            )
    owed = [heads[destination_id] for destination_id in chosen]
    await connection.execute(
        update(deliveries)
        .where(deliveries.c.id.in_([o.id for o in owed]))
        .values(state=State.LEASED, lease_owner=lease)
    )
    await connection.execute(
        update(destinations)
        .where(destinations.c.id.in_(chosen))
        .values(lease_owner=lease, lease_until=now + timedelta(seconds=pace.lease))
    )
    return owed
