"""The world of the tour: the whole program on one platform, a month of news, a clock that only the tour moves."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from adapters.sources.frontmatter import read_article
from bot import upkeep
from bot.bootstrap import Application, application
from bot.config import load_settings
from bot.digests.rounds import make_round
from bot.duties import load_topics
from bot.ingest import take
from bot.model import Article, Batch, Destination, FileRead, FileStamp, State, Subscription
from bot.ports import Work
from bot.recaps import end_quiet_hours

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
BEGIN = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)  # a Friday
MONTH = timedelta(days=30)
PATIENCE = 30  # seconds of real time; everything comes within one on a machine that has nothing else to do
VERSION = re.compile(r"\.\d\.md$")  # of a sample that changes
SENDING = timedelta(seconds=10)
A_MOMENT = timedelta(seconds=5)  # between two things that a person does


@dataclass(slots=True)
class World:
    """`now` moves only by what the tour does, so that what is said never depends on the machine."""

    now: datetime = BEGIN
    app: Application = field(init=False)
    _version: int = 0
    _published: dict[str, datetime] = field(default_factory=dict)

    def clock(self) -> datetime:
        return self.now

    async def publish(self, words: str, *, outlets: int | None = None) -> None:
        """Twenty minutes later a sample article with these words in its title or path lands, ten minutes old.

        `outlets` leaves only the first of the related coverage. One that landed before changes where it lies.
        """
        self.now = self.now.replace(second=10) + timedelta(minutes=20)
        article = next(one for one in samples("later") if words in one.title or words in one.path)
        path = VERSION.sub(".md", article.path)
        at = self._published.setdefault(path, self.now - timedelta(minutes=10, seconds=20))
        article = replace(dated(article, at), path=path)
        await self._take(replace(article, related=article.related[:outlets]), self.now)
        await self.deliver()

    async def until(self, day: int, hour: int, minute: int = 0) -> None:
        """Time passes up to then (UTC), and what falls due is sent: digests, recaps."""
        self.now = self.now.replace(day=day, hour=hour, minute=minute, second=0)
        await upkeep.tick(self.app.storage, self.app.rules, self.now, admins=())
        await end_quiet_hours(self.app.storage, self.now, written=_noted)
        await make_round(self.app.storage, self.now, widest=timedelta(0), written=_noted)
        await self.deliver()

    async def deliver(self) -> None:
        """The workers of the program send until nothing more is due, which takes ten seconds by the tour's clock.

        Answers have used up the token's time, so that a message may have to wait for some of them.
        """
        begun = self.now
        working = [asyncio.create_task(worker.run()) for worker in self.app.deliveries]
        try:
            async with asyncio.timeout(PATIENCE):
                while await self._owed():
                    await asyncio.sleep(0.02)
                    self.now = min(self.now + timedelta(seconds=0.5), begun + SENDING)
        finally:
            self.now = begun + SENDING
            for worker in self.app.deliveries:
                worker.stop()
            await asyncio.gather(*working)
            for worker in self.app.deliveries:
                worker.resume()

    async def subscriptions(self) -> dict[str, tuple[int | None, int | None]]:
        """What is stored of the one chat there is: the bars of alerts and digest by topic."""
        async with self.app.storage.read() as work:
            catalogue = await work.topics.catalogue()
            found: list[Subscription] = await work.subscriptions.of((await self._chat(work)).id)
        return {catalogue.by_id(one.topic_id).slug: (one.alert_from, one.digest_from) for one in found}

    async def chat(self) -> Destination:
        """The settings of the one chat there is."""
        async with self.app.storage.read() as work:
            return await self._chat(work)

    async def _chat(self, work: Work) -> Destination:
        (chat,) = await work.destinations.all()
        return chat

    async def _owed(self) -> bool:
        async with self.app.storage.read() as work:
            if State.LEASED in await work.deliveries.queue():
                return True
            calls = await work.deliveries.calls(self.now)
        return any(at <= self.now for at in calls.values())

    async def _take(self, article: Article, now: datetime) -> None:
        self._version += 1
        read = FileRead(article.path, FileStamp(1, self._version), article)
        await take(self.app.storage, Batch(article.source, (read,)), self.app.rules, now)

    async def _remember(self) -> None:
        """A month of news that was there before anybody came: the samples, one after the other."""
        articles = sorted(samples("articles"), key=lambda one: one.title)
        for number, article in enumerate(articles):
            at = BEGIN - MONTH + MONTH * (number + 1) / (len(articles) + 1)
            await self._take(dated(article, at), at)


@asynccontextmanager
async def world(home: Path, made: World, **settings: Any) -> AsyncIterator[World]:
    """The program, wired as always and conversing; its source is the tour itself."""
    chosen = load_settings(
        database_url=f"sqlite+aiosqlite:///{home / 'topicwire.sqlite'}",
        articles=str(home / "articles"),
        topics=SAMPLES / "topics",
        default_locale="en",
        **settings,
    )
    async with application(chosen, clock=made.clock) as app:
        made.app = app
        await app.storage.migrate()
        await load_topics(app.storage, app.topics)
        await made._remember()
        for messenger in app.messengers:
            await messenger.start(app.conversation)
        try:
            yield made
        finally:
            for messenger in app.messengers:
                await messenger.stop()


def samples(folder: str) -> list[Article]:
    """The sample articles of a folder, as the program reads them."""
    files = sorted((SAMPLES / folder).glob("*.md"))
    read = [read_article("articles", file.name, file.read_bytes()) for file in files]
    return [one for one in read if isinstance(one, Article)]


def dated(article: Article, at: datetime) -> Article:
    """The same article as of then, and what others wrote with it."""
    by = at - (article.published_at or at)
    related = tuple(
        replace(one, published_at=one.published_at and min(one.published_at + by, at)) for one in article.related
    )
    return replace(article, published_at=at, related=related)


def _noted() -> None:
    """The workers are started afterwards."""
