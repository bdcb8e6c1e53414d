"""Broadcasts in the database: the audience as sets, the window of rows ahead, what is held and dropped."""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from sqlalchemy import select, update

from bot.broadcasts import course, desk
from bot.messages import Payload
from bot.model import Address, Kind, Platform, State, Subscription, Topic
from bot.ports import Broadcast, Outcome, Radius, Stage, Target
from storage.database import Database
from storage.tables import deliveries, destinations, told
from tests.conftest import Clock
from tests.storage.newsdesk import PACE, STORY, begun, finish, look, of, work_off
from tests.storage.queue import alert, readers, states


class Undone(Exception):  # noqa: N818
    """Takes back what a trial wrote."""


async def written(storage: Database, clock: Clock, target: Target) -> set[int]:
    """To whom a broadcast with this target is owed, tried and undone."""
    found: set[int] = set()
    with contextlib.suppress(Undone):
        async with storage.write() as work:
            draft = await work.broadcasts.draft(
                STORY, clock(), author="telegram:7", title="Lanterns", article_id=5, story_id=3, target=target
            )
            await work.broadcasts.advance(replace(draft, stage=Stage.RUNNING), clock(), window=1000)
            rows = await work._connection.execute(
                select(deliveries.c.destination_id).where(deliveries.c.payload_id == draft.payload_id)
            )
            found = {row.destination_id for row in rows}
            raise Undone
    return found


# ---------------------------------------------------------------- the audience


async def test_the_audience_as_sets_is_the_audience_one_by_one(storage: Database, clock: Clock) -> None:
    """A world of random readers: every count of the radius, and who is written, held to plain Python."""
    random, now = Random(20261127), clock()  # noqa: S311 - the same world in every run
    async with storage.write() as work:
        await work.topics.put([Topic("ai", "AI"), Topic("cv", "CV", "ai"), Topic("space", "Space")], from_file=True)
        ids = {topic.slug: topic.id for topic in await work.topics.catalogue()}
        world = []
        for number in range(150):
            platform, locale = random.choice(list(Platform)), random.choice(["en", "en-GB", "es", "fil-PH"])
            one = await work.destinations.ensure(
                Address(platform, f"r{number}"), title="", locale=locale, timezone="UTC", now=now
            )
            follows = {slug for slug in ids if random.random() < 0.3}
            for slug in follows:
                await work.subscriptions.put(Subscription(one.id, ids[slug], 50), now)
            fate = random.choice(["", "", "", "parked", "paused", "muted", "told", "told"])
            if fate == "parked":
                await work.destinations.park(one.id, "blocked", now)
            elif fate == "paused":
                await work.destinations.pause(one.id, now + timedelta(days=1), now)
            elif fate == "muted":
                await work.destinations.mute(one.id, 3, now)
            elif fate == "told":
                await work.told.tell(one.id, {3: 5}, now)
            world.append((one.id, platform, locale.partition("-")[0], follows, fate))

    def wanted(target: Target) -> tuple[set[int], Counter[str], Counter[Platform]]:
        below = {"ai": {"ai", "cv"}, "cv": {"cv"}, "space": {"space"}}
        named = {slug for slug, number in ids.items() if number in target.topics}
        topics = set().union(*(below[slug] for slug in named)) if target.below else named
        chosen = [
            one
            for one in world
            if (not target.topics or one[3] & topics)
            and (not target.platforms or one[1] in target.platforms)
            and (not target.languages or one[2] in target.languages)
        ]
        fine = [one for one in chosen if not one[4] or (one[4] == "told" and target.again)]
        return {one[0] for one in fine}, Counter(one[4] for one in chosen), Counter(one[1] for one in fine)

    async with storage.read() as work:
        assert await work.broadcasts.languages() == Counter(one[2] for one in world)
    seen: Counter[bool] = Counter()
    for _ in range(12):
        target = Target(
            tuple(sorted(random.sample(sorted(ids.values()), random.randint(0, 2)))),
            random.random() < 0.5,
            tuple(random.sample(list(Platform), random.choice([0, 0, 1, 2]))),
            tuple(random.sample(["en", "es", "fil"], random.choice([0, 0, 1]))),
            again=random.random() < 0.5,
        )
        reached, fates, platforms = wanted(target)
        async with storage.read() as work:
            radius: Radius = await work.broadcasts.radius(target, 3, now, level=0)
        assert radius.platforms == platforms
        assert (radius.parked, radius.paused, radius.muted) == (fates["parked"], fates["paused"], fates["muted"])
        assert radius.told == (0 if target.again else fates["told"])
        seen[bool(reached)] += 1
        assert await written(storage, clock, target) == reached
    assert seen[True] > 8


