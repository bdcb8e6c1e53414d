"""The digest round over the real storage: exactly once, through pauses, downtime, faults and two owners."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.digests import write_digests
from bot.digests.arranging import arranged
from bot.digests.rounds import make_round
from bot.model import Address, Destination, Kind, Platform, Schedule, Subscription
from bot.ports import Work
from storage.database import Database
from storage.tables import deliveries
from tests.bot.newsroom import Newsroom, article, newsroom
from tests.conftest import Clock

WIDEST = timedelta(minutes=10)


@pytest.fixture
async def room(storage: Database, clock: Clock) -> Newsroom:
    clock.now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    return await newsroom(storage, clock)


async def reader(room: Newsroom, name: str, schedule: Schedule | None = None, zone: str = "UTC") -> Destination:
    """Somebody who takes everything on AI in a digest, at 08:00 unless said otherwise."""
    made = await room.reader(name)
    async with room.storage.write() as work:
        topic = (await work.topics.catalogue()).find("ai")
        assert topic
        await work.subscriptions.put(Subscription(made.id, topic.id, None, 0), room.clock())
        after = arranged(made, schedule or Schedule(480), zone, room.clock()).destination
        await work.schedules.put([after])
    return after


async def ticks(room: Newsroom, until: datetime, *, step: timedelta = timedelta(minutes=1)) -> None:
    """A round whenever something is due, as the minute tick would."""
    while True:
        async with room.storage.read() as work:
            due = [d.digest_due for d in await work.destinations.all() if d.digest_due]
        coming = min(due, default=until)
        if coming > until:
            room.clock.now = until
            return
        room.clock.now = max(coming, room.clock() + step)
        await make_round(room.storage, room.clock(), widest=WIDEST, written=lambda: None)


async def written(room: Newsroom) -> list[tuple[str, int]]:
    """(reader, date) of every digest in the outbox."""
    async with room.storage.read() as work:
        names = {d.id: d.address.chat for d in await work.destinations.all()}
        rows = await work._connection.execute(
            select(deliveries.c.destination_id, deliveries.c.subject).where(deliveries.c.kind == Kind.DIGEST)
        )
        return sorted((names[row.destination_id], row.subject) for row in rows)


async def news(room: Newsroom, number: int) -> None:
    """One new story, whatever came before."""
    await room.files(
        article(
            f"{number}.md",
            title=f"Numbered{number} words{number * 7} that{number * 11} nobody{number * 13} used",
            url=f"https://{number}.example/story",
            published_at=room.clock(),
            topics=("AI",),
        )
    )


async def test_a_digest_and_its_next_date_are_one_step(room: Newsroom) -> None:
    before = await reader(room, "ann")
    await news(room, 1)
    await ticks(room, datetime(2026, 11, 27, 8, tzinfo=UTC))
    assert await written(room) == [("ann", 20261127)]
    async with room.storage.read() as work:
        after = await work.destinations.get(before.address)
    assert after
    assert after.digest_due == datetime(2026, 11, 28, 8, tzinfo=UTC)
    assert after.digest_on == date(2026, 11, 27)
    assert after.digest_since == datetime(2026, 11, 27, 8, tzinfo=UTC)


async def test_a_digest_that_was_rolled_back_is_not_shared_with_those_who_come_after(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, ben = [await reader(room, name) for name in ("ann", "ben")]
    await news(room, 1)
    async with room.storage.write() as work:  # so that nothing is written in the unit of work after the fault
        await work.destinations.pause(ann.id, datetime(2026, 11, 28, tzinfo=UTC), room.clock())
    faults = [RuntimeError("after the rows were written")]

    async def failing_once(work: Work, due: Sequence[Any], *rest: Any) -> dict[int, int]:
        found = await write_digests(work, due, *rest)
        if faults:
            raise faults.pop()
        return found

    monkeypatch.setattr("bot.digests.rounds.write_digests", failing_once)
    await ticks(room, datetime(2026, 11, 27, 8, tzinfo=UTC))
    async with room.storage.read() as work:
        [record] = await work.deliveries.of(ben.id, 9)
    assert record.payload
    assert [mention.story_id for mention in record.payload.mentions] == [1]


async def test_an_empty_day_is_silent_and_settled_all_the_same(room: Newsroom) -> None:
    ann = await reader(room, "ann")
    await ticks(room, datetime(2026, 11, 27, 8, tzinfo=UTC))
    assert await written(room) == []
    async with room.storage.read() as work:
        after = await work.destinations.get(ann.address)
    assert after
    assert after.digest_on == date(2026, 11, 27)


@pytest.mark.parametrize("why", ["paused", "parked", "barred"])
async def test_a_chat_that_gets_nothing_skips_the_day_and_does_not_owe_it(room: Newsroom, why: str) -> None:
    ann = await reader(room, "ann")
    await news(room, 1)
    async with room.storage.write() as work:
        match why:
            case "paused":
                await work.destinations.pause(ann.id, datetime(2026, 11, 27, 9, tzinfo=UTC), room.clock())
            case "parked":
                await work.destinations.park(ann.id, "blocked", room.clock())
            case _:
                await work.access.enforce(room.clock(), invited_only=True, admins=())
    await ticks(room, datetime(2026, 11, 27, 9, tzinfo=UTC))
    async with room.storage.write() as work:
        await work.destinations.wake(ann.id)
        await work.access.enforce(room.clock(), invited_only=False, admins=())
    await ticks(room, datetime(2026, 11, 28, 7, tzinfo=UTC))
    assert await written(room) == []
    await news(room, 2)
    await ticks(room, datetime(2026, 11, 28, 9, tzinfo=UTC))
    assert await written(room) == [("ann", 20261128)]


async def test_after_days_without_us_there_is_one_digest_that_says_from_when_on(room: Newsroom) -> None:
    await reader(room, "ann")
    await news(room, 1)
    room.clock.now = datetime(2026, 11, 29, 3, tzinfo=UTC)
    await make_round(room.storage, room.clock(), widest=WIDEST, written=lambda: None)
    assert await written(room) == []  # today's is still to come
    await ticks(room, datetime(2026, 11, 29, 8, tzinfo=UTC))
    assert await written(room) == [("ann", 20261129)]
    async with room.storage.read() as work:
        ann = await work.destinations.get(Address(Platform.WEB, "ann"))
        assert ann
        payload = (await work.deliveries.of(ann.id, 9))[0].payload
    assert payload
    assert payload.values["late"] == "2026-11-27"


async def test_a_fault_between_writing_and_moving_on_undoes_both_and_costs_nobody_else(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a process killed there leaves behind is what a rolled back transaction does: nothing."""
    _, ben, _ = [await reader(room, name) for name in ("ann", "ben", "cara")]
    await news(room, 1)

    async def failing(work: Work, due: Sequence[Any], *rest: Any) -> dict[int, int]:
        found = await write_digests(work, due, *rest)
        if any(one.reader == ben.id for one in due):
            raise RuntimeError("after the rows were written")
        return found

    monkeypatch.setattr("bot.digests.rounds.write_digests", failing)
    await make_round(room.storage, datetime(2026, 11, 27, 8, tzinfo=UTC), widest=WIDEST, written=lambda: None)
    assert await written(room) == [("ann", 20261127), ("cara", 20261127)]
    monkeypatch.undo()
    await make_round(room.storage, datetime(2026, 11, 27, 8, 1, tzinfo=UTC), widest=WIDEST, written=lambda: None)
    assert await written(room) == [("ann", 20261127), ("ben", 20261127), ("cara", 20261127)]


