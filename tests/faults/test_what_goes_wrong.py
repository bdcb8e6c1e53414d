"""What the table of faults promises an operator, through the real application: seen by machines, and mended.

The database that is away: `test_database_away.py`; the clock that jumps: `tests/storage/test_clock_jumps.py`.
"""

from __future__ import annotations

import asyncio
import re
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from sqlalchemy import URL

from bot import runner
from bot.bootstrap import Application, application, utc_now
from bot.config import Settings
from bot.errors import StorageError
from bot.model import Topic
from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.emulators.telegram_rules import Rules
from tests.faults.fleet import ARTICLE, own_database

ANN = 501
PATIENCE = 30  # seconds; far more than anything here takes


class Running:
    """The application at work, and what its page tells machines."""

    def __init__(self, app: Application, telegram: TelegramEmulator, home: Path, client: httpx.AsyncClient) -> None:
        self.app = app
        self.telegram = telegram
        self.home = home
        self._client = client

    async def ready(self) -> None:
        await self.reasons("ready")

    async def reasons(self, pattern: str) -> str:
        """Wait until /readyz says this."""
        text = ""
        async with asyncio.timeout(PATIENCE):
            while not re.search(pattern, text := (await self._client.get("/readyz")).text):
                await asyncio.sleep(0.05)
        return text

    async def metric(self, name: str) -> float:
        lines = (await self._client.get("/metrics")).text.splitlines()
        (found,) = (line for line in lines if line.startswith(f"{name} "))
        return float(found.split()[1])

    def publish(self, name: str, title: str, quality: int = 90) -> None:
        fields = {
            "title": title,
            "excerpt": "Each of the lamps sees the water.",
            "name": name,
            "now": datetime.now(UTC),
        }
        text = ARTICLE.format(**fields).replace("quality: 90", f"quality: {quality}")
        (self.home / "articles" / f".{name}").write_text(text)
        (self.home / "articles" / f".{name}").rename(self.home / "articles" / f"{name}.md")

    async def arrives(self, title: str) -> None:
        await self.telegram.wait_for(lambda sent: title in sent.text and sent.chat_id == ANN, timeout=PATIENCE)


@asynccontextmanager
async def running(
    home: Path,
    telegram: TelegramEmulator,
    database: str,
    *,
    clock: Callable[[], datetime] = utc_now,
    **others: Any,
) -> AsyncIterator[Running]:
    """`topicwire run` in this process, with one reader; `others` are further settings."""
    (home / "articles").mkdir(exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given: dict[str, Any] = {
        "database_url": database,
        "articles": (str(home / "articles"),),
        "telegram_token": TOKEN,
        "telegram_api_url": telegram.root,
        "web_port": port,
        "poll_seconds": 1,
    }
    settings = Settings(_env_file=None, **(given | others))  # type: ignore[call-arg]
    stop = asyncio.Event()
    async with (
        application(settings, clock=clock) as app,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE) as client,
    ):
        task = asyncio.create_task(runner.run(app, stop))
        async with asyncio.timeout(PATIENCE):
            while not app.readiness.started:
                if task.done():
                    task.result()
                await asyncio.sleep(0.05)
        found = Running(app, telegram, home, client)
        await found.ready()
        async with app.storage.write() as work:
            await work.topics.put([Topic("computer-vision", "Computer Vision")], from_file=True)
        await telegram.say(ANN, "/subscribe computer-vision 50")
        await telegram.wait_for(1, timeout=PATIENCE)
        try:
            yield found
        finally:
            stop.set()
            await task


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
