"""Acknowledge a batch and lease the next in one transaction, at the pace of the token's clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, bindparam, exists, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Payload
from bot.model import TRIES, Kind, Priority, State
from bot.ports import Claim, Outcome, Owed, Pace
from storage.codec import load_payload
from storage.destinations import SqlDestinations, destination_of
from storage.dialect import insert
from storage.give_back import give_back
from storage.states import OPEN, PENDING
from storage.tables import deliveries, destinations, payloads, tokens

OVERFETCH = 8  # rows looked at for each destination wanted: one reader can have several in a row
MOST_AHEAD = 60.0  # seconds; a token's clock is never booked further, unless the wall clock went back
LEAST_FACTOR = 0.1  # a flooded token keeps this part of its rate
RECOVERY = 1.02  # and wins it back by this factor a claim


async def settle(connection: AsyncConnection, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Record what became of claimed deliveries; an outcome whose claim has lapsed meanwhile is void."""
    plain = [outcome for outcome in outcomes if not _is_special(outcome)]
    if plain:
        await connection.execute(
            update(deliveries)
            .where(deliveries.c.id == bindparam("delivery"), deliveries.c.lease_owner == bindparam("lease"))
            .values(
                state=bindparam("new_state"),
                done_at=bindparam("done"),
                message_id=bindparam("message"),
                reason=bindparam("why"),
                attempts=bindparam("tries"),
                lease_owner=None,
            ),
            [
                {
                    "delivery": outcome.delivery_id,
                    "lease": outcome.lease,
                    "new_state": outcome.state.value,
                    "done": None if outcome.state is State.PENDING else now,
                    "message": outcome.message_id or None,
                    "why": outcome.reason[:300] or None,
                    "tries": outcome.attempts,
                }
                for outcome in plain
            ],
        )
    for outcome in outcomes:
        if _is_special(outcome):
            await _settle_special(connection, outcome, now)
    if outcomes:
        await connection.execute(
            update(destinations)
            .where(destinations.c.id == bindparam("destination"), destinations.c.lease_owner == bindparam("lease"))
            .values(
                lease_owner=None, lease_until=None, not_before=bindparam("again"), failures=bindparam("failed")
            ),
            [
                {"destination": o.destination_id, "lease": o.lease, "again": o.not_before, "failed": o.failures}
                for o in outcomes
            ],
        )


def _is_special(outcome: Outcome) -> bool:
    return outcome.parks or outcome.moved_to is not None or outcome.state in (State.REJECTED, State.CANCELLED)


async def _settle_special(connection: AsyncConnection, outcome: Outcome, now: datetime) -> None:
    """An outcome with consequences beyond its row, which follow only if the claim still stands."""
    mine = (deliveries.c.id == outcome.delivery_id) & (deliveries.c.lease_owner == outcome.lease)
    if outcome.state in (State.REJECTED, State.CANCELLED):
        await give_back(connection, mine, outcome.state, outcome.reason[:300], now)
        return
    stands = await connection.execute(
        update(deliveries).where(mine).values(state=outcome.state, reason=outcome.reason[:300], lease_owner=None)
    )
    if stands.rowcount and outcome.parks:
        await SqlDestinations(connection).park(outcome.destination_id, outcome.reason, now)
    if stands.rowcount and outcome.moved_to is not None:
        await SqlDestinations(connection).move(outcome.destination_id, outcome.moved_to)


async def claim(connection: AsyncConnection, pace: Pace, *, limit: int, reserved: int, now: datetime) -> Claim:
    """Lease the head message of up to `limit` due destinations, with the moment each may leave."""
    await _wake_due(connection, pace, now)
    start, rate = await _clock(connection, pace, now)
    ahead = start - now.timestamp()
    fitting = min(limit, int((pace.horizon - ahead) * rate) + 1) if ahead <= pace.horizon else 0
    chosen = await _choose(connection, pace, fitting, reserved, now) if fitting > 0 else []
    owed = await _lease(connection, pace, chosen, now) if chosen else []
    if owed or pace.debit:
        await connection.execute(
            update(tokens).where(tokens.c.platform == pace.platform).values(tat=start + len(owed) / rate)
        )
    slots = tuple(max(0.0, ahead + number / rate) for number in range(len(owed)))
    waiting = len(owed) == limit or bool(
        await connection.scalar(select(exists().where(deliveries.c.platform == pace.platform, *_due())))
    )
    return Claim(tuple(owed), slots, await _payloads(connection, owed), waiting)


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
    await connection.execute(update(deliveries).where(PENDING, deliveries.c.due_at <= now).values(due_at=None))
    lapsed = (
        await connection.scalars(
            select(destinations.c.id)
            .where(
                destinations.c.lease_owner.is_not(None),
                destinations.c.lease_until <= now,
                destinations.c.id.not_in(sending),
            )
            .with_for_update(skip_locked=True)  # its owner may be settling at this moment
        )
    ).all()
    if not lapsed:
        return
    held = OPEN & deliveries.c.destination_id.in_(lapsed) & (deliveries.c.state == State.LEASED)
    await connection.execute(
        update(deliveries)
        .where(held, deliveries.c.attempts + 1 >= TRIES)
        .values(state=State.UNCERTAIN, done_at=now, reason="the process ended while sending", lease_owner=None)
    )
    await connection.execute(
        update(deliveries)
        .where(held)
        .values(state=State.PENDING, attempts=deliveries.c.attempts + 1, lease_owner=None)
    )
    await connection.execute(
        update(destinations).where(destinations.c.id.in_(lapsed)).values(lease_owner=None, lease_until=None)
    )


