"""Alerts whose cards changed with their stories, or are about to."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from storage.columns import Big, Instant, where
from storage.tables.metadata import metadata

# `payload_id` is the alert's. `outlets` are all that ever carried the story, `shown` how many its card counts now,
# `first` how many it counted when it came; `lead` and `level` are the article the card shows and its rating.
# `update_id` is the payload on its way into the chats, NULL = none; `cursor` is the last delivery looked at for it.
living = Table(
    "living",
    metadata,
    Column("payload_id", Big, primary_key=True),
    Column("article_id", Big, nullable=False),
    Column("story_id", Big, nullable=False),
    Column("outlets", Text, nullable=False),
    Column("first", Integer, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("lead", Big, nullable=False),
    Column("level", Integer, nullable=False),
    Column("edits", Integer, nullable=False, default=0),
    Column("update_id", Big),
    Column("cursor", Big, nullable=False, default=0),
    Column("upto", Big, nullable=False, default=0),
    Column("created_at", Instant, nullable=False),
    Index("ix_living_open", "payload_id",
          **where("update_id IS NOT NULL")),
    Index("ix_living_created_at", "created_at"),
)  # fmt: skip
