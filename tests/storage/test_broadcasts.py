"""Broadcasts in the database: the audience as sets, the window of rows ahead, what is held, dropped and changed."""

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
from bot.broadcasts.desk import Elsewhere, NoCopies
from bot.messages import Card, Payload
from bot.model import Address, Kind, Platform, Priority, State, Subscription, Topic
from bot.ports import Broadcast, Outcome, Pace, Radius, Stage, Target
from storage.database import Database
from storage.tables import deliveries, destinations, told
from tests.conftest import Clock
from tests.storage.queue import alert, readers, states

CARD = Card(5, 3, "Lanterns", "https://harbour.example/lanterns")
STORY = Payload(cards=(CARD,))
PACE = Pace(Platform.WEB, "w", rate=10_000, lease=15, horizon=5)


async def begun(storage: Database, clock: Clock, target: Target | None = None) -> Broadcast:
    """A broadcast of story 3 by article 5, running."""
    async with storage.write() as work:
        draft = await work.broadcasts.draft(
            STORY, clock(), author="telegram:7", title="Lanterns", article_id=5, story_id=3, target=target
        )
        radius = await work.broadcasts.radius(draft.target, 3, clock())
    await desk.send(storage, draft, "telegram:7", clock(), recipients=radius.recipients)
    return draft


async def look(storage: Database, clock: Clock) -> None:
    await course.look(storage, clock(), admins=(), trusted=lambda _: True)


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


# ---------------------------------------------------------------- the audience


async def test_the_audience_as_sets_is_the_audience_one_by_one(storage: Database, clock: Clock) -> None:
    """A world of random readers: every count of the radius, and who is written, held to plain Python."""
    random, now = Random(20261127), clock()  # noqa: S311 - the same world in every run
    async with storage.write() as work:
        await work.topics.put([Topic("ai", "AI"), Topic("cv", "CV", "ai"), Topic("space", "Space")], from_file=True)
        ids = {topic.slug: topic.id for topic in await work.topics.catalogue()}
        world = []
        for number in range(150):
            platform, locale = random.choice(list(Platform)), random.choice(["en", "en-GB", "es", "ar"])
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
            world.append((one.id, platform, locale[:2], follows, fate))

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

    seen: Counter[bool] = Counter()
    for _ in range(12):
        target = Target(
            tuple(sorted(random.sample(sorted(ids.values()), random.randint(0, 2)))),
            random.random() < 0.5,
            tuple(random.sample(list(Platform), random.choice([0, 0, 1, 2]))),
            tuple(random.sample(["en", "es", "ar"], random.choice([0, 0, 1]))),
            again=random.random() < 0.5,
        )
        reached, fates, platforms = wanted(target)
        async with storage.read() as work:
            radius: Radius = await work.broadcasts.radius(target, 3, now)
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


async def test_quiet_hours_hold_a_broadcast_until_they_are_over_unless_it_is_urgent(
    storage: Database, clock: Clock
) -> None:
    ids = [one.id for one in await readers(storage, clock, 4)]
    async with storage.write() as work:
        for number, mode in zip(ids, ("hold", "bar", "silent"), strict=False):
            await work._connection.execute(
                update(destinations)
                .where(destinations.c.id == number)
                .values(
                    quiet_mode=mode,
                    quiet_since=clock() - timedelta(hours=1),
                    quiet_until=clock() + timedelta(hours=8),
                )
            )
        radius = await work.broadcasts.radius(Target(), 3, clock())
    assert (radius.recipients, radius.quiet) == (4, 2)
    made = await begun(storage, clock)
    await look(storage, clock)
    assert len(await work_off(storage, clock)) == 2
    await desk.pause(storage, await of(storage, made.id), "telegram:7", clock())
    await desk.resume(storage, await of(storage, made.id), "telegram:7", clock())
    assert await work_off(storage, clock) == []
    clock.forward(hours=8)
    assert len(await work_off(storage, clock)) == 2
    await look(storage, clock)
    assert (await of(storage, made.id)).stage is Stage.DONE
    async with storage.write() as work:
        await work._connection.execute(update(destinations).values(quiet_until=clock() + timedelta(hours=8)))
    await begun(storage, clock, Target(urgent=True, again=True))
    await look(storage, clock)
    assert len(await work_off(storage, clock)) == 4


# ---------------------------------------------------------------- recall, correction, retraction


async def updates(storage: Database) -> list[tuple[str, int, str]]:
    async with storage.read() as work:
        query = select(deliveries).where(deliveries.c.kind == Kind.UPDATE).order_by(deliveries.c.id)
        rows = (await work._connection.execute(query)).all()
    assert all(row.priority == Priority.UPDATE for row in rows)
    return [(row.message_id, row.part, row.state) for row in rows]


async def finish(storage: Database, clock: Clock, number: int) -> Broadcast:
    for _ in range(12):
        await look(storage, clock)
        await work_off(storage, clock)
        found = await of(storage, number)
        if found.finished_at is not None:
            return found
    pytest.fail(f"not at an end: {found}")


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


async def test_of_many_edits_of_one_message_the_newest_is_owed(storage: Database, clock: Clock) -> None:
    (one,) = await readers(storage, clock, 1)
    async with storage.write() as work:
        await work.deliveries.notify(one.id, Payload(key="held-notice"), clock(), subject=77)
        number = await work.deliveries.notified(one.id, 77)
        assert not await work.deliveries.rewrite(number, Payload(key="early"), clock())
    await work_off(storage, clock)
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
