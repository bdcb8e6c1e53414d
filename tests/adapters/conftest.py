"""Fixtures: a server of each platform, a chat that only listens; a browser and a chat page for a module."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from adapters.web.messenger import WebMessenger
from storage.database import Database
from tests.adapters.browser import Tab, chromium, tab
from tests.adapters.discord_chat import small_server
from tests.adapters.telegram_chat import Naps, Script
from tests.adapters.web_chat import PICTURES, SmallChat, SmallDemo, page, sqlite
from tests.emulators.discord import DiscordEmulator
from tests.emulators.telegram import TelegramEmulator


@pytest.fixture
def chat() -> Script:
    return Script()


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as emulator:
        yield emulator


@pytest.fixture
async def discord() -> AsyncIterator[DiscordEmulator]:
    async with small_server() as emulator:
        yield emulator


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def small_chat() -> SmallChat:
    """What answers on the chat page."""
    return SmallChat()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def database(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    async with sqlite(tmp_path_factory.mktemp("web")) as database:
        yield database


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def web(database: Database, small_chat: SmallChat) -> AsyncIterator[WebMessenger]:
    async with page(database, small_chat, demo=SmallDemo(), pictures=PICTURES) as web:
        yield web


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(browser: Browser, web: WebMessenger) -> AsyncIterator[Tab]:
    """A new chat, open and live; at the end nothing may have gone wrong in it."""
    async with tab(browser) as visitor:
        await visitor.open(web.url)
        yield visitor
        assert visitor.errors == []
        assert await visitor.violations() == []
        assert [url for url in visitor.requested if not url.startswith(web.url)] == []
