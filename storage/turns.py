"""Where a newcomer joins the line of its class: beside what is being served, not behind all of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Subquery, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Platform, Priority, State
from storage.states import OPEN, PENDING
from storage.tables import deliveries, destinations

AT_THE_HEAD = 2


async def first_turn(
    connection: AsyncConnection, reader: Subquery, priority: Priority, now: datetime
) -> ColumnElement[int]:
    """The turn before a new article's first, by the platform of its reader, given the class it is in.

    It is put forward by AT_THE_HEAD, so that its first reader comes before the next of a long list.
    """
    turns = [(name, await served(connection, name, priority, now)) for name in Platform]
    return case(*((reader.c.platform == name, turn) for name, turn in turns), else_=0) - AT_THE_HEAD


async def next_turn(
    connection: AsyncConnection, platform: Platform, priority: Priority, now: datetime, own: ColumnElement[bool]
) -> int:
    """The turn before that of the next of many which are written a window at a time.

    It is that of its last which still waits (`own`). So of two long lists each moves on as the other does.
    """
    last = select(func.max(deliveries.c.turn)).where(own, deliveries.c.platform == platform)
    waiting = await connection.scalar(last)
    return await served(connection, platform, priority, now) - 1 if waiting is None else int(waiting)


async def served(connection: AsyncConnection, platform: Platform, priority: Priority, now: datetime) -> int:
    """The turn that is being served in a class on a platform; 0 where nobody waits."""
    mine = (deliveries.c.platform == platform) & (deliveries.c.priority == priority)
    # one that waits for long does not tell where the line is
    first = (
        select(deliveries.c.turn)
        .join(destinations, destinations.c.id == deliveries.c.destination_id)
        .where(mine, PENDING, deliveries.c.due_at.is_(None), destinations.c.not_before <= now)
        .order_by(deliveries.c.turn)
        .limit(1)
    )
    leased = select(destinations.c.id).where(destinations.c.lease_owner.is_not(None))  # few, whatever is owed
    leaving = select(func.min(deliveries.c.turn)).where(
        mine, deliveries.c.destination_id.in_(leased), deliveries.c.state == State.LEASED, OPEN
    )
    found = [await connection.scalar(those) for those in (first, leaving)]
    return min((int(turn) for turn in found if turn is not None), default=0)
