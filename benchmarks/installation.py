"""A home for the program under measurement: a database with many readers, a folder of articles."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.wire import CHATS
from storage.database import Database

BAR = 50
FIRST_CHAT = CHATS - 1
"""Telegram ids of the readers count from here; those who read `urgent` alone come after all others."""

SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
ARTICLE = """---
title: "{title}"
webUrl: "https://news.example/{name}"
excerpt: "{excerpt}"
publishedDateTime: {date}
quality: 80
topics: ["{topic}"]
provider: {{name: "The Example", domain: "news.example"}}
related:
  - {{title: "Another outlet on {name}", url: "https://other.example/{name}", webUrl: "https://other.example/{name}",
      quality: 70, provider: {{name: "Other", domain: "other.example"}}}}
---
"""


def prepare(home: Path, *, readers: int, urgent: int = 0) -> None:
    """A migrated SQLite database with `readers` of the topic `bench`, and `urgent` others of the topic `urgent`."""
    (home / "articles").mkdir(parents=True)
    file = home / "data" / "topicwire.sqlite"

    async def migrate() -> None:
        database = Database(f"sqlite+aiosqlite:///{file}")
        await database.migrate()
        await database.close()

    asyncio.run(migrate())
    with closing(sqlite3.connect(file)) as database, database:
        database.executemany(
            "INSERT INTO topics (id, slug, name, aliases, keywords, hashtags, from_file)"
            " VALUES (?, ?, ?, '[]', '[]', '[]', 1)",
            [(1, "bench", "Bench"), (2, "urgent", "Urgent")],
        )
        database.executemany(
            "INSERT INTO destinations (id, platform, chat, thread, title, locale, timezone, created_at, not_before,"
            " failures) VALUES (?, 'telegram', ?, '', '', 'en', 'UTC', 0, 0, 0)",
            ((n, str(FIRST_CHAT + n)) for n in range(1, readers + urgent + 1)),
        )
        database.executemany(
            "INSERT INTO subscriptions (destination_id, topic_id, alert_from, created_at) VALUES (?, ?, ?, 0)",
            ((n, 1 if n <= readers else 2, BAR) for n in range(1, readers + urgent + 1)),
        )
        database.execute("INSERT INTO sources (name, baselined, fault) VALUES ('articles', 1, '')")


def made_up(seed: str, words: int) -> str:
    """Words nobody else has: two articles must not be taken for the same news."""
    chance = random.Random(seed)
    return " ".join("".join(chance.choice(SYLLABLES) for _ in range(3)) for _ in range(words))


def publish(home: Path, name: str, topic: str = "Bench") -> None:
    """Write one complete article, in one step, as a careful editor's program does."""
    text = ARTICLE.format(
        title=made_up(name, 7).capitalize(),
        name=name,
        topic=topic,
        excerpt=made_up(f"excerpt of {name}", 40).capitalize(),
        date=datetime.now(UTC).isoformat(),
    )
    draft = home / "articles" / f".{name}.tmp"
    draft.write_text(text)
    draft.rename(home / "articles" / f"{name}.md")
