"""A database moves to another server with all that is in it, and the program goes on there."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.errors import StorageError
from bot.model import Address, Platform
from storage.database import Database
from storage.moving import bring
from storage.tables import leases, metadata
from tests.bot.stage import Stage, settled, working
from tests.conftest import Clock
from tests.storage.queue import alert, readers


@pytest.fixture
def target(tmp_path: Path, blank: str) -> str:
    """The URL of a database without tables: on SQLite, and on PostgreSQL."""
    return blank.replace(str(tmp_path), str(tmp_path / "new"))


async def content(storage: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the leases, which end with their processes."""
    async with storage.reading() as connection:
        return {
            table.name: sorted(map(tuple, await connection.execute(select(table))), key=str)
            for table in metadata.sorted_tables
            if table is not leases
        }


async def filled(storage: Database, clock: Clock) -> None:
    """Two readers were told a story and are owed another; one of them is parked."""
    await readers(storage, clock, 2)
    await alert(storage, clock, 1)
    async with working(storage, Stage(), clock):
        await settled(storage, clock, sent=2)
    await alert(storage, clock, 2)
    async with storage.write() as work:
        await work.destinations.park(1, "blocked", clock())
        await work.sources.looked("news", clock(), baselined=True)


async def test_all_moves_and_sending_goes_on_there_with_no_repeat_and_no_loss(
    storage: Database, target: str, clock: Clock
) -> None:
    await filled(storage, clock)
    before = await content(storage)
    new = Database(target)
    copied = await bring(storage, new, clock())
    assert copied == {name: len(rows) for name, rows in before.items()}
    assert await content(new) == before
    assert await content(storage) == before, "the old one stays as it was"
    stage = Stage()
    await alert(new, clock, 1)  # known there, too
    async with working(new, stage, clock):
        await settled(new, clock, sent=3, parked=1)
    assert [(chat, title) for chat, title, _ in stage.sent] == [("r1", "Story 2")]
    async with new.write() as work:
        made = await work.destinations.ensure(
            Address(Platform.WEB, "later"), title="", locale="en", timezone="UTC", now=clock()
        )
    assert made.id == 3, "ids are counted on"
    await new.close()


async def test_what_is_not_empty_is_left_alone(storage: Database, target: str, clock: Clock) -> None:
    await filled(storage, clock)
    new = Database(target)
    await new.migrate()
    await readers(new, clock, 1)
    before = await content(new)
    with pytest.raises(StorageError, match="is not empty, so nothing was brought in"):
        await bring(storage, new, clock())
    assert await content(new) == before
    await new.close()


async def test_a_database_that_is_in_use_is_not_moved(storage: Database, target: str, clock: Clock) -> None:
    async with storage.write() as work:
        await work.leases.take("upkeep", "host/1", 10, clock())
    new = Database(target)
    with pytest.raises(StorageError, match=r"A process still works on .*: host/1\. Stop it first"):
        await bring(storage, new, clock())
    clock.forward(seconds=11)
    await bring(storage, new, clock())
    async with new.reading() as connection:
        assert await connection.scalar(select(func.count()).select_from(leases)) == 0
    await new.close()


async def test_a_wrong_address_is_said_to_be_wrong_and_nothing_is_made_there(clock: Clock, tmp_path: Path) -> None:
    source, new = (Database(f"sqlite+aiosqlite:///{tmp_path / name}") for name in ("wrong.sqlite", "new.sqlite"))
    with pytest.raises(StorageError, match=r"no database of Topicwire at .*wrong\.sqlite"):
        await bring(source, new, clock())
    await asyncio.gather(source.close(), new.close())
    assert list(tmp_path.iterdir()) == []
