"""The database is away at the start, and goes away while messages flow: the running program goes on by itself."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest

from bot.delivery import LEASE
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_rules import Rules
from tests.faults.fleet import Fleet, Newsroom
from tests.faults.tally import Arrivals
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
    database = server.url.set(database="topicwire").render_as_string(hide_password=False)
    people = [1000 + number for number in range(READERS)]
    async with TelegramEmulator(rules=Rules(rates="off")) as telegram:
        fleet = Fleet(tmp_path, database, telegram)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            fleet.environment["WEB_PORT"] = str(free.getsockname()[1])
        for chat in people:
            telegram.add_chat(chat)
        server.stop()
        try:
            starting = asyncio.create_task(fleet.start("p1"))
            while not (tmp_path / "p1.log").exists():
                await asyncio.sleep(0.01)
            log = Log(tmp_path / "p1.log")
            await log.has("database awaited")
            server.start()
            await starting
            await fleet.subscribe(people)
            await through_restarts(fleet, telegram, server, log, Arrivals(people))
        finally:
            await fleet.end()


async def through_restarts(
    fleet: Fleet, telegram: TelegramEmulator, server: Server, log: Log, arrivals: Arrivals
) -> None:
    news = Newsroom(fleet.home / "articles", seed=1)
    news.publish()
    await telegram.wait_for(READERS // 10, timeout=20)
    seen = len(log.file.read_text())
    await asyncio.to_thread(server.crash)
    await log.has("queue unavailable", after=seen)
    assert "Start the server" in await answer(fleet, "/readyz", "database: ")
    assert "topicwire_database_up 0.0" in await answer(fleet, "/metrics", "topicwire_database_up")
    news.publish()  # nobody can store it now
    await asyncio.to_thread(server.start)
    back_at = asyncio.get_running_loop().time()
    sent = len(telegram.sent)
    await telegram.wait_until(lambda: len(telegram.sent) > sent, timeout=20)
    print(f"\nsending again {asyncio.get_running_loop().time() - back_at:.1f} s after the crashed server is back")
    await asyncio.to_thread(server.stop)
    await asyncio.to_thread(server.start)
    await telegram.wait_until(lambda: len(telegram.sent) >= 2 * READERS, timeout=40 + LEASE)
    await finished(server, 2 * READERS)
    assert await answer(fleet, "/readyz", "ready") == "ready\n"
    for message in telegram.sent:
        arrivals.take(message.at.timestamp(), message.chat_id, message.text)
    print(f"{2 * READERS} messages through a crash and a restart")
    assert not arrivals.missing(news.published)
    assert not arrivals.repeats(), "the process lived, and knew what it had sent"
    assert fleet.processes["p1"].returncode is None, "nobody had to start it again"
    assert "Traceback" not in log.file.read_text(), "an outage is told in a line, not as a fault of ours"


async def answer(fleet: Fleet, path: str, words: str) -> str:
    """What the program's page answers to machines, once it holds these words."""
    async with asyncio.timeout(30), httpx.AsyncClient(timeout=30) as client:
        while True:
            found = (await client.get(f"http://127.0.0.1:{fleet.environment['WEB_PORT']}{path}")).text
            if words in found:
                return found
            await asyncio.sleep(0.1)


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
