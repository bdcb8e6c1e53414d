"""Rates, and failures on command, as the real discord.py meets them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord
import pytest

from tests.conftest import Clock
from tests.emulators.discord import TOKEN, DiscordEmulator
from tests.emulators.discord_client import ALERTS, NEWS, Client, logged_in, populated
from tests.emulators.discord_rules import Rules

SAID: dict[str, Any] = {"content": "hi", "allowed_mentions": {"parse": []}}


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[DiscordEmulator]:
    async with populated(clock) as emulator:
        yield emulator


@pytest.fixture
async def session(server: DiscordEmulator) -> AsyncIterator[aiohttp.ClientSession]:
    headers = {"Authorization": f"Bot {TOKEN}"}
    async with aiohttp.ClientSession(f"{server.api_url}/", headers=headers) as raw:
        yield raw


async def say(session: aiohttp.ClientSession, channel: int = NEWS) -> tuple[aiohttp.ClientResponse, Any]:
    async with session.post(f"channels/{channel}/messages", json=SAID) as response:
        return response, await response.json()


# ---------------------------------------------------------------- rates


async def test_a_channel_takes_five_messages_in_five_seconds(
    server: DiscordEmulator, session: aiohttp.ClientSession, clock: Clock
) -> None:
    left = [(await say(session))[0].headers["X-RateLimit-Remaining"] for _ in range(5)]
    clock.forward(seconds=1)
    response, answer = await say(session)
    assert (left, response.status) == (["4", "3", "2", "1", "0"], 429)
    assert answer == {
        "message": "You are being rate limited.",
        "code": 0,
        "retry_after": 4.0,
        "global": False,
    }
    told = response.headers
    assert (told["X-RateLimit-Scope"], told["X-RateLimit-Reset-After"], told["Retry-After"], told["Via"]) == (
        "user",
        "4.000",
        "4",
        "1.1 google",
    )
    assert (await say(session, ALERTS))[0].status == 200
    clock.forward(seconds=4)
    assert (await say(session))[0].status == 200
    assert ([refusal.status for refusal in server.refused], server.invalid_requests) == ([429], 1)


@pytest.mark.parametrize(("rates", "statuses"), [("refuse", {200, 429}), ("record", {200}), ("off", {200})])
async def test_a_token_asks_fifty_times_a_second(clock: Clock, rates: Any, statuses: set[int]) -> None:
    async with populated(clock, rules=Rules(rates=rates)) as server:
        headers = {"Authorization": f"Bot {TOKEN}"}
        for number in range(60):
            server.places.guilds[900].add_channel(1000 + number)
        async with aiohttp.ClientSession(f"{server.api_url}/", headers=headers) as session:
            said = await asyncio.gather(*(say(session, 1000 + number) for number in range(60)))
        assert {response.status for response, _ in said} == statuses
        assert len(server.refused) == (0 if rates == "off" else 10)
        if rates == "refuse":
            last, answer = next(one for one in said if one[0].status == 429)
            assert (last.headers["X-RateLimit-Global"], answer["global"]) == ("true", True)
        assert "X-RateLimit-Bucket" not in said[0][0].headers or rates != "off"


async def test_the_last_of_a_bucket_holds_discord_py_back_until_the_reset(clock: Clock) -> None:
    """The client waits in real time for what the clock of the emulator says: a tenth of a second here."""
    async with populated(clock, rules=Rules(bucket_limit=1, bucket_seconds=0.1)) as server:
        async with logged_in(server) as bot:
            send = asyncio.create_task(bot.get_partial_messageable(NEWS).send("once"))
            await server.wait_for(1)
            assert not send.done()
            await send
        assert not server.refused


async def test_ten_thousand_invalid_requests_lead_to_cloudflares_page(clock: Clock) -> None:
    async with populated(clock, rules=Rules(invalid_limit=2)) as server:
        async with logged_in(server) as bot:
            await server.set_permissions(server.places.channels[NEWS], 0)
            for _ in range(2):
                with pytest.raises(discord.Forbidden):
                    await bot.get_partial_messageable(NEWS).send("hi")
            with pytest.raises(discord.HTTPException) as blocked:
                await bot.get_partial_messageable(ALERTS).send("hi")
            clock.forward(minutes=11)
            await bot.get_partial_messageable(ALERTS).send("hi")
        assert (blocked.value.status, "1015" in blocked.value.text) == (429, True)


# ---------------------------------------------------------------- failures on command


@pytest.mark.parametrize("scope", ["user", "shared", "global"])
async def test_a_rate_limit_on_command_is_waited_out_by_discord_py(
    server: DiscordEmulator, bot: Client, scope: str
) -> None:
    server.fail(f"POST /channels/{NEWS}/messages", retry_after=0.01, scope=scope)
    await bot.get_partial_messageable(NEWS).send("in the end")
    assert ([one.status for one in server.failed], server.refused) == ([429], [])
    assert (len(server.sent), server.invalid_requests) == (1, 0 if scope == "shared" else 1)


async def test_a_long_rate_limit_is_raised_where_the_client_has_a_bound(server: DiscordEmulator) -> None:
    server.fail(retry_after=120)
    async with logged_in(server, max_ratelimit_timeout=30.0) as bot:
        with pytest.raises(discord.RateLimited) as limited:
            await bot.get_partial_messageable(NEWS).send("hi")
    assert limited.value.retry_after == 120


async def test_cloudflares_429_is_raised_at_once(server: DiscordEmulator, bot: Client) -> None:
    server.fail(scope="cloudflare", retry_after=600)
    with pytest.raises(discord.HTTPException) as banned:
        await bot.get_partial_messageable(NEWS).send("hi")
    assert (banned.value.status, banned.value.response.headers.get("Via")) == (429, None)
    assert banned.value.response.headers["Retry-After"] == "600"


@pytest.mark.parametrize(
    ("order", "status", "code"),
    [
        ({"status": 404, "code": 10003}, 404, 10003),
        ({"status": 403, "code": 50013}, 403, 50013),
        ({"status": 400, "code": 200000}, 400, 200000),
        ({"status": 401}, 401, 0),
        ({"status": 503, "code": 130000}, 503, 130000),
        ({"code": 50007}, 403, 50007),
        ({"status": 503, "html": True}, 503, 0),
        ({"status": 400, "code": 50035, "message": "Invalid Form Body"}, 400, 50035),
    ],
)
async def test_failures_on_command_reach_the_bot_as_discords_own(
    server: DiscordEmulator, bot: Client, order: dict[str, Any], status: int, code: int
) -> None:
    server.fail("POST /channels/*", **order)
    with pytest.raises(discord.HTTPException) as failed:
        await bot.get_partial_messageable(NEWS).send("hi")
    assert (failed.value.status, failed.value.code) == (status, code)
    await bot.get_partial_messageable(NEWS).send("hi")
    assert (len(server.failed), len(server.sent), server.refused) == (1, 1, [])


async def test_an_order_may_name_one_channel(server: DiscordEmulator, bot: Client) -> None:
    server.fail(f"POST /channels/{NEWS}/*", status=404, code=10003)
    await bot.get_partial_messageable(ALERTS).send("hi")
    with pytest.raises(discord.NotFound):
        await bot.get_partial_messageable(NEWS).send("hi")


async def test_a_lost_answer_leaves_the_message_and_its_nonce_finds_it(
    server: DiscordEmulator, bot: Client
) -> None:
    channel = bot.get_partial_messageable(NEWS)
    server.fail(reset=True, after_accept=True)
    with pytest.raises((aiohttp.ClientError, OSError)):
        await channel.send("sent once", nonce="d-1")
    message = await channel.send("sent once", nonce="d-1")
    assert [(sent.message_id, sent.text) for sent in server.sent] == [(message.id, "sent once")]


async def test_a_connection_reset_before_acceptance_leaves_nothing(server: DiscordEmulator, bot: Client) -> None:
    server.fail(None, reset=True)
    with pytest.raises((aiohttp.ClientError, OSError)):
        await bot.get_partial_messageable(NEWS).send("never sent")
    assert server.sent == []


async def test_an_answer_that_is_too_slow_times_out_though_the_message_is_there(
    server: DiscordEmulator, bot: Client
) -> None:
    server.fail(status=200, delay=30)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await bot.get_partial_messageable(NEWS).send("slow")
    assert [sent.text for sent in server.sent] == ["slow"]


async def test_waiting_tells_what_came_instead(server: DiscordEmulator, bot: Client) -> None:
    await bot.get_partial_messageable(NEWS).send("something else")
    with pytest.raises(TimeoutError, match=r"1 messages, the last .*something else"):
        await server.wait_for(lambda sent: sent.text == "never", timeout=0.01)
