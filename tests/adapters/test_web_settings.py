"""From first contact to a tuned chat in a real browser, at the width of a phone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from adapters.web.messenger import WebMessenger
from bot.cards import content_of
from bot.messages import Payload
from bot.model import Address, Kind
from bot.preferences import Form, Look
from bot.texts import texts
from storage.database import Database
from tests.adapters.browser import Tab, tab
from tests.adapters.web_chat import CARD, NOW, PICTURES, page, sqlite
from tests.bot.talk import conversation_of, publish, talk_of
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def phone(browser: Browser, tmp_path: Path) -> AsyncIterator[tuple[Tab, WebMessenger, Database]]:
    clock = Clock(NOW)
    async with sqlite(tmp_path) as database, tab(browser, viewport={"width": 390, "height": 844}) as phone:
        talk = await talk_of(database, clock)
        await publish(talk, "Moths read faces", quality=90)
        async with page(database, conversation_of(database, clock), pictures=PICTURES) as web:
            await phone.open(web.url)
            yield phone, web, database
            assert phone.errors == []
            assert await phone.violations() == []


async def press(phone: Tab, label: str, shows: str) -> None:
    """Press the last button of this label, and wait for what its message says then."""
    await phone.page.get_by_role("button", name=label, exact=True).last.click()
    await phone.shows(shows)


async def bars(database: Database, address: Address) -> list[tuple[int | None, int | None, int | None]]:
    async with database.read() as work:
        destination = await work.destinations.get(address)
        assert destination is not None
        found = await work.subscriptions.of(destination.id)
    return [(s.alert_from, s.digest_from, s.outlets_from) for s in found]


async def test_from_hello_to_a_tuned_chat_in_two_messages(phone: tuple[Tab, WebMessenger, Database]) -> None:
    tab_, _, database = phone
    await tab_.say("/start")
    await tab_.shows("Pick one to begin")
    await press(tab_, "Computer Vision", "how much of it")
    await press(tab_, "Good: 70+", "how shall it come")
    await press(tab_, "Both", "Subscribed to Computer Vision")
    assert await tab_.page.text_content(".item h3") == "Moths read faces"
    await tab_.say("/settings")
    await tab_.shows("Settings of this chat")
    await press(tab_, "One line", "Alerts look like: one line")
    await press(tab_, "Topics", "Pick one to tune it")
    await press(tab_, "Computer Vision", "Or 3 outlets")
    await press(tab_, "Or 3 outlets", "once 3 independent outlets")
    assert await bars(database, await tab_.chat()) == [(70, 70, 3)]
    assert await tab_.page.locator("article.bot").count() == 2, "each press changes its message in place"
    assert not await tab_.overflows()


@pytest.mark.parametrize("form", Form)
async def test_alert_is_as_large_as_the_chat_chose(phone: tuple[Tab, WebMessenger, Database], form: Form) -> None:
    tab_, web, _ = phone
    content = content_of(Kind.ALERT, Payload(cards=(CARD,)), texts("en"), Look(form))
    await web.send(await tab_.chat(), content, locale="en", nonce="d1", now=NOW)
    await tab_.shows(CARD.title)
    line = tab_.page.locator("article.bot").last
    whole = await line.text_content() or ""
    assert ("Also covered by" in whole) is (form is not Form.COMPACT)
    assert await line.locator(".picture img").count() == (0 if form is Form.COMPACT else 1)
    assert await line.locator("button", has_text="Follow").count() == 1
    assert not await tab_.overflows()