async def test_two_owners_at_once_write_each_digest_once(room: Newsroom) -> None:
    for number in range(30):
        await reader(room, f"r{number:02}")
    await news(room, 1)
    now = datetime(2026, 11, 27, 8, tzinfo=UTC)
    await asyncio.gather(*(make_round(room.storage, now, widest=WIDEST, written=lambda: None) for _ in range(3)))
    assert await written(room) == [(f"r{number:02}", 20261127) for number in range(30)]


async def test_a_date_that_was_written_is_not_written_again_even_if_it_were_forgotten_that_it_was(
    room: Newsroom,
) -> None:
    ann = await reader(room, "ann")
    await news(room, 1)
    await ticks(room, datetime(2026, 11, 27, 8, tzinfo=UTC))
    await news(room, 2)
    async with room.storage.write() as work:
        await work.schedules.put([ann])  # as it was before
    await ticks(room, datetime(2026, 11, 27, 8, 5, tzinfo=UTC))
    assert await written(room) == [("ann", 20261127)]


async def test_the_first_pages_messages_are_announced_before_the_rest_is_written(room: Newsroom) -> None:
    for number in range(25):
        await reader(room, f"r{number:02}")
    await news(room, 1)
    seen: list[int] = []
    await make_round(
        room.storage, datetime(2026, 11, 27, 8, tzinfo=UTC), widest=WIDEST, written=lambda: seen.append(1)
    )
    assert len(seen) == 2
    assert len(await written(room)) == 25


async def test_a_fortnight_of_readers_in_odd_zones_through_the_database(room: Newsroom) -> None:
    """The clocks of New York and Havana go back, those of Morocco and Lord Howe differ by odd amounts."""
    room.clock.now = begin = datetime(2026, 10, 23, 21, 10, tzinfo=UTC)
    wishes = {
        "America/New_York": Schedule(30),
        "America/Havana": Schedule(15),
        "Europe/Berlin": Schedule(150),
        "Australia/Lord_Howe": Schedule(120, 31),
        "Asia/Kathmandu": Schedule(1439, 1 << 5),
    }
    for zone, schedule in wishes.items():
        await reader(room, zone, schedule, zone)
    for day in range(14):
        await news(room, day)
        await ticks(room, begin + timedelta(days=day + 1))
    got = await written(room)
    for zone, schedule in wishes.items():
        dates = [datetime.strptime(str(on), "%Y%m%d").date() for name, on in got if name == zone]  # noqa: DTZ007
        print(f"{zone:22} {' '.join(f'{on:%d}' for on in dates)}")
        assert len(dates) == len(set(dates))
        span = [date(2026, 10, 25) + timedelta(days=n) for n in range(12)]
        assert [on for on in dates if on in span] == [d for d in span if schedule.days >> d.weekday() & 1]


async def test_a_zone_that_was_abolished_counts_as_utc(room: Newsroom) -> None:
    async with room.storage.write() as work:
        made = await work.destinations.ensure(
            Address(Platform.WEB, "zed"), title="", locale="en", timezone="Mars/Olympus", now=room.clock()
        )
        await work.schedules.put([arranged(made, Schedule(480), "Mars/Olympus", room.clock()).destination])
    await ticks(room, datetime(2026, 11, 27, 8, tzinfo=UTC))
    async with room.storage.read() as work:
        after = await work.destinations.get(Address(Platform.WEB, "zed"))
    assert after
    assert after.digest_due == datetime(2026, 11, 28, 8, tzinfo=UTC)
