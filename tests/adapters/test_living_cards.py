"""A card that was sent grows where it stands: real ingest, storage and queue, and each platform's own library."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from bot.delivery import Delivery
from bot.model import Address, Coverage, Provider, Subscription
from bot.preferences import Form, Look
from storage.database import Database
from tests.adapters import discord_chat, telegram_chat
from tests.adapters.discord_chat import NEWS, place
from tests.adapters.telegram_chat import ANN, ANNS_CHAT, NOW
from tests.bot.newsroom import Newsroom, article, newsroom
from tests.conftest import Clock
from tests.emulators.discord import DiscordEmulator
from tests.emulators.telegram import TelegramEmulator

pytestmark = pytest.mark.parametrize("storage", ["sqlite"], indirect=True)

GREW = "Now 5 outlets, 2 when it came"


@dataclass
class Place:
    """A chat in which a newsroom's alerts arrive; `server` is the platform as its people see it."""

    room: Newsroom
    storage: Database
    clock: Clock
    address: Address
    delivery: Delivery
    messenger: Any
    server: Any

    async def ready(self, look: Look) -> None:
        async with self.storage.write() as work:
            here = await work.destinations.ensure(
                self.address, title="", locale="en", timezone="UTC", now=self.clock()
            )
            topic = (await work.topics.catalogue()).get("computer-vision")
            assert topic
            await work.subscriptions.put(Subscription(here.id, topic.id, 70), self.clock())
            await work.destinations.look(here.id, look)

    async def carried(self, *outlets: str) -> None:
        """The article is listed with these outlets, and all that is owed here goes out."""
        one = article()
        related = tuple(
            Coverage(one.title, f"https://{name}.example/a", Provider(name.title(), f"{name}.example"), 60)
            for name in outlets
        )
        await self.room.files(replace(one, related=related))
        self.clock.forward(seconds=5)
        running = asyncio.create_task(self.delivery.run())
        async with asyncio.timeout(30):
            while await self._owed():
                await asyncio.sleep(0.01)
                self.clock.forward(milliseconds=20)  # slots that a busy machine missed come again
        self.delivery.stop()
        await running
        self.delivery.resume()

    async def _owed(self) -> bool:
        async with self.storage.read() as work:
            here = await work.destinations.get(self.address)
            assert here
            states = [row.state for row in await work.deliveries.of(here.id, 20)]
        return bool({"pending", "leased"} & set(states))

    async def updates(self) -> list[tuple[str, str]]:
        """State and reason of every change that was owed."""
        async with self.storage.read() as work:
            here = await work.destinations.get(self.address)
            assert here
            assert here.parked is None
            assert await work.told.when(here.id, 1), "the story stays told"
            return [
                (row.state, row.reason) for row in await work.deliveries.of(here.id, 20) if row.kind == "update"
            ]


@pytest.fixture(params=["telegram", "discord"])
async def chat(
    request: pytest.FixtureRequest, storage: Database, telegram: TelegramEmulator, discord: DiscordEmulator
) -> AsyncIterator[Place]:
    clock = Clock(NOW)
    server: Any
    messenger: Any
    if request.param == "telegram":
        await telegram.say(ANN, "/start")
        address, server, messenger = ANNS_CHAT, telegram, telegram_chat.messenger_of(telegram, clock=clock)
    else:
        address, server, messenger = place(NEWS), discord, discord_chat.messenger_of(discord)
    delivery = Delivery(storage, messenger, owner="test", clock=clock)
    yield Place(await newsroom(storage, clock), storage, clock, address, delivery, messenger, server)
    await messenger.stop()


@pytest.mark.parametrize("form", [Form.CARD, Form.COMPACT])
async def test_a_message_grows_where_it_stands_and_says_so_in_every_form(chat: Place, form: Form) -> None:
    await chat.ready(Look(form))
    await chat.carried("one")
    [alert] = chat.server.sent
    assert "outlets" not in alert.text
    await chat.carried("one", "two", "three", "four")
    [change] = chat.server.edits
    assert chat.server.sent == [alert], "no second message, so no sound"
    assert change.message_id == alert.message_id
    assert f"↗ {GREW}" in change.text.splitlines()
    assert change.labels == ("All coverage", *alert.labels[1:])
    named = [name for name in ("One", "Two", "Three", "Four") if f"{name}:" in change.text]
    assert len(named) == (3 if form is Form.CARD else 0)
    assert await chat.updates() == [("sent", "")]
    assert not chat.server.refused


async def test_a_message_that_its_reader_deleted_costs_nothing(chat: Place) -> None:
    await chat.ready(Look())
    await chat.carried("one")
    await chat.messenger.delete(chat.address, str(chat.server.sent[0].message_id))
    await chat.carried("one", "two", "three", "four")
    [(state, _)] = await chat.updates()
    assert state == "cancelled"
    assert len(chat.server.sent) == 1
    assert chat.server.edits == []
