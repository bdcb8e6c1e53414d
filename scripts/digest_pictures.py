"""Makes the pictures of a digest in docs/pictures, from what the loopback platforms and the chat page received.

A day's sample articles become one digest for a Telegram chat, a Discord channel and a web chat, drawn at the width
of a phone. Run it with `make pictures`. Needs Chromium.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.logs import configure  # noqa: E402
from scripts.bubbles import discord, telegram  # noqa: E402
from scripts.platform_pictures import BUBBLES, PHONE, PICTURES, SCALE, copy_of  # noqa: E402
from storage.database import Database  # noqa: E402
from tests.digest_town import Night, night, told_overnight  # noqa: E402

CHAT = ROOT / "adapters" / "web" / "static" / "chat.css"
ABOUT_THE_PAGE = "html, body { height: auto } body { padding: 0.25rem 0.75rem 1rem }"


async def tell(home: Path) -> dict[str, tuple[str, str]]:
    """Stylesheet and HTML of each picture, by its name. Raises RuntimeError where a request was refused."""
    storage = Database(f"sqlite+aiosqlite:///{home / 'topicwire.sqlite'}")
    await storage.migrate()
    async with night(storage, home) as there:
        await told_overnight(there)
        if there.refused:
            raise RuntimeError(f"refused: {there.refused[0]}")
        found = dict(chats(there))
        page = "".join(await there.on_the_page())
    await storage.close()
    return found | {"digest-chat-page": (CHAT.read_text() + ABOUT_THE_PAGE, page)}


def chats(there: Night) -> Iterator[tuple[str, tuple[str, str]]]:
    style = {name: (BUBBLES / f"{name}.css").read_text() for name in ("telegram", "discord")}
    first, *_, last = (replace(sent, at=there.now) for sent in there.on_telegram())
    for name, sent in (("digest-telegram", first), ("digest-telegram-end", last)):
        yield name, (style["telegram"], telegram.chat(sent, title="Topicwire", kind="bot", picture=copy_of))
    channel = replace(there.on_discord()[-1], at=there.now)
    yield "digest-discord", (style["discord"], discord.chat(channel, title="news", sign="#", picture=copy_of))


def main() -> int:
    program = shutil.which("chromium")
    if program is None:
        print("Chromium is missing. Run:  sudo apt-get install -y chromium", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # no .env of ours is read
        configure("warning", "text")
        drawn = asyncio.run(tell(Path(folder)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport=PHONE, device_scale_factor=SCALE)
        for name, (style, html) in drawn.items():
            page.set_content(f"<style>{style}</style>{html}")
            picture = PICTURES / f"{name}.png"
            page.screenshot(path=picture, full_page=True)
            print(f"{picture.relative_to(ROOT)}  {picture.stat().st_size // 1024} KiB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
