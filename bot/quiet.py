"""Quiet hours: from when to when they run, and what they do to a message. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from bot.digests.schedule import DAY, instant
from bot.model import Destination, Kind, Quiet, QuietMode
from bot.zones import zone_of

HELD = frozenset({Kind.ALERT, Kind.FOLLOW, Kind.BROADCAST})
"""What is held: alerts and news on followed stories become lines of the recap, a broadcast comes afterwards."""


class Manner(Enum):
    """How a message may leave now."""

    LOUD = auto()
    SILENT = auto()
    HELD = auto()


@dataclass(frozen=True, slots=True)
class Window:
    """Quiet hours as points in time: `since` belongs to them, `until` does not."""

    since: datetime
    until: datetime

    def __contains__(self, now: datetime) -> bool:
        return self.since <= now < self.until


def window(quiet: Quiet, timezone: str, now: datetime) -> Window:
    """The quiet hours that run now, or else those that come next, by the clock of a zone."""
    zone = zone_of(timezone)
    over = DAY if quiet.end <= quiet.start else timedelta()
    day = now.astimezone(zone).date() - DAY
    while True:  # a change of clocks can swallow those of one day, not of two in a row
        found = Window(instant(day, quiet.start, zone), instant(day + over, quiet.end, zone))
        if found.since < found.until and now < found.until:
            return found
        day += DAY


def running(destination: Destination, now: datetime) -> Window | None:
    """The quiet hours of a chat that run now, if any."""
    if destination.quiet is None:
        return None
    found = window(destination.quiet, destination.timezone, now)
    return found if now in found else None


def holds(quiet: Quiet, level: int) -> bool:
    """Whether these quiet hours hold an alert of this quality back, while they run."""
    return quiet.mode is QuietMode.HOLD or (quiet.mode is QuietMode.BAR and level < quiet.bar)


def manner(destination: Destination, kind: Kind, level: int, now: datetime, *, urgent: bool = False) -> Manner:
    """How a message may leave now. `level` is its quality; `urgent` is for what cannot wait for the morning.

    Notices are about the bot itself and come as they are; digests and recaps come when they were asked for. A chat
    can have chosen that nothing makes a sound.
    """
    quiet, usual = destination.quiet, Manner.SILENT if destination.look.silent else Manner.LOUD
    if quiet is None or kind is Kind.NOTICE or urgent or running(destination, now) is None:
        return usual
    if kind not in HELD or quiet.mode is QuietMode.SILENCE:
        return Manner.SILENT
    return Manner.HELD if holds(quiet, level) else usual
