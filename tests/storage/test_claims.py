"""The queue: who is served next, at what pace, and what survives a worker that does not come back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.matching import Criteria, Window
from bot.messages import Card, Payload
from bot.model import Address, Kind, Platform, State
from bot.ports import Claim, Outcome, Owed, Pace
from storage.database import Database
from storage.tables import deliveries, destinations, tokens, told
from tests.conftest import Clock
from tests.storage.queue import alert, readers, states

LEASE = 20.0


def pace(owner: str = "w1", rate: float = 25, **changes: Any) -> Pace:
    return Pace(Platform.WEB, owner, rate, LEASE, 0.2, **changes)


async def claim(
    storage: Database, clock: Clock, at: Pace, *outcomes: Outcome, limit: int = 8, reserved: int = 0
) -> Claim:
    async with storage.write() as work:
        return await work.deliveries.settle_and_claim(at, outcomes, limit=limit, reserved=reserved, now=clock())


def sent(owed: Owed, clock: Clock, spacing: float = 0.0, **changes: Any) -> Outcome:
    fields = {"state": State.SENT, "message_id": "m", "not_before": clock() + timedelta(seconds=spacing)}
    return Outcome(owed.id, owed.destination.id, lease=owed.lease, **{**fields, **changes})


async def test_a_claim_holds_at_most_a_fifth_of_a_second_of_sending(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 40)
    await alert(storage, clock, 1)
    first = await claim(storage, clock, pace(), limit=40)
    assert len(first.owed) == 6  # now, and each 1/25 s up to 0.2 s
    assert first.slots == pytest.approx([0, 0.04, 0.08, 0.12, 0.16, 0.20])
    again = await claim(storage, clock, pace(), limit=40)
    assert len(again.owed) == 0  # the clock is booked
    clock.forward(seconds=0.2)
    assert (await claim(storage, clock, pace(), limit=40)).slots[0] == pytest.approx(0.04)


@pytest.mark.parametrize("rate", [25.0, 200.0, 1000.0])
async def test_no_second_holds_more_than_the_rate_and_a_tenth(storage: Database, clock: Clock, rate: float) -> None:
    await readers(storage, clock, 600)
    await alert(storage, clock, 1)
    leaves: list[float] = []
    begin = clock()
    while len(leaves) < min(600, 3 * rate):
        offset = (clock() - begin).total_seconds()
        found = await claim(storage, clock, pace(rate=rate), limit=max(8, int(0.2 * rate)))
        leaves += [offset + slot for slot in found.slots]
        clock.forward(seconds=0.13)
    busiest = max(sum(start <= other < start + 1 for other in leaves) for start in leaves)
    assert busiest <= rate * 1.1 + 1


async def test_a_destination_gets_its_messages_one_at_a_time_and_in_order(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 1)
    for story in (1, 2, 3):
        await alert(storage, clock, story)
    got = []
    for _ in range(3):
        found = await claim(storage, clock, pace())
        assert len(found.owed) == 1
        assert not (await claim(storage, clock, pace())).owed
        got.append(found.payloads[found.owed[0].payload_id].cards[0].story_id)
        await claim(storage, clock, pace(), sent(found.owed[0], clock, 1.0), limit=0)
        clock.forward(seconds=0.9)
        assert not (await claim(storage, clock, pace())).owed, "spacing"
        clock.forward(seconds=0.2)
    assert got == [1, 2, 3]


async def test_many_messages_for_one_reader_do_not_starve_the_others(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 6)
    for story in range(1, 13):
        await alert(storage, clock, story)
    found = await claim(storage, clock, pace(rate=100))
    assert len({owed.destination.id for owed in found.owed}) == 6


async def test_a_small_audience_does_not_wait_behind_a_large_one(storage: Database, clock: Clock) -> None:
    people = await readers(storage, clock, 100)
    await alert(storage, clock, 1)
    for _ in range(5):
        found = await claim(storage, clock, pace(rate=25))
        clock.forward(seconds=0.25)
        await claim(storage, clock, pace(rate=25), *(sent(owed, clock) for owed in found.owed), limit=0)
    async with storage.write() as work:
        for person in people[:-1]:
            topic = (await work.topics.catalogue()).find("ai")
            assert topic is not None
            await work.subscriptions.remove(person.id, [topic.id])
    await alert(storage, clock, 2)  # for the last reader only, who also waits for story 1
    clock.forward(seconds=1)
    found = await claim(storage, clock, pace(rate=25))
    assert people[-1].id in [owed.destination.id for owed in found.owed]


async def test_what_a_worker_held_comes_back_after_its_lease_and_its_late_answer_is_void(
    storage: Database, clock: Clock
) -> None:
    await readers(storage, clock, 1)
    await alert(storage, clock, 1)
    [lost] = (await claim(storage, clock, pace("dead"))).owed
    clock.forward(seconds=LEASE - 1)
    assert not (await claim(storage, clock, pace("alive"))).owed
    clock.forward(seconds=2)
    [again] = (await claim(storage, clock, pace("alive"))).owed
    assert (again.id, again.attempts) == (lost.id, 1)
    await claim(storage, clock, pace("dead"), sent(lost, clock), limit=0)
    assert await states(storage) == {"leased": 1}
    await claim(storage, clock, pace("alive"), sent(again, clock), limit=0)
    assert await states(storage) == {"sent": 1}


async def test_a_message_is_not_given_up_however_often_its_process_ends(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 1)
    await alert(storage, clock, 1)
    for _ in range(5):
        assert len((await claim(storage, clock, pace())).owed) == 1
        clock.forward(seconds=LEASE + 1)
    [again] = (await claim(storage, clock, pace())).owed
    assert again.attempts == 2, "an answer that is lost now would be the third"
    await claim(storage, clock, pace(), sent(again, clock), limit=0)
    assert await states(storage) == {"sent": 1}


async def test_a_rejected_message_gives_its_pair_back(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 1)
    await alert(storage, clock, 1)
    [owed] = (await claim(storage, clock, pace())).owed
    await claim(storage, clock, pace(), sent(owed, clock, state=State.REJECTED, reason="no"), limit=0)
    async with storage.read() as work:
        assert await work.told.when(owed.destination.id, 1) is None
    await alert(storage, clock, 1)
    assert len((await claim(storage, clock, pace())).owed) == 1


async def test_a_parked_destination_keeps_what_is_owed_until_it_wakes(storage: Database, clock: Clock) -> None:
    [person] = await readers(storage, clock, 1)
    await alert(storage, clock, 1)
    [owed] = (await claim(storage, clock, pace())).owed
    await claim(
        storage, clock, pace(), sent(owed, clock, state=State.PENDING, parks=True, reason="blocked"), limit=0
    )
    await alert(storage, clock, 2)
    assert await states(storage) == {"parked": 2}
    assert not (await claim(storage, clock, pace())).owed
    async with storage.write() as work:
        await work.destinations.wake(person.id)
    assert len((await claim(storage, clock, pace())).owed) == 1


async def test_a_moved_chat_goes_on_under_its_new_address(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 1)
    await alert(storage, clock, 1)
    [owed] = (await claim(storage, clock, pace())).owed
    to = Address(Platform.WEB, "new")
    await claim(storage, clock, pace(), sent(owed, clock, state=State.PENDING, moved_to=to), limit=0)
    [again] = (await claim(storage, clock, pace())).owed
    assert again.destination.address == to


async def test_pausing_cancels_what_is_queued_and_gives_the_pairs_back(storage: Database, clock: Clock) -> None:
    [person] = await readers(storage, clock, 1)
    await alert(storage, clock, 1)
    async with storage.write() as work:
        assert await work.destinations.pause(person.id, clock() + timedelta(hours=1), clock()) == 1
    await alert(storage, clock, 2)
    assert not (await claim(storage, clock, pace())).owed
    assert await states(storage) == {"cancelled": 1}
    async with storage.read() as work:
        assert await work.told.when(person.id, 1) is None
        assert await work.told.when(person.id, 2) is None


async def test_a_flood_answer_rests_the_token_and_halves_its_rate(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 40)
    await alert(storage, clock, 1)
    assert not (await claim(storage, clock, pace(flooded=5.0, slower=True))).owed
    clock.forward(seconds=5)
    found = await claim(storage, clock, pace())
    assert found.slots[1] - found.slots[0] == pytest.approx(1 / 12.75, rel=0.01)
    async with storage.read() as work:
        factor = await work._connection.scalar(select(tokens.c.factor))
    assert factor == pytest.approx(0.51)


async def test_replies_use_up_the_same_clock(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 10)
    await alert(storage, clock, 1)
    assert (await claim(storage, clock, pace(debit=3))).slots[0] == pytest.approx(0.12)


async def test_reserved_places_go_to_the_classes_below_alerts(storage: Database, clock: Clock) -> None:
    people = await readers(storage, clock, 20)
    await alert(storage, clock, 1)
    async with storage.write() as work:
        assert await work.deliveries.notify(
            people[-1].id, Payload(key="held-digest", values={"part": 1}), clock(), subject=5, kind=Kind.DIGEST
        )
        assert not await work.deliveries.notify(
            people[-1].id, Payload(key="held-digest", values={"part": 1}), clock(), subject=5, kind=Kind.DIGEST
        )
    found = await claim(storage, clock, pace(), limit=5, reserved=1)
    assert people[-1].id in [owed.destination.id for owed in found.owed]
    head = next(owed for owed in found.owed if owed.destination.id == people[-1].id)
    assert head.kind is Kind.ALERT, "within a destination the alert still goes first"


async def test_a_retraction_cancels_what_was_not_sent(storage: Database, clock: Clock) -> None:
    [first, second] = await readers(storage, clock, 2)
    await alert(storage, clock, 1)
    [owed] = (await claim(storage, clock, pace(), limit=1)).owed
    await claim(storage, clock, pace(), sent(owed, clock), limit=0)
    async with storage.write() as work:
        assert await work.deliveries.retract(1, clock()) == 1
    assert await states(storage) == {"sent": 1, "cancelled": 1}
    async with storage.read() as work:
        pairs = (await work._connection.scalars(select(told.c.destination_id))).all()
    assert list(pairs) == [owed.destination.id]
    assert {first.id, second.id} > set(pairs)


async def test_an_alert_that_waited_too_long_becomes_a_line_of_a_digest(storage: Database, clock: Clock) -> None:
    [person] = await readers(storage, clock, 1)
    await alert(storage, clock, 1)
    clock.forward(hours=25)
    async with storage.write() as work:
        assert await work.deliveries.expire(clock(), older_than=clock() - timedelta(hours=24)) == 1
        assert await work.deliveries.held(clock()) == []
        clock.forward(hours=1)
        [(destination, articles)] = await work.deliveries.held(clock())
        await work.deliveries.folded([destination.id], clock())
        assert (destination, articles) == (person, [1])
        assert await work.deliveries.held(clock()) == []
    assert await states(storage) == {"expired": 1}


async def test_the_flood_guard_turns_the_rest_of_the_hour_into_one_digest(storage: Database, clock: Clock) -> None:
    [person] = await readers(storage, clock, 1)
    for story in range(1, 9):
        async with storage.write() as work:
            topic = (await work.topics.catalogue()).find("ai")
            assert topic is not None
            criteria = Criteria(story, story, (Window(topic.id, topic.id, 0, -1, 80),))
            fanout_id = await work.deliveries.owe(
                criteria, Payload(cards=(Card(story, story, "T", "https://a.example"),)), clock()
            )
            await work.deliveries.fan_out(clock(), guard=5, limit=100)
            assert await work.deliveries.written(fanout_id) == 1
    assert await states(storage) == {"pending": 5}
    clock.forward(hours=1)
    async with storage.write() as work:
        assert [(d, sorted(a)) for d, a in await work.deliveries.held(clock())] == [(person, [6, 7, 8])]


async def test_pruning_forgets_what_is_older_than_asked(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 1)
    await alert(storage, clock, 1)
    [owed] = (await claim(storage, clock, pace())).owed
    await claim(storage, clock, pace(), sent(owed, clock), limit=0)
    clock.forward(days=100)
    async with storage.write() as work:
        old = clock() - timedelta(days=90)
        rows = await work.deliveries.prune(told_before=clock() - timedelta(days=180), done_before=old)
        assert rows == 2, "the delivery, and the payload that nothing carries any more"
    assert await states(storage) == {}
    async with storage.read() as work:
        assert await work.told.when(owed.destination.id, 1) is not None


async def test_forgetting_a_destination_leaves_no_row_that_speaks_of_it(storage: Database, clock: Clock) -> None:
    [person] = await readers(storage, clock, 1)
    await alert(storage, clock, 1)
    async with storage.write() as work:
        await work.destinations.mute(person.id, 3, clock())
        await work.transcripts.add("r0", "you", {"text": "hello"}, clock())
        record = await work.destinations.record(person.id)
        assert record["subscriptions"] == [{"topic": "ai", "alert_from": 50, "digest_from": None}]
        assert record["told"]
        assert record["muted"]
        await work.destinations.forget(person.id)
        for table in (destinations, deliveries, told):
            assert (await work._connection.execute(select(table))).first() is None
        assert await work.transcripts.since("r0", 0) == []
