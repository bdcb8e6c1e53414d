"""What needs an admin reaches an admin, over a platform, through the real application and a clock that is set."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path

import pytest

from bot.model import Address, Kind, Platform, State
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_rules import Rules
from tests.faults.running import ANN, PATIENCE, Running, running

ADMINS = (f"telegram:{ANN}", "web:operator")


class Wall:
    """The machine's clock, which an operator sets."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator(rules=Rules(rates="record")) as emulator:
        yield emulator


async def told(telegram: TelegramEmulator, words: str) -> None:
    await telegram.wait_for(lambda sent: sent.chat_id == ANN and words in sent.text, timeout=PATIENCE)


async def on_the_page(it: Running, words: str) -> None:
    """Wait until the admin of the chat page was sent this."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with it.app.storage.read() as work:
                admin = await work.destinations.get(Address(Platform.WEB, "operator"))
                assert admin is not None
                found = await work.deliveries.of(admin.id, 20)
            notices = [one for one in found if one.kind is Kind.NOTICE and one.state is State.SENT and one.payload]
            if any(one.payload and one.payload.key == words for one in notices):
                return
            await asyncio.sleep(0.1)


async def test_each_alarm_reaches_an_admin(
    tmp_path: Path, telegram: TelegramEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.wallclock.LOOK", 0.2)
    wall = Wall()
    database = f"sqlite+aiosqlite:///{tmp_path / 'topicwire.sqlite'}"
    async with running(tmp_path, telegram, database, clock=wall, admins=ADMINS) as it:
        async with it.app.storage.write() as work:
            for number in range(12):
                found = await work.destinations.ensure(
                    Address(Platform.TELEGRAM, f"9{number}"), title="", locale="en", timezone="UTC", now=wall()
                )
                await work.destinations.park(found.id, "blocked by the user", wall() + timedelta(hours=25))
        wall.ahead = timedelta(hours=25)  # every job looks again, as it does each minute
        await told(telegram, "No new article.")
        await told(telegram, "Many chats were closed to the bot")
        (tmp_path / "articles").rename(tmp_path / "away")
        await it.reasons("source ")
        wall.ahead += timedelta(minutes=1)
        await told(telegram, "A source cannot be read")
        telegram.fail(None, times=inf, status=401)
        it.app.deliveries[0].wake()
        await telegram.say(ANN, "/status")
        await it.reasons("telegram: ")
        wall.ahead += timedelta(minutes=1)
        await on_the_page(it, "alarm-token")
