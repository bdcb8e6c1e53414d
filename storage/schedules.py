"""Digests and quiet hours by the clock: whose turn it is, and which alerts wait for the end of quiet hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Destination, Kind, State
from storage.columns import Instant
from storage.copies import NEVER
from storage.destinations import destination_of
from storage.quiet import HELD
from storage.states import OPEN, PENDING
from storage.tables import deliveries, destinations, payloads, told

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

    async def settle(self, changed: Sequence[Destination]) -> None:
        alike: defaultdict[tuple[date | None, datetime | None, datetime | None], list[int]] = defaultdict(list)
        for one in changed:  # most readers of a moment share all three
            alike[one.digest_on, one.digest_due, one.digest_since].append(one.id)
        for (on, due, since), ids in alike.items():
            await self._connection.execute(
                update(destinations)
                .where(destinations.c.id.in_(ids))
                .values(digest_on=on.toordinal() if on else None, digest_due=due, digest_since=since)
            )

    async def last_date(self, destination_id: int) -> date | None:
        subject = await self._connection.scalar(
            select(func.max(deliveries.c.subject)).where(
                deliveries.c.destination_id == destination_id,
                deliveries.c.kind == Kind.DIGEST,
                deliveries.c.subject >= FIRST_DATE,
            )
        )
        return None if subject is None else date(subject // 10_000, subject // 100 % 100, subject % 100)

    async def readers(self) -> int:
        count = select(func.count()).where(destinations.c.digest_due.is_not(None))
        return await self._connection.scalar(count) or 0

    async def earliest(self, now: datetime) -> datetime | None:
        since = func.min(func.coalesce(destinations.c.digest_since, literal(now - DAY, Instant)), type_=Instant)
        return await self._connection.scalar(select(since).where(destinations.c.digest_due <= now))

    async def due(self, now: datetime, *, after: tuple[datetime, int], limit: int) -> list[Destination]:
        rows = await self._connection.execute(
            select(destinations)
            .where(
                destinations.c.digest_due <= now,
                tuple_(destinations.c.digest_due, destinations.c.id)
                > tuple_(literal(after[0], Instant), literal(after[1])),
            )
            .order_by(destinations.c.digest_due, destinations.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [destination_of(row) for row in rows]

    async def over(self, now: datetime, *, after: int, limit: int) -> list[Destination]:
        ended = select(destinations.c.id).where(destinations.c.quiet_until <= now)
        held = select(deliveries.c.destination_id).where(HELD, deliveries.c.due_at <= now)
        found = ended.union(held).subquery("found")
        page = select(found.c.id).where(found.c.id > after).order_by(found.c.id).limit(limit)
        rows = await self._connection.execute(
            select(destinations)
            .where(destinations.c.id.in_(page))
            .order_by(destinations.c.id)
            .with_for_update(skip_locked=True)
        )
        return [destination_of(row) for row in rows]

    async def held(self, destination_id: int, *, guarded: bool = True) -> list[tuple[int, int]]:
        alerts = (
            select(deliveries.c.story_id, payloads.c.article_id)
            .join(payloads, payloads.c.id == deliveries.c.payload_id)
            .where(OPEN, deliveries.c.destination_id == destination_id, HELD, deliveries.c.story_id.is_not(None))
            .order_by(deliveries.c.id)
        )
        in_a_flood = (
            select(told.c.story_id, told.c.article_id)
            .where(told.c.destination_id == destination_id, told.c.digest.is_not(None))
            .order_by(told.c.told_at, told.c.story_id)
        )
        found = list(await self._connection.execute(alerts))
        if guarded:
            found += await self._connection.execute(in_a_flood)
        return list({row.story_id: (row.story_id, row.article_id) for row in found}.values())

    async def hold(self, destination_id: int, until: datetime) -> None:
        await self._connection.execute(
            update(deliveries).where(OPEN, deliveries.c.destination_id == destination_id, HELD).values(due_at=until)
        )

    async def release(self, destination_id: int) -> None:
        copy = PENDING & (deliveries.c.kind == Kind.BROADCAST) & (deliveries.c.due_at < NEVER)
        await self._connection.execute(
            update(deliveries).where(OPEN, deliveries.c.destination_id == destination_id, copy).values(due_at=None)
        )

    async def fold(self, destination_id: int, now: datetime, *, guarded: bool = True) -> None:
        await self._connection.execute(
            update(deliveries)
            .where(OPEN, deliveries.c.destination_id == destination_id, HELD)
            .values(state=State.EXPIRED, done_at=now, reason="held in quiet hours", subject=-deliveries.c.id)
        )
        if guarded:
            await self._connection.execute(
                update(told)
                .where(told.c.destination_id == destination_id, told.c.digest.is_not(None))
                .values(digest=None)
            )


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
