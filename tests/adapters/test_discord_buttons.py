"""Buttons: real discord.py with its gateway, against the loopback server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.discord.messenger import DiscordMessenger
from bot.messages import Answer, MenuEntry
from tests.adapters.discord_chat import ADMIN, ANN, NEWS, conversing, place, send
from tests.adapters.telegram_chat import Script, notice
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_records import Sent


@pytest.fixture
def chat() -> Script:
    script = Script()
    script.entries = [MenuEntry("start", "Begin")]
    return script


@pytest.fixture
async def messenger(discord: DiscordEmulator, chat: Script) -> AsyncIterator[DiscordMessenger]:
    async with conversing(discord, chat) as started:
        yield started


async def shown(discord: DiscordEmulator, chat: Script, *actions: str) -> Sent:
    """A message in a direct chat with buttons, got by /start."""
    chat.says["/start"] = Answer((notice("Which?", *actions),))
    return await (await discord.slash(discord.places.users[ANN], "start")).answered()


@pytest.mark.usefixtures("messenger")
async def test_press_answers_in_the_place_of_the_message(discord: DiscordEmulator, chat: Script) -> None:
    message = await shown(discord, chat, "lower")
    chat.says["lower"] = Answer((notice("The bar is 60.", "undo"),), replaces=True, toast="Lowered")
    pressed = await discord.press(message, "lower")
    edit = await pressed.answered()
    assert (edit.message_id, edit.text, edit.labels) == (message.message_id, "The bar is 60.", ("undo",))
    assert [s.message_id for s in discord.shown(message.channel_id)] == [message.message_id]
    assert chat.heard[-1].press == "lower"
    assert not discord.refused


async def test_press_on_an_alert_in_a_channel_is_answered_to_that_person_alone(
    discord: DiscordEmulator, chat: Script, messenger: DiscordMessenger
) -> None:
    await send(messenger, place(NEWS))
    pressed = await discord.press(discord.sent[0], "Why this?", permissions=ADMIN)
    answer = await pressed.answered()
    assert (answer.text, answer.ephemeral) == ("You said: why:5", True)
    assert answer.message_id != discord.sent[0].message_id
    assert (chat.heard[0].address, chat.heard[0].may_change) == (place(NEWS), True)


@pytest.mark.usefixtures("messenger")
async def test_toast_is_shown_where_nothing_else_is(discord: DiscordEmulator, chat: Script) -> None:
    message = await shown(discord, chat, "old")
    chat.says["old"] = Answer(toast="That *button* is out of date.")
    pressed = await discord.press(message, "old")
    assert (await pressed.answered()).text == "That *button* is out of date."
    assert not pressed.edits


@pytest.mark.usefixtures("messenger")
async def test_press_on_a_message_that_is_gone_is_answered_by_a_new_one(
    discord: DiscordEmulator, chat: Script
) -> None:
    message = await shown(discord, chat, "lower")
    chat.says["lower"] = Answer((notice("The bar is 60."),), replaces=True)
    discord.messages.standing.pop((message.channel_id, message.message_id))
    pressed = await discord.press(message, "lower")
    assert (await pressed.answered()).text == "The bar is 60."


async def test_button_works_after_a_restart(discord: DiscordEmulator, chat: Script) -> None:
    async with conversing(discord, chat) as first:
        await send(first, place(NEWS))
    async with conversing(discord, chat):
        pressed = await discord.press(discord.sent[0], "Mute story")
        assert (await pressed.answered()).text == "You said: mute:3"


async def test_buttons_cost_no_memory(discord: DiscordEmulator, chat: Script, messenger: DiscordMessenger) -> None:
    message = await shown(discord, chat, "lower", "higher")
    await (await discord.press(message, "lower")).answered()
    await send(messenger, place(NEWS))
    connection = messenger._connection
    assert connection
    assert connection.gateway
    store = connection.gateway._connection._view_store
    assert (store._views, store._synced_message_views) == ({}, {})


@pytest.mark.usefixtures("messenger")
async def test_button_that_is_none_of_ours_is_answered(discord: DiscordEmulator, chat: Script) -> None:
    message = await shown(discord, chat, "lower")
    chat.says[""] = Answer(toast="Out of date.")
    pressed = await discord.press(message, "older:way", forged=True)
    assert (await pressed.answered()).text == "Out of date."


@pytest.mark.usefixtures("messenger")
async def test_button_that_its_message_has_lost_meanwhile_still_works(
    discord: DiscordEmulator, chat: Script
) -> None:
    message = await shown(discord, chat, "lower")
    chat.says["lower"] = Answer((notice("The bar is 60.", "undo"),), replaces=True)
    await (await discord.press(message, "lower")).answered()
    chat.says["lower"] = Answer(toast="It is 60 already.")
    again = await discord.press(message, "lower")
    assert (await again.answered()).text == "It is 60 already."
