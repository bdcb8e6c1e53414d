"""What quality an article had while it was news, for forecasts; until now it is told from when it came."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FRESH_MS = 72 * 3_600_000  # the setting as it is shipped


def upgrade() -> None:
    op.add_column("articles", sa.Column("fresh_quality", sa.Integer(), nullable=True))
    op.execute(
        "CREATE TEMPORARY TABLE first_looks AS "
        "SELECT source, min(first_seen_at) AS at FROM articles GROUP BY source"
    )
    op.execute(
        f"UPDATE articles SET fresh_quality = best_quality WHERE first_seen_at - dated <= {FRESH_MS} "  # noqa: S608
        "OR first_seen_at = (SELECT at FROM first_looks WHERE first_looks.source = articles.source)"
    )
    op.execute("DROP TABLE first_looks")
    op.create_index(
        "ix_articles_archive",
        "articles",
        ["dated", "story_id", "fresh_quality", "best_quality"],
        unique=False,
    )
