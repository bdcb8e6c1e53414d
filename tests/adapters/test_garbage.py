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
from bot.errors import Ambiguous, DeliveryError, Rejected, RetryLater
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


async def failure(make: Make, body: bytes, status: int) -> tuple[DeliveryError, bool]:
    """What sending ends with, and whether the platform is taken to be there."""
    async with answering(body, status) as root:
        messenger = make(root)
        try:
            with pytest.raises(DeliveryError) as caught:
                await messenger.send(Address(messenger.platform, "501"), NOTICE, locale="en", nonce="d1", now=NOW)
            return caught.value, await messenger.reachable()
        finally:
            await messenger.stop()


@pytest.mark.parametrize("make", [telegram, discord], ids=list(Platform)[:2])
@pytest.mark.parametrize("body", GARBAGE.values(), ids=GARBAGE)
async def test_a_success_in_foreign_words_may_be_one_where_the_platform_itself_is_there(
    make: Make, body: bytes
) -> None:
    error, there = await failure(make, body, 200)
    assert isinstance(error, Ambiguous), repr(error)
    assert not there  # nobody else is asked, so this is no platform: nothing was sent
    assert "hotel" not in str(error)


@pytest.mark.parametrize("status", [302, 400, 401, 403, 404, 409, 502, 999])
@pytest.mark.parametrize("make", [telegram, discord], ids=list(Platform)[:2])
async def test_a_refusal_in_foreign_words_closes_no_chat_gives_up_no_message_and_blames_no_token(
    make: Make, status: int
) -> None:
    for body in GARBAGE.values():
        error, there = await failure(make, body, status)
        assert isinstance(error, RetryLater), repr(error)
        assert f"(status {status})" in str(error)
        assert "_API_URL" in str(error)
        assert "hotel" not in str(error)
        assert not there


@pytest.mark.parametrize("make", [telegram, discord], ids=list(Platform)[:2])
async def test_a_proxy_may_say_for_the_platform_that_a_message_is_too_large_or_comes_too_soon(make: Make) -> None:
    too_large, _ = await failure(make, GARBAGE["a page"], 413)
    assert isinstance(too_large, Rejected)
    too_soon, _ = await failure(make, GARBAGE["a page"], 429)
    assert isinstance(too_soon, RetryLater)
    assert too_soon.flood
