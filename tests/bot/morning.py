"""A newsroom whose readers take digests, and what a platform would be handed of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.digests import Letter, last_word, write_digest
from bot.messages import Digest
from bot.model import Address, Destination, Platform, State, Subscription, Topic
from bot.ports import Outcome, Pace
from bot.texts import plain
from storage.database import Database
from tests.bot.newsroom import Newsroom
from tests.conftest import Clock

TOPICS = (
    Topic("ai", "AI"),
    Topic("computer-vision", "Computer Vision", "ai"),
    Topic("speech", "Speech", "ai"),
    Topic("space", "Space"),
)
TODAY = date(2026, 11, 27)
PACE = Pace(Platform.WEB, "w", 100.0, 15.0, 0.2)


class Morning(Newsroom):
    """Articles come by `files`; digests reach back to a day before the clock began."""

    def __init__(self, storage: Database, clock: Clock) -> None:
        super().__init__(storage, clock)
        self.since = clock() - timedelta(days=1)

    async def subscriber(
        self, name: str, locale: str = "en", **bars: int | tuple[int | None, int | None]
    ) -> Destination:
        """A reader with digest bars by topic; a pair is (alert, digest)."""
        async with self.storage.write() as work:
            destination = await work.destinations.ensure(
                Address(Platform.WEB, name), title="", locale=locale, timezone="UTC", now=self.clock()
            )
            catalogue = await work.topics.catalogue()
            for slug, bar in bars.items():
                topic = catalogue.get(slug.replace("_", "-"))
                assert topic
                pair = bar if isinstance(bar, tuple) else (None, bar)
                await work.subscriptions.put(Subscription(destination.id, topic.id, *pair), self.clock())
        return destination

    async def write(self, reader: Destination, on: date = TODAY, since: datetime | None = None) -> int:
        async with self.storage.write() as work:
            return await write_digest(
                work,
                reader,
                since=since or self.since,
                now=self.clock(),
                on=on,
                catalogue=await work.topics.catalogue(),
            )

    async def handed(self) -> list[Digest | None]:
        """The parts that leave now, as a platform gets them; they count as sent."""
        found: list[Digest | None] = []
        outcomes: list[Outcome] = []
        while True:
            async with self.storage.write() as work:
                claim = await work.deliveries.settle_and_claim(
                    PACE, outcomes, limit=9, reserved=9, now=self.clock()
                )
            if not claim.owed:
                return found
            letters = [Letter(o.id, o.destination, claim.payloads[o.payload_id], o.created_at) for o in claim.owed]
            worded = await last_word(self.storage, letters, self.clock())
            found += worded.values()
            outcomes = [
                Outcome(o.id, o.destination.id, state_of(worded[o.id]), self.clock(), lease=o.lease)
                for o in claim.owed
            ]
            self.clock.forward(seconds=1)

    async def handed_alerts(self) -> None:
        """The alerts that are owed leave."""
        outcomes: list[Outcome] = []
        while True:
            async with self.storage.write() as work:
                claim = await work.deliveries.settle_and_claim(
                    PACE, outcomes, limit=9, reserved=0, now=self.clock()
                )
            outcomes = [
                Outcome(o.id, o.destination.id, State.SENT, self.clock(), lease=o.lease) for o in claim.owed
            ]
            if not outcomes:
                return
            self.clock.forward(seconds=1)

    async def digest(self, reader: Destination) -> str:
        """Write today's digest and send it: its words, part by part."""
        await self.write(reader)
        return "\n".join(words(part) for part in await self.handed() if part)

    async def knows(self, reader: Destination) -> set[str]:
        """Titles of the articles by which it was told something."""
        async with self.storage.read() as work:
            rows = (await work.destinations.record(reader.id))["told"]
            found = [await work.articles.get(row["article_id"]) for row in rows]
        return {stored.article.title for stored in found if stored}


def state_of(content: Digest | None) -> State:
    return State.SENT if content else State.CANCELLED


def words(digest: Digest) -> str:
    """Heading, groups and buttons as lines."""
    lines = [plain(digest.text)]
    for group in digest.groups:
        lines.append(f"# {plain(group.heading)}")
        lines += [
            f"{item.card.title} ({item.card.quality}, {item.outlets})"
            + (f": {plain(item.note)}" if item.note else "")
            for item in group.items
        ]
    lines += [plain(digest.closing)] if digest.closing else []
    lines += [f"[{button.label}]" for row in digest.keyboard for button in row]
    return "\n".join(lines)


async def morning(storage: Database, clock: Clock) -> Morning:
    async with storage.write() as work:
        await work.topics.put(TOPICS, from_file=True)
    return Morning(storage, clock)
