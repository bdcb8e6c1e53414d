"""Quiet hours as sets of rows need to know of them: `bot.quiet` once more, over the columns of destinations.

`quiet_since` and `quiet_until` are the quiet hours that run now or come next; the minute tick moves them on. A held
alert is a pending one whose `due_at` is their end: so it is off the index of what can be sent.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, literal, null, or_, select

from bot.model import Kind, QuietMode
from storage.columns import Instant
from storage.states import PENDING
from storage.tables import deliveries, destinations

HELD: ColumnElement[bool] = (
    PENDING & deliveries.c.due_at.is_not(None) & deliveries.c.kind.in_([Kind.ALERT, Kind.FOLLOW])
)


def in_quiet_hours(now: datetime) -> ColumnElement[bool]:
    """Whether quiet hours hold what a destination is owed: also after their end, until the tick made the recap."""
    begun = destinations.c.quiet_since.is_not(None) & (destinations.c.quiet_since <= now)
    return and_(begun, destinations.c.quiet_mode != QuietMode.SILENCE)


def quiet_until() -> ColumnElement[datetime]:
    """When the quiet hours that run now are over."""
    return destinations.c.quiet_until.expression


def held_until(level: int, now: datetime) -> ColumnElement[datetime | None]:
    """When an alert of this quality is due for a destination in the same statement; NULL = at once."""
    mode = destinations.c.quiet_mode
    holds = or_(mode == QuietMode.HOLD, and_(mode == QuietMode.BAR, destinations.c.quiet_bar > level))
    return case((and_(_running(now), holds), quiet_until()), else_=null())


def end_of_quiet(now: datetime) -> ColumnElement[datetime]:
    """The end of the quiet hours that run where a delivery goes; now, if somebody ended them meanwhile."""
    its_end = select(quiet_until()).where(destinations.c.id == deliveries.c.destination_id, _running(now))
    return func.coalesce(its_end.scalar_subquery(), literal(now, Instant), type_=Instant)


def _running(now: datetime) -> ColumnElement[bool]:
    quiet = destinations.c
    return and_(
        quiet.quiet_until.is_not(None), quiet.quiet_since <= now, quiet.quiet_until > now
    )  # false, not NULL
