"""What quiet hours held, through the real fan-out, queue and worker: one recap, and every story told once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import planning
from bot.digests import write_held
from bot.model import State
from bot.recaps import end_quiet_hours
from storage.database import Database
from tests.bot.newsroom import TITLES
from tests.bot.night import MORNING, NIGHT, PACE, Night, night_of
from tests.conftest import Clock


@pytest.fixture
async def night(storage: Database, clock: Clock) -> Night:
    return await night_of(storage, clock)


async def test_held_alerts_wait_off_the_queue_and_come_as_one_recap(night: Night) -> None:
    await night.publish("a.md")
    assert await night.outbox() == [("alert", "pending", False)]  # it was not quiet yet
    night.clock.now = NIGHT
    await night.publish("b.md")
    await night.publish("c.md", quality=95)
    assert (await night.outbox())[1:] == [("alert", "pending", True)] * 2
    await night.moved_on(MORNING - timedelta(minutes=1))
    assert await night.recaps() == []
    await night.moved_on(MORNING)
    assert len(await night.recaps()) == 1
    assert len((await night.recaps())[0]) == 2
    assert (await night.outbox())[1:3] == [("alert", "expired", True)] * 2
    await night.moved_on(MORNING + timedelta(minutes=1))
    assert len(await night.recaps()) == 1
    assert len(await night.told()) == 3


async def test_a_worker_does_not_wake_what_is_held_even_when_its_time_has_come(night: Night) -> None:
    night.clock.now = NIGHT
    await night.publish("a.md")
    assert await night.claimed() == 0
    night.clock.now = MORNING + timedelta(seconds=30)
    assert await night.claimed() == 0  # the recap is the tick's to write
    await night.moved_on(night.clock())
    assert await night.claimed() == 1


async def test_what_was_withdrawn_or_is_no_longer_wanted_is_left_out_and_given_back(night: Night) -> None:
    night.clock.now = NIGHT
    for path in ("a.md", "b.md"):
        await night.publish(path)
    await night.publish("a.md", retracted=True)
    await night.moved_on(MORNING)
    assert [len(stories) for stories in await night.recaps()] == [1]
    assert len(await night.told()) == 1


async def test_a_stronger_article_of_the_story_stands_for_it(night: Night) -> None:
    night.clock.now = NIGHT
    await night.publish("a.md", quality=75)
    await night.publish("b.md", title=TITLES["a.md"], quality=95)  # the same story, from elsewhere
    await night.moved_on(MORNING)
    [[article_id]] = await night.recaps()
    async with night.storage.read() as work:
        found = await work.articles.get(article_id)
    assert found
    assert found.article.quality == 95


async def test_all_withdrawn_is_no_recap(night: Night) -> None:
    night.clock.now = NIGHT
    await night.publish("a.md")
    await night.publish("a.md", retracted=True)
    await night.moved_on(MORNING)
    assert await night.recaps() == []
    assert await night.told() == {}


async def test_a_bar_lets_the_best_through(night: Night) -> None:
    await night.ann.says("/quiet 22:00-07:00 bar 90")
    night.clock.now = NIGHT
    await night.publish("a.md", quality=90)
    await night.publish("b.md", quality=89)
    assert await night.outbox() == [("alert", "pending", False), ("alert", "pending", True)]


async def test_silence_holds_nothing(night: Night) -> None:
    await night.ann.says("/quiet 22:00-07:00 silent")
    night.clock.now = NIGHT
    await night.publish("a.md")
    assert await night.outbox() == [("alert", "pending", False)]


@pytest.mark.parametrize(
    "said", ["/quiet off", "/quiet 22:00-07:00 silent", "/quiet 01:00-07:00", "/timezone Tokyo"]
)
async def test_a_change_that_ends_them_brings_what_was_held_at_once(night: Night, said: str) -> None:
    night.clock.now = NIGHT
    await night.publish("a.md")
    answer = await night.ann.says(said)
    assert [len(stories) for stories in await night.recaps()] == [1], answer
    if said.startswith("/quiet"):
        assert "comes now" in answer


async def test_a_change_that_prolongs_them_holds_what_was_held_for_longer(night: Night) -> None:
    night.clock.now = NIGHT
    await night.publish("a.md")
    assert "One story waits." in await night.ann.says("/quiet 22:00-09:00")
    await night.moved_on(MORNING + timedelta(hours=1))
    assert await night.recaps() == []
    await night.moved_on(MORNING + timedelta(hours=2))
    assert [len(stories) for stories in await night.recaps()] == [1]


async def test_what_was_queued_before_they_began_is_held_by_the_worker(night: Night) -> None:
    await night.publish("a.md")
    night.clock.now = NIGHT
    async with night.storage.write() as work:
        claim = await work.deliveries.settle_and_claim(PACE, [], limit=9, reserved=0, now=NIGHT)
        outcomes = [planning.held(owed, NIGHT) for owed in claim.owed]
        await work.deliveries.settle_and_claim(PACE, outcomes, limit=0, reserved=0, now=NIGHT)
    assert await night.outbox() == [("alert", "pending", True)]
    await night.moved_on(MORNING)
    assert [len(stories) for stories in await night.recaps()] == [1]


async def test_a_worker_that_holds_what_nobody_holds_any_more_delays_it_by_a_tick_at_most(night: Night) -> None:
    await night.publish("a.md")
    night.clock.now = NIGHT
    async with night.storage.write() as work:
        claim = await work.deliveries.settle_and_claim(PACE, [], limit=9, reserved=0, now=NIGHT)
    await night.ann.says("/quiet off")  # while it is on its way
    async with night.storage.write() as work:
        outcomes = [planning.held(owed, NIGHT) for owed in claim.owed]
        await work.deliveries.settle_and_claim(PACE, outcomes, limit=0, reserved=0, now=NIGHT)
    await night.moved_on(NIGHT + timedelta(minutes=1))
    assert [len(stories) for stories in await night.recaps()] == [1]


async def test_a_pause_drops_what_is_held_and_a_parked_chat_gets_it_when_it_is_back(night: Night) -> None:
    night.clock.now = NIGHT
    await night.publish("a.md")
    await night.ann.conversation.unreachable(night.ann.address, "blocked")
    await night.moved_on(MORNING)
    assert await night.recaps() == []
    await night.ann.conversation.reachable(night.ann.address)
    await night.moved_on(MORNING + timedelta(minutes=5))
    assert [len(stories) for stories in await night.recaps()] == [1]
    night.clock.now = NIGHT + timedelta(days=1)
    await night.publish("b.md")
    await night.ann.says("/pause 1h")
    await night.moved_on(MORNING + timedelta(days=1))
    assert len(await night.recaps()) == 1


async def test_a_fault_half_way_leaves_the_night_as_it_was(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    night.clock.now = NIGHT
    await night.publish("a.md")

    async def failing(*arguments: object, **options: object) -> dict[int, int]:
        await write_held(*arguments, **options)  # type: ignore[arg-type]
        raise RuntimeError("after the recap was written")

    monkeypatch.setattr("bot.recaps.write_held", failing)
    await night.moved_on(MORNING)
    assert await night.outbox() == [("alert", "pending", True)]
    monkeypatch.undo()
    await night.moved_on(MORNING + timedelta(minutes=1))
    assert [len(stories) for stories in await night.recaps()] == [1]


async def test_two_owners_at_once_write_one_recap(night: Night) -> None:
    night.clock.now = NIGHT
    await night.publish("a.md")
    night.clock.now = MORNING
    await asyncio.gather(*(end_quiet_hours(night.storage, MORNING, written=lambda: None) for _ in range(3)))
    assert [len(stories) for stories in await night.recaps()] == [1]


async def test_the_end_comes_once_even_for_quiet_hours_with_a_break_of_a_minute(night: Night) -> None:
    await night.ann.says("/quiet 07:01-07:00")
    night.clock.now = NIGHT
    await night.publish("a.md")
    await night.moved_on(MORNING + timedelta(minutes=2))  # the tick was late
    assert [len(stories) for stories in await night.recaps()] == [1]


async def test_a_rejected_recap_gives_its_stories_back(night: Night) -> None:
    night.clock.now = NIGHT
    await night.publish("a.md")
    await night.moved_on(MORNING)
    async with night.storage.write() as work:
        claim = await work.deliveries.settle_and_claim(PACE, [], limit=9, reserved=9, now=MORNING)
        [owed] = claim.owed
        outcome = replace(planning.put_back(owed, MORNING), state=State.REJECTED)
        await work.deliveries.settle_and_claim(PACE, [outcome], limit=0, reserved=0, now=MORNING)
    assert await night.told() == {}
