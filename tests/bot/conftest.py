"""Fixtures of the tests of the engine: a person who talks to the bot."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.bot.talk import Talk, talk_of
from tests.conftest import Clock


@pytest.fixture
async def anna(storage: Database, clock: Clock) -> Talk:
    """A chat that has said nothing yet."""
    return await talk_of(storage, clock)
