"""A message of quiet hours arrives without a sound on every platform that can do that."""

from __future__ import annotations

import pytest

from tests.adapters import discord_chat
from tests.adapters.discord_chat import ALERT, NEWS, place, small_server
from tests.adapters.telegram_chat import ANN, ANNS_CHAT, NOW
from tests.adapters.telegram_chat import messenger_of as telegram_of
from tests.emulators.telegram import TelegramEmulator

SUPPRESS_NOTIFICATIONS = (
    1 << 12
)  # https://docs.discord.com/developers/resources/message#message-object-message-flags


@pytest.mark.parametrize("silent", [True, False])
async def test_telegram_is_asked_for_no_notification(silent: bool) -> None:
    async with TelegramEmulator() as telegram:
        await telegram.say(ANN, "/start")
        messenger = telegram_of(telegram)
        await messenger.send(ANNS_CHAT, ALERT, locale="en", nonce="d1", now=NOW, silent=silent)
        await messenger.send_plain(ANNS_CHAT, ALERT, locale="en", now=NOW, silent=silent)
        await messenger.stop()
        assert [sent.silent for sent in telegram.sent] == [silent, silent]
        assert not telegram.refused


@pytest.mark.parametrize("silent", [True, False])
async def test_discord_is_asked_to_suppress_it(silent: bool) -> None:
    async with small_server() as discord:
        messenger = discord_chat.messenger_of(discord)
        await messenger.send(place(NEWS), ALERT, locale="en", nonce="d1", now=NOW, silent=silent)
        await messenger.send_plain(place(NEWS), ALERT, locale="en", now=NOW, silent=silent)
        await messenger.stop()
        assert [bool(sent.flags & SUPPRESS_NOTIFICATIONS) for sent in discord.sent] == [silent, silent]
        assert not discord.refused
