"""What admins send to many, and who did what to it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, false

from storage.columns import Big, Instant
from storage.tables.metadata import metadata

# `cursors` is, by platform, the last destination written to, or, when copies are changed, the last delivery looked
# at; null once there is nothing left. `cursor` is where the others begin.
# `first_copy` is below every delivery of it. `update_id` is the payload that takes the place of the copies.
broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Big, primary_key=True),
    Column("stage", String(12), nullable=False),
    Column("author", String(160), nullable=False),
    Column("desk_id", Big, nullable=False, default=0),
    Column("title", Text, nullable=False),
    Column("article_id", Big, nullable=False, default=0),
    Column("story_id", Big, nullable=False, default=0),
    Column("payload_id", Big, nullable=False, default=0),
    Column("update_id", Big, nullable=False, default=0),
    Column("level", Integer, nullable=False, default=0),
    Column("target", Text, nullable=False),
    Column("shown", Integer, nullable=False, default=0),
    Column("cursor", Big, nullable=False, default=0),
    Column("cursors", Text, nullable=False, default="{}", server_default="{}"),
    Column("first_copy", Big, nullable=False, default=0),
    Column("written", Integer, nullable=False, default=0),
    Column("total", Integer, nullable=False, default=0),
    Column("spread", Boolean, nullable=False, default=False, server_default=false()),
    Column("progress_id", Big, nullable=False, default=0),
    Column("progress_at", Instant),
    Column("progress_done", Integer, nullable=False, default=0),
    Column("due_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("finished_at", Instant),
    Index("ix_broadcasts_stage", "stage"),
    sqlite_autoincrement=True,
)

# The audit trail: who did what, when, to how many.
deeds = Table(
    "deeds",
    metadata,
    Column("id", Big, primary_key=True),
    Column("broadcast_id", Big, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", String(160), nullable=False),
    Column("what", String(20), nullable=False),
    Column("copies", Integer, nullable=False, default=0),
    Index("ix_deeds_broadcast_id", "broadcast_id"),
)
