"""A large installation, loaded as sets: enough rows that a plan without an index would show."""

# ruff: noqa: S608 - all words of the statements stand in this file

from __future__ import annotations

from sqlalchemy import Connection, text

MANY = 100_000
SOME = MANY // 10
TOPICS = 300
READERS = 20_000
NOW_MS = 1_795_780_800_000  # 27 November 2026, 12:00 UTC
HOUR_MS = 3_600_000

JSON = {
    "article": '{"source": "news", "path": "a.md", "title": "A title of five words", "url": "https://a.example/x"}',
    "payload": '{"cards": [{"article_id": 1, "story_id": 1, "title": "T", "url": "https://a.example"}]}',
}

# Rows for n = 1, 2, 3 …, in words that both databases read alike.
ROWS = [
    (
        "topics",
        TOPICS,
        """(id, slug, name, aliases, keywords, hashtags, from_file)
        SELECT n, 'topic-' || n, 'Topic ' || n, '[]', '[]', '[]', true""",
    ),
    (
        "destinations",
        READERS,
        """(id, platform, chat, thread, title, locale, timezone, created_at, not_before, failures)
        SELECT n, CASE WHEN n % 2 = 0 THEN 'web' ELSE 'telegram' END, 'c' || n, '', '', 'en', 'UTC', 0, 0, 0""",
    ),
    (
        "subscriptions",
        MANY,
        f"""(destination_id, topic_id, alert_from, created_at, outlets_from, filters, filtered)
        SELECT 1 + n % {READERS}, 1 + (n / {READERS}) * 7 + n % 7, n % 100, 0,
            CASE WHEN n % 100 = 1 THEN 3 END, CASE WHEN n % 50 = 2 THEN '{{"exclude":["x"]}}' END, n % 50 = 2""",
    ),
    (
        "articles",
        MANY,
        f"""(id, source, path, base_name, address, title, title_key, content, dated, quality, best_quality,
            sendable, story_id, first_seen_at, changed_at, gone_at)
        SELECT n, 'news', 'news/' || n || '.md', n || '.md', 'a.example/' || n, 'Title ' || n, 'title ' || n,
            :article, {NOW_MS} - n * 60000, n % 100, n % 100, true, n, {NOW_MS} - n * 60000, 0,
            CASE WHEN n % 50 = 0 THEN 1 END""",
    ),
    (
        "article_topics",
        MANY,
        f"""(article_id, topic_id, current, counted)
        SELECT n, 1 + n % {TOPICS}, true, true""",
    ),
    (
        "files",
        MANY,
        """(source, path, size, mtime_ns, changed_at)
        SELECT CASE WHEN n % 3 = 0 THEN 'blog' ELSE 'news' END, 'news/' || n || '.md', 1, 1, 0""",
    ),
    (
        "payloads",
        MANY,
        f"""(id, article_id, body, created_at)
        SELECT n, n, :payload, {NOW_MS} - n * 60000""",
    ),
    (
        "fanouts",
        MANY,
        f"""(id, payload_id, criteria, "window", bar, destination_id, written, created_at, done_at)
        SELECT n, n, '', 1, 0, 0, 0, {NOW_MS} - n * 600000, {NOW_MS} - n * 600000""",
    ),
    (
        "deliveries",
        MANY,
        f"""(id, platform, destination_id, kind, priority, payload_id, story_id, subject, part, state, turn,
            attempts, created_at, done_at)
        SELECT n, CASE WHEN n % 2 = 1 THEN 'web' ELSE 'telegram' END, 1 + n % {READERS}, 'alert', 1, 1 + n % {SOME},
            n, n, 0, CASE WHEN n % 20 = 3 AND n < 16000 THEN 'pending' ELSE 'sent' END, n, 0, {NOW_MS} - n * 6000,
            CASE WHEN n % 20 <> 3 OR n >= 16000 THEN {NOW_MS} - n * 6000 END""",
    ),
    (
        "told",
        MANY,
        f"""(destination_id, story_id, article_id, told_at, digest)
        SELECT 1 + n % {READERS}, n, n, {NOW_MS} - n * 6000, CASE WHEN n % 5000 = 0 THEN 1 END""",
    ),
    (
        "mutes",
        SOME,
        f"""(destination_id, story_id, created_at)
        SELECT 1 + n % {READERS}, n, 0""",
    ),
    (
        "follows",
        SOME,
        f"""(destination_id, story_id, last_at)
        SELECT 1 + n % {READERS}, n, {NOW_MS} - n * 600000""",
    ),
    (
        "transcripts",
        MANY,
        """(id, chat, author, body, created_at)
        SELECT n, 'c' || (n % 1000), 'bot', '{}', 0""",
    ),
    (
        "access",
        SOME,
        """(platform, chat, admission, decided_at)
        SELECT 'web', 'banned' || n, 'banned', 0""",
    ),
]
LARGE = frozenset(table for table, count, _ in ROWS if count == MANY)


def load(connection: Connection) -> None:
    """Fill an empty, migrated database. PostgreSQL counts its rows by itself, a little later than here."""
    postgresql = connection.dialect.name == "postgresql"
    for table, count, rows in ROWS:
        numbers = f"generate_series(CAST(1 AS bigint), {count}) AS numbers(n)"
        if not postgresql:
            series = f"SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}"
            numbers = f"(WITH RECURSIVE numbers AS ({series}) SELECT n FROM numbers)"
        statement = f"INSERT INTO {table} {rows} FROM {numbers}"
        connection.execute(text(statement), {name: JSON[name] for name in JSON if f":{name}" in statement})
        if postgresql and rows.startswith("(id,"):
            connection.execute(text(f"ALTER SEQUENCE {table}_id_seq RESTART WITH {count + 1}"))
    if postgresql:
        connection.execute(text("ANALYZE"))
