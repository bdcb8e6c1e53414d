"""What the table of faults promises an operator, through the real application: seen by machines, and mended.

The database that is away: `test_database_away.py`; the clock that jumps: `tests/storage/test_clock_jumps.py`.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from math import inf
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import URL

from bot.errors import StorageError
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_rules import Rules
from tests.faults.fleet import own_database
from tests.faults.running import running


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator(rules=Rules(rates="record")) as emulator:
        yield emulator


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "topicwire.sqlite"


async def test_a_full_database_is_seen_and_news_goes_on_once_there_is_room(
    tmp_path: Path, file: Path, telegram: TelegramEmulator
) -> None:
    async with running(tmp_path, telegram, f"sqlite+aiosqlite:///{file}") as it:
        async with it.app.storage.connected() as connection:  # its only connection that writes
            pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
            await connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        for number in range(60):  # what is free within the pages is used up
            it.publish(f"filler{number}", f"Filler {number} {'and the tide ' * 40}", quality=10)
        assert "Make room" in await it.reasons("database: .*is full")
        assert await it.metric("topicwire_database_writable") == 0
        assert await it.metric("topicwire_database_up") == 1
        async with it.app.storage.connected() as connection:
            await connection.exec_driver_sql("PRAGMA max_page_count=1000000")
        it.publish("room", "There is room again by the sea")
        await it.ready()
        assert await it.metric("topicwire_database_writable") == 1
        await it.arrives("There is room again by the sea")


async def test_a_database_that_may_only_be_read_is_seen_and_left_when_it_may_be_written(
    tmp_path: Path, postgresql: URL, telegram: TelegramEmulator
) -> None:
    """As after a failover, when the old primary goes on as a standby."""
    async with own_database(postgresql) as database, running(tmp_path, telegram, database) as it:
        name = database.rpartition("/")[2].partition("?")[0]
        admin = await asyncpg.connect(host=postgresql.query["host"], user=postgresql.username, database="postgres")

        async def only_reading(setting: str) -> None:
            await admin.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {setting}")

        await only_reading("on")
        await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
        assert "not a standby" in await it.reasons("database: .*read-only")
        assert await it.metric("topicwire_database_writable") == 0
        it.publish("meanwhile", "News from the time when nothing could be written")
        await only_reading("off")  # new connections may write; those that are open never will
        await admin.close()
        await it.ready()
        await it.arrives("News from the time when nothing could be written")


async def test_a_database_that_another_version_raised_is_seen(
    tmp_path: Path, file: Path, telegram: TelegramEmulator
) -> None:
    def set_revision(revision: str) -> str:
        with closing(sqlite3.connect(file, isolation_level=None, timeout=30)) as database:
            database.execute("BEGIN IMMEDIATE")  # else what the program wrote since would refuse it at once
            (before,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
            database.execute("UPDATE alembic_version SET version_num = ?", [revision])
            database.execute("COMMIT")
        return str(before)

    async with running(tmp_path, telegram, f"sqlite+aiosqlite:///{file}") as it:
        own = await asyncio.to_thread(set_revision, "9999")  # the program needs the loop to let the lock go
        assert "made by a newer one" in await it.reasons("database: .*revision 9999")
        await asyncio.to_thread(set_revision, "0001")
        assert "start it again" in await it.reasons("database: it has revision 0001")
        await asyncio.to_thread(set_revision, own)
        await it.ready()


async def test_a_newer_database_ends_the_start_with_what_to_do(
    tmp_path: Path, file: Path, telegram: TelegramEmulator
) -> None:
    async with running(tmp_path, telegram, f"sqlite+aiosqlite:///{file}"):
        pass
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match="restore the copy made before the upgrade"):
        async with running(tmp_path, telegram, f"sqlite+aiosqlite:///{file}"):
            pass


async def test_a_token_that_is_revoked_and_given_back_is_seen_and_nothing_is_lost(
    tmp_path: Path, file: Path, telegram: TelegramEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.acceptance.ASK_AGAIN", 0.5)
    async with running(tmp_path, telegram, f"sqlite+aiosqlite:///{file}") as it:
        telegram.fail(None, times=inf, status=401)
        it.publish("meanwhile", "News from the time when the token was revoked")
        assert "TELEGRAM_TOKEN" in await it.reasons("telegram: ")
        telegram.mend()
        await it.arrives("News from the time when the token was revoked")
        await it.ready()
