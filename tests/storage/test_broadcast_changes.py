"""Copies that were sent are changed: recalls, corrections, retractions, and one message that is edited in place."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.broadcasts import desk
from bot.broadcasts.desk import Elsewhere, NoCopies
from bot.messages import Payload
from bot.model import Admission, Kind, Priority, State
from bot.ports import Outcome, Stage, Target
from storage.broadcasts import SqlBroadcasts
from storage.database import Database
from storage.tables import deliveries
from tests.conftest import Clock
from tests.storage.newsdesk import PACE, begun, finish, look, of, work_off
from tests.storage.queue import alert, readers, states


async def updates(storage: Database) -> list[tuple[str, int, str]]:
    async with storage.read() as work:
        query = select(deliveries).where(deliveries.c.kind == Kind.UPDATE).order_by(deliveries.c.id)
        rows = (await work._connection.execute(query)).all()
    assert all(row.priority == Priority.UPDATE for row in rows)
    return [(row.message_id, row.part, row.state) for row in rows]


async def test_a_recall_in_the_middle_reaches_every_copy_also_those_on_their_way(
    storage: Database, clock: Clock
) -> None:
    await readers(storage, clock, 6)
    made = await begun(storage, clock)
    await look(storage, clock)
    await work_off(storage, clock, 2)
    async with storage.write() as work:
        flying = await work.deliveries.settle_and_claim(PACE, [], limit=2, reserved=2, now=clock())
    assert await desk.recall(storage, await of(storage, made.id), "telegram:7", clock()) == 2
    await look(storage, clock)
    outcomes = [
        Outcome(o.id, o.destination.id, State.SENT, clock(), f"late{o.id}", lease=o.lease) for o in flying.owed
    ]
    async with storage.write() as work:
        await work.deliveries.settle_and_claim(PACE, outcomes, limit=0, reserved=0, now=clock())
    found = await finish(storage, clock, made.id)
    assert found.stage is Stage.RECALLED
    changed = await updates(storage)
    assert [state for _, _, state in changed] == ["sent"] * 4
    assert len({message for message, _, _ in changed}) == 4
    assert Counter(await states(storage)) == {"sent": 8, "cancelled": 2}


async def test_a_recall_waits_for_the_rows_that_are_being_written(
    storage: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await readers(storage, clock, 6)
    made = await begun(storage, clock)
    await look(storage, clock)
    await work_off(storage, clock, 6)
    running = await of(storage, made.id)
    advance = SqlBroadcasts.advance
    recalls: list[asyncio.Future[int]] = []

    async def advance_while_recalled(self: SqlBroadcasts, *given: Any, **options: Any) -> int:
        if not recalls:
            recalls.append(asyncio.ensure_future(desk.recall(storage, running, "telegram:7", clock())))
            await asyncio.wait(recalls, timeout=0.2)  # long enough to be first, where nothing held it up
        return await advance(self, *given, **options)

    monkeypatch.setattr(SqlBroadcasts, "advance", advance_while_recalled)
    async with storage.write() as work:
        await work.broadcasts.step(made.id, [Stage.RUNNING], Stage.RUNNING, clock(), spread=False)
    await look(storage, clock)
    assert await recalls[0] == 6
    assert (await finish(storage, clock, made.id)).stage is Stage.RECALLED
    assert [state for _, _, state in await updates(storage)] == ["sent"] * 6


async def test_a_corrected_broadcast_can_be_recalled_and_each_change_counts_for_itself(
    storage: Database, clock: Clock
) -> None:
    await readers(storage, clock, 3)
    made = await begun(storage, clock)
    await finish(storage, clock, made.id)
    corrected = Payload(key="broadcast-withdrawn")
    assert await desk.correct(storage, await of(storage, made.id), corrected, "telegram:7", clock()) == 3
    with pytest.raises(Elsewhere):
        await desk.correct(storage, await of(storage, made.id), corrected, "telegram:7", clock())
    assert (await finish(storage, clock, made.id)).stage is Stage.DONE
    assert await desk.recall(storage, await of(storage, made.id), "telegram:7", clock()) == 3
    assert (await finish(storage, clock, made.id)).stage is Stage.RECALLED
    assert sorted(part for _, part, _ in await updates(storage)) == [1, 1, 1, 2, 2, 2]
    with pytest.raises(Elsewhere):
        await desk.recall(storage, await of(storage, made.id), "telegram:7", clock())
    async with storage.read() as work:
        trail = [(deed.what, deed.count) for deed in await work.broadcasts.trail(made.id)]
    assert trail == [("send", 3), ("finish", 3), ("correct", 3), ("corrected", 3), ("recall", 3), ("recalled", 3)]


@pytest.mark.parametrize("closed", ["paused", "paused later", "banned", "banned later"])
async def test_a_recall_ends_where_chats_are_paused_or_banned(storage: Database, clock: Clock, closed: str) -> None:
    first = (await readers(storage, clock, 3))[0]
    made = await begun(storage, clock)
    await finish(storage, clock, made.id)

    async def close() -> None:
        async with storage.write() as work:
            if closed.startswith("paused"):
                await work.destinations.pause(first.id, clock() + timedelta(days=300), clock())
            else:
                await work.access.put(first.address, Admission.BANNED, clock())

    if not closed.endswith("later"):
        await close()
    await desk.recall(storage, await of(storage, made.id), "telegram:7", clock())
    await look(storage, clock)
    if closed.endswith("later"):
        await close()
    assert (await finish(storage, clock, made.id)).stage is Stage.RECALLED
    reached = 3 if closed.startswith("paused") else 2  # a change makes no noise; a banned chat is left alone
    assert [state for _, _, state in await updates(storage)].count("sent") == reached


async def test_a_copy_that_is_gone_ends_the_recall_all_the_same(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 2)
    made = await begun(storage, clock)
    await finish(storage, clock, made.id)
    await desk.recall(storage, await of(storage, made.id), "telegram:7", clock())
    await look(storage, clock)
    await work_off(storage, clock, 2, State.CANCELLED)  # what the worker makes of MessageGone
    found = await finish(storage, clock, made.id)
    async with storage.read() as work:
        tally = await work.broadcasts.tally(found, of_update=True)
    assert (tally.sent, sum(tally.failed.values())) == (0, 2)


async def test_what_was_never_sent_cannot_be_recalled(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 2)
    made = await begun(storage, clock)
    await desk.stop(storage, await of(storage, made.id), "telegram:7", clock())
    await look(storage, clock)
    with pytest.raises(NoCopies):
        await desk.recall(storage, await of(storage, made.id), "telegram:7", clock())


async def test_a_retraction_edits_every_alert_and_broadcast_of_the_article_and_no_other(
    storage: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.copies.STEP", 3)  # many steps over few rows
    await readers(storage, clock, 4)
    for story in (5, 6):
        await alert(storage, clock, story)
        await work_off(storage, clock)
    made = await begun(storage, clock, Target(again=True))
    await finish(storage, clock, made.id)
    notice = Payload(key="article-retracted", values={"title": "Lanterns"})
    async with storage.write() as work:
        assert await work.broadcasts.retract(5, "Lanterns", notice, clock())
        assert not await work.broadcasts.retract(77, "Nothing", notice, clock())
        retraction = (await work.broadcasts.listed(1))[0]
    found = await finish(storage, clock, retraction.id)
    assert (found.stage, found.total) == (Stage.DONE, 8)
    async with storage.read() as work:
        own = await work._connection.execute(select(deliveries.c.message_id).where(deliveries.c.story_id == 6))
        others = {row.message_id for row in own}
    assert not others & {message for message, _, _ in await updates(storage)}
    with pytest.raises(NoCopies):
        await desk.recall(storage, retraction, "telegram:7", clock())


# ---------------------------------------------------------------- one message, edited in place


async def test_of_many_edits_of_one_message_the_newest_is_owed_and_none_that_changes_nothing(
    storage: Database, clock: Clock
) -> None:
    (one,) = await readers(storage, clock, 1)
    async with storage.write() as work:
        await work.deliveries.notify(one.id, Payload(key="held-notice"), clock(), subject=77)
        number = await work.deliveries.notified(one.id, 77)
        assert not await work.deliveries.rewrite(number, Payload(key="early"), clock())
    await work_off(storage, clock)
    async with storage.write() as work:
        assert await work.deliveries.rewrite(number, Payload(key="held-notice"), clock())  # it says so already
    assert await states(storage) == {"sent": 1}
    async with storage.write() as work:
        for key in ("first", "second"):
            assert await work.deliveries.rewrite(number, Payload(key=key), clock())
        claim = await work.deliveries.settle_and_claim(PACE, [], limit=5, reserved=5, now=clock())
        assert [payload.key for payload in claim.payloads.values()] == ["second"]
        assert claim.owed[0].message_id == f"m{number}"
        assert await work.deliveries.rewrite(number, Payload(key="third"), clock())  # while one is on its way
    clock.forward(seconds=2)
    (flying,) = claim.owed
    again = Outcome(flying.id, one.id, State.SENT, clock(), flying.message_id, lease=flying.lease)
    async with storage.write() as work:
        claim = await work.deliveries.settle_and_claim(PACE, [again], limit=5, reserved=5, now=clock())
    assert [payload.key for payload in claim.payloads.values()] == ["third"]
