"""The set-based match in SQL against the one definition in bot.matching."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import URL, select

from bot.filters import subject_of
from bot.matching import Criteria, Gate, Verdict, judge, outlet_windows, windows
from bot.messages import Card, Payload
from bot.model import Address, Admission, Article, Destination, Platform, Provider, Subscription, Topic
from bot.preferences import NO_FILTERS, Filters
from bot.topics import Catalogue
from storage.database import Database
from storage.tables import deliveries, told
from storage.work import SqlWork
from tests.conftest import empty

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
STORY = 7
TREE = {"ai": None, "vision": "ai", "faces": "vision", "speech": "ai", "space": None, "rockets": "space"}


@dataclass
class Person:
    """A reader: bars by topic, each perhaps refined, and what else holds for all of them."""

    bars: dict[str, int | None]
    paused: bool
    muted: bool
    told: bool
    refined: dict[str, tuple[int | None, Filters]]
    filters: Filters
    follows: bool


@dataclass
class World:
    """One article's change and some readers."""

    article: Article
    best_before: int | None
    ever: frozenset[str]
    outlets: tuple[int, int]  # how many carried the story at most, and now
    joins: bool
    readers: list[Person]


class _Undo(Exception):  # noqa: N818
    """Rolls an example's transaction back."""


qualities = st.one_of(
    st.integers(60, 120), st.integers(60, 120), st.integers(60, 120), st.integers(0, 60), st.none()
)
bars = st.one_of(st.sampled_from([0, 30, 40, 50]), st.sampled_from([0, 30, 60]), st.integers(0, 130), st.none())
rarely = st.integers(0, 9).map(lambda n: n == 7)
own_filters = st.one_of(
    st.just(NO_FILTERS),
    st.builds(
        Filters,
        require=st.sampled_from([(), ("robots",), ("/mo+ths?/", "kites")]),
        exclude=st.sampled_from([(), ("robots",), ("moth*",)]),
        muted=st.sampled_from([(), ("Harbour Post",), ("wire.example",)]),
    ),
)
readers = st.builds(
    Person,
    st.dictionaries(st.sampled_from([*sorted(TREE), "ai", "ai", "vision"]), bars, min_size=1, max_size=4),
    rarely,
    rarely,
    rarely,
    st.dictionaries(
        st.sampled_from([*sorted(TREE), "ai"]), st.tuples(st.sampled_from([None, 2, 3, 5]), own_filters), max_size=3
    ),
    st.one_of(st.just(NO_FILTERS), st.just(NO_FILTERS), own_filters),
    st.integers(0, 4).map(lambda n: n == 3),
)
worlds = st.builds(
    lambda title, outlet, topics, quality, best, ever, outlets, joins, people: World(
        Article(
            "s",
            "a.md",
            title,
            "https://a.example/1",
            quality=quality,
            topics=tuple(topics),
            provider=Provider(outlet),
        ),
        best,
        frozenset(ever) if best is not None else frozenset(),
        (min(outlets), max(outlets)),
        joins,
        people,
    ),
    st.sampled_from(["Robots fly kites", "Moths read faces", "Moths and robots"]),
    st.sampled_from(["Harbour Post", "The Wire"]),
    st.lists(st.sampled_from([*sorted(TREE), "faces", "speech"]), min_size=1, max_size=3),
    qualities,
    st.one_of(st.none(), st.none(), st.integers(0, 60)),
    st.sets(st.sampled_from(sorted(TREE)), max_size=3),
    st.tuples(st.integers(0, 6), st.integers(0, 6)),
    st.booleans(),
    st.lists(readers, min_size=3, max_size=8),
)


