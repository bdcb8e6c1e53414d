"""A bar that is a number of outlets: who carries a story, and when that is enough for somebody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.model import Article, Coverage, Provider, Subscription
from bot.preferences import Filters
from bot.related import outlets
from bot.stories import outlet_domain
from storage.database import Database
from tests.bot.newsroom import Newsroom, article, newsroom
from tests.conftest import Clock

TITLE = "Harbour robots learn to sort mussels by their singing"


def covered(*domains: str) -> tuple[Coverage, ...]:
    """Coverage of the same news: the same title elsewhere."""
    return tuple(
        Coverage(TITLE, f"https://{domain}/mussels", Provider(domain.partition(".")[0], domain), 40)
        for domain in domains
    )


def weak(path: str = "a.md", **changes: object) -> Article:
    return article(path, quality=10, title=TITLE, **changes)


async def patient(room: Newsroom, name: str, count: int, **refined: object) -> int:
    """A reader of Computer Vision from 90, or once so many outlets carry a story."""
    destination = await room.reader(name, computer_vision=90)
    async with room.storage.write() as work:
        [own] = await work.subscriptions.of(destination.id)
        await work.subscriptions.refine(replace(own, outlets_from=count, **refined))  # type: ignore[arg-type]
    return destination.id


@pytest.mark.parametrize(
    ("domain", "url", "outlet"),
    [
        ("news.bbc.co.uk", "https://x.example/1", "bbc.co.uk"),
        ("", "https://www.wsj.com/articles/1", "wsj.com"),
        ("", "https://anna.github.io/post", "anna.github.io"),
        ("WSJ.com", "", "wsj.com"),
        ("localhost", "", "localhost"),
        ("", "https://[broken", "the wire"),
    ],
)
def test_outlet_is_its_registrable_domain(domain: str, url: str, outlet: str) -> None:
    assert outlet_domain(Provider("The Wire", domain), url) == outlet


def test_outlets_of_one_domain_and_other_news_do_not_count() -> None:
    one = weak(related=covered("uk.wire.example", "us.wire.example", "post.example"))
    stranger = Coverage("A balloon crosses the marshes without a pilot", "https://far.example/1", Provider("Far"))
    assert outlets([one]) == 3, "its own, wire.example and post.example"
    assert outlets([replace(one, related=(*one.related, stranger))]) == 3
    assert outlets([one, weak("b.md", url="https://bay.example/1", provider=Provider("Bay", "bay.example"))]) == 4


async def test_story_is_told_once_it_is_carried_by_enough_and_only_once(storage: Database, clock: Clock) -> None:
    room = await newsroom(storage, clock)
    await patient(room, "patient", 3)
    assert await room.verdict(weak()) == "below bar"
    assert await room.verdict(weak(related=covered("wire.example"))) == "not new"
    assert await room.verdict(weak(related=covered("wire.example", "post.example"))) == "told"
    assert await room.owed() == [("patient", TITLE)]
    await room.verdict(weak(related=covered("wire.example")))
    await room.verdict(weak(related=covered("wire.example", "post.example", "bay.example")))
    assert await room.owed() == [("patient", TITLE)]


async def test_outlets_come_with_other_articles_of_the_story_and_the_strongest_tells_it(
    storage: Database, clock: Clock
) -> None:
    room = await newsroom(storage, clock)
    await patient(room, "patient", 2)
    await room.verdict(weak())
    joining = weak("b.md", url="https://bay.example/1", provider=Provider("Bay", "bay.example"))
    strong = replace(joining, title=f"{TITLE} again", quality=30, related=covered("harbor.example"))
    assert await room.verdict(strong) == "told"
    assert await room.owed() == [("patient", f"{TITLE} again")]


async def test_lists_that_shrink_and_grow_again_bring_nothing_old_to_a_new_reader(
    storage: Database, clock: Clock
) -> None:
    room = await newsroom(storage, clock)
    await patient(room, "first", 9)
    await room.verdict(weak(related=covered("wire.example", "post.example")))
    await patient(room, "second", 3)
    await room.verdict(weak(related=covered("wire.example")))
    assert await room.verdict(weak(related=covered("wire.example", "post.example"))) == "not new"
    assert await room.owed() == []


async def test_what_was_not_counted_while_nobody_waited_is_found_in_the_version_before(
    storage: Database, clock: Clock
) -> None:
    room = await newsroom(storage, clock)
    await room.verdict(weak(related=covered("wire.example", "post.example")), baseline=True)
    await patient(room, "late", 3)
    await patient(room, "later", 4)
    more = covered("wire.example", "post.example", "bay.example")
    assert await room.verdict(weak(related=more)) == "told"
    assert await room.owed() == [("later", TITLE)], "three outlets carried it before anybody waited"


async def test_quality_alone_still_tells_and_filters_hold_either_back(storage: Database, clock: Clock) -> None:
    room = await newsroom(storage, clock)
    await patient(room, "patient", 3)
    await patient(room, "choosy", 3, filters=Filters(exclude=("mussels",)))
    assert await room.verdict(weak(related=covered("wire.example"))) == "below bar"
    assert await room.verdict(article(quality=95, title=TITLE, related=covered("wire.example"))) == "told"
    assert [name for name, _ in await room.owed()] == ["ai", "cv", "patient"]


async def test_old_news_is_not_told_whoever_carries_it_now(storage: Database, clock: Clock) -> None:
    room = await newsroom(storage, clock)
    await patient(room, "patient", 3)
    await room.verdict(weak())
    clock.forward(days=4)
    await room.verdict(weak(related=covered("wire.example", "post.example")))
    assert await room.owed() == []


async def test_a_subscription_keeps_its_outlets_when_its_bar_changes(storage: Database, clock: Clock) -> None:
    room = await newsroom(storage, clock)
    destination = await patient(room, "patient", 3)
    async with storage.write() as work:
        [own] = await work.subscriptions.of(destination)
        await work.subscriptions.put(Subscription(destination, own.topic_id, 40, 20), clock())
        [changed] = await work.subscriptions.of(destination)
    assert (changed.alert_from, changed.digest_from, changed.outlets_from) == (40, 20, 3)
