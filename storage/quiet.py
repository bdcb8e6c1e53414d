"""Quiet hours, as far as sets of rows need to know of them: the one place that does."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_

from bot.model import QuietMode
from storage.tables import destinations


def in_quiet_hours(now: datetime) -> ColumnElement[bool]:
    """Whether a destination wants no message at this moment. Those who only want no sound are not among them."""
    return and_(
        destinations.c.quiet_since.is_not(None),
        destinations.c.quiet_since <= now,
        destinations.c.quiet_until > now,
        destinations.c.quiet_mode != QuietMode.SILENCE,
    )


def quiet_until() -> ColumnElement[datetime]:
    """When the quiet hours that run now are over."""
    return destinations.c.quiet_until
