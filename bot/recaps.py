"""The end of quiet hours: what they held becomes one recap, judged again, and the next ones are set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.digests.writing import write_stories
from bot.model import Destination, Kind, QuietMode
from bot.pages import in_pages
from bot.ports import Storage, Work
from bot.quiet import window
from bot.topics import Catalogue

AT_ONCE = 20
"""Chats in a transaction: a recap is a dozen statements, and what is being sent to any of them waits for all."""

BREAK = timedelta(hours=1)
"""Quiet hours that begin again so soon after the last ones do not swallow their recap."""


async def end_quiet_hours(storage: Storage, now: datetime, *, written: Callable[[], None]) -> None:
    """Move every chat on whose quiet hours are over. Raises StorageError."""

    async def serve(work: Work, page: list[Destination]) -> None:
        catalogue = await work.topics.catalogue()
        await work.schedules.put([await moved_on(work, destination, catalogue, now) for destination in page])

    await in_pages(
        storage,
        begin=0,
        place=lambda destination: destination.id,
        take=lambda work, after, limit: work.schedules.over(now, after=after, limit=limit),
        serve=serve,
        written=written,
        most=AT_ONCE,
    )


async def moved_on(work: Work, destination: Destination, catalogue: Catalogue, now: datetime) -> Destination:
    """The destination with the quiet hours that run now or come next; what is held waits for their end, or is told.

    So it is also what to do when the hours, or the zone they are meant in, were changed at any moment.
    """
    if destination.quiet is None:
        await _recap(work, destination, catalogue, now)
        return replace(destination, quiet_since=None, quiet_until=None)
    over = destination.quiet_until is not None and destination.quiet_until <= now
    found = window(destination.quiet, destination.timezone, now)
    if over and destination.quiet_until is not None and found.since - destination.quiet_until < BREAK:
        await _recap(work, destination, catalogue, now)
    elif now in found and destination.quiet.mode is not QuietMode.SILENCE:
        await work.schedules.hold(destination.id, found.until)
    else:
        await _recap(work, destination, catalogue, now)
    return replace(destination, quiet_since=found.since, quiet_until=found.until)


async def _recap(work: Work, destination: Destination, catalogue: Catalogue, now: datetime) -> None:
    """Tell what was held, once for each end of quiet hours; while a chat is parked that goes on waiting.

    What the flood guard holds joins it where quiet hours held that as well; else it comes when its hour is over.
    """
    guarded = _held(destination, now)
    held = await work.schedules.held(destination.id, guarded=guarded)
    if not held or destination.parked is not None:
        return
    until = destination.quiet_until
    end = until if until is not None and until <= now else now
    await write_stories(
        work,
        destination,
        [story_id for story_id, _ in held],
        key="recap",
        kind=Kind.RECAP,
        subject=int(end.timestamp()),
        catalogue=catalogue,
        now=now,
    )
    await work.schedules.fold(destination.id, now, guarded=guarded)


def _held(destination: Destination, now: datetime) -> bool:
    """Whether quiet hours that hold messages back had begun when this end of theirs was found."""
    silent = destination.quiet is not None and destination.quiet.mode is QuietMode.SILENCE
    return not silent and destination.quiet_since is not None and destination.quiet_since <= now
