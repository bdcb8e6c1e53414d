"""Broadcasts, their audit trail, and the index that counts their copies."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("author", sa.String(length=160), nullable=False),
        sa.Column("desk_id", BIG, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("story_id", BIG, nullable=False),
        sa.Column("payload_id", BIG, nullable=False),
        sa.Column("update_id", BIG, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("cursor", BIG, nullable=False),
        sa.Column("first_copy", BIG, nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("spread", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("progress_id", BIG, nullable=False),
        sa.Column("progress_at", sa.BigInteger(), nullable=True),
        sa.Column("progress_done", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_broadcasts_stage", "broadcasts", ["stage"], unique=False)
    op.create_table(
        "deeds",
        sa.Column("id", BIG, nullable=False),
        sa.Column("broadcast_id", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=160), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deeds")),
    )
    op.create_index("ix_deeds_broadcast_id", "deeds", ["broadcast_id"], unique=False)
    op.create_index(
        "ix_deliveries_copies",
        "deliveries",
        ["payload_id", "state"],
        unique=False,
        sqlite_where=sa.text("kind IN ('broadcast', 'update')"),
        postgresql_where=sa.text("kind IN ('broadcast', 'update')"),
    )
