"""Replays a recorded history of a publisher's repository through the real parts, commit by commit on its own clock.

As a program (`python -m tests.replay HISTORY FOLDER DATABASE UNTIL`) it continues where the folder stands, so that
it can be killed at any moment and started again.
"""

from __future__ import annotations

import asyncio
import json
import lzma
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters.sources.folder import FolderSource
from adapters.web.messenger import WebMessenger
from bot import logs, upkeep
from bot.delivery import Delivery
from bot.ingest import Rules
from bot.intake import Intake
from bot.model import Address, Platform, Subscription, Topic
from bot.verdicts import FileVerdict
from storage.database import Database
from tests.conftest import Clock

RULES = Rules(fresh_hours=72, published_only=False, flood_guard=20)
READERS = {"cv": ("Computer Vision", 60), "ai": ("AI", 80), "more": ("AI", 50)}


@dataclass
class Replay:
    """The parts of one process: a folder that is watched, a database, a chat page that is delivered to."""

    storage: Database
    intake: Intake
    delivery: Delivery
    clock: Clock
    folder: Path
    verdicts: list[tuple[int, FileVerdict]] = field(default_factory=list)

    async def commit(self, record: dict[str, Any]) -> None:
        """Apply one commit to the folder and do all that follows from it."""
        self.clock.now = datetime.fromtimestamp(record["time"], UTC)
        for entry in record["files"]:
            target = self.folder / entry["path"]
            if entry["op"] == "D":
                target.unlink(missing_ok=True)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                half = target.with_name(f".{target.name}.half")
                half.write_text(entry["text"], "utf-8", newline="")
                half.replace(target)
        for verdict in await self.intake.look(patient=False):
            self.verdicts.append((record["n"], verdict))
        await upkeep.tick(self.storage, RULES, self.clock(), admins=())
        await self.deliver()

    async def deliver(self) -> None:
        """Send everything that is due."""
        self.delivery.resume()
        work = asyncio.create_task(self.delivery.run())
        while True:
            async with self.storage.read() as found:
                queue = await found.deliveries.queue()
            if not queue.keys() & {"pending", "leased"}:
                break
            await asyncio.sleep(0.01)
            self.clock.forward(milliseconds=20)  # slots that a busy machine missed come again
        self.delivery.stop()
        await work


@asynccontextmanager
async def replay(folder: Path, database: Path) -> AsyncIterator[Replay]:
    """Open (or continue) a replay; a new one begins with an empty folder as its baseline."""
    clock = Clock(datetime(2019, 12, 1, tzinfo=UTC))
    storage = Database(f"sqlite+aiosqlite:///{database}")
    await storage.migrate()
    folder.mkdir(exist_ok=True)
    async with storage.write() as work:
        await work.topics.put([Topic("ai", "AI"), Topic("computer-vision", "Computer Vision")], from_file=True)
        catalogue = await work.topics.catalogue()
        for name, (topic_name, bar) in READERS.items():
            destination = await work.destinations.ensure(
                Address(Platform.WEB, name), title=name, locale="en", timezone="UTC", now=clock()
            )
            topic = catalogue.find(topic_name)
            assert topic is not None
            await work.subscriptions.put(Subscription(destination.id, topic.id, bar), clock())
    messenger = WebMessenger(storage, host="127.0.0.1", port=0, password=None, clock=clock)
    delivery = Delivery(storage, messenger, owner="replay", clock=clock)
    intake = Intake(storage, FolderSource("corpus", folder), RULES, clock=clock, owed=delivery.wake)
    await intake.begin()
    async with storage.read() as found:
        known = await found.sources.baselined("corpus")
    if not known:
        await intake.look()
    yield Replay(storage, intake, delivery, clock, folder)
    await storage.close()


def commits(history: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(history, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield json.loads(line)


async def messages(storage: Database) -> dict[str, list[str]]:
    """Every message each reader has in the chat, as the titles it shows, in order."""
    async with storage.read() as work:
        return {
            name: [json.dumps(line.body, sort_keys=True) for line in await work.transcripts.since(name, 0, 10_000)]
            for name in READERS
        }


def done(folder: Path) -> int:
    """How many commits a replay in this folder has done."""
    note = folder.with_suffix(".done")
    return int(note.read_text()) if note.exists() else 0


async def _main(history: Path, folder: Path, database: Path, until: int) -> None:
    async with replay(folder, database) as running:
        begin = done(folder)
        for record in commits(history):
            if begin <= record["n"] < until:
                await running.commit(record)
                half = folder.with_suffix(".half")
                half.write_text(str(record["n"] + 1))
                half.replace(folder.with_suffix(".done"))


if __name__ == "__main__":
    logs.configure("error", "text")
    asyncio.run(_main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])))
