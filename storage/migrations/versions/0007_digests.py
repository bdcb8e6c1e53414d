"""Digests and quiet hours: when they are due, for each chat."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("destinations", sa.Column("digest_at", sa.Integer()))
    op.add_column("destinations", sa.Column("digest_days", sa.Integer(), server_default="127", nullable=False))
    op.add_column("destinations", sa.Column("digest_due", sa.BigInteger()))
    op.add_column("destinations", sa.Column("digest_on", sa.Integer()))
    op.add_column("destinations", sa.Column("digest_since", sa.BigInteger()))
    op.add_column("destinations", sa.Column("quiet_from", sa.Integer()))
    op.add_column("destinations", sa.Column("quiet_to", sa.Integer()))
    op.add_column("destinations", sa.Column("quiet_mode", sa.String(length=10)))
    op.add_column("destinations", sa.Column("quiet_bar", sa.Integer()))
    op.add_column("destinations", sa.Column("quiet_since", sa.BigInteger()))
    op.add_column("destinations", sa.Column("quiet_until", sa.BigInteger()))
    op.create_index(
        "ix_destinations_digest_due",
        "destinations",
        ["digest_due", "id"],
        unique=False,
        sqlite_where=sa.text("digest_due IS NOT NULL"),
        postgresql_where=sa.text("digest_due IS NOT NULL"),
    )
    op.create_index(
        "ix_destinations_quiet_until",
        "destinations",
        ["quiet_until", "id"],
        unique=False,
        sqlite_where=sa.text("quiet_until IS NOT NULL"),
        postgresql_where=sa.text("quiet_until IS NOT NULL"),
    )
