"""Fixtures of the tests of the loopback Discord: a populated server without rate limits, and a client logged in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from discord import Client

from tests.conftest import Clock
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_client import logged_in, populated
from tests.emulators.discord_rules import Rules


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[DiscordEmulator]:
    async with populated(clock, rules=Rules(rates="off")) as emulator:
        yield emulator


@pytest.fixture
async def bot(server: DiscordEmulator) -> AsyncIterator[Client]:
    async with logged_in(server) as client:
        yield client
