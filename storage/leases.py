"""Leases on work that one process does at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Platform
from storage import tokens
from storage.clock import ServerClock, moment
from storage.columns import Instant
from storage.destinations import SqlDestinations
from storage.dialect import insert
from storage.tables import leases

_RENEW = (
    update(leases)
    .where(leases.c.owner == bindparam("renewing"))
    .values(until=bindparam("later", type_=Instant))
    .returning(leases.c.name)
)  # made once: it is written all the time


class SqlLeases:
    def __init__(self, connection: AsyncConnection, clock: ServerClock | None = None) -> None:
        self._connection = connection
        self._clock = clock

    async def take(self, name: str, owner: str, seconds: float, now: datetime) -> bool:
        """Take or keep a lease; false while another owner holds it.

        One that would end later than any lease can is of a clock that jumped, and counts as over.
        """
        now = await moment(self._connection, self._clock, now)
        until = now + timedelta(seconds=seconds)
        statement = insert(self._connection, leases).values(name=name, owner=owner, until=until)
        taken = await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["name"],
                set_={"owner": owner, "until": until},
                where=or_(leases.c.owner == owner, leases.c.until <= now, leases.c.until > now + 2 * (until - now)),
            )
        )
        return bool(taken.rowcount)

    async def renew(self, owner: str, seconds: float, now: datetime) -> set[str]:
        now = await moment(self._connection, self._clock, now)
        renewed = {"renewing": owner, "later": now + timedelta(seconds=seconds)}
        return set(await self._connection.scalars(_RENEW, renewed))

    async def release(self, name: str, owner: str) -> None:
        await self._connection.execute(delete(leases).where(leases.c.name == name, leases.c.owner == owner))

    async def introduce(self, platform: Platform, bot: str, now: datetime) -> tuple[str, int] | None:
        before = await tokens.introduce(self._connection, platform, bot, now)
        return (before, await SqlDestinations(self._connection).wake_all(platform)) if before else None

    async def owners(self, now: datetime) -> dict[str, str]:
        now = await moment(self._connection, self._clock, now)
        rows = await self._connection.execute(select(leases).where(leases.c.until > now).order_by(leases.c.name))
        return {row.name: row.owner for row in rows}
