"""The schema. Rows on the hot paths are narrow; times are milliseconds since 1970, UTC."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from storage.columns import Big, Instant, where

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

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

destinations = Table(
    "destinations",
    metadata,
    Column("id", Big, primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("chat", String(100), nullable=False),
    Column("thread", String(100), nullable=False, default=""),
    Column("title", String(300), nullable=False, default=""),
    Column("locale", String(20), nullable=False),
    Column("timezone", String(60), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("paused_until", Instant),
    Column("parked", String(200)),  # the reason
    Column("parked_at", Instant),
    Column("barred", Boolean, nullable=False, default=False, server_default=false()),  # see `access`
    Column("not_before", Instant, nullable=False),  # spacing, back-off and flood waits
    Column("failures", Integer, nullable=False, default=0),  # sends in a row that have to be repeated
    Column("lease_owner", String(60)),
    Column("lease_until", Instant),
    # Minutes of the local day, NULL = none; weekdays as bits; the last local date settled, as its ordinal.
    Column("digest_at", Integer), Column("digest_days", Integer, nullable=False, default=127, server_default="127"),
    Column("digest_on", Integer), Column("digest_due", Instant), Column("digest_since", Instant),
    Column("quiet_from", Integer), Column("quiet_to", Integer),
    Column("quiet_mode", String(10)), Column("quiet_bar", Integer),
    Column("quiet_since", Instant), Column("quiet_until", Instant),  # those that run now or come next
    UniqueConstraint("platform", "chat", "thread"),
    Index("ix_destinations_leased", "lease_until",
          **where("lease_owner IS NOT NULL")),
    Index("ix_destinations_parked_at", "parked_at",
          **where("parked_at IS NOT NULL")),
    Index("ix_destinations_digest_due", "digest_due", "id",
          **where("digest_due IS NOT NULL")),
    Index("ix_destinations_quiet_until", "quiet_until", "id",
          **where("quiet_until IS NOT NULL")),
    sqlite_autoincrement=True,
)  # fmt: skip

# Chats that an admin let in or banned; `barred` destinations follow from it and from the setting ACCESS.
access = Table(
    "access",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("chat", String(100), primary_key=True),
    Column("admission", String(10), nullable=False),
    Column("decided_at", Instant, nullable=False),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("destination_id", Big, ForeignKey("destinations.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", Big, ForeignKey("topics.id"), primary_key=True),
    Column("alert_from", Integer),
    Column("digest_from", Integer),
    Column("created_at", Instant, nullable=False),
    Index("ix_subscriptions_match", "topic_id", "alert_from", "destination_id"),
    sqlite_with_rowid=False,
)

mutes = Table(
    "mutes",
    metadata,
    Column("destination_id", Big, ForeignKey("destinations.id", ondelete="CASCADE"), primary_key=True),
    Column("story_id", Big, primary_key=True),
    Column("created_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# Whom the admins of a room let change what it receives: an id of the platform, or a handle with its @.
managers = Table(
    "managers",
    metadata,
    Column("destination_id", Big, ForeignKey("destinations.id", ondelete="CASCADE"), primary_key=True),
    Column("person", String(100), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_managers_person", "person"),
    sqlite_with_rowid=False,
)

# The truth about who knows what. `digest` is the hour whose flood-guard digest carries the story.
told = Table(
    "told",
    metadata,
    Column("destination_id", Big, ForeignKey("destinations.id", ondelete="CASCADE"), primary_key=True),
    Column("story_id", Big, primary_key=True),
    Column("article_id", Big, nullable=False),
    Column("told_at", Instant, nullable=False),
    Column("digest", Integer),
    Index("ix_told_digest", "digest",
          **where("digest IS NOT NULL")),
    sqlite_with_rowid=False,
)  # fmt: skip

payloads = Table(
    "payloads",
    metadata,
    Column("id", Big, primary_key=True),
    Column("article_id", Big),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_payloads_article_id", "article_id"),
)

# A change on its way to its readers. (window, bar, destination_id) is the cursor: the last one handled.
fanouts = Table(
    "fanouts",
    metadata,
    Column("id", Big, primary_key=True),
    Column("payload_id", Big, ForeignKey("payloads.id"), nullable=False),
    Column("criteria", Text, nullable=False),
    Column("window", Integer, nullable=False, default=0),
    Column("bar", Integer, nullable=False, default=-1),
    Column("destination_id", Big, nullable=False, default=0),
    Column("written", Integer, nullable=False, default=0),
    Column("created_at", Instant, nullable=False),
    Column("done_at", Instant),
    Index("ix_fanouts_open", "id",
          **where("done_at IS NULL")),
    Index("ix_fanouts_created_at", "created_at"),
    Index("ix_fanouts_done_at", "done_at"),
    Index("ix_fanouts_payload_id", "payload_id"),
)  # fmt: skip

# One narrow row a message. `subject` makes it unique: the story, the digest hour; -id once cancelled.
# `turn` spreads the articles of a class over the token's clock; `due_at` NULL = due now.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Big, primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("destination_id", Big, ForeignKey("destinations.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("payload_id", Big, nullable=False),
    Column("story_id", Big),
    Column("subject", BigInteger, nullable=False),
    Column("part", Integer, nullable=False, default=0),
    Column("state", String(10), nullable=False),
    Column("turn", BigInteger, nullable=False, default=0),
    Column("due_at", Instant),
    Column("attempts", Integer, nullable=False, default=0),
    Column("lease_owner", String(60)),
    Column("created_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("message_id", String(60)),
    Column("reason", String(300)),
    UniqueConstraint("destination_id", "kind", "subject", "part"),
    Index("ix_deliveries_due", "platform", "priority", "turn", "id",
          **where("state = 'pending' AND due_at IS NULL")),
    Index("ix_deliveries_open", "destination_id", "priority", "id",
          **where("state IN ('pending', 'leased', 'parked')")),
    Index("ix_deliveries_scheduled", "due_at",
          **where("state = 'pending' AND due_at IS NOT NULL")),
    Index("ix_deliveries_lost", "done_at",
          **where("state IN ('uncertain', 'rejected')")),
    sqlite_autoincrement=True,
)  # fmt: skip

# The clock of one bot token: `tat` is when the next message may leave (GCRA), in seconds since 1970.
tokens = Table(
    "tokens",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("tat", Float, nullable=False),
    Column("factor", Float, nullable=False, default=1.0),  # the part of the rate in use after floods
    Column("paused_until", Instant),
    Column("fault", Text),  # why the platform refuses the token
)

# Work that one process does at a time: watching a source, polling a token, the minute tick.
leases = Table(
    "leases",
    metadata,
    Column("name", String(600), primary_key=True),
    Column("owner", String(60), nullable=False),
    Column("until", Instant, nullable=False),
)

# An alarm that was raised and is not over. `fine_since`: its cause is gone since then.
alarms = Table(
    "alarms",
    metadata,
    Column("cause", String(20), primary_key=True),
    Column("name", String(500), primary_key=True),
    Column("told_at", Instant, nullable=False),
    Column("fine_since", Instant),
)

transcripts = Table(
    "transcripts",
    metadata,
    Column("id", Big, primary_key=True),
    Column("chat", String(100), nullable=False),
    Column("author", String(10), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("nonce", String(60)),
    UniqueConstraint("chat", "nonce"),
    Index("ix_transcripts_chat", "chat", "id"),
    sqlite_autoincrement=True,  # an id is never used again: open pages know their messages by it
)
