"""The digest round: what is due by everyone's own clock, written and moved on in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import structlog

from bot.digests.news import News
from bot.digests.schedule import DAY, Plan, following, plan, spread, window
from bot.digests.writing import Due, read_news, write_digests
from bot.model import Destination, Schedule
from bot.pages import in_pages
from bot.ports import Storage, Work
from bot.zones import zone_of

log = structlog.get_logger(__name__)

BEGIN = (datetime(1970, 1, 1, tzinfo=UTC), 0)


@dataclass(slots=True)
class Count:
    """What a round did: chats that were looked at, digests written, and their messages."""

    chats: int = 0
    digests: int = 0
    messages: int = 0


async def make_round(storage: Storage, now: datetime, *, widest: timedelta, written: Callable[[], None]) -> Count:
    """Write every digest that is due; `widest` is over how long those of one moment are spread at most.

    `written` is called after each transaction. A chat that is paused, parked or barred has no digest of that date.
    Raises StorageError; then the next round goes on where this one ended.
    """
    count = Count()
    async with storage.read() as work:
        since = await work.schedules.earliest(now)
        if since is None:
            return count
        over = window(await work.schedules.readers(), widest)
        news = await read_news(work, since, now, await work.topics.catalogue())

    async def serve(work: Work, page: list[Destination]) -> None:
        count.chats += len(page)
        await _serve(work, page, news, over, now, count)

    await in_pages(
        storage,
        begin=BEGIN,
        place=lambda destination: (destination.digest_due or now, destination.id),
        take=lambda work, after, limit: work.schedules.due(now, after=after, limit=limit),
        serve=serve,
        written=written,
    )
    log.info("digests written", chats=count.chats, digests=count.digests, messages=count.messages)
    return count


async def _serve(
    work: Work, page: list[Destination], news: News, over: timedelta, now: datetime, count: Count
) -> None:
    due: list[Due] = []
    moved: list[Destination] = []
    for destination in page:
        if destination.digest is None:
            continue
        planned = _plan(destination, destination.digest, now)
        if planned.at > now:  # missed dates are made up for later today, or the zone's rules have changed
            moved.append(replace(destination, digest_due=planned.at))
            continue
        if not _held_back(destination, now):
            due.append(_due(destination, planned, over, now))
        moved.append(served(destination, destination.digest, planned, now))
    messages = await write_digests(work, due, news, now) if due else {}
    await work.schedules.settle(moved)
    count.messages += sum(messages.values())
    count.digests += sum(1 for number in messages.values() if number)


def _plan(destination: Destination, schedule: Schedule, now: datetime) -> Plan:
    on = destination.digest_on or now.astimezone(zone_of(destination.timezone)).date() - DAY
    return _planned(schedule, destination.timezone, on, now)


@lru_cache(maxsize=4096)
def _planned(schedule: Schedule, timezone: str, on: date, now: datetime) -> Plan:
    """The many readers of one hour and zone share their plan."""
    return plan(schedule, zone_of(timezone), on, now)


@lru_cache(maxsize=4096)
def _following(schedule: Schedule, timezone: str, on: date) -> Plan:
    return following(schedule, zone_of(timezone), on)


def _due(destination: Destination, planned: Plan, over: timedelta, now: datetime) -> Due:
    leaves = spread(planned.at, zone_of(destination.timezone), destination.id, over) if over else planned.at
    return Due(
        destination,
        destination.digest_since or now - DAY,
        planned.on,
        planned.late_from,
        leaves if leaves > now else None,
    )


def served(destination: Destination, schedule: Schedule, planned: Plan, now: datetime) -> Destination:
    """The destination once a date is settled: the next digest covers what comes from now on."""
    after = _following(schedule, destination.timezone, planned.on)
    return replace(destination, digest_on=planned.on, digest_due=after.at, digest_since=now)


def _held_back(destination: Destination, now: datetime) -> bool:
    paused = destination.paused_until is not None and destination.paused_until > now
    return paused or destination.barred or destination.parked is not None