async def _clock(connection: AsyncConnection, pace: Pace, now: datetime) -> tuple[float, float]:
    """The token's next free moment (seconds since 1970) and its rate now; floods and replies are booked here.

    This is the generic cell rate algorithm without a burst: a message moves the clock on by 1 / rate.
    """
    await connection.execute(
        insert(connection, tokens)
        .values(platform=pace.platform, tat=now.timestamp(), factor=1.0)
        .on_conflict_do_nothing()
    )
    its_row = select(tokens).where(tokens.c.platform == pace.platform).with_for_update()
    row = (await connection.execute(its_row)).one()
    if row.tat > now.timestamp() + MOST_AHEAD:
        await _set_back(connection, pace, timedelta(seconds=row.tat - now.timestamp()), now)
        row = (await connection.execute(its_row)).one()
    factor = max(row.factor / 2, LEAST_FACTOR) if pace.slower else min(1.0, row.factor * RECOVERY)
    rate = pace.rate * factor
    paused = row.paused_until
    if pace.flooded:
        paused = max(paused or now, now + timedelta(seconds=pace.flooded))
    start = max(row.tat, now.timestamp(), paused.timestamp() if paused else 0.0) + pace.debit / rate
    values: dict[str, Any] = {}
    if factor != row.factor:
        values["factor"] = factor
    if paused != row.paused_until:
        values["paused_until"] = paused
    if (pace.dead or None) != row.fault:
        values["fault"] = pace.dead or None
    if values:
        await connection.execute(update(tokens).where(tokens.c.platform == pace.platform).values(values))
    return start, rate


async def _set_back(connection: AsyncConnection, pace: Pace, by: timedelta, now: datetime) -> None:
    """The wall clock went back: so does all that was booked by it, or nothing would be sent for as long."""
    await connection.execute(
        update(tokens)
        .where(tokens.c.platform == pace.platform)
        .values(tat=now.timestamp(), paused_until=tokens.c.paused_until - _milliseconds(by))
    )
    for column in (destinations.c.not_before, destinations.c.lease_until):
        await connection.execute(
            update(destinations)
            .where(destinations.c.platform == pace.platform, column > now)
            .values({column: column - _milliseconds(by)})
        )


def _milliseconds(span: timedelta) -> ColumnElement[int]:
    """A span to take from an Instant."""
    return literal(span // timedelta(milliseconds=1), BigInteger)


def _due() -> tuple[Any, ...]:
    return (PENDING, deliveries.c.due_at.is_(None))


async def _choose(connection: AsyncConnection, pace: Pace, limit: int, reserved: int, now: datetime) -> list[int]:
    """Due destinations in the order of their turns; some places are kept for the classes below alerts."""
    chosen: list[int] = []
    lower = deliveries.c.priority > Priority.ALERT
    passes = [(lower, min(reserved, limit))] if reserved else []
    passes += [(~lower, limit), (lower, limit)]
    for wanted, most in passes:
        if len(chosen) >= most and most < limit:
            continue
        while len(chosen) < most:
            rows = (
                await connection.scalars(
                    select(destinations.c.id)
                    .join(deliveries, deliveries.c.destination_id == destinations.c.id)
                    .where(
                        deliveries.c.platform == pace.platform,
                        *_due(),
                        wanted,
                        destinations.c.parked.is_(None),
                        ~destinations.c.barred,
                        or_(destinations.c.paused_until.is_(None), destinations.c.paused_until <= now),
                        destinations.c.not_before <= now,
                        destinations.c.lease_owner.is_(None),
                        destinations.c.id.not_in(chosen),
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
        .where(destinations.c.id.in_(chosen), *_due())
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
