"""A month of news on a few topics, so that there is something to foretell from."""

from __future__ import annotations

from datetime import timedelta

from bot.ingest import take
from bot.model import Article, Batch, FileRead, FileStamp, Provider
from tests.bot.talk import RULES, Talk
from tests.conftest import Clock

THINGS = ("harbour", "telescope", "bakery", "subway", "kite", "marsh", "comet", "violin", "glacier", "orchard")
DEEDS = ("counts", "paints", "drops", "carries", "follows", "wakes")


def headline(number: int) -> str:
    """No two have three words in common, so that each is a story of its own."""
    return f"{THINGS[number % 10].title()} {number} {DEEDS[number % 6]} {number * 7 + 3} lamps"


async def month(talk: Talk, clock: Clock, *, days: int = 30, topic: str = "Computer Vision") -> None:
    """Four stories a day, of the qualities 40, 60, 80 and 100 + the day; the newest is some hours old.

    By any bar 4 a day, from 60 3 a day, from 70 2 a day, from 100 1 a day, from 125 a few in the month.
    """
    until = clock.now
    for day in range(days):
        clock.now = until - timedelta(days=days - day) + timedelta(hours=18)
        read = []
        for number, quality in enumerate((40, 60, 80, 100 + day)):
            at = day * 4 + number
            article = Article(
                "archive",
                f"{topic}/{at}.md",
                headline(at),
                f"https://outlet.example/{topic[:2]}{at}",
                published_at=clock.now - timedelta(hours=number),
                quality=quality,
                provider=Provider("Harbour Post", "harbour.example"),
                topics=(topic,),
            )
            read.append(FileRead(article.path, FileStamp(1, at), article))
        await take(talk.storage, Batch("archive", read=tuple(read)), RULES, clock.now)
    clock.now = until
