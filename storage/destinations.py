"""The chats: their settings, whether they can be reached, and what they mute."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Address, Destination, Platform, Quiet, QuietMode, Schedule, State
from bot.preferences import Filters, Look
from storage import privacy
from storage.codec import dump_filters, dump_names, load_filters, load_look
from storage.columns import Instant
from storage.dialect import insert
from storage.give_back import give_back
from storage.states import OPEN, UNPAUSED
from storage.tables import (
    access,
    deliveries,
    destinations,
    mutes,
    subscriptions,
    told,
)


class SqlDestinations:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, address: Address) -> Destination | None:
        row = (await self._connection.execute(select(destinations).where(_at(address)))).first()
        return destination_of(row) if row else None

    async def ensure(
        self, address: Address, *, title: str, locale: str, timezone: str, now: datetime
    ) -> Destination:
        await self._connection.execute(
            insert(self._connection, destinations)
            .values(
                platform=address.platform,
                chat=address.chat,
                thread=address.thread or "",
                title=title[:300],
                locale=locale,
                timezone=timezone,
                created_at=now,
                not_before=now,
            )
            .on_conflict_do_nothing(index_elements=["platform", "chat", "thread"])
        )
        row = (await self._connection.execute(select(destinations).where(_at(address)))).one()
        return destination_of(row)

    async def all(self) -> list[Destination]:
        rows = await self._connection.execute(select(destinations).order_by(destinations.c.id))
        return [destination_of(row) for row in rows]

    async def count(self) -> dict[Platform, int]:
        rows = await self._connection.execute(
            select(destinations.c.platform, func.count().label("n")).group_by(destinations.c.platform)
        )
        return {Platform(row.platform): row.n for row in rows}

    async def parked(self) -> dict[Address, str]:
        rows = await self._connection.execute(
            select(destinations).where(destinations.c.parked_at.is_not(None)).order_by(destinations.c.id)
        )
        return {destination_of(row).address: row.parked or "" for row in rows}

    async def in_chat(self, address: Address) -> list[Destination]:
        rows = await self._connection.execute(
            select(destinations)
            .where(destinations.c.platform == address.platform, destinations.c.chat == address.chat)
            .order_by(destinations.c.id)
        )
        return [destination_of(row) for row in rows]

    async def speak(self, destination_id: int, locale: str, *, chosen: bool) -> None:
        await self._set(destination_id, locale=locale, locale_chosen=chosen)

    async def pause(self, destination_id: int, until: datetime, now: datetime) -> int:
        await self._set(destination_id, paused_until=until)
        await self._connection.execute(
            delete(told).where(told.c.destination_id == destination_id, told.c.digest.is_not(None))
        )
        queued = OPEN & (deliveries.c.destination_id == destination_id) & (deliveries.c.state == State.PENDING)
        queued &= ~UNPAUSED
        return await give_back(self._connection, queued, State.CANCELLED, "paused", now)

    async def resume(self, destination_id: int) -> None:
        await self._set(destination_id, paused_until=None)

    async def route(self, address: Address) -> str | None:
        route: str | None = await self._connection.scalar(select(destinations.c.route).where(_at(address)))
        return route

    async def put_route(self, address: Address, route: str) -> None:
        await self._connection.execute(update(destinations).where(_at(address)).values(route=route))

    async def park(self, destination_id: int, reason: str, now: datetime) -> None:
        """Nothing can be sent there now: what is owed waits, the subscriptions stay."""
        await self._set(
            destination_id,
            parked=reason[:200],
            parked_at=func.coalesce(destinations.c.parked_at, literal(now, Instant)),
        )
        await self._requeue(destination_id, State.PENDING, State.PARKED)

    async def wake(self, destination_id: int) -> None:
        await self._set(destination_id, parked=None, parked_at=None)
        await self._requeue(destination_id, State.PARKED, State.PENDING)

    async def wake_all(self, platform: Platform) -> int:
        """Wake every chat of a platform that is parked. Returns how many."""
        closed = (destinations.c.platform == platform, destinations.c.parked_at.is_not(None))
        woken = await self._connection.execute(
            update(destinations).where(*closed).values(parked=None, parked_at=None)
        )
        waiting = OPEN & (deliveries.c.platform == platform) & (deliveries.c.state == State.PARKED)
        await self._connection.execute(update(deliveries).where(waiting).values(state=State.PENDING))
        return woken.rowcount

    async def move(self, destination_id: int, to: Address) -> None:
        """The chat continues under another address; a destination already known there hands over to this one."""
        other = await self.get(to)
        if other is not None and other.id != destination_id:
            await self.forget(other.id)
        decided = select(
            literal(to.platform.value), literal(to.chat), access.c.admission, access.c.decided_at
        ).where(privacy.admissions_of(destination_id))
        await self._connection.execute(
            insert(self._connection, access)
            .from_select(["platform", "chat", "admission", "decided_at"], decided)
            .on_conflict_do_nothing()
        )
        left = privacy.admissions_of(destination_id, alone=True) & (access.c.chat != to.chat)
        await self._connection.execute(delete(access).where(left))
        await self._set(destination_id, platform=to.platform, chat=to.chat, thread=to.thread or "")

    async def mute(self, destination_id: int, story_id: int, now: datetime) -> None:
        await self._connection.execute(
            insert(self._connection, mutes)
            .values(destination_id=destination_id, story_id=story_id, created_at=now)
            .on_conflict_do_nothing()
        )

    async def unmute(self, destination_id: int, story_id: int) -> None:
        await self._connection.execute(
            delete(mutes).where(mutes.c.destination_id == destination_id, mutes.c.story_id == story_id)
        )

    async def look(self, destination_id: int, look: Look) -> None:
        preferred = dump_names(look.preferred)
        await self._set(destination_id, form=look.form, silent=look.silent, living=look.living, preferred=preferred)

    async def filter(self, destination_id: int, filters: Filters) -> None:
        stored = dump_filters(filters)
        await self._set(destination_id, filters=stored)
        flag = literal(True) if stored else subscriptions.c.filters.is_not(None)
        await self._connection.execute(
            update(subscriptions).where(subscriptions.c.destination_id == destination_id).values(filtered=flag)
        )

    async def forget(self, destination_id: int) -> None:
        await privacy.forget(self._connection, destination_id)

    async def record(self, destination_id: int) -> dict[str, Any]:
        return await privacy.record(self._connection, destination_id)

    async def _set(self, destination_id: int, **values: Any) -> None:
        await self._connection.execute(
            update(destinations).where(destinations.c.id == destination_id).values(**values)
        )

    async def _requeue(self, destination_id: int, state: State, to: State) -> None:
        await self._connection.execute(
            update(deliveries)
            .where(OPEN, deliveries.c.destination_id == destination_id, deliveries.c.state == state)
            .values(state=to)
        )


def destination_of(row: Row[Any]) -> Destination:
    """A destination from a row that has the columns of its table."""
    return Destination(
        id=row.id,
        address=Address(Platform(row.platform), row.chat, row.thread or None),
        title=row.title,
        locale=row.locale,
        locale_chosen=row.locale_chosen,
        timezone=row.timezone,
        paused_until=row.paused_until,
        parked=row.parked,
        created_at=row.created_at,
        barred=row.barred,
        digest=None if row.digest_at is None else Schedule(row.digest_at, row.digest_days),
        digest_on=None if row.digest_on is None else date.fromordinal(row.digest_on),
        digest_since=row.digest_since,
        digest_due=row.digest_due,
        quiet=None
        if row.quiet_from is None
        else Quiet(row.quiet_from, row.quiet_to, QuietMode(row.quiet_mode), row.quiet_bar or 0),
        quiet_since=row.quiet_since,
        quiet_until=row.quiet_until,
        look=load_look(row.form, row.silent, row.preferred, row.living),
        filters=load_filters(row.filters),
    )


def _at(address: Address) -> ColumnElement[bool]:
    return (
        (destinations.c.platform == address.platform)
        & (destinations.c.chat == address.chat)
        & (destinations.c.thread == func.coalesce(address.thread, ""))
    )
