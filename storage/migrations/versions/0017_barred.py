"""Barred chats are found without reading all chats: a process looks for them at each start."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_destinations_barred",
        "destinations",
        ["id"],
        sqlite_where=sa.text("barred = 1"),
        postgresql_where=sa.text("barred"),
    )
