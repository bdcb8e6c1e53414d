"""The worker changes what was sent before: edits, deletions, and what a platform says to them."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.errors import Ambiguous, DeliveryError, Gone, MessageGone, RetryLater, Undeletable
from bot.messages import Content, Notice, Payload
from bot.model import Address, Kind, Platform
from bot.ports import Chat
from storage.database import Database
from tests.bot.test_delivery import settled, working
from tests.conftest import Clock
from tests.storage.queue import readers


class Stage:
    """A platform that keeps what is done to its messages, and fails as scripted."""

    platform = Platform.WEB
    bot = ""
    alone = False
    fault = None
    rate = 500.0

    def __init__(self) -> None:
        self.done: list[str] = []
        self.script: list[tuple[str, DeliveryError]] = []
        self.on_reply = lambda _count: None

    async def start(self, chat: Chat) -> None: ...

    async def stop(self) -> None: ...

    async def hush(self) -> None: ...

    async def send(
        self, address: Address, content: Content, *, locale: str, nonce: str, now: datetime, silent: bool = False
    ) -> str:
        del address, content, locale, nonce, now, silent
        self._meet("send")
        return "m1"

    async def send_plain(
        self, address: Address, content: Content, *, locale: str, now: datetime, silent: bool = False
    ) -> str:
        raise NotImplementedError

    async def edit(
        self, address: Address, message_id: str, content: Content, *, locale: str, now: datetime
    ) -> None:
        del address, locale, now
        assert isinstance(content, Notice)
        self._meet(f"edit {message_id}")

    async def delete(self, address: Address, message_id: str) -> None:
        del address
        self._meet(f"delete {message_id}")

    def preview(self, content: Content, *, locale: str, now: datetime) -> str:
        raise NotImplementedError

    async def reachable(self) -> bool:
        return True

    async def identify(self) -> str:
        return "the stage"

    def spacing(self, address: Address) -> float:
        del address
        return 0.0

    async def abilities(self, address: Address) -> list[str]:
        del address
        return []

    def _meet(self, act: str) -> None:
        if self.script and act.startswith(self.script[0][0]):
            raise self.script.pop(0)[1]
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
    stage = Stage()
    async with working(storage, stage, clock):
        destination = await sent(storage, clock)
        await settled(storage, clock, sent=1)
        stage.script, stage.done = list(script), []
        await change(storage, clock, destination, deletes=deletes)
        await settled(storage, clock, **ends)
    assert stage.done == done
    assert not stage.script


async def test_a_copy_that_is_gone_closes_nobodys_chat(storage: Database, clock: Clock) -> None:
    stage = Stage()
    async with working(storage, stage, clock):
        destination = await sent(storage, clock)
        await settled(storage, clock, sent=1)
        stage.script = [("edit", MessageGone("not found"))]
        await change(storage, clock, destination)
        await settled(storage, clock, sent=1, cancelled=1)
    async with storage.read() as work:
        (one,) = await work.destinations.all()
        records = await work.deliveries.of(one.id, 5)
    assert one.parked is None
    assert [(r.kind, r.reason) for r in records if r.kind is Kind.UPDATE] == [(Kind.UPDATE, "not found")]
