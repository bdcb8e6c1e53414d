"""What is held back and how it meets everything else: the flood guard, the digest, questions about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.digests.rounds import make_round
from bot.model import Quiet
from bot.recaps import AT_ONCE, end_quiet_hours
from bot.upkeep import tick
from storage.database import Database
from tests.bot.newsroom import RULES
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


async def test_many_recaps_are_written_a_few_at_a_time_so_that_sending_goes_on_meanwhile(night: Night) -> None:
    """On PostgreSQL a page of 500 held its rows for 19 s on a busy machine, and all sending with them."""
    for number in range(2 * AT_ONCE):
        made = await night.reader(f"c{number}")
        over = replace(made, quiet=Quiet(1320, 420), quiet_since=NIGHT, quiet_until=MORNING)
        async with night.storage.write() as work:
            await work.schedules.put([over])
    pages: list[None] = []
    await end_quiet_hours(night.storage, MORNING, written=lambda: pages.append(None))
    async with night.storage.read() as work:
        moved = [one.quiet_until for one in await work.destinations.all() if one.quiet]
    assert moved == [MORNING + timedelta(days=1)] * (2 * AT_ONCE + 1)
    assert len(pages) == 3  # and the one whom the night is about


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
