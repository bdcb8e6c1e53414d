"""Makes the pictures of the editors' desk in docs/pictures, from what the loopback platforms received.

A real program sends a story to many and takes it back; each screen is drawn at the width of a phone. Run it with
`make pictures`. Needs Chromium.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.logs import configure  # noqa: E402
from scripts.bubbles import discord, telegram  # noqa: E402
from scripts.platform_pictures import BUBBLES, PHONE, PICTURES, SCALE, copy_of  # noqa: E402
from tests.editors_desk import ADMINS, enrol, on_discord, on_telegram  # noqa: E402
from tests.emulators.discord_records import Sent as DiscordSent  # noqa: E402
from tests.emulators.telegram_records import Sent  # noqa: E402
from tests.seven_places import topicwire, town  # noqa: E402

SCREENS = ("preview", "audience", "paused", "progress", "receipt", "recalled")

Screens = tuple[dict[str, Sent], DiscordSent]


async def play(home: Path) -> Screens:
    """What an editor saw on Telegram, by step, and the audience as Discord shows it."""
    async with town(home) as there, topicwire(there, admins=ADMINS):
        title = await enrol(there)
        shown = await on_telegram(there, title)
        asked, _ = await on_discord(there, title)
        return shown, next(sent for sent in asked.answers if "Reaches" in sent.text)


def chats(screens: Screens) -> Iterator[tuple[str, str, str]]:
    """Name of the picture, stylesheet and HTML of each screen."""
    for step in SCREENS:
        html = telegram.chat(screens[0][step], title="Topicwire", kind="bot", picture=copy_of)
        yield f"desk-{step}", "telegram.css", html
    html = discord.chat(screens[1], title="news", sign="#", picture=copy_of)
    yield "desk-audience-discord", "discord.css", html


def main() -> int:
    program = shutil.which("chromium")
    if program is None:
        print("Chromium is missing. Run:  sudo apt-get install -y chromium", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # no .env of ours is read
        configure("warning", "text")
        screens = asyncio.run(play(Path(folder)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport=PHONE, device_scale_factor=SCALE)
        for name, style, html in chats(screens):
            page.set_content(f"<style>{(BUBBLES / style).read_text()}</style>{html}")
            picture = PICTURES / f"{name}.png"
            page.screenshot(path=picture, full_page=True)
            print(f"{picture.relative_to(ROOT)}  {picture.stat().st_size // 1024} KiB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
