"""What becomes of a broadcast that is confirmed: planned, withdrawn, paused, listed; and who may do it."""

from __future__ import annotations

import pytest

from bot.broadcasts import course
from bot.model import Address, Platform, State
from bot.ports import Stage
from storage.database import Database
from tests.bot.editors import ADMINS, LENS, look, queue, readers, stages
from tests.bot.talk import Talk, publish, talk_of
from tests.conftest import Clock

pytestmark = pytest.mark.sqlite


@pytest.fixture
async def desk(storage: Database, clock: Clock) -> Talk:
    return await talk_of(storage, clock, admins=ADMINS)


# ---------------------------------------------------------------- later, cancelled, listed


async def test_a_broadcast_is_planned_moved_and_cancelled_in_the_admins_zone(desk: Talk, clock: Clock) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    async with desk.storage.write() as work:
        await work.destinations.ensure(desk.address, title="", locale="en", timezone="Europe/Berlin", now=clock())
    await desk.says(f"/broadcast {LENS}")
    assert "28 November 2026, 09:00 (Europe/Berlin)" in await desk.says("/broadcast at tomorrow 9:00")
    assert "to about 2" in await desk.says("/broadcasts")
    assert "1 December 2026, 18:30" in await desk.says("/broadcasts 1 at 2026-12-01 18:30")
    clock.forward(days=3)
    await look(desk)
    assert await stages(desk) == [Stage.SCHEDULED]
    assert "is cancelled" in await desk.presses("Cancel")
    clock.forward(days=3)
    await look(desk)
    assert await stages(desk) == [Stage.CANCELLED]
    assert (await queue(desk)) == {}


async def test_an_old_button_does_not_send_at_once_what_is_planned(desk: Talk) -> None:
    await readers(desk, 3)
    await desk.says("/broadcast text: Good morning")
    old = next(button.action or "" for button in desk.buttons() if button.label.startswith("Send to"))
    await desk.says("/broadcast at tomorrow 9:00")
    assert "this broadcast is planned by now" in await desk.acts(old)
    assert await stages(desk) == [Stage.SCHEDULED]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("at yesterday", "I cannot read a time"),
        ("at 2026-11-27 11:59", "is over already"),
        ("at 2030-01-01 9:00", "more than a year ahead"),
        ("at 2026-02-30 9:00", "I cannot read a time"),
    ],
)
async def test_an_impossible_time_changes_nothing(desk: Talk, typed: str, words: str) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    await desk.says(f"/broadcast {LENS}")
    assert words in await desk.says(f"/broadcast {typed}")
    assert await stages(desk) == []


async def test_a_planned_one_leaves_at_its_time_to_those_who_are_there_then(desk: Talk, clock: Clock) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    await desk.says(f"/broadcast {LENS}")
    await desk.says("/broadcast at in 2 hours")
    await readers(desk, 3, "computer-vision", "de")
    clock.forward(hours=2)
    await look(desk)
    await look(desk)
    async with desk.storage.read() as work:
        (found,) = await work.broadcasts.listed(5)
    assert (found.stage, found.total, found.written) == (Stage.RUNNING, 5, 5)


async def test_one_that_an_admin_of_the_past_planned_is_not_sent_and_the_admins_are_told(
    desk: Talk, clock: Clock
) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    await desk.says(f"/broadcast {LENS}")
    await desk.says("/broadcast at in 2 hours")
    clock.forward(hours=2)
    other = Address(Platform.TELEGRAM, "8")
    await course.look(desk.storage, clock(), admins=(other,), trusted=lambda _: False)
    assert await stages(desk) == [Stage.CANCELLED]
    async with desk.storage.read() as work:
        told = await work.destinations.get(other)
        assert told is not None
        (record,) = await work.deliveries.of(told.id, 5)
    assert record.payload is not None
    assert record.payload.key == "broadcast-orphan"


async def told(desk: Talk, address: Address) -> list[str]:
    """The sentences that a chat is owed, by their keys."""
    async with desk.storage.read() as work:
        found = await work.destinations.get(address)
        records = await work.deliveries.of(found.id, 9) if found else []
    return [record.payload.key for record in records if record.payload]


async def test_an_admin_who_is_removed_in_the_middle_hears_no_more_and_the_others_do(
    desk: Talk, clock: Clock
) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    await desk.says(f"/broadcast {LENS}")
    await desk.presses("Send to 2")
    other = Address(Platform.TELEGRAM, "8")
    await course.look(desk.storage, clock(), admins=(other,), trusted=lambda _: False)
    await desk.says("/broadcasts 1 stop")
    for _ in range(2):
        await course.look(desk.storage, clock(), admins=(other,), trusted=lambda _: False)
    assert await stages(desk) == [Stage.STOPPED]
    assert await told(desk, desk.address) == []
    assert await told(desk, other) == ["broadcast-receipt-stopped"]


