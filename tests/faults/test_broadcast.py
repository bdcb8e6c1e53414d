"""A broadcast over three platforms by a real process: paused, killed, resumed, recalled, and counted to the last.

`make faults` sends it to 20,000 and prints the table of docs/delivery.md; the gate has a short form.
TOPICWIRE_READERS is any other number.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bot.model import Address, Platform, Subscription, Topic
from storage.database import Database
from tests.emulators.discord import TOKEN as DISCORD_TOKEN
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_rules import Rules as DiscordRules
from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.emulators.telegram_records import Sent
from tests.emulators.telegram_rules import Rules

ROOT = Path(__file__).parents[2]
LONG = os.environ.get("TOPICWIRE_FAULTS") == "long"
READERS = int(os.environ.get("TOPICWIRE_READERS", "20000" if LONG else "240"))
RATE = 40 if READERS < 1000 else 300  # messages a second over Telegram
PATIENCE = 60 + READERS / 20  # seconds
EDITOR, FIRST = 501, 10_000
TELEGRAM, DISCORD = range(FIRST, FIRST + READERS // 2), range(FIRST, FIRST + READERS // 12)
WEB = READERS - len(TELEGRAM) - len(DISCORD)

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
  - Tides
---
"""


class Step(NamedTuple):
    """What stands where after something was done, and how long after the beginning that was."""

    what: str
    copies: Counter[str]
    seconds: float


