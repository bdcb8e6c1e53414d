"""Servers and channels: who may change what, where the bot may write, what closes and opens them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.discord.messenger import DiscordMessenger
from bot.errors import RetryLater
from bot.messages import Answer, MenuEntry
from tests.adapters.discord_chat import (
    ADMIN,
    ALERTS,
    ANN,
    FORUM,
    GUILD,
    NEWS,
    THREAD,
    conversing,
    messenger_of,
    place,
)
from tests.adapters.telegram_chat import Script, notice
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_members import BOT_PERMISSIONS, MEMBER_PERMISSIONS, Permission
from tests.emulators.discord_places import Channel


@pytest.fixture
def chat() -> Script:
    script = Script()
    script.entries = [MenuEntry("subscribe", "Follow topics", arguments="<topics>", completes=True)]
    return script


@pytest.fixture
async def messenger(discord: DiscordEmulator, chat: Script) -> AsyncIterator[DiscordMessenger]:
    async with conversing(discord, chat) as started:
        yield started


@pytest.fixture
def news(discord: DiscordEmulator) -> Channel:
    return discord.places.channels[NEWS]


async def told(chat: Script, count: int) -> list[tuple[str, str]]:
    """What the chat was told of doors, once there is so much of it."""
    async with asyncio.timeout(5):
        while len(chat.doors) < count:
            await asyncio.sleep(0.01)
    return chat.doors


# ---------------------------------------------------------------- who may change what


@pytest.mark.parametrize(
    ("permissions", "may"),
    [
        (MEMBER_PERMISSIONS, False),
        (MEMBER_PERMISSIONS | Permission.MANAGE_MESSAGES, False),
        (MEMBER_PERMISSIONS | Permission.MANAGE_CHANNELS, True),
        (MEMBER_PERMISSIONS | Permission.MANAGE_GUILD, True),
        (MEMBER_PERMISSIONS | Permission(1 << 3), True),
    ],
)
@pytest.mark.usefixtures("messenger")
async def test_those_who_manage_the_channel_may_change_it(
    discord: DiscordEmulator, chat: Script, news: Channel, permissions: int, may: bool
) -> None:
    await (await discord.slash(news, "subscribe", {"text": "ai"}, permissions=permissions)).answered()
    assert chat.heard[0].may_change is may
    assert chat.heard[0].right == "manage-channel"


@pytest.mark.usefixtures("messenger")
async def test_person_who_installed_the_app_for_themselves_speaks_for_themselves_anywhere(
    discord: DiscordEmulator, chat: Script, news: Channel
) -> None:
    other = discord.add_guild(950, "Elsewhere", joined=False)
    foreign = other.add_channel(951, "text", "general")
    for channel in (foreign, news):
        asked = await discord.slash(channel, "subscribe", {"text": "ai"}, user_install=True)
        assert (await asked.answered()).ephemeral
    assert {request.address for request in chat.heard} == {place(f"dm:{ANN}")}
    assert all(request.private and request.may_change for request in chat.heard)
    assert not discord.refused


# ---------------------------------------------------------------- another channel


@pytest.mark.usefixtures("messenger")
async def test_command_may_be_about_another_channel_and_its_buttons_stay_with_it(
    discord: DiscordEmulator, chat: Script, news: Channel
) -> None:
    chat.says["/subscribe ai"] = Answer((notice("Done.", "undo"),))
    asked = await discord.slash(news, "subscribe", {"text": "ai", "channel": str(FORUM)})
    answer = await asked.answered()
    assert answer.text == "In Reading room #topics:\nDone."
    assert (chat.heard[0].address, chat.heard[0].elsewhere) == (place(FORUM), True)
    await (await discord.press(answer, "undo")).answered()
    assert (chat.heard[1].address, chat.heard[1].press) == (place(FORUM), "undo")
    assert not discord.refused


@pytest.mark.usefixtures("messenger")
async def test_right_counts_in_the_channel_that_is_meant(
    discord: DiscordEmulator, chat: Script, news: Channel
) -> None:
    asked = await discord.slash(news, "subscribe", {"text": "ai", "channel": str(THREAD)}, permissions=ADMIN)
    await asked.answered()
    assert (chat.heard[0].address, chat.heard[0].may_change) == (place(NEWS, THREAD), False)


@pytest.mark.usefixtures("messenger")
async def test_channel_that_cannot_be_seen_is_not_spoken_of(
    discord: DiscordEmulator, chat: Script, news: Channel
) -> None:
    hidden = discord.places.guilds[GUILD].add_channel(960, "text", "secret", permissions=0)
    for channel, words in ((hidden.id, "You are not in secret"), (12345, "I cannot find <#12345>")):
        asked = await discord.slash(news, "subscribe", {"text": "ai", "channel": str(channel)})
        assert (await asked.answered()).text.startswith(words)
    in_private = await discord.slash(discord.places.users[ANN], "subscribe", {"channel": str(NEWS)})
    assert (await in_private.answered()).text == "That is for servers: here I write to you alone."
    assert not chat.heard


# ---------------------------------------------------------------- what the bot may do


@pytest.mark.parametrize(
    ("number", "permissions", "missing"),
    [
        (NEWS, BOT_PERMISSIONS, []),
        (NEWS, 0, ["view"]),
        (NEWS, BOT_PERMISSIONS & ~Permission.SEND_MESSAGES, ["send"]),
        (NEWS, BOT_PERMISSIONS & ~Permission.EMBED_LINKS, ["embeds"]),
        (FORUM, BOT_PERMISSIONS, []),
        (FORUM, BOT_PERMISSIONS & ~Permission.SEND_MESSAGES, ["create-threads"]),
        (FORUM, BOT_PERMISSIONS & ~Permission.SEND_MESSAGES_IN_THREADS, ["threads"]),
    ],
)
async def test_missing_permission_is_named(
    discord: DiscordEmulator, messenger: DiscordMessenger, number: int, permissions: int, missing: list[str]
) -> None:
    await discord.set_permissions(discord.places.channels[number], permissions)
    async with asyncio.timeout(5):
        while await messenger.abilities(place(number)) != missing:
            await asyncio.sleep(0.01)


async def test_thread_takes_a_permission_of_its_own(
    discord: DiscordEmulator, messenger: DiscordMessenger, news: Channel
) -> None:
    assert await messenger.abilities(place(NEWS, THREAD)) == []
    await discord.set_permissions(news, BOT_PERMISSIONS & ~Permission.SEND_MESSAGES_IN_THREADS)
    async with asyncio.timeout(5):
        while await messenger.abilities(place(NEWS, THREAD)) != ["threads"]:
            await asyncio.sleep(0.01)


async def test_nothing_is_lacking_towards_a_person_and_everything_in_an_unknown_channel(
    messenger: DiscordMessenger,
) -> None:
    assert await messenger.abilities(place(f"dm:{ANN}")) == []
    assert await messenger.abilities(place(12345)) == ["view"]


async def test_without_a_connection_nobody_knows(discord: DiscordEmulator) -> None:
    messenger = messenger_of(discord)
    with pytest.raises(RetryLater):
        await messenger.abilities(place(NEWS))
    await messenger.stop()


# ---------------------------------------------------------------- doors


async def test_leaving_a_server_closes_its_channels_and_coming_back_opens_them(
    discord: DiscordEmulator, chat: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.gateway.GATHERING", 0.01)
    guild = discord.places.guilds[GUILD]
    every = {str(place(number)) for number in (NEWS, ALERTS, FORUM)}
    async with conversing(discord, chat) as messenger:
        assert messenger._connection
        assert messenger._connection.gateway
        await messenger._connection.gateway.wait_until_ready()
        await discord.remove_guild(guild)
        assert {where for where, _ in await told(chat, 3)} == every
        assert {why for _, why in chat.doors} == {"removed from the server"}
        chat.doors.clear()
        await discord.invite(guild)
        assert set(await told(chat, 3)) == {(where, "open") for where in every}


@pytest.mark.usefixtures("messenger")
async def test_deleted_channel_and_thread_are_closed(discord: DiscordEmulator, chat: Script) -> None:
    await discord.remove_channel(discord.places.channels[THREAD])
    await discord.remove_channel(discord.places.channels[ALERTS])
    assert await told(chat, 2) == [
        (str(place(NEWS, THREAD)), "the channel is deleted"),
        (str(place(ALERTS)), "the channel is deleted"),
    ]


@pytest.mark.usefixtures("messenger")
async def test_hidden_channel_is_closed_and_rights_that_return_open_it(
    discord: DiscordEmulator, chat: Script, news: Channel
) -> None:
    await discord.set_permissions(news, 0)
    assert await told(chat, 1) == [(str(place(NEWS)), "removed from the channel")]
    await discord.set_permissions(news, BOT_PERMISSIONS)
    assert (await told(chat, 2))[1] == (str(place(NEWS)), "open")


@pytest.mark.usefixtures("messenger")
async def test_role_that_gains_rights_opens_channels(discord: DiscordEmulator, chat: Script) -> None:
    guild = discord.places.guilds[GUILD]
    await discord.set_permissions(guild, Permission.VIEW_CHANNEL)
    await discord.set_permissions(guild, BOT_PERMISSIONS)
    assert set(await told(chat, 3)) == {(str(place(n)), "open") for n in (NEWS, ALERTS, FORUM)}


@pytest.mark.usefixtures("messenger")
async def test_unlocked_thread_is_open_again(discord: DiscordEmulator, chat: Script) -> None:
    thread = discord.places.channels[THREAD]
    await discord.set_thread(thread, locked=True)
    await discord.set_thread(thread)
    assert await told(chat, 1) == [(str(place(NEWS, THREAD)), "open")]
