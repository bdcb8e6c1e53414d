"""A hundred thousand digests, or recaps, due in one minute: what they cost, and when the first can leave.

The database is a SQLite file in a temporary folder; each figure comes from a process of its own.
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import insert

from benchmarks.recaps import Recapped, recapped
from benchmarks.records import Findings, Row
from benchmarks.topics import BARS, NAMES, WEIGHTS, put_topics
from bot.digests.rounds import make_round
from bot.ingest import Rules, take
from bot.logs import configure
from bot.model import EVERY_DAY, Article, Batch, Coverage, FileRead, FileStamp, Platform, Provider
from bot.ports import Pace
from storage.database import Database
from storage.tables import destinations, subscriptions

NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)
READERS = 100_000
STORIES = 100  # of a day
RULES = Rules(fresh_hours=72, published_only=False, flood_guard=20)

CPU, FIRST, MEMORY, RECAPS = 5, 1, 64, 20  # seconds, seconds, MiB, seconds


@dataclass(slots=True)
class Measured:
    cpu: float  # seconds to build all
    first: float  # seconds until the first can leave
    grown: float  # MiB
    messages: int
    claimed: float  # seconds of CPU to claim and word one


async def fill(storage: Database, readers: int) -> None:
    """Topics of a Zipf distribution, readers with one to five of them, and a day's stories."""
    chance = random.Random(7)
    async with storage.write() as work:
        ids = await put_topics(work)
        people, wishes = [], []
        for number in range(1, readers + 1):
            people.append(
                {"id": number, "platform": Platform.WEB, "chat": f"c{number}", "locale": "en", "timezone": "UTC"}
                | {"created_at": NOW, "not_before": NOW}
                | {"digest_at": 8 * 60, "digest_days": EVERY_DAY, "digest_due": NOW, "digest_since": YESTERDAY}
                | {"digest_on": YESTERDAY.date().toordinal()}
            )
            wishes += [
                {"destination_id": number, "topic_id": ids[name], "created_at": NOW}
                | {"digest_from": chance.choice(BARS)}
                for name in set(chance.choices(NAMES, WEIGHTS, k=chance.randint(1, 5)))
            ]
        connection = work._connection  # as sets: one by one they would take an hour
        await connection.execute(insert(destinations), people)
        await connection.execute(insert(subscriptions), wishes)
    await take(storage, Batch("news", (), (), baseline=True), RULES, NOW - timedelta(days=1))
    files = []
    for number in range(STORIES):
        copies = tuple(
            Coverage(
                f"Story {number} seen by {outlet}", f"https://o{outlet}.example/{number}", Provider(f"O{outlet}")
            )
            for outlet in range(chance.randint(0, 6))
        )
        article = Article(
            "news",
            f"{number}.md",
            " ".join(chance.choices(WORDS, k=8)) + f" {number}",
            f"https://press.example/{number}",
            published_at=NOW - timedelta(hours=chance.randint(1, 20)),
            quality=chance.randint(30, 120),
            topics=tuple(set(chance.choices(NAMES, WEIGHTS, k=2))),
            provider=Provider("Press"),
            related=copies,
        )
        files.append(FileRead(article.path, FileStamp(1, 1), article))
    await take(storage, Batch("news", tuple(files)), RULES, NOW - timedelta(hours=1))


WORDS = [f"{a}{b}" for a in ("har", "mor", "tel", "vin", "sol", "ka", "bre") for b in ("bour", "ning", "dor", "ta")]


async def build(storage: Database) -> Measured:
    """Write all digests, as the minute tick does, while nothing else runs."""
    gc.collect()
    gc.freeze()  # as the program does with what is there at its start
    left: list[float] = []
    before, cpu, started = peak(), time.process_time(), time.perf_counter()
    count = await make_round(
        storage, NOW, widest=timedelta(0), written=lambda: left.append(time.perf_counter() - started)
    )
    took = time.process_time() - cpu
    return Measured(took, left[0], peak() - before, count.messages, await claimed(storage))


