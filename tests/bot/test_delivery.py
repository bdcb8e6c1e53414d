"""The worker against a platform that does what it is told to, over the real queue."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest

from bot.acceptance import ASK_AGAIN
from bot.delivery import LEASE, Delivery
from bot.errors import Ambiguous, Gone, Moved, Rejected, RetryLater, TokenDead
from bot.model import Address, Platform, State
from storage.database import Database
from tests.bot.stage import Stage, settled, working
from tests.conftest import Clock
from tests.storage.queue import alert, readers, states


@pytest.fixture
def stage() -> Stage:
    return Stage()


async def test_everything_owed_is_sent_once(storage: Database, clock: Clock, stage: Stage) -> None:
    await readers(storage, clock, 30)
    await alert(storage, clock, 1)
    async with working(storage, stage, clock):
        await settled(storage, clock, sent=30)
    assert len({chat for chat, _, _ in stage.sent}) == len(stage.sent) == 30


async def test_a_wake_up_sends_without_waiting_for_the_next_look(
    storage: Database, clock: Clock, stage: Stage
) -> None:
    await readers(storage, clock, 1)
    gone_out = asyncio.Event()

    async def hold() -> None:
        gone_out.set()

    stage.hold = hold
    async with working(storage, stage, clock, idle=3600) as delivery:
        await asyncio.sleep(0.1)  # it has looked, and rests
        await alert(storage, clock, 1)
        delivery.wake()
        async with asyncio.timeout(5):
            await gone_out.wait()


async def test_one_chat_that_fails_delays_nobody_else(storage: Database, clock: Clock, stage: Stage) -> None:
    await readers(storage, clock, 5)
    stage.script["r0"] = [RetryLater("later", after=3600)]
    await alert(storage, clock, 1)
    async with working(storage, stage, clock):
        await settled(storage, clock, sent=4, pending=1)
        clock.forward(seconds=3700)
        await settled(storage, clock, sent=5)


async def test_a_lost_answer_is_tried_again_without_its_picture_and_then_called_uncertain(
    storage: Database, clock: Clock, stage: Stage
) -> None:
    await readers(storage, clock, 2)
    stage.script["r0"] = [Ambiguous("lost")]
    stage.script["r1"] = [Ambiguous("lost")] * 3
    await alert(storage, clock, 1)
    async with working(storage, stage, clock):
        await settled(storage, clock, sent=1, uncertain=1)
    assert stage.sent == [("r0", "Story 1", False)]


async def test_a_platform_that_is_down_costs_no_try(storage: Database, clock: Clock, stage: Stage) -> None:
    await readers(storage, clock, 1)
    stage.there = False
    stage.script["r0"] = [Ambiguous("lost")] * 3
    await alert(storage, clock, 1)
    async with working(storage, stage, clock):
        await settled(storage, clock, sent=1)


async def test_a_refused_message_goes_out_as_plain_text(storage: Database, clock: Clock, stage: Stage) -> None:
    await readers(storage, clock, 2)
    stage.script["r0"] = [Rejected("can't parse entities")]
    stage.script["r1"] = [Rejected("can't parse entities"), Rejected("no")]
    await alert(storage, clock, 1)
    async with working(storage, stage, clock):
        await settled(storage, clock, sent=1, rejected=1)
    assert stage.plain == ["r0"]


async def test_a_fault_of_ours_costs_one_message_only(storage: Database, clock: Clock, stage: Stage) -> None:
    await readers(storage, clock, 3)
    stage.script["r1"] = [ZeroDivisionError("a bug in rendering")]
    await alert(storage, clock, 1)
    async with working(storage, stage, clock):
        await settled(storage, clock, sent=2, rejected=1)


async def test_a_chat_that_is_gone_is_parked_and_wakes_with_what_was_owed(
    storage: Database, clock: Clock, stage: Stage
) -> None:
    [person] = await readers(storage, clock, 1)
    stage.script["r0"] = [Gone("blocked by the user")]
    await alert(storage, clock, 1)
    async with working(storage, stage, clock) as delivery:
        await settled(storage, clock, parked=1)
        async with storage.write() as work:
            parked = await work.destinations.get(person.address)
            assert parked is not None
            assert parked.parked == "blocked by the user"
            await work.destinations.wake(person.id)
        delivery.wake()
        await settled(storage, clock, sent=1)


async def test_a_chat_that_moved_gets_its_message_there(storage: Database, clock: Clock, stage: Stage) -> None:
    await readers(storage, clock, 1)
    stage.script["r0"] = [Moved(Address(Platform.WEB, "elsewhere"))]
    await alert(storage, clock, 1)
    async with working(storage, stage, clock):
        await settled(storage, clock, sent=1)
    assert [chat for chat, _, _ in stage.sent] == ["elsewhere"]


async def test_a_refused_token_keeps_the_message_until_it_is_accepted_again(
    storage: Database, clock: Clock, stage: Stage
) -> None:
    await readers(storage, clock, 2)
    stage.script = {"r0": [TokenDead("refused")], "r1": [TokenDead("refused")]}
    stage.refused = TokenDead("refused")
    await alert(storage, clock, 1)
    passed, begun = 0.0, time.monotonic()
    delivery = Delivery(storage, stage, owner="w", clock=clock, monotonic=lambda: passed + time.monotonic() - begun)
    task = asyncio.create_task(delivery.run())

    async def until(condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                delivery.wake()
                await asyncio.sleep(0.01)

    await until(lambda: delivery.fault is not None and stage.asked == 0)
    assert stage.sent == []
    passed = ASK_AGAIN + 1
    await until(lambda: stage.asked == 1)
    assert delivery.fault is not None, "it was asked, and is still refused"
    stage.refused = None
    stage.script.clear()
    passed *= 2
    await until(lambda: delivery.fault is None)
    await settled(storage, clock, sent=2)
    delivery.stop()
    async with asyncio.timeout(5):
        await task


async def test_stopping_records_what_is_in_flight(storage: Database, clock: Clock, stage: Stage) -> None:
    await readers(storage, clock, 3)
    await alert(storage, clock, 1)
    begun, finish = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        begun.set()
        await finish.wait()

    stage.hold = hold
    async with working(storage, stage, clock) as delivery:
        await begun.wait()
        delivery.stop()
        finish.set()
    found = await states(storage)
    assert "leased" not in found
    assert found["sent"] == len(stage.sent) >= 1


async def test_a_send_that_does_not_answer_in_time_is_ambiguous(
    storage: Database, clock: Clock, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sending.SEND_TIMEOUT", 0.05)
    await readers(storage, clock, 1)
    await alert(storage, clock, 1)
    silent = [True]

    async def hold() -> None:
        if silent.pop() if silent else False:
            await asyncio.Event().wait()

    stage.hold = hold
    async with working(storage, stage, clock):
        await settled(storage, clock, sent=1)
    assert len(stage.sent) == 1


async def test_a_frozen_worker_does_not_send_on_a_lease_it_may_have_lost(
    storage: Database, clock: Clock, stage: Stage
) -> None:
    await readers(storage, clock, 1)
    await alert(storage, clock, 1)
    readings = iter([0.0])
    delivery = Delivery(storage, stage, owner="w", clock=clock, monotonic=lambda: next(readings, LEASE))
    await delivery._round()
    await asyncio.gather(*delivery._sending)
    assert stage.sent == []
    await delivery._round()  # it is given back, and costs no try
    async with storage.read() as work:
        assert await work.deliveries.queue() in ({State.PENDING: 1}, {State.LEASED: 1})
