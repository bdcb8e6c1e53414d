"""One digest on three platforms: a day's sample articles, three readers, real clients against loopback servers.

Tests look at what came; `scripts/digest_pictures.py` draws it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from adapters.discord.messenger import DiscordMessenger
from adapters.sources.frontmatter import read_article
from adapters.sources.samples import SampleFolder
from adapters.sources.topics import read_topics
from adapters.telegram.messenger import TelegramMessenger
from adapters.web.messenger import WebMessenger
from adapters.web.render import Pages
from bot.delivery import Delivery
from bot.digests import write_digest
from bot.ingest import Rules, take
from bot.model import Address, Article, Batch, FileRead, FileStamp, Kind, Platform, State, Subscription
from bot.ports import Messenger
from bot.texts import texts
from storage.database import Database
from tests.adapters.discord_chat import NEWS, small_server
from tests.emulators.discord import TOKEN as DISCORD_TOKEN
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_records import Sent as DiscordSent
from tests.emulators.discord_rules import Rules as DiscordRules
from tests.emulators.telegram import TOKEN as TELEGRAM_TOKEN
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_records import Sent as TelegramSent
from tests.emulators.telegram_rules import Rules as TelegramRules

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
ANN = 7
EVENING = datetime(2026, 11, 27, 21, tzinfo=UTC)
NIGHT = timedelta(hours=11)
RULES = Rules(fresh_hours=72, published_only=False, flood_guard=20)
TURNS = 1500  # looks at the queue before it counts as stuck
BARS: dict[str, tuple[int | None, int | None]] = {  # alert, digest
    "computer-vision": (110, 60),
    "ai": (None, 80),
    "oceans": (None, 50),
    "space": (None, 70),
}
READERS = (
    Address(Platform.TELEGRAM, str(ANN)),
    Address(Platform.DISCORD, str(NEWS)),
    Address(Platform.WEB, "anna"),
)


@dataclass(slots=True)
class Night:
    """The platforms, the program's parts, and a clock that the test moves."""

    storage: Database
    telegram: TelegramEmulator
    discord: DiscordEmulator
    messengers: tuple[Messenger, ...]
    home: Path
    locale: str = "en"
    now: datetime = EVENING
    version: int = 0

    def clock(self) -> datetime:
        return self.now

    @property
    def refused(self) -> list[object]:
        return [*self.telegram.refused, *self.discord.refused]

    async def publish(self, *articles: Article) -> None:
        self.version += 1
        read = tuple(FileRead(one.path, FileStamp(1, self.version), one) for one in articles)
        await take(self.storage, Batch("samples", read), RULES, self.now)

    def samples(self) -> list[Article]:
        """The sample articles, dated by the clock."""
        SampleFolder(SAMPLES, self.home / "articles").prepare(self.now)
        files = sorted((self.home / "articles").glob("*.md"))
        read = [read_article("samples", file.name, file.read_bytes()) for file in files]
        return [one for one in read if isinstance(one, Article)]

    async def subscribe(self) -> None:
        async with self.storage.write() as work:
            topics, _ = read_topics(SAMPLES / "topics")
            await work.topics.put(topics, from_file=True)
            catalogue = await work.topics.catalogue()
            for address in READERS:
                reader = await work.destinations.ensure(
                    address, title="", locale=self.locale, timezone="UTC", now=self.now
                )
                for slug, bars in BARS.items():
                    topic = catalogue.get(slug)
                    assert topic, slug
                    await work.subscriptions.put(Subscription(reader.id, topic.id, *bars), self.now)

    async def write(self, on: date) -> list[int]:
        """A digest for everybody; how many parts each has."""
        async with self.storage.write() as work:
            catalogue = await work.topics.catalogue()
            return [
                await write_digest(work, reader, since=EVENING - NIGHT, now=self.now, on=on, catalogue=catalogue)
                for reader in await work.destinations.all()
            ]

    async def deliver(self) -> None:
        """Workers send until nothing is owed; the clock runs meanwhile."""
        workers = [Delivery(self.storage, one, owner="w", clock=self.clock) for one in self.messengers]
        running = [asyncio.create_task(worker.run()) for worker in workers]
        try:
            for _ in range(TURNS):
                async with self.storage.read() as work:
                    queue = await work.deliveries.queue()
                if not queue.keys() & {State.PENDING, State.LEASED}:
                    return
                self.now += timedelta(seconds=0.3)
                await asyncio.sleep(0.01)
            raise TimeoutError(queue)
        finally:
            for worker in workers:
                worker.stop()
            await asyncio.gather(*running)

    @property
    def heading(self) -> str:
        """The words with which every part of a digest begins."""
        return texts(self.locale).plain("digest", date="", part=1, parts=1).partition(" ·")[0]

    def on_telegram(self) -> list[TelegramSent]:
        return [sent for sent in self.telegram.sent if self.heading in sent.text]

    def on_discord(self) -> list[DiscordSent]:
        return [sent for sent in self.discord.sent if self.heading in sent.text]

    async def on_the_page(self) -> list[str]:
        """The digests on the chat page as HTML."""
        async with self.storage.read() as work:
            lines = await work.transcripts.since("anna", 0)
        return [html for line in lines if self.heading in (html := Pages().line(line, self.now))]


@asynccontextmanager
async def night(storage: Database, home: Path, locale: str = "en") -> AsyncIterator[Night]:
    async with (
        TelegramEmulator(rules=TelegramRules(rates="off")) as telegram,
        small_server(DiscordRules(rates="off")) as discord,
    ):
        telegram.add_chat(ANN)
        made = Night(storage, telegram, discord, (), home, locale)
        clock: Callable[[], datetime] = made.clock
        made.messengers = (
            TelegramMessenger(TELEGRAM_TOKEN, api_url=telegram.root, rate=25.0, clock=clock),
            DiscordMessenger(
                DISCORD_TOKEN, api_url=discord.api_url, gateway_url=discord.gateway_url, clock=clock, rate=40.0
            ),
            WebMessenger(storage, host="127.0.0.1", port=0, password=None, clock=clock),
        )
        try:
            yield made
        finally:
            for messenger in made.messengers[:2]:
                await messenger.stop()


async def told_overnight(there: Night) -> None:
    """An evening with alerts, a night in which one of them gains weight, and a digest in the morning."""
    await there.subscribe()
    articles = there.samples()
    await there.publish(*articles)
    await there.deliver()
    there.now += NIGHT
    async with there.storage.read() as work:
        reader = (await work.destinations.all())[0]
        sent = [d for d in await work.deliveries.of(reader.id, 50) if d.kind is Kind.ALERT and d.payload]
    titles = {d.payload.cards[0].title for d in sent if d.payload}
    risen = next(one for one in articles if one.title in titles)
    await there.publish(replace(risen, quality=(risen.quality or 0) + 14))
    await there.write((EVENING + NIGHT).date())
    await there.deliver()