async def claimed(storage: Database) -> float:
    """Seconds of CPU to claim one digest, judge it again and put it into words."""
    from bot.digests import Letter, last_word  # noqa: PLC0415

    pace, count, cpu = Pace(Platform.WEB, "b", 1000.0, 15.0, 0.2), 0, time.process_time()
    for step in range(5):
        now = NOW + timedelta(minutes=step)
        async with storage.write() as work:
            claim = await work.deliveries.settle_and_claim(pace, (), limit=200, reserved=200, now=now)
        letters = [Letter(o.id, o.destination, claim.payloads[o.payload_id], o.created_at) for o in claim.owed]
        await last_word(storage, letters, now)
        count += len(letters)
    return (time.process_time() - cpu) / max(count, 1)


def peak() -> float:
    """The largest memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def built(readers: int) -> Measured:
    """What all digests of so many readers cost in this process."""
    with tempfile.TemporaryDirectory() as folder:
        storage = Database(f"sqlite+aiosqlite:///{Path(folder) / 'digests.sqlite'}")
        await storage.migrate()
        await fill(storage, readers)
        await storage.close()
        found = await build(storage)
        await storage.close()
    return found


async def scheduled(readers: int) -> Measured:
    """The peer: a job of the scheduler for each reader, all due at once, which build nothing at all."""
    before, cpu, started, runs = peak(), time.process_time(), time.perf_counter(), [0.0]
    all_ran = asyncio.Event()

    async def job() -> None:
        runs.append(time.perf_counter())
        if len(runs) > readers:
            all_ran.set()

    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"misfire_grace_time": None})
    for _ in range(readers):
        scheduler.add_job(job, "date", run_date=NOW)
    scheduler.start()
    async with asyncio.timeout(600):
        await all_ran.wait()
    scheduler.shutdown()
    return Measured(time.process_time() - cpu, runs[1] - started, peak() - before, len(runs) - 1, 0.0)


def apart(what: str, readers: int) -> Measured:
    """The figures of a process that does nothing else, so that its memory is its own."""
    return Measured(**_apart(what, readers))


def _apart(what: str, readers: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.digests", what, str(readers)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, timeout=900)
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def measure(*, quick: bool) -> Findings:
    readers = 2_000 if quick else READERS
    mine = apart("built", readers)
    peer = apart("scheduled", readers)
    asleep = Recapped(**_apart("recapped", readers))
    one = f"{1000 * mine.claimed:.2f} ms to claim, judge again and word one"
    return Findings(
        [
            Row(
                f"{readers:,} digests due in one minute: processor time to build them",
                f"at most {CPU} s",
                f"{mine.cpu:.1f} s ({mine.messages:,} messages; later {one})",
                mine.cpu <= CPU,
                [("one job of APScheduler each, building nothing", f"{peer.cpu:.1f} s")],
            ),
            Row(
                "The first of them can leave after",
                f"at most {FIRST} s",
                f"{mine.first:.2f} s",
                mine.first <= FIRST,
            ),
            Row(
                "Memory to build them",
                f"at most {MEMORY} MiB more",
                f"{mine.grown:.0f} MiB more",
                mine.grown <= MEMORY,
                [("one job of APScheduler each, building nothing", f"{peer.grown:.0f} MiB")],
            ),
            Row(
                f"{readers:,} recaps in one minute: processor time to write them",
                f"at most {RECAPS} s",
                f"{asleep.cpu:.1f} s ({asleep.recaps:,} recaps of {asleep.held:,} alerts; the first in "
                f"{asleep.first:.2f} s)",
                asleep.cpu <= RECAPS,
            ),
        ]
    )


def main() -> int:
    configure("warning", "text")
    parts: dict[str, Callable[[int], Coroutine[None, None, Measured | Recapped]]]
    parts = {"built": built, "scheduled": scheduled, "recapped": recapped}
    print(json.dumps(asdict(asyncio.run(parts[sys.argv[1]](int(sys.argv[2]))))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
