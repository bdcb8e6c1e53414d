"""Makes the pictures of a digest in docs/pictures, from what the loopback platforms and the chat page received.

A day's sample articles become one digest for a Telegram chat, a Discord channel and a web chat, drawn at the width
of a phone. Run it with `make pictures`. Needs Chromium.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from scripts.drawing import ROOT, Drawing, browser, draw, on_discord, on_telegram, played
from storage.database import Database
from tests.digest_town import night, told_overnight

CHAT = ROOT / "adapters" / "web" / "static" / "chat.css"
ABOUT_THE_PAGE = "html, body { height: auto } body { padding: 0.25rem 0.75rem 1rem }"


async def tell(home: Path) -> dict[str, Drawing]:
    """The drawing of each picture, by its name. Raises RuntimeError where a request was refused."""
    storage = Database(f"sqlite+aiosqlite:///{home / 'topicwire.sqlite'}")
    await storage.migrate()
    async with night(storage, home) as there:
        await told_overnight(there)
        if there.refused:
            raise RuntimeError(f"refused: {there.refused[0]}")
        first, *_, last = (replace(sent, at=there.now) for sent in there.on_telegram())
        channel = replace(there.on_discord()[-1], at=there.now)
        page = "".join(await there.on_the_page())
    await storage.close()
    return {
        "digest-telegram": on_telegram(first),
        "digest-telegram-end": on_telegram(last),
        "digest-discord": on_discord(channel, title="news", sign="#"),
        "digest-chat-page": (CHAT.read_text() + ABOUT_THE_PAGE, page),
    }


def main() -> None:
    drawings = played(tell)
    with browser() as opened:
        for name, drawing in drawings.items():
            draw(opened, name, drawing)


if __name__ == "__main__":
    main()