EXAMPLES = {"sqlite": 120, "postgresql": 80}


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as loop:
        yield loop


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(
    runner: asyncio.Runner, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """One database for all examples; each undoes what it wrote."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("sqlite"), tmp_path_factory.mktemp("fanout"))
        made = Database(f"sqlite+aiosqlite:///{file}")
    else:
        server: URL = request.getfixturevalue("postgresql")
        made = Database(server.set(database="shared").render_as_string(hide_password=False))
        runner.run(empty(made))
    yield made
    runner.run(made.close())


async def build(work: SqlWork, world: World) -> Catalogue:
    await work.topics.put([Topic(slug, slug.title(), parent) for slug, parent in TREE.items()], from_file=True)
    catalogue = await work.topics.catalogue()
    for number, person in enumerate(world.readers):
        destination = await work.destinations.ensure(
            Address(Platform.WEB, str(number)), title="", locale="en", timezone="UTC", now=NOW
        )
        if person.paused and number % 2:
            await work.access.put(destination.address, Admission.BANNED, NOW)
        elif person.paused:
            await work.destinations.pause(destination.id, NOW + timedelta(days=1), NOW)
        if person.follows:
            await work.follows.put(destination.id, STORY, NOW)
        if person.muted:
            await work.destinations.mute(destination.id, STORY, NOW)
        if person.told:
            await work.told.tell(destination.id, {STORY: 3}, NOW)
        if number % 2:  # before or after the subscriptions are made
            await work.destinations.filter(destination.id, person.filters)
        await subscribe(work, catalogue, destination, person)
        await work.destinations.filter(destination.id, person.filters)
    return catalogue


async def subscribe(work: SqlWork, catalogue: Catalogue, destination: Destination, person: Person) -> None:
    for slug, bar in person.bars.items():
        topic = catalogue.get(slug)
        assert topic is not None
        await work.subscriptions.put(Subscription(destination.id, topic.id, bar), NOW)
        if slug in person.refined:
            outlets, filters = person.refined[slug]
            await work.subscriptions.refine(
                Subscription(destination.id, topic.id, outlets_from=outlets, filters=filters)
            )


async def run(database: Database, world: World, limit: int, seen: Counter[str]) -> None:
    with contextlib.suppress(_Undo):
        async with database.write() as work:
            await compare(work, world, limit, seen)
            raise _Undo


async def compare(work: SqlWork, world: World, limit: int, seen: Counter[str]) -> None:
    catalogue = await build(work, world)
    found = windows(world.article, catalogue, best_before=world.best_before, ever_topics=world.ever)
    best, count = world.outlets
    found += outlet_windows(world.article.topics, catalogue, best_before=best, now=count, ever_topics=world.ever)
    if not found:
        seen["no window"] += 1
        return
    criteria = Criteria(9, STORY, found, subject_of(world.article), joins=world.joins)
    expected: dict[int, str] = {}
    for destination in await work.destinations.all():
        verdict = judge(criteria, await work.told.reader(destination, STORY, NOW, 9))
        seen[word_of(verdict)] += 1
        if verdict.gate is None:
            expected[destination.id] = "follow" if verdict.update else "alert"
    counted = await work.deliveries.audience(criteria, NOW)
    payload = Payload(cards=(Card(9, STORY, "T", "https://a.example/1"),))
    fanout_id = await work.deliveries.owe(criteria, payload, NOW)
    while await work.deliveries.fan_out(NOW, guard=0, limit=limit):
        pass
    rows = await work._connection.execute(select(deliveries.c.destination_id, deliveries.c.kind))
    assert sorted(tuple(row) for row in rows) == sorted(expected.items())
    alerts = [kind for kind in expected.values() if kind == "alert"]
    assert counted.owed == len(alerts)
    assert await work.deliveries.written(fanout_id) == len(expected)
    pairs = await work._connection.execute(select(told.c.destination_id).where(told.c.article_id == 9))
    assert set(pairs.scalars()) >= {destination for destination, kind in expected.items() if kind == "alert"}


def word_of(verdict: Verdict) -> str:
    if verdict.gate is not None:
        return verdict.gate.value
    if verdict.update:
        return "owed as an update"
    return f"owed by {verdict.window.measure}" if verdict.window else "owed"


def test_sql_owes_exactly_what_the_pure_rule_says(runner: asyncio.Runner, database: Database) -> None:
    seen: Counter[str] = Counter()

    @settings(
        max_examples=EXAMPLES[database.url.get_backend_name()],
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds, st.sampled_from([1, 2, 1000]))
    def check(world: World, limit: int) -> None:
        runner.run(run(database, world, limit, seen))

    check()
    judged = sum(seen.values()) - seen["no window"]
    owed = sum(count for word, count in seen.items() if word.startswith("owed"))
    print(f"\nverdicts: {dict(seen)}; owed {owed / judged:.0%} of {judged}")
    assert owed / judged >= 0.2
    gates = [Gate.NO_TOPIC, Gate.BELOW_BAR, Gate.NOT_NEW, Gate.BARRED, Gate.PAUSED, Gate.MUTED, Gate.FILTERED]
    words = [gate.value for gate in (*gates, Gate.SAME_STORY)]
    for word in [*words, "owed by quality", "owed by outlets", "owed as an update"]:
        assert seen[word], f"no case was {word}"
