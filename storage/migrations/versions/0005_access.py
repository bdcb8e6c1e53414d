"""Access: the chats that an admin let in or banned."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access",
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=100), nullable=False),
        sa.Column("admission", sa.String(length=10), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "chat", name=op.f("pk_access")),
    )
    op.add_column("destinations", sa.Column("barred", sa.Boolean(), server_default=sa.false(), nullable=False))