class Program:
    """`topicwire run` in a folder, which may be killed and started again."""

    def __init__(self, home: Path, telegram: TelegramEmulator, discord: DiscordEmulator) -> None:
        self.home, self.file = home, home / "topicwire.sqlite"
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": f"sqlite+aiosqlite:///{self.file}",
            "ADMINS": f"telegram:{EDITOR}",
            "ARTICLES": "articles",
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": telegram.root,
            "TELEGRAM_RATE": str(RATE),
            "TELEGRAM_PAID_BROADCAST": "true",
            "DISCORD_TOKEN": DISCORD_TOKEN,
            "DISCORD_API_URL": discord.api_url,
            "DISCORD_GATEWAY_URL": discord.gateway_url,
            "WEB_PORT": str(free_port()),
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        log = self.home / "log.txt"
        before = log.read_text().count("] ready ") if log.exists() else 0
        with log.open("a") as out:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=self.home, env=self._environment, stderr=out
            )
        async with asyncio.timeout(60):
            while log.read_text().count("] ready ") == before:
                assert self._process.returncode is None, log.read_text()
                await asyncio.sleep(0.05)

    async def end(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(number)
            await self._process.wait()

    def count(self, query: str) -> int:
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as database:
            return int(database.execute(query).fetchone()[0])

    async def until(self, query: str, wanted: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while self.count(query) < wanted:
                await asyncio.sleep(0.1)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@asynccontextmanager
async def newsroom(home: Path) -> AsyncIterator[tuple[Program, TelegramEmulator, DiscordEmulator]]:
    """Readers on three platforms, one article, and the program running."""
    (home / "articles").mkdir()
    (home / "articles" / "lanterns.md").write_text(ARTICLE.format(now=datetime.now(UTC)))
    async with (
        TelegramEmulator(rules=Rules(rates="off")) as telegram,
        DiscordEmulator(rules=DiscordRules(rates="record")) as discord,
    ):
        guild = discord.add_guild(900, "Reading room")
        for number in TELEGRAM:
            telegram.add_chat(number)
        for number in DISCORD:
            guild.add_channel(number, "text", f"room-{number}")
        program = Program(home, telegram, discord)
        await enrol(program)
        try:
            await program.start()
            yield program, telegram, discord
        finally:
            await program.end(signal.SIGKILL)


async def enrol(program: Program) -> None:
    """Readers who wait for better stories: only a broadcast reaches them."""
    database, now = Database(f"sqlite+aiosqlite:///{program.file}"), datetime.now(UTC)
    await database.migrate()
    addresses = [Address(Platform.TELEGRAM, str(number)) for number in TELEGRAM]
    addresses += [Address(Platform.DISCORD, str(number)) for number in DISCORD]
    addresses += [Address(Platform.WEB, f"reader-{number}") for number in range(WEB)]
    async with database.write() as work:
        await work.topics.put([Topic("tides", "Tides")], from_file=True)
        topic = (await work.topics.catalogue()).find("tides")
        assert topic is not None
        for address in addresses:
            made = await work.destinations.ensure(address, title="", locale="en", timezone="UTC", now=now)
            await work.subscriptions.put(Subscription(made.id, topic.id, 500), now)
    await database.close()


def copies(telegram: TelegramEmulator, discord: DiscordEmulator, program: Program) -> Counter[str]:
    """How many copies stand where, as readers see them."""
    title = "Lanterns that read"
    found = Counter({"telegram": 0, "discord": 0})
    found["telegram"] = sum(
        title in message.sent.text
        for (chat, _), message in telegram.chats.messages.items()
        if chat != EDITOR and message.sent
    )
    found["discord"] = sum(title in message.sent.text for message in discord.messages.standing.values())
    found["web"] = program.count("SELECT count(*) FROM transcripts WHERE body LIKE '%Lanterns that read%'")
    return found


def answer(telegram: TelegramEmulator, words: str) -> Sent | None:
    """The newest message to the editor with these words, as it stands."""
    return next((sent for sent in reversed(telegram.shown(EDITOR)) if words in sent.text), None)


async def said(telegram: TelegramEmulator, words: str) -> Sent:
    return await telegram.wait_until(lambda: answer(telegram, words), PATIENCE)


async def test_a_broadcast_is_paused_killed_resumed_and_recalled_to_the_last_copy(tmp_path: Path) -> None:
    sent_rows = "SELECT count(*) FROM deliveries WHERE kind = 'broadcast' AND state = 'sent'"
    everyone = Counter({"telegram": len(TELEGRAM), "discord": len(DISCORD), "web": WEB})
    async with newsroom(tmp_path) as (program, telegram, discord):
        steps: list[Step] = []
        begun = time.monotonic()

        def note(what: str) -> Counter[str]:
            steps.append(Step(what, copies(telegram, discord, program), time.monotonic() - begun))
            return steps[-1].copies

        await telegram.say(EDITOR, "/broadcast lanterns.md")
        reach = await said(telegram, "Reaches")
        assert f"Reaches {READERS:,} chats" in reach.text
        await telegram.say(EDITOR, "SEND")
        await program.until(sent_rows, READERS // 4)
        await telegram.press(await said(telegram, "to go"), "Pause")
        await said(telegram, "is paused")
        await program.until("SELECT count(*) = 0 FROM deliveries WHERE state = 'leased'", 1)
        at_pause = note("paused")
        assert program.count(sent_rows) == at_pause.total()
        await program.end(signal.SIGKILL)
        await program.start()
        await asyncio.sleep(2)  # a program that forgot the pause would send now
        assert note("killed and started again") == at_pause
        assert READERS // 4 <= at_pause.total() < READERS
        await telegram.press(await said(telegram, "is paused"), "Go on")
        receipt = await said(telegram, "is done")
        assert f"{READERS:,} sent, 0 failed" in receipt.text
        assert note("resumed, to the receipt") == everyone
        assert program.count(sent_rows) == program.count("SELECT count(*) FROM told") == READERS

        await telegram.press(receipt, "Take back")
        sure = await said(telegram, "Take back")
        await telegram.press(sure, f"Yes, take back {READERS:,}")
        receipt = await said(telegram, "is taken back")
        assert f"{READERS:,} messages are gone" in receipt.text
        assert note("recalled, to the receipt").total() == 0
        assert len(discord.deletions) == len(DISCORD)
        assert not telegram.refused
        assert not [refusal for refusal in discord.refused if not refusal.accepted]
    print(table(steps))


def table(steps: Sequence[Step]) -> str:
    """As it stands in docs/delivery.md."""
    heads = "| after | Telegram | Discord | web | copies that stand | seconds |\n|---|---|---|---|---|---|"
    rows = [
        f"| {step.what} | {step.copies['telegram']} | {step.copies['discord']} | {step.copies['web']} "
        f"| {step.copies.total()} of {READERS} | {step.seconds:.0f} |"
        for step in steps
    ]
    return "\n".join(["", heads, *rows])
