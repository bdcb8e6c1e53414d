"""What the processes need to know of each other and of the platforms."""

from __future__ import annotations

from sqlalchemy import Column, Float, String, Table, Text

from storage.columns import Instant
from storage.tables.metadata import metadata

# The clock of one bot token: `tat` is when the next message may leave (GCRA), in seconds since 1970.
tokens = Table(
    "tokens",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("tat", Float, nullable=False),
    Column("factor", Float, nullable=False, default=1.0),  # the part of the rate in use after floods
    Column("paused_until", Instant),
    Column("fault", Text),  # why the platform refuses the token
    Column("bot", String(40)),  # whose token it was when it was last used
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
