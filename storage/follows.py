"""The stories that a chat follows or has muted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.matching import STORY_ENDS
from bot.preferences import FollowedStory
from storage.dialect import insert
from storage.tables import follows, mutes


class SqlFollows:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, destination_id: int, story_id: int, now: datetime) -> None:
        await self._connection.execute(
            delete(mutes).where(mutes.c.destination_id == destination_id, mutes.c.story_id == story_id)
        )
        await self._connection.execute(
            insert(self._connection, follows)
            .values(destination_id=destination_id, story_id=story_id, last_at=now)
            .on_conflict_do_update(index_elements=["destination_id", "story_id"], set_={"last_at": now})
        )

    async def remove(self, destination_id: int, story_id: int) -> None:
        await self._connection.execute(
            delete(follows).where(follows.c.destination_id == destination_id, follows.c.story_id == story_id)
        )

    async def of(self, destination_id: int, now: datetime) -> list[FollowedStory]:
        rows = await self._connection.execute(
            select(follows.c.story_id, follows.c.last_at)
            .where(follows.c.destination_id == destination_id, follows.c.last_at > now - STORY_ENDS)
            .order_by(follows.c.last_at.desc(), follows.c.story_id)
        )
        return [FollowedStory(row.story_id, row.last_at) for row in rows]

    async def muted(self, destination_id: int) -> list[FollowedStory]:
        rows = await self._connection.execute(
            select(mutes.c.story_id, mutes.c.created_at)
            .where(mutes.c.destination_id == destination_id)
            .order_by(mutes.c.created_at.desc(), mutes.c.story_id)
        )
        return [FollowedStory(row.story_id, row.created_at) for row in rows]

    async def anybody(self, story_id: int, now: datetime) -> bool:
        query = exists().where(follows.c.story_id == story_id, follows.c.last_at > now - STORY_ENDS)
        return bool(await self._connection.scalar(select(query)))
