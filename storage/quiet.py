"""Quiet hours, as far as sets of rows need to know of them: the one place that does."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, false, null

from storage.columns import Instant


def in_quiet_hours(now: datetime) -> ColumnElement[bool]:  # noqa: ARG001 - see below
    """Whether a destination wants no message at this moment.

    No destination has quiet hours yet. With the columns quiet_since and quiet_until this is
    `quiet_since <= now < quiet_until`, and `quiet_until` what the next function gives.
    """
    return false()


def quiet_until() -> ColumnElement[datetime]:
    """When the quiet hours that run now are over."""
    return null().cast(Instant)
