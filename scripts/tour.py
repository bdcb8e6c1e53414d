"""Writes docs/tour.md and its pictures: a conversation for each platform, held as tests/test_tour.py holds it.

`make tour`. Needs Chromium.
"""

from __future__ import annotations

from pathlib import Path

from scripts.drawing import ROOT, browser, draw, keep, on_discord, on_telegram, played
from tests.emulators.discord_records import Sent as DiscordSent
from tests.emulators.telegram_records import Sent as TelegramSent
from tests.tour import discord, page, telegram
from tests.tour.transcript import Tour

INTRODUCTION = """# A tour

Ann comes to Topicwire three times: on Telegram, on Discord, and on its own chat page. Each time she begins with
nothing and ends with ten topics, tuned to what she wants to hear. `make tour` holds these conversations over the
real clients, against servers on loopback and in a real browser, and writes down what was said; a test holds them
again and compares every word. The news is that of the samples, a month of it before Ann comes.

What each command can do is in [commands](commands.md), what counts as news in [news](news.md).
"""


async def on_telegram_alone(home: Path) -> Tour[TelegramSent]:
    async with telegram.chat(home) as ann:
        await telegram.play(ann)
        return ann.tour


async def on_discord_alone(home: Path) -> Tour[DiscordSent]:
    async with discord.chat(home) as ann:
        await discord.play(ann)
        return ann.tour


async def on_the_page(home: Path) -> Tour[bytes]:
    async with page.chat(home, camera=True) as ann:
        await page.play(ann)
        return ann.tour


def main() -> None:
    first, second, third = played(on_telegram_alone), played(on_discord_alone), played(on_the_page)
    words = [INTRODUCTION, *(tour.markdown() for tour in (first, second, third))]
    (ROOT / "docs" / "tour.md").write_text("\n".join(words))
    with browser() as opened:
        for name, sent in first.pictures.items():
            draw(opened, name, on_telegram(sent))
        for name, message in second.pictures.items():
            draw(opened, name, on_discord(message))
    for name, picture in third.pictures.items():
        keep(name, picture)


if __name__ == "__main__":
    main()
