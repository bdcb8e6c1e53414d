"""Where an article joins the line of its class: beside the one that is being served, not behind all of it."""

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
    of_class = deliveries.c.priority == priority
    # one that waits for long does not tell where the line is
    first = (
        select(deliveries.c.turn)
        .join(destinations, destinations.c.id == deliveries.c.destination_id)
        .where(of_class, PENDING, deliveries.c.due_at.is_(None), destinations.c.not_before <= now)
        .order_by(deliveries.c.turn)
        .limit(1)
    )
    leased = select(destinations.c.id).where(destinations.c.lease_owner.is_not(None))  # few, whatever is owed
    leaving = select(func.min(deliveries.c.turn)).where(
        of_class, deliveries.c.destination_id.in_(leased), deliveries.c.state == State.LEASED, OPEN
    )
    turns = {}
    for platform in Platform:
        mine = deliveries.c.platform == platform
        found = [await connection.scalar(those.where(mine)) for those in (first, leaving)]
        turns[platform.value] = min((turn for turn in found if turn is not None), default=0)
    return case(*((reader.c.platform == name, turn) for name, turn in turns.items()), else_=0) - AT_THE_HEAD
