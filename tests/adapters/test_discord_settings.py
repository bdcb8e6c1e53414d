"""From first contact to a tuned channel on Discord: real commands and storage, real discord.py."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from adapters.discord.messenger import DiscordMessenger
from bot.cards import content_of
from bot.messages import Payload
from bot.model import Kind
from bot.preferences import Form, Look
from bot.texts import texts
from storage.database import Database
from tests.adapters.discord_chat import ADMIN, ALERT, ANN, NEWS, messenger_of, place
from tests.adapters.telegram_chat import NOW
from tests.bot.month import month
from tests.bot.talk import Talk, conversation_of, talk_of
from tests.conftest import Clock
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_records import Sent

pytestmark = pytest.mark.sqlite

NO_SOUND = 1 << 12  # https://docs.discord.com/developers/resources/message#message-object-message-flags


@dataclass
class Client:
    """A person's Discord; `last` is the message that is open."""

    discord: DiscordEmulator
    messenger: DiscordMessenger
    talk: Talk
    place: Any
    last: Sent | None = None

    async def says(self, command: str, text: str = "") -> str:
        asked = await self.discord.slash(self.place, command, {"text": text} if text else {}, permissions=ADMIN)
        self.last = await asked.answered(10)
        return self.last.text

    async def presses(self, label: str, **who: Any) -> str:
        assert self.last is not None
        pressed = await self.discord.press(self.last, label, **{"permissions": ADMIN, **who})
        answer = await pressed.answered(10)
        assert pressed.deferred, "acknowledged before it was answered"
        self.last = answer
        return answer.text


@pytest.fixture
async def client(storage: Database, discord: DiscordEmulator) -> AsyncIterator[Client]:
    clock = Clock(NOW)
    messenger = messenger_of(discord)
    talk = await talk_of(storage, clock)
    talk.conversation = conversation_of(storage, clock, messengers=(messenger,))
    talk.address = place(f"dm:{ANN}")
    await messenger.start(talk.conversation)
    yield Client(discord, messenger, talk, discord.places.users[ANN])
    await messenger.stop()
    assert not discord.refused


async def test_from_hello_to_a_tuned_chat(client: Client) -> None:
    await client.says("start")
    await client.presses("Computer Vision")
    await client.presses("Good: 70+")
    assert "Subscribed to Computer Vision" in await client.presses("Both")
    assert await client.talk.bars() == {"computer-vision": (70, 70)}
    await client.says("settings")
    for label in ("Picture", "Sound off", "Topics", "Computer Vision", "Bar 80", "Or 2 outlets"):
        await client.presses(label)
    assert "once 2 independent outlets" in (client.last.text if client.last else "")
    await client.says("filter", "computer vision: -moths")
    assert "Never with: “moths”" in await client.presses("Words, outlets")
    assert "No words" in await client.presses("✕ −moths")


async def test_in_a_channel_all_look_and_those_with_the_right_change(client: Client) -> None:
    client.place, client.talk.address = client.discord.places.channels[NEWS], place(NEWS)
    await client.says("subscribe", "ai 80")
    await client.says("settings")
    assert "Pick one to tune it" in await client.presses("Topics", permissions=0)
    await client.presses("AI", permissions=0)
    opened = client.last
    assert "Manage Channel" in await client.presses("Bar 90", permissions=0)
    assert await client.talk.bars() == {"ai": (80, None)}
    client.last = opened
    await client.presses("Bar 90")
    assert await client.talk.bars() == {"ai": (90, None)}


async def test_a_stale_press_is_answered_with_one_sentence(client: Client) -> None:
    await client.says("settings")
    assert client.last is not None
    for action in ("tw:opt:bar:999:70:0", "tw:see:nowhere", "tw:opt:drop:0:x:00000000:0"):
        pressed = await client.discord.press(client.last, action, forged=True)
        assert (await pressed.answered(10)).text == "That button is out of date. Please send the command again."


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("silent", [False, True])
async def test_alert_looks_and_sounds_as_the_chat_chose(client: Client, form: Form, silent: bool) -> None:
    narrow = replace(ALERT.card, image=replace(ALERT.card.image, width=400, height=400))  # type: ignore[type-var]
    content = content_of(Kind.ALERT, Payload(cards=(narrow,)), texts("en"), Look(form, silent))
    await client.messenger.send(place(NEWS), content, locale="en", nonce="d1", now=NOW, silent=silent)
    sent = client.discord.sent[-1]
    assert bool(sent.flags & NO_SOUND) is silent
    kinds = [part.kind for part in sent.components]
    if form is Form.COMPACT:
        assert kinds[0] == "text"
        assert sent.text.splitlines()[0] == "Lens the size of a grain maps a coral reef · Wired Harbor"
        assert sent.labels == ("All coverage", "Follow", "Mute story")
        return
    inner = [part.kind for part in sent.components[0].walk()]
    assert ("gallery" in inner) is (form is Form.PICTURE)
    assert ("thumbnail" in inner) is (form is Form.CARD)
    if form is Form.PICTURE:
        assert inner.index("gallery") < inner.index("text"), "the picture leads"


async def test_a_bar_is_chosen_by_what_comes_and_tried_out_before(client: Client) -> None:
    assert isinstance(client.talk.clock, Clock)
    await month(client.talk, client.talk.clock, days=28)
    assert "70: about 14 a week ← your bar" in await client.says("subscribe", "computer vision")
    assert "100: about 7 a week ← your bar" in await client.presses("100 · 7/week")
    assert "70: about 14 a week ← your bar" in await client.presses("Undo")
    await client.says("simulate", "computer vision 100 7d")
    assert "the last 14 days: 14 stories" in await client.presses("14 days")
    await client.presses("Use bar 100")
    assert await client.talk.bars() == {"computer-vision": (100, None)}
