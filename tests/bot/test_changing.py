"""The worker changes what was sent before: edits, deletions, and what a platform says to them."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.errors import Ambiguous, DeliveryError, Gone, MessageGone, RetryLater, Undeletable
from bot.messages import Content, Notice, Payload
from bot.model import Address, Kind
from storage.database import Database
from tests.bot.stage import Stage, settled, working
from tests.conftest import Clock
from tests.storage.queue import readers


class Changing(Stage):
    """Keeps what is done to its messages, and fails at the acts of its script."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.meets: list[tuple[str, DeliveryError]] = []

    async def send(
        self, address: Address, content: Content, *, locale: str, nonce: str, now: datetime, silent: bool = False
    ) -> str:
        del address, content, locale, nonce, now, silent
        self._meet("send")
        return "m1"

    async def edit(
        self, address: Address, message_id: str, content: Content, *, locale: str, now: datetime
    ) -> None:
        del address, locale, now
        assert isinstance(content, Notice)
        self._meet(f"edit {message_id}")

    async def delete(self, address: Address, message_id: str) -> None:
        del address
        self._meet(f"delete {message_id}")

    def _meet(self, act: str) -> None:
        if self.meets and act.startswith(self.meets[0][0]):
            raise self.meets.pop(0)[1]
        self.done.append(act)


async def sent(storage: Database, clock: Clock) -> int:
    """A message that was sent, as m1."""
    (one,) = await readers(storage, clock, 1)
    async with storage.write() as work:
        payload = Payload(key="held-notice", values={"stories": 1, "chats": 1})
        await work.deliveries.notify(one.id, payload, clock(), subject=1)
    return one.id


async def change(storage: Database, clock: Clock, destination_id: int, *, deletes: bool = False) -> None:
    async with storage.write() as work:
        number = await work.deliveries.notified(destination_id, 1)
        await work.deliveries.rewrite(number, Payload(key="broadcast-withdrawn", deletes=deletes), clock())


@pytest.mark.parametrize(
    ("script", "deletes", "done", "ends"),
    [
        ([], False, ["edit m1"], {"sent": 2}),
        ([], True, ["delete m1"], {"sent": 2}),
        ([("delete", Undeletable("48 hours"))], True, ["edit m1"], {"sent": 2}),
        ([("edit", MessageGone("not found"))], False, [], {"sent": 1, "cancelled": 1}),
        ([("delete", MessageGone("not found"))], True, [], {"sent": 2}),
        ([("edit", RetryLater("busy"))], False, ["edit m1"], {"sent": 2}),
        ([("edit", Ambiguous("lost"))], False, ["edit m1"], {"sent": 2}),
        ([("delete", Ambiguous("lost")), ("delete", MessageGone("done"))], True, [], {"sent": 2}),
        ([("edit", Ambiguous("lost"))] * 3, False, [], {"sent": 1, "uncertain": 1}),
        ([("edit", Gone("blocked"))], False, [], {"sent": 1, "parked": 1}),
    ],
)
async def test_each_answer_to_a_change_has_one_end(
    storage: Database,
    clock: Clock,
    script: list[tuple[str, DeliveryError]],
    deletes: bool,
    done: list[str],
    ends: dict[str, int],
) -> None:
    stage = Changing()
    async with working(storage, stage, clock):
        destination = await sent(storage, clock)
        await settled(storage, clock, sent=1)
        stage.meets, stage.done = list(script), []
        await change(storage, clock, destination, deletes=deletes)
        await settled(storage, clock, **ends)
    assert stage.done == done
    assert not stage.meets


async def test_a_copy_that_is_gone_closes_nobodys_chat(storage: Database, clock: Clock) -> None:
    stage = Changing()
    async with working(storage, stage, clock):
        destination = await sent(storage, clock)
        await settled(storage, clock, sent=1)
        stage.meets = [("edit", MessageGone("not found"))]
        await change(storage, clock, destination)
        await settled(storage, clock, sent=1, cancelled=1)
    async with storage.read() as work:
        (one,) = await work.destinations.all()
        records = await work.deliveries.of(one.id, 5)
    assert one.parked is None
    assert [(r.kind, r.reason) for r in records if r.kind is Kind.UPDATE] == [(Kind.UPDATE, "not found")]
