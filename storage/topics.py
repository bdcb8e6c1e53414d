"""The topic catalogue in the database."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Topic
from bot.topics import Catalogue
from storage.dialect import insert
from storage.tables import topics


class SqlTopics:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def catalogue(self) -> Catalogue:
        rows = await self._connection.execute(select(topics).order_by(topics.c.id))
        return Catalogue(
            Topic(
                row.slug,
                row.name,
                row.parent,
                tuple(row.aliases),
                tuple(row.keywords),
                tuple(row.hashtags),
                row.id,
            )
            for row in rows
        )

    async def put(self, new: Iterable[Topic], *, from_file: bool) -> None:
        """Add or update; a topic seen in an article never overwrites one that is there."""
        rows = [
            {
                "slug": topic.slug,
                "name": topic.name,
                "parent": topic.parent,
                "aliases": topic.aliases,
                "keywords": topic.keywords,
                "hashtags": topic.hashtags,
                "from_file": from_file,
            }
            for topic in {topic.slug: topic for topic in new}.values()
        ]
        if not rows:
            return
        statement = insert(self._connection, topics)
        if from_file:
            changed = {name: statement.excluded[name] for name in rows[0] if name != "slug"}
            statement = statement.on_conflict_do_update(index_elements=["slug"], set_=changed)
        else:
            statement = statement.on_conflict_do_nothing(index_elements=["slug"])
        await self._connection.execute(statement, rows)
