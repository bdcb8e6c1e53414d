"""Makes the pictures of one story in seven places, in docs/pictures, from what the loopback platforms received.

One program tells the story over real python-telegram-bot and discord.py; each recorded request becomes a chat as
its app shows it, at the width of a phone. Run it with `make pictures`. Needs Chromium.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from adapters.sources.samples import SampleFolder
from scripts.drawing import Drawing, browser, draw, on_discord, on_telegram, played
from tests.emulators.discord_places import Channel
from tests.emulators.discord_records import Sent as DiscordSent
from tests.emulators.telegram_records import Sent as TelegramSent
from tests.seven_places import SAMPLES, subscribe_everywhere, topicwire, town

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


def chats(told: Told, rooms: dict[int, Channel]) -> Iterator[tuple[str, Drawing]]:
    """Name of the picture and drawing of each chat."""
    titles = {
        "private chat": ("Topicwire", "bot"),
        "forum topic": ("Reading circle › Seeing machines", "topic, 214 members"),
        "channel": ("Lens and shutter", "channel, 3 402 subscribers"),
    }
    for place, sent in told[0].items():
        title, kind = titles[place]
        yield f"telegram-{place.replace(' ', '-')}", on_telegram(sent, title=title, kind=kind)
    for place, message in told[1].items():
        sign = {"direct message": "@", "thread": "⌇", "forum post": "◉"}.get(place, "#")
        room = rooms[message.channel_id]
        name = "Topicwire" if place == "direct message" else room.name
        tags = tuple(room.parent.tags[tag] for tag in room.applied_tags) if room.parent else ()
        yield f"discord-{place.replace(' ', '-')}", on_discord(message, title=name, sign=sign, tags=tags)


def main() -> None:
    told, rooms = played(tell)
    with browser() as opened:
        for name, drawing in chats(told, rooms):
            draw(opened, name, drawing)


if __name__ == "__main__":
    main()
