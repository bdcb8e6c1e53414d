"""A hundred thousand chats whose quiet hours end in one minute: what their recaps cost."""

from __future__ import annotations

import gc
import random
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, insert, select

from benchmarks.topics import BARS, NAMES, WEIGHTS, put_topics
from bot.ingest import Rules, spread, take
from bot.model import Article, Batch, FileRead, FileStamp, Kind, Platform, Provider, QuietMode
from bot.recaps import end_quiet_hours
from storage.database import Database
from storage.tables import deliveries, destinations, subscriptions

MORNING = datetime(2026, 11, 27, 7, tzinfo=UTC)
EVENING = MORNING - timedelta(hours=9)
STORIES = 30  # of a night
RULES = Rules(fresh_hours=72, published_only=False, flood_guard=20)


@dataclass(slots=True)
class Recapped:
    cpu: float  # seconds to write all
    first: float  # seconds until the first can leave
    recaps: int
    held: int  # alerts that they stand for


async def fill(storage: Database, readers: int) -> None:
    """Readers of one to five of the topics, all of them asleep, and a night's stories through the real fan-out."""
    chance = random.Random(7)
    async with storage.write() as work:
        ids = await put_topics(work)
        people, wishes = [], []
        for number in range(1, readers + 1):
            people.append(
                {"id": number, "platform": Platform.WEB, "chat": f"c{number}", "locale": "en", "timezone": "UTC"}
                | {"created_at": EVENING, "not_before": EVENING, "quiet_mode": QuietMode.HOLD.value}
                | {"quiet_from": 22 * 60, "quiet_to": 7 * 60, "quiet_since": EVENING, "quiet_until": MORNING}
            )
            chosen = chance.choices(NAMES, WEIGHTS, k=chance.randint(1, 5))
            wishes += [
                {"destination_id": number, "topic_id": ids[name], "created_at": EVENING}
                | {"alert_from": chance.choice(BARS)}
                for name in dict.fromkeys(chosen)
            ]
        connection = work._connection  # as sets: one by one they would take an hour
        await connection.execute(insert(destinations), people)
        await connection.execute(insert(subscriptions), wishes)
    await take(storage, Batch("news", (), (), baseline=True), RULES, EVENING)
    for number in range(STORIES):
        now = EVENING + timedelta(minutes=15 * (number + 1))
        article = Article(
            "news",
            f"{number}.md",
            " ".join(chance.choices(WORDS, k=8)) + f" {number}",
            f"https://press.example/{number}",
            published_at=now - timedelta(minutes=5),
            quality=chance.randint(30, 120),
            topics=tuple(dict.fromkeys(chance.choices(NAMES, WEIGHTS, k=2))),
            provider=Provider("Press"),
        )
        await take(storage, Batch("news", (FileRead(article.path, FileStamp(1, 1), article),)), RULES, now)
        await spread(storage, RULES, now)


WORDS = [f"{a}{b}" for a in ("har", "mor", "tel", "vin", "sol", "ka", "bre") for b in ("bour", "ning", "dor", "ta")]


async def recapped(readers: int) -> Recapped:
    """What ending the quiet hours of so many costs in this process, as the minute tick does it."""
    with tempfile.TemporaryDirectory() as folder:
        storage = Database(f"sqlite+aiosqlite:///{Path(folder) / 'recaps.sqlite'}")
        await storage.migrate()
        await fill(storage, readers)
        held = await _count(storage, Kind.ALERT)
        gc.collect()
        gc.freeze()  # as the program does with what is there at its start
        written: list[float] = []
        cpu, started = time.process_time(), time.perf_counter()
        await end_quiet_hours(storage, MORNING, written=lambda: written.append(time.perf_counter() - started))
        found = Recapped(time.process_time() - cpu, written[0], await _count(storage, Kind.RECAP), held)
        await storage.close()
    return found


async def _count(storage: Database, kind: Kind) -> int:
    async with storage.read() as work:
        query = select(func.count()).select_from(deliveries).where(deliveries.c.kind == kind)
        return await work._connection.scalar(query) or 0
