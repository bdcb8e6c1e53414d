"""Conversations with the chat page over HTTP: nothing said is lost, nothing is shown twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.adapters.web_chat import ANNA, CARD, Event, SmallChat, SmallDemo, Visitor, lines_of, page, sqlite, take
from tests.conftest import Clock


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Database]:
    async with sqlite(tmp_path) as database:
        yield database


def words(events: list[Event]) -> str:
    return " ".join(event.data.get("html", "") for event in events)


# ---------------------------------------------------------------- talking


async def test_what_is_typed_and_the_answer_are_on_the_page_and_in_the_stream(storage: Database) -> None:
    chat = SmallChat()
    async with page(storage, chat) as web, Visitor(web.url) as visitor:
        await visitor.page("/?as=anna")
        await visitor.say(" /subscribe computer-vision\x00\ud800 ")
        async with visitor.events() as events:
            you, bot = await take(events, 2)
        assert (you.data["author"], bot.data["author"]) == ("you", "bot")
        assert CARD.title in bot.data["html"]
        assert bot.data["html"] in await visitor.page()
    request = chat.asked[0]
    assert (request.address, request.text, request.locale) == (ANNA, "/subscribe computer-vision", "")


async def test_the_language_of_the_browser_reaches_the_chat(storage: Database) -> None:
    chat = SmallChat()
    async with page(storage, chat) as web, Visitor(web.url, **{"Accept-Language": "de-AT,de;q=0.9"}) as visitor:
        assert '<html lang="en" dir="ltr">' in await visitor.page()
        await visitor.say("/help")
    assert chat.asked[0].locale == "de-AT"


async def test_an_answer_that_replaces_changes_the_pressed_message_in_place(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page()
        await visitor.say("/subscribe ai")
        async with visitor.events() as events:
            _, answer = await take(events, 2)
            response = await visitor.post("/press", action="undo", message=answer.data["id"])
            assert response.json() == {"toast": "Undone"}
            (change,) = await take(events, 1)
        assert (change.name, change.data["id"], change.id) == ("change", answer.data["id"], "")
        assert "Undone." in change.data["html"]
        assert change.data["version"] != answer.data["version"]
        text = await visitor.page()
        assert "Undone." in text
        assert CARD.title not in text


async def test_a_change_that_was_missed_is_told_on_return(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page()
        await visitor.say("/subscribe ai")
        async with visitor.events() as events:
            answer = (await take(events, 2))[1]
        await visitor.post("/press", action="undo", message=answer.data["id"])
        async with visitor.events(answer.data["id"]) as events:
            (change,) = await take(events, 1)
        assert (change.name, change.data["id"]) == ("change", answer.data["id"])


async def test_a_stale_button_gives_a_toast_and_no_message(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page()
        await visitor.say("hello")
        response = await visitor.post("/press", action="whatever", message=1)
        assert response.json() == {"toast": "That button is old."}
        assert len(await lines_of(storage, visitor)) == 2


async def test_a_press_on_a_message_that_is_gone_makes_the_open_pages_load_anew(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page()
        async with visitor.events() as events:
            await visitor.post("/press", action="undo", message=999)
            shown = await take(events, 2)
        assert [event.name for event in shown] == ["line", "reset"]


async def test_a_page_that_returns_to_a_forgotten_chat_loads_anew(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page()
        await visitor.say("hello")
        async with visitor.events(2) as known, visitor.events(3) as forgotten:
            assert [event.name for event in await take(forgotten, 1)] == ["reset"]
            await visitor.say("again")
            assert [event.name for event in await take(known, 2)] == ["line", "line"]


async def test_another_chat_sees_nothing_of_it(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as anna, Visitor(web.url) as ben:
        await anna.page()
        await ben.page()
        await anna.say("/subscribe secrets")
        await ben.say("/help")
        async with ben.events() as events:
            assert "secrets" not in words(await take(events, 2))
        assert "secrets" not in await ben.page()
        assert (await ben.post("/press", action="undo", message=1)).status_code == 202
        assert "secrets" in await anna.page()


async def test_the_demo_bar_publishes_and_is_there_only_in_a_demo(storage: Database) -> None:
    async with page(storage, SmallChat(), demo=SmallDemo()) as web, Visitor(web.url) as visitor:
        assert "data-publish" in await visitor.page("/?as=anna")
        for wanted in (True, False):
            assert (await visitor.post("/publish", wanted=wanted)).status_code == 202
        assert (await visitor.post("/publish", wanted="yes")).status_code == 400
        text = await visitor.page()
        assert "Published for web:anna: wanted" in text
        assert "Published for web:anna: unwanted" in text
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        assert "data-publish" not in await visitor.page()
        assert (await visitor.post("/publish", wanted=True)).status_code == 400


async def test_a_name_of_other_letters_is_refused(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        for name in ("", "a b", "a/b", "\u00e4", "x" * 65, "a;b"):
            response = await visitor.client.get("/", params={"as": name})
            assert response.status_code == 400


# ---------------------------------------------------------------- documents


async def test_a_document_is_handed_over_once_and_only_to_its_chat(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as anna, Visitor(web.url) as ben:
        await anna.page()
        await ben.page()
        await anna.say("/export")
        link = link_in(await anna.page())
        assert (await ben.client.get(link)).status_code == 410
        response = await anna.client.get(link)
        assert response.content == b'{"destinations": []}'
        assert response.headers["content-disposition"] == "attachment; filename*=UTF-8''topicwire.json"
        again = await anna.client.get(link)
        assert again.status_code == 410
        assert "/export" in again.text
        text = await anna.page()
        assert "Downloaded" in text
        assert "/documents/" not in text


async def test_a_document_expires(storage: Database, clock: Clock) -> None:
    async with page(storage, SmallChat(), clock=clock) as web, Visitor(web.url) as visitor:
        await visitor.page()
        await visitor.say("/export")
        link = link_in(await visitor.page())
        clock.forward(minutes=16)
        assert (await visitor.client.get(link)).status_code == 410


def link_in(text: str) -> str:
    begin = text.index("/documents/")
    return text[begin : text.index('"', begin)]