async def test_whoever_takes_it_back_reads_how_far_that_is(desk: Talk) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    await desk.says(f"/broadcast {LENS}")
    await desk.presses("Send to 2")
    await look(desk)
    desk.sender, desk.address = "8", Address(Platform.TELEGRAM, "8")
    await desk.says("/broadcasts 1 recall")
    await desk.presses("Yes, take back 0")
    await look(desk)
    assert "broadcast-receipt-recalling" in await told(desk, desk.address)


# ---------------------------------------------------------------- who may


async def test_to_others_there_is_no_desk(desk: Talk) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    await desk.says(f"/broadcast {LENS}")
    desk.sender = "9"
    stranger = await desk.says("/nonsense")
    assert (await desk.says("/broadcast x")).replace("broadcast", "nonsense").split(".")[0] == stranger.split(".")[
        0
    ]
    assert "cannot" in (await desk.acts("bc:send:1")).casefold() or desk.last.toast
    assert "draft" not in (await desk.says("SEND")).casefold()
    assert await stages(desk) == []


async def test_in_a_group_of_telegram_nobody_reads_along(desk: Talk) -> None:
    desk.private = False
    assert "in our private chat" in await desk.says("/broadcast x y")


async def test_two_admins_at_once_send_it_once(desk: Talk) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    await desk.says(f"/broadcast {LENS}")
    assert "has begun" in await desk.acts("bc:send:1")
    desk.sender = "8"
    assert "this broadcast is being sent by now" in await desk.acts("bc:send:1")
    assert "being sent" in await desk.acts("bc:cancel:1")
    assert await stages(desk) == [Stage.RUNNING]


async def test_the_trail_says_who_did_what_to_how_many(desk: Talk, clock: Clock) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    await desk.says(f"/broadcast {LENS}")
    await desk.presses("Send to 2")
    await look(desk)
    clock.forward(minutes=1)
    desk.sender = "8"
    assert "Paused: 2 wait" in await desk.says("/broadcasts 1 pause")
    words = await desk.says("/broadcasts 1")
    assert "today 12:00 · telegram:7 sent it to 2" in words
    assert "today 12:01 · telegram:8 paused it" in words
    assert desk.labels() == ["Go on", "Stop", "Take back"]
    assert "It goes on" in await desk.presses("Go on")
    assert "paused" not in (await desk.says("/broadcasts")).casefold()
    assert "may stand pause" in await desk.says("/broadcasts 1 dance")


# ---------------------------------------------------------------- withdrawn by its publisher


async def test_a_draft_of_an_article_that_was_withdrawn_is_not_sent(desk: Talk) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    await desk.says(f"/broadcast {LENS}")
    await publish(desk, LENS, retracted=True)
    assert "was withdrawn by its publisher" in await desk.says("SEND")
    assert "was withdrawn by its publisher" in await desk.acts("bc:send:1")


async def test_a_planned_one_whose_article_was_withdrawn_is_not_sent_and_its_author_is_told(
    desk: Talk, clock: Clock
) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    await desk.says(f"/broadcast {LENS}")
    await desk.says("/broadcast at in 2 hours")
    await publish(desk, LENS, retracted=True)
    clock.forward(hours=2)
    await look(desk)
    async with desk.storage.read() as work:
        planned = await work.broadcasts.get(1)
        mine = await work.destinations.get(desk.address)
        assert planned is not None
        assert mine is not None
        keys = [one.payload.key for one in await work.deliveries.of(mine.id, 9) if one.payload]
    assert planned.stage is Stage.CANCELLED
    assert keys == ["broadcast-pulled"]


async def test_one_under_way_reaches_nobody_more_once_its_article_is_withdrawn(
    desk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.broadcasts.course.WINDOW", 2)
    await publish(desk, LENS)
    await readers(desk, 5)
    await desk.says(f"/broadcast {LENS}")
    await desk.presses("Send to 5")
    await look(desk)
    assert (await queue(desk))[State.PENDING] == 3  # a window of two, and the progress
    await publish(desk, LENS, retracted=True)
    await look(desk)
    async with desk.storage.read() as work:
        found = await work.broadcasts.get(1)
        assert found is not None
        tally = await work.broadcasts.tally(found, of_update=False)
    assert (found.stage, found.written, tally.open) == (Stage.STOPPED, 2, 0)
