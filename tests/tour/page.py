"""Ann's tour of the chat page, in a real browser at the width of a phone."""

from __future__ import annotations

import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.adapters.browser import Tab, chromium, tab
from tests.tour.transcript import Answered, Said, Tour
from tests.tour.world import A_MOMENT, PATIENCE, World, world

PHONE = {"width": 390, "height": 844}
SCALE = 1.5

NEWS = r"""(seen) => {
  refreshTimes(log);
  const found = [];
  for (const line of log.querySelectorAll("article.bot")) {
    const { id, version } = line.dataset;
    if (seen[id] === version) continue;
    const bubble = line.querySelector(".bubble");
    const at = bubble.querySelector("time.at");
    const boxes = [...bubble.querySelectorAll(".meta, .coverage li")];
    const pieces = boxes.flatMap((box) => [...box.children]);
    const later = pieces.filter((piece) => piece.previousElementSibling);
    for (const piece of [...boxes, ...pieces, at]) piece.style.display = "inline";
    for (const box of boxes) box.style.display = "block";
    for (const piece of later) piece.prepend("\u00a0· ");
    at.style.display = "none";
    const text = bubble.innerText;
    for (const piece of later) piece.firstChild.remove();
    for (const piece of [...boxes, ...pieces, at]) piece.style.display = "";
    const rows = [...line.querySelectorAll(".keyboard .row")];
    const buttons = rows.map((row) => [...row.children].map((button) => button.textContent));
    found.push({ id, version, text, buttons, changed: id in seen });
  }
  return found;
}"""
"""What the bot wrote or changed, as a person reads it; `seen` has the version of each message by its id.

What the page sets apart by its layout stands in one line here, with dots between.
"""

BLANKS = re.compile("[ \u00a0]+")
META = re.compile(r"\n\n(?=\d+ · )")  # what stands below a title is a paragraph of its own

THERE = """(seen) => !document.querySelector("[aria-busy]")
  && [...document.querySelectorAll("article.bot")].some(({ dataset }) => seen[dataset.id] !== dataset.version)"""

SPOKEN = "(language) => document.documentElement.lang === language"


class Chat:
    """Ann's tab. `last` is the id of the message that came or changed last."""

    last: str

    def __init__(self, place: World, shown: Tab, *, camera: bool) -> None:
        self.tour: Tour[bytes] = Tour("The chat page", "page")
        self.place, self.shown = place, shown
        self._camera = camera
        self._seen: dict[str, str] = {}

    async def says(self, text: str) -> None:
        """Type something, and wait for the answer."""
        await self._after_a_moment()
        self.tour.lines.append(Said(text))
        await self.shown.say(text)
        await self.hears()

    async def chooses(self, text: str, language: str) -> None:
        """Type what changes the language, for which the page is loaded once more."""
        await self._after_a_moment()
        self.tour.lines.append(Said(text))
        await self.shown.say(text)
        await self.shown.page.wait_for_function(SPOKEN, arg=language)
        await self.shown.live()
        await self.hears()

    async def presses(self, label: str, message: str = "") -> None:
        """Press a button of the last message, or of an earlier one, and wait for what it does."""
        await self._after_a_moment()
        self.tour.lines.append(Said(label, pressed=True))
        line = self.shown.page.locator(f"#m{message or self.last}")
        await line.get_by_role("button", name=label, exact=True).click()
        await self.hears()

    async def hears(self) -> None:
        """Note what the bot wrote or changed, once it did."""
        page = self.shown.page
        await page.clock.set_fixed_time(self.place.now)
        await page.wait_for_function(THERE, arg=self._seen)
        news: list[dict[str, Any]] = await page.evaluate(NEWS, self._seen)
        for line in news:
            text = META.sub("\n", BLANKS.sub(" ", line["text"]))
            self.tour.lines.append(Answered(text, tuple(map(tuple, line["buttons"])), line["changed"]))
            self._seen[line["id"]] = line["version"]
            self.last = line["id"]

    async def picture(self, name: str, caption: str) -> None:
        """The page as it is now."""
        picture = b""
        if self._camera:
            page = self.shown.page
            await page.mouse.move(0, 0)
            await page.wait_for_function("() => !document.getElementById('toast').textContent")
            await page.evaluate("(id) => document.getElementById(id).scrollIntoView()", f"m{self.last}")
            picture = await page.screenshot()
        self.tour.picture(name, picture, caption)

    async def _after_a_moment(self) -> None:
        self.place.now += A_MOMENT
        await self.shown.page.clock.set_fixed_time(self.place.now)


