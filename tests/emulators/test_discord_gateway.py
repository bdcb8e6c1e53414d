"""The gateway of the loopback Discord server, as the real discord.py lives on it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest

from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_client import (
    FORUM,
    GUILD,
    NEWS,
    THREAD,
    Client,
    addressed,
    connected,
    populated,
)
from tests.emulators.discord_members import Permission


@pytest.fixture
async def server() -> AsyncIterator[DiscordEmulator]:
    async with populated() as emulator:
        yield emulator


class Watching(Client):
    """Notes what discord.py dispatches."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.changed = asyncio.Event()

    def dispatch(self, event: str, /, *arguments: object, **named: object) -> None:
        super().dispatch(event, *arguments, **named)
        self.seen.append(event)
        self.changed.set()

    async def saw(self, event: str) -> None:
        async with asyncio.timeout(5):
            while event not in self.seen:
                self.changed.clear()
                await self.changed.wait()


async def test_ready_brings_the_rooms_and_the_bots_rights_in_them(server: DiscordEmulator) -> None:
    await server.set_permissions(server.places.channels[NEWS], Permission.VIEW_CHANNEL)
    async with connected(server) as bot:
        guild = bot.get_guild(GUILD)
        assert guild
        assert bot.application_id == 100_000_000_000_000_001
        assert (guild.name, len(guild.channels), [thread.id for thread in guild.threads]) == (
            "A server",
            3,
            [THREAD],
        )
        news, forum = guild.get_channel(NEWS), guild.get_channel(FORUM)
        assert isinstance(news, discord.TextChannel)
        assert isinstance(forum, discord.ForumChannel)
        assert not news.permissions_for(guild.me).send_messages
        assert forum.permissions_for(guild.me).send_messages
        assert [tag.name for tag in forum.available_tags] == ["AI", "Policy"]
    assert (server.gateway.identifies, server.refused) == (1, [])


async def test_rooms_that_come_change_and_go_are_heard_of(server: DiscordEmulator) -> None:
    news = server.places.channels[NEWS]
    async with connected(server, bot := Watching()):
        other = server.add_guild(777, "Another", joined=False)
        other.add_channel(778)
        await server.invite(other)
        await bot.saw("guild_join")
        other.add_channel(779)
        await bot.saw("guild_channel_create")
        await server.set_permissions(news, Permission.VIEW_CHANNEL)
        await bot.saw("guild_channel_update")
        await server.set_permissions(other, Permission.VIEW_CHANNEL)
        await bot.saw("guild_role_update")
        await server.set_thread(server.places.channels[THREAD], archived=True)
        await bot.saw("raw_thread_update")
        await server.remove_channel(server.places.channels[THREAD])
        await bot.saw("raw_thread_delete")
        await server.remove_channel(news)
        await bot.saw("guild_channel_delete")
        await server.remove_guild(other)
        await bot.saw("guild_remove")


async def test_a_dropped_connection_is_resumed_and_what_was_missed_is_told(server: DiscordEmulator) -> None:
    async with connected(server, bot := Watching()):
        server.gateway.open = False
        await server.drop()
        await server.remove_channel(server.places.channels[NEWS])
        server.gateway.open = True
        await bot.saw("guild_channel_delete")
        await bot.saw("resumed")
    assert (server.gateway.identifies, server.gateway.resumes) == (1, 1)


async def test_a_request_to_reconnect_is_followed(server: DiscordEmulator) -> None:
    async with connected(server, bot := Watching()):
        await server.drop(ask=True)
        await bot.saw("resumed")
    assert (server.gateway.identifies, server.gateway.resumes) == (1, 1)


async def test_a_forgotten_session_identifies_again(server: DiscordEmulator) -> None:
    async with connected(server, bot := Watching()):
        bot.seen.clear()
        await server.drop(forget=True)
        await bot.saw("ready")
    assert (server.gateway.identifies, server.gateway.resumes) == (2, 0)


async def test_a_broken_connection_comes_back(server: DiscordEmulator) -> None:
    async with connected(server, bot := Watching()):
        await server.drop(broken=True)
        await bot.saw("resumed")
    assert server.gateway.resumes == 1


async def test_a_gateway_that_is_shut_is_an_error_of_the_connection(
    server: DiscordEmulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "discord")
    server.gateway.open = False
    client = Client()
    with addressed(server):
        await client.login(server.token)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await client.connect(reconnect=False)
        await client.close()


@pytest.mark.parametrize(
    ("token", "intents", "code"),
    [("wrong", discord.Intents(guilds=True), 4004), (None, discord.Intents(message_content=True), 4014)],
)
async def test_a_wrong_token_and_privileged_intents_end_the_connection(
    server: DiscordEmulator, token: str | None, intents: discord.Intents, code: int
) -> None:
    client = Client(intents=intents)
    with addressed(server):
        await client.login(server.token)
        client.http.token = token or server.token
        with pytest.raises((discord.ConnectionClosed, discord.PrivilegedIntentsRequired)) as closed:
            await client.connect()
        await client.close()
    assert getattr(closed.value, "code", 4014) == code


async def test_nobody_is_heard_before_the_bot_is_there_nor_after_it_left(server: DiscordEmulator) -> None:
    news = server.places.channels[NEWS]
    server.commands[None] = [
        {"id": "1", "name": "topics", "type": 1, "contexts": None, "dm_permission": True}
        | {"default_member_permissions": None, "integration_types": [0]}
    ]
    with pytest.raises(LookupError, match="not connected"):
        await server.slash(news, "topics")
    async with connected(server):
        await server.connected()
    await server.wait_until(lambda: not server.gateway.connections)