async def test_told_and_owed_are_written_together_and_given_back_together(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 4)
    made = await begun(storage, clock)
    await look(storage, clock)
    async with storage.read() as work:
        rows = (await work._connection.execute(select(told))).all()
        assert {(row.story_id, row.article_id) for row in rows} == {(3, 5)}
        assert len(rows) == 4
    await work_off(storage, clock, 1)
    assert await desk.stop(storage, await of(storage, made.id), "telegram:7", clock()) == 3
    await look(storage, clock)
    async with storage.read() as work:
        assert len((await work._connection.execute(select(told))).all()) == 1
    assert (await of(storage, made.id)).stage is Stage.STOPPED
    assert (await of(storage, made.id)).finished_at is not None


# ---------------------------------------------------------------- the window, alerts first, pauses


async def test_rows_are_written_only_a_window_ahead(
    storage: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course, "WINDOW", 10)
    await readers(storage, clock, 25)
    made = await begun(storage, clock)
    written = []
    for _ in range(6):
        await look(storage, clock)
        written.append((await of(storage, made.id)).written)
        await work_off(storage, clock, 6)
    assert written[0] == 10
    assert all(after - before <= 10 for before, after in pairwise(written))
    for _ in range(3):
        await look(storage, clock)
        await work_off(storage, clock)
    await look(storage, clock)
    assert (await of(storage, made.id)).stage is Stage.DONE
    assert await states(storage) == {"sent": 25}


async def test_two_broadcasts_take_turns_however_far_ahead_the_first_one_is_or_how_long_it_was_paused(
    storage: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course, "WINDOW", 20)
    await readers(storage, clock, 40)
    first = await begun(storage, clock)
    for count in (15, 12):  # far into its second window
        await look(storage, clock)
        await work_off(storage, clock, count)
    second = await begun(storage, clock, Target(again=True))
    await look(storage, clock)

    async def shares() -> list[int]:
        """How many of the next eight messages are of either."""
        before = [await sent_of(storage, one) for one in (first, second)]
        await work_off(storage, clock, 8)
        return [await sent_of(storage, one) - had for one, had in zip((first, second), before, strict=True)]

    assert await shares() == [4, 4]
    await desk.pause(storage, await of(storage, first.id), "telegram:7", clock())
    assert await shares() == [0, 8]
    await look(storage, clock)
    await desk.resume(storage, await of(storage, first.id), "telegram:7", clock())
    assert await shares() == [4, 4]


async def test_a_platform_that_stands_still_holds_up_no_other(
    storage: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course, "WINDOW", 10)
    async with storage.write() as work:
        for number in range(30):  # all before the others
            address = Address(Platform.DISCORD, f"{number}")
            await work.destinations.ensure(address, title="", locale="en", timezone="UTC", now=clock())
    await readers(storage, clock, 30)
    made = await begun(storage, clock)
    for _ in range(7):
        await look(storage, clock)
        await work_off(storage, clock)
    assert await sent_of(storage, made) == 30
    assert await states(storage) == {"sent": 30, "pending": 10}
    assert await desk.recall(storage, await of(storage, made.id), "telegram:7", clock()) == 30
    found = await finish(storage, clock, made.id)
    assert (found.stage, found.total) == (Stage.RECALLED, 30)


async def sent_of(storage: Database, broadcast: Broadcast) -> int:
    async with storage.read() as work:
        return (await work.broadcasts.tally(broadcast, of_update=False)).sent


async def test_an_alert_goes_before_a_broadcast_that_waits(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 5)
    await begun(storage, clock)
    await look(storage, clock)
    await alert(storage, clock, 9)
    async with storage.write() as work:
        claim = await work.deliveries.settle_and_claim(PACE, [], limit=5, reserved=0, now=clock())
    assert {o.kind for o in claim.owed} == {Kind.ALERT}


async def test_a_pause_survives_what_comes_back_and_ends_where_it_was(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 6)
    made = await begun(storage, clock)
    await look(storage, clock)
    async with storage.write() as work:
        flying = await work.deliveries.settle_and_claim(PACE, [], limit=2, reserved=2, now=clock())
    assert await desk.pause(storage, await of(storage, made.id), "telegram:7", clock()) == 4
    back = [
        Outcome(o.id, o.destination.id, State.PENDING, clock(), "", "later", lease=o.lease) for o in flying.owed
    ]
    async with storage.write() as work:
        await work.deliveries.settle_and_claim(PACE, back, limit=0, reserved=0, now=clock())
    await look(storage, clock)
    clock.forward(days=30)
    assert await work_off(storage, clock) == []
    await desk.resume(storage, await of(storage, made.id), "telegram:7", clock())
    assert await work_off(storage, clock) == [Kind.BROADCAST] * 6


