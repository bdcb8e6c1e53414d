"""The digest round: what is due by everyone's own clock, written and moved on in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import structlog

from bot.digests.editions import Editions
from bot.digests.news import News
from bot.digests.schedule import DAY, Plan, following, plan, spread, window
from bot.digests.writing import Due, read_news, write_digests
from bot.model import Schedule
from bot.pages import in_pages
from bot.ports import Appointment, Storage, Work
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

    editions = Editions()

    async def serve(work: Work, page: list[Appointment]) -> None:
        editions.begin()
        count.chats += len(page)
        await _serve(work, page, news, editions, over, now, count)

    def committed() -> None:
        editions.keep()
        written()

    await in_pages(
        storage,
        begin=BEGIN,
        place=lambda one: (one.due, one.id),
        take=lambda work, after, limit: work.schedules.due(now, after=after, limit=limit),
        serve=serve,
        written=committed,
    )
    log.info("digests written", chats=count.chats, digests=count.digests, messages=count.messages)
    return count


async def _serve(
    work: Work,
    page: Sequence[Appointment],
    news: News,
    editions: Editions,
    over: timedelta,
    now: datetime,
    count: Count,
) -> None:
    due: list[Due] = []
    moved: list[Appointment] = []
    for one in page:
        planned = _plan(one, now)
        if planned.at > now:  # missed dates are made up for later today, or the zone's rules have changed
            moved.append(one._replace(due=planned.at))
            continue
        if not one.closed:
            due.append(_due(one, planned, over, now))
        moved.append(served(one, planned, now))
    messages = await write_digests(work, due, news, now, editions) if due else {}
    await work.schedules.settle(moved)
    count.messages += sum(messages.values())
    count.digests += sum(1 for number in messages.values() if number)


def _plan(one: Appointment, now: datetime) -> Plan:
    return _planned(one.schedule, one.timezone, one.on or now.astimezone(zone_of(one.timezone)).date() - DAY, now)


@lru_cache(maxsize=4096)
def _planned(schedule: Schedule, timezone: str, on: date, now: datetime) -> Plan:
    """The many readers of one hour and zone share their plan."""
    return plan(schedule, zone_of(timezone), on, now)


@lru_cache(maxsize=4096)
def _following(schedule: Schedule, timezone: str, on: date) -> Plan:
    return following(schedule, zone_of(timezone), on)


def _due(one: Appointment, planned: Plan, over: timedelta, now: datetime) -> Due:
    leaves = spread(planned.at, zone_of(one.timezone), one.id, over) if over else planned.at
    later = leaves if leaves > now else None
    return Due(one.id, one.since or now - DAY, planned.on, planned.late_from, later)


def served(one: Appointment, planned: Plan, now: datetime) -> Appointment:
    """The chat's clock once a date is settled: the next digest covers what comes from now on."""
    after = _following(one.schedule, one.timezone, planned.on)
    return one._replace(on=planned.on, due=after.at, since=now)
