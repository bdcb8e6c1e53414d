"""The chat page in a real browser: by keyboard, in several tabs, through restarts, against strangers."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser

from adapters.web.messenger import WebMessenger
from storage.database import Database
from tests.adapters.browser import Tab, tab
from tests.adapters.web_chat import ALERT, ANNA, NOW, SmallChat, notice, page

pytestmark = pytest.mark.asyncio(loop_scope="module")


# ---------------------------------------------------------------- conversation


async def test_a_newcomer_subscribes_and_sees_the_best_stories(visitor: Tab) -> None:
    assert await visitor.page.is_visible("#welcome")
    assert await visitor.page.evaluate("document.activeElement.id") == "say"
    await visitor.say("/subscribe computer-vision")
    await visitor.shows("You follow computer-vision from quality 70.")
    assert await visitor.page.text_content(".item h3") == ALERT.card.title
    assert not await visitor.page.is_visible("#welcome")
    assert await visitor.typed() == ""


async def test_a_suggestion_is_said_at_a_click(visitor: Tab) -> None:
    await visitor.page.click("text=/subscribe computer-vision")
    await visitor.shows("You follow computer-vision")


async def test_the_menu_of_commands_is_worked_by_keyboard(visitor: Tab) -> None:
    keys = visitor.page.keyboard
    await visitor.page.focus("#say")
    await keys.type("/su")
    assert await visitor.page.is_visible("#menu")
    shown = await visitor.page.locator("#menu li:visible b").all_text_contents()
    assert shown == ["/subscribe", "/subscriptions"]
    await keys.press("ArrowDown")
    active = await visitor.page.get_attribute("#say", "aria-activedescendant")
    assert await visitor.page.text_content(f"#{active} b") == "/subscriptions"
    await keys.press("ArrowDown")  # round to the first
    await keys.press("Tab")
    assert await visitor.typed() == "/subscribe "
    assert not await visitor.page.is_visible("#menu")
    await keys.type("ai")
    await keys.press("Enter")
    await visitor.shows("You follow ai")


async def test_escape_closes_the_menu_and_a_whole_command_is_sent_at_once(visitor: Tab) -> None:
    keys = visitor.page.keyboard
    await visitor.page.click("#commands")
    assert await visitor.page.get_attribute("#say", "aria-expanded") == "true"
    await keys.press("Escape")
    assert await visitor.page.get_attribute("#say", "aria-expanded") == "false"
    assert await visitor.typed() == "/"
    await keys.type("topics")
    await visitor.page.wait_for_selector("#menu", state="visible")
    await keys.press("Enter")
    await visitor.shows("I do not know /topics.")


async def test_up_brings_back_what_was_said(visitor: Tab) -> None:
    keys = visitor.page.keyboard
    for text in ("one", "two\nlines"):
        await visitor.say(text)
        await visitor.shows(f"I do not know {text.split(chr(10))[0]}")
    await keys.press("ArrowUp")
    assert await visitor.typed() == "two\nlines"
    await keys.press("ArrowUp")
    await keys.press("ArrowUp")
    assert await visitor.typed() == "one"
    await keys.press("ArrowDown")
    await keys.press("ArrowDown")
    assert await visitor.typed() == ""


async def test_a_button_changes_its_message_in_place_and_keeps_the_focus_there(visitor: Tab) -> None:
    await visitor.say("/subscribe ai")
    await visitor.shows("You follow ai")
    await visitor.page.focus("text=Undo")
    await visitor.page.keyboard.press("Enter")
    await visitor.shows("Undone.")
    await visitor.shows("You follow ai", count=0)
    assert await visitor.page.text_content("#toast") == "Undone"
    assert await visitor.page.evaluate("document.activeElement.id") == "say"  # no button is left in it
    assert await visitor.page.locator("article").count() == 2


async def test_the_demo_bar_publishes(visitor: Tab) -> None:
    await visitor.page.click("text=Publish one you would not get")
    await visitor.shows(": unwanted")
    await visitor.page.click("text=Publish one you would get")
    await visitor.shows(": wanted")


async def test_an_export_is_downloaded_once(visitor: Tab) -> None:
    await visitor.say("/export")
    async with visitor.page.expect_download() as download:
        await visitor.page.click("text=Download")
    file = await (await download.value).path()
    assert Path(file).read_bytes() == b'{"destinations": []}'
    assert (await download.value).suggested_filename == "topicwire.json"
    await visitor.shows("Downloaded")


# ---------------------------------------------------------------- nothing lost, nothing twice


async def test_a_reload_keeps_the_history_once(visitor: Tab) -> None:
    await visitor.say("/subscribe ai")
    await visitor.shows("You follow ai")
    for _ in range(2):
        await visitor.page.reload()
        await visitor.live()
        await visitor.shows("/subscribe ai")
        assert await visitor.page.locator("article").count() == 2


async def test_a_message_that_comes_again_is_shown_once(visitor: Tab) -> None:
    await visitor.say("hello")
    await visitor.shows("I do not know hello")
    html = "<article id=m0><time class=at></time></article>"
    await visitor.page.evaluate("(html) => show({ id: log.lastChild.dataset.id, html, author: 'bot' })", html)
    assert await visitor.page.locator("article").count() == 2


async def test_two_tabs_of_a_chat_show_the_same(visitor: Tab, web: WebMessenger) -> None:
    other = Tab(await visitor.page.context.new_page())
    await other.open(web.url)
    await visitor.say("/subscribe ai")
    for each in (visitor, other):
        await each.shows("You follow ai")
    await other.page.click("text=Undo")
    for each in (visitor, other):
        await each.shows("Undone.")
        assert await each.page.locator("article").count() == 2


async def test_a_sixth_tab_says_why_it_is_not_live(visitor: Tab, web: WebMessenger) -> None:
    tabs = [visitor]
    for _ in range(4):
        tabs.append(Tab(await visitor.page.context.new_page()))
        await tabs[-1].open(web.url)
    sixth = await visitor.page.context.new_page()
    await sixth.goto(web.url)
    await sixth.wait_for_selector("#status:has-text('too many tabs')")


async def test_a_restart_of_the_server_loses_and_repeats_nothing(
    browser: Browser, database: Database, small_chat: SmallChat
) -> None:
    async with tab(browser) as visitor:
        async with page(database, small_chat) as before:
            await visitor.open(f"{before.url}/?as=anna")
            await before.send(ANNA, notice("first"), locale="en", nonce="restart 1", now=NOW)
            await visitor.shows("first")
            port = int(before.url.rpartition(":")[2])
        await visitor.page.wait_for_selector("#status.reconnecting")
        await visitor.say("hello?")
        await visitor.page.wait_for_selector("#toast:has-text('Not sent')")
        assert await visitor.typed() == "hello?"  # nothing typed is lost
        async with page(database, small_chat, port=port) as after:
            await after.send(ANNA, notice("second"), locale="en", nonce="restart 2", now=NOW)
            await visitor.live()
            await after.send(ANNA, notice("third"), locale="en", nonce="restart 3", now=NOW)
            await visitor.shows("third")
            words = await visitor.page.locator("article.bot .text").all_text_contents()
            assert words == ["first", "second", "third"]
            await visitor.page.keyboard.press("Enter")
            await visitor.shows("I do not know hello?")


async def test_a_chat_that_was_emptied_loads_anew(visitor: Tab, web: WebMessenger, database: Database) -> None:
    await visitor.say("/forget")
    await visitor.shows("Sure?")
    async with database.write() as work:
        destination = await work.destinations.ensure(
            await visitor.chat(), title="", locale="en", timezone="UTC", now=NOW
        )
        await work.destinations.forget(destination.id)
    await visitor.page.click("button:text-is('Forget')")
    await visitor.page.wait_for_selector("#welcome")
    assert await web.reachable()


# ---------------------------------------------------------------- strangers


async def test_another_site_can_neither_speak_nor_listen(
    browser: Browser, web: WebMessenger, small_chat: SmallChat
) -> None:
    async with tab(browser) as visitor:
        await visitor.open(f"{web.url}/?as=victim")
        asked = len(small_chat.asked)
        evil = await visitor.page.context.new_page()
        await evil.route(
            "http://evil.test/", lambda route: route.fulfill(body="<p>hello", content_type="text/html")
        )
        await evil.goto("http://evil.test/")
        outcome = await evil.evaluate(
            """async (url) => {
              const post = (mode, type) => fetch(url + "/say", {
                method: "POST", mode, credentials: "include",
                headers: { "Content-Type": type }, body: '{"text": "/hostile"}',
              }).then((response) => response.type, () => "refused");
              const listened = await new Promise((done) => {
                const stream = new EventSource(url + "/events", { withCredentials: true });
                stream.onopen = () => done("open");
                stream.onerror = () => done("refused");
              });
              return [await post("no-cors", "text/plain"), await post("cors", "application/json"), listened];
            }""",
            web.url,
        )
        assert outcome[1:] == ["refused", "refused"]  # the first cannot tell what became of it
        assert len(small_chat.asked) == asked
        await visitor.page.reload()
        assert await visitor.page.locator("article").count() == 0


async def test_a_password_is_asked_for_and_opens_the_page(
    browser: Browser, database: Database, small_chat: SmallChat
) -> None:
    async with page(database, small_chat, password="horse") as guarded, tab(browser) as visitor:
        await visitor.page.goto(guarded.url)
        await visitor.page.fill("#password", "cow")
        await visitor.page.keyboard.press("Enter")
        await visitor.page.wait_for_selector("text=That is not the password.")
        await visitor.page.fill("#password", "horse")
        await visitor.page.keyboard.press("Enter")
        await visitor.live()
        await visitor.say("hello")
        await visitor.shows("I do not know hello")
        assert await visitor.violations() == []
