"""What runs often in a large installation, each with the arguments that would show a missing index."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.filters import Subject
from bot.forecast import Territory
from bot.matching import Criteria, Measure, Window
from bot.messages import Card, Mention, Payload
from bot.model import (
    Address,
    Admission,
    Article,
    FileRead,
    FileRefused,
    FileStamp,
    Kind,
    Platform,
    Quiet,
    Schedule,
    State,
    Subscription,
)
from bot.ports import Outcome, Pace, Parcel, Period, Save, Stage, Target, Work
from bot.preferences import Filters, Look
from tests.storage.volume import NOW_MS

NOW = datetime.fromtimestamp(NOW_MS / 1000, UTC)
ANNA = Address(Platform.WEB, "c42")
ID = 42
CRITERIA = Criteria(70_000, 70_000, (Window(1, 1, 0, 40, 80), Window(2, 1, 1, -1, 80)))
CARRIED = Criteria(70_001, 77, (Window(1, 1, 0, 1, 4, Measure.OUTLETS),), Subject("x"), joins=True)
ARTICLE = Article("news", "news/77.md", "Title 77", "https://a.example/77", quality=90, topics=("Topic 7",))


async def claim(work: Work) -> None:
    pace = Pace(Platform.WEB, "w", 1000, 15, 0.2)
    first = await work.deliveries.settle_and_claim(pace, (), limit=50, reserved=2, now=NOW)
    assert len(first.owed) == 50
    outcomes = [
        Outcome(o.id, o.destination.id, state, NOW, message_id="m", lease=o.lease, parks=state is State.PENDING)
        for o, state in zip(
            first.owed, [*[State.SENT] * 47, State.REJECTED, State.PENDING, State.UNCERTAIN], strict=True
        )
    ]
    later = NOW + timedelta(seconds=1)
    assert (await work.deliveries.settle_and_claim(pace, outcomes, limit=50, reserved=0, now=later)).owed
    calls = await work.deliveries.calls(NOW)
    assert calls[Platform.WEB] == NOW < calls[Platform.DISCORD]
    much_later = NOW + timedelta(hours=1)  # what the second claim leased has lapsed
    assert (await work.deliveries.settle_and_claim(pace, (), limit=50, reserved=0, now=much_later)).owed


async def fan_out(work: Work) -> None:
    await work.deliveries.owe(CRITERIA, Payload(cards=(Card(1, 1, "T", "https://a.example"),)), NOW)
    written = 0
    while found := await work.deliveries.fan_out(NOW, guard=1, limit=100):
        written += sum(found.values())
    assert written > 200


async def carried(work: Work) -> None:
    await work.follows.put(ID, 77, NOW)
    await work.deliveries.owe(CARRIED, Payload(cards=(Card(1, 1, "T", "https://a.example"),)), NOW)
    written = 0
    while found := await work.deliveries.fan_out(NOW, guard=1, limit=100):
        written += sum(found.values())
    assert written > 1
    assert await work.subscriptions.counting_outlets()
    await work.articles.carried(77, 4)
    await work.articles.uncounted([77, 78])


async def audience(work: Work) -> None:
    assert (await work.deliveries.audience(CARRIED, NOW)).cleared > 1
    assert (await work.deliveries.audience(CRITERIA, NOW)).cleared > 200


async def upkeep(work: Work) -> None:
    held = await work.deliveries.held(NOW)
    assert held
    await work.deliveries.folded([held[0][0].id], NOW)
    assert await work.deliveries.expire(NOW, older_than=NOW - timedelta(hours=24))
    await work.articles.waiting(NOW)
    await work.deliveries.holders()
    await work.leases.take("upkeep", "w", 10, NOW)
    await work.alarms.troubles(NOW - timedelta(hours=1))


async def sources(work: Work) -> None:
    article = Save(ARTICLE, None, None, (7,), counts=True)
    again = Save(ARTICLE, 77, 77, (7, 8), counts=True)
    await work.articles.vanish("news", ["news/77.md"], NOW)
    assert await work.articles.moved_from(ARTICLE)
    assert await work.articles.at_paths("news", [f"news/{number}.md" for number in range(60, 80)])
    await work.articles.put([again], NOW)
    await work.articles.replaced(77, NOW)
    await work.articles.put([article], NOW)
    read = [FileRead("news/77.md", FileStamp(1, 2), FileRefused("news/77.md", "no"))]
    await work.sources.put_files("news", read, ["news/78.md"], NOW)
    await work.sources.looked("news", NOW)
    assert await work.deliveries.retract(4, NOW) >= 0


async def clocks(work: Work) -> None:
    reader = await work.destinations.get(ANNA)
    assert reader
    night = replace(reader, quiet=Quiet(1320, 420), quiet_since=NOW - timedelta(hours=9), quiet_until=NOW)
    await work.schedules.put([replace(night, digest=Schedule(480), digest_due=NOW)])
    assert (await work.schedules.locked(reader.id)).digest_due == NOW
    assert await work.schedules.earliest(NOW)
    assert await work.schedules.readers() == 1
    long_ago = (NOW - timedelta(days=99), 0)
    due = await work.schedules.due(NOW, after=long_ago, limit=200)
    assert len(due) == 1
    await work.schedules.settle(due)
    assert len(await work.schedules.over(NOW, after=long_ago, limit=200)) == 1
    await work.schedules.overdue(NOW, after=0, limit=200)
    await work.schedules.rest([night])
    await work.schedules.last_date(reader.id)
    readers = list(range(1, 400))
    await work.schedules.held(readers)
    await work.schedules.hold(readers, NOW)
    await work.schedules.fold(readers, NOW, guarded=readers)
    await work.told.untell([(reader.id, 77)])


async def stories(work: Work) -> None:
    period = (NOW - timedelta(hours=84), NOW)
    assert await work.articles.founders([period], ["a.example/77"], ["title 77"])
    assert await work.articles.of_story(77)
    assert await work.articles.get(77)


async def answers(work: Work) -> None:
    reader = await work.destinations.get(ANNA)
    assert reader
    await work.destinations.ensure(ANNA, title="", locale="en", timezone="UTC", now=NOW)
    await work.destinations.in_chat(ANNA)
    await work.access.of(ANNA)
    assert await work.subscriptions.of(reader.id)
    await work.subscriptions.put(Subscription(reader.id, 9, 70), NOW)
    await work.subscriptions.remove(reader.id, [9])
    await work.told.tell(reader.id, {77: 77}, NOW)
    assert await work.told.when(reader.id, 77)
    await work.told.carrier(reader.id, 77)
    assert (await work.told.reader(reader, 77, NOW)).told
    assert await work.told.last(reader.id)
    await work.subscriptions.refine(Subscription(reader.id, 9, outlets_from=3, filters=Filters(exclude=("x",))))
    await work.destinations.filter(reader.id, Filters(exclude=("x",)))
    await work.destinations.look(reader.id, Look(silent=True))
    assert await work.follows.anybody(77, NOW) is not None
    assert await work.follows.of(reader.id, NOW) is not None
    assert await work.follows.muted(reader.id) is not None
    await work.follows.put(reader.id, 78, NOW)
    await work.follows.remove(reader.id, 78)
    await work.destinations.mute(reader.id, 77, NOW)
    await work.destinations.pause(reader.id, NOW, NOW)
    await work.destinations.park(reader.id, "blocked", NOW)
    await work.destinations.wake(reader.id)
    assert await work.destinations.record(reader.id)
    assert await work.deliveries.of(reader.id, 20)
    await work.access.put(ANNA, Admission.BANNED, NOW)
    await work.destinations.move(reader.id, Address(Platform.WEB, "elsewhere"))
    await work.destinations.forget(reader.id)


async def broadcast(work: Work) -> None:
    """Once it is drafted: what each look does, a pause, and a recall. Counting an audience reads all of it."""
    target = Target(topics=(1, 2))
    draft = await work.broadcasts.draft(Payload(key="x"), NOW, author="telegram:7", title="T", target=target)
    running = replace(draft, stage=Stage.RUNNING)
    assert await work.broadcasts.working(NOW) == []
    assert await work.broadcasts.advance(running, NOW, window=200)
    assert await work.broadcasts.unfinished(running)
    assert (await work.broadcasts.tally(running, of_update=False)).open
    assert await work.broadcasts.missed(running, 10, of_update=False) == []
    await work.broadcasts.hold(running, NOW)
    await work.broadcasts.release(running, NOW)
    await work.broadcasts.drop_parked(running, NOW)
    assert await work.broadcasts.drop(running, "stopped", NOW)
    update_id = await work.broadcasts.replace(running, Payload(key="y"), NOW)
    recalling = replace(running, stage=Stage.RECALLING, update_id=update_id)
    assert await work.broadcasts.copies(recalling) == 0
    await work.broadcasts.advance(recalling, NOW, window=200)
    assert await work.deliveries.notified(ID, 5) == 0
    await work.broadcasts.trail(draft.id)


async def finding(work: Work) -> None:
    assert await work.articles.find("https://a.example/77")
    assert await work.articles.find("news/77.md")
    assert await work.articles.find("Title 77")
    week = NOW - timedelta(days=7)
    assert await work.articles.best([7, 8], since=week, bar=5, limit=5)
    assert await work.articles.best([7, 8], since=week, bar=5, limit=5, by_date=True)
    assert await work.articles.volume([7], week)
    assert await work.articles.volumes(week)


async def archive(work: Work) -> None:
    month, few = (
        Period(NOW - timedelta(days=30), NOW),
        Territory(frozenset({7, 8}), frozenset({9}), frozenset({10})),
    )
    assert await work.archive.begins(month)
    assert await work.archive.levels(few, month)
    assert await work.archive.begins(month, few)
    assert await work.archive.moments(few, month, 5)
    assert await work.archive.moments(few, month, 5, known=True)
    await work.archive.outlets(few, month, 3)
    assert (await work.archive.withheld(few, month, 5, ID)).unsendable == 0
    assert await work.archive.example(few, month, 7)
    assert await work.archive.strongest(few, month, 5, 5)


async def living(work: Work) -> None:
    """What a change to a story costs where its card was sent: 90 deliveries of an alert among all others."""
    await work._connection.exec_driver_sql(  # type: ignore[attr-defined]
        "UPDATE fanouts SET written = 9, last_copy = 5000 WHERE payload_id = 77"
    )
    (card,) = await work.living.of([77], since=NOW - timedelta(hours=48), most_edits=3)
    await work.living.remember(card)
    await work.living.change(replace(card, edits=1), Payload(cards=(Card(1, 1, "T", "https://a.example"),)), NOW)
    while await work.living.spread(NOW, limit=100) is not None:
        pass


async def status(work: Work) -> None:
    reader = await work.destinations.get(ANNA)
    assert reader
    await work.access.of(ANNA)
    await work.sources.states()
    assert await work.deliveries.waiting() > 100
    await work.destinations.parked()


async def page(work: Work) -> None:
    line = await work.transcripts.add("c42", "you", {}, NOW, nonce="n")
    await work.transcripts.change("c42", line, {})
    assert await work.transcripts.since("c42", 0)


async def digests(work: Work) -> None:
    ann = await work.destinations.get(ANNA)
    assert ann
    readers, stories = list(range(1, 400)), list(range(1, 300))
    await work.digests.changes(NOW, NOW)
    assert await work.digests.wanted(readers, NOW, alerts=True)
    assert await work.digests.told(readers, stories)
    assert await work.digests.muted(readers, stories)
    assert await work.digests.screens(readers)
    await work.digests.awaited(readers, stories)
    assert await work.articles.sendable(stories)
    [edition] = await work.digests.store([[Payload(key="digest", mentions=(Mention(77, 77, 1),))]], NOW)
    parcel = Parcel(edition, 20261127, [(ann.id, None)])
    assert await work.digests.owe([parcel], kind=Kind.DIGEST, now=NOW) == {ann.id}
    assert await work.digests.owe([parcel], kind=Kind.DIGEST, now=NOW) == set()


HOT: dict[str, Callable[[Work], Awaitable[None]]] = {
    act.__name__: act
    for act in (
        claim,
        fan_out,
        carried,
        audience,
        upkeep,
        digests,
        sources,
        clocks,
        stories,
        answers,
        broadcast,
        finding,
        archive,
        living,
        status,
        page,
    )
}
