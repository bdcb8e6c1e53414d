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

from bot.matching import Criteria, Gate, judge, windows
from bot.messages import Card, Payload
from bot.model import Address, Admission, Article, Platform, Subscription, Topic
from bot.topics import Catalogue
from storage.database import Database
from storage.tables import deliveries, told
from storage.work import SqlWork
from tests.conftest import empty

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
STORY = 7
TREE = {"ai": None, "vision": "ai", "faces": "vision", "speech": "ai", "space": None, "rockets": "space"}


@dataclass
class World:
    """One article's change and some readers."""

    article: Article
    best_before: int | None
    ever: frozenset[str]
    readers: list[tuple[dict[str, int | None], bool, bool, bool]]  # bars, held back, muted, told


class _Undo(Exception):  # noqa: N818
    """Rolls an example's transaction back."""


qualities = st.one_of(
    st.integers(60, 120), st.integers(60, 120), st.integers(60, 120), st.integers(0, 60), st.none()
)
bars = st.one_of(st.sampled_from([0, 30, 40, 50]), st.sampled_from([0, 30, 60]), st.integers(0, 130), st.none())
rarely = st.integers(0, 9).map(lambda n: n == 7)
readers = st.tuples(
    st.dictionaries(st.sampled_from([*sorted(TREE), "ai", "ai", "vision"]), bars, min_size=1, max_size=4),
    rarely,
    rarely,
    rarely,
)
worlds = st.builds(
    lambda topics, quality, best, ever, people: World(
        Article("s", "a.md", "T", "https://a.example/1", quality=quality, topics=tuple(topics)),
        best,
        frozenset(ever) if best is not None else frozenset(),
        people,
    ),
    st.lists(st.sampled_from([*sorted(TREE), "faces", "speech"]), min_size=1, max_size=3),
    qualities,
    st.one_of(st.none(), st.none(), st.integers(0, 60)),
    st.sets(st.sampled_from(sorted(TREE)), max_size=3),
    st.lists(readers, min_size=3, max_size=8),
)


EXAMPLES = {"sqlite": 250, "postgresql": 100}


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


async def build(
    work: SqlWork, world: World
) -> tuple[Catalogue, dict[int, tuple[dict[str, int | None], bool, bool, bool]]]:
    await work.topics.put([Topic(slug, slug.title(), parent) for slug, parent in TREE.items()], from_file=True)
    catalogue = await work.topics.catalogue()
    people = {}
    for number, (bars_, paused, muted, told_) in enumerate(world.readers):
        destination = await work.destinations.ensure(
            Address(Platform.WEB, str(number)), title="", locale="en", timezone="UTC", now=NOW
        )
        people[destination.id] = (bars_, paused, muted, told_)
        if paused and number % 2:
            await work.access.put(destination.address, Admission.BANNED, NOW)
        elif paused:
            await work.destinations.pause(destination.id, NOW + timedelta(days=1), NOW)
        if muted:
            await work.destinations.mute(destination.id, STORY, NOW)
        if told_:
            await work.told.tell(destination.id, {STORY: 3}, NOW)
        for slug, bar in bars_.items():
            topic = catalogue.get(slug)
            assert topic is not None
            await work.subscriptions.put(Subscription(destination.id, topic.id, bar), NOW)
    return catalogue, people


async def run(database: Database, world: World, limit: int, seen: Counter[str]) -> None:
    with contextlib.suppress(_Undo):
        async with database.write() as work:
            await compare(work, world, limit, seen)
            raise _Undo


async def compare(work: SqlWork, world: World, limit: int, seen: Counter[str]) -> None:
    catalogue, people = await build(work, world)
    found = windows(world.article, catalogue, best_before=world.best_before, ever_topics=world.ever)
    if not found:
        seen["no window"] += 1
        return
    criteria = Criteria(9, STORY, found)
    expected = set()
    for destination in await work.destinations.all():
        verdict = judge(criteria, await work.told.reader(destination, STORY, NOW))
        seen[verdict.gate.value if verdict.gate else "owed"] += 1
        if verdict.gate is None:
            expected.add(destination.id)
    assert len(people) == len(world.readers)
    counted = await work.deliveries.audience(criteria, NOW)
    payload = Payload(cards=(Card(9, STORY, "T", "https://a.example/1"),))
    fanout_id = await work.deliveries.owe(criteria, payload, NOW)
    while await work.deliveries.fan_out(NOW, guard=0, limit=limit):
        pass
    rows = (await work._connection.execute(select(deliveries.c.destination_id))).scalars().all()
    assert sorted(rows) == sorted(expected)
    assert counted.owed == len(expected)
    assert await work.deliveries.written(fanout_id) == len(expected)
    pairs = await work._connection.execute(select(told.c.destination_id).where(told.c.article_id == 9))
    assert set(pairs.scalars()) == expected


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
    print(f"\nverdicts: {dict(seen)}; owed {seen['owed'] / judged:.0%} of {judged}")
    assert seen["owed"] / judged >= 0.2
    for gate in (
        Gate.NO_TOPIC,
        Gate.BELOW_BAR,
        Gate.NOT_NEW,
        Gate.BARRED,
        Gate.PAUSED,
        Gate.MUTED,
        Gate.SAME_STORY,
    ):
        assert seen[gate.value], f"no case was stopped at {gate.value}"
