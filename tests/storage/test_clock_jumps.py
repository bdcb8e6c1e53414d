"""The wall clock is set while messages flow: sending goes on, and nothing is sent twice."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.delivery import Delivery
from bot.duties import run_all_now
from bot.messages import Content
from bot.model import Address, Platform
from bot.ports import Pace
from bot.wallclock import JUMP, notice_jumps
from storage.database import Database
from storage.tokens import MOST_AHEAD
from tests.bot.stage import Stage
from tests.conftest import Clock
from tests.storage.queue import alert, readers, states

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


class Post(Stage):
    """Takes everything, each message after a moment, and wants a second between two to a chat."""

    rate = 200.0

    async def send(
        self, address: Address, content: Content, *, locale: str, nonce: str, now: datetime, silent: bool = False
    ) -> str:
        await asyncio.sleep(0.05)
        return await super().send(address, content, locale=locale, nonce=nonce, now=now, silent=silent)

    def spacing(self, address: Address) -> float:  # noqa: ARG002
        return 1.0


@pytest.mark.parametrize("hours", [-1, 1])
async def test_sending_continues_within_seconds_and_nobody_is_told_twice(storage: Database, hours: int) -> None:
    loop = asyncio.get_running_loop()
    begun, offset = loop.time(), timedelta()

    def clock() -> datetime:
        return NOW + timedelta(seconds=loop.time() - begun) + offset

    await readers(storage, Clock(NOW), 60)
    await alert(storage, Clock(NOW), 1)
    post = Post()
    worker = Delivery(storage, post, owner="w", clock=clock)
    async with asyncio.timeout(20):
        working = asyncio.create_task(worker.run())
        while len(post.sent) < 20:
            await asyncio.sleep(0.005)
        offset = timedelta(hours=hours)
        jumped_at = loop.time()
        while len(post.sent) < 60:
            await asyncio.sleep(0.005)
        print(f"the other 40 took {loop.time() - jumped_at:.2f} s")
        await alert(storage, Clock(clock()), 2)  # everybody had a message a moment ago
        worker.wake()
        while len(post.sent) < 120:
            await asyncio.sleep(0.005)
        print(f"and all 60 again {loop.time() - jumped_at:.2f} s")
        worker.stop()
        await working
    assert sorted(chat for chat, _, _ in post.sent) == sorted([f"r{number}" for number in range(60)] * 2)
    assert await states(storage) == {"sent": 120}


def pace(**changes: object) -> Pace:
    return Pace(Platform.WEB, "w", 25.0, 15.0, 0.2, **changes)  # type: ignore[arg-type]


async def test_a_rest_that_a_platform_asked_for_lasts_as_long_as_it_asked(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 3)
    await alert(storage, clock, 1)

    async def claimed(**changes: object) -> int:
        async with storage.write() as work:
            claim = await work.deliveries.settle_and_claim(pace(**changes), (), limit=1, reserved=0, now=clock())
        return len(claim.owed)

    assert await claimed() == 1
    clock.forward(seconds=1)
    assert await claimed(flooded=30.0) == 0
    clock.forward(hours=-1)
    assert await claimed() == 0
    clock.forward(seconds=28)
    assert await claimed() == 0
    clock.forward(seconds=4)
    assert await claimed() == 1


async def test_a_worker_keeps_what_it_is_sending_when_the_clock_jumps_ahead(
    storage: Database, clock: Clock
) -> None:
    await readers(storage, clock, 1)
    await alert(storage, clock, 1)

    async def claim(**changes: object) -> tuple[int, ...]:
        async with storage.write() as work:
            found = await work.deliveries.settle_and_claim(pace(**changes), (), limit=8, reserved=0, now=clock())
        return tuple(owed.id for owed in found.owed)

    sending = await claim()
    assert len(sending) == 1
    clock.forward(hours=1)
    assert await claim(sending=sending) == ()
    assert await claim() == sending, "of one that does not know of it, it has lapsed"


async def test_a_small_step_back_is_waited_out(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 2)
    await alert(storage, clock, 1)
    async with storage.write() as work:
        first = await work.deliveries.settle_and_claim(pace(), (), limit=1, reserved=0, now=clock())
        clock.forward(seconds=-MOST_AHEAD / 2)
        second = await work.deliveries.settle_and_claim(pace(), (), limit=1, reserved=0, now=clock())
        clock.forward(seconds=MOST_AHEAD / 2 + 1)
        third = await work.deliveries.settle_and_claim(pace(), (), limit=1, reserved=0, now=clock())
    assert (len(first.owed), len(second.owed), len(third.owed)) == (1, 0, 1)


# ---------------------------------------------------------------- the clock that drives the ticks


@pytest.mark.parametrize(
    ("step", "noticed"), [(3600.0, True), (-3600.0, True), (JUMP - 1, False), (1 - JUMP, False)]
)
async def test_a_jump_is_noticed_once_and_a_correction_is_not(clock: Clock, step: float, noticed: bool) -> None:
    looks, jumps, passed = 0, 0, 0.0

    async def sleep(seconds: float) -> None:
        nonlocal looks, passed
        looks += 1
        passed += seconds
        clock.forward(seconds=seconds + (step if looks == 3 else 0))
        if looks == 10:
            raise asyncio.CancelledError

    def jumped() -> None:
        nonlocal jumps
        jumps += 1

    with contextlib.suppress(asyncio.CancelledError):
        await notice_jumps(jumped, clock=clock, monotonic=lambda: passed, sleep=sleep)
    assert jumps == noticed


async def test_every_job_runs_again_after_a_jump() -> None:
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"misfire_grace_time": None})
    ran: list[str] = []
    for name in ("tick", "poll"):
        far = datetime.now(UTC) + timedelta(hours=1)
        scheduler.add_job(ran.append, "interval", [name], minutes=1, id=name, next_run_time=far)
    scheduler.start()
    run_all_now(scheduler)
    async with asyncio.timeout(5):
        while len(ran) < 2:
            await asyncio.sleep(0.01)
    assert all(job.next_run_time < far - timedelta(minutes=30) for job in scheduler.get_jobs())
    scheduler.shutdown(wait=False)
    assert sorted(ran) == ["poll", "tick"]
