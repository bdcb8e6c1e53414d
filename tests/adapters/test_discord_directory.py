"""Channels of direct messages are asked for once, not once a process."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from adapters.discord.messenger import DiscordMessenger
from bot.errors import Gone
from storage.database import Database
from tests.adapters.discord_chat import ANN, NEWS, place, send
from tests.adapters.telegram_chat import NOW
from tests.emulators.discord import TOKEN, DiscordEmulator

HER = place(f"dm:{ANN}")


def messenger_over(discord: DiscordEmulator, storage: Database) -> DiscordMessenger:
    return DiscordMessenger(TOKEN, api_url=discord.api_url, clock=lambda: NOW, storage=storage)


@pytest.fixture
async def messenger(discord: DiscordEmulator, storage: Database) -> AsyncIterator[DiscordMessenger]:
    """A process that begins, in a world where Ann is known."""
    async with storage.write() as work:
        await work.destinations.ensure(HER, title="Ann", locale="en", timezone="UTC", now=NOW)
    begun = messenger_over(discord, storage)
    yield begun
    await begun.stop()


async def learned(storage: Database) -> str | None:
    async with storage.read() as work:
        return await work.destinations.route(HER)


async def test_channel_of_a_person_survives_a_restart(
    discord: DiscordEmulator, messenger: DiscordMessenger, storage: Database
) -> None:
    await send(messenger, HER, "d1")
    later = messenger_over(discord, storage)
    await send(later, HER, "d2")
    await later.stop()
    assert discord.opened == [ANN]
    assert await learned(storage) == str(discord.sent[0].channel_id)
    assert len(discord.sent) == 2
    assert not discord.refused


@pytest.mark.sqlite
async def test_channel_in_which_a_person_spoke_is_kept_with_the_first_message(
    discord: DiscordEmulator, messenger: DiscordMessenger, storage: Database
) -> None:
    channel = discord.places.dm_with(discord.places.users[ANN])
    messenger._places.remember_person(ANN, channel.id)
    assert await learned(storage) is None
    await send(messenger, HER)
    assert await learned(storage) == str(channel.id)
    assert not discord.opened


@pytest.mark.sqlite
async def test_channel_learned_by_another_bot_is_asked_for_anew_and_once(
    discord: DiscordEmulator, messenger: DiscordMessenger, storage: Database
) -> None:
    async with storage.write() as work:
        await work.destinations.put_route(HER, "99999")
    await send(messenger, HER, "d1")
    assert await learned(storage) == str(discord.sent[0].channel_id)
    discord.fail(f"POST /channels/{discord.sent[0].channel_id}/messages", code=50001)
    with pytest.raises(Gone):
        await send(messenger, HER, "d2")
    assert discord.opened == [ANN]


@pytest.mark.sqlite
async def test_database_that_is_away_holds_up_no_message(
    discord: DiscordEmulator, messenger: DiscordMessenger, storage: Database
) -> None:
    async with storage.write() as work:
        await work._connection.exec_driver_sql("ALTER TABLE destinations DROP COLUMN route")
    with capture_logs() as logs:
        await send(messenger, HER)
        await send(messenger, place(NEWS))
    assert [log["event"] for log in logs] == ["discord_channel_not_kept"]
    assert len(discord.sent) == 2
