"""From first contact to a tuned chat on Telegram: real commands, storage, library and queue."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.delivery import Delivery
from bot.model import Coverage, Image, Provider
from storage.database import Database
from tests.adapters.telegram_chat import ANN, BEN, GROUP, line
from tests.bot.month import month
from tests.bot.talk import Talk, publish
from tests.conftest import Clock
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_records import Sent

pytestmark = [
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
    pytest.mark.sqlite,
]


@dataclass
class Phone:
    """A person's Telegram; `last` is the message that is open, as it stands."""

    telegram: TelegramEmulator
    talk: Talk
    delivery: Delivery
    last: Sent | None = None

    async def says(self, text: str, chat: int = ANN, who: int = ANN) -> str:
        before = len(self.telegram.sent)
        await self.telegram.say(chat, text, user_id=who)
        self.last = await self.telegram.wait_until(lambda: next(iter(self.telegram.sent[before:]), None))
        return self.last.text

    async def presses(self, label: str, who: int | None = None) -> str:
        """Press a button of the open message, which is edited; returns how it reads then."""
        assert self.last is not None
        before, answered = len(self.telegram.edits), len(self.telegram.answered)
        await self.telegram.press(self.last, label, user_id=who)
        await self.telegram.wait_until(lambda: len(self.telegram.answered) > answered)
        self.last = await self.telegram.wait_until(lambda: next(iter(self.telegram.edits[before:]), None))
        return self.last.text

    async def receives(self) -> list[Sent]:
        """What the queue sends until nothing is left."""
        before = len(self.telegram.sent)
        running = asyncio.create_task(self.delivery.run())
        await self.telegram.wait_until(lambda: self.telegram.sent[before:])
        self.delivery.stop()
        await running
        self.delivery.resume()
        return self.telegram.sent[before:]


@pytest.fixture
async def phone(storage: Database) -> AsyncIterator[Phone]:
    async with line(storage) as there:
        yield Phone(there.telegram, there.talk, there.delivery)
    assert there.telegram.refused == []


async def test_from_hello_to_a_tuned_chat_in_two_messages(phone: Phone) -> None:
    await phone.says("/start")
    await phone.presses("Computer Vision")
    await phone.presses("Good: 70+")
    assert "Subscribed to Computer Vision" in await phone.presses("Alerts at once")
    assert len(phone.telegram.sent) == 1, "one message from hello to done"
    await phone.says("/settings")
    for label in (
        "One line",
        "Sound off",
        "Topics",
        "Computer Vision",
        "Or 3 outlets",
        "Words, outlets",
        "‹ Topic",
    ):
        await phone.presses(label)
    assert "once 3 independent outlets" in (phone.last.text if phone.last else "")
    assert len(phone.telegram.sent) == 2, "each press edits the message"
    assert {answer.text for answer in phone.telegram.answered} == {"", "Saved"}


async def test_alert_looks_and_sounds_as_the_chat_chose(phone: Phone) -> None:
    clock = phone.talk.clock
    assert isinstance(clock, Clock)
    await phone.says("/subscribe computer vision 70")
    picture = (Image("https://pictures.example/lens.png", 1200, 630),)
    seen = {}
    for number, label in enumerate(("Card", "One line", "Picture")):
        await phone.says("/settings")
        if number:
            await phone.presses(label)
        if label == "One line":
            await phone.presses("Sound off")
        clock.forward(seconds=5)
        await publish(
            phone.talk, f"Kite number {number} maps {number * 7} reefs", images=picture if number < 2 else ()
        )
        [seen[label]] = await phone.receives()
        clock.forward(seconds=5)
    assert "What is known about" in seen["Card"].text
    assert not seen["Card"].silent
    assert seen["Card"].preview
    assert seen["One line"].text == "Kite number 1 maps 7 reefs · Harbour Post"
    assert seen["One line"].silent
    assert seen["One line"].preview is None
    assert seen["One line"].labels == ("Why this?", "Follow", "Mute story")
    large = seen["Picture"].preview
    assert large is not None
    assert (large.size, large.above) == ("large", True), "without a picture of its own the article's preview leads"
    assert seen["Picture"].silent


async def test_preferred_outlets_are_named_first(phone: Phone) -> None:
    title = "Lens grows eyes that map a reef at night"
    related = tuple(
        Coverage(title, f"https://{name}.example/1", Provider(name.title(), f"{name}.example"), quality)
        for name, quality in (("dusk", 90), ("perch", 80), ("quarry", 70), ("marsh", 10))
    )
    await phone.says("/subscribe computer vision 70")
    await phone.says("/filter from:marsh.example")
    await publish(phone.talk, title, related=related)
    [alert] = await phone.receives()
    lines = [line for line in alert.text.splitlines() if line.startswith("•")]
    assert [line.split(":")[0].strip("• \u2068\u2069") for line in lines] == ["Marsh", "Dusk", "Perch"]
    assert "and 1 more" in alert.text


async def test_in_a_group_all_look_and_admins_change(phone: Phone) -> None:
    await phone.says("/subscribe ai 80", chat=GROUP)
    await phone.says("/settings", chat=GROUP, who=BEN)
    opened = phone.last
    assert opened is not None
    await phone.telegram.press(opened, "Sound off", user_id=BEN)
    refusal = await phone.telegram.wait_until(lambda: next((a for a in phone.telegram.answered if a.text), None))
    assert "admin" in str(refusal.text)
    assert phone.telegram.edits == []
    assert "Sound: off" in await phone.presses("Sound off", who=ANN)


async def test_an_edited_command_is_run_again(phone: Phone) -> None:
    message_id = await phone.telegram.say(ANN, "/subscribe spcae 80", user_id=ANN)
    await phone.telegram.wait_until(lambda: len(phone.telegram.sent) == 1)
    assert "Did you mean" in phone.telegram.sent[0].text
    await phone.telegram.edit(ANN, message_id, "/subscribe space 80")
    await phone.telegram.wait_until(lambda: len(phone.telegram.sent) == 2)
    assert "Subscribed to Space" in phone.telegram.sent[1].text


async def test_stale_and_forged_presses_stop_spinning_with_one_sentence(phone: Phone) -> None:
    await phone.says("/settings")
    opened = phone.last
    assert opened is not None
    actions = ("opt:bar:999:70:0", "see:nowhere", "follow:999", "nonsense")
    for action in actions:
        await phone.telegram.press(opened, action, user_id=ANN, forged=True)
    await phone.telegram.wait_until(lambda: len(phone.telegram.answered) == len(actions))
    assert {answer.text for answer in phone.telegram.answered} == {
        "That button is out of date. Please send the command again."
    }
    assert len(phone.telegram.sent) == 1


async def test_a_bar_is_chosen_by_what_comes_and_tried_out_before(phone: Phone) -> None:
    assert isinstance(phone.talk.clock, Clock)
    await month(phone.talk, phone.talk.clock, days=28)
    said = await phone.says("/subscribe computer vision")
    assert "70: about 14 a week ← your bar" in said
    assert "100: about 7 a week ← your bar" in await phone.presses("100 · 7/week")
    assert "70: about 14 a week ← your bar" in await phone.presses("Undo")
    await phone.says("/simulate computer vision 100 7d")
    assert "the last 14 days: 14 stories" in await phone.presses("14 days")
    before = len(phone.telegram.sent)
    assert phone.last is not None
    await phone.telegram.press(phone.last, "Use bar 100")
    await phone.telegram.wait_until(lambda: phone.telegram.sent[before:])
    assert phone.telegram.sent[-1].text == "Computer Vision from now on: stories rated 100 and above."
