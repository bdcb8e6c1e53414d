"""What is owed and what was sent, who knows what, and what was said on the chat page."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.columns import Big, Instant, where
from storage.tables.metadata import metadata

# The truth about who knows what. `digest` is the hour whose flood-guard digest carries the story. That its chat is
# there, and the chat of a delivery, `storage/outbox.py` sees to.
told = Table(
    "told",
    metadata,
    Column("destination_id", Big, primary_key=True, autoincrement=False),
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
    Column("first_copy", Big, nullable=False, default=0, server_default="0"),  # no delivery of it is at or before
    Column("last_copy", Big),  # nor, once it is done, behind
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
    Column("destination_id", Big, nullable=False),
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
    Index("ix_deliveries_copies", "payload_id", "state",
          **where("kind IN ('broadcast', 'update')")),
    sqlite_autoincrement=True,
)  # fmt: skip

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
