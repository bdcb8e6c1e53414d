"""Several real processes on one PostgreSQL, stopped, frozen and killed in turn while messages flow.

`TOPICWIRE_FLOOD=5000` runs the long form (`make faults`); the gate runs a short one.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
from sqlalchemy import URL

from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.emulators.telegram_rules import Rules

ROOT = Path(__file__).parents[2]
READERS = int(os.environ.get("TOPICWIRE_FLOOD", "500"))
RATE = 200  # messages a second
IN_FLIGHT = max(8, int(0.2 * RATE))  # what a process that is killed may repeat

ARTICLE = """---
title: "Lanterns that read the tide go up along the Merrow coast"
excerpt: "Each of the lamps sees the water and says when it turns."
publishedDateTime: {now:%Y-%m-%dT%H:%M:%SZ}
webUrl: "https://harbour.example/lanterns"
type: article
quality: 90
provider:
  name: Harbour Post
  domain: harbour.example
topics:
  - Computer Vision
---
"""


class Fleet:
    """Processes of Topicwire on one database, one folder and one token."""

    def __init__(self, home: Path, database: str, telegram: TelegramEmulator) -> None:
        self.home = home
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": database,
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": telegram.root,
            "TELEGRAM_RATE": str(RATE),
            "TELEGRAM_PAID_BROADCAST": "true",
            "ARTICLES": "articles",
            "WEB_PORT": "0",
        }
        self.processes: dict[str, asyncio.subprocess.Process] = {}

    async def start(self, name: str, roles: str = "all") -> None:
        log = self.home / f"{name}.log"
        before = log.read_text().count("] ready ") if log.exists() else 0
        with log.open("a") as out:
            self.processes[name] = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                cwd=self.home,
                env={**self.environment, "ROLES": roles},
                stderr=out,
            )
        async with asyncio.timeout(30):
            while log.read_text().count("] ready ") == before:
                assert self.processes[name].returncode is None, log.read_text()
                await asyncio.sleep(0.05)

    async def call(self, *arguments: str, stdin: str = "") -> str:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments, cwd=self.home, env=self.environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, _ = await process.communicate(stdin.encode())
        assert process.returncode == 0
        return out.decode()

    def signal(self, name: str, number: signal.Signals) -> None:
        self.processes[name].send_signal(number)

    async def end(self) -> None:
        for process in self.processes.values():
            if process.returncode is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
                await process.wait()


@asynccontextmanager
async def own_database(server: URL) -> AsyncIterator[str]:
    name = f"fleet{uuid.uuid4().hex[:12]}"
    admin = await asyncpg.connect(host=server.query["host"], user=server.username, database="postgres")
    await admin.execute(f"CREATE DATABASE {name}")
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await admin.close()


async def test_processes_come_and_go_and_everybody_is_told_once(tmp_path: Path, postgresql: URL) -> None:
    (tmp_path / "articles").mkdir()
    rules = Rules(rates="off")
    async with own_database(postgresql) as database, TelegramEmulator(rules=rules) as telegram:
        fleet = Fleet(tmp_path, database, telegram)
        for number in range(READERS):
            telegram.add_chat(1000 + number)
        try:
            await flood(fleet, telegram)
        finally:
            await fleet.end()


async def flood(fleet: Fleet, telegram: TelegramEmulator) -> None:
    readers = [
        {
            "platform": "telegram",
            "chat": str(1000 + number),
            "subscriptions": [{"topic": "Computer Vision", "alert_from": 60}],
        }
        for number in range(READERS)
    ]
    await fleet.call("import", "-", stdin=json.dumps({"destinations": readers}))
    await fleet.start("one")
    await fleet.start("two")
    article = ARTICLE.format(now=datetime.now(UTC))
    (fleet.home / "articles" / ".half").write_text(article)
    (fleet.home / "articles" / ".half").rename(fleet.home / "articles" / "lanterns.md")
    begun = time.monotonic()
    await telegram.wait_for(READERS // 10, timeout=20)
    fleet.signal("one", signal.SIGKILL)
    await fleet.processes["one"].wait()
    await telegram.wait_for(READERS * 3 // 10, timeout=60)
    await fleet.start("one")
    fleet.signal("two", signal.SIGSTOP)
    await telegram.wait_for(READERS * 9 // 10, timeout=60)
    fleet.signal("two", signal.SIGCONT)
    fleet.signal("one", signal.SIGTERM)
    async with asyncio.timeout(10):
        assert await fleet.processes["one"].wait() == 0
    await telegram.wait_until(lambda: len({sent.chat_id for sent in telegram.sent}) == READERS, timeout=60)
    took = time.monotonic() - begun
    async with asyncio.timeout(30):
        while json.loads(await fleet.call("stats"))["deliveries"] != {"sent": READERS}:
            await asyncio.sleep(0.2)
    told = Counter(sent.chat_id for sent in telegram.sent)
    repeated = sum(count - 1 for count in told.values())
    print(f"\n{READERS} readers, 1 killed, 1 frozen, 1 stopped: 0 lost, {repeated} repeated, {took:.1f} s")
    assert len(told) == READERS
    assert repeated <= 2 * IN_FLIGHT  # one was killed, one was frozen beyond its lease
    # a second poller is refused until the first one's long poll has ended
    assert not [refusal for refusal in telegram.refused if refusal.status != 409]
