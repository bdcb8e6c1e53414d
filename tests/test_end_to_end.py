"""The program as an operator runs it: a process of its own, a folder, a Bot API server, signals."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from adapters.sources.samples import SampleFolder
from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.emulators.telegram_rules import Rules

ROOT = Path(__file__).parents[1]
ANN = 501


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator(rules=Rules(rates="record")) as emulator:
        yield emulator


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A working folder with the sample articles, freshly dated."""
    SampleFolder(ROOT / "samples", tmp_path / "articles").prepare(datetime.now(UTC))
    return tmp_path


@asynccontextmanager
async def topicwire(
    home: Path, telegram: TelegramEmulator, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`topicwire run` until it is ready; its log is in `log.txt`."""
    environment = {
        "PATH": os.environ["PATH"],
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram.root,
        "ARTICLES": "articles",
        "TOPICS": str(ROOT / "samples" / "topics"),
        "WEB_PORT": "0",
        **settings,
    }
    with (home / "log.txt").open("a") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=home, env={**environment, "PYTHONPATH": str(ROOT)}, stderr=log
        )
        try:
            async with asyncio.timeout(20):
                while "] ready " not in (home / "log.txt").read_text():
                    assert process.returncode is None, (home / "log.txt").read_text()
                    await asyncio.sleep(0.05)
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


async def publish(home: Path, number: int, quality: int = 120) -> str:
    """Write the next of the later samples on computer vision; returns its title."""
    folder = SampleFolder(ROOT / "samples", home / "articles")
    samples = [sample for sample in folder.later() if "Computer Vision" in sample.topics]
    sample = samples[number]
    await asyncio.to_thread(folder.publish, sample.path, datetime.now(UTC), quality)
    return sample.title


async def recorded(home: Path) -> None:
    """Wait until the outcome of everything sent is in the database."""
    with closing(sqlite3.connect(home / "data" / "topicwire.sqlite")) as database:
        async with asyncio.timeout(5):
            while database.execute("SELECT count(*) FROM deliveries WHERE state <> 'sent'").fetchone() != (0,):
                await asyncio.sleep(0.02)


async def test_an_article_lands_and_the_right_people_are_told(home: Path, telegram: TelegramEmulator) -> None:
    async with topicwire(home, telegram) as process:
        await telegram.say(ANN, "/subscribe computer-vision 70")
        await telegram.say(ANN + 1, "/subscribe computer-vision 150")
        await telegram.wait_for(2, timeout=10)
        titles = [await publish(home, 0)]
        begun = time.monotonic()
        alert = await telegram.wait_for(lambda sent: titles[0] in sent.text, timeout=5)
        print(f"\nfile to message: {(time.monotonic() - begun) * 1000:.0f} ms")
        assert alert.chat_id == ANN
        assert alert.labels
        await telegram.press(alert, "Why this?")
        await telegram.wait_for(lambda sent: "✓" in sent.text, timeout=5)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            assert await process.wait() == 0
    assert not telegram.refused
    assert not [sent for sent in telegram.sent if sent.chat_id == ANN + 1 and titles[0] in sent.text]
    assert TOKEN not in (home / "log.txt").read_text()


async def test_news_of_a_downtime_arrives_once_and_the_old_does_not(home: Path, telegram: TelegramEmulator) -> None:
    async with topicwire(home, telegram) as process:
        await telegram.say(ANN, "/subscribe computer-vision 70")
        await telegram.wait_for(1, timeout=10)
        first = await publish(home, 0)
        await telegram.wait_for(lambda sent: first in sent.text, timeout=5)
        await recorded(home)  # killed before that, it could be sent twice: the bound of what is in flight
        process.kill()
        await process.wait()
    second = await publish(home, 1)
    (home / "log.txt").unlink()
    async with topicwire(home, telegram):
        await telegram.wait_for(lambda sent: second in sent.text, timeout=10)
        third = await publish(home, 2)
        await telegram.wait_for(lambda sent: third in sent.text, timeout=5)
    alerts = [sent.text for sent in telegram.sent if sent.labels and "Why this?" in sent.labels]
    for title in (first, second, third):
        assert sum(title in text for text in alerts) == 1
    assert len(alerts) == 3
    assert not telegram.refused


async def test_bad_files_and_strangers_delay_nothing(home: Path, telegram: TelegramEmulator) -> None:
    async with topicwire(home, telegram):
        await telegram.say(ANN, "/subscribe computer-vision 70")
        await telegram.wait_for(1, timeout=10)
        for file in sorted((ROOT / "samples" / "hostile").glob("*.md")):
            shutil.copy(file, home / "articles" / file.name)
        (home / "articles" / "huge.md").write_bytes(b"---\ntitle: x\n" + b"a" * 10_000_000)
        for number, text in enumerate(
            (
                "/subscribe " + "x" * 4000,
                "/why ' OR 1=1 --",
                "\u202eمرحبا 🤖",
                "/quality ai -5",
                "/nonsense",
            )
        ):
            await telegram.say(ANN + 10 + number, text)
        title = await publish(home, 3)
        alert = await telegram.wait_for(lambda sent: title in sent.text, timeout=15)
        assert alert.chat_id == ANN
    assert not telegram.refused
    log = (home / "log.txt").read_text()
    assert "Traceback" not in log
    assert "huge.md" in log


def parked(home: Path) -> int:
    with closing(sqlite3.connect(home / "data" / "topicwire.sqlite", timeout=10)) as database:
        return int(database.execute("SELECT count(*) FROM destinations WHERE parked IS NOT NULL").fetchone()[0])


async def test_a_blocked_bot_parks_the_chat_and_wakes_when_it_returns(
    home: Path, telegram: TelegramEmulator
) -> None:
    async with topicwire(home, telegram):
        await telegram.say(ANN, "/subscribe computer-vision 70")
        await telegram.wait_for(1, timeout=10)
        telegram.block(ANN)
        title = await publish(home, 4)
        await telegram.wait_until(lambda: bool(telegram.failed), timeout=10)
        async with asyncio.timeout(20):  # she comes back once that is recorded
            while not parked(home):
                await asyncio.sleep(0.05)
        await telegram.member(ANN, "kicked", "member")
        await telegram.wait_for(lambda sent: title in sent.text, timeout=10)
    assert not telegram.refused


async def test_machines_see_how_it_is_and_that_it_mends_itself(home: Path, telegram: TelegramEmulator) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with (
        topicwire(home, telegram, WEB_PORT=str(port), POLL_SECONDS="1"),
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client,
    ):
        assert (await client.get("/readyz")).text == "ready\n"
        await telegram.say(ANN, "/subscribe computer-vision 70")
        await telegram.wait_for(1, timeout=10)
        title = await publish(home, 0)
        await telegram.wait_for(lambda sent: title in sent.text, timeout=5)
        await recorded(home)
        lines = (await client.get("/metrics")).text.splitlines()
        assert 'topicwire_sends_total{kind="alert",platform="telegram",state="sent"} 1.0' in lines
        assert 'topicwire_file_to_sent_seconds_count{platform="telegram"} 1.0' in lines
        for lease in ("source articles", "conversation telegram", "upkeep"):
            assert [line for line in lines if line.startswith("topicwire_lease") and f'lease="{lease}"' in line]
        (home / "articles").rename(home / "away")
        await answers(client, "/readyz", 503, "source articles: ")
        (home / "away").rename(home / "articles")
        await answers(client, "/readyz", 200, "ready")
        assert (await client.get("/healthz")).text == "ok\n"


async def answers(client: httpx.AsyncClient, path: str, status: int, beginning: str) -> None:
    """Wait until this is the answer."""
    async with asyncio.timeout(10):
        while True:
            answer = await client.get(path)
            if answer.status_code == status and answer.text.startswith(beginning):
                return
            await asyncio.sleep(0.05)


async def test_a_wrong_token_ends_the_program_with_the_next_step(home: Path, telegram: TelegramEmulator) -> None:
    with pytest.raises(AssertionError, match="TELEGRAM_TOKEN"):
        async with topicwire(home, telegram, TELEGRAM_TOKEN="99:wrong"):
            pass
    assert "99:wrong" not in (home / "log.txt").read_text()
