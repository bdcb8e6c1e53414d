"""A real browser for the tests of pages: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright

from bot.model import Address, Platform

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
  window.violations.push(`${violatedDirective} ${blockedURI}`);
});
"""

# The contrast of every visible piece of text with what is behind it (WCAG 2.2, relative luminance).
CONTRASTS = """() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, alpha = 1] = channels(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || !element.checkVisibility() || element.closest("noscript")) continue;
    const [a, b] = [light(channels(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
    found.push([(a + 0.05) / (b + 0.05), walk.currentNode.textContent.trim().slice(0, 30)]);
  }
  return found;
}"""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The browser; skips the test by name where it is missing."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is missing (apt-get install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        await browser.close()


class Tab:
    """One page of one visitor, and everything that went wrong on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        self.requested: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: self.errors.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: self.requested.append(request.url))

    async def open(self, url: str) -> None:
        await self.page.goto(url)
        await self.live()

    async def live(self) -> None:
        await self.page.wait_for_selector("#status.live")

    async def say(self, text: str) -> None:
        """Type a text and send it with the keyboard alone."""
        await self.page.focus("#say")
        await self.page.keyboard.insert_text(text)
        await self.page.keyboard.press("Escape")
        await self.page.keyboard.press("Enter")

    async def shows(self, text: str, count: int = 1) -> None:
        """Wait until so many messages contain the text."""
        await self.page.wait_for_function(
            "([text, count]) => [...document.querySelectorAll('article')]"
            ".filter((line) => line.textContent.includes(text)).length === count",
            arg=[text, count],
        )

    async def chat(self) -> Address:
        """Where this visitor is reached."""
        cookies = {cookie.get("name"): cookie.get("value", "") for cookie in await self.page.context.cookies()}
        return Address(Platform.WEB, cookies["topicwire_chat"])

    async def typed(self) -> str:
        return await self.page.input_value("#say")

    async def violations(self) -> list[str]:
        found: list[str] = await self.page.evaluate("window.violations")
        return found

    async def overflows(self) -> bool:
        """Whether anything can be scrolled sideways."""
        wide: bool = await self.page.evaluate(
            "() => [document.documentElement, document.body, document.getElementById('scroll')]"
            ".some((box) => box.scrollWidth > box.clientWidth)"
        )
        return wide


@asynccontextmanager
async def tab(browser: Browser, **settings: Any) -> AsyncIterator[Tab]:
    """A tab of a new visitor."""
    context = await browser.new_context(**{"viewport": {"width": 900, "height": 700}, **settings})
    context.set_default_timeout(5000)
    await context.add_init_script(WATCH)
    yield Tab(await context.new_page())
    await context.close()
