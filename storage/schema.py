"""Bringing the tables to the version of the code."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.errors import StorageError

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 7_061_970  # any constant: the advisory lock that lets one process migrate at a time


def revisions() -> list[str]:
    """Every revision this code knows, the first one first: each file is called by its own.

    Alembic would say the same. It is asked only where something must be changed, which is at few starts: to load it
    costs memory for as long as the program runs.
    """
    return sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def revision_of(connection: Connection) -> str | None:
    """The revision the database is at; None where it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def upgrade(connection: Connection, to: str) -> None:
    """Run the steps up to revision `to` in one transaction; another process that migrates is waited for.

    Raises StorageError where rows would be left that point to nothing; nothing is changed then.
    """
    if connection.dialect.name == "sqlite":
        _upgrade_sqlite(connection, to)
        return
    with connection.begin():
        connection.execute(text("SET LOCAL lock_timeout = 0"))  # however long the other process takes
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))  # nor this one
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        _run(connection, to)


def _upgrade_sqlite(connection: Connection, to: str) -> None:
    """Without foreign keys: a table that SQLite cannot alter is copied, and dropping the old empties its children.

    The switch has no effect within a transaction: https://www.sqlite.org/lang_altertable.html#otheralter
    """
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            _run(connection, to)
            lost = connection.execute(text("PRAGMA foreign_key_check")).all()
            if lost:
                tables = ", ".join(sorted({f"{row.table} (to {row.parent})" for row in lost}))
                raise StorageError(
                    f"The database would be left with {len(lost)} rows that point to nothing: {tables}. "
                    "Nothing was changed. Please report it, and go on with the version you had."
                )
    finally:
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()


def _run(connection: Connection, to: str) -> None:
    from alembic import command  # noqa: PLC0415 - see `revisions`
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
