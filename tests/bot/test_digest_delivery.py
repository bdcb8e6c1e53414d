"""Digests in the delivery worker: beside alerts, without what fell out, and never at the cost of other messages."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from bot.delivery import Delivery
from bot.errors import Rejected
from bot.messages import Alert, Content, Digest
from bot.model import Address, State
from storage.database import Database
from tests.bot.morning import Morning, morning
from tests.bot.newsroom import TITLES, article
from tests.bot.stage import Stage
from tests.conftest import Clock

A, B, *_ = TITLES.values()
TURNS = 800


class Reading(Stage):
    """Notes the titles of everything that is sent; refuses while told to."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[tuple[str, list[str]]] = []
        self.refuses = False

    async def send(
        self, address: Address, content: Content, *, locale: str, nonce: str, now: datetime, silent: bool = False
    ) -> str:
        del address, locale, nonce, now, silent
        if self.refuses:
            raise Rejected("no")
        if isinstance(content, Alert):
            self.read.append(("alert", [content.card.title]))
        if isinstance(content, Digest):
            titles = [item.card.title for group in content.groups for item in group.items]
            self.read.append(("digest", titles))
        return f"m{len(self.read)}"

    async def send_plain(
        self, address: Address, content: Content, *, locale: str, now: datetime, silent: bool = False
    ) -> str:
        del address, content, locale, now, silent
        raise Rejected("not even this")


pytestmark = pytest.mark.sqlite


@pytest.fixture
async def room(storage: Database, clock: Clock) -> Morning:
    return await morning(storage, clock)


@pytest.fixture
def stage() -> Reading:
    return Reading()


async def worked(room: Morning, stage: Reading, **wanted: int) -> None:
    """Let the worker run until the queue is as wanted; the virtual clock runs meanwhile."""
    delivery = Delivery(room.storage, stage, owner="w", clock=room.clock)
    task = asyncio.create_task(delivery.run())
    found: dict[str, int] = {}
    try:
        for _ in range(TURNS):
            async with room.storage.read() as work:
                found = {state.value: count for state, count in (await work.deliveries.queue()).items()}
            if found == wanted:
                return
            room.clock.forward(seconds=0.5)
            await asyncio.sleep(0.01)
        pytest.fail(f"the queue is {found}, wanted {wanted}")
    finally:
        delivery.stop()
        async with asyncio.timeout(10):
            await task


async def test_alerts_and_digests_arrive_side_by_side(room: Morning, stage: Reading) -> None:
    ann = await room.subscriber("ann", ai=50)
    await room.subscriber("ben", ai=(50, None))
    await room.files(article("a.md"))
    await room.write(ann)
    await worked(room, stage, sent=2)
    assert sorted(stage.read) == [("alert", [A]), ("digest", [A])]


async def test_a_digest_of_which_nothing_is_left_costs_no_message(room: Morning, stage: Reading) -> None:
    ann = await room.subscriber("ann", ai=50)
    await room.files(article("a.md"))
    await room.write(ann)
    await room.files(article("a.md", retracted=True))
    await worked(room, stage, cancelled=1)
    assert stage.read == []
    assert await room.knows(ann) == set()


async def test_a_digest_that_is_refused_has_told_nothing(room: Morning, stage: Reading) -> None:
    ann = await room.subscriber("ann", ai=50)
    await room.files(article("a.md"))
    await room.write(ann)
    stage.refuses = True
    await worked(room, stage, rejected=1)
    assert await room.knows(ann) == set()


async def test_a_fault_of_ours_in_a_digest_costs_that_digest_only(
    room: Morning, stage: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await room.subscriber("ann", ai=50)
    await room.subscriber("ben", ai=(50, None))
    await room.files(article("a.md"))
    await room.write(ann)

    async def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.sending.last_word", fails)
    await worked(room, stage, sent=1, rejected=1)
    assert stage.read == [("alert", [A])]
    async with room.storage.read() as work:
        [record] = await work.deliveries.of(ann.id, 9)
    assert record.state is State.REJECTED


async def test_a_story_that_was_muted_while_a_digest_waited_is_left_out(room: Morning, stage: Reading) -> None:
    ann = await room.subscriber("ann", ai=50)
    await room.files(article("a.md"), article("b.md"))
    await room.write(ann)
    async with room.storage.write() as work:
        [stored] = await work.articles.find("https://a.example/story")
        await work.destinations.mute(ann.id, stored.story_id, room.clock())
    await worked(room, stage, sent=1)
    assert stage.read == [("digest", [B])]
    assert await room.knows(ann) == {B}
