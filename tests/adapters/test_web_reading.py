"""The chat page as it is read: on phones, in the dark, further up, with hostile articles."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.async_api import Browser, expect

from adapters.web.messenger import WebMessenger
from tests.adapters.browser import CONTRASTS, Tab, tab
from tests.adapters.web_chat import ALERT, NOW, notice

pytestmark = pytest.mark.asyncio(loop_scope="module")


READABLE = 4.5  # the contrast that WCAG 2.2 AA asks of text


async def send(web: WebMessenger, visitor: Tab, text: str) -> None:
    content = notice(text + "\n" * 9 + "end")
    await web.send(await visitor.chat(), content, locale="en", nonce=text, now=NOW)


# ---------------------------------------------------------------- reading


async def test_of_many_that_arrive_at_once_the_first_stays_in_sight(visitor: Tab, web: WebMessenger) -> None:
    for number in range(8):
        await send(web, visitor, f"number {number}")
    await visitor.shows("number 7")
    await visitor.page.wait_for_selector("#new:visible")
    await expect(visitor.page.locator("article:first-child")).to_be_in_viewport(ratio=1)


async def test_who_reads_further_up_is_not_moved_but_told(visitor: Tab, web: WebMessenger) -> None:
    for number in range(8):
        await send(web, visitor, f"number {number}")
    await visitor.page.reload()  # begins at the end
    await visitor.live()
    await visitor.page.wait_for_function("() => scroll.scrollTop > 100")
    await visitor.page.mouse.move(400, 300)
    await visitor.page.mouse.wheel(0, -5000)
    await visitor.page.wait_for_function("() => scroll.scrollTop === 0")
    await send(web, visitor, "while away")
    await visitor.page.wait_for_selector("#new:has-text('1 new')")
    assert await visitor.page.evaluate("scroll.scrollTop") == 0
    await visitor.page.click("#new")
    await visitor.page.wait_for_selector("#new", state="hidden")
    await expect(visitor.page.locator("article:last-child")).to_be_in_viewport()


async def test_an_alert_shows_its_picture_and_its_times_in_words(visitor: Tab, web: WebMessenger) -> None:
    await web.send(await visitor.chat(), ALERT, locale="en", nonce="alert", now=NOW)
    await visitor.shows(ALERT.card.title)
    await visitor.page.wait_for_function("() => document.querySelector('.picture img').naturalWidth === 1200")
    time = visitor.page.locator(".card time")
    assert await time.text_content() == await visitor.page.evaluate(
        "(at) => ago(new Date(at))", await time.get_attribute("datetime")
    )
    assert await time.get_attribute("title")


async def test_hostile_articles_are_harmless(visitor: Tab) -> None:
    await visitor.say("/hostile")
    await visitor.shows("<script>alert(1)</script>", count=2)
    await visitor.page.reload()
    await visitor.live()
    await visitor.shows("<script>alert(1)</script>", count=2)
    assert await visitor.page.title() == "Topicwire"
    assert await visitor.page.locator("article script, article style, article a[href^=javascript]").count() == 0
    assert not await visitor.overflows()


async def test_markup_that_slipped_through_would_neither_run_nor_load(browser: Browser, web: WebMessenger) -> None:
    async with tab(browser) as visitor:
        await visitor.open(web.url)
        await visitor.page.evaluate(
            """() => {
              const script = document.createElement("script");
              script.textContent = "window.ran = true";
              document.body.append(script);
              document.body.insertAdjacentHTML("beforeend", `
                <img src="https://elsewhere.example/x.png" onerror="ran = 1">
                <iframe src="https://elsewhere.example/"></iframe><p style="color: red">x</p>`);
            }"""
        )
        await visitor.page.wait_for_function("() => window.violations.length >= 4")
        assert await visitor.page.evaluate("window.ran") is None
        directives = {violation.split()[0] for violation in await visitor.violations()}
        assert directives >= {"script-src-elem", "img-src", "frame-src", "style-src-attr"}


@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 640), (640, 360), (320, 480)])
async def test_nothing_scrolls_sideways_on_small_screens(
    browser: Browser, web: WebMessenger, width: int, height: int
) -> None:
    async with tab(browser, viewport={"width": width, "height": height}, has_touch=True) as phone:
        await phone.open(web.url)
        assert not await phone.overflows()
        for text in ("/subscribe computer-vision", "/hostile"):
            await phone.say(text)
        await web.send(await phone.chat(), ALERT, locale="en", nonce="alert", now=NOW)
        await phone.shows(ALERT.card.excerpt)
        await phone.page.click("#commands")
        assert not await phone.overflows()
        box = await phone.page.locator("#composer").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_all_text_is_readable(browser: Browser, web: WebMessenger, scheme: str) -> None:
    async with tab(browser, color_scheme=scheme, reduced_motion="reduce") as visitor:
        await visitor.open(web.url)
        contrasts = await visitor.page.evaluate(CONTRASTS)
        for text in ("/subscribe computer-vision", "/export", "/hostile"):
            await visitor.say(text)
        await visitor.shows("<script>", count=2)
        for quality in (None, 12, 55, 80, 140):
            card = replace(ALERT.card, quality=quality, second_look=True)
            await web.send(
                await visitor.chat(), replace(ALERT, card=card), locale="en", nonce=f"{quality}", now=NOW
            )
        await visitor.shows("Second look", count=5)
        await visitor.page.click("#commands")
        contrasts += await visitor.page.evaluate(CONTRASTS)
        assert len(contrasts) > 80
        print(f"{scheme}: {len(contrasts)} texts, lowest contrast {min(contrasts)}")
        assert [found for found in contrasts if found[0] < READABLE] == []
        assert (
            await visitor.page.evaluate("getComputedStyle(document.querySelector('article')).animationName")
            == "none"
        )
