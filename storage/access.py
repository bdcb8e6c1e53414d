"""Who may use the bot: what admins decided, and the destinations that are barred by it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Address, Admission, Platform, State
from storage.dialect import insert
from storage.give_back import give_back
from storage.states import WAITING
from storage.tables import access, deliveries, destinations, told


class SqlAccess:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, address: Address) -> Admission | None:
        found = await self._connection.scalar(
            select(access.c.admission).where(
                access.c.platform == address.platform.value, access.c.chat == address.chat
            )
        )
        return Admission(found) if found else None

    async def put(self, address: Address, admission: Admission, now: datetime) -> None:
        values = {"admission": admission.value, "decided_at": now}
        await self._connection.execute(
            insert(self._connection, access)
            .values(platform=address.platform.value, chat=address.chat, **values)
            .on_conflict_do_update(index_elements=["platform", "chat"], set_=values)
        )
        chat = (destinations.c.platform == address.platform.value) & (destinations.c.chat == address.chat)
        await self._bar(chat, now, barred=admission is Admission.BANNED)

    async def decided(self, admission: Admission) -> list[Address]:
        rows = await self._connection.execute(
            select(access.c.platform, access.c.chat)
            .where(access.c.admission == admission.value)
            .order_by(access.c.decided_at, access.c.platform, access.c.chat)
        )
        return [Address(Platform(row.platform), row.chat) for row in rows]

    async def enforce(self, now: datetime, *, invited_only: bool, admins: Collection[Address]) -> None:
        barred: ColumnElement[bool] = _decided(Admission.BANNED)
        if invited_only:
            chat = tuple_(destinations.c.platform, destinations.c.chat)
            own = chat.in_([(a.platform.value, a.chat) for a in admins])
            barred = or_(barred, ~or_(_decided(Admission.ALLOWED), own))
        if invited_only or await self._connection.scalar(
            select(exists().where(access.c.admission == Admission.BANNED))
        ):
            await self._bar(barred & ~destinations.c.barred, now, barred=True)
        await self._bar(~barred & destinations.c.barred, now, barred=False)

    async def _bar(self, which: ColumnElement[bool], now: datetime, *, barred: bool) -> None:
        """Barred destinations are owed nothing: what was queued is cancelled and its pairs given back."""
        if barred:
            ids = select(destinations.c.id).where(which)
            queued = WAITING & deliveries.c.destination_id.in_(ids)
            await give_back(self._connection, queued, State.CANCELLED, "barred", now)
            await self._connection.execute(
                delete(told).where(told.c.destination_id.in_(ids), told.c.digest.is_not(None))
            )
        await self._connection.execute(update(destinations).where(which).values(barred=barred))


def _decided(admission: Admission) -> ColumnElement[bool]:
    return exists().where(
        access.c.platform == destinations.c.platform,
        access.c.chat == destinations.c.chat,
        access.c.admission == admission.value,
    )
