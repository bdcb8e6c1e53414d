"""Managers: whom the admins of a room let change what it receives."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Person
from bot.model import Address, Platform
from storage.dialect import insert
from storage.tables import destinations, managers

NAME = 100  # characters kept


class SqlManagers:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, address: Address) -> list[Person]:
        rows = await self._connection.execute(
            select(managers.c.person, managers.c.name)
            .join(destinations, destinations.c.id == managers.c.destination_id)
            .where(
                destinations.c.platform == address.platform,
                destinations.c.chat == address.chat,
                destinations.c.thread.in_(("", address.thread or "")),
            )
            .order_by(managers.c.created_at, managers.c.person)
        )
        return [Person(row.person, row.name) for row in rows]

    async def put(self, destination_id: int, person: Person, now: datetime) -> None:
        await self._connection.execute(
            insert(self._connection, managers)
            .values(destination_id=destination_id, person=person.id, name=person.name[:NAME], created_at=now)
            .on_conflict_do_nothing()
        )

    async def remove(self, address: Address, person_id: str) -> bool:
        here = select(destinations.c.id).where(
            destinations.c.platform == address.platform,
            destinations.c.chat == address.chat,
            destinations.c.thread.in_(("", address.thread or "")),
        )
        result = await self._connection.execute(
            delete(managers).where(managers.c.destination_id.in_(here), managers.c.person == person_id)
        )
        return bool(result.rowcount)

    async def known(self, platform: Platform, person_id: str) -> bool:
        found = await self._connection.scalar(
            select(managers.c.person)
            .join(destinations, destinations.c.id == managers.c.destination_id)
            .where(destinations.c.platform == platform, managers.c.person == person_id)
            .limit(1)
        )
        return found is not None

    async def identify(self, address: Address, handle: str, person: Person) -> None:
        """Who was named by a handle has shown up: from now on the id counts, which nobody can take over."""
        here = select(destinations.c.id).where(
            destinations.c.platform == address.platform, destinations.c.chat == address.chat
        )
        named = managers.c.destination_id.in_(here) & (managers.c.person == handle)
        rows = (await self._connection.execute(select(managers).where(named))).all()
        for row in rows:
            await self.put(row.destination_id, person, row.created_at)
        await self._connection.execute(delete(managers).where(named))
