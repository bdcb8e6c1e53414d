"""Connections are counted at the server: one stays open between messages, and there are never more than allowed."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from adapters import connections
from adapters.discord.messenger import DiscordMessenger
from adapters.telegram.messenger import FEWEST_CONNECTIONS, TelegramMessenger
from bot.delivery import Delivery
from bot.errors import Ambiguous
from bot.messages import Notice, Span
from bot.model import Address, Platform
from bot.ports import Messenger
from storage.database import Database

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
HELLO = Notice((Span("Hello"),))
PATIENCE = 10  # seconds; far more than anything here takes

ANSWERS = {  # by the end of the path, for either platform
    "sendMessage": {"ok": True, "result": {"message_id": 1}},
    "getMe": {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bot"}},
    "messages": {"id": "1"},
    "gateway": {"url": "ws://127.0.0.1:9"},
    "@me": {"id": "1", "username": "bot"},
    "501": {"id": "501", "type": 0},
}

Make = Callable[[str], Messenger]


class Doors:
    """A platform that notes through which connection each request came, and may hold its answers back."""

    def __init__(self) -> None:
        self.root = ""
        self.requests: list[tuple[str, object]] = []  # what was asked, the connection
        self.hold = False
        self.away = False  # every connection breaks
        self.changed = asyncio.Condition()

    @property
    def connections(self) -> set[object]:
        return {connection for _, connection in self.requests}

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE), self.changed:
            await self.changed.wait_for(condition)

    async def let_go(self) -> None:
        async with self.changed:
            self.hold = False
            self.changed.notify_all()

    async def answer(self, request: web.BaseRequest) -> web.Response:
        what = request.path.rpartition("/")[2]
        assert request.transport is not None
        async with self.changed:
            self.requests.append((what, request.transport.get_extra_info("peername")))
            self.changed.notify_all()
            await self.changed.wait_for(lambda: not self.hold)
        if self.away:
            request.transport.abort()
        return web.Response(body=json.dumps(ANSWERS[what]).encode(), content_type="application/json")


@pytest.fixture
async def doors() -> AsyncIterator[Doors]:
    doors = Doors()
    handler = web.Server(doors.answer, access_log=None)
    server = await asyncio.get_running_loop().create_server(handler, "127.0.0.1", 0)
    doors.root = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield doors
    await doors.let_go()
    server.close()
    await handler.shutdown(0.1)
    await server.wait_closed()


def telegram(root: str) -> Messenger:
    return TelegramMessenger("1:TEST-token", api_url=root, clock=lambda: NOW)


def discord(root: str) -> Messenger:
    return DiscordMessenger("TEST.loopback.token", api_url=root, gateway_url="ws://127.0.0.1:9", clock=lambda: NOW)


both = pytest.mark.parametrize("make", [telegram, discord], ids=list(Platform)[:2])


@asynccontextmanager
async def made(make: Make, doors: Doors) -> AsyncIterator[Callable[[int], Coroutine[None, None, None]]]:
    """A way to send a message to one of many chats."""
    messenger = make(doors.root)

    async def send(number: int) -> None:
        chat = Address(messenger.platform, "501", str(1000 + number) if number else None)
        await messenger.send(chat, HELLO, locale="en", nonce=f"d{number}", now=NOW)

    try:
        yield send
    finally:
        await messenger.stop()


@both
async def test_a_connection_that_nobody_uses_stays_open(
    make: Make, doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "WARM", 0.02)
    async with made(make, doors) as send:
        await send(0)
        before = len(doors.requests)
        await doors.until(lambda: len(doors.requests) >= before + 3)  # nobody sends anything meanwhile
    asked = {what for what, _ in doors.requests[before:]}
    assert asked <= {"getMe", "gateway"}, "nothing that people would see"
    assert len(doors.connections) == 1


@both
async def test_a_process_that_only_sends_has_a_connection_before_its_first_message(
    make: Make, doors: Doors, sqlite: Path, tmp_path: Path
) -> None:
    file = shutil.copy(sqlite, tmp_path)
    storage, messenger = Database(f"sqlite+aiosqlite:///{file}"), make(doors.root)
    delivery = Delivery(storage, messenger, owner="w", clock=lambda: NOW)
    working = asyncio.create_task(delivery.run())
    await doors.until(lambda: bool(doors.requests))  # nothing is owed to anybody
    delivery.stop()
    await working
    await messenger.stop()
    await storage.close()
    assert len(doors.connections) == 1


@both
async def test_nothing_is_asked_while_messages_flow_nor_after_the_stop(
    make: Make, doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with made(make, doors) as send:
        for _ in range(5):
            await send(0)
    monkeypatch.setattr(connections, "WARM", 0.0)
    await asyncio.sleep(0)
    assert {what for what, _ in doors.requests} <= {"sendMessage", "messages", "501"}
    assert len(doors.connections) == 1


@both
async def test_a_burst_opens_no_more_connections_than_the_rate_can_use(make: Make, doors: Doors) -> None:
    async with made(make, doors) as send:
        doors.hold = True
        sending = [asyncio.create_task(send(number)) for number in range(1, 3 * FEWEST_CONNECTIONS)]
        await doors.until(lambda: len(doors.requests) == FEWEST_CONNECTIONS)
        await doors.let_go()
        await asyncio.gather(*sending)
    assert len(doors.requests) == len(sending)
    assert len(doors.connections) == FEWEST_CONNECTIONS


@both
async def test_a_platform_that_is_away_while_nobody_sends_harms_nothing(
    make: Make, doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "WARM", 0.02)
    doors.away = True
    async with made(make, doors) as send:
        with pytest.raises(Ambiguous):
            await send(1)
        await doors.until(lambda: len(doors.requests) >= 4)
        doors.away = False
        await send(1)


def test_a_connection_is_used_before_it_is_given_up() -> None:
    assert connections.WARM < connections.KEPT
