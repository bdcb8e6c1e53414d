"""The whole program in this process, with Discord: people choose topics, a story comes, buttons are pressed."""

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
from tests.adapters.discord_chat import ADMIN, ALERTS, ANN, BEN, FORUM, NEWS, THREAD, small_server
from tests.emulators.discord import TOKEN, DiscordEmulator
from tests.emulators.discord_acts import Interaction
from tests.emulators.discord_places import Channel
from tests.emulators.discord_records import Sent
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


def publish(home: Path) -> str:
    """The next of the later samples on computer vision; its title."""
    folder = SampleFolder(ROOT / "samples", home / "articles")
    sample = next(sample for sample in folder.later() if "Computer Vision" in sample.topics)
    folder.publish(sample.path, datetime.now(UTC), 120)
    return sample.title


async def said(interaction: Interaction) -> str:
    return (await interaction.answered(10)).text


async def test_one_story_goes_to_channel_thread_forum_and_person(home: Path, discord: DiscordEmulator) -> None:
    rooms, ann = discord.places.channels, discord.places.users[ANN]
    ai = {"text": "computer vision 70"}
    async with topicwire(home, discord):
        for place in (rooms[NEWS], rooms[ALERTS], rooms[THREAD]):
            assert "Computer Vision" in await said(await discord.slash(place, "subscribe", ai, permissions=ADMIN))
        await discord.set_permissions(rooms[FORUM], ADMIN)
        about = {**ai, "channel": str(FORUM)}
        answer = await said(await discord.slash(rooms[NEWS], "subscribe", about, permissions=ADMIN))
        assert answer.startswith("In Reading room #topics:\nSubscribed to Computer Vision")
        assert "Computer Vision" in await said(await discord.slash(ann, "subscribe", ai))
        title = publish(home)
        told = await discord.wait_until(lambda: five(discord, title), 10)
        assert sorted(sent.kind for sent in told) == ["channel", "channel", "dm", "thread", "thread"]
        assert len({sent.channel_id for sent in told}) == 5
        await buttons(discord, next(sent for sent in told if sent.channel_id == NEWS))
    assert not discord.refused


def five(discord: DiscordEmulator, title: str) -> list[Sent] | None:
    told = [sent for sent in discord.sent if sent.nonce and title in sent.text.replace("\u2060", "")]
    return told if len(told) >= 5 else None


async def buttons(discord: DiscordEmulator, alert: Sent) -> None:
    """Every button of an alert in a channel: for all, for those with the right, undone, and out of date."""
    ben = discord.places.users[BEN]
    assert "✓" in await said(await discord.press(alert, "Why this?", user=ben))
    refused = await discord.press(alert, "Mute story", user=ben)
    assert "members with the permission Manage Channel" in await said(refused)
    muted = await discord.press(alert, "Mute story", permissions=ADMIN)
    answer = await muted.answered()
    assert answer.ephemeral
    undone = await discord.press(answer, "Undo", permissions=ADMIN)
    assert (await undone.answered()).message_id == answer.message_id
    raised = await discord.press(alert, "Bar up", permissions=ADMIN)
    assert "80" in await said(raised)
    stale = await discord.press(alert, "tw:bar:+:99999", permissions=ADMIN, forged=True)
    assert "out of date" in await said(stale)
    strange = await discord.press(alert, "v1:mute", permissions=ADMIN, forged=True)
    assert "out of date" in await said(strange)


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
