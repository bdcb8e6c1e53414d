"""What became of each file of a batch, in one word and with the value that decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.matching import Criteria, Gate, level
from bot.model import Article, StoredArticle
from bot.ports import Storage, Work


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """What became of one file: a word of `docs/news.md` and the value that decided."""

    path: str
    verdict: str
    detail: str = ""


@dataclass(slots=True)
class Judged:
    """One article on its way through the gates, and what was found so far."""

    article: Article
    before: StoredArticle | None
    gate: Gate | None  # of gates 1 and 2
    stored: StoredArticle | None = None
    criteria: Criteria | None = None
    fanout_id: int | None = None
    corroborated_id: int | None = None  # the fan-out of its story, which more outlets carry now

    @property
    def counts(self) -> bool:
        return self.gate in (None, Gate.STALE)

    @property
    def needs_story(self) -> bool:
        return self.counts and not (self.before and self.before.story_id)

    @property
    def joins(self) -> bool:
        """Whether it is new in a story that was there before it."""
        stored = self.stored
        return self.best_before is None and stored is not None and stored.story_id != stored.id

    @property
    def best_before(self) -> int | None:
        return self.before.best_quality if self.before else None


async def verdicts_of(
    storage: Storage, judged: Sequence[Judged], batch: Sequence[Judged], now: datetime, *, baseline: bool
) -> list[FileVerdict]:
    """A verdict for each judged article; `batch` is all that was judged with them, strongest first."""
    async with storage.read() as work:
        return [await _verdict(work, one, batch, now, baseline=baseline) for one in judged]


async def _verdict(
    work: Work, one: Judged, judged: Sequence[Judged], now: datetime, *, baseline: bool
) -> FileVerdict:
    path = one.article.path
    if one.gate is not None:
        return FileVerdict(path, one.gate.value, _gate_value(one))
    if baseline:
        return FileVerdict(path, "known", "there at the first look")
    if not one.article.topics:
        return FileVerdict(path, Gate.NO_TOPIC.value, "it names none")
    owed = [await work.deliveries.written(opened) for opened in (one.fanout_id, one.corroborated_id) if opened]
    if sum(owed):
        return FileVerdict(path, "told", f"{sum(owed)}, {_rated(one)}")
    if one.criteria is None:
        return FileVerdict(path, Gate.NOT_NEW.value, _not_new(one))
    return await _untold(work, one, one.criteria, judged, now)


async def _untold(
    work: Work, one: Judged, criteria: Criteria, judged: Sequence[Judged], now: datetime
) -> FileVerdict:
    """Why nobody was owed an article that clears new bars."""
    path = one.article.path
    audience = await work.deliveries.audience(criteria, now)
    if audience.told:
        for stronger in judged[: judged.index(one)]:
            if stronger.fanout_id and stronger.stored and stronger.stored.story_id == criteria.story_id:
                return FileVerdict(path, "superseded", f"by {stronger.article.path}")
        founder = await work.articles.get(criteria.story_id)
        return FileVerdict(path, Gate.SAME_STORY.value, f"as {founder.article.path}" if founder else "")
    if audience.muted or audience.paused:
        return FileVerdict(path, Gate.MUTED.value if audience.muted else Gate.PAUSED.value, _rated(one))
    if audience.barred:
        return FileVerdict(path, Gate.BARRED.value, _rated(one))
    if audience.filtered:
        return FileVerdict(path, Gate.FILTERED.value, _rated(one))
    if audience.lowest_bar is None:
        return FileVerdict(path, "no reader", "nobody subscribes to " + ", ".join(one.article.topics))
    if audience.lowest_bar <= level(one.article.quality):
        return FileVerdict(path, Gate.NOT_NEW.value, _not_new(one))
    return FileVerdict(path, Gate.BELOW_BAR.value, f"{_rated(one)}, lowest bar {audience.lowest_bar}")


def _gate_value(one: Judged) -> str:
    dated = one.article.published_at
    values = {
        Gate.DRAFT: "published: false",
        Gate.RETRACTED: "retracted or deleted",
        Gate.STALE: f"published {dated:%Y-%m-%d %H:%M}" if dated else "",
        Gate.WAITING: f"dated {dated:%Y-%m-%d %H:%M}" if dated else "",
    }
    return values.get(one.gate, "") if one.gate else ""


def _rated(one: Judged) -> str:
    return "not rated" if one.article.quality is None else f"quality {one.article.quality}"


def _not_new(one: Judged) -> str:
    return f"{_rated(one)}, best before {one.best_before}"
