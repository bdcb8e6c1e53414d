"""What answers is no chat platform: a proxy's page, half an answer, the answer of something else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from aiohttp import web

from adapters.discord.messenger import DiscordMessenger
from adapters.telegram.messenger import TelegramMessenger
from bot.errors import Ambiguous, DeliveryError, RetryLater
from bot.messages import Notice, Span
from bot.model import Address, Platform
from bot.ports import Messenger

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
NOTICE = Notice((Span("A line of news."),))

GARBAGE = {
    "nothing": b"",
    "a page": b"<html><body><h1>Welcome to the hotel</h1></body></html>",
    "half an answer": b'{"ok":true,"result":{"message_id":',
    "a number": b'{"ok":true,"result":7}',
    "another API": b'{"hello":"world"}',
    "a list": b"[]",
    "null": b"null",
    "not text": b"\xff\xfe\x00",
    "a message without its id": b'{"ok":true,"result":{"date":1,"chat":{"id":5,"type":"private"}}}',
}

Make = Callable[[str], Messenger]


def telegram(root: str) -> Messenger:
    return TelegramMessenger("1:TEST-token", api_url=root, clock=lambda: NOW)


def discord(root: str) -> Messenger:
    return DiscordMessenger("TEST.loopback.token", api_url=root, gateway_url="ws://127.0.0.1:9", clock=lambda: NOW)


@asynccontextmanager
async def answering(body: bytes, status: int) -> AsyncIterator[str]:
    """A server that gives everybody the same answer."""

    async def answer(_: web.BaseRequest) -> web.Response:
        return web.Response(body=body, status=status, content_type="application/json")

    handler = web.Server(answer, access_log=None)
    server = await asyncio.get_running_loop().create_server(handler, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.close()
        await handler.shutdown(0.1)
        await server.wait_closed()


async def failure(make: Make, body: bytes, status: int) -> DeliveryError:
    async with answering(body, status) as root:
        messenger = make(root)
        try:
            with pytest.raises(DeliveryError) as caught:
                await messenger.send(Address(messenger.platform, "501"), NOTICE, locale="en", nonce="d1", now=NOW)
        finally:
            await messenger.stop()
    return caught.value


@pytest.mark.parametrize("make", [telegram, discord], ids=list(Platform)[:2])
@pytest.mark.parametrize("body", GARBAGE.values(), ids=GARBAGE)
async def test_a_success_in_foreign_words_may_be_one_and_is_asked_again(make: Make, body: bytes) -> None:
    error = await failure(make, body, 200)
    assert isinstance(error, Ambiguous), repr(error)
    assert "hotel" not in str(error)


@pytest.mark.parametrize("make", [telegram, discord], ids=list(Platform)[:2])
@pytest.mark.parametrize("body", GARBAGE.values(), ids=GARBAGE)
async def test_a_failure_in_foreign_words_is_waited_out(make: Make, body: bytes) -> None:
    error = await failure(make, body, 502)
    assert isinstance(error, RetryLater), repr(error)
    assert "hotel" not in str(error)
