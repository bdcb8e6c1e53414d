"""When a chat's digest is due, by its own clock: once on each local date it asked for. Pure.

Everything follows from the last local date that is settled. So a restart, a second owner, an hour that comes twice
or a zone that changes cannot make two of one date, and an hour that is left out cannot lose one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.model import Schedule

DAY = timedelta(days=1)
HOUR = 60  # minutes
FORTNIGHT = 14  # days
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LATE = timedelta(hours=3)
"""A digest that missed its date by no more than this is still sent as the one of that date."""

READERS_PER_MINUTE = 1500
"""Digests that a bot token sends in a minute at its usual rate: fewer due together need no spreading."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The next digest: for which local date, when, and from which date on digests were missed, if any."""

    on: date
    at: datetime
    late_from: date | None = None


def instant(day: date, minute: int, zone: tzinfo) -> datetime:
    """A wall time as a point in time: the first of two; one that is left out counts on with the old offset.

    That is the rule for local times of iCalendar (RFC 5545, section 3.3.5).
    """
    return _wall(day, minute).replace(tzinfo=zone).astimezone(UTC)


def moment(day: date, minute: int, zone: tzinfo) -> datetime | None:
    """When it is that minute of that local date; None where there was no such date.

    A minute that is left out on a change of clocks moves forward, or back where forward is the next date.
    """
    for fold in (0, 1):
        at = _wall(day, minute).replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if at.astimezone(zone).date() == day:
            return at
    return None


def wanted(schedule: Schedule, day: date) -> bool:
    """Whether the weekday is among those asked for."""
    return bool(schedule.days >> day.weekday() & 1)


def following(schedule: Schedule, zone: tzinfo, settled: date) -> Plan:
    """The first digest after a local date. Raises ValueError for a schedule without weekdays."""
    for ahead in range(1, FORTNIGHT + 1):  # a weekday can be left out: Samoa had no Friday in one week of 2011
        day = settled + ahead * DAY
        if wanted(schedule, day) and (at := moment(day, schedule.minute, zone)) is not None:
            return Plan(day, at)
    raise ValueError(f"{schedule} names no weekday")


def settled(schedule: Schedule, zone: tzinfo, now: datetime, served_on: date | None = None) -> date:
    """The last local date that can have no digest any more: its minute has passed, or it was served."""
    today = now.astimezone(zone).date()
    at = moment(today, schedule.minute, zone)
    passed = today if at is None or at <= now else today - DAY
    return max(passed, served_on or passed)


def next_due(schedule: Schedule, zone: tzinfo, after: datetime, served_on: date | None) -> datetime:
    """The first moment after `after` at which a digest is due, on a date later than `served_on`."""
    return following(schedule, zone, settled(schedule, zone, after, served_on)).at


def plan(schedule: Schedule, zone: tzinfo, served_on: date, now: datetime) -> Plan:
    """What is to be done next after the date `served_on`: in time, late, or caught up with.

    After a time without us there is one digest for all that was missed: at once, or with today's where that is
    still to come.
    """
    first = last = following(schedule, zone, served_on)
    if first.at > now:
        return first
    today = now.astimezone(zone).date()
    while (later := following(schedule, zone, last.on)).at <= now:
        last = later
    missed = first.on if first.on < last.on else None
    if last.on >= today or now - last.at < LATE:
        return Plan(last.on, last.at, missed)
    if later.on == today:
        return Plan(today, later.at, first.on)
    return Plan(today, now, first.on)


def spread(at: datetime, zone: tzinfo, destination_id: int, window: timedelta) -> datetime:
    """The moment moved on within the window, always alike for one destination, and never to another date."""
    later = at + window * (destination_id * 0x9E3779B1 % 2**32 / 2**32)
    return later if later.astimezone(zone).date() == at.astimezone(zone).date() else at


def window(readers: int, widest: timedelta) -> timedelta:
    """Over how long so many digests are spread: no longer than it takes to send them."""
    return min(timedelta(minutes=readers // READERS_PER_MINUTE), widest)


def since(schedule: Schedule, due: Plan, now: datetime) -> datetime:
    """What a first digest reaches back to: as far as one of this schedule does, and at least to now."""
    day = due.on - DAY
    while not wanted(schedule, day):
        day -= DAY
    return min(now, due.at - (due.on - day))


def days_of(bits: int) -> list[str]:
    """The weekdays of a set of bits, as files have them: mon, tue and so on."""
    return [name for number, name in enumerate(WEEKDAYS) if bits >> number & 1]


def _wall(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(*divmod(minute, HOUR)))
