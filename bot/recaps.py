"""The end of quiet hours: what they held becomes one recap, judged again, and the next ones are set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from bot.digests import Held, write_held
from bot.model import Destination, Kind, Quiet, QuietMode
from bot.pages import in_pages
from bot.ports import Storage, Work
from bot.quiet import Window, window

BEGIN = (datetime(1970, 1, 1, tzinfo=UTC), 0)

BREAK = timedelta(hours=1)
"""Quiet hours that begin again so soon after the last ones do not swallow their recap."""


async def end_quiet_hours(storage: Storage, now: datetime, *, written: Callable[[], None]) -> None:
    """Move every chat on whose quiet hours are over, and tell what is held for no reason any more.

    `written` is called after each transaction. Raises StorageError; the next call goes on where this one ended.
    """

    async def serve(work: Work, page: list[Destination]) -> None:
        await work.schedules.rest(await moved_on(work, page, now))

    await in_pages(
        storage,
        begin=BEGIN,
        place=lambda destination: (destination.quiet_until or now, destination.id),
        take=lambda work, after, limit: work.schedules.over(now, after=after, limit=limit),
        serve=serve,
        written=written,
    )
    await in_pages(
        storage,
        begin=0,
        place=lambda destination: destination.id,
        take=lambda work, after, limit: work.schedules.overdue(now, after=after, limit=limit),
        serve=serve,
        written=written,
    )


async def moved_on(work: Work, destinations: Sequence[Destination], now: datetime) -> list[Destination]:
    """These chats with the quiet hours that run now or come next; what is held waits for their end, or is told.

    So it is also what to do when the hours, or the zone they are meant in, were changed at any moment.
    """
    moved: list[Destination] = []
    telling: list[Destination] = []
    holding: defaultdict[datetime, list[int]] = defaultdict(list)
    for one in destinations:
        found = None if one.quiet is None else _window(one.quiet, one.timezone, now)
        if found is None or one.quiet is None:
            moved.append(replace(one, quiet_since=None, quiet_until=None))
        else:
            moved.append(replace(one, quiet_since=found.since, quiet_until=found.until))
            over = one.quiet_until is not None and one.quiet_until <= now
            at_once = over and one.quiet_until is not None and found.since - one.quiet_until < BREAK
            if not at_once and now in found and one.quiet.mode is not QuietMode.SILENCE:
                holding[found.until].append(one.id)
                continue
        telling.append(one)
    for until, ids in holding.items():
        await work.schedules.hold(ids, until)
    await _recap(work, [one for one in telling if one.parked is None], now)
    return moved


async def _recap(work: Work, destinations: Sequence[Destination], now: datetime) -> None:
    """Tell what was held, once for each end of quiet hours; while a chat is parked that goes on waiting.

    What the flood guard holds joins it where quiet hours held that as well; else it comes when its hour is over.
    """
    if not destinations:
        return
    guarded = {one.id for one in destinations if _held(one, now)}
    stories = await work.schedules.held([one.id for one in destinations], guarded=guarded)
    held = [Held(one.id, stories[one.id], _end(one, now)) for one in destinations if one.id in stories]
    if not held:
        return
    catalogue = await work.topics.catalogue()
    told = await write_held(work, held, key="recap", kind=Kind.RECAP, catalogue=catalogue, now=now)
    await work.schedules.fold(told, now, guarded=guarded & told.keys())


def _end(destination: Destination, now: datetime) -> int:
    """What makes a recap unique: the end of the quiet hours, or the moment at which they were ended."""
    until = destination.quiet_until
    return int((until if until is not None and until <= now else now).timestamp())


@lru_cache(maxsize=4096)
def _window(quiet: Quiet, timezone: str, now: datetime) -> Window:
    """The many chats of the same hours and zone share the search."""
    return window(quiet, timezone, now)


def _held(destination: Destination, now: datetime) -> bool:
    """Whether quiet hours that hold messages back had begun when this end of theirs was found."""
    silent = destination.quiet is not None and destination.quiet.mode is QuietMode.SILENCE
    return not silent and destination.quiet_since is not None and destination.quiet_since <= now
