"""The demo's two buttons: publish a sample that this chat would be told, or one that it would not.

The sample takes the whole real way (file, watcher, reader, matching, outbox, claim, render); only its quality is
chosen to clear the chat's bar or to miss it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.matching import Criteria, Reader, deciding, judge, windows
from bot.messages import Answer, Button, Notice
from bot.model import Address, Article, StoredArticle
from bot.ports import Sample, Samples, Storage
from bot.texts import Texts, texts
from bot.topics import Catalogue

MARGIN = 12  # quality points by which a sample clears or misses the bar
PATIENCE = 3.0  # seconds the watcher is given before the answer goes without the article's number


class SampleDemo:
    """`bot.ports.Demo` over a folder of samples that is watched like any other."""

    def __init__(self, storage: Storage, samples: Samples, source: str, *, clock: Callable[[], datetime]) -> None:
        self._storage = storage
        self._samples = samples
        self._source = source
        self._clock = clock

    async def publish(self, address: Address, locale: str, *, wanted: bool) -> Answer:
        """Publish the next sample that fits; says which, or why there is none."""
        now, words = self._clock(), texts(locale)
        async with self._storage.read() as work:
            destination = await work.destinations.get(address)
            catalogue = await work.topics.catalogue()
            reader = await work.told.reader(destination, None, now) if destination else Reader({})
            samples = self._samples.later()
            used = await work.articles.at_paths(self._source, [sample.path for sample in samples])
        if not reader.bars:
            return _say(words, "demo-subscribe-first")
        if reader.paused:
            return _say(words, "demo-paused")
        fitting = [
            (sample, quality)
            for sample in samples
            if sample.path not in used
            and (quality := _quality(sample, catalogue, reader, wanted=wanted)) is not None
        ]
        if fitting:  # a near miss on one's own topic shows more than a topic that is not followed
            own = [pair for pair in fitting if deciding(_criteria(pair[0], catalogue, pair[1]), reader.bars)]
            sample, quality = (own or fitting)[0]
            return await self._publish(sample, quality, words, now, wanted=wanted)
        return _say(words, "demo-none-left")

    async def _publish(self, sample: Sample, quality: int, words: Texts, now: datetime, *, wanted: bool) -> Answer:
        await asyncio.to_thread(self._samples.publish, sample.path, now, quality)
        values: dict[str, str | int] = {
            "title": sample.title,
            "quality": quality,
            "topic": sample.topics[0],
        }
        if wanted:
            return Answer((Notice(words.text("demo-on-its-way", **values)),))
        stored = await self._arrival(sample.path)
        keyboard = ((Button(words.plain("demo-why-not"), f"why:{stored.id}"),),) if stored else ()
        return Answer((Notice(words.text("demo-not-for-you", **values), keyboard=keyboard),))

    async def _arrival(self, path: str) -> StoredArticle | None:
        """The article once the watcher has brought it in."""
        for _ in range(int(PATIENCE / 0.05)):
            async with self._storage.read() as work:
                found = await work.articles.at_paths(self._source, [path])
            if path in found:
                return found[path]
            await asyncio.sleep(0.05)
        return None


def _quality(sample: Sample, catalogue: Catalogue, reader: Reader, *, wanted: bool) -> int | None:
    """The quality with which the sample is told to this reader, or just is not; None = it does not fit."""
    own = sample.quality or 0
    bars = [bar for _, bar in deciding(_criteria(sample, catalogue, own), reader.bars) if bar is not None]
    above = [own, *(bar + MARGIN for bar in bars)]
    below = [max(min(bars) - MARGIN, 0)] if bars else [own]
    for quality in above if wanted else below:
        if (judge(_criteria(sample, catalogue, quality), reader).gate is None) is wanted:
            return quality
    return None


def _criteria(sample: Sample, catalogue: Catalogue, quality: int) -> Criteria:
    article = Article("", sample.path, sample.title, "", quality=quality, topics=sample.topics)
    return Criteria(0, 0, windows(article, catalogue, best_before=None))


def _say(words: Texts, key: str) -> Answer:
    return Answer((Notice(words.text(key)),))
