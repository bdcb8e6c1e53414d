"""Ann's tour of Telegram, over python-telegram-bot and a Bot API server on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.emulators.telegram_records import Sent
from tests.emulators.telegram_rules import Rules
from tests.tour.transcript import Answered, Flashed, Said, Tour
from tests.tour.world import A_MOMENT, PATIENCE, World, world

ANN = 7


class Chat:
    """Ann's private chat with the bot. `last` is the message that came or changed last."""

    last: Sent

    def __init__(self, place: World, server: TelegramEmulator) -> None:
        self.tour: Tour[Sent] = Tour("Telegram", "telegram")
        self.place, self.server = place, server
        self._sent = self._edits = 0

    async def says(self, text: str) -> int:
        """Type something and wait for the answer; returns the id of what was typed."""
        self.place.now += A_MOMENT
        self.tour.lines.append(Said(text))
        number = await self.server.say(ANN, text)
        await self.hears()
        return number

    async def rewrites(self, number: int, text: str) -> None:
        """Edit what was typed, and wait for the answer."""
        self.place.now += A_MOMENT
        self.tour.lines.append(Said(text, again=True))
        await self.server.edit(ANN, number, text)
        await self.hears()

    async def presses(self, label: str, sent: Sent | None = None) -> None:
        """Press a button of the last message, or of an earlier one, and wait for what it does."""
        self.place.now += A_MOMENT
        self.tour.lines.append(Said(label, pressed=True))
        before = len(self.server.answered)
        await self.server.press(sent or self.last, label)
        await self.server.wait_until(lambda: len(self.server.answered) > before, PATIENCE)
        if toast := self.server.answered[-1].text:
            self.tour.lines.append(Flashed(toast))
        await self.hears()

    async def hears(self) -> None:
        """Note what the bot wrote or changed, once it did."""
        server = self.server
        await server.wait_until(lambda: len(server.sent) + len(server.edits) > self._sent + self._edits, PATIENCE)
        news = [(sent, False) for sent in server.sent[self._sent :]]
        news += [(sent, True) for sent in server.edits[self._edits :]]
        self._sent, self._edits = len(server.sent), len(server.edits)
        for sent, changed in news:
            rows = tuple(tuple(button.text for button in row) for row in sent.buttons)
            self.tour.lines.append(Answered(sent.text, rows, changed))
            self.last = sent


@asynccontextmanager
async def chat(home: Path) -> AsyncIterator[Chat]:
    """The program with Telegram alone, and Ann, who has not said anything yet."""
    place = World()
    async with (
        TelegramEmulator(clock=place.clock, rules=Rules(rates="off")) as server,
        world(home, place, telegram_token=TOKEN, telegram_api_url=server.root, web_port=0),
    ):
        yield Chat(place, server)


async def play(ann: Chat) -> None:
    """From the first word to a morning with a digest."""
    for stretch in (begin, reach_ten, choose_a_bar, get_an_alert, ask_why_not, tune, sleep):
        await stretch(ann)


async def begin(ann: Chat) -> None:
    ann.tour.heading("First contact in three taps", "A topic, how much of it, and how it shall come.")
    await ann.says("/start")
    await ann.presses("Space")
    ann.tour.picture("forecast", ann.last, "How much comes at which bar, before anything is chosen")
    await ann.presses("70 · 10/month")
    await ann.presses("Both")


async def reach_ten(ann: Chat) -> None:
    ann.tour.heading(
        "Ten topics", "A topic's name is enough. A slip of the finger is mended by a button, or by editing it."
    )
    await ann.says("oceans")
    await ann.presses("Subscribe")
    await ann.says("/subscribe robotics, moon 80")
    await ann.says("/subscribe compter vison")
    await ann.presses("Computer Vision")
    number = await ann.says("/subscribe baterries digest 40")
    await ann.rewrites(number, "/subscribe batteries digest 40")
    await ann.says("/subscribe climate, clean energy digest 60")
    await ann.says("/subscribe speech, natural language")


async def choose_a_bar(ann: Chat) -> None:
    ann.tour.heading("A bar with open eyes")
    await ann.says("/quality computer vision")
    await ann.presses("90 · 7/month")
    await ann.says("/simulate computer vision 7 days")


async def get_an_alert(ann: Chat) -> None:
    ann.tour.heading("An alert, and why it came")
    await ann.place.publish("Street atlas")
    ann.tour.meanwhile("A story is published.")
    await ann.hears()
    ann.tour.picture("alert", ann.last, "An alert on Telegram, with who else has the story")
    alert = ann.last
    await ann.presses("Why this?", alert)
    await ann.presses("Follow", alert)


async def ask_why_not(ann: Chat) -> None:
    ann.tour.heading("One that did not come, and the smallest change that would have let it through")
    await ann.place.publish("Ski resort")
    ann.tour.meanwhile("Another story is published, and nothing comes.")
    await ann.says("/why ski resort")
    ann.tour.picture("why", ann.last, "Why a story did not come, gate by gate")
    await ann.presses("Lower the bar for Computer Vision to 62")
    await ann.presses("Undo")


async def tune(ann: Chat) -> None:
    ann.tour.heading("Everything else, in one message")
    await ann.says("/settings")
    await ann.presses("Picture")
    await ann.presses("Quiet hours")
    await ann.presses("22:00–07:00")
    await ann.presses("‹ Settings")
    ann.tour.picture("settings", ann.last, "All settings of a chat in one message")
    await ann.says("/timezone Madrid")
    await ann.says("/filter -crypto, -layoff*")


async def sleep(ann: Chat) -> None:
    ann.tour.heading("A night and a morning", "What comes in quiet hours waits; the digest follows an hour later.")
    await ann.place.until(27, 15)
    for words in ("Repair café", "Motorway fence", "Hot springs"):
        await ann.place.publish(words)
    ann.tour.meanwhile("In the afternoon three stories are published that Ann wants in her digest alone.")
    await ann.place.until(27, 23)
    await ann.place.publish("Ice core")
    ann.tour.meanwhile("At midnight, by Ann's clock, a strong one follows. Nothing comes.")
    await ann.place.until(28, 6)
    ann.tour.meanwhile("At seven:")
    await ann.hears()
    await ann.place.publish("Hydrogen stage")
    ann.tour.meanwhile("Soon after:")
    await ann.hears()
    await ann.place.until(28, 7)
    ann.tour.meanwhile("At eight:")
    await ann.hears()
    ann.tour.picture("digest", ann.last, "The digest of the morning")
    await ann.says("/subscriptions")
