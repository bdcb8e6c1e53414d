"""From every revision up, with rows in every table, on both databases."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.errors import StorageError
from storage import schema
from storage.database import PATIENCE, Database
from storage.tables import metadata

ROWS = 3
BOOKKEEPING = "alembic_version"


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    yield database
    await database.close()


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def raise_to(database: Database, revision: str) -> None:
    async with database._writer.connect() as connection:
        await connection.run_sync(schema.upgrade, revision)


# ---------------------------------------------------------------- rows for tables of any revision


def fill(connection: Connection, made_at: int = 0) -> None:
    """Put rows into every table that is there, parents first; those of another `made_at` are unequal."""
    found = sa.MetaData()
    found.reflect(connection)
    for table in found.sorted_tables:
        if table.name != BOOKKEEPING:
            numbers = range(made_at * ROWS + 1, (made_at + 1) * ROWS + 1)
            connection.execute(table.insert(), [row_of(table, number) for number in numbers])


def row_of(table: sa.Table, number: int) -> dict[str, Any]:
    """A row whose every column is filled; foreign keys lead to the row of the same number."""
    return {column.name: value_of(column, number) for column in table.columns}


def value_of(column: sa.Column[Any], number: int) -> Any:
    kind = column.type
    if isinstance(kind, sa.JSON):
        return []
    if isinstance(kind, sa.Boolean):
        return True
    if isinstance(kind, (sa.Integer, sa.Float)):
        return number
    if isinstance(kind, sa.String):
        return f"{number} {column.name}"[: kind.length]
    raise NotImplementedError(f"{column}: {kind!r}")


def contents(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    found = sa.MetaData()
    found.reflect(connection)
    return {
        table.name: [dict(row._mapping) for row in connection.execute(table.select())]
        for table in found.sorted_tables
        if table.name != BOOKKEEPING
    }


def lost_parents(connection: Connection) -> int:
    """Rows that point to nothing."""
    if connection.dialect.name == "sqlite":
        return len(connection.execute(text("PRAGMA foreign_key_check")).all())
    found = sa.MetaData()
    found.reflect(connection)
    lost = 0
    for table in found.sorted_tables:
        for key in table.foreign_keys:
            there = sa.exists().where(key.column == key.parent).correlate(table)
            orphans = sa.select(sa.func.count()).select_from(table).where(key.parent.is_not(None), ~there)
            lost += connection.execute(orphans).scalar_one()
    return lost


class Steps:
    """A copy of the migrations to which a test adds one of its own."""

    revision = "9999"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, body: str) -> None:
        body = f"with {body}: pass" if "batch" in body else body
        (self.folder / "versions" / "9999_of_a_test.py").write_text(
            "from alembic import op\n"
            f"revision = {self.revision!r}\ndown_revision = {schema.revisions()[-1]!r}\n"
            f"def upgrade() -> None:\n    {body}\n"
        )


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Steps:
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for file in (*schema.MIGRATIONS.glob("*.py"), *schema.MIGRATIONS.glob("versions/*.py")):
        (folder / file.relative_to(schema.MIGRATIONS)).write_text(file.read_text())
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    return Steps(folder)


# ---------------------------------------------------------------- the tests


def test_each_migration_is_called_by_its_revision_and_follows_the_one_before() -> None:
    scripts = ScriptDirectory(str(schema.MIGRATIONS))
    assert schema.revisions() == [step.revision for step in scripts.walk_revisions()][::-1]


async def test_migrations_lead_to_the_tables_of_the_code(storage: Database) -> None:
    async with storage._reader.connect() as connection:
        assert await connection.run_sync(differences) == []


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that does not mind how long a busy machine takes to think between two statements."""
    monkeypatch.setattr("storage.database.PATIENCE", {})


@pytest.mark.usefixtures("patience")
async def test_rows_made_at_any_revision_live_through_every_step_to_the_newest(blank: str) -> None:
    """One walk: at each revision rows are added to all tables, and the next step meets those of all revisions."""
    steps = schema.revisions()
    before: dict[str, list[dict[str, Any]]] = {}
    async with opened(blank) as database:
        for number, revision in enumerate(steps):
            await raise_to(database, revision)
            async with database._writer.begin() as connection:
                assert await connection.run_sync(schema.revision_of) == revision
                after = await connection.run_sync(contents)
                for table, rows in before.items():
                    assert len(after[table]) == len(rows), f"{revision} loses rows of {table}"
                    for old in rows:
                        assert any(old.items() <= new.items() for new in after[table]), f"{revision}: {table} {old}"
                await connection.run_sync(fill, number)
                assert await connection.run_sync(lost_parents) == 0
                before = await connection.run_sync(contents)
        assert set(before) == set(metadata.tables)
        async with database._reader.connect() as connection:
            assert await connection.run_sync(differences) == []
            for known in metadata.sorted_tables:  # the columns' own types read what is there
                assert len((await connection.execute(known.select())).all()) == len(before[known.name])
        assert len(before["destinations"]) == ROWS * len(steps)
        assert await database.migrate() is None


