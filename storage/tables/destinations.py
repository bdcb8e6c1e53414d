"""Where messages go, and what was chosen there."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from storage.columns import Big, Instant, where
from storage.tables.metadata import metadata

destinations = Table(
    "destinations",
    metadata,
    Column("id", Big, primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("chat", String(100), nullable=False),
    Column("thread", String(100), nullable=False, default=""),
    Column("title", String(300), nullable=False, default=""),
    Column("route", String(100)),  # the platform's own name, if another: the channel of a direct message
    Column("locale", String(20), nullable=False),
    Column("locale_chosen", Boolean, nullable=False, default=False, server_default=false()),  # by /language
    Column("timezone", String(60), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("paused_until", Instant),
    Column("parked", String(200)),  # the reason
    Column("parked_at", Instant),
    Column("barred", Boolean, nullable=False, default=False, server_default=false()),  # see `access`
    Column("form", String(10), nullable=False, default="card", server_default="card"),
    Column("living", Boolean, nullable=False, default=True, server_default=true()),  # cards change
    Column("silent", Boolean, nullable=False, default=False, server_default=false()),
    Column("preferred", Text),  # outlets as JSON; NULL: none
    Column("filters", Text),  # as JSON, for all subscriptions; NULL: none
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
    Index("ix_destinations_barred", "id",
          sqlite_where=text("barred = 1"), postgresql_where=text("barred")),
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
    Column("outlets_from", Integer),
    Column("filters", Text),  # as JSON; NULL: none
    Column("filtered", Boolean, nullable=False, default=False, server_default=false()),  # by its own or the chat's
    Index("ix_subscriptions_match", "topic_id", "alert_from", "destination_id", "filtered"),
    Index("ix_subscriptions_filtered", "topic_id", "alert_from", "destination_id",
          sqlite_where=text("filtered = 1"), postgresql_where=text("filtered")),
    Index("ix_subscriptions_outlets", "topic_id", "outlets_from", "destination_id", "filtered",
          **where("outlets_from IS NOT NULL")),
    sqlite_with_rowid=False,
)  # fmt: skip

mutes = Table(
    "mutes",
    metadata,
    Column("destination_id", Big, ForeignKey("destinations.id", ondelete="CASCADE"), primary_key=True),
    Column("story_id", Big, primary_key=True),
    Column("created_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# Stories that a chat wants to hear all of. `last_at`: when it last did, or began; quiet ones end.
follows = Table(
    "follows",
    metadata,
    Column("destination_id", Big, ForeignKey("destinations.id", ondelete="CASCADE"), primary_key=True),
    Column("story_id", Big, primary_key=True),
    Column("last_at", Instant, nullable=False),
    Index("ix_follows_story_id", "story_id"),
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
