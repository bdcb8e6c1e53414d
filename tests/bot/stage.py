"""A platform that does as it is told, and the worker at work on it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime

import pytest

from bot.delivery import Delivery
from bot.errors import DeliveryError, TokenDead
from bot.messages import Alert, Content
from bot.model import Address, Platform
from bot.ports import Chat, Messenger
from storage.database import Database
from tests.conftest import Clock
from tests.storage.queue import states


class Stage:
    """A platform that records what is sent and fails as scripted, per chat."""

    platform = Platform.WEB
    bot = ""
    alone = False
    fault: DeliveryError | None = None
    rate = 500.0

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, bool]] = []  # chat, title, with a picture
        self.plain: list[str] = []
        self.silent: list[str] = []  # chats
        self.script: dict[str, list[DeliveryError | Exception]] = {}
        self.there = True
        self.asked = 0
        self.refused: TokenDead | None = None
        self.hold: Callable[[], Awaitable[None]] | None = None
        self.on_reply: Callable[[int], None] = lambda _count: None

    async def start(self, chat: Chat) -> None: ...

    async def stop(self) -> None: ...

    async def hush(self) -> None: ...

    async def send(
        self, address: Address, content: Content, *, locale: str, nonce: str, now: datetime, silent: bool = False
    ) -> str:
        self.silent += [address.chat] if silent else []
        assert locale
        assert nonce.startswith("d")
        assert now.tzinfo
        if self.hold is not None:
            await self.hold()
        if self.script.get(address.chat):
            raise self.script[address.chat].pop(0)
        assert isinstance(content, Alert)
        self.sent.append((address.chat, content.card.title, content.card.image is not None))
        return f"m{len(self.sent)}"

    async def send_plain(
        self, address: Address, content: Content, *, locale: str, now: datetime, silent: bool = False
    ) -> str:
        del content, locale, now, silent
        if self.script.get(address.chat):
            raise self.script[address.chat].pop(0)
        self.plain.append(address.chat)
        return "p1"

    async def edit(
        self, address: Address, message_id: str, content: Content, *, locale: str, now: datetime
    ) -> None: ...

    async def delete(self, address: Address, message_id: str) -> None: ...

    def preview(self, content: Content, *, locale: str, now: datetime) -> str:
        raise NotImplementedError

    async def reachable(self) -> bool:
        return self.there

    async def identify(self) -> str:
        self.asked += 1
        if self.refused:
            raise self.refused
        return "the stage"

    def spacing(self, address: Address) -> float:
        del address
        return 0.0

    async def abilities(self, address: Address) -> list[str]:
        del address
        return []


@contextlib.asynccontextmanager
async def working(storage: Database, stage: Messenger, clock: Clock, idle: float = 0.02) -> AsyncIterator[Delivery]:
    """A worker that looks again after `idle` seconds: the clock of a test runs faster than the real one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.delivery.IDLE", idle)
        delivery = Delivery(storage, stage, owner="w", clock=clock)
        task = asyncio.create_task(delivery.run())
        yield delivery
        delivery.stop()
        async with asyncio.timeout(5):
            await task


async def settled(storage: Database, clock: Clock, **wanted: int) -> None:
    """Wait until the queue is as wanted; the virtual clock runs meanwhile so that nothing waits for it."""
    found: dict[str, int] = {}
    for _ in range(400):
        found = await states(storage)
        if found == wanted:
            return
        clock.forward(seconds=0.5)
        await asyncio.sleep(0.01)
    pytest.fail(f"the queue is {found}, wanted {wanted}")
