"""The scene of a fault: processes at work, readers, news, and a platform that counts."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
from sqlalchemy import URL
from sqlalchemy.engine import make_url

from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_records import Sent as DiscordSent
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_rules import Rules
from tests.faults.fleet import RATE, Fleet, Newsroom, own_database
from tests.faults.tally import Arrivals, Row
from tests.server import Server

FIRST_CHAT, GUILD = 1000, 900
RULES = Rules(paid_per_second=RATE * 1.2)  # the part of Telegram's 30 that the usual 25 leave free


@dataclass(slots=True)
class Scene:
    """`names` are the processes; `over` is when the last fault ended; `allowed` repeats are the fault's own."""

    fleet: Fleet
    telegram: TelegramEmulator
    news: Newsroom
    arrivals: Arrivals
    names: list[str]
    database: str
    chance: random.Random
    server: URL | None
    host: Server | None = None  # one that may be stopped
    discord: DiscordEmulator | None = None  # where the bot is, if not on Telegram
    looked_at: int = 0  # messages
    over: float = 0.0
    faults: int = 0
    allowed: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def platform(self) -> TelegramEmulator | DiscordEmulator:
        return self.discord or self.telegram

    @property
    def sqlite(self) -> bool:
        return self.server is None

    async def flow(self, articles: int, every: float = 1.2) -> None:
        """Publish news at a steady pace."""
        for _ in range(articles):
            self.news.publish()
            await asyncio.sleep(every)

    async def arrived(self, seconds: float = 180) -> None:
        """Wait until everybody has everything, or for so long."""
        self.over = time.monotonic()
        until = self.over + seconds
        while self.take().missing(self.news.published) and time.monotonic() < until:
            await asyncio.sleep(0.2)

    def take(self) -> Arrivals:
        """What the platform has seen so far."""
        shift = time.monotonic() - time.time()
        for sent in self.platform.sent[self.looked_at :]:
            chat = sent.channel_id if isinstance(sent, DiscordSent) else sent.chat_id
            self.arrivals.take(sent.at.timestamp() + shift, chat, sent.text)
        self.looked_at = len(self.platform.sent)
        return self.arrivals

    @property
    def sending(self) -> bool:
        """Whether messages are flowing at this moment."""
        last = self.platform.sent[-1].at.timestamp() if self.platform.sent else 0.0
        return time.time() - last < 0.15 and bool(self.take().missing(self.news.published))

    async def sends(self, seconds: float = 30) -> None:
        """Wait until messages flow; there must be some to send, else it ends after so long."""
        until = time.monotonic() + seconds
        while not self.sending and time.monotonic() < until:
            await asyncio.sleep(0.01)

    async def states(self) -> dict[str, int]:
        """Deliveries by state, as they are stored."""
        if self.server is None:
            return await asyncio.to_thread(self._sqlite_states)
        connection = await asyncpg.connect(**self.login)
        rows = await connection.fetch("SELECT state, count(*) AS n FROM deliveries GROUP BY state")
        await connection.close()
        return {row["state"]: row["n"] for row in rows}

    @property
    def login(self) -> dict[str, str | None]:
        url = make_url(self.fleet.environment["DATABASE_URL"])
        host = url.query["host"]
        return {"host": str(host), "user": url.username, "database": url.database}

    def _sqlite_states(self) -> dict[str, int]:
        with closing(sqlite3.connect(self.fleet.home / "topicwire.sqlite", timeout=30)) as database:
            return dict(database.execute("SELECT state, count(*) FROM deliveries GROUP BY state").fetchall())

    def row(self, scenario: str) -> Row:
        arrivals = self.take()
        return Row(
            scenario,
            self.database,
            len(self.names),
            self.faults,
            len(arrivals.chats) * len(self.news.published),
            len(arrivals.missing(self.news.published)),
            len(arrivals.repeats()),
            self.allowed,
            arrivals.disordered(),
            arrivals.late(self.news.published, self.over),
            arrivals.densest(),
            "; ".join(self.notes),
        )


@asynccontextmanager
async def scene(
    home: Path,
    *,
    server: URL | None = None,
    host: Server | None = None,
    processes: int = 1,
    chats: int = 100,
    seed: int = 1,
    on_discord: bool = False,
) -> AsyncIterator[Scene]:
    """Processes that are ready; on SQLite, or on a database of their own on `server` (or on `host`).

    The bot is on Telegram, or else on Discord, where `chats` are channels.
    """
    server = host.url if host else server
    home.mkdir(parents=True, exist_ok=True)
    names = [f"p{number}" for number in range(1, processes + 1)]
    people = [FIRST_CHAT + number for number in range(chats)]
    async with (
        _database(home, server) as database,
        TelegramEmulator(rules=RULES) as telegram,
        DiscordEmulator() as discord,
    ):
        guild = discord.add_guild(GUILD, "Reading room")
        for chat in people:
            telegram.add_chat(chat)
            guild.add_channel(chat, "text", f"news-{chat}")
        fleet = Fleet(home, database, discord if on_discord else telegram)
        try:
            await fleet.subscribe(people)
            await asyncio.gather(*map(fleet.start, names))
            chance = random.Random(seed)  # noqa: S311
            kind = "SQLite" if server is None else "PostgreSQL"
            news = Newsroom(home / "articles", seed)
            there = discord if on_discord else None
            yield Scene(fleet, telegram, news, Arrivals(people), names, kind, chance, server, host, there)
        finally:
            await fleet.end()


@asynccontextmanager
async def _database(home: Path, server: URL | None) -> AsyncIterator[str]:
    if server is None:
        yield f"sqlite+aiosqlite:///{home / 'topicwire.sqlite'}"
        return
    async with own_database(server) as url:
        yield url
