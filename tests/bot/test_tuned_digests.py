"""Filters, outlets and stories that are followed, where news waits: in the digest and in quiet hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.digests import Due, read_news, write_digests
from bot.model import Coverage, Destination, Provider, Quiet, QuietMode
from bot.preferences import Filters
from bot.recaps import moved_on
from storage.database import Database
from storage.tables import deliveries
from tests.bot.morning import TODAY, Morning, morning
from tests.bot.newsroom import TITLES, article
from tests.conftest import Clock

A, B, C, D = TITLES.values()
TEXT = "Harbour robots learn to sort mussels by their singing voices"


@pytest.fixture
async def room(storage: Database, clock: Clock) -> Morning:
    return await morning(storage, clock)


async def filter_all(room: Morning, reader: Destination, filters: Filters) -> None:
    async with room.storage.write() as work:
        await work.destinations.filter(reader.id, filters)


async def filter_topic(room: Morning, reader: Destination, slug: str, filters: Filters) -> None:
    async with room.storage.write() as work:
        topic = (await work.topics.catalogue()).get(slug)
        assert topic
        own = next(s for s in await work.subscriptions.of(reader.id) if s.topic_id == topic.id)
        await work.subscriptions.refine(replace(own, filters=filters))


async def test_filters_hold_back_in_the_digest_what_they_hold_back_as_alerts(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=50)
    await filter_all(room, ann, Filters(exclude=("mussels",)))
    bob = await room.subscriber("bob", ai=50)
    await room.files(article("a.md"), article("b.md"), article("c.md", quality=45, title="Mussels again, nearly"))
    async with room.storage.write() as work:
        news = await read_news(work, room.since, room.clock(), await work.topics.catalogue())
        due = [Due(reader.id, room.since, TODAY) for reader in (ann, bob)]
        await write_digests(work, due, news, room.clock())
    first, second = await room.handed()
    assert first
    assert second
    assert [i.card.title for g in first.groups for i in g.items] == [B]
    assert sorted(i.card.title for g in second.groups for i in g.items) == [A, "Mussels again, nearly", B]
    assert await room.knows(ann) == {B}


async def test_words_of_one_topic_leave_the_others_alone(room: Morning) -> None:
    ann = await room.subscriber("ann", computer_vision=50, space=50)
    await filter_topic(room, ann, "computer-vision", Filters(require=("galaxies",)))
    await room.files(
        article("a.md"),
        article("b.md"),
        article("d.md", topics=("Space",)),
        article("c.md", topics=("Computer Vision", "Space")),
    )
    said = await room.digest(ann)
    assert A not in said
    assert all(title in said for title in (B, C, D)), "C comes through Space"


async def test_a_story_is_shown_by_the_strongest_article_that_the_filters_let_pass(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=50)
    await filter_all(room, ann, Filters(muted=("Bay",)))
    bay = article("b.md", title=TEXT, quality=95, provider=Provider("Bay", "bay.example"))
    await room.files(article("a.md", title=TEXT, quality=80), bay)
    assert f"{TEXT} (80" in await room.digest(ann)
    await room.files(article("a.md", title=TEXT, quality=80, retracted=True))
    bob = await room.subscriber("bob", ai=50)
    await filter_all(room, bob, Filters(muted=("Bay",)))
    assert await room.write(bob) == 0


async def test_a_filter_made_after_a_digest_was_written_counts_when_it_is_sent(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=50)
    await room.files(article("a.md"), article("b.md"))
    assert await room.write(ann) == 1
    await filter_all(room, ann, Filters(exclude=("mussels",)))
    [digest] = await room.handed()
    assert digest
    assert [i.card.title for g in digest.groups for i in g.items] == [B]
    assert await room.knows(ann) == {B}


async def test_numbers_of_outlets_are_no_ratings_of_a_digest(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=3)
    patient = await room.subscriber("patient", ai=(None, None))
    async with room.storage.write() as work:
        [own] = await work.subscriptions.of(patient.id)
        await work.subscriptions.refine(replace(own, outlets_from=3))
    carried = tuple(
        Coverage(TEXT, f"https://{name}.example/1", Provider(name.title(), f"{name}.example"), 70, room.clock())
        for name in ("gull", "heron", "stork", "tern")
    )
    await room.files(article("a.md", title=TEXT, quality=1))
    await room.files(article("a.md", title=TEXT, quality=1, related=carried))
    assert await room.write(ann) == 0, "it is carried by five outlets, and rated 1"
    assert [name for name, _ in await room.owed()] == ["patient"]


async def held(room: Morning) -> list[tuple[str, bool]]:
    """(kind, whether it waits for a moment) of all that is pending."""
    async with room.storage.read() as work:
        rows = await work._connection.execute(
            select(deliveries.c.kind, deliveries.c.due_at)
            .where(deliveries.c.state == "pending")
            .order_by(deliveries.c.id)
        )
        return [(row.kind, row.due_at is not None) for row in rows]


async def quiet(room: Morning, reader: Destination, mode: QuietMode, bar: int = 0) -> Destination:
    """Quiet hours that run now; they began an hour ago."""
    minute = room.clock().hour * 60 + room.clock().minute
    hours = Quiet((minute - 60) % 1440, (minute + 60) % 1440, mode, bar)
    async with room.storage.write() as work:
        [after] = await moved_on(work, [replace(reader, quiet=hours)], room.clock())
        await work.schedules.put([after])
    return after


async def test_news_on_a_followed_story_waits_for_the_recap_and_is_told_in_it(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=(70, None))
    await room.files(article("a.md", title=TEXT))
    await room.handed_alerts()
    async with room.storage.write() as work:
        (story,) = {row["story_id"] for row in (await work.destinations.record(ann.id))["told"]}
        await work.follows.put(ann.id, story, room.clock())
    ann = await quiet(room, ann, QuietMode.HOLD)
    await room.files(article("b.md", title=TEXT, quality=12))
    assert await held(room) == [("follow", True)]
    room.clock.forward(hours=1)
    async with room.storage.write() as work:
        await work.schedules.put(await moved_on(work, [ann], room.clock()))
    [recap] = await room.handed()
    assert recap
    assert [i.card.title for g in recap.groups for i in g.items] == [TEXT]
    assert await held(room) == []


async def followed(room: Morning) -> tuple[Destination, int]:
    """A reader of alerts and digests who was told a story and follows it."""
    ann = await room.subscriber("ann", ai=(70, 50))
    await room.files(article("a.md", title=TEXT))
    await room.handed_alerts()
    async with room.storage.write() as work:
        (story,) = {row["story_id"] for row in (await work.destinations.record(ann.id))["told"]}
        await work.follows.put(ann.id, story, room.clock())
    room.clock.forward(hours=1)
    return ann, story


async def test_a_digest_does_not_repeat_what_came_as_news_on_a_followed_story(room: Morning) -> None:
    ann, story = await followed(room)
    await room.files(article("b.md", title=TEXT, url="https://gull.example/1", quality=99))
    assert await held(room) == [("follow", False)]
    room.clock.forward(hours=1)
    assert await room.write(ann) == 0, "she has it"
    async with room.storage.write() as work:
        await work.follows.remove(ann.id, story)
    await room.files(article("c.md", title=TEXT, url="https://tern.example/1", quality=120), gone=("b.md",))
    assert f"{TEXT} (120, 1): a stronger article leads it now" in await room.digest(ann)


async def test_news_on_a_followed_story_that_waited_a_day_becomes_a_line_of_a_digest(room: Morning) -> None:
    ann, story = await followed(room)
    await room.files(article("b.md", title=TEXT, quality=12))
    room.clock.forward(hours=25)
    async with room.storage.write() as work:
        assert await work.deliveries.expire(room.clock(), older_than=room.clock() - timedelta(hours=24)) == 1
        room.clock.forward(hours=1)
        [(destination, stories)] = await work.deliveries.held(room.clock())
    assert (destination.id, stories) == (ann.id, [story])


async def test_in_quiet_hours_with_a_bar_a_carried_story_is_judged_by_its_rating(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=(None, None))
    async with room.storage.write() as work:
        [own] = await work.subscriptions.of(ann.id)
        await work.subscriptions.refine(replace(own, outlets_from=2))
    await quiet(room, ann, QuietMode.BAR, 3)  # a number between the outlets and the ratings
    related = (Coverage(TEXT, "https://gull.example/1", Provider("Gull", "gull.example"), 70, room.clock()),)
    await room.files(article("a.md", title=TEXT, quality=60, related=related))
    assert await held(room) == [("alert", False)], "60 is above 3, though 2 outlets are not"
    await quiet(room, ann, QuietMode.BAR, 70)
    await room.files(
        article("b.md", quality=60, related=(replace(related[0], title=B, url="https://gull.example/2"),))
    )
    assert (await held(room))[1:] == [("alert", True)]
