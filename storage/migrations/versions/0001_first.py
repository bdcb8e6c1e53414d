"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("id", BIG, nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("path", sa.String(length=1000), nullable=False),
        sa.Column("base_name", sa.String(length=500), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("dated", sa.BigInteger(), nullable=False),
        sa.Column("quality", sa.Integer(), nullable=True),
        sa.Column("best_quality", sa.Integer(), nullable=True),
        sa.Column("sendable", sa.Boolean(), nullable=False),
        sa.Column("story_id", BIG, nullable=True),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("waits_until", sa.BigInteger(), nullable=True),
        sa.Column("gone_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("source", "path", name=op.f("uq_articles_source_path")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_address", "articles", ["address"], unique=False)
    op.create_index("ix_articles_base_name", "articles", ["source", "base_name"], unique=False)
    op.create_index("ix_articles_dated", "articles", ["dated"], unique=False)
    op.create_index("ix_articles_story_id", "articles", ["story_id"], unique=False)
    op.create_index("ix_articles_title_key", "articles", ["title_key"], unique=False)
    op.create_index(
        "ix_articles_waits_until",
        "articles",
        ["waits_until"],
        unique=False,
        sqlite_where=sa.text("waits_until IS NOT NULL"),
        postgresql_where=sa.text("waits_until IS NOT NULL"),
    )
    op.create_table(
        "destinations",
        sa.Column("id", BIG, nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=100), nullable=False),
        sa.Column("thread", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("locale", sa.String(length=20), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("paused_until", sa.BigInteger(), nullable=True),
        sa.Column("parked", sa.String(length=200), nullable=True),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.String(length=60), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destinations")),
        sa.UniqueConstraint("platform", "chat", "thread", name=op.f("uq_destinations_platform_chat_thread")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_destinations_leased",
        "destinations",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("lease_owner IS NOT NULL"),
        postgresql_where=sa.text("lease_owner IS NOT NULL"),
    )
    op.create_table(
        "files",
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("path", sa.String(length=1000), nullable=False),
        sa.Column("size", BIG, nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", "path", name=op.f("pk_files")),
    )
    op.create_table(
        "payloads",
        sa.Column("id", BIG, nullable=False),
        sa.Column("article_id", BIG, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payloads")),
    )
    op.create_index("ix_payloads_article_id", "payloads", ["article_id"], unique=False)
    op.create_table(
        "sources",
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("baselined", sa.Boolean(), nullable=False),
        sa.Column("looked_at", sa.BigInteger(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sources")),
    )
    op.create_table(
        "tokens",
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("tat", sa.Float(), nullable=False),
        sa.Column("factor", sa.Float(), nullable=False),
        sa.Column("paused_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("platform", name=op.f("pk_tokens")),
    )
    op.create_table(
        "topics",
        sa.Column("id", BIG, nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("parent", sa.String(length=100), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("hashtags", sa.JSON(), nullable=False),
        sa.Column("from_file", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
        sa.UniqueConstraint("slug", name=op.f("uq_topics_slug")),
    )
    op.create_table(
        "transcripts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("chat", sa.String(length=100), nullable=False),
        sa.Column("author", sa.String(length=10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("nonce", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcripts")),
        sa.UniqueConstraint("chat", "nonce", name=op.f("uq_transcripts_chat_nonce")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_transcripts_chat", "transcripts", ["chat", "id"], unique=False)
    op.create_table(
        "article_topics",
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("topic_id", BIG, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_topics_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_article_topics_topic_id")),
        sa.PrimaryKeyConstraint("article_id", "topic_id", name=op.f("pk_article_topics")),
    )
    op.create_index("ix_article_topics_topic", "article_topics", ["topic_id", "article_id"], unique=False)
    op.create_table(
        "deliveries",
        sa.Column("id", BIG, nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("destination_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("payload_id", BIG, nullable=False),
        sa.Column("story_id", BIG, nullable=True),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.String(length=60), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name=op.f("fk_deliveries_destination_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "destination_id", "kind", "subject", "part", name=op.f("uq_deliveries_destination_id_kind_subject_part")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["platform", "priority", "turn", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'pending' AND due_at IS NULL"),
        postgresql_where=sa.text("state = 'pending' AND due_at IS NULL"),
    )
    op.create_index(
        "ix_deliveries_open",
        "deliveries",
        ["destination_id", "priority", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'leased', 'parked')"),
        postgresql_where=sa.text("state IN ('pending', 'leased', 'parked')"),
    )
    op.create_index(
        "ix_deliveries_scheduled",
        "deliveries",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'pending' AND due_at IS NOT NULL"),
        postgresql_where=sa.text("state = 'pending' AND due_at IS NOT NULL"),
    )
    op.create_table(
        "fanouts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("payload_id", BIG, nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("bar", sa.Integer(), nullable=False),
        sa.Column("destination_id", BIG, nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["payload_id"], ["payloads.id"], name=op.f("fk_fanouts_payload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fanouts")),
    )
    op.create_index("ix_fanouts_created_at", "fanouts", ["created_at"], unique=False)
    op.create_index(
        "ix_fanouts_open",
        "fanouts",
        ["id"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "mutes",
        sa.Column("destination_id", BIG, nullable=False),
        sa.Column("story_id", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name=op.f("fk_mutes_destination_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("destination_id", "story_id", name=op.f("pk_mutes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "subscriptions",
        sa.Column("destination_id", BIG, nullable=False),
        sa.Column("topic_id", BIG, nullable=False),
        sa.Column("alert_from", sa.Integer(), nullable=True),
        sa.Column("digest_from", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["destination_id"],
            ["destinations.id"],
            name=op.f("fk_subscriptions_destination_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_subscriptions_topic_id")),
        sa.PrimaryKeyConstraint("destination_id", "topic_id", name=op.f("pk_subscriptions")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_subscriptions_match", "subscriptions", ["topic_id", "alert_from", "destination_id"], unique=False
    )
    op.create_table(
        "told",
        sa.Column("destination_id", BIG, nullable=False),
        sa.Column("story_id", BIG, nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name=op.f("fk_told_destination_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("destination_id", "story_id", name=op.f("pk_told")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_told_digest",
        "told",
        ["digest"],
        unique=False,
        sqlite_where=sa.text("digest IS NOT NULL"),
        postgresql_where=sa.text("digest IS NOT NULL"),
    )
