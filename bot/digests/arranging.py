"""A chat's own clock is set: when its digest comes from now on. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.digests.schedule import following, moment, settled, since, wanted
from bot.model import Destination, Schedule
from bot.zones import zone_of


@dataclass(frozen=True, slots=True)
class Arranged:
    """What a change led to. `left_out`: a date whose digest was to come and does not any more, because its hour has
    passed; `had`: one that has its digest already, though its hour comes again.
    """

    destination: Destination
    left_out: date | None = None
    had: date | None = None


def arranged(before: Destination, schedule: Schedule | None, timezone: str, now: datetime) -> Arranged:
    """The chat with this schedule in this zone: never two digests of one date, and none is lost unsaid."""
    after = replace(before, digest=schedule, timezone=timezone, digest_due=None)
    if schedule is None:
        return Arranged(after)
    zone = zone_of(timezone)
    on = settled(schedule, zone, now, before.digest_on)
    due = following(schedule, zone, on)
    reach = since(schedule, due, now)
    if before.digest_since is not None:
        reach = before.digest_since if before.digest else max(before.digest_since, reach)
    after = replace(after, digest_on=on, digest_due=due.at, digest_since=reach)
    left_out = had = None
    if before.digest is not None and before.digest_due is not None:
        was = before.digest_due.astimezone(zone_of(before.timezone)).date()
        left_out = was if was < due.on and wanted(schedule, was) else None
    if before.digest_on is not None and wanted(schedule, before.digest_on):
        again = moment(before.digest_on, schedule.minute, zone)
        had = before.digest_on if again is not None and again > now else None
    return Arranged(after, left_out, had)


def undone(destination: Destination, on: date | None) -> Destination:
    """Before a change is undone: the last date settled is again that of then, unless it was served meanwhile."""
    if on is None or destination.digest_on is None or destination.digest_since is None:
        return destination
    served_on = destination.digest_since.astimezone(zone_of(destination.timezone)).date()
    return destination if served_on >= destination.digest_on else replace(destination, digest_on=on)
