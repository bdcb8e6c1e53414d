"""A worker with nothing to do hears of work at once, and asks the database no more often than it must."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, update

from bot.lookout import ANYWAY, Lookout
from bot.model import Platform
from storage.database import Database
from storage.tables import deliveries, tokens
from tests.conftest import Clock
from tests.storage.queue import alert, readers


class Time:
    """The monotonic clock."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def lookout(storage: Database, time: Time) -> Lookout:
    return Lookout(storage, time)


@contextmanager
def counted(storage: Database) -> Iterator[list[str]]:
    """The statements that are asked meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    engine = storage._reader.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


async def test_what_is_owed_is_heard_of_by_its_platform_alone(
    storage: Database, clock: Clock, lookout: Lookout
) -> None:
    assert not await lookout.called(Platform.WEB, clock())
    await readers(storage, clock, 1)
    await alert(storage, clock, 1)
    assert await lookout.called(Platform.WEB, clock())
    assert not await lookout.called(Platform.DISCORD, clock())


async def test_where_nobody_wrote_a_file_is_not_asked_again_and_a_server_each_time(
    storage: Database, clock: Clock, lookout: Lookout
) -> None:
    with counted(storage) as asked:
        for _ in range(5):
            for platform in Platform:
                assert not await lookout.called(platform, clock())
        assert len(asked) == (1 if storage.sqlite else 5 * len(Platform))
        await readers(storage, clock, 1)
        before = len(asked)
        await lookout.called(Platform.WEB, clock())
        assert len(asked) == before + 1


async def test_a_file_is_asked_now_and_then_all_the_same(
    storage: Database, clock: Clock, lookout: Lookout, time: Time
) -> None:
    await lookout.called(Platform.WEB, clock())
    time.now = ANYWAY
    with counted(storage) as asked:
        await lookout.called(Platform.WEB, clock())
    assert len(asked) == 1


async def test_what_was_put_off_is_heard_of_when_its_moment_comes(
    storage: Database, clock: Clock, lookout: Lookout
) -> None:
    await readers(storage, clock, 1)
    await alert(storage, clock, 1)
    later = clock() + timedelta(minutes=3)
    async with storage.write() as work:
        await work._connection.execute(update(deliveries).values(due_at=later))
    assert not await lookout.called(Platform.WEB, clock())
    assert await lookout.called(Platform.WEB, later)


async def test_a_rate_that_recovers_wants_claims(storage: Database, clock: Clock, lookout: Lookout) -> None:
    async with storage.write() as work:
        values = {"platform": Platform.DISCORD, "tat": 0.0, "factor": 0.5}
        await work._connection.execute(tokens.insert().values(values))
    assert await lookout.called(Platform.DISCORD, clock())
    assert not await lookout.called(Platform.WEB, clock())
