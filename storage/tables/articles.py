"""What is read: sources, files, topics and articles."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.columns import Big, Instant, where
from storage.tables.metadata import metadata

sources = Table(
    "sources",
    metadata,
    Column("name", String(500), primary_key=True),
    Column("baselined", Boolean, nullable=False, default=False),
    Column("looked_at", Instant),
    Column("read_at", Instant),  # when something of it was last new
    Column("fault", Text, nullable=False, default=""),
)

files = Table(
    "files",
    metadata,
    Column("source", String(500), primary_key=True),
    Column("path", String(1000), primary_key=True),
    Column("size", Big, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("refused", Text),  # the reason, for the files that could not be read
    Column("changed_at", Instant, nullable=False),
)

topics = Table(
    "topics",
    metadata,
    Column("id", Big, primary_key=True),
    Column("slug", String(100), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("parent", String(100)),
    Column("aliases", JSON, nullable=False),
    Column("keywords", JSON, nullable=False),
    Column("hashtags", JSON, nullable=False),
    Column("from_file", Boolean, nullable=False),
)

# A story is named by its founding article: `story_id = id` marks a founder, NULL one that never counted.
articles = Table(
    "articles",
    metadata,
    Column("id", Big, primary_key=True),
    Column("source", String(500), nullable=False),
    Column("path", String(1000), nullable=False),
    Column("base_name", String(500), nullable=False),
    Column("address", Text, nullable=False),  # canonical
    Column("title", Text, nullable=False),
    Column("title_key", Text, nullable=False),
    Column("content", Text, nullable=False),  # the article as JSON
    Column("dated", Instant, nullable=False),  # its date, or when it was first seen
    Column("quality", Integer),
    Column("best_quality", Integer),  # of the versions that counted
    Column("sendable", Boolean, nullable=False),  # whether this version counts
    Column("story_id", Big),
    Column("first_seen_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("waits_until", Instant),
    Column("gone_at", Instant),
    Column("best_outlets", Integer),  # of a founder: the most its story ever had; NULL: not counted
    UniqueConstraint("source", "path"),
    Index("ix_articles_address", "address"),
    Index("ix_articles_title_key", "title_key"),
    Index("ix_articles_story_id", "story_id"),
    Index("ix_articles_dated", "dated"),
    Index("ix_articles_base_name", "source", "base_name"),
    Index("ix_articles_waits_until", "waits_until",
          **where("waits_until IS NOT NULL")),
    sqlite_autoincrement=True,
)  # fmt: skip

article_topics = Table(
    "article_topics",
    metadata,
    Column("article_id", Big, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", Big, ForeignKey("topics.id"), primary_key=True),
    Column("current", Boolean, nullable=False),  # the version that stands has it
    Column("counted", Boolean, nullable=False),  # a version that counted had it
    Index("ix_article_topics_topic", "topic_id", "article_id"),
)
