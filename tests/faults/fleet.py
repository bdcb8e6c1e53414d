"""Real server processes on one database, one folder and one token, which can be killed, frozen and set wrong."""

from __future__ import annotations

import asyncio
import json
import os
import random
import resource
import signal
import sys
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
from sqlalchemy import URL

from tests.emulators.discord import DiscordEmulator
from tests.emulators.telegram import TOKEN, TelegramEmulator

ROOT = Path(__file__).parents[2]
RATE = 32  # messages a second; fewer than there are chats, which take one each: it is the clock that binds
DISCORD_RATE = 40
IN_FLIGHT = max(8, int(0.2 * RATE))  # what one process that is killed may repeat

ARTICLE = """---
title: "{title}"
excerpt: "{excerpt}"
publishedDateTime: {now:%Y-%m-%dT%H:%M:%SZ}
webUrl: "https://harbour.example/{name}"
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
    """Processes of Topicwire. `home` holds the folder of articles, the logs, and what sets a clock wrong."""

    def __init__(self, home: Path, database: str, at: TelegramEmulator | DiscordEmulator) -> None:
        self.home = home
        self.platform = "telegram" if isinstance(at, TelegramEmulator) else "discord"
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": database,
            **_bot_at(at),
            "ARTICLES": "articles",
            "FLOOD_GUARD": "0",
            "WEB_PORT": "0",
        }
        self.processes: dict[str, asyncio.subprocess.Process] = {}
        self.ready_before: dict[str, int] = {}  # how often each had been ready when it was last started
        (home / "articles").mkdir(exist_ok=True)

    async def start(self, name: str, roles: str = "all", *, ready: bool = True) -> None:
        """Start a process, and wait until it says that it is ready."""
        log = self.home / f"{name}.log"
        before = self.ready_before[name] = self.times_ready(name)
        with log.open("a") as out:
            self.processes[name] = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.faults.skewed",
                str(self.clock_of(name)),
                cwd=self.home,
                env={**self.environment, "ROLES": roles},
                stderr=out,
            )
        if ready:
            async with asyncio.timeout(90):
                while self.times_ready(name) == before:
                    assert self.processes[name].returncode is None, log.read_text()
                    await asyncio.sleep(0.05)

    def times_ready(self, name: str) -> int:
        log = self.home / f"{name}.log"
        return log.read_text().count("] ready ") if log.exists() else 0

    def clock_of(self, name: str) -> Path:
        """The file whose number of seconds this process adds to the time."""
        return self.home / f"{name}.clock"

    async def call(self, *arguments: str, stdin: str = "") -> str:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments, cwd=self.home, env=self.environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, _ = await process.communicate(stdin.encode())
        assert process.returncode == 0
        return out.decode()

    async def subscribe(self, chats: list[int]) -> None:
        """Everybody is alerted to everything on one topic."""
        bars = [{"topic": "Computer Vision", "alert_from": 60}]
        readers = [{"platform": self.platform, "chat": str(chat), "subscriptions": bars} for chat in chats]
        await self.call("import", "-", stdin=json.dumps({"destinations": readers}))

    def signal(self, name: str, number: signal.Signals) -> None:
        self.processes[name].send_signal(number)

    async def kill(self, name: str) -> None:
        self.signal(name, signal.SIGKILL)
        await self.processes[name].wait()

    def limit_files(self, name: str, size: int) -> None:
        """No file of this process grows beyond so many bytes, as on a full disk."""
        _, most = resource.prlimit(self.processes[name].pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.processes[name].pid, resource.RLIMIT_FSIZE, (size, most))

    async def end(self) -> None:
        for process in self.processes.values():
            if process.returncode is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
                await process.wait()


def _bot_at(platform: TelegramEmulator | DiscordEmulator) -> dict[str, str]:
    """The settings of the bot on this platform."""
    if isinstance(platform, DiscordEmulator):
        return {
            "DISCORD_TOKEN": platform.token,
            "DISCORD_API_URL": platform.api_url,
            "DISCORD_GATEWAY_URL": platform.gateway_url,
            "DISCORD_RATE": str(DISCORD_RATE),
        }
    return {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": platform.root,
        "TELEGRAM_RATE": str(RATE),
        "TELEGRAM_PAID_BROADCAST": "true",
    }


class Newsroom:
    """Writes articles that have nothing in common; `published` is when, by number, on the monotonic clock."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._chance = random.Random(seed)  # noqa: S311
        self.published: dict[int, float] = {}

    def publish(self) -> int:
        number = len(self.published) + 1
        words = [self._word() for _ in range(14)]
        title = f"No{number} {' '.join(words[:6])}".capitalize()
        name = f"n{number}-{words[0]}"
        text = ARTICLE.format(title=title, excerpt=" ".join(words[6:]), name=name, now=datetime.now(UTC))
        (self._folder / f".{name}").write_text(text)
        (self._folder / f".{name}").rename(self._folder / f"{name}.md")
        self.published[number] = time.monotonic()
        return number

    def _word(self) -> str:
        return "".join(self._chance.choice("bdfgklmnprstvz") + self._chance.choice("aeiou") for _ in range(4))


@asynccontextmanager
async def own_database(server: URL) -> AsyncIterator[str]:
    """The URL of a database on a server, for one test alone."""
    name = f"fleet{uuid.uuid4().hex[:12]}"
    await _administer(server, f"CREATE DATABASE {name}")
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        await _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


async def _administer(server: URL, statement: str) -> None:
    """On a connection of its own: the server may have been restarted since the last one."""
    admin = await asyncpg.connect(host=server.query["host"], user=server.username, database="postgres")
    await admin.execute(statement)
    await admin.close()
