"""What Prometheus is told: scraped over HTTP from the real page, read by Prometheus' own parser."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from adapters.metrics import Metrics
from adapters.sources.folder import FolderSource
from adapters.web.messenger import WebMessenger
from bot.delivery import Delivery
from bot.errors import Gone, Rejected, RetryLater
from bot.ingest import Rules
from bot.intake import Intake
from bot.model import Article, FileRead, FileRefused, FileStamp, Kind, Platform, State
from storage.database import Database
from tests.adapters.web_chat import SmallChat, sqlite
from tests.bot.stage import Stage
from tests.conftest import Clock
from tests.pages import listed, section
from tests.storage.queue import alert, readers, states

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


@asynccontextmanager
async def measured(
    storage: Database, clock: Clock, *, password: str | None = None
) -> AsyncIterator[tuple[WebMessenger, Metrics]]:
    web = WebMessenger(storage, host="127.0.0.1", port=0, password=password, clock=clock)
    metrics = Metrics(storage, clock)
    web.metrics = metrics.exposition
    await web.start(SmallChat())
    try:
        yield web, metrics
    finally:
        await web.stop()


async def scraped(web: WebMessenger, **headers: str) -> Samples:
    async with httpx.AsyncClient(base_url=web.url, headers=headers) as client:
        answer = await client.get("/metrics")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def of(samples: Samples, name: str, **labels: str) -> float | None:
    return samples.get((f"topicwire_{name}", frozenset(labels.items())))


async def until(condition: Callable[[], bool], clock: Clock) -> None:
    async with asyncio.timeout(10):
        while not condition():
            clock.forward(seconds=0.5)
            await asyncio.sleep(0.01)


@asynccontextmanager
async def working(delivery: Delivery) -> AsyncIterator[None]:
    task = asyncio.create_task(delivery.run())
    yield
    delivery.stop()
    async with asyncio.timeout(5):
        await task


async def test_the_queue_is_told_by_class_and_state_with_the_age_of_its_oldest(
    storage: Database, clock: Clock
) -> None:
    people = await readers(storage, clock, 5)
    await alert(storage, clock, 1)
    async with storage.write() as work:
        await work.destinations.park(people[0].id, "blocked by the user", clock())
        await work.leases.take("source news", "host/1", 10, clock())
        await work.sources.looked("news", clock(), baselined=True)
        await work.sources.looked("gone", clock(), fault="it is gone")
        refused = FileRead("b.md", FileStamp(1, 1), FileRefused("b.md", "no title"))
        fine = FileRead("a.md", FileStamp(1, 1), Article("news", "a.md", "A", "https://a.example"))
        await work.sources.put_files("news", [fine, refused], [], clock())
    clock.forward(seconds=7)
    async with measured(storage, clock) as (web, _):
        samples = await scraped(web)
    assert of(samples, "database_up") == 1
    assert of(samples, "queue", platform="web", kind="alert", state="pending") == 4
    assert of(samples, "queue", platform="web", kind="alert", state="parked") == 1
    assert of(samples, "queue_oldest_due_seconds", platform="web") == 7
    assert of(samples, "destinations", platform="web") == 5
    assert of(samples, "destinations_parked", platform="web", reason="blocked by the user") == 1
    assert of(samples, "lease", lease="source news", owner="host/1") == 1
    assert of(samples, "source_files", source="news") == 2
    assert of(samples, "source_files_refused", source="news") == 1
    assert [of(samples, "source_fault", source=name) for name in ("news", "gone")] == [0, 1]
    assert of(samples, "source_looked_timestamp_seconds", source="news") == clock().timestamp() - 7
    assert samples[("process_cpu_seconds_total", frozenset())] > 0


async def test_what_was_sent_is_counted_with_how_long_it_took_from_the_file(
    storage: Database, clock: Clock
) -> None:
    await readers(storage, clock, 3)
    await alert(storage, clock, 1)
    clock.forward(seconds=2.5)
    async with measured(storage, clock) as (web, metrics):
        delivery = Delivery(storage, web, owner="w", clock=clock, meter=metrics)
        web.on_reply = delivery.replied
        async with working(delivery):
            async with asyncio.timeout(10):
                while await states(storage) != {"sent": 3}:
                    await asyncio.sleep(0.01)
        delivery.replied(2)
        samples = await scraped(web)
    assert of(samples, "sends_total", platform="web", kind="alert", state="sent") == 3
    assert of(samples, "file_to_sent_seconds_count", platform="web") == 3
    assert of(samples, "file_to_sent_seconds_sum", platform="web") == pytest.approx(7.5)
    assert of(samples, "file_to_sent_seconds_bucket", platform="web", le="2.0") == 0
    assert of(samples, "file_to_sent_seconds_bucket", platform="web", le="5.0") == 3
    assert of(samples, "replies_total", platform="web") == 2
    assert of(samples, "queue", platform="web", kind="alert", state="pending") is None
    assert of(samples, "queue_oldest_due_seconds", platform="web") == 0


async def test_every_way_to_fail_is_counted(clock: Clock, tmp_path: Path) -> None:
    async with sqlite(tmp_path) as storage, measured(storage, clock) as (web, metrics):
        await readers(storage, clock, 4)
        await alert(storage, clock, 1)
        stage = Stage()
        stage.script = {
            "r0": [RetryLater("too many requests", after=1, flood=True)],
            "r1": [Gone("blocked by the user")],
            "r2": [Rejected("bad"), Rejected("bad")],
        }
        async with working(Delivery(storage, stage, owner="w", clock=clock, meter=metrics)):
            await until(lambda: len(stage.sent) == 2 and not any(stage.script.values()), clock)
        samples = await scraped(web)
    counted = {
        state: of(samples, "sends_total", platform="web", kind="alert", state=state)
        for state in ("sent", "pending", "parked", "rejected")
    }
    assert counted == {"sent": 2, "pending": 1, "parked": 1, "rejected": 1}
    assert of(samples, "floods_total", platform="web") == 1
    assert of(samples, "destinations_parked", platform="web", reason="blocked by the user") == 1


async def test_files_are_counted_as_they_are_read(clock: Clock, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "good.md").write_text("---\ntitle: A good one\nwebUrl: https://a.example/1\n---\n")
    (news / "bad.md").write_text("no front matter\n")
    async with sqlite(tmp_path) as storage, measured(storage, clock) as (web, metrics):
        rules = Rules(72, published_only=False, flood_guard=20)
        intake = Intake(storage, FolderSource("news", news), rules, clock=clock, owed=lambda: None, meter=metrics)
        await intake.begin()
        await intake.look(patient=False)
        samples = await scraped(web)
    assert of(samples, "files_read_total", source="news", result="article") == 1
    assert of(samples, "files_read_total", source="news", result="refused") == 1
    assert of(samples, "source_files_refused", source="news") == 1


async def test_a_database_that_is_down_leaves_the_counts_that_need_none(clock: Clock, tmp_path: Path) -> None:
    home = tmp_path / "data"
    home.mkdir()
    async with sqlite(home) as storage, measured(storage, clock) as (web, metrics):
        metrics.flooded(Platform.TELEGRAM)
        await storage.close()  # what is open would go on by itself
        home.rename(tmp_path / "away")
        down = await scraped(web)
        (tmp_path / "away").rename(home)
        back = await scraped(web)
    assert (of(down, "database_up"), of(down, "floods_total", platform="telegram")) == (0, 1)
    assert (of(back, "database_up"), of(back, "floods_total", platform="telegram")) == (1, 1)


# ---------------------------------------------------------------- who may look


async def test_metrics_are_for_this_machine_or_behind_the_password(clock: Clock, tmp_path: Path) -> None:
    async with sqlite(tmp_path) as storage:
        async with measured(storage, clock) as (web, _), httpx.AsyncClient(base_url=web.url) as client:
            assert (await client.get("/metrics")).status_code == 200
            for header in (
                {"X-Forwarded-For": "203.0.113.7"},
                {"X-Forwarded-Proto": "https"},
                {"Via": "1.1 proxy"},
            ):
                assert (await client.get("/metrics", headers=header)).status_code == 403, header
        async with measured(storage, clock, password="correct horse") as (web, _):
            async with httpx.AsyncClient(base_url=web.url, headers={"X-Forwarded-For": "203.0.113.7"}) as client:
                refused = await client.get("/metrics")
                assert (refused.status_code, "Basic" in refused.headers["www-authenticate"]) == (401, True)
                assert (await client.get("/metrics", auth=("prometheus", "correct horse"))).status_code == 200
                assert (await client.get("/readyz")).status_code == 200
                for _ in range(5):
                    assert (await client.get("/metrics", auth=("prometheus", "wrong"))).status_code == 401
                locked = await client.get("/metrics", auth=("prometheus", "correct horse"))
                assert locked.status_code == 401
            assert await scraped(web)  # directly, from this machine


@pytest.mark.parametrize("value", ["Basic", "Basic ???", "Bearer x", "Basic " + base64.b64encode(b"\xff").decode()])
async def test_a_malformed_authorization_is_refused(clock: Clock, tmp_path: Path, value: str) -> None:
    async with sqlite(tmp_path) as storage, measured(storage, clock, password="correct horse") as (web, _):
        headers = {"Authorization": value, "X-Forwarded-For": "203.0.113.7"}
        async with httpx.AsyncClient(base_url=web.url, headers=headers) as client:
            assert (await client.get("/metrics")).status_code == 401


async def test_the_reasons_of_readyz_are_not_for_strangers(clock: Clock, tmp_path: Path) -> None:
    async def unready() -> list[str]:
        return ["source news: the folder is gone"]

    async with sqlite(tmp_path) as storage, measured(storage, clock) as (web, _):
        web.unready = unready
        async with httpx.AsyncClient(base_url=web.url) as client:
            assert "the folder is gone" in (await client.get("/readyz")).text
            stranger = await client.get("/readyz", headers={"X-Forwarded-For": "203.0.113.7"})
    assert (stranger.status_code, stranger.text) == (503, "not ready\n")


# ---------------------------------------------------------------- the list in the docs


async def test_every_metric_is_in_the_docs_and_no_other(clock: Clock, tmp_path: Path) -> None:
    async with sqlite(tmp_path) as storage, measured(storage, clock) as (web, metrics):
        metrics.sent(Platform.WEB, Kind.ALERT, 1.0)
        metrics.failed(Platform.WEB, Kind.ALERT, State.PENDING)
        metrics.flooded(Platform.WEB)
        metrics.replied(Platform.WEB, 1)
        metrics.read("news", 1, 0)
        async with httpx.AsyncClient(base_url=web.url) as client:
            text = (await client.get("/metrics")).text
    families = {family.name: family.type for family in text_string_to_metric_families(text)}
    told = {
        name + "_total" * (kind == "counter") for name, kind in families.items() if name.startswith("topicwire")
    }
    assert listed(section("docs/operating.md", "Watching it")) == told
