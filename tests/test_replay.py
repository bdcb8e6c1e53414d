"""A recorded history of a real publisher, replayed at its own times."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.forecast import LENGTHS, MONTH, passing, territory, volume
from bot.matching import AHEAD
from bot.model import Address, Platform
from bot.ports import Period
from storage.tables import article_topics, articles, deliveries, told
from tests.replay import READERS, Replay, commits, done, messages, replay

ROOT = Path(__file__).parents[1]
HISTORY = ROOT.parent / "shared" / "corpus" / "ai-2020" / "history.jsonl.xz"
KILLS = 10
UNTIL = 75  # of 239 commits: enough for ten kills; the whole history is run by hand with `python -m tests.replay`


@pytest.fixture(autouse=True)
def corpus() -> None:
    if not HISTORY.exists():
        pytest.skip("../shared/corpus is absent")


async def test_a_reader_is_told_each_piece_of_news_once_nothing_old_and_as_much_as_forecast(tmp_path: Path) -> None:
    async with replay(tmp_path / "articles", tmp_path / "db.sqlite") as running:
        for record in commits(HISTORY):
            if record["n"] >= UNTIL:
                break
            await running.commit(record)
        async with running.storage.read() as work:
            rows = (
                await work._connection.execute(
                    select(told.c.destination_id, told.c.story_id, told.c.told_at, articles.c.dated).join(
                        articles, articles.c.id == told.c.article_id
                    )
                )
            ).all()
        shown = await messages(running.storage)
        foretold = await forecast_and_told(running)
        edits, articles_told = await edits_and_articles(running)
        print()
        print(Counter(verdict.verdict for _, verdict in running.verdicts))
        print(f"alerts {len(rows)}, edits {edits}, of a bot that knows no stories {articles_told}")
        for number, verdict in running.verdicts:
            if verdict.verdict in {"told", "same story", "superseded"}:
                print(f"#{number:3} {verdict.verdict:11} {verdict.path} ({verdict.detail})")
    assert len(rows) == len({(row.destination_id, row.story_id) for row in rows})
    assert sum(map(len, shown.values())) == len(rows) >= 10
    assert all((row.told_at - row.dated).total_seconds() <= 72 * 3600 for row in rows)
    for who, count, stories, said, true in foretold:
        print(f"{who}: told {count}, archive {stories}; forecast {said}, true {true:.1f}")
        assert count >= 5
        assert abs(stories - count) <= 0.2 * count
        assert abs(said - true) <= 0.2 * true
    assert not any(verdict.verdict == "refused" for _, verdict in running.verdicts)


async def forecast_and_told(running: Replay) -> list[tuple[str, int, int, float, float]]:
    """For each reader: who, stories told, stories of the archive at its bar, the figure forecast, the true one."""
    now = running.clock()
    found: list[tuple[str, int, int, float, float]] = []
    period = Period(now - MONTH, now + AHEAD)
    async with running.storage.read() as work:
        catalogue = await work.topics.catalogue()
        seen = now - (await work.archive.begins(period) or now)
        for name, (topic_name, bar) in READERS.items():
            topic = catalogue.find(topic_name)
            destination = await work.destinations.get(Address(Platform.WEB, name))
            assert topic
            assert destination
            count = len((await work.destinations.record(destination.id))["told"])
            stories = passing(await work.archive.levels(territory(catalogue, topic), period), bar)
            said = volume(stories, seen)
            true = count * (LENGTHS[said.per] / seen) if said.per in LENGTHS else count
            found.append((f"{topic_name} from {bar}, a {said.per}", count, stories, said.number, true))
    return found


async def edits_and_articles(running: Replay) -> tuple[int, int]:
    """How many cards were changed, and how many alerts there would be if each article were news of its own."""
    async with running.storage.read() as work:
        catalogue = await work.topics.catalogue()
        count = 0
        for topic_name, bar in READERS.values():
            topic = catalogue.find(topic_name)
            assert topic
            ids = [below.id for below in catalogue.below(topic)]
            on_topic = select(article_topics.c.article_id).where(article_topics.c.topic_id.in_(ids))
            news = select(func.count()).where(articles.c.fresh_quality >= bar, articles.c.id.in_(on_topic))
            count += await work._connection.scalar(news) or 0
        edits = select(func.count()).where(deliveries.c.kind == "update", deliveries.c.state == "sent")
        return await work._connection.scalar(edits) or 0, count


async def test_killed_ten_times_it_ends_with_the_same_messages(tmp_path: Path) -> None:
    async with replay(tmp_path / "calm", tmp_path / "calm.sqlite") as running:
        for record in commits(HISTORY):
            if record["n"] < UNTIL:
                await running.commit(record)
        expected = await messages(running.storage)

    folder, database = tmp_path / "killed", tmp_path / "killed.sqlite"
    command = [sys.executable, "-m", "tests.replay", str(HISTORY), str(folder), str(database), str(UNTIL)]
    seed = 20200101
    dice = random.Random(seed)  # noqa: S311 - places, not secrets
    places = sorted(dice.sample(range(1, UNTIL - 1), KILLS))
    kills = 0
    for place in places:
        process = subprocess.Popen(command, cwd=ROOT)
        while process.poll() is None and done(folder) < place:
            await asyncio.sleep(0.005)
        await asyncio.sleep(dice.uniform(0, 0.15))  # somewhere inside the commit that follows
        process.kill()
        kills += process.wait() == -9
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    print(f"\nseed {seed}: {kills} kills after commits {places}")
    assert kills == KILLS

    async with replay(folder, database) as running:
        assert await messages(running.storage) == expected
