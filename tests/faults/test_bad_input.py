"""Platforms that refuse, do not know, or talk nonsense: each is named, costs what it is about, and nothing is lost.

Through the real application and the real clients, with one reader for each kind of trouble.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator, MutableMapping
from math import inf
from pathlib import Path
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from bot import reports
from bot.model import Address, Subscription
from tests.adapters.discord_chat import ALERTS, NEWS, THREAD, small_server
from tests.emulators.discord import TOKEN as DISCORD_TOKEN
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_rules import Rules as DiscordRules
from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.emulators.telegram_rules import Rules
from tests.faults.running import ANN, PATIENCE, Running, running

PICKY, NOBODY, ODD, PROXIED = 502, 503, 504, 505
NOWHERE = 999
OTHER_TOKEN = "5678:OTHER-token"
NEVER_STARTED = "Forbidden: bot can't initiate conversation with a user"

FIRST = {"sent": 4, "parked": 4, "rejected": 2, "uncertain": 1}
SECOND = {"sent": 4 + 7, "parked": 2 * 4, "rejected": 2, "uncertain": 1}

SAYS = "POST /channels/{}/messages"


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator(tokens=(TOKEN, OTHER_TOKEN), rules=Rules(rates="record")) as emulator:
        for chat in (PICKY, ODD, PROXIED):
            emulator.add_chat(chat)
        yield emulator


@pytest.fixture
async def discord() -> AsyncIterator[DiscordEmulator]:
    async with small_server(DiscordRules(rates="record")) as emulator:
        yield emulator


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("bot.planning.FIRST_RETRY", 0.2)  # seconds; nobody has to wait for five
    monkeypatch.setattr("bot.acceptance.ASK_AGAIN", 0.5)
    return f"sqlite+aiosqlite:///{tmp_path / 'topicwire.sqlite'}"


@pytest.fixture
def logs() -> Iterator[list[MutableMapping[str, Any]]]:
    """What is logged, as an operator has it: from `info` on."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))
    with capture_logs() as found:
        yield found
    structlog.configure(wrapper_class=before)


def settings_of(discord: DiscordEmulator) -> dict[str, Any]:
    return {
        "discord_token": DISCORD_TOKEN,
        "discord_api_url": discord.api_url,
        "discord_gateway_url": discord.gateway_url,
    }


async def readers(it: Running, *addresses: str) -> None:
    """Everybody is alerted to everything on one topic."""
    now = it.app.clock()
    async with it.app.storage.write() as work:
        topic = (await work.topics.catalogue()).find("Computer Vision")
        assert topic is not None
        for text in addresses:
            found = await work.destinations.ensure(
                Address.parse(text), title="", locale="en", timezone="UTC", now=now
            )
            await work.subscriptions.put(Subscription(found.id, topic.id, alert_from=50), now)


async def until(condition: Callable[[dict[str, Any]], bool], it: Running) -> dict[str, Any]:
    """Wait until what `topicwire stats` shows is so."""
    stats: dict[str, Any] = {}
    async with asyncio.timeout(PATIENCE):
        while not condition(stats := await reports.stats(it.app.storage)):
            await asyncio.sleep(0.05)
    return stats


async def last(it: Running, address: str) -> tuple[str, str]:
    """State and reason of the newest delivery, as `topicwire deliveries` shows them."""
    (found, *_) = await reports.deliveries(it.app.storage, Address.parse(address), 1)
    return found["state"], found["reason"]


