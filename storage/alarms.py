"""Alarms that were raised, so that each is told once a day and its end once, whichever process watches."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Standing, Troubles
from storage import figures
from storage.dialect import insert
from storage.tables import alarms


class SqlAlarms:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def troubles(self, since: datetime) -> Troubles:
        return await figures.troubles(self._connection, since)

    async def standing(self) -> list[Standing]:
        rows = await self._connection.execute(select(alarms).order_by(alarms.c.cause, alarms.c.name))
        return [Standing(row.cause, row.name, row.told_at, row.fine_since) for row in rows]

    async def put(self, standing: Standing) -> None:
        times = {"told_at": standing.told_at, "fine_since": standing.fine_since}
        await self._connection.execute(
            insert(self._connection, alarms)
            .values(cause=standing.cause, name=standing.name, **times)
            .on_conflict_do_update(index_elements=["cause", "name"], set_=times)
        )

    async def drop(self, standing: Standing) -> None:
        await self._connection.execute(
            delete(alarms).where(alarms.c.cause == standing.cause, alarms.c.name == standing.name)
        )
