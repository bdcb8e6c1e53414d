"""A database that is opened and closed, and the least that can be written to it and read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import URL

from bot.model import Topic
from storage.database import Database


@asynccontextmanager
async def opened(url: str | URL) -> AsyncIterator[Database]:
    found = Database(url if isinstance(url, str) else url.render_as_string(hide_password=False))
    yield found
    await found.close()


async def write(storage: Database, name: str = "AI", *, keywords: int = 0) -> None:
    async with storage.write() as work:
        await work.topics.put([Topic(name.lower(), name, keywords=("x" * 1000,) * keywords)], from_file=True)


async def names(storage: Database) -> list[str]:
    async with storage.read() as work:
        return [topic.name for topic in await work.topics.catalogue()]
