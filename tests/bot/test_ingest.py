"""What is news, gate by gate, through the real storage."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import upkeep
from bot.model import (
    Address,
    Coverage,
    FileRefused,
    Platform,
    Provider,
    State,
)
from storage.codec import load_payload
from storage.database import Database
from storage.tables import deliveries, payloads
from tests.bot.newsroom import RULES, TITLES, Newsroom, article, newsroom
from tests.conftest import Clock


@pytest.fixture
async def room(storage: Database, clock: Clock) -> Newsroom:
    return await newsroom(storage, clock)


# ---------------------------------------------------------------- gate 1


async def test_a_new_article_is_told_to_each_reader_whose_bar_it_clears(room: Newsroom) -> None:
    assert await room.verdict(article()) == "told"
    assert await room.verdict(article("b.md", quality=60)) == "told"
    assert await room.verdict(article("c.md", quality=40)) == "below bar"
    assert await room.owed() == [("ai", TITLES["a.md"]), ("cv", TITLES["a.md"]), ("ai", TITLES["b.md"])]


async def test_a_refused_file_is_reported_and_disturbs_nobody(room: Newsroom) -> None:
    found = await room.files(FileRefused("bad.md", "The front matter is not closed."), article())
    assert (found["bad.md"].verdict, found["a.md"].verdict) == ("refused", "told")
    async with room.storage.read() as work:
        rows = await work.sources.stamps("news")
    assert set(rows) == {"bad.md", "a.md"}


async def test_a_draft_is_news_when_it_is_published(room: Newsroom) -> None:
    draft = article(published=False)
    assert await room.verdict(draft) == "draft"
    assert await room.verdict(replace(draft, excerpt="better words")) == "draft"
    assert await room.verdict(replace(draft, published=True)) == "told"
    assert await room.verdict(draft) == "draft"
    assert await room.verdict(replace(draft, published=True)) == "not new"


async def test_published_false_beside_heat_is_the_sites_ranking_and_no_veto(room: Newsroom) -> None:
    assert await room.verdict(article(published=False, heat=-1)) == "told"


async def test_published_only_makes_it_a_veto(room: Newsroom) -> None:
    room.rules = replace(RULES, published_only=True)
    assert await room.verdict(article(published=False, heat=-1)) == "draft"
    assert await room.verdict(article(published=True, heat=90)) == "told"


async def test_a_retracted_article_is_not_told_and_what_was_owed_is_cancelled(room: Newsroom) -> None:
    assert await room.verdict(article("b.md", retracted=True)) == "retracted"
    await room.files(article())
    assert await room.verdict(article(retracted=True)) == "retracted"
    async with room.storage.read() as work:
        assert await work.deliveries.queue() == {State.CANCELLED: 2}


# ---------------------------------------------------------------- gate 2


@pytest.mark.parametrize(
    ("age", "verdict"),
    [(71.9, "told"), (72.1, "stale"), (-23.9, "told"), (-24.1, "waiting")],
)
async def test_freshness_counts_from_the_publication_date(room: Newsroom, age: float, verdict: str) -> None:
    assert await room.verdict(article(published_at=room.clock() - timedelta(hours=age))) == verdict


async def test_no_limit_and_no_date(room: Newsroom) -> None:
    room.rules = replace(RULES, fresh_hours=0)
    assert await room.verdict(article(published_at=room.clock() - timedelta(days=900))) == "told"
    assert await room.verdict(article("b.md", published_at=None)) == "told"


async def test_an_article_without_a_date_grows_old_from_when_it_was_first_seen(room: Newsroom) -> None:
    await room.files(article(published_at=None, quality=40))
    room.clock.forward(hours=73)
    assert await room.verdict(article(published_at=None, quality=90)) == "stale"


async def test_an_article_that_waits_for_its_date_is_told_when_it_comes(room: Newsroom) -> None:
    due = room.clock() + timedelta(hours=30)
    assert await room.verdict(article(published_at=due)) == "waiting"
    room.clock.forward(hours=5)
    await upkeep.tick(room.storage, RULES, room.clock(), admins=())
    assert await room.owed() == []
    room.clock.forward(hours=2)
    await upkeep.tick(room.storage, RULES, room.clock(), admins=())
    await upkeep.tick(room.storage, RULES, room.clock(), admins=())
    assert len(await room.owed()) == 2


# ---------------------------------------------------------------- gate 3


async def test_an_article_that_rises_is_told_to_those_whose_bar_it_newly_clears(room: Newsroom) -> None:
    await room.files(article(quality=55))
    assert await room.owed() == [("ai", TITLES["a.md"])]
    await room.files(article(quality=75))
    await room.files(article(quality=50))
    assert await room.verdict(article(quality=75)) == "not new"
    assert await room.owed() == [("ai", TITLES["a.md"]), ("cv", TITLES["a.md"])]


async def test_the_card_of_a_risen_article_says_second_look(room: Newsroom) -> None:
    await room.files(article(quality=10))
    await room.files(article(quality=75))
    async with room.storage.read() as work:
        bodies = await work._connection.scalars(select(payloads.c.body).order_by(payloads.c.id))
        looks = [load_payload(body).cards[0].second_look for body in bodies]
    assert looks == [False, True]


async def test_a_topic_that_an_article_newly_has_is_new_for_its_readers(room: Newsroom) -> None:
    await room.reader("space", space=70)
    await room.files(article())
    await room.files(article(topics=("Computer Vision", "Space")))
    await room.files(article(topics=("Computer Vision",)))
    await room.files(article(topics=("Computer Vision", "Space")))
    assert [who for who, _ in await room.owed()] == ["ai", "cv", "space"]


async def test_an_unrated_article_is_told_to_those_without_a_bar_and_to_others_once_it_is_rated(
    room: Newsroom,
) -> None:
    await room.reader("any", ai=0)
    await room.files(article(quality=None))
    assert await room.owed() == [("any", TITLES["a.md"])]
    await room.files(article(quality=60))
    assert [who for who, _ in await room.owed()] == ["any", "ai"]


async def test_the_nearest_named_topic_decides(room: Newsroom) -> None:
    await room.reader("picky", ai=30, computer_vision=90)
    await room.files(article(quality=80, topics=("AI", "Computer Vision")))
    await room.files(article("b.md", quality=40, topics=("AI",)))
    assert ("picky", TITLES["a.md"]) not in await room.owed()
    assert ("picky", TITLES["b.md"]) in await room.owed()


async def test_nothing_old_arrives_after_a_baseline_a_new_subscription_a_move_or_a_return(room: Newsroom) -> None:
    assert await room.verdict(article(), baseline=True) == "known"
    await room.reader("late", computer_vision=10)
    assert await room.verdict(article(excerpt="new words")) == "not new"
    assert await room.verdict(article("archive/a.md"), gone=("a.md",)) == "not new"
    await room.files(gone=("archive/a.md",))
    assert await room.verdict(article("archive/a.md")) == "not new"
    assert await room.verdict(article("a.md"), gone=("archive/a.md",)) == "not new"
    assert await room.owed() == []


async def test_a_name_that_says_nothing_is_no_move(room: Newsroom) -> None:
    await room.files(article("x/index.md", title="First words of the first page ever", url="https://x.example/1"))
    verdict = await room.verdict(
        article("y/index.md", title="First words of the first page ever", url="https://x.example/2"),
        gone=("x/index.md",),
    )
    assert verdict == "same story"


async def test_a_subscription_made_later_covers_what_rises_later(room: Newsroom) -> None:
    await room.files(article(quality=40), baseline=True)
    await room.files(article(quality=75))
    assert [who for who, _ in await room.owed()] == ["ai", "cv"]


# ---------------------------------------------------------------- gates 4 to 7


async def test_a_muted_story_and_a_paused_chat_are_owed_nothing(room: Newsroom) -> None:
    paused = await room.reader("paused", computer_vision=0)
    async with room.storage.write() as work:
        await work.destinations.pause(paused.id, room.clock() + timedelta(hours=1), room.clock())
    await room.files(article(quality=60))
    async with room.storage.write() as work:
        [story] = await work.articles.find("https://a.example/story")
        cv = await work.destinations.get(Address(Platform.WEB, "cv"))
        assert cv is not None
        await work.destinations.mute(cv.id, story.story_id, room.clock())
    assert await room.verdict(article(quality=90)) == "muted"
    assert [who for who, _ in await room.owed()] == ["ai"]


async def test_the_same_story_from_another_outlet_is_not_told_again(room: Newsroom) -> None:
    await room.files(article())
    found = await room.files(article("other.md", title=TITLES["a.md"], url="https://other.example/x", quality=95))
    assert found["other.md"].verdict == "same story"
    assert "a.md" in found["other.md"].detail


async def test_of_one_storys_articles_the_strongest_is_told_and_the_others_stand_under_it(room: Newsroom) -> None:
    found = await room.files(
        article("weak.md", title=TITLES["a.md"], quality=72, provider=Provider("Weak Weekly")),
        article("strong.md", title=TITLES["a.md"], quality=99),
    )
    assert (found["strong.md"].verdict, found["weak.md"].verdict) == ("told", "superseded")
    async with room.storage.read() as work:
        its_payload = select(payloads.c.body).join(deliveries, deliveries.c.payload_id == payloads.c.id).distinct()
        [body] = await work._connection.scalars(its_payload)
    card = load_payload(body).cards[0]
    assert (card.quality, [c.provider.name for c in card.coverage]) == (99, ["Weak Weekly"])


async def test_a_stronger_article_that_a_reader_does_not_get_silences_nothing(room: Newsroom) -> None:
    await room.reader("space", space=70)
    await room.files(
        article("weak.md", title=TITLES["a.md"], quality=72, topics=("Space",)),
        article("strong.md", title=TITLES["a.md"], quality=99, topics=("Computer Vision",)),
    )
    assert sorted(who for who, _ in await room.owed()) == ["ai", "cv", "space"]


async def test_a_stronger_related_item_that_is_no_article_here_silences_nothing(room: Newsroom) -> None:
    stronger = Coverage(TITLES["a.md"], "https://big.example/1", Provider("Big"), 120)
    assert await room.verdict(article(heat=-1, published=False, related=(stronger,))) == "told"


async def test_the_flood_guard_makes_one_digest_of_the_rest(room: Newsroom) -> None:
    room.rules = replace(RULES, flood_guard=2)
    found = await room.files(*(article(path) for path in TITLES))
    assert {verdict.verdict for verdict in found.values()} == {"told"}
    assert len(await room.owed()) == 4
    room.clock.forward(hours=1)
    admin = Address(Platform.WEB, "admin")
    await upkeep.tick(room.storage, room.rules, room.clock(), admins=(admin,))
    await upkeep.tick(room.storage, room.rules, room.clock(), admins=(admin,))
    async with room.storage.read() as work:
        kinds = (await work._connection.scalars(select(deliveries.c.kind))).all()
    assert (kinds.count("alert"), kinds.count("digest"), kinds.count("notice")) == (4, 2, 1)


# ---------------------------------------------------------------- changes and restarts


async def test_noise_in_a_file_tells_nobody(room: Newsroom) -> None:
    await room.files(article())
    for words in ("one", "two", "three"):
        assert await room.verdict(article(excerpt=words)) == "not new"


async def test_an_unknown_topic_joins_the_catalogue(room: Newsroom) -> None:
    assert await room.verdict(article(topics=("Basket Weaving",))) == "no reader"
    async with room.storage.read() as work:
        assert (await work.topics.catalogue()).find("basket-weaving") is not None


async def test_a_batch_that_is_taken_twice_tells_once(room: Newsroom) -> None:
    await room.files(article(), article("b.md"))
    await room.files(article(), article("b.md"))
    assert len(await room.owed()) == 4
