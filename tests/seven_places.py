"""One story in seven places: both loopback platforms with their people and rooms, and one running program.

Tests look at what came; `scripts/platform_pictures.py` draws it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters.sources.samples import SampleFolder
from bot.bootstrap import application
from bot.config import load_settings
from bot.runner import run
from tests.adapters.discord_chat import ADMIN, ANN, FORUM, NEWS, THREAD, small_server
from tests.emulators.discord import TOKEN as DISCORD_TOKEN
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_records import Sent as DiscordSent
from tests.emulators.discord_rules import Rules as DiscordRules
from tests.emulators.telegram import TOKEN as TELEGRAM_TOKEN
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_records import Sent as TelegramSent
from tests.emulators.telegram_rules import Rules as TelegramRules

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
GROUP, TOPIC, CHANNEL = -100300, 5, -100400
PATIENCE = 30  # seconds; everything comes within five on a machine that has nothing else to do

WISH = "computer vision 70"


@dataclass(frozen=True, slots=True)
class Town:
    """The platforms and a working folder; `articles` is watched by the program."""

    telegram: TelegramEmulator
    discord: DiscordEmulator
    home: Path

    @property
    def articles(self) -> Path:
        return self.home / "articles"

    @property
    def refused(self) -> list[object]:
        """Without the first message to a forum: by its refusal the program knows a forum."""
        return [*self.telegram.refused, *(refusal for refusal in self.discord.refused if refusal.code != 50008)]

    async def told(self, title: str) -> tuple[dict[str, TelegramSent], dict[str, DiscordSent]]:
        """The seven messages that carry an article of this title, by the name of their place."""
        on_telegram = await self.telegram.wait_until(lambda: _on_telegram(self.telegram, title), PATIENCE)
        on_discord = await self.discord.wait_until(lambda: _on_discord(self.discord, title), PATIENCE)
        return on_telegram, on_discord


@asynccontextmanager
async def town(home: Path) -> AsyncIterator[Town]:
    """Ann, her chat, a forum topic, a channel; her direct messages, a Discord channel, a thread, a forum.

    Limits of rate are noted as refusals, not answered with them.
    """
    SampleFolder(SAMPLES, home / "articles").prepare(datetime.now(UTC))
    async with (
        TelegramEmulator(rules=TelegramRules(rates="record")) as telegram,
        small_server(DiscordRules(rates="record")) as discord,
    ):
        telegram.add_chat(GROUP, is_forum=True, title="Reading circle").members.update({ANN: "administrator"})
        channel = telegram.add_chat(CHANNEL, "channel", title="Lens and shutter")
        channel.username = "lensandshutter"
        channel.members.update({ANN: "creator"})
        yield Town(telegram, discord, home)


@asynccontextmanager
async def topicwire(town: Town, **changes: Any) -> AsyncIterator[None]:
    """The program with both platforms, from its settings to `ready`, and its graceful stop."""
    settings = load_settings(
        database_url=f"sqlite+aiosqlite:///{town.home / 'topicwire.sqlite'}",
        articles=str(town.articles),
        topics=SAMPLES / "topics",
        telegram_token=TELEGRAM_TOKEN,
        telegram_api_url=town.telegram.root,
        discord_token=DISCORD_TOKEN,
        discord_api_url=town.discord.api_url,
        discord_gateway_url=town.discord.gateway_url,
        web_port=0,
        **changes,
    )
    stop = asyncio.Event()
    async with application(settings) as app:
        running = asyncio.create_task(run(app, stop))
        try:
            await town.discord.connected(PATIENCE)
            yield
        finally:
            stop.set()
            await asyncio.wait_for(running, PATIENCE)


async def subscribe_everywhere(town: Town) -> None:
    """Ann subscribes all seven as people do: two rooms are subscribed from another place."""
    telegram, discord = town.telegram, town.discord
    rooms = discord.places.channels
    await telegram.say(ANN, f"/subscribe {WISH}")
    await telegram.say(GROUP, f"/subscribe@topicwire_test_bot {WISH}", user_id=ANN, message_thread_id=TOPIC)
    await telegram.say(ANN, f"/subscribe {WISH} in @lensandshutter")
    await telegram.wait_until(lambda: len(_subscribed(telegram)) == 3 or None, PATIENCE)
    await discord.set_permissions(rooms[FORUM], ADMIN)
    for place, options in (
        (rooms[NEWS], {"text": WISH}),
        (rooms[THREAD], {"text": WISH}),
        (rooms[NEWS], {"text": WISH, "channel": str(FORUM)}),
        (discord.places.users[ANN], {"text": WISH}),
    ):
        asked = await discord.slash(place, "subscribe", options, permissions=ADMIN)
        answer = await asked.answered(PATIENCE)
        assert "Subscribed to Computer Vision" in answer.text, answer.text


def _subscribed(telegram: TelegramEmulator) -> list[TelegramSent]:
    return [sent for sent in telegram.sent if "Subscribed to Computer Vision" in sent.text]


def _on_telegram(telegram: TelegramEmulator, title: str) -> dict[str, TelegramSent] | None:
    names = {ANN: "private chat", GROUP: "forum topic", CHANNEL: "channel"}
    told = {names[sent.chat_id]: sent for sent in telegram.sent if _carries(sent.text, title)}
    return told if len(told) == len(names) else None


def _on_discord(discord: DiscordEmulator, title: str) -> dict[str, DiscordSent] | None:
    told = {_place(discord, s): s for s in discord.sent if s.nonce and _carries(s.text, title)}
    return told if len(told) == 4 else None


def _place(discord: DiscordEmulator, sent: DiscordSent) -> str:
    channel = discord.places.channels[sent.channel_id]
    if channel.parent is not None:
        return "forum post" if channel.parent.kind == "forum" else "thread"
    return "direct message" if channel.recipient else "channel"


def _carries(text: str, title: str) -> bool:
    """Mentions are broken by a mark that shows nothing."""
    return title in text.replace("\u2060", "")
