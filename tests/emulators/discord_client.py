"""What tests against the loopback Discord server share: who is there, and the real client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.emulators.discord import DiscordEmulator

ANN, GUILD, NEWS, ALERTS, FORUM, THREAD = 7, 900, 901, 902, 903, 904


class Client(discord.Client):
    """discord.py as this project uses it: no caches, few intents, no mentions, slash commands in `tree`."""

    def __init__(self, **options: Any) -> None:
        defaults: dict[str, Any] = {
            "intents": discord.Intents(guilds=True),
            "max_messages": None,
            "member_cache_flags": discord.MemberCacheFlags.none(),
            "allowed_mentions": discord.AllowedMentions.none(),
            "chunk_guilds_at_startup": False,
            "guild_ready_timeout": 0.05,
        }
        super().__init__(**{**defaults, **options})
        self.tree: discord.app_commands.CommandTree[Client] = discord.app_commands.CommandTree(self)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Without the five seconds the library waits before it identifies again."""


def populated(clock: Callable[[], datetime] | None = None, **options: Any) -> DiscordEmulator:
    """An emulator with Ann and a server: a text and an announcement channel, a forum, a thread."""
    emulator = DiscordEmulator(clock=clock, **options)
    emulator.add_user(ANN)
    guild = emulator.add_guild(GUILD, "A server")
    guild.add_channel(NEWS, "text", "news")
    guild.add_channel(ALERTS, "announcement", "alerts")
    guild.add_channel(FORUM, "forum", "topics", tags=("AI", "Policy"))
    guild.add_thread(THREAD, NEWS, "chips")
    return emulator


@contextmanager
def addressed(emulator: DiscordEmulator) -> Iterator[None]:
    """discord.py keeps the addresses of Discord in two class attributes; they are put back afterwards."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = emulator.api_url, yarl.URL(emulator.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


@asynccontextmanager
async def logged_in(emulator: DiscordEmulator, **options: Any) -> AsyncIterator[Client]:
    """discord.py over REST alone."""
    with addressed(emulator):
        client = Client(**options)
        await client.login(emulator.token)
        try:
            yield client
        finally:
            await client.close()


@asynccontextmanager
async def connected(emulator: DiscordEmulator, client: Client | None = None) -> AsyncIterator[Client]:
    """discord.py with its gateway, ready."""
    with addressed(emulator):
        client = client or Client()
        await client.login(emulator.token)
        running = asyncio.create_task(client.connect())
        try:
            await asyncio.wait_for(client.wait_until_ready(), 5)
            yield client
        finally:
            await client.close()
            await asyncio.gather(running, return_exceptions=True)
