"""Ann's tour of Discord, over discord.py and a server on loopback that speaks its REST and its gateway."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from babel.dates import format_timedelta

from tests.adapters.discord_chat import ANN
from tests.emulators.discord import TOKEN, DiscordEmulator
from tests.emulators.discord_acts import Interaction
from tests.emulators.discord_places import Channel
from tests.emulators.discord_records import Sent
from tests.emulators.discord_rules import Rules
from tests.tour.transcript import Answered, Said, Tour
from tests.tour.world import A_MOMENT, PATIENCE, World, world

TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC")
"""How the loopback server tells a time that each reader's own client puts into words."""


class Chat:
    """Ann's direct messages with the bot. `last` is the message that came or changed last."""

    last: Sent

    def __init__(self, place: World, server: DiscordEmulator) -> None:
        self.tour: Tour[Sent] = Tour("Discord", "discord")
        self.place, self.server = place, server
        self._room: Channel = server.places.dm_with(server.places.users[ANN])
        self._sent = self._edits = 0

    async def says(self, command: str, text: str = "") -> None:
        """Give a command, with what stands behind it in its option, and wait for the answer."""
        self.place.now += A_MOMENT
        self.tour.lines.append(Said(f"/{command} {text}".strip()))
        asked = await self.server.slash(self._room, command, {"text": text} if text else {})
        await self._answered(asked)

    async def is_offered(self, command: str, text: str) -> list[str]:
        """Begin to type a topic behind a command: what Discord's list offers."""
        return [one["name"] for one in await self.server.autocomplete(command, "text", text, place=self._room)]

    async def presses(self, label: str, sent: Sent | None = None) -> None:
        """Press a button of the last message, or of an earlier one, and wait for what it does."""
        self.place.now += A_MOMENT
        self.tour.lines.append(Said(label, pressed=True))
        await self._answered(await self.server.press(sent or self.last, label))

    async def hears(self) -> None:
        """Note what came, or changed, by itself."""
        server = self.server
        await server.wait_until(
            lambda: len(self._alerts()) + len(server.edits) > self._sent + self._edits, PATIENCE
        )
        for sent in self._alerts()[self._sent :]:
            self._note(sent, changed=False)
        for sent in server.edits[self._edits :]:
            self._note(sent, changed=True)
        self._sent, self._edits = len(self._alerts()), len(server.edits)

    def _alerts(self) -> list[Sent]:
        return [sent for sent in self.server.sent if sent.kind != "interaction"]

    async def _answered(self, asked: Interaction) -> None:
        await asked.answered(PATIENCE)
        for sent in asked.answers:
            self._note(sent, changed=asked.pressed is not None and sent.message_id == asked.pressed.message_id)
        self._edits = len(self.server.edits)

    def _note(self, sent: Sent, *, changed: bool) -> None:
        rows = tuple(
            tuple(button.body["label"] for button in row.children) for row in sent.parts("row") if row.children
        )
        text = TIME.sub(self._ago, sent.text)
        self.tour.lines.append(Answered(text, rows, changed))
        self.last = sent

    def _ago(self, found: re.Match[str]) -> str:
        """The words of a client in English: "18 minutes ago"."""
        then = datetime.strptime(found[0], "%Y-%m-%d %H:%M UTC").replace(tzinfo=UTC)
        return format_timedelta(then - self.place.now, add_direction=True, locale="en")


@asynccontextmanager
async def chat(home: Path) -> AsyncIterator[Chat]:
    """The program with Discord alone, and Ann, who has not said anything yet."""
    place = World()
    async with DiscordEmulator(clock=place.clock, rules=Rules(rates="off")) as server:
        server.add_user(ANN)
        addresses = {"discord_api_url": server.api_url, "discord_gateway_url": server.gateway_url}
        async with world(home, place, discord_token=TOKEN, web_port=0, **addresses):
            await server.connected(PATIENCE)
            yield Chat(place, server)


async def play(ann: Chat) -> None:
    """From the first word to an evening with a digest."""
    for stretch in (begin, reach_ten, try_a_bar, watch_it_grow, ask_why_not, tune, read_a_digest):
        await stretch(ann)


async def begin(ann: Chat) -> None:
    ann.tour.heading("First contact in three taps", "In a direct message, where the bot answers Ann alone.")
    await ann.says("start")
    await ann.presses("Computer Vision")
    ann.tour.picture("forecast", ann.last, "How much comes at which bar, on Discord")
    await ann.presses("70 · 10/month")
    await ann.presses("Alerts at once")


async def reach_ten(ann: Chat) -> None:
    ann.tour.heading("Ten topics")
    offered = await ann.is_offered("subscribe", "oce")
    ann.tour.meanwhile(f"As soon as Ann has typed “oce”, Discord offers {offered[0]}.")
    await ann.says("subscribe", "oceans, rockets, telescopes 80")
    await ann.says("subscribe", "robtics")
    await ann.presses("Robotics")
    await ann.says("subscribe", "climate, clean energy, batteries digest 60")
    await ann.says("subscribe", "speech any")
    await ann.says("subscribe", "natural language 80")


async def try_a_bar(ann: Chat) -> None:
    ann.tour.heading("Trying a bar on what came lately")
    await ann.says("simulate", "robotics 30 days")
    await ann.presses("Bar 90")
    ann.tour.picture("simulate", ann.last, "A replay of the last thirty days")
    await ann.presses("Use bar 90")


async def watch_it_grow(ann: Chat) -> None:
    ann.tour.heading("An alert that grows with its story")
    await ann.place.publish("Street atlas", outlets=1)
    ann.tour.meanwhile("A story is published.")
    await ann.hears()
    alert = ann.last
    await ann.presses("Why this?", alert)
    await ann.presses("Bar up", alert)
    await ann.place.publish("Street atlas")
    ann.tour.meanwhile("More outlets take the story up. The alert changes where it stands, without a sound.")
    await ann.hears()
    ann.tour.picture("grown", ann.last, "The alert, grown")
    await ann.presses("All coverage")


async def ask_why_not(ann: Chat) -> None:
    ann.tour.heading("One that did not come")
    await ann.place.publish("rising.1")
    ann.tour.meanwhile("A weak story is published, and nothing comes.")
    await ann.says("why", "garden camera")
    await ann.presses("Lower the bar for Computer Vision to 41")
    await ann.presses("Undo")
    await ann.place.publish("rising.2")
    ann.tour.meanwhile("But the story gains weight:")
    await ann.hears()
    await ann.presses("Mute story")


async def tune(ann: Chat) -> None:
    ann.tour.heading("Everything else, in one message")
    await ann.says("settings")
    await ann.presses("One line")
    await ann.presses("Words, outlets")
    await ann.says("filter", "-from:skywardalmanac.example")
    await ann.says("digest", "18:00 weekdays")
    await ann.says("pause", "2h")
    await ann.presses("Resume")


async def read_a_digest(ann: Chat) -> None:
    ann.tour.heading("An evening with a digest")
    await ann.place.publish("Motorway fence")
    await ann.place.publish("Salt cells")
    await ann.place.publish("vineyard")
    ann.tour.meanwhile("In the afternoon three stories are published on what Ann has in her digest.")
    await ann.place.publish("Harbour crabs")
    ann.tour.meanwhile("And one on robots, which comes as one line:")
    await ann.hears()
    await ann.place.until(27, 18)
    ann.tour.meanwhile("At six:")
    await ann.hears()
    ann.tour.picture("digest", ann.last, "The digest of the evening")
    await ann.says("subscriptions")