async def test_a_pause_of_the_last_ones_on_their_way_is_an_end(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 2)
    made = await begun(storage, clock)
    await look(storage, clock)
    await look(storage, clock)
    async with storage.write() as work:
        flying = await work.deliveries.settle_and_claim(PACE, [], limit=2, reserved=2, now=clock())
    await desk.pause(storage, await of(storage, made.id), "telegram:7", clock())
    outcomes = [Outcome(o.id, o.destination.id, State.SENT, clock(), "m", lease=o.lease) for o in flying.owed]
    async with storage.write() as work:
        await work.deliveries.settle_and_claim(PACE, outcomes, limit=0, reserved=0, now=clock())
    await look(storage, clock)
    assert (await of(storage, made.id)).stage is Stage.DONE


@pytest.mark.parametrize("crashed", [False, True])
async def test_a_copy_that_comes_back_to_a_chat_that_paused_meanwhile_is_not_kept_for_later(
    storage: Database, clock: Clock, crashed: bool
) -> None:
    (reader,) = await readers(storage, clock, 1)
    made = await begun(storage, clock)
    await look(storage, clock)
    async with storage.write() as work:
        flying = await work.deliveries.settle_and_claim(PACE, [], limit=1, reserved=1, now=clock())
        await work.destinations.pause(reader.id, clock() + timedelta(days=300), clock())
    back = [
        Outcome(o.id, o.destination.id, State.PENDING, clock(), "", "later", lease=o.lease) for o in flying.owed
    ]
    clock.forward(seconds=60)
    async with storage.write() as work:
        await work.deliveries.settle_and_claim(PACE, [] if crashed else back, limit=1, reserved=0, now=clock())
    await look(storage, clock)
    assert (await of(storage, made.id)).stage is Stage.DONE
    async with storage.write() as work:
        assert await work.told.when(reader.id, 3) is None
        await work.destinations.resume(reader.id)
    assert await work_off(storage, clock) == []


@pytest.mark.parametrize("storage", ["postgresql"], indirect=True)
async def test_what_was_written_while_a_chat_was_pausing_is_let_go(storage: Database, clock: Clock) -> None:
    (reader, _) = await readers(storage, clock, 2)
    made = await begun(storage, clock)
    await look(storage, clock)
    async with storage.write() as work:  # the pause was committed when these rows were on their way to disk
        paused = update(destinations).where(destinations.c.id == reader.id)
        await work._connection.execute(paused.values(paused_until=clock() + timedelta(days=9)))
        await work.deliveries.let_go(clock())
    assert await work_off(storage, clock) == [Kind.BROADCAST]
    await look(storage, clock)
    assert (await of(storage, made.id)).stage is Stage.DONE


async def test_an_admin_who_paused_alerts_has_the_receipt_all_the_same(storage: Database, clock: Clock) -> None:
    (admin, *_) = await readers(storage, clock, 2)
    async with storage.write() as work:
        await work.deliveries.notify(
            admin.id, Payload(key="held-notice", values={"stories": 1, "chats": 1}), clock(), subject=1
        )
        await work.destinations.pause(admin.id, clock() + timedelta(days=1), clock())
        await work.deliveries.notify(
            admin.id, Payload(key="held-notice", values={"stories": 2, "chats": 1}), clock(), subject=2
        )
    assert await work_off(storage, clock) + await work_off(storage, clock) == [Kind.NOTICE] * 2


async def test_a_chat_that_closes_meanwhile_counts_as_failed_with_its_reason(
    storage: Database, clock: Clock
) -> None:
    made_readers = await readers(storage, clock, 3)
    made = await begun(storage, clock)
    await look(storage, clock)
    async with storage.write() as work:
        await work.destinations.park(made_readers[0].id, "blocked by the user", clock())
    await work_off(storage, clock)
    await look(storage, clock)
    found = await of(storage, made.id)
    async with storage.read() as work:
        tally = await work.broadcasts.tally(found, of_update=False)
        (missed,) = await work.broadcasts.missed(found, 10, of_update=False)
        rows = (await work._connection.execute(select(told))).all()
    assert (found.stage, tally.sent, dict(tally.failed)) == (Stage.DONE, 2, {"blocked by the user": 1})
    assert (str(missed.address), missed.reason) == ("web:r0", "blocked by the user")
    assert len(rows) == 2  # who was not reached is not told


@pytest.mark.sqlite
async def test_a_broadcast_that_fails_holds_up_no_other(storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 2)
    broken, sound = await begun(storage, clock), await begun(storage, clock)

    faults = [RuntimeError("of the first one")]

    def trusted(_author: str) -> bool:
        if faults:
            raise faults.pop()
        return True

    await course.look(storage, clock(), admins=(), trusted=trusted)
    async with storage.read() as work:
        assert not (await work.broadcasts.tally(broken, of_update=False)).open, "undone with what failed"
        assert (await work.broadcasts.tally(sound, of_update=False)).open == 2
