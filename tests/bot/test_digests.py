"""What stands in a digest, and what it does to what a reader knows, through the real storage."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.digests import Due, read_news, write_digests
from bot.messages import Digest
from bot.model import Coverage, Provider, State
from bot.texts import plain
from storage.database import Database
from storage.tables import payloads
from tests.bot.morning import TODAY, Morning, morning
from tests.bot.newsroom import TITLES, article
from tests.conftest import Clock

A, B, C, D = TITLES.values()


@pytest.fixture
async def room(storage: Database, clock: Clock) -> Morning:
    return await morning(storage, clock)


async def test_a_digest_groups_by_topic_and_ranks_by_quality_and_coverage(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=50, space=0)
    copies = tuple(
        Coverage(A, f"https://{name}.example/1", Provider(name.title()), 70, room.clock())
        for name in ("gull", "heron", "stork")
    )
    await room.files(
        article("a.md", quality=80, related=copies),
        article("b.md", quality=85, topics=("Space",)),
        article("c.md", quality=83),
        article("d.md", quality=49, topics=("AI",)),
    )
    assert await room.write(ann) == 1
    [digest] = await room.handed()
    assert digest
    assert [(g.heading[0].text, [i.card.title for i in g.items]) for g in digest.groups] == [
        ("AI", [A, C]),  # 80 with four outlets stands above 83 with one
        ("Space", [B]),
        ("Just below your bar", [D]),
    ]
    assert digest.groups[0].items[0].outlets == 4
    assert plain(digest.text) == "Your digest · Fri 27 November\n3 stories on your topics."


async def test_the_nearest_topic_decides_and_one_without_a_digest_bar_keeps_its_stories_out(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=50, computer_vision=90, speech=(60, None))
    await room.files(
        article("a.md", quality=80),
        article("b.md", quality=60, topics=("AI",)),
        article("c.md", quality=95, topics=("Speech",)),
        article("d.md", quality=95),
    )
    said = await room.digest(ann)
    assert said.splitlines()[2:] == [
        "# Computer Vision",
        f"{D} (95, 1)",
        "# AI",
        f"{B} (60, 1)",
        "# Just below your bar",
        f"{A} (80, 1): Computer Vision · 80",
        "[Lower Computer Vision to 80]",
    ]


async def test_an_empty_day_is_silent(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=50)
    await room.files(article("a.md", quality=45))  # a near miss alone is no digest
    assert await room.write(ann) == 0
    assert await room.handed() == []


async def test_a_quiet_day_says_so_instead_of_being_filled_up(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=50)
    await room.files(article("a.md"), article("b.md", quality=20))
    said = await room.digest(ann)
    assert "Only one story this time." in said
    assert B not in said


async def test_one_digest_a_date_whoever_writes_it_again(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=50)
    await room.files(article("a.md"))
    assert await room.write(ann) == 1
    await room.files(article("b.md"))
    assert await room.write(ann) == 0
    assert B not in await room.knows(ann)
    assert await room.write(ann, TODAY + timedelta(days=1)) == 1


async def test_what_a_digest_told_is_not_told_again_as_an_alert(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=(90, 50))
    await room.files(article("a.md", quality=80))
    assert A in await room.digest(ann)
    room.clock.forward(hours=1)
    assert (await room.files(article("a.md", quality=95)))["a.md"].verdict == "same story"


async def test_a_near_miss_that_rises_is_news(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=(60, 60))
    await room.subscriber("ann", ai=(99, 60))
    await room.files(article("a.md", quality=80), article("b.md", quality=55))
    said = await room.digest(ann)
    assert f"{B} (55, 1): AI · 55" in said
    assert B not in await room.knows(ann)
    await room.subscriber("ann", ai=(60, 60))
    assert (await room.files(article("b.md", quality=75)))["b.md"].verdict == "told"


async def test_what_was_being_stored_while_the_last_digest_was_written_is_in_the_next(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=50)
    written = room.clock()
    room.clock.forward(seconds=-20)
    await room.files(article("a.md"))  # began before the digest, and was committed after it
    room.clock.forward(days=1)
    assert await room.write(ann, TODAY + timedelta(days=1), since=written) == 1


# ---------------------------------------------------------------- what the reader knows already


async def test_a_story_told_as_an_alert_vanishes_unless_something_changed(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=(70, 50))
    await room.files(article("a.md", quality=80), article("b.md", quality=80), article("c.md", quality=60))
    await room.handed_alerts()
    room.clock.forward(hours=2)
    late = Coverage(B, "https://gull.example/1", Provider("Gull"), 60, room.clock() - timedelta(minutes=1))
    await room.files(article("b.md", quality=92, related=(late,)))
    said = await room.digest(ann)
    assert A not in said
    assert f"# More on what you know\n{B} (92, 2): quality 80 → 92, one more outlet" in said
    room.clock.forward(hours=1)
    assert await room.write(ann, TODAY + timedelta(days=1)) == 0  # the change is known now, too


async def test_a_stronger_article_on_a_known_story_is_what_changed(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=(70, 50))
    await room.files(article("a.md", quality=80))
    await room.handed_alerts()
    room.clock.forward(hours=1)
    again = article("z.md", title=A, url="https://gull.example/1", quality=99, provider=Provider("Gull"))
    await room.files(again, article("b.md", quality=60))
    said = await room.digest(ann)
    assert f"{A} (99, 2): a stronger article leads it now" in said


# ---------------------------------------------------------------- judged again when sent


async def retract(room: Morning, ann: object) -> None:
    del ann
    await room.files(article("a.md", retracted=True))


async def vanish(room: Morning, ann: object) -> None:
    del ann
    await room.files(gone=("a.md",))


async def mute(room: Morning, ann: object) -> None:
    async with room.storage.write() as work:
        [stored] = await work.articles.find("https://a.example/story")
        await work.destinations.mute(ann.id, stored.story_id, room.clock())  # type: ignore[attr-defined]


async def raise_the_bar(room: Morning, ann: object) -> None:
    del ann
    await room.subscriber("ann", ai=90)


@pytest.mark.parametrize("happens", [retract, vanish, mute, raise_the_bar])
async def test_what_fell_out_since_it_was_written_is_neither_shown_nor_told(
    room: Morning, happens: type[None]
) -> None:
    ann = await room.subscriber("ann", ai=50, space=50)
    await room.files(article("a.md"), article("b.md", topics=("Space",)))
    assert await room.write(ann) == 1
    assert await room.knows(ann) == {A, B}
    await happens(room, ann)  # type: ignore[misc]
    [digest] = await room.handed()
    assert digest
    assert [item.card.title for group in digest.groups for item in group.items] == [B]
    assert "one story" in digest.text[-1].text
    assert await room.knows(ann) == {B}


async def test_a_digest_of_which_nothing_is_left_is_not_sent(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=50)
    await room.files(article("a.md"))
    await room.write(ann)
    async with room.storage.write() as work:
        await work.subscriptions.remove(ann.id, [s.topic_id for s in await work.subscriptions.of(ann.id)])
    assert await room.handed() == [None]
    async with room.storage.read() as work:
        assert await work.deliveries.queue() == {State.CANCELLED: 1}
    assert await room.knows(ann) == set()


async def test_the_strongest_article_at_the_time_of_sending_leads(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=50)
    await room.files(article("a.md", quality=80))
    await room.write(ann)
    await room.files(article("z.md", title=A, url="https://gull.example/1", quality=99))
    [digest] = await room.handed()
    assert digest
    assert digest.groups[0].items[0].card.url == "https://gull.example/1"


async def test_pausing_drops_a_digest_that_waits_and_what_it_would_have_told(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=50)
    await room.files(article("a.md"))
    await room.write(ann)
    async with room.storage.write() as work:
        await work.destinations.pause(ann.id, room.clock() + timedelta(hours=1), room.clock())
    assert await room.handed() == []
    assert await room.knows(ann) == set()
    assert await room.write(ann) == 0  # nothing is owed in a pause


# ---------------------------------------------------------------- many readers, many stories


async def test_readers_of_the_same_bars_share_one_payload_unless_they_know_something(room: Morning) -> None:
    readers = [await room.subscriber(name, ai=50) for name in ("ann", "ben", "cid")]
    await room.files(article("a.md"), article("b.md"))
    async with room.storage.write() as work:
        [stored] = await work.articles.find("https://a.example/story")
        await work.told.tell(readers[2].id, {stored.story_id: stored.id}, room.clock())
        news = await read_news(work, room.since, room.clock(), await work.topics.catalogue())
        due = [Due(reader.id, room.since, TODAY) for reader in readers]
        assert await write_digests(work, due, news, room.clock()) == {reader.id: 1 for reader in readers}
        bodies = (await work._connection.execute(payloads.select().where(payloads.c.article_id.is_(None)))).all()
    assert len(bodies) == 2
    assert sorted(len(items(digest)) for digest in await room.handed() if digest) == [1, 2, 2]


async def test_a_long_digest_comes_in_parts_and_leaves_the_rest_to_a_button(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=0)
    many = [
        replace(article(f"{number}.md", quality=100 - number), title=f"Number {number} " + "w" * 110)
        for number in range(30)
    ]
    await room.files(*many)
    assert await room.write(ann) == 2
    parts = [part for part in await room.handed() if part]
    assert [plain(part.text).partition("\n")[0] for part in parts] == [
        "Your digest · Fri 27 November (1 of 2)",
        "Your digest · Fri 27 November (2 of 2)",
    ]
    shown = [title for part in parts for title in items(part)]
    assert shown == [one.title for one in many[:20]]
    assert [button.label for part in parts for row in part.keyboard for button in row] == ["Show more"]
    assert len(await room.knows(ann)) == 20


def items(digest: Digest) -> list[str]:
    return [item.card.title for group in digest.groups for item in group.items]
