"""Match and enqueue among a million subscriptions: the real statements against one plain INSERT … SELECT."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.records import Findings, Row, middle
from bot.ingest import Rules, take
from bot.model import Article, Batch, FileRead, FileStamp
from storage.database import Database

TOPICS = 300
PER_READER = 10  # subscriptions
GOALS = {"SQLite": 250_000, "PostgreSQL": 80_000}  # rows a second
RULES = Rules(72, published_only=False, flood_guard=20)
# One number series in words that both databases read alike.
SERIES = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})"
LOAD = (
    (
        "INSERT INTO topics (id, slug, name, aliases, keywords, hashtags, from_file) {topics}"
        " SELECT n, 'topic-' || n, 'Topic ' || n, '[]', '[]', '[]', true FROM numbers"
    ),
    (
        "INSERT INTO destinations (id, platform, chat, thread, title, locale, timezone, created_at, not_before,"
        " failures) {readers} SELECT n, 'telegram', 'c' || n, '', '', 'en', 'UTC', 0, 0, 0 FROM numbers"
    ),
    # a fifth of all readers have topic 1, the others are spread
    (
        "INSERT INTO subscriptions (destination_id, topic_id, alert_from, created_at)"
        " {subscriptions} SELECT 1 + n / {each}, CASE WHEN n % {each} = 0 THEN"
        " CASE WHEN (n / {each}) % 5 < 4 THEN 1 ELSE 2 END ELSE 3 + (n * 7) % 290 END, (n / {each}) % 100, 0"
        " FROM numbers WHERE 1 + n / {each} <= {count} ON CONFLICT DO NOTHING"
    ),
)
FLOOR = (
    "INSERT INTO plain (destination_id, payload_id, state, turn) SELECT destination_id, 1, 'pending', 0"
    " FROM subscriptions WHERE topic_id = 1 AND alert_from >= 0 ON CONFLICT DO NOTHING"
)
PLAIN = (
    "CREATE TABLE plain (id INTEGER {serial} PRIMARY KEY, destination_id INTEGER NOT NULL,"
    " payload_id INTEGER NOT NULL, state VARCHAR(10) NOT NULL, turn INTEGER NOT NULL,"
    " UNIQUE (destination_id, payload_id))"
)


def measure(*, quick: bool) -> Findings:
    readers = 10_000 if quick else 100_000
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        rows.append(asyncio.run(_row("SQLite", f"sqlite+aiosqlite:///{folder}/bench.sqlite", readers)))
        with postgresql(Path(folder)) as url:
            if url:
                rows.append(asyncio.run(_row("PostgreSQL", url, readers)))
    return Findings(rows)


@contextlib.contextmanager
def postgresql(runtime: Path) -> Iterator[str | None]:
    """A server of our own with its usual durability; None where the package is missing."""
    try:
        from tests.server import Server  # noqa: PLC0415

        server = Server(runtime)
    except ImportError:
        yield None
        return
    try:
        server.psql("CREATE DATABASE bench;")
        yield server.url.set(database="bench").render_as_string(hide_password=False)
    finally:
        server.remove()


async def _row(name: str, url: str, readers: int) -> Row:
    storage = Database(url)
    await storage.migrate()
    await _load(url, readers)
    ours, floors = [], []
    for number in range(3):
        ours.append(await _fan_out(storage, url, number))
        floors.append(await _floor(url))
    await storage.close()
    value, floor = middle(ours), middle(floors)
    return Row(
        f"Match and enqueue, {readers * PER_READER:,} subscriptions, {name}",
        f"at least {GOALS[name]:,} rows/s",
        f"{value:,.0f} rows/s",
        value >= GOALS[name],
        [("floor: a plain INSERT … SELECT of one narrow table", f"{floor:,.0f} rows/s")],
        {"rows": value, "floor": floor},
    )


async def _load(url: str, readers: int) -> None:
    engine = create_async_engine(url)
    counts = {"topics": TOPICS, "readers": readers, "subscriptions": readers * PER_READER}
    async with engine.begin() as connection:
        for statement in LOAD:
            series = {name: SERIES.format(count=count) for name, count in counts.items()}
            await connection.execute(text(statement.format(each=PER_READER, count=readers, **series)))
        postgres = connection.dialect.name == "postgresql"
        serial = "GENERATED ALWAYS AS IDENTITY" if postgres else ""
        await connection.execute(text(PLAIN.format(serial=serial)))
        await connection.execute(text("ANALYZE"))
    await engine.dispose()


async def _fan_out(storage: Database, url: str, number: int) -> float:
    """Take one article for topic 1, all its ranges and transactions; deliveries and told pairs a second."""
    now = datetime.now(UTC)
    article = Article(
        source="bench",
        path=f"{number}.md",
        title=f"Headline number {number} of this",
        url=f"https://a.example/{number}",
        quality=120,
        topics=("Topic 1",),
        published_at=now,
    )
    begun = time.perf_counter()
    await take(storage, Batch("bench", (FileRead(article.path, FileStamp(1, 1), article),)), RULES, now)
    seconds = time.perf_counter() - begun
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        query = "SELECT (SELECT count(*) FROM deliveries) + (SELECT count(*) FROM told)"
        rows = int(await connection.scalar(text(query)) or 0)
        await connection.execute(text("DELETE FROM deliveries"))
        await connection.execute(text("DELETE FROM told"))
    await engine.dispose()
    return rows / seconds


async def _floor(url: str) -> float:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        begun = time.perf_counter()
        result = await connection.execute(text(FLOOR))
        await connection.commit()
        seconds = time.perf_counter() - begun
    async with engine.begin() as connection:
        await connection.execute(text("DELETE FROM plain"))
    await engine.dispose()
    return float(result.rowcount) / seconds