async def test_two_processes_that_migrate_at_once_wait_for_each_other(blank: str) -> None:
    async with opened(blank) as one, opened(blank) as other:
        await asyncio.gather(one.migrate(), other.migrate())
        async with other.read() as work:
            assert await work.destinations.all() == []


async def test_a_new_file_that_another_program_holds_is_waited_for(tmp_path: Path) -> None:
    """SQLite itself gives up at once where write-ahead logging is to be switched on."""
    file = tmp_path / "topicwire.sqlite"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("CREATE TABLE notes (line)")
        other.execute("BEGIN IMMEDIATE")
        async with opened(f"sqlite+aiosqlite:///{file}") as database:
            migrating = asyncio.create_task(database.migrate())
            await asyncio.sleep(0.2)
            assert not migrating.done()
            other.execute("ROLLBACK")
            assert await migrating is None


async def test_the_second_migration_waits_for_the_advisory_lock_longer_than_for_other_locks(
    blank: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if blank.startswith("sqlite"):
        return  # its write lock is shown above
    monkeypatch.setitem(PATIENCE, "lock_timeout", "50")
    async with opened(blank) as database, database._writer.connect() as another:
        key = {"key": schema.MIGRATION_LOCK}
        await another.execute(text("SELECT pg_advisory_xact_lock(:key)"), key)
        migrating = asyncio.create_task(database.migrate())
        async with database._reader.connect() as watching:
            waits = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            while not await watching.scalar(waits):
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.2)  # longer than the patience above
            assert not migrating.done()
        await another.rollback()
        await migrating
        async with database._reader.connect() as connection:
            assert await connection.run_sync(schema.revision_of) == schema.revisions()[-1]


async def test_a_table_that_sqlite_has_to_copy_keeps_its_children(tmp_path: Path, steps: Steps) -> None:
    steps.add("op.batch_alter_table('topics', recreate='always')")
    async with opened(f"sqlite+aiosqlite:///{tmp_path / 'a.sqlite'}") as database:
        await raise_to(database, schema.revisions()[-2])
        async with database._writer.begin() as connection:
            await connection.run_sync(fill)
        copy = await database.migrate()
        assert copy is not None
        async with database._writer.begin() as connection:
            assert await connection.run_sync(schema.revision_of) == steps.revision
            found = await connection.run_sync(contents)
            assert {name: len(rows) for name, rows in found.items()} == dict.fromkeys(found, ROWS)
            assert await connection.scalar(text("PRAGMA foreign_keys")) == 1, "they are on again"


async def test_a_step_that_would_leave_orphans_changes_nothing_and_says_so(tmp_path: Path, steps: Steps) -> None:
    steps.add("op.get_context().connection.exec_driver_sql('DELETE FROM topics')")
    async with opened(f"sqlite+aiosqlite:///{tmp_path / 'a.sqlite'}") as database:
        await raise_to(database, schema.revisions()[-2])
        async with database._writer.begin() as connection:
            await connection.run_sync(fill)
        with pytest.raises(StorageError, match=r"rows that point to nothing: .*subscriptions.*Nothing was changed"):
            await database.migrate()
        async with database._writer.begin() as connection:
            assert await connection.scalar(text("SELECT count(*) FROM topics")) == ROWS
            assert await connection.run_sync(schema.revision_of) != steps.revision


async def test_a_migrated_database_is_left_alone(storage: Database) -> None:
    assert await storage.migrate() is None


async def test_a_database_of_a_newer_version_is_refused_with_the_next_step(blank: str) -> None:
    async with opened(blank) as database:
        await database.migrate()
        async with database._writer.begin() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = 'from-the-future'"))
        with pytest.raises(StorageError, match="made by a newer one"):
            await database.migrate()


async def test_an_older_sqlite_file_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    file = tmp_path / "topicwire.sqlite"
    async with opened(f"sqlite+aiosqlite:///{file}") as database:
        await raise_to(database, schema.revisions()[0])
        async with database._writer.begin() as connection:
            await connection.execute(text("INSERT INTO payloads (id, body, created_at) VALUES (7, '{}', 1)"))
        copy = await database.migrate()  # the row is still in the write-ahead log
    assert copy is not None
    async with opened(f"sqlite+aiosqlite:///{copy}") as before, before._reader.connect() as connection:
        assert await connection.run_sync(schema.revision_of) == schema.revisions()[0]
        assert await connection.scalar(text("SELECT id FROM payloads")) == 7


@pytest.mark.parametrize("url", ["nonsense", "sqlite+nodriver:///x", "mysql+nothing://x"])
def test_an_unusable_url_names_the_setting_and_shows_good_ones(url: str) -> None:
    with pytest.raises(StorageError, match=r"DATABASE_URL.*sqlite\+aiosqlite"):
        Database(url)
