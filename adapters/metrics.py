"""Prometheus metrics: what this process counted, and what the database says at the moment of a scrape."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from bot import __version__
from bot.errors import StorageError
from bot.model import Kind, Platform, State
from bot.ports import Figures, SourceState, Storage

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200)  # seconds from owed to sent


class Metrics:
    """A Meter (`bot.ports`) whose counts Prometheus can scrape. They begin at zero with the process."""

    def __init__(self, storage: Storage, clock: Callable[[], datetime]) -> None:
        self._storage = storage
        self._clock = clock
        self._stored = _Stored()
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each counter
        registry = self._registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        registry.register(self._stored)
        self._sends = Counter(
            "topicwire_sends",
            "Tries to send what was owed, by the state the message was in afterwards; pending = to be tried again.",
            ("platform", "kind", "state"),
            registry=registry,
        )
        self._waits = Histogram(
            "topicwire_file_to_sent_seconds",
            "From the moment an alert was first owed, when its file was taken in, to the moment it was sent.",
            ("platform",),
            buckets=BUCKETS,
            registry=registry,
        )
        self._floods = Counter(
            "topicwire_floods", "Answers that too much is sent (429).", ("platform",), registry=registry
        )
        self._replies = Counter(
            "topicwire_replies", "Messages sent as answers, beside the queue.", ("platform",), registry=registry
        )
        self._files = Counter(
            "topicwire_files_read",
            "New and changed files, by what reading them gave: article or refused.",
            ("source", "result"),
            registry=registry,
        )

    # ------------------------------------------------------------ counting

    def sent(self, platform: Platform, kind: Kind, seconds: float) -> None:
        self._sends.labels(platform, kind, State.SENT).inc()
        if kind is Kind.ALERT:
            self._waits.labels(platform).observe(max(seconds, 0.0))

    def failed(self, platform: Platform, kind: Kind, state: State) -> None:
        self._sends.labels(platform, kind, state).inc()

    def flooded(self, platform: Platform) -> None:
        self._floods.labels(platform).inc()

    def replied(self, platform: Platform, count: int) -> None:
        self._replies.labels(platform).inc(count)

    def read(self, source: str, articles: int, refused: int) -> None:
        self._files.labels(source, "article").inc(articles)
        self._files.labels(source, "refused").inc(refused)

    # ------------------------------------------------------------ scraping

    async def exposition(self) -> bytes:
        """Everything in Prometheus' text format, 0.0.4. Without the database, its part is left out."""
        now = self._clock()
        try:
            async with self._storage.read() as work:
                self._stored.figures = await work.deliveries.figures(now)
        except StorageError:
            self._stored.figures = None
        self._stored.now = now
        self._stored.writable = self._storage.fault is None
        return generate_latest(self._registry)


class _Stored(Collector):
    """The figures of the last look at the database as metrics."""

    def __init__(self) -> None:
        self.figures: Figures | None = None
        self.now: datetime | None = None
        self.writable = True

    def describe(self) -> Iterator[Metric]:
        return iter(())  # nothing is collected before the first scrape

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily("topicwire", "The version that runs.", {"version": __version__})
        up = self.figures is not None
        yield GaugeMetricFamily("topicwire_database_up", "1: the database answered this scrape.", float(up))
        yield GaugeMetricFamily(
            "topicwire_database_writable",
            "0: the last thing this process had to write could not be written.",
            float(self.writable),
        )
        if self.figures is None or self.now is None:
            return
        yield from _queue(self.figures, self.now)
        yield from _sources(self.figures.sources)
        owners = GaugeMetricFamily(
            "topicwire_lease", "Which process does what only one may do.", labels=("lease", "owner")
        )
        for lease, owner in self.figures.owners.items():
            owners.add_metric((lease, owner), 1)
        yield owners


def _queue(figures: Figures, now: datetime) -> Iterator[Metric]:
    queue = GaugeMetricFamily(
        "topicwire_queue", "Deliveries that are not finished.", labels=("platform", "kind", "state")
    )
    for (platform, kind, state), count in figures.queue.items():
        queue.add_metric((platform, kind, state), count)
    yield queue
    oldest = GaugeMetricFamily(
        "topicwire_queue_oldest_due_seconds",
        "Age of the oldest delivery that waits for nothing but its turn; 0 = none waits.",
        labels=("platform",),
    )
    for platform in figures.destinations:
        since = figures.oldest_due.get(platform, now)
        oldest.add_metric((platform,), max((now - since).total_seconds(), 0.0))
    yield oldest
    destinations = GaugeMetricFamily("topicwire_destinations", "Chats that are known.", labels=("platform",))
    for platform, count in figures.destinations.items():
        destinations.add_metric((platform,), count)
    yield destinations
    parked = GaugeMetricFamily(
        "topicwire_destinations_parked",
        "Chats that nothing can be sent to, by reason.",
        labels=("platform", "reason"),
    )
    for (platform, reason), count in figures.parked.items():
        parked.add_metric((platform, reason), count)
    yield parked


def _sources(sources: tuple[SourceState, ...]) -> Iterator[Metric]:
    def gauge(name: str, help_text: str, value: Callable[[SourceState], float | None]) -> Metric:
        family = GaugeMetricFamily(f"topicwire_source_{name}", help_text, labels=("source",))
        for source in sources:
            if (found := value(source)) is not None:
                family.add_metric((source.name,), found)
        return family

    yield gauge("files", "Files that are known.", lambda source: source.files)
    yield gauge("files_refused", "Files that cannot be read as articles now.", lambda source: source.refused)
    yield gauge("fault", "1: the source cannot be looked at.", lambda source: float(bool(source.fault)))
    yield gauge(
        "looked_timestamp_seconds",
        "When the source was last looked at.",
        lambda source: source.looked_at.timestamp() if source.looked_at else None,
    )
    yield gauge(
        "read_timestamp_seconds",
        "When a file of the source was last new or changed.",
        lambda source: source.read_at.timestamp() if source.read_at else None,
    )
