"""The chat page as a platform: what is sent arrives once and in order, through reconnects, restarts and faults."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.errors import RetryLater
from bot.messages import Answer, Request
from bot.model import Platform
from bot.ports import Messenger
from storage.database import Database
from storage.transcripts import SqlTranscripts
from tests.adapters.web_chat import (
    ALERT,
    ANNA,
    CARD,
    NOW,
    PICTURES,
    SmallChat,
    Visitor,
    lines_of,
    notice,
    page,
    take,
)
from tests.conftest import Clock

# ---------------------------------------------------------------- what is sent


async def test_a_message_arrives_in_an_open_stream_at_once(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page("/?as=anna")
        async with visitor.events() as events:
            message_id = await web.send(ANNA, ALERT, locale="en", nonce="n1", now=NOW)
            (event,) = await take(events, 1)
        assert event.id == message_id == str(event.data["id"])
        assert CARD.title in event.data["html"]


async def test_the_same_nonce_is_shown_once(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page("/?as=anna")
        ids = {await web.send(ANNA, ALERT, locale="en", nonce="n1", now=NOW) for _ in range(3)}
        await web.send(ANNA, notice("last"), locale="en", nonce="n2", now=NOW)
        async with visitor.events() as events:
            shown = await take(events, 2)
        assert len(ids) == 1
        assert "last" in shown[1].data["html"]


async def test_a_stream_goes_on_after_the_last_message_it_brought(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page("/?as=anna")
        for number in range(5):
            await web.send(ANNA, notice(f"number {number}"), locale="en", nonce=f"{number}", now=NOW)
        for seen in (0, 1, 4):
            async with visitor.events(0, **{"Last-Event-ID": str(seen)}) as events:
                shown = await take(events, 5 - seen)
            assert [event.id for event in shown] == [str(number + 1) for number in range(seen, 5)]
        async with visitor.events(0, **{"Last-Event-ID": "5"}) as events:
            await web.send(ANNA, notice("number 5"), locale="en", nonce="5", now=NOW)
            assert [event.id for event in await take(events, 1)] == ["6"]


async def test_many_messages_at_once_reach_every_stream_in_order(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page("/?as=anna")
        async with visitor.events() as one, visitor.events() as two:
            sends = (
                web.send(ANNA, notice(f"{number}"), locale="en", nonce=f"{number}", now=NOW) for number in range(40)
            )
            await asyncio.gather(*sends)
            for stream in (one, two):
                ids = [int(event.id) for event in await take(stream, 40)]
                assert ids == sorted(set(ids))


async def test_a_plain_message_is_text_alone(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page("/?as=anna")
        await web.send_plain(ANNA, ALERT, locale="en", now=NOW)
        async with visitor.events() as events:
            (event,) = await take(events, 1)
        assert CARD.title in event.data["html"]
        assert "<h2" not in event.data["html"]


async def test_times_are_told_anew_whenever_a_message_is_drawn(storage: Database, clock: Clock) -> None:
    async with page(storage, SmallChat(), clock=clock) as web, Visitor(web.url) as visitor:
        await visitor.page("/?as=anna")
        await web.send(ANNA, ALERT, locale="en", nonce="n", now=NOW)
        assert "3 hours ago" in await visitor.page()
        clock.forward(hours=2)
        assert "5 hours ago" in await visitor.page()


async def test_the_page_holds_the_newest_hundred_messages(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page("/?as=anna")
        for number in range(103):
            await web.send(ANNA, notice(f"<{number}>"), locale="en", nonce=f"{number}", now=NOW)
        text = await visitor.page()
        assert text.count("<article") == 100
        assert "&lt;2&gt;" not in text
        assert 'data-last="103"' in text


async def test_the_chat_outlives_the_process(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page("/?as=anna")
        await visitor.say("remember this")
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        assert "remember this" in await visitor.page("/?as=anna")


# ---------------------------------------------------------------- the platform's side


async def test_it_is_a_messenger_of_the_web(storage: Database) -> None:
    async with page(storage, SmallChat()) as web:
        messenger: Messenger = web
        assert messenger.platform is Platform.WEB
        assert await messenger.reachable()
        assert messenger.spacing(ANNA) == 0
        assert await messenger.identify() == web.url
    assert not await web.reachable()


async def test_answers_are_counted_for_the_delivery(storage: Database) -> None:
    counted: list[int] = []
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        web.on_reply = counted.append
        await visitor.page()
        for text in ("/hostile", "/silent", "/help"):
            await visitor.say(text)
    assert counted == [2, 1]


async def test_health_is_told_and_readiness_once_it_is_so(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        assert (await visitor.client.get("/healthz")).text == "ok\n"
        missing = ["starting", "source news: it is\ngone"]

        async def unready() -> list[str]:
            return missing

        web.unready = unready
        answer = await visitor.client.get("/readyz")
        assert (answer.status_code, answer.text) == (503, "starting\nsource news: it is gone\n")
        missing.clear()
        answer = await visitor.client.get("/readyz")
        assert (answer.status_code, answer.text) == (200, "ready\n")


async def test_pictures_of_the_demo_are_served_and_nothing_beside_them(storage: Database) -> None:
    async with page(storage, SmallChat(), pictures=PICTURES) as web, Visitor(web.url) as visitor:
        assert (await visitor.client.get("/pictures/lens.png")).headers["content-type"] == "image/png"
        for path in ("/pictures/../README.md", "/pictures/%2e%2e/README.md", "/pictures/", "/static/../app.py"):
            assert (await visitor.client.get(path)).status_code == 404


async def test_a_database_that_cannot_serve_means_again_later(storage: Database, tmp_path: Path) -> None:
    broken = Database(f"sqlite+aiosqlite:///{tmp_path / 'empty.sqlite'}")  # not migrated: no tables
    async with page(broken, SmallChat()) as web, Visitor(web.url) as visitor:
        with pytest.raises(RetryLater):
            await web.send(ANNA, ALERT, locale="en", nonce="n", now=NOW)
        response = await visitor.client.get("/")
        assert response.status_code == 503
        assert "memory" in response.json()["error"]
    await broken.close()
    assert storage is not broken


async def test_an_error_of_ours_is_answered_with_a_sentence(
    storage: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object, **__: object) -> int:
        raise ZeroDivisionError("a bug")

    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page()
        monkeypatch.setattr(SqlTranscripts, "add", fail)
        response = await visitor.post("/say", text="/help")
        assert response.status_code == 500
        assert "logged" in response.json()["error"]
        assert "a bug" not in response.text
        monkeypatch.undo()
        await visitor.say("/help")
    assert "ZeroDivisionError" in caplog.text


async def test_an_answer_under_way_is_finished_before_it_stops(storage: Database) -> None:
    class SlowChat(SmallChat):
        begun = asyncio.Event()

        async def answer(self, request: Request) -> Answer:
            self.begun.set()
            await asyncio.sleep(0.1)  # the server is told to stop meanwhile
            return await super().answer(request)

    chat = SlowChat()
    async with page(storage, chat) as web, Visitor(web.url) as visitor:
        await visitor.page("/?as=anna")
        saying = asyncio.create_task(visitor.post("/say", text="/help"))
        await chat.begun.wait()
        await web.stop()
        assert (await saying).status_code == 202
        assert len(await lines_of(storage, visitor)) == 2


async def test_messages_written_by_another_process_show_up(
    storage: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.web.transcript.LOOK_SECONDS", 0.02)
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page("/?as=anna")
        async with visitor.events() as events:
            async with page(storage, SmallChat()) as other:
                await other.send(ANNA, notice("from elsewhere"), locale="en", nonce="n", now=NOW)
            assert "from elsewhere" in (await take(events, 1))[0].data["html"]
        assert await web.reachable()
