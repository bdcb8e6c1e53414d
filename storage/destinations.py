"""The chats: their settings, whether they can be reached, and what they mute."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Address, Destination, Platform, State
from storage.dialect import insert
from storage.give_back import give_back
from storage.tables import deliveries, destinations, mutes, subscriptions, told, topics, transcripts


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

    async def pause(self, destination_id: int, until: datetime, now: datetime) -> int:
        await self._set(destination_id, paused_until=until)
        queued = (deliveries.c.destination_id == destination_id) & (deliveries.c.state == State.PENDING)
        return await give_back(self._connection, queued, State.CANCELLED, "paused", now)

    async def resume(self, destination_id: int) -> None:
        await self._set(destination_id, paused_until=None)

    async def park(self, destination_id: int, reason: str) -> None:
        """Nothing can be sent there now: what is owed waits, the subscriptions stay."""
        await self._set(destination_id, parked=reason[:200])
        await self._requeue(destination_id, State.PENDING, State.PARKED)

    async def wake(self, destination_id: int) -> None:
        await self._set(destination_id, parked=None)
        await self._requeue(destination_id, State.PARKED, State.PENDING)

    async def move(self, destination_id: int, to: Address) -> None:
        """The chat continues under another address; a destination already known there hands over to this one."""
        other = await self.get(to)
        if other is not None and other.id != destination_id:
            await self.forget(other.id)
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

    async def forget(self, destination_id: int) -> None:
        """Delete the destination and every row that speaks of it."""
        chat = select(destinations.c.chat).where(
            destinations.c.id == destination_id, destinations.c.platform == Platform.WEB
        )
        await self._connection.execute(delete(transcripts).where(transcripts.c.chat.in_(chat)))
        for table in (deliveries, told, mutes, subscriptions):
            await self._connection.execute(delete(table).where(table.c.destination_id == destination_id))
        await self._connection.execute(delete(destinations).where(destinations.c.id == destination_id))

    async def record(self, destination_id: int) -> dict[str, Any]:
        """Everything stored about a destination, as plain JSON values."""
        row = (
            await self._connection.execute(select(destinations).where(destinations.c.id == destination_id))
        ).one()
        own = await self._connection.execute(
            select(topics.c.slug, subscriptions.c.alert_from, subscriptions.c.digest_from)
            .join(topics, topics.c.id == subscriptions.c.topic_id)
            .where(subscriptions.c.destination_id == destination_id)
            .order_by(topics.c.slug)
        )
        record: dict[str, Any] = {
            "platform": row.platform,
            "chat": row.chat,
            "thread": row.thread or None,
            "title": row.title,
            "locale": row.locale,
            "timezone": row.timezone,
            "created_at": row.created_at.isoformat(),
            "paused_until": row.paused_until.isoformat() if row.paused_until else None,
            "parked": row.parked,
            "subscriptions": [
                {"topic": s.slug, "alert_from": s.alert_from, "digest_from": s.digest_from} for s in own
            ],
        }
        for name, table in (("muted", mutes), ("told", told), ("deliveries", deliveries)):
            rows = await self._connection.execute(select(table).where(table.c.destination_id == destination_id))
            record[name] = [_plain(found) for found in rows]
        return record

    async def _set(self, destination_id: int, **values: Any) -> None:
        await self._connection.execute(
            update(destinations).where(destinations.c.id == destination_id).values(**values)
        )

    async def _requeue(self, destination_id: int, state: State, to: State) -> None:
        await self._connection.execute(
            update(deliveries)
            .where(deliveries.c.destination_id == destination_id, deliveries.c.state == state)
            .values(state=to)
        )


def destination_of(row: Row[Any]) -> Destination:
    """A destination from a row that has the columns of its table."""
    return Destination(
        id=row.id,
        address=Address(Platform(row.platform), row.chat, row.thread or None),
        title=row.title,
        locale=row.locale,
        timezone=row.timezone,
        paused_until=row.paused_until,
        parked=row.parked,
        created_at=row.created_at,
    )


def _at(address: Address) -> ColumnElement[bool]:
    return (
        (destinations.c.platform == address.platform)
        & (destinations.c.chat == address.chat)
        & (destinations.c.thread == func.coalesce(address.thread, ""))
    )


def _plain(row: Row[Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row._mapping.items()  # noqa: SLF001 - SQLAlchemy's documented name
        if value is not None and name not in {"destination_id", "lease_owner"}
    }
