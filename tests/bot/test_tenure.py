"""Single-owner work: held by one, taken over in time, never done by two."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import event

from bot.tenure import LEASE, RENEW, Roll, Tenure
from storage.database import Database
from tests.conftest import Clock


class Host:
    """Processes that share a database; time passes only here."""

    def __init__(self, storage: Database, clock: Clock) -> None:
        self.storage = storage
        self.clock = clock
        self.seconds = 0.0
        self.working: list[str] = []
        self.gone: set[str] = set()
        self._sleepers: list[tuple[float, asyncio.Event]] = []

    def tenure(self, owner: str, *, frozen: bool = False) -> Tenure:
        async def work(begun: Callable[[], None]) -> None:
            self.working.append(owner)
            begun()
            try:
                await asyncio.Event().wait()
            finally:
                self.working.remove(owner)

        async def sleep(seconds: float) -> None:
            over = asyncio.Event()
            self._sleepers.append((self.seconds + (1e9 if frozen else seconds), over))
            await over.wait()

        return Tenure(
            self.storage, "source news", owner, work, clock=self.clock,
            monotonic=lambda: self.seconds, sleep=sleep, gone=self.gone.__contains__,
        )  # fmt: skip

    async def pass_(self, seconds: float) -> None:
        """Let so much time pass, in steps, everybody doing what is due."""
        end = self.seconds + seconds
        while self.seconds < end:
            step = min(1.0, end - self.seconds)
            self.seconds += step
            self.clock.forward(seconds=step)
            for due, over in self._sleepers:
                if due <= self.seconds:
                    over.set()
            self._sleepers = [sleeper for sleeper in self._sleepers if not sleeper[1].is_set()]
            await self.rest()
            assert len(self.working) <= 1, f"two do it at once: {self.working}"

    async def rest(self) -> None:
        for _ in range(40):
            await asyncio.sleep(0.001)


@pytest.fixture
def host(storage: Database, clock: Clock) -> Host:
    return Host(storage, clock)


@contextlib.asynccontextmanager
async def running(*tenures: Tenure) -> AsyncIterator[list[asyncio.Task[None]]]:
    tasks = [asyncio.create_task(tenure.run()) for tenure in tenures]
    yield tasks
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_one_works_and_the_other_knows_it(host: Host) -> None:
    first, second = host.tenure("a"), host.tenure("b")
    async with running(first, second):
        await host.pass_(20)
        assert len(host.working) == 1
        assert first.settled.is_set()
        assert second.settled.is_set()


async def test_a_process_that_stops_hands_over_at_the_next_look(host: Host) -> None:
    async with running(host.tenure("a")) as [first]:
        await host.pass_(1)
        async with running(host.tenure("b")):
            await host.pass_(1)
            first.cancel()
            await asyncio.gather(first, return_exceptions=True)
            await host.pass_(RENEW + 0.5)
            assert host.working == ["b"]


async def test_a_process_that_is_frozen_loses_its_work_within_15_seconds(host: Host) -> None:
    async with running(host.tenure("a", frozen=True)):
        await host.pass_(1)
        host.working.remove("a")  # it stands still: it works no more, and does not know it
        async with running(host.tenure("b")):
            await host.pass_(LEASE + RENEW + 1)
            assert host.working == ["b"]
        host.working.append("a")


async def test_the_lease_of_a_process_that_ended_is_not_waited_for(host: Host, storage: Database) -> None:
    async with storage.write() as work:
        assert await work.leases.take("source news", "dead", LEASE, host.clock())
    host.gone.add("dead")
    async with running(host.tenure("b")):
        await host.rest()
        assert host.working == ["b"]


async def test_a_lease_from_a_clock_that_jumped_ahead_is_over(host: Host, storage: Database) -> None:
    async with storage.write() as work:
        assert await work.leases.take("source news", "a", LEASE, host.clock.forward(hours=1))
        assert not await work.leases.take("source news", "b", LEASE, host.clock())
        assert await work.leases.take("source news", "b", LEASE, host.clock.forward(hours=-1))
        assert await work.leases.owners(host.clock()) == {"source news": "b"}


async def test_a_fault_of_the_work_ends_the_tenure_and_frees_the_lease(host: Host, storage: Database) -> None:
    async def work(_begun: Callable[[], None]) -> None:
        raise ZeroDivisionError

    tenure = Tenure(storage, "source news", "a", work, clock=host.clock, monotonic=lambda: host.seconds)
    with pytest.raises(ZeroDivisionError):
        await tenure.run()
    async with storage.read() as found:
        assert await found.leases.owners(host.clock()) == {}


async def test_all_leases_of_a_process_are_renewed_together_and_a_lost_one_alone_is_lost(
    host: Host, storage: Database
) -> None:
    roll = Roll(storage, "a", clock=host.clock, monotonic=lambda: host.seconds)
    names = ("source news", "upkeep", "conversation web")
    async with storage.write() as work:
        for name in names:
            assert await work.leases.take(name, "a", LEASE, host.clock())
    host.seconds = RENEW
    assert await asyncio.gather(*map(roll.renew, names)) == [RENEW] * 3
    host.clock.forward(seconds=LEASE - 1)
    assert set(await owners(storage, host)) == set(names)
    host.clock.forward(seconds=2)
    async with storage.write() as work:
        assert await work.leases.take("upkeep", "b", LEASE, host.clock())
    host.seconds += LEASE
    assert await asyncio.gather(*map(roll.renew, names)) == [host.seconds, None, host.seconds]
    assert await owners(storage, host) == {"source news": "a", "upkeep": "b", "conversation web": "a"}


async def test_renewing_costs_one_transaction_however_many_leases_there_are(host: Host, storage: Database) -> None:
    roll = Roll(storage, "a", clock=host.clock, monotonic=lambda: host.seconds)
    begun: list[str] = []
    event.listen(storage._writer.sync_engine, "begin", lambda _: begun.append("begin"))
    async with storage.write() as work:
        for number in range(5):
            await work.leases.take(f"source {number}", "a", LEASE, host.clock())
    begun.clear()
    for number in range(5):
        assert await roll.renew(f"source {number}") is not None
    assert len(begun) == 1


async def owners(storage: Database, host: Host) -> dict[str, str]:
    async with storage.read() as work:
        return await work.leases.owners(host.clock())
