from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.errors import StorageError
from storage.database import Database
from storage.tables import metadata


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_migrations_lead_to_the_tables_of_the_code(storage: Database) -> None:
    async with storage._reader.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_migrated_database_is_left_alone(storage: Database) -> None:
    assert await storage.migrate() is None


async def test_a_database_of_a_newer_version_is_refused_with_the_next_step(storage: Database) -> None:
    async with storage._writer.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = 'from-the-future'"))
    with pytest.raises(StorageError, match="made by a newer one"):
        await storage.migrate()


async def test_an_older_sqlite_file_is_copied_before_it_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "topicwire.sqlite"
    database = Database(f"sqlite+aiosqlite:///{file}")
    await database.migrate()
    monkeypatch.setattr("storage.database.ScriptDirectory.get_current_head", lambda _self: "the next one")
    copy = await database.migrate()
    await database.close()
    assert copy is not None
    with closing(sqlite3.connect(copy)) as copied:
        assert copied.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)


@pytest.mark.parametrize("url", ["nonsense", "sqlite+nodriver:///x", "mysql+nothing://x"])
def test_an_unusable_url_names_the_setting_and_shows_good_ones(url: str) -> None:
    with pytest.raises(StorageError, match=r"DATABASE_URL.*sqlite\+aiosqlite"):
        Database(url)


async def test_an_unreachable_database_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'folder'}")
    with pytest.raises(StorageError, match="cannot serve"):
        await database.migrate()
    await database.close()
