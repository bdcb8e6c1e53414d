"""`topicwire broadcast`: counted, confirmed, handed over; its figures, its words and its exit codes."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.broadcasts.progress import THRESHOLD
from bot.cli import call
from bot.model import Address, Platform, Subscription
from bot.ports import Broadcast, Stage
from storage.database import Database
from tests.bot.talk import publish, talk_of
from tests.conftest import Clock, in_thread

LENS = "A lens the size of a grain"
Printed = tuple[int, str, str]
Run = Callable[..., Printed]


@pytest.fixture
def url(sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with one article and one reader of its topic, and a folder of its own."""
    shutil.copy(sqlite, tmp_path / "topicwire.sqlite")
    url = f"sqlite+aiosqlite:///{tmp_path / 'topicwire.sqlite'}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)

    async def fill() -> None:
        database = Database(url)
        talk = await talk_of(database, Clock(datetime.now(UTC)))
        await publish(talk, LENS)
        await readers(database, 1)
        await database.close()

    in_thread(fill)
    return url


async def readers(database: Database, count: int) -> None:
    async with database.write() as work:
        topic = (await work.topics.catalogue()).find("face-recognition")
        assert topic is not None
        now = datetime.now(UTC)
        for number in range(count):
            address = Address(Platform.WEB, f"r{number}")
            one = await work.destinations.ensure(address, title="", locale="en", timezone="UTC", now=now)
            await work.subscriptions.put(Subscription(one.id, topic.id, 500), now)


def stored(url: str) -> list[Broadcast]:
    found: list[Broadcast] = []

    async def read() -> None:
        database = Database(url)
        async with database.read() as work:
            found.extend(await work.broadcasts.listed(9))
        await database.close()

    in_thread(read)
    return found


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def typed(*arguments: str, said: str = "") -> Printed:
        monkeypatch.setattr("sys.stdin", io.StringIO(said))
        code = call(["broadcast", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return typed


def test_a_dry_run_counts_and_sends_nothing(url: str, run: Run) -> None:
    code, out, _ = run(LENS, "--topic", "ai", "--dry-run")
    assert code == 0
    assert out.splitlines() == [LENS, "Reaches one chat", "  web: 1", "  ai: 1"]
    code, out, _ = run(LENS, "--topic", "space", "--dry-run", "--json")
    figures = json.loads(out)
    assert (code, figures["recipients"], figures["topics"]) == (0, 0, {"space": 0})
    assert set(figures) == {"article", "recipients", "platforms", "topics", "held_by_quiet_hours", "left_out"}
    assert stored(url) == []


def test_what_is_confirmed_runs_and_is_noted(url: str, run: Run) -> None:
    code, _, err = run(LENS, "--all")
    assert (code, "Broadcast 1 has begun" in err) == (0, True)
    (found,) = stored(url)
    assert (found.stage, found.author, found.total) == (Stage.RUNNING, "command line", 1)


def test_many_are_asked_for_first(url: str, run: Run) -> None:
    async def more() -> None:
        database = Database(url)
        await readers(database, THRESHOLD)
        await database.close()

    asyncio.run(more())
    code, _, err = run(LENS, "--all", said="no\n")
    assert (code, "Not sent." in err) == (1, True)
    assert f"Type SEND to send it to {THRESHOLD} chats" in err
    assert stored(url) == []
    assert run(LENS, "--all", said="SEND\n")[0] == 0
    assert run(LENS, "--all", "--again", "--yes")[0] == 0
    assert [found.stage for found in stored(url)] == [Stage.RUNNING] * 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nothing", "--all"), "No article 'nothing'"),
        ((LENS, "--topic", "oceans"), "No topic 'oceans'"),
        ((LENS, "--topic", "space"), "Nobody would get it now"),
    ],
)
@pytest.mark.usefixtures("url")
def test_what_cannot_be_sent_is_wrong_usage(run: Run, arguments: tuple[str, ...], words: str) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert words in err


@pytest.mark.usefixtures("url")
def test_an_audience_has_to_be_named(run: Run) -> None:
    with pytest.raises(SystemExit) as ended:
        run(LENS)
    assert ended.value.code == 2
