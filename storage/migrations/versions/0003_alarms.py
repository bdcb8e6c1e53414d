"""Alarms: what they were raised for, and what tells that they should be."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alarms",
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("fine_since", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cause", "name", name=op.f("pk_alarms")),
    )
    op.add_column("sources", sa.Column("read_at", sa.BigInteger(), nullable=True))
    op.execute("UPDATE sources SET read_at = looked_at")
    op.add_column("tokens", sa.Column("fault", sa.Text(), nullable=True))
    op.add_column("destinations", sa.Column("parked_at", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_destinations_parked_at",
        "destinations",
        ["parked_at"],
        unique=False,
        sqlite_where=sa.text("parked_at IS NOT NULL"),
        postgresql_where=sa.text("parked_at IS NOT NULL"),
    )
    op.create_index(
        "ix_deliveries_lost",
        "deliveries",
        ["done_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('uncertain', 'rejected')"),
        postgresql_where=sa.text("state IN ('uncertain', 'rejected')"),
    )
