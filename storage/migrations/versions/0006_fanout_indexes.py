"""Indexes on the fan-outs of lately, and on those of an article: with the years they become many."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_fanouts_done_at", "fanouts", ["done_at"], unique=False)
    op.create_index("ix_fanouts_payload_id", "fanouts", ["payload_id"], unique=False)
