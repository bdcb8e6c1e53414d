"""The whole program in this process, with Discord: people converse, and topics are offered."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.sources.samples import SampleFolder
from bot.bootstrap import application
from bot.config import load_settings
from bot.runner import run
from tests.adapters.discord_chat import ADMIN, ANN, NEWS, small_server
from tests.emulators.discord import TOKEN, DiscordEmulator
from tests.emulators.discord_acts import Interaction
from tests.emulators.discord_places import Channel
from tests.emulators.discord_rules import Rules

ROOT = Path(__file__).parents[1]


@pytest.fixture
async def discord() -> AsyncIterator[DiscordEmulator]:
    async with small_server(Rules(rates="record")) as emulator:
        yield emulator


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the sample articles, freshly dated, and no settings but ours."""
    for name in list(os.environ):
        if name.startswith(("TELEGRAM_", "DISCORD_", "ARTICLES", "TOPICS", "WEB_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    SampleFolder(ROOT / "samples", tmp_path / "articles").prepare(datetime.now(UTC))
    return tmp_path


@asynccontextmanager
async def topicwire(home: Path, discord: DiscordEmulator) -> AsyncIterator[None]:
    """The program from its settings to `ready`, and its graceful stop."""
    settings = load_settings(
        database_url=f"sqlite+aiosqlite:///{home / 'topicwire.sqlite'}",
        articles=str(home / "articles"),
        topics=ROOT / "samples" / "topics",
        discord_token=TOKEN,
        discord_api_url=discord.api_url,
        discord_gateway_url=discord.gateway_url,
        web_port=0,
    )
    stop = asyncio.Event()
    async with application(settings) as app:
        running = asyncio.create_task(run(app, stop))
        try:
            await discord.connected(10)
            yield
        finally:
            stop.set()
            await asyncio.wait_for(running, 10)


async def said(interaction: Interaction) -> str:
    return (await interaction.answered(10)).text


SAID = (
    ("start", "", "topics"),
    ("help", "", "/subscribe"),
    ("help", "subscribe", "subscribe"),
    ("topics", "", "Computer Vision"),
    ("topics", "vision", "Computer Vision"),
    ("subscriptions", "", ""),
    ("subscribe", "computer vision 80", "Computer Vision"),
    ("subscribe", "oceans, batteries any", "Oceans"),
    ("subscribe", "compter vsion", "Did you mean"),
    ("subscribe", "", "topic"),
    ("subscriptions", "", "Oceans"),
    ("quality", "oceans 90", "90"),
    ("quality", "oceans -5", ""),
    ("latest", "", ""),
    ("latest", "space", ""),
    ("why", "", ""),
    ("why", "moth app", "moth"),
    ("pause", "2h", ""),
    ("status", "", ""),
    ("resume", "", ""),
    ("check", "", "All is well"),
    ("privacy", "", ""),
    ("unsubscribe", "batteries", "Batteries"),
    ("unsubscribe", "**loud** <@7> @everyone", ""),
    ("managers", "", "Manage Channel"),
    ("forget", "", ""),
)


@pytest.mark.parametrize("private", [True, False], ids=["direct", "channel"])
async def test_conversation_of_twenty_five_commands(home: Path, discord: DiscordEmulator, private: bool) -> None:
    place = discord.places.users[ANN] if private else discord.places.channels[NEWS]
    async with topicwire(home, discord):
        for command, text, words in SAID:
            asked = await discord.slash(place, command, {"text": text} if text else {}, permissions=ADMIN)
            answer = await said(asked)
            assert answer.strip()
            assert "went wrong" not in answer, (command, text, answer)
            if not (private and command == "managers"):
                assert words in answer, (command, text, answer)
            assert asked.ephemeral is not private
        exported = await discord.slash(place, "export", permissions=ADMIN)
        await discord.wait_until(lambda: any(sent.files for sent in exported.answers))
    assert len(SAID) > 25
    assert not discord.refused


async def test_member_without_the_right_is_told_what_it_takes(home: Path, discord: DiscordEmulator) -> None:
    news: Channel = discord.places.channels[NEWS]
    async with topicwire(home, discord):
        for command, text in (("subscribe", "ai"), ("pause", "2h"), ("quality", "ai 80")):
            refused = await said(await discord.slash(news, command, {"text": text}))
            assert "members with the permission Manage Channel" in refused
        assert "members with" not in await said(await discord.slash(news, "subscriptions"))


async def test_topics_are_offered_while_typing(home: Path, discord: DiscordEmulator) -> None:
    async with topicwire(home, discord):
        offered = await discord.autocomplete("subscribe", "text", "oceans, #comp 80")
        assert offered[0] == {"name": "oceans, Computer Vision 80", "value": "oceans, Computer Vision 80"}
        assert len(await discord.autocomplete("latest", "text", "")) > 10
        with pytest.raises(LookupError):
            await discord.autocomplete("why", "text", "x")
    assert not discord.refused
