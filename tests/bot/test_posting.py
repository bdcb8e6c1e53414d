"""`topicwire broadcast` and `broadcasts`: counted, confirmed, handed over, changed; figures, words, exit codes."""

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
        code = call([*([] if arguments[0] == "broadcasts" else ["broadcast"]), *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return typed


def test_a_dry_run_counts_and_sends_nothing(url: str, run: Run) -> None:
    code, out, _ = run(LENS, "--topic", "ai", "--dry-run")
    assert code == 0
    assert out.splitlines()[:-1] == [LENS, "Reaches one chat", "  web: 1", "  ai: 1"]
    assert out.splitlines()[-1].startswith("Takes less than a minute")
    code, out, _ = run(LENS, "--topic", "space", "--dry-run", "--json")
    figures = json.loads(out)
    assert (code, figures["recipients"], figures["topics"]) == (0, 0, {"space": 0})
    counted = {"recipients", "platforms", "topics", "held_by_quiet_hours", "left_out", "seconds"}
    assert set(figures) == {"broadcast", "article"} | counted
    assert figures["broadcast"] is None
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
        ((LENS, "--all", "--language", "xx"), "No chat has the language 'xx'. There are: en."),
        ((LENS, "--all", "--at", "2020-01-01T09:00Z"), "is over already"),
        (("broadcasts", "7"), "No broadcast 7."),
        (("broadcasts", "7", "recall", "--yes"), "No broadcast 7."),
    ],
)
@pytest.mark.usefixtures("url")
def test_what_cannot_be_sent_is_wrong_usage(run: Run, arguments: tuple[str, ...], words: str) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert words in err


def test_of_several_articles_none_is_guessed(url: str, run: Run) -> None:
    async def more() -> None:
        database = Database(url)
        await publish(await talk_of(database, Clock(datetime.now(UTC))), f"{LENS} of salt")
        await database.close()

    asyncio.run(more())
    code, _, err = run("lens", "--all")
    assert (code, "may mean several articles" in err) == (2, True)
    assert run(LENS, "--all", "--dry-run")[0] == 0


def test_what_was_begun_there_is_planned_listed_changed_and_taken_back_there(url: str, run: Run) -> None:
    code, out, _ = run(LENS, "--all", "--platform", "web", "--at", "2090-01-01T09:00", "--json")
    assert (code, json.loads(out)["broadcast"]) == (0, 1)
    code, out, _ = run("broadcasts", "1", "pause")
    assert (code, out) == (1, "")
    code, out, _ = run("broadcasts", "1", "cancel", "--json")
    shown = json.loads(out)
    assert (code, shown["stage"], [deed["what"] for deed in shown["trail"]]) == (
        0,
        "cancelled",
        ["schedule", "cancel"],
    )
    assert run(LENS, "--all")[0] == 0
    assert "paused" in run("broadcasts", "2", "pause")[1]
    assert [line.split()[0] for line in run("broadcasts")[1].splitlines()] == ["2", "1"]
    code, _, err = run("broadcasts", "2", "recall", said="no\n")
    assert (code, "Type RECALL to take back 0 messages" in err) == (1, True)
    code, out, _ = run("broadcasts", "2", "recall", said="RECALL\n")
    assert (code, [found.stage for found in stored(url)]) == (0, [Stage.RECALLING, Stage.CANCELLED])


@pytest.mark.usefixtures("url")
def test_an_audience_has_to_be_named(run: Run) -> None:
    with pytest.raises(SystemExit) as ended:
        run(LENS)
    assert ended.value.code == 2
