"""News that must not be lost, repeated or sent against a wish: each of these went wrong once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import upkeep
from bot.broadcasts import course
from bot.ingest import spread
from bot.messages import Mention, Payload
from bot.model import Address, Kind, Platform, State
from bot.ports import Outcome, Pace, Stage
from storage.database import Database
from tests.bot.newsroom import RULES, TITLES, Newsroom, article, newsroom
from tests.conftest import Clock


@pytest.fixture
async def room(storage: Database, clock: Clock) -> Newsroom:
    return await newsroom(storage, clock)


async def test_a_fan_out_that_a_crash_interrupted_is_finished_by_the_next_tick(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.ingest.spread", crash)
    with pytest.raises(KeyboardInterrupt):
        await room.files(article())
    monkeypatch.setattr("bot.ingest.spread", spread)
    assert [who for who, _ in await room.owed()] == ["cv"]  # the first range: those of the topic itself
    await upkeep.tick(room.storage, RULES, room.clock(), admins=())
    assert [who for who, _ in await room.owed()] == ["ai", "cv"]


async def test_a_file_that_is_written_over_with_other_news_is_other_news(room: Newsroom) -> None:
    await room.files(article("today.md", title=TITLES["a.md"], url="https://a.example/1", quality=90))
    verdict = await room.verdict(article("today.md", title=TITLES["b.md"], url="https://a.example/2", quality=85))
    assert verdict == "told"
    again = await room.verdict(article("today.md", title=TITLES["a.md"], url="https://a.example/1", quality=90))
    assert again == "same story"


async def test_another_copy_that_takes_a_file_over_is_the_same_news(room: Newsroom) -> None:
    await room.files(article(quality=80))
    assert await room.verdict(article(url="https://copy.example/9", quality=80)) == "not new"
    reworded = "Harbour robots sort mussels by song"
    assert await room.verdict(article(url="https://copy.example/10", title=reworded)) == "not new"


async def test_two_files_of_one_name_that_move_together_stay_two(room: Newsroom) -> None:
    one = article("x/a.md", url="https://one.example/1", quality=60)
    two = article("y/a.md", url="https://two.example/2", quality=40)
    await room.files(one, two)
    await room.files(replace(one, path="old/x/a.md"), replace(two, path="old/y/a.md"), gone=("x/a.md", "y/a.md"))
    async with room.storage.read() as work:
        found = await work.articles.at_paths("news", ["old/x/a.md", "old/y/a.md"])
    assert {stored.best_quality for stored in found.values()} == {60, 40}
    assert len({stored.id for stored in found.values()}) == 2


async def test_an_article_retracted_by_mistake_reaches_those_who_had_not_got_it(room: Newsroom) -> None:
    await room.files(article())
    await room.files(article(retracted=True))
    assert await room.verdict(article()) == "told"


async def test_pausing_does_not_untell_what_another_reply_showed(room: Newsroom) -> None:
    await room.files(article())
    async with room.storage.write() as work:
        cv = await work.destinations.get(Address(Platform.WEB, "cv"))
        assert cv is not None
        [stored] = await work.articles.find("https://a.example/story")
        room.clock.forward(minutes=1)
        await work.told.tell(cv.id, {stored.story_id: stored.id}, room.clock())  # /latest
        await work.destinations.pause(cv.id, room.clock() + timedelta(hours=1), room.clock())
        assert await work.told.when(cv.id, stored.story_id) is not None


async def test_what_the_flood_guard_held_is_told_once_whatever_happens_at_the_hours_edge(room: Newsroom) -> None:
    room.rules = replace(RULES, flood_guard=1)
    room.clock.now = room.clock().replace(minute=59, second=58)
    await room.files(*(article(path) for path in TITLES))
    late = room.clock()
    room.clock.forward(seconds=5)
    await upkeep.tick(room.storage, room.rules, room.clock(), admins=())
    async with room.storage.write() as work:  # a range of the hour that is over commits after the tick
        for reader in await work.destinations.all():
            await work.told.tell(reader.id, {999: 999}, late)
    for _ in range(3):
        room.clock.forward(hours=1)
        await upkeep.tick(room.storage, room.rules, room.clock(), admins=())
    async with room.storage.read() as work:
        assert await work.deliveries.held(room.clock()) == []


async def test_a_retracted_article_does_not_come_in_the_digest_either(room: Newsroom) -> None:
    room.rules = replace(RULES, flood_guard=1)
    await room.files(*(article(path) for path in ("a.md", "b.md", "c.md")))
    async with room.storage.read() as work:
        [(_, held), _other] = await work.deliveries.held(room.clock() + timedelta(hours=1))
        dropped = await work.articles.get(held[0])
    assert dropped is not None
    await room.files(replace(dropped.article, retracted=True))
    room.clock.forward(hours=1)
    await upkeep.tick(room.storage, room.rules, room.clock(), admins=())
    async with room.storage.write() as work:
        pace = Pace(Platform.WEB, "w", 100.0, 10.0, 0.2)
        claim = await work.deliveries.settle_and_claim(pace, (), limit=9, reserved=9, now=room.clock())
        shown = {card.title for payload in claim.payloads.values() for card in payload.cards}
    assert dropped.article.title not in shown


async def test_pausing_drops_what_the_guard_held_and_what_its_digest_would_have_told(room: Newsroom) -> None:
    async with room.storage.write() as work:
        cv = await work.destinations.get(Address(Platform.WEB, "cv"))
        assert cv is not None
        await work.told.tell(cv.id, {7: 7}, room.clock())
        payload = Payload(key="held-digest", values={"part": 1}, mentions=(Mention(7, 7, 0),))
        await work.deliveries.notify(cv.id, payload, room.clock(), subject=1, kind=Kind.DIGEST)
        await work.destinations.pause(cv.id, room.clock() + timedelta(hours=1), room.clock())
        assert await work.told.when(cv.id, 7) is None
        assert await work.deliveries.queue() == {State.CANCELLED: 1}


async def test_an_answer_to_a_claim_that_lapsed_is_void_even_for_the_same_worker(room: Newsroom) -> None:
    await room.files(article(quality=60))  # one reader
    pace = Pace(Platform.WEB, "w", 100.0, 10.0, 0.2)

    async def claim(*outcomes: Outcome) -> list[Outcome]:
        async with room.storage.write() as work:
            found = await work.deliveries.settle_and_claim(pace, outcomes, limit=9, reserved=0, now=room.clock())
        return [
            Outcome(owed.id, owed.destination.id, State.SENT, room.clock(), lease=owed.lease) for owed in found.owed
        ]

    [late] = await claim()
    room.clock.forward(seconds=11)
    [second] = await claim()
    assert await claim(late) == []
    async with room.storage.read() as work:
        assert await work.deliveries.queue() == {State.LEASED: 1}
    await claim(second)
    async with room.storage.read() as work:
        assert await work.deliveries.queue() == {State.SENT: 1}


async def test_the_guard_holds_for_a_fan_out_that_was_finished_late(room: Newsroom) -> None:
    room.rules = replace(RULES, flood_guard=2)
    await room.files(article("a.md"), article("b.md"))
    room.clock.forward(minutes=30)
    await room.files(article("c.md"), article("d.md"))
    alerts = [who for who, _ in await room.owed()]
    assert alerts.count("cv") == alerts.count("ai") == 2


async def test_a_retraction_edits_what_was_sent_once_however_often_the_file_is_saved(room: Newsroom) -> None:
    await room.files(article())
    pace = Pace(Platform.WEB, "w", rate=100, lease=15, horizon=1)
    async with room.storage.write() as work:
        claim = await work.deliveries.settle_and_claim(pace, [], limit=1, reserved=0, now=room.clock())
        (owed,) = claim.owed
        outcome = Outcome(owed.id, owed.destination.id, State.SENT, room.clock(), "m1", lease=owed.lease)
        await work.deliveries.settle_and_claim(pace, [outcome], limit=0, reserved=0, now=room.clock())
    for quality in (80, 81):
        await room.files(article(retracted=True, quality=quality))
    async with room.storage.read() as work:
        (retraction,) = await work.broadcasts.listed(9)
    assert (retraction.stage, retraction.title) == (Stage.CORRECTING, TITLES["a.md"])
    await course.look(room.storage, room.clock(), admins=(), trusted=lambda _: True)
    async with room.storage.write() as work:
        room.clock.forward(seconds=5)
        claim = await work.deliveries.settle_and_claim(pace, [], limit=9, reserved=9, now=room.clock())
    assert [(o.kind, o.message_id) for o in claim.owed] == [(Kind.UPDATE, "m1")]
    (payload,) = claim.payloads.values()
    assert (payload.key, payload.values) == ("article-retracted", {"title": TITLES["a.md"]})
