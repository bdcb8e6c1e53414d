"""A publisher and its readers, through the real storage."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.ingest import Rules, take
from bot.model import (
    Address,
    Article,
    Batch,
    Destination,
    FileRead,
    FileRefused,
    FileStamp,
    Platform,
    Provider,
    Subscription,
    Topic,
)
from bot.verdicts import FileVerdict
from storage.codec import load_payload
from storage.database import Database
from storage.tables import deliveries, payloads
from tests.conftest import Clock

RULES = Rules(fresh_hours=72, published_only=False, flood_guard=0)
TITLES = {
    "a.md": "Harbour robots learn to sort mussels by their singing",
    "b.md": "Quiet telescope on Mount Orla maps nine thousand faint galaxies",
    "c.md": "Bakers in Tessaly let a neural network choose the crust",
    "d.md": "Old subway cars become a reef off Cape Lindqvist",
}


def article(path: str = "a.md", **changes: Any) -> Article:
    fields: dict[str, Any] = {
        "title": TITLES.get(path.rsplit("/", 1)[-1], path),
        "url": f"https://{path.rsplit('/', 1)[-1].removesuffix('.md')}.example/story",
        "published_at": datetime.fromisoformat("2026-11-27T10:00Z"),
        "quality": 80,
        "topics": ("Computer Vision",),
        "provider": Provider("Wired Harbor", "harbor.example"),
    }
    return Article("news", path, **{**fields, **changes})


class Newsroom:
    """Files come and go; a reader of Computer Vision at 70 and one of AI at 50 listen."""

    def __init__(self, storage: Database, clock: Clock) -> None:
        self.storage = storage
        self.clock = clock
        self.rules = RULES
        self._version = 0

    async def reader(self, name: str, **bars: int | None) -> Destination:
        async with self.storage.write() as work:
            destination = await work.destinations.ensure(
                Address(Platform.WEB, name), title="", locale="en", timezone="UTC", now=self.clock()
            )
            catalogue = await work.topics.catalogue()
            for slug, bar in bars.items():
                topic = catalogue.find(slug.replace("_", "-"))
                assert topic is not None
                await work.subscriptions.put(Subscription(destination.id, topic.id, bar), self.clock())
        return destination

    async def files(
        self, *contents: Article | FileRefused, gone: tuple[str, ...] = (), baseline: bool = False
    ) -> dict[str, FileVerdict]:
        self._version += 1
        read = tuple(FileRead(c.path, FileStamp(1, self._version), c) for c in contents)
        verdicts = await take(self.storage, Batch("news", read, gone, baseline), self.rules, self.clock())
        return {verdict.path: verdict for verdict in verdicts}

    async def verdict(self, content: Article | FileRefused, **options: Any) -> str:
        return (await self.files(content, **options))[content.path].verdict

    async def owed(self) -> list[tuple[str, str]]:
        """(reader, title) of everything ever owed as an alert, article by article, readers by name."""
        async with self.storage.read() as work:
            names = {d.id: d.address.chat for d in await work.destinations.all()}
            rows = await work._connection.execute(
                select(deliveries.c.destination_id, deliveries.c.payload_id, payloads.c.body)
                .join(payloads, payloads.c.id == deliveries.c.payload_id)
                .where(deliveries.c.kind == "alert")
            )
            found = sorted((row.payload_id, names[row.destination_id], row.body) for row in rows)
            return [(name, load_payload(body).cards[0].title) for _, name, body in found]


async def newsroom(storage: Database, clock: Clock) -> Newsroom:
    """A newsroom with its topics and two readers."""
    async with storage.write() as work:
        await work.topics.put(
            [Topic("ai", "AI"), Topic("computer-vision", "Computer Vision", "ai"), Topic("space", "Space")],
            from_file=True,
        )
    made = Newsroom(storage, clock)
    await made.reader("cv", computer_vision=70)
    await made.reader("ai", ai=50)
    return made
