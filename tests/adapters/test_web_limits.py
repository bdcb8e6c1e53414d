"""The chat page under load: bodies, floods, streams, and a stop in the middle of it all."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.security import Limiter
from storage.database import Database
from tests.adapters.web_chat import NOW, SmallChat, Visitor, page, sqlite, take
from tests.conftest import Clock


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Database]:
    async with sqlite(tmp_path) as database:
        yield database


# ---------------------------------------------------------------- bodies and floods


UNREADABLE = (
    (b"x" * 40_000, "application/json", 413),
    (b"[" * 20_000, "application/json", 400),
    (b"[]", "application/json", 400),
    (b"\xff", "application/json", 400),
    (b'{"text": 3}', "application/json", 400),
    (b'{"text": " \\u0000 "}', "application/json", 400),
    (b"{}", "application/json", 400),
    (b'{"text": "/help"}', "text/plain", 415),
    (b"text=/help", "application/x-www-form-urlencoded", 415),
)


async def test_an_unreadable_body_is_refused_with_a_sentence(storage: Database) -> None:
    chat = SmallChat()
    async with page(storage, chat) as web, Visitor(web.url) as visitor:
        await visitor.page()
        for body, kind, status in UNREADABLE:
            response = await visitor.client.post("/say", content=body, headers={"Content-Type": kind})
            assert response.status_code == status, body[:20]
            assert response.json()["error"].endswith(".")
    assert chat.asked == []


async def test_a_long_body_is_not_read_to_its_end(storage: Database) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(10_000):
            yield b"x" * 1024

    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page()
        headers = {"Content-Type": "application/json"}
        try:
            response = await visitor.client.post("/say", content=endless(), headers=headers)
            assert response.status_code == 413
        except httpx.WriteError:
            pass  # the server closed the connection while the rest was still on its way


async def test_a_press_names_an_action_and_a_message(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page()
        for message in (0, -1, 2**64, True, "1", None, 1.5):
            assert (await visitor.post("/press", action="x", message=message)).status_code == 400, message
        for action in ("", "x" * 65, "é" * 33, 3, None):  # at most 64 bytes
            assert (await visitor.post("/press", action=action, message=1)).status_code == 400, action


async def test_the_twenty_first_post_within_ten_seconds_is_refused_and_a_later_one_is_not(
    storage: Database, clock: Clock
) -> None:
    async with page(storage, SmallChat(), clock=clock) as web, Visitor(web.url) as one, Visitor(web.url) as two:
        await one.page()
        await two.page()
        answers = [await one.post("/say", text="/silent") for _ in range(21)]
        assert [answer.status_code for answer in answers] == [202] * 20 + [429]
        assert "few seconds" in answers[-1].json()["error"]
        assert (await two.post("/say", text="/silent")).status_code == 202
        clock.forward(seconds=10)
        assert (await one.post("/say", text="/silent")).status_code == 202


@given(st.lists(st.floats(0, 30), max_size=60).map(sorted), st.integers(1, 5))
def test_no_window_holds_more_than_the_limit(moments: list[float], limit: int) -> None:
    limiter = Limiter(limit, 10)
    passed = []
    for moment in moments:
        now = NOW + timedelta(seconds=moment)
        if not limiter.full("k", now):
            limiter.add("k", now)
            passed.append(now)
    for first, last in zip(passed, passed[limit:], strict=False):
        assert last - first >= timedelta(seconds=10)


def test_the_limiter_remembers_a_bounded_number_of_keys() -> None:
    limiter = Limiter(1, 10, keys=2)
    for key in ("a", "b", "c"):
        limiter.add(key, NOW)
    assert [limiter.full(key, NOW) for key in ("a", "b", "c")] == [False, True, True]


# ---------------------------------------------------------------- streams


async def test_a_chat_has_at_most_five_streams_and_a_closed_one_makes_room(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page()
        await visitor.say("hello")
        async with AsyncExitStack() as open_streams:
            streams = [await open_streams.enter_async_context(visitor.events()) for _ in range(5)]
            assert [(await take(stream, 1))[0].name for stream in streams] == ["line"] * 5
            async with visitor.events() as sixth:
                assert [event.name async for event in sixth] == ["full"]
        async with asyncio.timeout(5):
            name = ""
            while name != "line":  # the server hears of the closed ones a moment later
                async with visitor.events() as again:
                    name = (await take(again, 1))[0].name


async def test_a_stream_needs_a_chat(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        assert (await visitor.client.get("/events")).status_code == 403


async def test_stopping_ends_open_streams_in_good_order_within_three_seconds(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page("/?as=anna")
        async with visitor.events() as one, visitor.events() as two:
            began = time.monotonic()
            async with asyncio.timeout(3):
                await web.stop()
            print(f"stopped after {time.monotonic() - began:.2f} s")
            for stream in (one, two):
                assert [event.name async for event in stream] == []  # ended, not broken off
        with pytest.raises(httpx.TransportError):
            await visitor.client.get("/")
