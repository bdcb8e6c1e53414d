"""Conversations with the editors' desk through the real clients: Telegram, Discord, and the chat page."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from bot.bootstrap import utc_now
from bot.broadcasts import course
from bot.delivery import Delivery
from storage.database import Database
from tests.adapters.web_chat import Visitor, page
from tests.bot.talk import Talk, conversation_of, publish, talk_of
from tests.editors_desk import ADMINS, CLOSED, READERS, ROOMS, enrol, on_discord, on_telegram
from tests.seven_places import PATIENCE, topicwire, town

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


async def test_an_editor_sends_and_takes_back_from_telegram_and_sends_from_discord(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in list(os.environ):
        if name.startswith(("TELEGRAM_", "DISCORD_", "ARTICLES", "TOPICS", "WEB_", "ADMINS")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    async with town(tmp_path) as there, topicwire(there, admins=ADMINS):
        title = await enrol(there)
        shown = await on_telegram(there, title)
        everyone = READERS + ROOMS
        assert f"Reaches {everyone} chats" in shown["audience"].text
        assert f"Telegram {READERS} · Discord {ROOMS}" in shown["audience"].text
        assert f"Type SEND to send it to {everyone} chats" in shown["audience"].text
        assert title in shown["preview"].text
        receipt = shown["receipt"].text
        assert f"{everyone - CLOSED} sent, {CLOSED} failed" in receipt
        assert receipt.count("blocked me") == CLOSED
        assert f"{everyone - CLOSED} messages are gone" in shown["recalled"].text
        assert not [s for n in range(CLOSED, READERS) for s in there.telegram.shown(20_000 + n)]
        asked, discord_receipt = await on_discord(there, title)
        assert f"{everyone - CLOSED} sent, 0 failed" in discord_receipt.text
        assert any(title in answer.text for answer in asked.answers)
    assert not there.discord.refused
    assert not [refusal for refusal in there.telegram.refused if "not modified" not in refusal.description]


async def test_an_editor_sends_from_the_chat_page(storage: Database) -> None:
    talk: Talk = await talk_of(storage, utc_now)
    chat = conversation_of(storage, utc_now, admins=frozenset({("web", "anna")}))
    async with page(storage, chat) as web, Visitor(web.url) as visitor:
        await visitor.page("/?as=ben")
        await visitor.say("/subscribe computer-vision 500")
        await publish(talk, "A lens the size of a grain")
        await visitor.page("/?as=anna")
        await visitor.say("/broadcast A lens the size of a grain")
        shown = await visitor.page("/")
        assert "Reaches" in shown
        assert "Computer Vision" in shown
        async with storage.read() as work:
            lines = await work.transcripts.since("anna", 0)
        await visitor.post("/press", action="bc:send:1", message=lines[-1].id)
        delivery = Delivery(storage, web, owner="w", clock=utc_now)
        working = asyncio.create_task(delivery.run())
        async with asyncio.timeout(PATIENCE):
            while "is done" not in await visitor.page("/"):
                await course.look(storage, utc_now(), admins=(), trusted=lambda _: True)
                delivery.wake()
                await asyncio.sleep(0.05)
        await visitor.page("/?as=ben")
        assert "A lens the size of a grain" in await visitor.page("/")
        await visitor.page("/?as=anna")
        await visitor.post("/press", action="bc:take:1", message=lines[-1].id)
        async with asyncio.timeout(PATIENCE):
            while "is taken back" not in await visitor.page("/"):
                await course.look(storage, utc_now(), admins=(), trusted=lambda _: True)
                delivery.wake()
                await asyncio.sleep(0.05)
        delivery.stop()
        await asyncio.wait_for(working, PATIENCE)
        await visitor.page("/?as=ben")
        assert "A lens the size of a grain" not in await visitor.page("/")
