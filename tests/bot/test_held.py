"""What is held back and how it meets everything else: the flood guard, the digest, questions about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from bot.digests.rounds import make_round
from bot.model import Kind, Quiet
from bot.upkeep import tick
from storage.database import Database
from storage.tables import deliveries
from tests.bot.newsroom import RULES, TITLES
from tests.bot.night import MORNING, NIGHT, Night, night_of
from tests.conftest import Clock


@pytest.fixture
async def night(storage: Database, clock: Clock) -> Night:
    return await night_of(storage, clock)


async def test_the_flood_guards_digest_joins_the_recap(night: Night) -> None:
    night.rules = replace(RULES, flood_guard=1)
    night.clock.now = NIGHT
    for path in ("a.md", "b.md", "c.md"):
        await night.publish(path)
    night.clock.forward(hours=2)
    await tick(night.storage, night.rules, night.clock(), admins=())
    assert {kind for kind, _, _ in await night.outbox()} == {"alert"}
    await night.moved_on(MORNING)
    assert [len(stories) for stories in await night.recaps()] == [3]


async def test_the_guards_tick_leaves_to_the_recap_what_quiet_hours_held_however_the_two_meet(night: Night) -> None:
    night.rules = replace(RULES, flood_guard=1)
    night.clock.now = NIGHT
    for path in ("a.md", "b.md", "c.md"):
        await night.publish(path)
    night.clock.now = MORNING
    await tick(night.storage, night.rules, MORNING, admins=())  # in one minute with the recap, and before it
    await night.moved_on(MORNING)
    assert [len(stories) for stories in await night.recaps()] == [3]
    await tick(night.storage, night.rules, MORNING, admins=())
    assert [kind for kind, _, _ in await night.outbox()] == ["alert", "recap"]


@pytest.mark.parametrize("said", ["/timezone Berlin", "/quiet 22:00-08:00", "/quiet off"])
async def test_what_a_flood_holds_by_day_is_no_recap_when_a_clock_is_set(night: Night, said: str) -> None:
    night.rules = replace(RULES, flood_guard=1)
    night.clock.now = MORNING + timedelta(hours=5)
    await night.moved_on(night.clock())
    for path in ("a.md", "b.md"):
        await night.publish(path)
    await night.ann.says(said)
    assert await night.recaps() == []
    night.clock.forward(hours=1)
    await tick(night.storage, night.rules, night.clock(), admins=())
    assert [kind for kind, _, _ in await night.outbox()] == ["alert", "digest"]


async def test_a_digest_in_quiet_hours_leaves_to_the_recap_what_they_hold(night: Night) -> None:
    await night.ann.says("/subscribe computer vision 80 digest 70")
    await night.ann.says("/digest 06:00")
    night.clock.now = NIGHT
    await night.publish("a.md", quality=85)
    await night.publish("b.md", quality=75)
    night.clock.forward(hours=1)
    await night.publish("a.md", quality=95)  # nobody has read of it yet, so this is not "more on what you know"
    night.clock.now = MORNING - timedelta(hours=1)
    await make_round(night.storage, night.clock(), widest=timedelta(), written=lambda: None)
    assert await night.digests() == [[2]]
    await night.moved_on(MORNING)
    assert await night.recaps() == [[1]]


async def test_digest_now_says_what_waits_and_does_not_claim_that_it_was_told(night: Night) -> None:
    night.clock.now = NIGHT
    assert "you were told everything" in await night.ann.says("/digest now")
    await night.publish("a.md")
    answer = await night.ann.says("/digest now")
    assert answer == "Nothing new but one story that waits; it comes by itself."
    night.clock.forward(hours=1)
    await night.publish("a.md", quality=95)
    assert await night.ann.says("/digest now") == answer  # not "more on what you know"
    await night.moved_on(MORNING)
    assert "you were told everything" in await night.ann.says("/digest now")


async def test_the_recaps_of_many_take_no_more_statements_than_those_of_a_few(night: Night) -> None:
    """What is written is locked meanwhile, and all sending with it."""
    took: list[int] = []
    for night_of_the_year, chats in enumerate((3, 15)):
        evening = NIGHT + timedelta(days=night_of_the_year)
        night.clock.now = evening
        for number in range(chats):
            made = await night.reader(f"c{number}", ai=60 + number, computer_vision=40 + number)
            asleep = replace(
                made, quiet=Quiet(1320, 420), quiet_since=evening, quiet_until=evening + timedelta(hours=8)
            )
            async with night.storage.write() as work:
                await work.schedules.put([asleep])
        for path in ("a.md", "b.md", "c.md"):
            await night.publish(f"{night_of_the_year}{path}", title=f"{TITLES[path]} {night_of_the_year} once more")
        with statements(night.storage) as asked:
            await night.moved_on(evening + timedelta(hours=8))
        took.append(len(asked))
        async with night.storage.read() as work:
            moved = [one.quiet_until for one in await work.destinations.all() if one.quiet]
        assert set(moved) == {evening + timedelta(days=1, hours=8)}
    async with night.storage.read() as work:
        recaps = select(func.count()).where(deliveries.c.kind == Kind.RECAP)
        assert (await work._connection.scalar(recaps) or 0) > 15
    assert took[0] >= took[1]


@contextmanager
def statements(storage: Database) -> Iterator[list[str]]:
    """What the database is asked by units of work that write."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(storage._writer.sync_engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(storage._writer.sync_engine, "before_cursor_execute", note)


async def test_why_and_status_say_of_what_is_held_that_it_waits_and_until_when(night: Night) -> None:
    night.rules = replace(RULES, flood_guard=1)
    night.clock.now = NIGHT
    await night.publish("a.md")
    await night.publish("b.md")  # one too many for the hour
    held = "You do not have it yet: your quiet hours hold it until 28 November 2026, 07:00 UTC, and it comes"
    assert (await night.ann.says("/why harbour robots")).startswith(held)
    assert "comes with the rest in one message" in (await night.ann.says("/why quiet telescope")).splitlines()[0]
    assert "2 stories wait." in await night.ann.says("/status")
    await night.moved_on(MORNING)
    for words in ("harbour robots", "quiet telescope"):
        assert (await night.ann.says(f"/why {words}")).startswith("You do not have it yet: it is on its way here.")
    await night.sent()
    for words in ("harbour robots", "quiet telescope"):
        assert (await night.ann.says(f"/why {words}")).startswith("You got it on 28 November 2026, 07:00 UTC")
    assert "wait." not in await night.ann.says("/status")
