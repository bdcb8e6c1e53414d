"""What is urgent goes first, what is not still goes, and no second holds more than the rate and a tenth."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery import LEASE, Delivery
from bot.errors import RetryLater
from bot.messages import Alert, Card, Content, Payload
from bot.model import Address, Destination, Kind, Platform, Priority
from bot.pacing import FLOOD_WINDOW, SHARES, TOKEN_FLOOD, Bookings, Floods, Lead, Shares
from bot.ports import Claim, Pace
from storage.database import Database
from tests.bot.stage import Stage
from tests.conftest import Clock
from tests.storage.queue import alert, readers, states

RATE = 25.0


class Timed(Stage):
    """A stage that notes when, and of what kind, each message came."""

    rate = RATE

    def __init__(self) -> None:
        super().__init__()
        self.came: list[tuple[float, str]] = []

    async def send(
        self, address: Address, content: Content, *, locale: str, nonce: str, now: datetime, silent: bool = False
    ) -> str:
        self.came.append((asyncio.get_running_loop().time(), "alert" if isinstance(content, Alert) else "other"))
        if not isinstance(content, Alert):
            return "m"
        return await super().send(address, content, locale=locale, nonce=nonce, now=now, silent=silent)


def densest(times: Sequence[float]) -> int:
    times = sorted(times)
    return max(bisect_left(times, start + 1.0) - index for index, start in enumerate(times))


async def broadcast(storage: Database, clock: Clock, people: Sequence[Destination]) -> None:
    async with storage.write() as work:
        for person in people:
            payload = Payload(
                (Card(99, 99, "T", "https://a.example"),), "held-digest", {"count": 1, "part": 1, "parts": 1}
            )
            await work.deliveries.notify(person.id, payload, clock(), subject=7, kind=Kind.DIGEST)


async def test_an_alert_leaves_before_what_is_already_claimed_of_a_lower_class(
    storage: Database, clock: Clock
) -> None:
    people = await readers(storage, clock, 40)
    await broadcast(storage, clock, people)
    stage = Timed()
    delivery = Delivery(storage, stage, owner="w", clock=clock)
    working = asyncio.create_task(delivery.run())
    async with asyncio.timeout(20):
        while len(stage.came) < 3:
            await asyncio.sleep(0.005)
            clock.forward(seconds=0.005)
        await alert(storage, clock, 1)
        before = len(stage.came)
        delivery.wake()
        while all(kind != "alert" for _, kind in stage.came):
            await asyncio.sleep(0.005)
            clock.forward(seconds=0.005)
        delivery.stop()
        await working
    first = [kind for _, kind in stage.came].index("alert")
    assert first - before <= 2, f"{first - before} messages of a lower class left first"


async def test_replies_and_the_queue_together_keep_the_rate(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 90)
    await alert(storage, clock, 1)
    stage = Timed()
    stage.rate = 60.0
    loop = asyncio.get_running_loop()
    begun, start = loop.time(), clock()
    delivery = Delivery(storage, stage, owner="w", clock=lambda: start + timedelta(seconds=loop.time() - begun))
    working = asyncio.create_task(delivery.run())
    replies: list[float] = []
    async with asyncio.timeout(30):
        while len(stage.came) < 90:
            if len(replies) < 5 * (loop.time() - begun):  # five a second, beside the queue
                replies.append(loop.time())
                delivery.replied(1)
            await asyncio.sleep(0.01)
        delivery.stop()
        await working
    found = densest([*(at for at, _ in stage.came), *replies])
    print(f"densest second {found} of {stage.rate:.0f}")
    assert found <= stage.rate * 1.1 + 1
    assert await states(storage) == {"sent": 90}


async def test_what_missed_its_slot_goes_back_and_costs_no_try(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 4)
    await alert(storage, clock, 1)
    stage, passed = Timed(), [0.0]
    delivery = Delivery(storage, stage, owner="w", clock=clock, monotonic=lambda: passed[0])
    await delivery._round()
    passed[0] += 0.5  # frozen, for less than the lease
    while delivery._line:
        delivery._line._pass()
    assert stage.came == []
    passed[0] += LEASE
    await delivery._round()
    clock.forward(seconds=1)
    await delivery._round()
    async with asyncio.timeout(20):
        while len(stage.came) < 4:
            passed[0] += 0.04
            await asyncio.sleep(0.001)
            delivery._line._pass()
            if not delivery._line:
                clock.forward(seconds=0.2)
                await delivery._round()
    assert all(with_picture for _, _, with_picture in stage.sent), "a second try would be without"
    delivery.stop()
    await delivery.run()
    assert await states(storage) == {"sent": 4}


async def test_what_a_lost_answer_claimed_is_taken_back_at_once(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 2)
    await alert(storage, clock, 1)

    async def claim(owner: str, *, unsure: bool = False) -> Claim:
        pace = Pace(Platform.WEB, owner, RATE, LEASE, 0.2, unsure=unsure)
        async with storage.write() as work:
            return await work.deliveries.settle_and_claim(pace, (), limit=8, reserved=0, now=clock())

    first = await claim("w")
    clock.forward(seconds=1)
    assert not (await claim("w")).owed
    assert not (await claim("v", unsure=True)).owed, "it is not in that one's name"
    again = await claim("w", unsure=True)
    assert [owed.id for owed in again.owed] == [owed.id for owed in first.owed]
    assert {owed.attempts for owed in again.owed} == {0}


async def test_a_rest_of_hours_is_not_taken_for_a_clock_that_went_back(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 2)
    await alert(storage, clock, 1)

    async def claim(**changes: object) -> int:
        pace = Pace(Platform.WEB, "w", RATE, LEASE, 0.2, **changes)  # type: ignore[arg-type]
        async with storage.write() as work:
            found = await work.deliveries.settle_and_claim(pace, (), limit=8, reserved=0, now=clock())
        return len(found.owed)

    assert await claim(flooded=10_000.0, debit=1) == 0
    clock.forward(seconds=100)
    assert await claim(debit=1) == 0
    clock.forward(seconds=10_000)
    assert await claim() == 2


async def test_slots_that_were_not_used_are_free_again_unless_another_process_booked(
    storage: Database, clock: Clock
) -> None:
    await readers(storage, clock, 30)
    await alert(storage, clock, 1)

    async def claim(**changes: object) -> Claim:
        pace = Pace(Platform.WEB, "w", RATE, LEASE, 0.2, **changes)  # type: ignore[arg-type]
        async with storage.write() as work:
            return await work.deliveries.settle_and_claim(pace, (), limit=3, reserved=0, now=clock())

    first = await claim()
    start = clock().timestamp()
    assert (await claim(booked=first.booked, released=start + 0.04)).slots[0] == pytest.approx(0.04)
    clock.forward(seconds=0.2)
    stands = (await claim()).booked
    assert stands != first.booked
    clock.forward(seconds=0.1)
    late = await claim(booked=first.booked, released=start)
    assert clock().timestamp() + late.slots[0] >= stands - 1e-6, "another process has booked since"


# ---------------------------------------------------------------- the pure parts


@settings(max_examples=30)
@given(st.lists(st.integers(0, 40), min_size=200, max_size=400))
def test_each_lower_class_gets_its_share_when_all_have_more_than_enough_due(places: list[int]) -> None:
    shares, got, total = Shares(), Counter[Priority](), 0
    for count in places:
        favoured, kept = shares.next(count)
        kept = min(kept, count)
        shares.took(favoured, [Kind[favoured.name]] * kept + [Kind.ALERT] * (count - kept))
        got[favoured] += kept
        total += count
    for priority, share in SHARES.items():
        assert got[priority] >= total * share - 60


def test_a_class_with_nothing_due_saves_nothing_up() -> None:
    shares = Shares()
    for _ in range(50):
        favoured, _kept = shares.next(40)
        shares.took(favoured, [Kind.ALERT] * 40)
    assert shares.next(40)[1] <= 40 * sum(SHARES.values()) * len(SHARES)


def test_one_chat_that_is_flooded_does_not_stop_the_token() -> None:
    floods = Floods()
    floods.note("1", RetryLater("x", after=5, flood=True), now=10)
    floods.note("1", RetryLater("x", after=5, flood=True), now=11)
    assert (floods.rest(11), floods.slower) == (0, True)


@pytest.mark.parametrize(
    ("answers", "rest"),
    [
        ([("1", 5.0, None, 10.0), ("2", 5.0, None, 10.0 + FLOOD_WINDOW / 2)], True),
        ([("1", 5.0, None, 10.0), ("2", 5.0, None, 10.1 + FLOOD_WINDOW)], False),
        ([("1", TOKEN_FLOOD + 1, None, 10.0)], True),
        ([("1", 5.0, True, 10.0)], True),
        ([("1", 5.0, False, 10.0), ("2", 5.0, False, 10.0)], False),
    ],
    ids=["two chats within seconds", "two chats, long apart", "long", "the platform says so", "it says otherwise"],
)
def test_when_the_token_rests(answers: list[tuple[str, float, bool | None, float]], rest: bool) -> None:
    floods = Floods()
    for chat, after, token, at in answers:
        floods.note(chat, RetryLater("x", after=after, flood=True, token=token), at)
    assert (floods.rest(answers[-1][3]) > 0) == rest


def test_one_lock_slows_the_token_once() -> None:
    floods = Floods()
    for chat in "123":
        floods.note(chat, RetryLater("x", after=5, flood=True), now=10)
    floods.slower = False  # the claim has taken it up
    floods.note("4", RetryLater("x", after=5, flood=True), now=10.1)
    assert not floods.slower, "it was on its way before the rest began"


def test_a_lock_that_outlasts_the_rest_slows_the_token_no_further_until_something_gets_through() -> None:
    floods, slowed = Floods(), []
    for second in range(4):
        floods.note("1", RetryLater("x", after=1, flood=True, token=True), now=second)
        floods.passed(second - 0.5)  # it left before the rest that stands now
        slowed.append(floods.slower)
        floods.slower = False
    assert slowed == [True, False, False, False]
    floods.passed(5.0)
    floods.note("1", RetryLater("x", after=1, flood=True, token=True), now=6)
    assert floods.slower


def test_one_chat_that_is_flooded_again_and_again_slows_the_token_once() -> None:
    floods, slowed = Floods(), []
    for chat, now in (("1", 0.0), ("1", 9.0), ("1", 18.0), ("2", 27.0), ("1", 36.0)):
        floods.note(chat, RetryLater("x", after=2, flood=True), now)
        floods.passed(now + 3)
        slowed.append(floods.slower)
        floods.slower = False
    assert slowed == [True, False, False, True, True]


def test_the_lead_follows_the_slowest_claim_and_forgets_it() -> None:
    lead = Lead()
    lead.took(0.3)
    assert lead.seconds == 0.3
    for _ in range(60):
        lead.took(0.01)
    assert lead.seconds == pytest.approx(0.01)


# ---------------------------------------------------------------- slots that are given back


def booked(bookings: Bookings, start: float, count: int) -> list[float]:
    """A claim of so many slots from this second on, ten a second; their moments."""
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)
    slots = tuple(start + number / 10 for number in range(count))
    bookings.took(Claim((), slots, {}, True, now, now.timestamp() + start + count / 10))
    return [now.timestamp() + slot for slot in slots]


def test_slots_of_several_claims_in_a_row_are_all_free_again() -> None:
    bookings = Bookings(10)
    first, second = booked(bookings, 0.0, 3), booked(bookings, 0.3, 2)
    bookings.give_back([*first[1:], *second])
    assert bookings.free_from == first[1]


def test_what_lies_before_a_slot_of_somebody_else_stays_used() -> None:
    bookings = Bookings(10)
    first, second = booked(bookings, 0.0, 3), booked(bookings, 0.4, 2)
    bookings.give_back([*first, *second])
    assert bookings.free_from == second[0]


def test_a_claim_after_slots_were_given_back_makes_them_used_again() -> None:
    bookings = Bookings(10)
    bookings.give_back(booked(bookings, 0.0, 3))
    booked(bookings, 0.0, 2)
    assert bookings.free_from == 0
