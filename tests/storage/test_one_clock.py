"""Hosts whose clocks are 90 s apart share a server: its clock decides, whatever theirs say."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import URL

from bot.delivery import Delivery
from bot.messages import Content
from bot.model import Address, Platform
from bot.ports import Pace
from storage.clock import ServerClock
from storage.database import Database
from tests.conftest import Clock, empty
from tests.storage.queue import alert, readers, states
from tests.storage.test_clock_jumps import Post

SKEWS = (-45.0, 45.0)


@pytest.fixture
async def hosts(postgresql: URL) -> AsyncIterator[tuple[Database, Database]]:
    """Two hosts at one database, the second 90 s ahead of the first."""
    url = postgresql.set(database="shared").render_as_string(hide_password=False)
    behind, ahead = (Database(url, clock=lambda skew=skew: utc_now() + timedelta(seconds=skew)) for skew in SKEWS)  # type: ignore[misc]
    await empty(behind)
    yield behind, ahead
    await behind.close()
    await ahead.close()


def utc_now() -> datetime:
    return datetime.now(UTC)


async def test_a_lease_cannot_be_taken_early_by_a_host_that_is_ahead(hosts: tuple[Database, Database]) -> None:
    behind, ahead = hosts
    for first, second in ((behind, ahead), (ahead, behind)):
        async with first.write() as work:
            assert await work.leases.take(f"duty {first.clock()}", "first", 10, first.clock())
            [name] = [name for name in await work.leases.owners(first.clock()) if name.startswith("duty")][-1:]
        async with second.write() as work:
            assert not await work.leases.take(name, "second", 10, second.clock())
            assert (await work.leases.owners(second.clock()))[name] == "first"


async def test_a_claim_is_not_taken_over_early(hosts: tuple[Database, Database]) -> None:
    behind, ahead = hosts
    await readers(behind, Clock(behind.clock()), 1)
    await alert(behind, Clock(behind.clock()), 1)

    def pace(owner: str) -> Pace:
        return Pace(Platform.WEB, owner, 25.0, 15.0, 0.2)

    async with behind.write() as work:
        held = await work.deliveries.settle_and_claim(pace("a"), (), limit=1, reserved=0, now=behind.clock())
    async with ahead.write() as work:
        stolen = await work.deliveries.settle_and_claim(pace("b"), (), limit=1, reserved=0, now=ahead.clock())
    assert (len(held.owed), len(stolen.owed)) == (1, 0)
    assert abs((stolen.now - held.now).total_seconds()) < 30, "both mean the same time"


async def test_two_hosts_keep_the_rate_and_the_spacing_together(hosts: tuple[Database, Database]) -> None:
    behind = hosts[0]
    rate, count = 60.0, 45
    times: list[float] = []
    chats: dict[str, list[float]] = {}

    class Timed(Post):
        async def send(
            self,
            address: Address,
            content: Content,
            *,
            locale: str,
            nonce: str,
            now: datetime,
            silent: bool = False,
        ) -> str:
            at = asyncio.get_running_loop().time()
            times.append(at)
            chats.setdefault(address.chat, []).append(at)
            return await super().send(address, content, locale=locale, nonce=nonce, now=now, silent=silent)

    Timed.rate = rate
    await readers(behind, Clock(utc_now()), count)
    await alert(behind, Clock(utc_now()), 1)
    await alert(behind, Clock(utc_now()), 2)
    workers = [Delivery(host, Timed(), owner=f"h{number}", clock=host.clock) for number, host in enumerate(hosts)]
    async with asyncio.timeout(60):
        working = [asyncio.create_task(worker.run()) for worker in workers]
        while len(times) < 2 * count:
            await asyncio.sleep(0.05)
        for worker in workers:
            worker.stop()
        await asyncio.gather(*working)
    assert await states(behind) == {"sent": 2 * count}
    assert {len(of) for of in chats.values()} == {2}, "nobody was told twice"
    assert min(second - first for first, second in chats.values()) >= 1.0, "a second lies between two to a chat"
    times.sort()
    densest = max(bisect_left(times, start + 1.0) - index for index, start in enumerate(times))
    print(f"densest second {densest} of {rate:.0f} allowed")
    assert densest <= rate * 1.1 + 1


async def test_the_server_is_followed_whatever_the_host_says(hosts: tuple[Database, Database]) -> None:
    said = [datetime(2001, 1, 1, tzinfo=UTC)]
    passed = [100.0]
    clock = ServerClock(lambda: said[0], lambda: passed[0])
    assert clock() == said[0], "nothing was heard of the server yet"
    async with hosts[0].read() as work:
        seen = await clock.read(work._connection)
    assert abs((seen - utc_now()).total_seconds()) < 60
    said[0] = datetime(1999, 1, 1, tzinfo=UTC)
    passed[0] += 7
    assert clock() == seen + timedelta(seconds=7)
