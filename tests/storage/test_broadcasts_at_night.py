"""Broadcasts and the quiet hours of their readers: what is held, what is not, and when it leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.broadcasts import desk
from bot.model import Quiet, QuietMode, State
from bot.ports import Broadcast, Outcome, Stage, Target
from storage.database import Database
from tests.conftest import Clock
from tests.storage.newsdesk import PACE, STORY, begun, look, of, work_off
from tests.storage.queue import readers, states

MODES = (
    Quiet(0, 0, QuietMode.HOLD),
    Quiet(0, 0, QuietMode.BAR, 80),
    Quiet(0, 0, QuietMode.SILENCE),
    None,
)


async def at_night(storage: Database, clock: Clock) -> list[int]:
    """Readers in the middle of quiet hours of each kind, and one who has none."""
    found = await readers(storage, clock, len(MODES))
    since, until = clock() - timedelta(hours=1), clock() + timedelta(hours=8)
    async with storage.write() as work:
        await work.schedules.put(
            [
                replace(
                    reader, quiet=quiet, quiet_since=since if quiet else None, quiet_until=until if quiet else None
                )
                for reader, quiet in zip(found, MODES, strict=True)
            ]
        )
    return [reader.id for reader in found]


async def underway(storage: Database, clock: Clock, target: Target | None = None, *, level: int = 0) -> Broadcast:
    made = await begun(storage, clock, target, level=level)
    await look(storage, clock)
    return made


@pytest.mark.parametrize(("level", "held"), [(0, 2), (79, 2), (80, 1)])
async def test_quiet_hours_hold_a_broadcast_until_they_are_over(
    storage: Database, clock: Clock, level: int, held: int
) -> None:
    await at_night(storage, clock)
    async with storage.read() as work:
        radius = await work.broadcasts.radius(Target(), 3, clock(), level=level)
    assert (radius.recipients, radius.quiet) == (4, held)
    made = await underway(storage, clock, level=level)
    assert len(await work_off(storage, clock)) == 4 - held
    async with storage.read() as work:
        tally = await work.broadcasts.tally(made, of_update=False)
    assert (tally.sent, tally.open, tally.held) == (4 - held, held, held)
    await desk.pause(storage, await of(storage, made.id), "telegram:7", clock())
    async with storage.read() as work:
        assert (await work.broadcasts.tally(made, of_update=False)).held == 0
    await desk.resume(storage, await of(storage, made.id), "telegram:7", clock())
    assert await work_off(storage, clock) == []
    clock.forward(hours=8)
    assert len(await work_off(storage, clock)) == held
    await look(storage, clock)
    assert (await of(storage, made.id)).stage is Stage.DONE


async def test_an_urgent_one_waits_for_nobody(storage: Database, clock: Clock) -> None:
    await at_night(storage, clock)
    async with storage.write() as work:
        assert (await work.broadcasts.radius(Target(urgent=True), 3, clock(), level=0)).quiet == 0
    await underway(storage, clock, Target(urgent=True))
    assert len(await work_off(storage, clock)) == 4


async def test_what_is_sent_knows_whether_it_is_urgent(storage: Database, clock: Clock) -> None:
    async with storage.write() as work:
        made = await work.broadcasts.draft(STORY, clock(), author="telegram:7", title="Lanterns")
        said = []
        for urgent in (True, False, True):
            made, _ = await desk.aim(work, made, Target(urgent=urgent), clock())
            said.append((await work.broadcasts.payload(made)).urgent)
    assert said == [True, False, True]


async def test_who_ends_the_quiet_hours_gets_at_once_what_they_held_but_not_what_an_editor_holds(
    storage: Database, clock: Clock
) -> None:
    first, second, *_ = await at_night(storage, clock)
    made = await underway(storage, clock)
    await work_off(storage, clock)
    async with storage.write() as work:
        await work.schedules.release(first)
    assert len(await work_off(storage, clock)) == 1
    await desk.pause(storage, await of(storage, made.id), "telegram:7", clock())
    async with storage.write() as work:
        await work.schedules.release(second)
    assert await work_off(storage, clock) == []


async def test_a_copy_that_quiet_hours_caught_on_its_way_waits_for_their_end(
    storage: Database, clock: Clock
) -> None:
    held, *_ = await at_night(storage, clock)
    await underway(storage, clock, Target(urgent=True))
    async with storage.write() as work:
        claim = await work.deliveries.settle_and_claim(PACE, [], limit=9, reserved=9, now=clock())
        (caught,) = [owed for owed in claim.owed if owed.destination.id == held]
        back = Outcome(caught.id, held, State.PENDING, clock(), lease=caught.lease, held=True)
        await work.deliveries.settle_and_claim(PACE, [back], limit=0, reserved=0, now=clock())
        sent = [
            Outcome(owed.id, owed.destination.id, State.SENT, clock(), f"m{owed.id}", lease=owed.lease)
            for owed in claim.owed
            if owed is not caught
        ]
        await work.deliveries.settle_and_claim(PACE, sent, limit=0, reserved=0, now=clock())
    clock.forward(hours=7)
    assert await work_off(storage, clock) == []
    clock.forward(hours=1)
    assert len(await work_off(storage, clock)) == 1
    assert await states(storage) == {"sent": len(MODES)}
