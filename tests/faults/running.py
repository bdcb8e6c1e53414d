"""The application at work in the process of a test, with one reader on Telegram."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from bot import runner
from bot.bootstrap import Application, application, utc_now
from bot.config import Settings
from bot.model import Topic
from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.faults.fleet import ARTICLE

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
