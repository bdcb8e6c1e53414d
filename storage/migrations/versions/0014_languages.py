"""Whether a chat chose its language, or has the one its platform told."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "destinations", sa.Column("locale_chosen", sa.Boolean(), nullable=False, server_default=sa.false())
    )
