"""Where a newcomer joins the line of its class: beside what is being served, not behind all of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Platform, Priority, State
from storage.states import OPEN, PENDING
from storage.tables import deliveries, destinations


async def served(connection: AsyncConnection, priority: Priority, now: datetime) -> dict[str, int]:
    """The turn that is being served in a class, by platform; 0 where nobody waits."""
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
    return turns


async def following(
    connection: AsyncConnection, priority: Priority, now: datetime, own: ColumnElement[bool]
) -> dict[str, int]:
    """The turn behind which the next of many joins, by platform: of its last that waits, else of the last served.

    So of two long lists that are written a window at a time, each moves on by one message while the other does.
    """
    last = select(deliveries.c.platform, func.max(deliveries.c.turn)).where(own).group_by(deliveries.c.platform)
    before = {platform: turn - 1 for platform, turn in (await served(connection, priority, now)).items()}
    return before | dict((await connection.execute(last)).all())


def turn_on(platform: ColumnElement[str], turns: Mapping[str, int]) -> ColumnElement[int]:
    """The turn of a row by its platform."""
    return case(*((platform == name, turn) for name, turn in turns.items()), else_=0)
