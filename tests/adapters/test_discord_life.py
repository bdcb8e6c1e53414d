"""The messenger's life: connecting, staying connected, the commands, stopping; and never a token in a log."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

import pytest
from discord import Intents
from structlog.testing import capture_logs

from adapters.discord.commands import definitions
from adapters.discord.messenger import DiscordMessenger
from bot.errors import DeliveryError, TokenDead
from bot.messages import MenuEntry
from tests.adapters.discord_chat import NEWS, conversing, messenger_of, place, send
from tests.adapters.telegram_chat import Naps, Script
from tests.emulators.discord import TOKEN, DiscordEmulator
from tests.emulators.discord_members import Permission

WRONG = "MTAwMDAw.WRONG.another-token-entirely"


async def answered(discord: DiscordEmulator) -> str:
    """What /start is answered with: the proof of a living connection."""
    return (await (await discord.slash(discord.places.channels[NEWS], "start")).answered()).text


# ---------------------------------------------------------------- connecting


async def test_wrong_token_is_told_with_its_setting_and_without_itself(
    discord: DiscordEmulator, chat: Script
) -> None:
    messenger = messenger_of(discord, WRONG)
    with pytest.raises(TokenDead, match="DISCORD_TOKEN") as raised:
        await messenger.start(chat)
    assert "WRONG" not in str(raised.value)
    await messenger.stop()


async def test_start_waits_for_discord_to_come_back(discord: DiscordEmulator, chat: Script, naps: Naps) -> None:
    discord.fail("GET /users/@me", times=2, status=503)
    discord.fail("GET /users/@me", times=2, reset=True)  # aiohttp itself asks such a request twice
    with capture_logs() as logs:
        async with conversing(discord, chat, naps) as messenger:
            assert messenger.fault is None
            assert await answered(discord) == "You said: /start"
    assert naps.seconds == [1.0, 2.0, 4.0]
    assert [line["event"] for line in logs] == ["discord_unreachable"] * 3


async def test_start_is_given_up_when_asked_to(discord: DiscordEmulator, chat: Script) -> None:
    discord.gateway.open = False
    messenger = messenger_of(discord)
    starting = asyncio.create_task(messenger.start(chat))
    await discord.wait_until(lambda: discord.syncs)
    starting.cancel()
    with suppress(asyncio.CancelledError):
        await starting
    assert messenger.fault is None
    await messenger.stop()


async def test_only_servers_and_channels_are_asked_for(discord: DiscordEmulator, chat: Script) -> None:
    async with conversing(discord, chat):
        (session,) = discord.gateway.sessions.values()
        assert session.intents == Intents(guilds=True).value == 1


# ---------------------------------------------------------------- staying connected


async def test_broken_connection_is_resumed_and_delivery_does_not_notice(
    discord: DiscordEmulator, chat: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("discord.client.ExponentialBackoff.delay", lambda _: 0.01)
    async with conversing(discord, chat) as messenger:
        await discord.drop(broken=True)
        await send(messenger, place(NEWS))
        await discord.connected()
        assert await answered(discord) == "You said: /start"
        assert messenger.fault is None


async def test_event_that_the_library_cannot_read_costs_a_new_connection_and_no_message(
    discord: DiscordEmulator, chat: Script, naps: Naps
) -> None:
    async with conversing(discord, chat, naps) as messenger:
        with capture_logs() as logs:
            discord.gateway.emit("CHANNEL_CREATE", {"id": "5", "type": 0, "guild_id": "900"})
            await discord.wait_until(lambda: len(discord.gateway.sessions) > 1 or naps.seconds)
            await send(messenger, place(NEWS))
            await asyncio.wait_for(_until_online(messenger), 5)
        assert "discord_gateway_failed" in [line["event"] for line in logs]
        assert await answered(discord) == "You said: /start"
        assert naps.seconds == [1.0]


async def _until_online(messenger: DiscordMessenger) -> None:
    while messenger.fault is not None:
        await asyncio.sleep(0.01)


async def test_token_that_is_refused_later_is_waited_out(
    discord: DiscordEmulator, chat: Script, naps: Naps
) -> None:
    async with conversing(discord, chat, naps) as messenger:
        discord.fail("GET /users/@me", status=401)
        with capture_logs() as logs:
            await discord.drop(4004, forget=True)
            await discord.wait_until(lambda: len(naps.seconds) >= 2)
            await asyncio.wait_for(_until_online(messenger), 5)
        assert naps.seconds == [300.0, 300.0]
        assert ["DISCORD_TOKEN" in line["error"] for line in logs if "error" in line] == [True, True]
        assert await answered(discord) == "You said: /start"


# ---------------------------------------------------------------- commands


async def test_commands_are_published_once_and_then_only_when_they_change(
    discord: DiscordEmulator, chat: Script
) -> None:
    for _ in range(2):
        async with conversing(discord, chat):
            pass
    assert discord.syncs == 1
    chat.entries.append(MenuEntry("latest", "What is new", arguments="[topic]", completes=True))
    async with conversing(discord, chat):
        pass
    assert discord.syncs == 2
    assert [command["name"] for command in discord.commands[None]] == ["start", "topics", "latest"]
    chat.entries.append(MenuEntry("broadcast", "Send to many", admin=True, on_message="Broadcast"))
    for _ in range(2):
        async with conversing(discord, chat):
            pass
    assert discord.syncs == 3


async def test_command_for_operators_is_hidden_from_everybody_else(discord: DiscordEmulator, chat: Script) -> None:
    chat.entries.append(MenuEntry("ban", "Never again", admin=True))
    async with conversing(discord, chat):
        news = discord.places.channels[NEWS]
        with pytest.raises(LookupError, match="not offered"):
            await discord.slash(news, "ban")
        with pytest.raises(LookupError, match="not offered"):
            await discord.slash(discord.places.users[7], "ban")
        asked = await discord.slash(news, "ban", permissions=Permission(1 << 3))
        assert (await asked.answered()).text == "You said: /ban"


async def test_commands_that_cannot_be_published_stop_nothing(discord: DiscordEmulator, chat: Script) -> None:
    async with conversing(discord, chat):
        pass
    chat.entries.append(MenuEntry("latest", "What is new"))
    discord.fail("PUT /applications/*", status=429, retry_after=9000)
    with capture_logs() as logs:
        async with conversing(discord, chat):
            assert await answered(discord) == "You said: /start"
    assert [line["event"] for line in logs] == ["discord_commands_not_published"]


async def test_commands_are_prepared_in_every_language(monkeypatch: pytest.MonkeyPatch, chat: Script) -> None:
    monkeypatch.setattr("adapters.discord.commands.languages", lambda: ("en", "de"))
    entries = {
        "en": [MenuEntry("latest", "What is new", arguments="[topic]", completes=True, on_message="Latest")],
        "de": [MenuEntry("neues", "Was es Neues gibt", arguments="[Thema]", completes=True, on_message="Neues")],
    }

    async def menu(locale: str, *, admin: bool = False) -> list[MenuEntry]:
        assert admin
        return entries[locale]

    monkeypatch.setattr(chat, "menu", menu)
    made, on_message = await definitions(chat)
    assert (on_message["name"], on_message["name_localizations"]) == ("Latest", {"de": "Neues"})
    assert (made["name"], made["name_localizations"]) == ("latest", {"de": "neues"})
    assert made["description_localizations"] == {"de": "Was es Neues gibt"}
    assert made["options"][0]["description_localizations"] == {"de": "[Thema]"}


# ---------------------------------------------------------------- stopping


async def test_stop_finishes_what_is_being_answered(discord: DiscordEmulator, chat: Script) -> None:
    chat.waits["/start"] = asyncio.Event()
    messenger = messenger_of(discord)
    await messenger.start(chat)
    asked = await discord.slash(discord.places.channels[NEWS], "start")
    await asked.acked()
    stopping = asyncio.create_task(messenger.stop())
    await asyncio.sleep(0)
    chat.waits["/start"].set()
    await asyncio.wait_for(stopping, 5)
    assert (await asked.answered()).text == "You said: /start"
    with pytest.raises(DeliveryError):
        await send(messenger, place(NEWS))


async def test_hushed_messenger_still_sends_and_may_converse_again(discord: DiscordEmulator, chat: Script) -> None:
    messenger = messenger_of(discord)
    await messenger.start(chat)
    await messenger.hush()
    await discord.wait_until(lambda: not any(s.connection for s in discord.gateway.sessions.values()) or None)
    await send(messenger, place(NEWS))
    await messenger.start(chat)
    assert await answered(discord) == "You said: /start"
    await messenger.stop()


async def test_stop_without_a_start_is_fine(discord: DiscordEmulator) -> None:
    messenger = messenger_of(discord)
    await messenger.stop()
    assert not discord.requests


# ---------------------------------------------------------------- secrets


async def test_no_token_reaches_a_log(
    discord: DiscordEmulator, chat: Script, naps: Naps, caplog: pytest.LogCaptureFixture
) -> None:
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.DEBUG)
    try:
        with capture_logs() as logs:
            discord.fail("GET /users/@me", times=2, reset=True)
            async with conversing(discord, chat, naps) as messenger:
                assert await answered(discord) == "You said: /start"
                discord.fail("PATCH /webhooks/*", status=403, code=50001)
                discord.fail("POST /webhooks/*", reset=True)
                await discord.slash(discord.places.channels[NEWS], "start")
                await discord.wait_until(lambda: len(discord.failed) >= 4)
                discord.fail("POST /channels/*/messages", reset=True)
                with suppress(DeliveryError):
                    await send(messenger, place(NEWS))
    finally:
        root.setLevel(level)
    said = f"{logs} {[record.getMessage() for record in caplog.records]} {caplog.text}"
    assert "discord_unreachable" in said
    for secret in (TOKEN, TOKEN.rpartition(".")[2], "interaction-1"):
        assert secret not in said
