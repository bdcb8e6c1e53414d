"""Digests and quiet hours by the clock: whose turn it is, and which alerts wait for the end of quiet hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, literal, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Destination, Kind, Platform, Schedule, State
from bot.ports import Appointment
from storage.columns import Instant
from storage.copies import NEVER
from storage.destinations import destination_of
from storage.dialect import among
from storage.give_back import give_back
from storage.quiet import HELD
from storage.states import OPEN, PENDING, WAITING
from storage.tables import deliveries, destinations, told

FIRST_DATE = 19_000_101  # digests of dates are numbered 20261127, those of the flood guard by hours since 1970
DAY = timedelta(days=1)  # what a first digest covers


class SqlSchedules:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def locked(self, destination_id: int) -> Destination:
        row = await self._connection.execute(
            select(destinations).where(destinations.c.id == destination_id).with_for_update()
        )
        return destination_of(row.one())

    async def put(self, changed: Sequence[Destination]) -> None:
        if changed:
            columns = [name for name in row_of(changed[0]) if name != "its_id"]
            await self._connection.execute(
                update(destinations)
                .where(destinations.c.id == bindparam("its_id"))
                .values({name: bindparam(f"new_{name}") for name in columns}),
                [
                    {name if name == "its_id" else f"new_{name}": value for name, value in row_of(one).items()}
                    for one in changed
                ],
            )

    async def settle(self, served: Sequence[Appointment]) -> None:
        alike: defaultdict[tuple[date | None, datetime, datetime | None], list[int]] = defaultdict(list)
        for one in served:  # most readers of a moment share all three
            alike[one.on, one.due, one.since].append(one.id)
        for (on, due, since), ids in alike.items():
            await self._set(ids, digest_on=on.toordinal() if on else None, digest_due=due, digest_since=since)

    async def rest(self, changed: Sequence[Destination]) -> None:
        alike: defaultdict[tuple[datetime | None, datetime | None], list[int]] = defaultdict(list)
        for one in changed:
            alike[one.quiet_since, one.quiet_until].append(one.id)
        for (since, until), ids in alike.items():
            await self._set(ids, quiet_since=since, quiet_until=until)

    async def _set(self, destination_ids: Sequence[int], **values: Any) -> None:
        which = among(self._connection, destinations.c.id, destination_ids)
        await self._connection.execute(update(destinations).where(which).values(**values))

    async def last_date(self, destination_id: int) -> date | None:
        subject = await self._connection.scalar(
            select(func.max(deliveries.c.subject)).where(
                deliveries.c.destination_id == destination_id,
                deliveries.c.kind == Kind.DIGEST,
                deliveries.c.subject >= FIRST_DATE,
            )
        )
        return None if subject is None else _date(subject)

    async def withdraw(self, destination_id: int, now: datetime) -> list[date]:
        waits = (
            WAITING
            & (deliveries.c.destination_id == destination_id)
            & (deliveries.c.kind == Kind.DIGEST)
            & (deliveries.c.subject >= FIRST_DATE)
        )
        subjects = select(deliveries.c.subject).where(waits).distinct().order_by(deliveries.c.subject)
        dates = [_date(subject) for subject in await self._connection.scalars(subjects)]
        if dates:
            await give_back(self._connection, waits, State.CANCELLED, "the digest was turned off", now)
        return dates

    async def readers(self) -> int:
        count = select(func.count()).where(destinations.c.digest_due.is_not(None))
        return await self._connection.scalar(count) or 0

    async def earliest(self, now: datetime) -> datetime | None:
        since = func.min(func.coalesce(destinations.c.digest_since, literal(now - DAY, Instant)), type_=Instant)
        return await self._connection.scalar(select(since).where(destinations.c.digest_due <= now))

    async def due(self, now: datetime, *, after: tuple[datetime, int], limit: int) -> list[Appointment]:
        its = destinations.c
        paused = and_(its.paused_until.is_not(None), its.paused_until > now)
        rows = await self._connection.execute(
            select(
                *(its.id, its.platform, its.chat, its.thread, its.timezone, its.digest_at, its.digest_days),
                *(its.digest_on, its.digest_due, its.digest_since),
                or_(its.barred, its.parked.is_not(None), paused),
            )
            .where(its.digest_due <= now, its.digest_at.is_not(None), _behind(its.digest_due, after))
            .order_by(its.digest_due, its.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [
            Appointment(
                *(reader, Platform(platform), chat, thread or None, timezone, _schedule(minute, days)),
                *(None if on is None else date.fromordinal(on), at, since, bool(closed)),
            )
            for reader, platform, chat, thread, timezone, minute, days, on, at, since, closed in rows
        ]

    async def over(self, now: datetime, *, after: tuple[datetime, int], limit: int) -> list[Destination]:
        until, its_id = destinations.c.quiet_until, destinations.c.id
        rows = await self._connection.execute(
            select(destinations)
            .where(until <= now, _behind(until, after))
            .order_by(until, its_id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [destination_of(row) for row in rows]

    async def overdue(self, now: datetime, *, after: int, limit: int) -> list[Destination]:
        its = destinations.c
        held = select(deliveries.c.destination_id).where(HELD, deliveries.c.due_at <= now)
        rows = await self._connection.execute(
            select(destinations)
            .where(its.id.in_(held), its.id > after, its.parked.is_(None))
            .where(or_(its.quiet_until.is_(None), its.quiet_until > now))
            .order_by(its.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [destination_of(row) for row in rows]

    async def held(
        self, destination_ids: Collection[int], *, guarded: Collection[int] | None = None
    ) -> dict[int, list[int]]:
        owed = self._held(destination_ids) & deliveries.c.story_id.is_not(None)
        alerts = select(deliveries.c.destination_id, deliveries.c.story_id).where(owed)
        found: defaultdict[int, dict[int, None]] = defaultdict(dict)
        for reader, story_id in await self._connection.execute(alerts.order_by(deliveries.c.id)):
            found[reader][story_id] = None
        flooded = self._flooded(destination_ids if guarded is None else guarded)
        in_a_flood = select(told.c.destination_id, told.c.story_id).where(flooded)
        for reader, story_id in await self._connection.execute(
            in_a_flood.order_by(told.c.told_at, told.c.story_id)
        ):
            found[reader][story_id] = None
        return {reader: list(stories) for reader, stories in found.items()}

    async def hold(self, destination_ids: Collection[int], until: datetime) -> None:
        await self._connection.execute(update(deliveries).where(self._held(destination_ids)).values(due_at=until))

    async def release(self, destination_id: int) -> None:
        copy = PENDING & (deliveries.c.kind == Kind.BROADCAST) & (deliveries.c.due_at < NEVER)
        await self._connection.execute(
            update(deliveries).where(OPEN, deliveries.c.destination_id == destination_id, copy).values(due_at=None)
        )

    async def fold(self, destination_ids: Collection[int], now: datetime, *, guarded: Collection[int]) -> None:
        over = {"state": State.EXPIRED, "done_at": now, "reason": "held in quiet hours"}
        await self._connection.execute(
            update(deliveries).where(self._held(destination_ids)).values(**over, subject=-deliveries.c.id)
        )
        await self._connection.execute(update(told).where(self._flooded(guarded)).values(digest=None))

    def _held(self, destination_ids: Collection[int]) -> ColumnElement[bool]:
        return OPEN & HELD & among(self._connection, deliveries.c.destination_id, destination_ids)

    def _flooded(self, destination_ids: Collection[int]) -> ColumnElement[bool]:
        return told.c.digest.is_not(None) & among(self._connection, told.c.destination_id, destination_ids)


def _date(subject: int) -> date:
    return date(subject // 10_000, subject // 100 % 100, subject % 100)


def _behind(moment: ColumnElement[datetime], place: tuple[datetime, int]) -> ColumnElement[bool]:
    """Behind a place in the order of (moment, id)."""
    return tuple_(moment, destinations.c.id) > tuple_(literal(place[0], Instant), literal(place[1]))


_schedule = lru_cache(maxsize=4096)(Schedule)  # many chats have the same


def row_of(destination: Destination) -> dict[str, Any]:
    """The columns that `put` writes."""
    digest, quiet = destination.digest, destination.quiet
    return {
        "its_id": destination.id,
        "timezone": destination.timezone,
        "digest_at": digest.minute if digest else None,
        "digest_days": digest.days if digest else 127,
        "digest_on": destination.digest_on.toordinal() if destination.digest_on else None,
        "digest_due": destination.digest_due,
        "digest_since": destination.digest_since,
        "quiet_from": quiet.start if quiet else None,
        "quiet_to": quiet.end if quiet else None,
        "quiet_mode": quiet.mode.value if quiet else None,
        "quiet_bar": quiet.bar if quiet else None,
        "quiet_since": destination.quiet_since,
        "quiet_until": destination.quiet_until,
    }
