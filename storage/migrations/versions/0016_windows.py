"""How far a broadcast is, platform by platform: one that stands still holds up no other."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("broadcasts", sa.Column("cursors", sa.Text(), server_default="{}", nullable=False))
