"""A chat's own clock is set: when its digest comes from now on. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.digests.schedule import DAY, Plan, following, moment, settled, since, wanted
from bot.model import Destination, Schedule
from bot.zones import zone_of


@dataclass(frozen=True, slots=True)
class Arranged:
    """What a change led to.

    `left_out`: the dates whose digests were to come and do not any more, because their hour has passed. `had`: one
    that has its digest already, though its hour comes again. `withdrawn`: a digest that waited to leave does not.
    """

    destination: Destination
    left_out: tuple[date, ...] = ()
    had: date | None = None
    withdrawn: bool = False


def arranged(
    before: Destination, schedule: Schedule | None, timezone: str, now: datetime, *, served_on: date | None = None
) -> Arranged:
    """The chat with this schedule in this zone: never two digests of one date, and none is lost unsaid.

    `served_on` is the last date of which it has a digest. One that is turned on again reaches back to the last one,
    but no further than two of its kind do.
    """
    after = replace(before, digest=schedule, timezone=timezone, digest_due=None)
    if schedule is None:
        return Arranged(after)
    zone = zone_of(timezone)
    on = settled(schedule, zone, now, served_on)
    due = following(schedule, zone, on)
    reach = since(schedule, due, now)
    if before.digest_since is not None:
        interval = due.at - since(schedule, due, due.at)
        reach = before.digest_since if before.digest else max(before.digest_since, reach - interval)
    after = replace(after, digest_on=on, digest_due=due.at, digest_since=reach)
    left_out: tuple[date, ...] = ()
    had = None
    if before.digest is not None and before.digest_due is not None:
        known = zone_of(before.timezone)
        was = before.digest_due.astimezone(known).date()
        if before.digest_on is not None:  # what was missed may be waiting for the hour of today
            was = min(was, following(before.digest, known, before.digest_on).on)
        passed = (was + n * DAY for n in range((due.on - was).days))
        left_out = tuple(day for day in passed if day != served_on and wanted(schedule, day))
    if served_on is not None and wanted(schedule, served_on):
        again = moment(served_on, schedule.minute, zone)
        had = served_on if again is not None and again > now else None
    return Arranged(after, left_out, had)


def unserved(destination: Destination, on: date) -> Destination:
    """The chat whose digest of that date was withdrawn before it left: the next one covers what it had, too."""
    if destination.digest is None or destination.digest_since is None:
        return destination
    at = moment(on, destination.digest.minute, zone_of(destination.timezone))
    if at is None:
        return destination
    began = since(destination.digest, Plan(on, at), at)
    return replace(destination, digest_since=min(destination.digest_since, began))
