"""What tests of the Discord adapter share: a small server, the real messenger, sleep that only notes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.discord.messenger import DiscordMessenger
from bot.messages import Alert, Button, Card, Notice, Span
from bot.model import Address, Coverage, Image, Platform, Provider
from bot.ports import Chat
from tests.adapters.telegram_chat import NOW, Naps
from tests.emulators.discord import TOKEN, DiscordEmulator
from tests.emulators.discord_members import MEMBER_PERMISSIONS, Permission
from tests.emulators.discord_rules import Rules

ANN, BEN, GUILD, NEWS, ALERTS, FORUM, THREAD = 7, 8, 900, 901, 902, 903, 904
ADMIN = MEMBER_PERMISSIONS | Permission.MANAGE_CHANNELS

ALERT = Alert(
    Card(
        article_id=5,
        story_id=3,
        title="Lens the size of a grain maps a coral reef",
        url="https://wiredharbor.example/lens",
        excerpt="A camera no larger than a grain of salt has drawn the first map of a reef at night.",
        provider=Provider("Wired Harbor", "wiredharbor.example"),
        published_at=NOW.replace(hour=9),
        quality=84,
        hashtags=("#ComputerVision", "#Oceans"),
        coverage=(
            Coverage("Reef drawn in the dark", "https://deepcurrent.example/reef", Provider("Deep Current"), 78),
            Coverage("Tiny eye under water", "https://fieldnote.example/eye", Provider("Field Note")),
        ),
        more=4,
        image=Image("https://pictures.example/reef.png", 1200, 630),
    ),
    ((Button("All coverage", "cov:5"), Button("Why this?", "why:5")), (Button("Mute story", "mute:3"),)),
)
HELLO = Notice((Span("Hello"),), keyboard=((Button("Yes", "yes"),),))


def place(chat: int | str, thread: int | None = None) -> Address:
    return Address(Platform.DISCORD, str(chat), None if thread is None else str(thread))


@asynccontextmanager
async def small_server(rules: Rules | None = None) -> AsyncIterator[DiscordEmulator]:
    """Ann, Ben, and a server with a text and an announcement channel, a forum, a thread."""
    async with DiscordEmulator(rules=rules) as emulator:
        emulator.add_user(ANN)
        emulator.add_user(BEN, "Ben")
        guild = emulator.add_guild(GUILD, "Reading room")
        guild.add_channel(NEWS, "text", "news")
        guild.add_channel(ALERTS, "announcement", "alerts")
        guild.add_channel(FORUM, "forum", "topics", tags=("Oceans", "Computer Vision"))
        guild.add_thread(THREAD, NEWS, "chips")
        yield emulator


def messenger_of(discord: DiscordEmulator, token: str = TOKEN, naps: Naps | None = None) -> DiscordMessenger:
    return DiscordMessenger(
        token,
        api_url=discord.api_url,
        gateway_url=discord.gateway_url,
        clock=lambda: NOW,
        sleep=naps or Naps(),
    )


@asynccontextmanager
async def conversing(
    discord: DiscordEmulator, chat: Chat, naps: Naps | None = None
) -> AsyncIterator[DiscordMessenger]:
    """The messenger, started and stopped."""
    messenger = messenger_of(discord, naps=naps)
    await messenger.start(chat)
    try:
        yield messenger
    finally:
        await messenger.stop()


async def send(messenger: DiscordMessenger, address: Address, nonce: str = "d1") -> str:
    return await messenger.send(address, ALERT, locale="en", nonce=nonce, now=NOW)
