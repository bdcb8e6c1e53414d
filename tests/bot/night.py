"""A newsroom by night: one reader with quiet hours, and what became of what she was owed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot import planning
from bot.model import Kind, Platform
from bot.ports import Pace
from bot.recaps import end_quiet_hours
from storage.database import Database
from storage.tables import deliveries, destinations, told
from tests.bot.newsroom import Newsroom, article, newsroom
from tests.bot.talk import Talk, conversation_of
from tests.conftest import Clock

EVENING = datetime(2026, 11, 27, 21, 30, tzinfo=UTC)
NIGHT = datetime(2026, 11, 27, 23, tzinfo=UTC)
MORNING = datetime(2026, 11, 28, 7, tzinfo=UTC)
PACE = Pace(Platform.TELEGRAM, "w", 100.0, 15.0, 0.2)


class Night(Newsroom):
    """A newsroom and one reader of Computer Vision from 70, who also talks."""

    def __init__(self, storage: Database, clock: Clock) -> None:
        super().__init__(storage, clock)
        self.ann = Talk(storage, clock, conversation_of(storage, clock))

    async def publish(self, path: str = "a.md", **changes: object) -> None:
        values: dict[str, object] = {"published_at": self.clock() - timedelta(hours=1), **changes}
        await self.files(article(path, **values))

    async def moved_on(self, to: datetime) -> None:
        self.clock.now = to
        await end_quiet_hours(self.storage, to, written=lambda: None)

    async def outbox(self) -> list[tuple[str, str, bool]]:
        """(kind, state, whether it waits for a moment) of all that was owed to her, in order."""
        async with self.storage.read() as work:
            rows = await work._connection.execute(
                select(deliveries.c.kind, deliveries.c.state, deliveries.c.due_at)
                .join(destinations, destinations.c.id == deliveries.c.destination_id)
                .where(destinations.c.platform == Platform.TELEGRAM)
                .order_by(deliveries.c.id)
            )
            return [(row.kind, row.state, row.due_at is not None) for row in rows]

    async def recaps(self) -> list[list[int]]:
        """The stories of each recap."""
        return await self._stories(Kind.RECAP)

    async def digests(self) -> list[list[int]]:
        """The stories of each digest."""
        return await self._stories(Kind.DIGEST)

    async def _stories(self, kind: Kind) -> list[list[int]]:
        async with self.storage.read() as work:
            found = await work._connection.scalars(
                select(deliveries.c.id).where(deliveries.c.kind == kind).order_by(deliveries.c.id)
            )
            ids = list(found)
            ann = await work.destinations.get(self.ann.address)
            assert ann
            records = {r.created_at: r for r in await work.deliveries.of(ann.id, 50) if r.kind is kind}
        assert len(records) == len(ids)
        return [
            [mention.article_id for mention in record.payload.mentions]
            for record in sorted(records.values(), key=lambda r: r.created_at)
            if record.payload
        ]

    async def told(self) -> dict[int, int]:
        """story -> article, as far as she was told."""
        async with self.storage.read() as work:
            rows = await work._connection.execute(
                select(told.c.story_id, told.c.article_id)
                .join(destinations, destinations.c.id == told.c.destination_id)
                .where(destinations.c.platform == Platform.TELEGRAM)
            )
            return {row.story_id: row.article_id for row in rows}

    async def sent(self) -> None:
        """The head of the queue leaves."""
        async with self.storage.write() as work:
            claim = await work.deliveries.settle_and_claim(PACE, [], limit=9, reserved=9, now=self.clock())
            left = [planning.sent(owed, "1", self.clock(), 0.0) for owed in claim.owed]
            await work.deliveries.settle_and_claim(PACE, left, limit=0, reserved=0, now=self.clock())

    async def claimed(self) -> int:
        async with self.storage.write() as work:
            claim = await work.deliveries.settle_and_claim(PACE, [], limit=9, reserved=0, now=self.clock())
        return len(claim.owed)


async def night_of(storage: Database, clock: Clock) -> Night:
    """It is evening: she follows Computer Vision from 70, and is quiet from 22:00 to 07:00."""
    clock.now = EVENING
    await newsroom(storage, clock)
    made = Night(storage, clock)
    await made.ann.says("/subscribe computer vision 70")
    await made.ann.says("/quiet 22:00-07:00")
    return made