async def test_each_kind_of_trouble_is_named_and_costs_what_it_is_about(
    tmp_path: Path,
    database: str,
    telegram: TelegramEmulator,
    discord: DiscordEmulator,
    logs: list[MutableMapping[str, Any]],
) -> None:
    async with running(tmp_path, telegram, database, **settings_of(discord)) as it:
        people = [f"telegram:{chat}" for chat in (PICKY, NOBODY, ODD, PROXIED, "no-number")]
        places = [f"discord:{chat}" for chat in (NEWS, NOWHERE, "no-number", ALERTS, f"{NEWS}/{THREAD}")]
        await readers(it, *people, *places)
        telegram.fail("sendMessage", times=2, chat_id=PICKY, status=400, description="Bad Request: can't parse it")
        telegram.fail("sendMessage", times=3, chat_id=ODD, status=200, html=True)
        telegram.fail("sendMessage", times=2, chat_id=PROXIED, status=403, html=True)
        discord.fail(SAYS.format(ALERTS), times=3, status=400, code=50035)  # components, an embed, bare text
        discord.fail(SAYS.format(THREAD), times=2, status=404, html=True)
        it.publish("lamps", "Lamps that see the water")
        stats = await until(lambda stats: stats["deliveries"] == FIRST, it)
        assert stats["parked"] == {
            f"telegram:{NOBODY}": "chat not found",
            "telegram:no-number": "chat not found",
            f"discord:{NOWHERE}": "the channel is deleted",
            "discord:no-number": "not a channel id",
        }
        for refused in (f"telegram:{PICKY}", f"discord:{ALERTS}"):
            assert (await last(it, refused))[0] == "rejected"
        assert await last(it, f"telegram:{ODD}") == ("uncertain", "an answer that is not Telegram's")
        it.publish("tides", "A quite different story about the moons of distant Jupiter")
        await until(lambda stats: stats["deliveries"] == SECOND, it)
        for heard_of_it in (f"telegram:{ANN}", f"telegram:{PICKY}", f"telegram:{ODD}", f"discord:{ALERTS}"):
            assert (await last(it, heard_of_it))[0] == "sent"
    said = {line["destination"]: line["reason"] for line in logs if line["event"] == "not sent"}
    assert "parse it" in said[f"telegram:{PICKY}"]
    assert "50035" in said[f"discord:{ALERTS}"]
    assert "not Telegram's (status 403)" in said[f"telegram:{PROXIED}"]
    assert "not Discord's (status 404)" in said[f"discord:{NEWS}/{THREAD}"]
    errors = [line["event"] for line in logs if line["log_level"] == "error"]
    assert errors == ["message refused, sending it as plain text"] * 2


async def test_where_something_else_answers_in_the_place_of_the_platforms_everything_waits(
    tmp_path: Path, database: str, telegram: TelegramEmulator, discord: DiscordEmulator
) -> None:
    """The login page of a network: it says yes to everything."""
    async with running(tmp_path, telegram, database, **settings_of(discord)) as it:
        await readers(it, f"discord:{NEWS}")
        telegram.fail("getMe", times=inf, status=200, html=True)
        telegram.fail("sendMessage", times=inf, status=404, html=True)
        discord.fail(None, times=inf, status=404, html=True)
        it.publish("lamps", "Lamps that see the water")
        await telegram.wait_until(lambda: len(telegram.failed) > 3, timeout=PATIENCE)
        await discord.wait_until(lambda: len(discord.failed) > 3, timeout=PATIENCE)
        assert (await reports.stats(it.app.storage))["deliveries"].keys() <= {"pending", "leased"}
        telegram.mend()
        discord.mend()
        await until(lambda stats: stats["deliveries"] == {"sent": 2}, it)
        assert not (await reports.stats(it.app.storage))["parked"]


async def test_a_token_of_another_bot_is_noticed_and_the_chats_come_back_with_the_former_one(
    tmp_path: Path, database: str, telegram: TelegramEmulator, logs: list[MutableMapping[str, Any]]
) -> None:
    async with running(tmp_path, telegram, database) as it:
        assert it.app.messengers[0].bot == TOKEN.partition(":")[0]
    telegram.fail("sendMessage", times=inf, status=403, description=NEVER_STARTED)
    async with running(tmp_path, telegram, database, telegram_token=OTHER_TOKEN) as it:
        it.publish("lamps", "Lamps that see the water")
        stats = await until(lambda stats: bool(stats["parked"]), it)
    assert stats["parked"] == {f"telegram:{ANN}": "never started"}
    telegram.mend()
    async with running(tmp_path, telegram, database) as it:
        await it.arrives("Lamps that see the water")
        stats = await until(lambda stats: stats["deliveries"] == {"sent": 1}, it)
    assert not stats["parked"]
    noticed = [line for line in logs if line["event"] == "another bot"]
    assert [(line["before"], line["now"], line["chats_awake"]) for line in noticed] == [
        ("1234", "5678", 0),
        ("5678", "1234", 1),
    ]


async def test_a_discord_token_that_is_revoked_and_given_back_loses_nothing(
    tmp_path: Path, database: str, telegram: TelegramEmulator, discord: DiscordEmulator
) -> None:
    async with running(tmp_path, telegram, database, **settings_of(discord)) as it:
        await readers(it, f"discord:{NEWS}", f"discord:{ALERTS}")
        discord.fail(None, times=inf, status=401)
        it.publish("lamps", "Lamps that see the water")
        await it.arrives("Lamps that see the water")  # over Telegram, which has nothing to do with it
        assert "DISCORD_TOKEN" in await it.reasons("discord: ")
        discord.mend()
        await until(lambda stats: stats["deliveries"] == {"sent": 3}, it)
