"""What a reader tunes: filters, outlets as a bar, how messages look and sound, stories that are followed."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("articles", sa.Column("best_outlets", sa.Integer(), nullable=True))
    op.add_column("destinations", sa.Column("form", sa.String(length=10), server_default="card", nullable=False))
    op.add_column("destinations", sa.Column("silent", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("destinations", sa.Column("preferred", sa.Text(), nullable=True))
    op.add_column("destinations", sa.Column("filters", sa.Text(), nullable=True))
    op.add_column("subscriptions", sa.Column("outlets_from", sa.Integer(), nullable=True))
    op.add_column("subscriptions", sa.Column("filters", sa.Text(), nullable=True))
    op.add_column("subscriptions", sa.Column("filtered", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.drop_index("ix_subscriptions_match", "subscriptions")
    op.create_index(
        "ix_subscriptions_match",
        "subscriptions",
        ["topic_id", "alert_from", "destination_id", "filtered"],
        unique=False,
    )
    op.create_index(
        "ix_subscriptions_filtered",
        "subscriptions",
        ["topic_id", "alert_from", "destination_id"],
        unique=False,
        sqlite_where=sa.text("filtered = 1"),
        postgresql_where=sa.text("filtered"),
    )
    op.create_index(
        "ix_subscriptions_outlets",
        "subscriptions",
        ["topic_id", "outlets_from", "destination_id", "filtered"],
        unique=False,
        sqlite_where=sa.text("outlets_from IS NOT NULL"),
        postgresql_where=sa.text("outlets_from IS NOT NULL"),
    )
    op.create_table(
        "follows",
        sa.Column("destination_id", BIG, nullable=False),
        sa.Column("story_id", BIG, nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["destination_id"],
            ["destinations.id"],
            name=op.f("fk_follows_destination_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("destination_id", "story_id", name=op.f("pk_follows")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_follows_story_id", "follows", ["story_id"], unique=False)
