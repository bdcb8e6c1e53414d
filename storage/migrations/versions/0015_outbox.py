"""The two largest tables lose their foreign keys to the chats, of which one was checked for each row."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("fk_deliveries_destination_id", "deliveries", type_="foreignkey")
        op.drop_constraint("fk_told_destination_id", "told", type_="foreignkey")
        return
    counter = sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'deliveries'")
    counted = op.get_bind().scalar(counter)
    for table, options in (
        (_deliveries(), {"sqlite_autoincrement": True}),
        (_told(), {"sqlite_with_rowid": False}),
    ):
        with op.batch_alter_table(table.name, copy_from=table, recreate="always", table_kwargs=options):
            pass  # SQLite drops no constraint: the rows are copied
    if counted is not None:  # an id is never used again
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'deliveries'")
        op.execute(f"INSERT INTO sqlite_sequence (name, seq) VALUES ('deliveries', {int(counted)})")  # noqa: S608


def _deliveries() -> sa.Table:
    return sa.Table(
        "deliveries",
        sa.MetaData(),
        sa.Column("id", BIG, nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("destination_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("payload_id", BIG, nullable=False),
        sa.Column("story_id", BIG, nullable=True),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.String(length=60), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint(
            "destination_id", "kind", "subject", "part", name="uq_deliveries_destination_id_kind_subject_part"
        ),
        _index("due", "platform", "priority", "turn", "id", where="state = 'pending' AND due_at IS NULL"),
        _index("open", "destination_id", "priority", "id", where="state IN ('pending', 'leased', 'parked')"),
        _index("scheduled", "due_at", where="state = 'pending' AND due_at IS NOT NULL"),
        _index("lost", "done_at", where="state IN ('uncertain', 'rejected')"),
        _index("copies", "payload_id", "state", where="kind IN ('broadcast', 'update')"),
    )


def _told() -> sa.Table:
    return sa.Table(
        "told",
        sa.MetaData(),
        sa.Column("destination_id", BIG, nullable=False, autoincrement=False),
        sa.Column("story_id", BIG, nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("destination_id", "story_id", name="pk_told"),
        sa.Index("ix_told_digest", "digest", sqlite_where=sa.text("digest IS NOT NULL")),
    )


def _index(name: str, *columns: str, where: str) -> sa.Index:
    return sa.Index(f"ix_deliveries_{name}", *columns, sqlite_where=sa.text(where))