@asynccontextmanager
async def chat(home: Path, *, camera: bool = False) -> AsyncIterator[Chat]:
    """The program with its chat page alone, and Ann, who has just opened it; `camera` takes the pictures."""
    place = World()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    look = {"viewport": PHONE, "device_scale_factor": SCALE, "has_touch": True, "reduced_motion": "reduce"}
    async with (
        world(home, place, web_port=port),
        chromium() as browser,
        tab(browser, locale="en-GB", timezone_id="UTC", **look) as shown,
    ):
        shown.page.set_default_timeout(PATIENCE * 1000)
        await shown.page.clock.set_fixed_time(place.now)
        await shown.open(f"http://127.0.0.1:{port}/?as=ann")
        yield Chat(place, shown, camera=camera)


async def play(ann: Chat) -> None:
    """From the first word to the same set-up in another language."""
    for stretch in (begin, reach_ten, wait_for_outlets, ask_why_not, read_a_digest, change_the_language):
        await stretch(ann)


async def begin(ann: Chat) -> None:
    ann.tour.heading("First contact in three taps")
    await ann.says("/start")
    await ann.presses("Climate")
    await ann.picture("forecast", "How much comes at which bar, on the chat page")
    await ann.presses("70 · 8/month")
    await ann.presses("Daily digest")


async def reach_ten(ann: Chat) -> None:
    ann.tour.heading("Ten topics")
    await ann.says("space")
    await ann.presses("Subscribe")
    await ann.says("/subscribe robotics, telescopes, moon 80 digest 60")
    await ann.says("/subscribe ocaens")
    await ann.presses("Oceans")
    await ann.says("/subscribe #ComputerVision top")
    await ann.says("/subscribe ai, natural language, batteries digest any")


async def wait_for_outlets(ann: Chat) -> None:
    ann.tour.heading("Outlets as a second bar", "A weaker story comes as well, once two outlets carry it.")
    await ann.says("/settings")
    await ann.presses("Topics")
    await ann.presses("Computer Vision")
    await ann.presses("Or 2 outlets")
    await ann.place.publish("rising.2")
    ann.tour.meanwhile("A story below the bar is published; two outlets carry it.")
    await ann.hears()
    alert = ann.last
    await ann.picture("alert", "An alert on the chat page")
    await ann.presses("Why this?", alert)
    await ann.presses("Follow", alert)
    await ann.presses("Stories")


async def ask_why_not(ann: Chat) -> None:
    ann.tour.heading("One that did not come")
    await ann.says("/filter space: -balloon*")
    await ann.place.publish("Balloon")
    ann.tour.meanwhile("A story about a balloon is published, and nothing comes.")
    await ann.says("/why balloon")
    await ann.presses("Let “balloon*” through")
    await ann.presses("Undo")


async def read_a_digest(ann: Chat) -> None:
    ann.tour.heading("A digest at once")
    await ann.place.publish("Hot springs")
    await ann.place.publish("Dialect")
    await ann.place.publish("vineyard")
    ann.tour.meanwhile("Three stories are published on what Ann has in her digest.")
    await ann.says("/digest now")
    await ann.picture("digest", "A digest on the chat page")


async def change_the_language(ann: Chat) -> None:
    ann.tour.heading("A rest, in another language")
    await ann.chooses("/language español", "es")
    await ann.says("/settings")
    await ann.picture("settings", "The settings in Spanish")
    await ann.presses("Pausa")
    await ann.presses("8 horas")
    await ann.says("/subscriptions")
