"""The database is away at the start, and goes away while messages flow: the running program goes on by itself."""

from __future__ import annotations

import asyncio
import json
import socket
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import httpx
import pytest

from bot.delivery import LEASE
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_rules import Rules
from tests.faults.test_processes import ARTICLE, Fleet
from tests.server import Server

READERS = 300


@pytest.fixture
def server(runtime: Path) -> Iterator[Server]:
    """A server of its own, which may be stopped."""
    found = Server(runtime)
    found.psql("CREATE DATABASE topicwire;")
    yield found
    found.remove()


class Log:
    """What the program writes."""

    def __init__(self, file: Path) -> None:
        self.file = file

    async def has(self, event: str, *, after: int = 0) -> int:
        """Wait for an event; returns where the log ends."""
        async with asyncio.timeout(30):
            while event not in self.file.read_text()[after:]:
                await asyncio.sleep(0.05)
        return len(self.file.read_text())


async def test_the_program_waits_for_a_database_and_outlives_its_restarts(tmp_path: Path, server: Server) -> None:
    (tmp_path / "articles").mkdir()
    database = server.url.set(database="topicwire").render_as_string(hide_password=False)
    async with TelegramEmulator(rules=Rules(rates="off")) as telegram:
        fleet = Fleet(tmp_path, database, telegram)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            fleet.environment["WEB_PORT"] = str(free.getsockname()[1])
        for number in range(READERS):
            telegram.add_chat(1000 + number)
        server.stop()
        try:
            starting = asyncio.create_task(fleet.start("one"))
            while not (tmp_path / "one.log").exists():
                await asyncio.sleep(0.01)
            log = Log(tmp_path / "one.log")
            await log.has("database awaited")
            server.start()
            await starting
            await through_restarts(fleet, telegram, server, log)
        finally:
            await fleet.end()


async def through_restarts(fleet: Fleet, telegram: TelegramEmulator, server: Server, log: Log) -> None:
    readers = [
        {
            "platform": "telegram",
            "chat": str(1000 + number),
            "subscriptions": [{"topic": "Computer Vision", "alert_from": 60}],
        }
        for number in range(READERS)
    ]
    await fleet.call("import", "-", stdin=json.dumps({"destinations": readers}))
    publish(fleet, "lanterns", "Lanterns that read the tide go up along the Merrow coast")
    await telegram.wait_for(READERS // 10, timeout=20)
    seen = len(log.file.read_text())
    await asyncio.to_thread(server.crash)
    await log.has("queue unavailable", after=seen)
    assert "Start the server" in await answer(fleet, "/readyz", "database: ")
    assert "topicwire_database_up 0.0" in await answer(fleet, "/metrics", "topicwire_database_up")
    publish(fleet, "seals", "A camera on a mast counts forty-one seals before breakfast")  # nobody can store it now
    await asyncio.to_thread(server.start)
    back_at = asyncio.get_running_loop().time()
    sent = len(telegram.sent)
    await telegram.wait_until(lambda: len(telegram.sent) > sent, timeout=20)
    print(f"\nsending again {asyncio.get_running_loop().time() - back_at:.1f} s after the crashed server is back")
    await asyncio.to_thread(server.stop)
    await asyncio.to_thread(server.start)
    await telegram.wait_until(lambda: len({s.text[:20] for s in telegram.sent}) > 1, timeout=40 + LEASE)
    await finished(server, 2 * READERS)
    assert await answer(fleet, "/readyz", "ready") == "ready\n"
    told = Counter((sent.chat_id, "seals" in sent.text) for sent in telegram.sent)
    repeated = sum(count - 1 for count in told.values())
    print(f"{2 * READERS} messages through a crash and a restart: 0 lost, {repeated} repeated")
    assert len(told) == 2 * READERS
    assert repeated == 0, "the process lived, and knew what it had sent"
    assert fleet.processes["one"].returncode is None, "nobody had to start it again"
    assert "Traceback" not in log.file.read_text(), "an outage is told in a line, not as a fault of ours"


async def answer(fleet: Fleet, path: str, words: str) -> str:
    """What the program's page answers to machines, once it holds these words."""
    async with asyncio.timeout(30), httpx.AsyncClient(timeout=30) as client:
        while True:
            found = (await client.get(f"http://127.0.0.1:{fleet.environment['WEB_PORT']}{path}")).text
            if words in found:
                return found
            await asyncio.sleep(0.1)


def publish(fleet: Fleet, name: str, title: str) -> None:
    text = ARTICLE.format(now=datetime.now(UTC)).replace(
        "Lanterns that read the tide go up along the Merrow coast", title
    )
    text = text.replace("harbour.example/lanterns", f"harbour.example/{name}")
    (fleet.home / "articles" / f".{name}").write_text(text)
    (fleet.home / "articles" / f".{name}").rename(fleet.home / "articles" / f"{name}.md")


async def finished(server: Server, count: int) -> None:
    """Wait until every delivery is recorded as sent."""
    url = server.url
    connection = await asyncpg.connect(host=url.query["host"], user=url.username, database="topicwire")
    async with asyncio.timeout(60):
        while True:
            rows = await connection.fetch("SELECT state, count(*) AS n FROM deliveries GROUP BY state")
            if {row["state"]: row["n"] for row in rows} == {"sent": count}:
                break
            await asyncio.sleep(0.2)
    await connection.close()
