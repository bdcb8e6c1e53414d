"""What tests of broadcasts in the database share: one that is running, and a worker that sends what may leave."""

from __future__ import annotations

import pytest

from bot.broadcasts import course, desk
from bot.messages import Card, Payload
from bot.model import Kind, Platform, State
from bot.ports import Broadcast, Outcome, Pace, Target
from storage.database import Database
from tests.conftest import Clock

CARD = Card(5, 3, "Lanterns", "https://harbour.example/lanterns")
STORY = Payload(cards=(CARD,))
PACE = Pace(Platform.WEB, "w", rate=10_000, lease=15, horizon=5)


async def begun(storage: Database, clock: Clock, target: Target | None = None, *, level: int = 0) -> Broadcast:
    """A broadcast of story 3 by article 5, running."""
    async with storage.write() as work:
        draft = await work.broadcasts.draft(
            STORY,
            clock(),
            author="telegram:7",
            title="Lanterns",
            article_id=5,
            story_id=3,
            level=level,
            target=target,
        )
        radius = await work.broadcasts.radius(draft.target, 3, clock(), level=level)
        await desk.send(work, draft, "telegram:7", clock(), recipients=radius.recipients)
    return draft


async def look(storage: Database, clock: Clock) -> None:
    await course.look(storage, clock(), admins=(), trusted=lambda _: True)


async def of(storage: Database, number: int) -> Broadcast:
    async with storage.read() as work:
        found = await work.broadcasts.get(number)
    assert found is not None
    return found


async def work_off(storage: Database, clock: Clock, count: int = 1000, state: State = State.SENT) -> list[Kind]:
    """Send what may leave now, at most `count`; the kinds that left."""
    async with storage.write() as work:
        claim = await work.deliveries.settle_and_claim(PACE, [], limit=count, reserved=count, now=clock())
    clock.forward(seconds=2)
    outcomes = [
        Outcome(o.id, o.destination.id, state, clock(), o.message_id or f"m{o.id}", lease=o.lease)
        for o in claim.owed
    ]
    async with storage.write() as work:
        await work.deliveries.settle_and_claim(PACE, outcomes, limit=0, reserved=0, now=clock())
    return [o.kind for o in claim.owed]


async def finish(storage: Database, clock: Clock, number: int) -> Broadcast:
    for _ in range(12):
        await look(storage, clock)
        await work_off(storage, clock)
        found = await of(storage, number)
        if found.finished_at is not None:
            return found
    pytest.fail(f"not at an end: {found}")
