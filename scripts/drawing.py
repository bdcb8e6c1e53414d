"""What the scripts that make pictures share: a browser, messages as chats show them, files in docs/pictures."""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from bot.logs import configure
from scripts.bubbles import discord, telegram
from tests.emulators.discord_records import Sent as DiscordSent
from tests.emulators.telegram_records import Sent as TelegramSent

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
PICTURES = ROOT / "docs" / "pictures"
BUBBLES = Path(__file__).parent / "bubbles"
PHONE: ViewportSize = {"width": 390, "height": 200}  # the height grows with what is in it
SCALE = 1.5

Drawing = tuple[str, str]
"""A stylesheet and the HTML that goes with it."""

T = TypeVar("T")


def on_telegram(sent: TelegramSent, *, title: str = "Topicwire", kind: str = "bot") -> Drawing:
    """A message at the bottom of a Telegram chat of this name."""
    html = telegram.chat(sent, title=title, kind=kind, picture=copy_of)
    return (BUBBLES / "telegram.css").read_text(), html


def on_discord(
    sent: DiscordSent, *, title: str = "Topicwire", sign: str = "@", tags: tuple[str, ...] = ()
) -> Drawing:
    """A message at the bottom of a Discord channel of this name."""
    html = discord.chat(sent, title=title, sign=sign, picture=copy_of, tags=tags)
    return (BUBBLES / "discord.css").read_text(), html


def copy_of(url: str) -> str | None:
    """The sample picture of an address, as data: nothing is fetched."""
    parts = urlsplit(url)
    file = SAMPLES / "pictures" / Path(parts.path).name
    if parts.hostname != "pictures.example" or not file.is_file():
        return None
    return "data:image/png;base64," + base64.b64encode(file.read_bytes()).decode()


def played(play: Callable[[Path], Coroutine[Any, Any, T]]) -> T:
    """What a story gives that is played in a folder of its own, where no .env of ours is read."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            configure("warning", "text")
            return asyncio.run(play(Path(folder)))
        finally:
            os.chdir(here)


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium; ends the script with a sentence where it is missing."""
    program = shutil.which("chromium")
    if program is None:
        sys.exit("Chromium is missing. Run:  sudo apt-get install -y chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


def draw(opened: Browser, name: str, drawing: Drawing) -> None:
    """Keep a drawing as docs/pictures/<name>.png, at the width of a phone."""
    style, html = drawing
    page = opened.new_page(viewport=PHONE, device_scale_factor=SCALE)
    page.set_content(f"<style>{style}</style>{html}")
    keep(name, page.screenshot(full_page=True))
    page.close()


def keep(name: str, content: bytes) -> None:
    """Write docs/pictures/<name>.png and say how large it is."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture = PICTURES / f"{name}.png"
    picture.write_bytes(content)
    print(f"{picture.relative_to(ROOT)}  {len(content) // 1024} KiB")
