"""`topicwire deliveries`: what became of each message to a chat, as a list and as JSON."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import call
from bot.config import Settings
from bot.errors import UsageError
from bot.messages import Payload
from bot.model import Address, Platform
from bot.reports import deliveries
from storage.database import Database
from tests.bot.stage import Stage, settled, working
from tests.conftest import Clock
from tests.storage.queue import alert, readers

R0 = Address(Platform.WEB, "r0")


async def played(storage: Database, clock: Clock) -> None:
    """One reader: an alert that was sent, then a notice that is still owed."""
    [reader] = await readers(storage, clock, 1)
    await alert(storage, clock, 1)
    async with working(storage, Stage(), clock):
        await settled(storage, clock, sent=1)
    clock.forward(minutes=5)
    async with storage.write() as work:
        payload = Payload(key="held-notice", values={"stories": 3, "chats": 2})
        await work.deliveries.notify(reader.id, payload, clock(), subject=1)


async def test_the_newest_come_first_with_what_became_of_them(storage: Database, clock: Clock) -> None:
    begun = clock()
    await played(storage, clock)
    notice, alerted = await deliveries(storage, R0, 10)
    assert (alerted["kind"], alerted["state"], alerted["what"]) == ("alert", "sent", "Story 1")
    assert alerted["owed_at"] == begun.isoformat()
    assert alerted["done_at"] >= alerted["owed_at"]
    assert alerted["message_id"] == "m1"
    assert (notice["kind"], notice["state"], notice["done_at"]) == ("notice", "pending", None)
    assert notice["what"] == "The flood guard stepped in."
    assert await deliveries(storage, R0, 1) == [notice]


async def test_an_unknown_chat_is_said_to_be_unknown(storage: Database) -> None:
    with pytest.raises(UsageError, match="web:nobody is not known"):
        await deliveries(storage, Address(Platform.WEB, "nobody"), 10)


@pytest.fixture
def topicwire(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """The command line in a folder whose database has been played with; gives exit code and output."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)

    async def play() -> None:
        storage = Database("sqlite+aiosqlite:///data/topicwire.sqlite")
        await storage.migrate()
        await played(storage, clock)
        await storage.close()

    asyncio.run(play())

    def run(*arguments: str) -> tuple[int, str]:
        code = call(["deliveries", *arguments])
        return code, capsys.readouterr().out

    return run


def test_the_list_has_one_line_for_each(topicwire: Callable[..., tuple[int, str]], clock: Clock) -> None:
    code, out = topicwire("--destination", "web:r0")
    heading, notice, alerted = out.splitlines()
    assert (code, heading.split()) == (0, ["when", "(UTC)", "kind", "state", "what"])
    assert notice == f"{clock():%Y-%m-%d %H:%M:%S}  notice     pending    The flood guard stepped in."
    assert alerted.split()[2:] == ["alert", "sent", "Story", "1"]
    assert len(topicwire("--destination", "web:r0", "--limit", "1")[1].splitlines()) == 2


def test_as_json_it_is_what_the_report_gives(topicwire: Callable[..., tuple[int, str]]) -> None:
    code, out = topicwire("--destination", "web:r0", "--json")
    assert (code, [one["state"] for one in json.loads(out)]) == (0, ["pending", "sent"])


@pytest.mark.parametrize("arguments", [("--destination", "nonsense"), ("--destination", "web:nobody")])
def test_a_wrong_destination_is_wrong_usage(
    topicwire: Callable[..., tuple[int, str]], arguments: tuple[str, ...]
) -> None:
    assert topicwire(*arguments) == (2, "")


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1000000"])
def test_a_limit_out_of_bounds_is_wrong_usage(topicwire: Callable[..., tuple[int, str]], limit: str) -> None:
    with pytest.raises(SystemExit) as ended:
        topicwire("--destination", "web:r0", "--limit", limit)
    assert ended.value.code == 2
