"""The loopback Telegram server on the wire, and what a message costs it. Speed is printed, never asserted."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Coroutine
from threading import Thread
from typing import Any, TypeVar

import aiohttp
import pytest

from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.emulators.telegram_client import ANN, populated
from tests.emulators.telegram_rules import Rules

T = TypeVar("T")

MESSAGES = 200
TEXT = '<a href="https://news.example/a?b=1&amp;c=2">Chips &amp; law</a>\n' + "<b>More</b> words about it. " * 15
KEYBOARD = {"inline_keyboard": [[{"text": "Why?", "callback_data": "w"}, {"text": "Mute", "callback_data": "m"}]]}


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    async with populated() as emulator:
        yield emulator


@pytest.fixture
async def session(telegram: TelegramEmulator) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(f"{telegram.root}/bot{TOKEN}/") as raw:
        yield raw


@pytest.mark.parametrize(
    "body",
    [
        {"json": {"chat_id": ANN, "text": "hi", "reply_markup": KEYBOARD}},
        {"json": {"chat_id": str(ANN), "text": "hi", "reply_markup": json.dumps(KEYBOARD)}},
        {"data": {"chat_id": str(ANN), "text": "hi", "reply_markup": json.dumps(KEYBOARD)}},
        {"params": {"chat_id": str(ANN), "text": "hi", "reply_markup": json.dumps(KEYBOARD)}},
    ],
    ids=["json", "json of strings", "form", "query"],
)
async def test_every_encoding_says_the_same(
    telegram: TelegramEmulator, session: aiohttp.ClientSession, body: dict[str, Any]
) -> None:
    async with session.post("SendMessage", **body) as response:
        answer = await response.json()
    assert (response.status, answer["ok"], answer["result"]["text"]) == (200, True, "hi")
    assert telegram.sent[0].labels == ("Why?", "Mute")
    assert not telegram.refused


async def test_a_refusal_has_the_form_of_the_real_one(
    telegram: TelegramEmulator, session: aiohttp.ClientSession
) -> None:
    telegram.fail("sendMessage", parameters={"retry_after": 9})
    async with session.post("sendMessage", json={"chat_id": ANN, "text": "hi"}) as response:
        answer = await response.json()
    assert (response.status, response.headers["Retry-After"]) == (429, "9")
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 9",
        "parameters": {"retry_after": 9},
    }


async def test_a_body_that_cannot_be_read_is_refused_and_noted(
    telegram: TelegramEmulator, session: aiohttp.ClientSession
) -> None:
    as_json = {"Content-Type": "application/json"}
    for body in (b"{", b"[]"):
        async with session.post("sendMessage", data=body, headers=as_json) as response:
            assert response.status == 400
    async with session.get(f"{telegram.root}/nothing") as response:
        assert response.status == 404
    assert [refusal.status for refusal in telegram.refused] == [400, 400, 404]


async def test_a_message_costs_little() -> None:
    """The server runs in a thread of its own, so that its processor time is told apart from the client's."""
    own = asyncio.new_event_loop()
    thread = Thread(target=own.run_forever)
    thread.start()

    def there(work: Coroutine[Any, Any, T]) -> asyncio.Future[T]:
        return asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, own))

    async def used() -> float:
        return time.thread_time()

    telegram = TelegramEmulator(rules=Rules(rates="off"))
    telegram.add_chat(ANN)
    await there(telegram.__aenter__())
    before, began = await there(used()), time.perf_counter()
    async with aiohttp.ClientSession() as session:
        for number in range(MESSAGES):
            message = {"chat_id": ANN, "text": f"{TEXT}{number}", "parse_mode": "HTML", "reply_markup": KEYBOARD}
            async with session.post(f"{telegram.root}/bot{TOKEN}/sendMessage", json=message) as response:
                assert response.status == 200
    seconds, cpu = time.perf_counter() - began, await there(used()) - before
    await there(telegram.__aexit__(None, None, None))
    own.call_soon_threadsafe(own.stop)
    thread.join()
    own.close()
    print(f"\n{MESSAGES / seconds:.0f} messages/s one after the other, {1000 * cpu / MESSAGES:.3f} ms of CPU each")
    assert len(telegram.sent) == MESSAGES
    assert not telegram.refused
