"""Cards that change with their stories, and where the copies of an alert stand."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("destinations", sa.Column("living", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("fanouts", sa.Column("first_copy", BIG, server_default="0", nullable=False))
    op.add_column("fanouts", sa.Column("last_copy", BIG, nullable=True))
    op.create_table(
        "living",
        sa.Column("payload_id", BIG, nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("story_id", BIG, nullable=False),
        sa.Column("outlets", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("lead", BIG, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("update_id", BIG, nullable=True),
        sa.Column("cursor", BIG, nullable=False),
        sa.Column("upto", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("payload_id", name=op.f("pk_living")),
    )
    op.create_index("ix_living_created_at", "living", ["created_at"], unique=False)
    op.create_index(
        "ix_living_open",
        "living",
        ["payload_id"],
        unique=False,
        sqlite_where=sa.text("update_id IS NOT NULL"),
        postgresql_where=sa.text("update_id IS NOT NULL"),
    )
