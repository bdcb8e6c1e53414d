"""Makes the pictures of one story in seven places, in docs/pictures, from what the loopback platforms received.

One program tells the story over real python-telegram-bot and discord.py; each recorded request becomes a chat as
its app shows it, at the width of a phone. Run it with `make pictures`. Needs Chromium.
"""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ViewportSize, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from adapters.sources.samples import SampleFolder  # noqa: E402
from bot.logs import configure  # noqa: E402
from scripts.bubbles import discord, telegram  # noqa: E402
from tests.emulators.discord_places import Channel  # noqa: E402
from tests.emulators.discord_records import Sent as DiscordSent  # noqa: E402
from tests.emulators.telegram_records import Sent as TelegramSent  # noqa: E402
from tests.seven_places import SAMPLES, subscribe_everywhere, topicwire, town  # noqa: E402

BUBBLES = Path(__file__).parent / "bubbles"
PICTURES = ROOT / "docs" / "pictures"
PHONE: ViewportSize = {"width": 390, "height": 200}  # the height grows with what is in it
SCALE = 1.5
SETTLING = 3.0  # seconds until a change of the folder is surely taken in
STORY = "rising"  # a sample that gains weight, with four other outlets and a picture

Told = tuple[dict[str, TelegramSent], dict[str, DiscordSent]]


async def tell(home: Path) -> tuple[Told, dict[int, Channel]]:
    """The seven messages, and Discord's channels. Raises RuntimeError where a request was refused."""
    async with town(home) as there:
        async with topicwire(there):
            await subscribe_everywhere(there)
            folder = SampleFolder(SAMPLES, there.articles)
            sample = next(one for one in folder.later() if STORY in one.path)
            for _ in range(2):  # below the bar at first, then risen above it
                folder.publish(sample.path, datetime.now(UTC))
                await asyncio.sleep(SETTLING)
            told = await there.told(sample.title)
        rooms = there.discord.places.channels
        if there.refused:
            raise RuntimeError(f"refused: {there.refused[0]}")
    return told, rooms


def chats(told: Told, rooms: dict[int, Channel]) -> Iterator[tuple[str, str, str]]:
    """Name of the picture, stylesheet and HTML of each chat."""
    titles = {
        "private chat": ("Topicwire", "bot"),
        "forum topic": ("Reading circle › Seeing machines", "topic, 214 members"),
        "channel": ("Lens and shutter", "channel, 3 402 subscribers"),
    }
    for place, sent in told[0].items():
        title, kind = titles[place]
        yield (
            f"telegram-{place.replace(' ', '-')}",
            "telegram.css",
            telegram.chat(sent, title=title, kind=kind, picture=copy_of),
        )
    for place, message in told[1].items():
        sign = {"direct message": "@", "thread": "⌇", "forum post": "◉"}.get(place, "#")
        room = rooms[message.channel_id]
        name = "Topicwire" if place == "direct message" else room.name
        tags = tuple(room.parent.tags[tag] for tag in room.applied_tags) if room.parent else ()
        yield (
            f"discord-{place.replace(' ', '-')}",
            "discord.css",
            discord.chat(message, title=name, sign=sign, picture=copy_of, tags=tags),
        )


def copy_of(url: str) -> str | None:
    """The sample picture of an address, as data: nothing is fetched."""
    parts = urlsplit(url)
    file = SAMPLES / "pictures" / Path(parts.path).name
    if parts.hostname != "pictures.example" or not file.is_file():
        return None
    return "data:image/png;base64," + base64.b64encode(file.read_bytes()).decode()


def main() -> int:
    program = shutil.which("chromium")
    if program is None:
        print("Chromium is missing. Run:  sudo apt-get install -y chromium", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # no .env of ours is read
        configure("warning", "text")
        told, rooms = asyncio.run(tell(Path(folder)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport=PHONE, device_scale_factor=SCALE)
        for name, style, html in chats(told, rooms):
            page.set_content(f"<style>{(BUBBLES / style).read_text()}</style>{html}")
            picture = PICTURES / f"{name}.png"
            page.screenshot(path=picture, full_page=True)
            print(f"{picture.relative_to(ROOT)}  {picture.stat().st_size // 1024} KiB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
