"""Does an article newly match a reader, and if not, which gate says so? Pure.

The one definition of a match: `storage.deliveries` runs the same rule set-based in SQL (a property test holds
the two together), `/why` explains with it. Gates and their order are those of `docs/adr/0003`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.model import Article, Topic
from bot.topics import Catalogue

NOTHING = -1
"""Below every bar: what a version that never counted had as its quality."""

AHEAD = timedelta(hours=24)
"""Dates up to this far in the future are taken for clock differences and count as now."""


class Gate(StrEnum):
    """Why an article is not told, in the order in which the gates are met."""

    REFUSED = "refused"
    RETRACTED = "retracted"
    DRAFT = "draft"
    WAITING = "waiting"
    STALE = "stale"
    NO_TOPIC = "no topic"
    BELOW_BAR = "below bar"
    NOT_NEW = "not new"
    BARRED = "barred"
    PAUSED = "paused"
    MUTED = "muted"
    SAME_STORY = "same story"


@dataclass(frozen=True, slots=True)
class Window:
    """A subscription to `topic_id` newly matches where `above < bar <= upto`.

    `leaf` is the article's topic through which it is reached and `depth` the steps up from there:
    among a reader's subscriptions on one leaf's chain the nearest decides.
    """

    leaf: int
    topic_id: int
    depth: int
    above: int
    upto: int


@dataclass(frozen=True, slots=True)
class Criteria:
    """A change turned into what a reader must have to be owed a message."""

    article_id: int
    story_id: int
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """What matching needs of one destination: its alert bars by topic id (None = no alerts) and its gates."""

    bars: Mapping[int, int | None]
    barred: bool = False  # banned, or not let in where that is needed
    paused: bool = False
    muted: bool = False  # this story
    told: bool = False  # this story


@dataclass(frozen=True, slots=True)
class Verdict:
    """`gate` is None when a message is owed; `window` is the one that decided, where one did."""

    gate: Gate | None
    window: Window | None = None
    bar: int | None = None


def level(quality: int | None) -> int:
    """Quality as bars see it: unrated clears only the bar `any`, which is 0."""
    return max(quality or 0, 0)


def sendable(article: Article, *, published_only: bool) -> Gate | None:
    """Gate 1. `published` beside `heat` is the site's ranking, not a veto, unless `published_only`."""
    if article.retracted or article.deleted:
        return Gate.RETRACTED
    if article.published is False and (article.heat is None or published_only):
        return Gate.DRAFT
    return None


def fresh(published_at: datetime, now: datetime, fresh_hours: float) -> Gate | None:
    """Gate 2, from the publication date; `fresh_hours` 0 = no limit."""
    if published_at > now + AHEAD:
        return Gate.WAITING
    if fresh_hours and now - published_at > timedelta(hours=fresh_hours):
        return Gate.STALE
    return None


def windows(
    article: Article, catalogue: Catalogue, *, best_before: int | None, ever_topics: Iterable[str] = ()
) -> tuple[Window, ...]:
    """Gate 3: the bars that the article newly clears; empty where it clears none.

    `best_before` is the best quality of the versions that counted (None: none did) and `ever_topics` the
    slugs those versions had: for a topic it had before only bars above the old best are new.
    """
    best = NOTHING if best_before is None else level(best_before)
    had = set() if best_before is None else {t.slug for slug in ever_topics for t in _chain(slug, catalogue)}
    found = tuple(
        Window(leaf.id, topic.id, depth, best if topic.slug in had else NOTHING, level(article.quality))
        for leaf in leaves(article.topics, catalogue)
        for depth, topic in enumerate(catalogue.chain(leaf))
    )
    return found if any(w.above < w.upto for w in found) else ()


def leaves(names: Iterable[str], catalogue: Catalogue) -> list[Topic]:
    """The article's most specific topics: one that stands above another of them says nothing more."""
    own = list(dict.fromkeys(t for name in names if (t := catalogue.find(name)) is not None))
    above = {t.slug for topic in own for t in catalogue.chain(topic)[1:]}
    return [topic for topic in own if topic.slug not in above]


def deciding(criteria: Criteria, bars: Mapping[int, int | None]) -> list[tuple[Window, int | None]]:
    """Per leaf the window and bar that decide for a reader: those of the nearest subscribed topic."""
    nearest: dict[int, tuple[Window, int | None]] = {}
    for window in sorted(criteria.windows, key=lambda w: w.depth):
        if window.topic_id in bars:
            nearest.setdefault(window.leaf, (window, bars[window.topic_id]))
    return list(nearest.values())


def judge(criteria: Criteria, reader: Reader) -> Verdict:
    """Gates 3 to 5 for one reader."""
    decided = [(w, bar) for w, bar in deciding(criteria, reader.bars) if bar is not None]
    if not decided:
        return Verdict(Gate.NO_TOPIC)
    for window, bar in decided:
        if window.above < bar <= window.upto:
            gate = (
                (Gate.BARRED if reader.barred else None)
                or (Gate.PAUSED if reader.paused else None)
                or (Gate.MUTED if reader.muted else None)
                or (Gate.SAME_STORY if reader.told else None)
            )
            return Verdict(gate, window, bar)
    window, bar = min(decided, key=lambda pair: pair[1])
    return Verdict(Gate.BELOW_BAR if bar > window.upto else Gate.NOT_NEW, window, bar)


def _chain(slug: str, catalogue: Catalogue) -> list[Topic]:
    topic = catalogue.get(slug)
    return catalogue.chain(topic) if topic else []
