"""What the archive counts is what its articles say, on both databases."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cards import card_of
from bot.forecast import Territory, territory
from bot.matching import Criteria, level
from bot.messages import Payload
from bot.model import Address, Article, Platform
from bot.ports import Period, Save
from storage.database import Database
from tests.bot.talk import TOPICS
from tests.conftest import Clock

NAMES = {"ai": 1, "computer-vision": 2, "face-recognition": 3, "image-search": 4, "space": 5}


@dataclass(frozen=True)
class Kept:
    """One article of the archive, as the naive counts below see it."""

    id: int
    story: int
    dated: datetime
    topics: frozenset[int]
    fresh: int | None
    best: int | None


def covered(kept: Kept, places: Territory) -> bool:
    return bool(kept.topics & places.own or (kept.topics & places.shared and not kept.topics & places.nearer))


async def filled(storage: Database, now: datetime, count: int) -> tuple[list[Kept], dict[str, int]]:
    """An archive of many stories, some of several articles; drafts, stale and unrated ones among them."""
    dice = random.Random(7)  # noqa: S311 - a world, not a secret
    async with storage.write() as work:
        await work.topics.put(TOPICS, from_file=True)
        ids = {topic.slug: topic.id for topic in await work.topics.catalogue()}
        kept: list[Kept] = []
        for number in range(count):
            topics = frozenset(dice.sample(sorted(ids[slug] for slug in NAMES), dice.randint(1, 3)))
            dated = now - timedelta(minutes=dice.randrange(60 * 24 * 40))
            quality = dice.choice([None, dice.randint(0, 120)])
            fate = dice.choice(["news", "news", "news", "stale", "draft"])
            joined = dice.choice([None, *[k.story for k in kept if k.story][-3:]]) if fate != "draft" else None
            url = f"https://x.example/{number}"
            article = Article("a", f"{number}.md", f"T{number}", url, published_at=dated, quality=quality)
            save = Save(article, None, joined, tuple(topics), counts=fate != "draft", news=fate == "news")
            [stored] = await work.articles.put([save], now)
            reached = level(quality)
            fresh = reached if fate == "news" else None
            best = reached if fate != "draft" else None
            kept.append(Kept(stored.id, stored.story_id, dated, topics, fresh, best))
    return kept, ids


async def test_the_archive_counts_what_its_articles_say(storage: Database, clock: Clock) -> None:
    now = clock()
    kept, ids = await filled(storage, now, 150)
    period = Period(now - timedelta(days=30), now)
    async with storage.write() as work:
        catalogue = await work.topics.catalogue()
        anna = await work.destinations.ensure(
            Address(Platform.WEB, "anna"), title="", locale="en", timezone="UTC", now=now
        )
        within = [k for k in kept if k.dated >= period.since]
        muted = {k.story for k in within[::7] if k.story}
        for story in muted:
            await work.destinations.mute(anna.id, story, now)
        ai, vision = catalogue.get("ai"), catalogue.get("computer-vision")
        assert ai
        assert vision
        assert await work.archive.begins(period) == min(k.dated for k in within if k.fresh is not None)
        for places in (
            territory(catalogue, ai),
            territory(catalogue, ai, {ids["face-recognition"]}),
            territory(catalogue, vision),
        ):
            mine = [k for k in within if covered(k, places)]
            assert 20 < len(mine) < len(within)
            strongest: dict[int, int] = {}
            for k in mine:
                if k.fresh is not None:
                    strongest[k.story] = max(strongest.get(k.story, 0), k.fresh)
            assert dict(await work.archive.levels(places, period)) == Counter(strongest.values())
            for bar in (0, 50, 90):
                hits = {story for story, reached in strongest.items() if reached >= bar}
                moments = await work.archive.moments(places, period, bar)
                assert sum(moments.values()) == len(hits)
                firsts = [
                    min(k.dated for k in mine if k.story == s and k.fresh is not None and k.fresh >= bar)
                    for s in hits
                ]
                assert all(
                    sum(n for m, n in moments.items() if m <= at < m + timedelta(minutes=15)) for at in firsts
                )
                told = [k for k in mine if k.fresh is not None and k.fresh >= bar]
                held = await work.archive.withheld(places, period, bar, anna.id)
                assert held.repeated == len(told) - len(hits)
                assert held.stale == sum(
                    k.best is not None and k.best >= bar > (-1 if k.fresh is None else k.fresh) for k in mine
                )
                assert held.unsendable == sum(k.best is None for k in mine)
                assert held.muted == len(hits & muted)
                found = await work.archive.strongest(places, period, bar, 5)
                assert [strongest[s.story_id] for s in found] == sorted((strongest[s] for s in hits), reverse=True)[
                    :5
                ]
            for reached in sorted(set(strongest.values()))[::5]:
                example = await work.archive.example(places, period, reached)
                surpassed = {k.story for k in kept if k.fresh is not None and k.fresh > reached}
                candidates = [k for k in mine if k.fresh == reached and k.story not in surpassed]
                newest = max(candidates, key=lambda k: k.dated, default=None)
                assert (example and example.id) == (newest and newest.id)


async def test_outlets_are_known_where_they_were_counted_and_arrival_where_a_change_brought_it(
    storage: Database, clock: Clock
) -> None:
    begun = clock()
    kept, ids = await filled(storage, begun, 40)
    later = clock.forward(hours=5)
    period = Period(begun - timedelta(days=30), later)
    async with storage.write() as work:
        catalogue = await work.topics.catalogue()
        ai = catalogue.get("ai")
        assert ai
        places = territory(catalogue, ai)
        mine = {k.story for k in kept if k.dated >= period.since and covered(k, places) and k.fresh is not None}
        two, many, uncounted, *_ = sorted(mine)
        await work.articles.carried(two, 2)
        await work.articles.carried(many, 7)
        await work.articles.uncounted([uncounted])
        assert await work.archive.outlets(places, period, 3) == {many: 7, uncounted: None}
        assert sum((await work.archive.levels(places, period, {many, uncounted})).values()) == 2
        nothing = await work.archive.moments(places, period, 10_000, {many, two})
        assert sum(nothing.values()) == 2, "whatever the bar"
        article = Article("a", "late.md", "Late", "https://x.example/late", published_at=begun, quality=150)
        [late] = await work.articles.put([Save(article, None, None, (ids["ai"],), counts=True, news=True)], later)
        await work.deliveries.owe(
            Criteria(late.id, late.story_id, ()), Payload(cards=(card_of(late, (), catalogue),)), later
        )
        known = await work.archive.moments(places, period, 150, known=True)
        assert known == {later: 1}
        assert await work.archive.moments(places, period, 150) == {begun: 1}
        old = await work.archive.moments(places, period, 0, known=True)
        assert set(old) - {later} <= set(await work.archive.moments(places, period, 0)), "a first look keeps dates"
