"""The clock of a bot token: one row, shared by all processes, that says when the next message may leave.

This is the generic cell rate algorithm without a burst: each message moves the clock on by 1 / rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Platform
from bot.ports import Pace
from storage.dialect import insert
from storage.tables import destinations, tokens

MOST_AHEAD = 60.0  # seconds; a token's clock is never booked further, unless the wall clock went back
LEAST_FACTOR = 0.1  # a flooded token keeps this part of its rate
RECOVERY = 1.02  # and wins it back by this factor a claim


@dataclass(frozen=True, slots=True)
class Slots:
    """Free slots: the first of them in seconds since 1970, and how many there are in a second."""

    start: float
    rate: float
    tat: float  # where the clock stands when none of them is taken

    def fitting(self, pace: Pace, now: datetime) -> int:
        """How many lie within the horizon of a claim."""
        booked = self.start - now.timestamp() - pace.lead
        return int((pace.horizon - booked) * self.rate + 1e-6) + 1 if booked <= pace.horizon else 0

    def taken(self, count: int) -> float:
        """Where the clock stands when so many of them are taken."""
        return self.start + count / self.rate if count else self.tat


async def lock(connection: AsyncConnection, pace: Pace, now: datetime) -> Row[Any]:
    """The token's row, which no other process can change before this transaction ends."""
    its_row = select(tokens).where(tokens.c.platform == pace.platform).with_for_update()
    row = (await connection.execute(its_row)).one_or_none()
    if row is None:
        first = insert(connection, tokens).values(platform=pace.platform, tat=now.timestamp(), factor=1.0)
        await connection.execute(first.on_conflict_do_nothing())
        row = (await connection.execute(its_row)).one()
    return row


async def introduce(connection: AsyncConnection, platform: Platform, bot: str, now: datetime) -> str | None:
    """Note whose token it is. Returns the bot that it was before, if that is another."""
    of_platform = tokens.c.platform == platform
    before = await connection.scalar(select(tokens.c.bot).where(of_platform).with_for_update())
    if before == bot:
        return None
    first = insert(connection, tokens).values(platform=platform, tat=now.timestamp(), factor=1.0, bot=bot)
    await connection.execute(first.on_conflict_do_update(index_elements=["platform"], set_={"bot": bot}))
    return before


async def slots(connection: AsyncConnection, row: Row[Any], pace: Pace, now: datetime) -> Slots:
    """What is free, after replies sent beside the queue, slots handed back, and rate-limit answers."""
    tat, paused = row.tat, row.paused_until
    if tat > now.timestamp() + MOST_AHEAD:
        by = timedelta(seconds=tat - now.timestamp())
        await _set_back(connection, pace, by, now)
        tat, paused = now.timestamp(), paused and paused - by
    if pace.released and tat == pace.booked:
        tat = pace.released
    factor = max(row.factor / 2, LEAST_FACTOR) if pace.slower else min(1.0, row.factor * RECOVERY)
    rate = pace.rate * factor
    if pace.flooded:
        paused = max(paused or now, now + timedelta(seconds=pace.flooded))
    tat = max(tat, now.timestamp())
    tat += min(pace.debit / rate, max(MOST_AHEAD / 2 - (tat - now.timestamp()), 0.0))
    start = max(tat, now.timestamp() + pace.lead, paused.timestamp() if paused else 0.0)
    values: dict[str, Any] = {
        "factor": factor,
        "paused_until": paused,
        "fault": pace.dead or None,
    }
    changed = {name: value for name, value in values.items() if value != getattr(row, name)}
    if changed:
        await connection.execute(update(tokens).where(tokens.c.platform == pace.platform).values(changed))
    return Slots(start, rate, tat)


async def book(connection: AsyncConnection, pace: Pace, tat: float) -> None:
    """The next message may leave at `tat`, in seconds since 1970."""
    await connection.execute(update(tokens).where(tokens.c.platform == pace.platform).values(tat=tat))


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
