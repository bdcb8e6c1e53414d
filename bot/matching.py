"""Does an article newly match a reader, and if not, which gate says so? Pure.

The one definition of a match: `storage.deliveries` runs the same rule set-based in SQL (a property test holds
the two together), `/why` explains with it. Gates and their order are those of `docs/adr/0003`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.filters import NO_SUBJECT, Hold, Subject, held_by, screened
from bot.model import Article, Topic
from bot.preferences import NO_SCREEN, Screen
from bot.topics import Catalogue

NOTHING = -1
"""Below every bar: what a version that never counted had as its quality."""

AHEAD = timedelta(hours=24)
"""Dates up to this far in the future are taken for clock differences and count as now."""


STORY_ENDS = timedelta(days=7)
"""A story without a new article for so long has ended: nobody follows it any more."""


class Gate(StrEnum):
    """Why an article is not told, in the order in which the gates are met."""

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
    FILTERED = "filtered"
    SAME_STORY = "same story"


class Measure(StrEnum):
    """What a bar is a number of."""

    QUALITY = "quality"
    OUTLETS = "outlets"  # independent ones that carry the story


@dataclass(frozen=True, slots=True)
class Window:
    """A subscription to `topic_id` newly matches where `above < bar <= upto`, its bar being one of `measure`.

    `leaf` is the article's topic through which it is reached and `depth` the steps up from there:
    among a reader's subscriptions on one leaf's chain the nearest decides.
    """

    leaf: int
    topic_id: int
    depth: int
    above: int
    upto: int
    measure: Measure = Measure.QUALITY


@dataclass(frozen=True, slots=True)
class Criteria:
    """A change turned into what a reader must have to be owed a message.

    `level` is the quality of the article. `joins`: it is new in its story, which those hear who follow it, whatever
    their bars.
    """

    article_id: int
    story_id: int
    windows: tuple[Window, ...]
    subject: Subject = NO_SUBJECT
    level: int = 0
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """What matching needs of one destination: its alert bars by topic id (None = no alerts) and its gates.

    `outlets` are its bars for the number of outlets by topic id, `screen` its filters. `told` is about this story,
    `told_this` about this very article.
    """

    bars: Mapping[int, int | None]
    barred: bool = False  # banned, or not let in where that is needed
    paused: bool = False
    muted: bool = False  # this story
    told: bool = False
    outlets: Mapping[int, int] = field(default_factory=dict)
    screen: Screen = NO_SCREEN
    follows: bool = False  # this story
    told_this: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`gate` is None when a message is owed; `window` is the one that decided, where one did.

    `hold` says what in the filters closed the gate; `update`: owed as news on a story that the reader follows.
    """

    gate: Gate | None
    window: Window | None = None
    bar: int | None = None
    hold: Hold | None = None
    update: bool = False


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
    had = () if best_before is None else ever_topics
    return _windows(article.topics, catalogue, best, level(article.quality), had, Measure.QUALITY)


def outlet_windows(
    topics: Iterable[str], catalogue: Catalogue, *, best_before: int, now: int, ever_topics: Iterable[str] = ()
) -> tuple[Window, ...]:
    """Gate 3 for a story: the numbers of outlets that it newly reaches; empty where it reaches none.

    `topics` are names of all its articles, `best_before` is the most outlets it had so far, and `ever_topics` are
    the slugs that its articles had then.
    """
    return _windows(topics, catalogue, best_before, now, ever_topics, Measure.OUTLETS)


def _windows(
    names: Iterable[str],
    catalogue: Catalogue,
    best: int,
    upto: int,
    ever_topics: Iterable[str],
    measure: Measure,
) -> tuple[Window, ...]:
    had = {topic.slug for slug in ever_topics for topic in _chain(slug, catalogue)}
    found = tuple(
        Window(leaf.id, topic.id, depth, best if topic.slug in had else NOTHING, upto, measure)
        for leaf in leaves(names, catalogue)
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
    return [(window, bars[window.topic_id]) for window in _nearest(criteria, bars, Measure.QUALITY)]


def judge(criteria: Criteria, reader: Reader) -> Verdict:
    """Gates 3 to 5 for one reader."""
    verdict = _alerts(criteria, reader)
    if verdict.gate is not None and criteria.joins and reader.follows:
        return _updates(criteria, reader, verdict)
    return verdict


def _alerts(criteria: Criteria, reader: Reader) -> Verdict:
    decided = [(window, bar) for window, bar in _bars(criteria, reader) if bar is not None]
    if not decided:
        return Verdict(Gate.NO_TOPIC)
    newly = cleared(criteria, reader)
    if not newly:
        window, bar = min(decided, key=lambda pair: (pair[0].measure is Measure.OUTLETS, pair[1]))
        return Verdict(Gate.BELOW_BAR if bar > window.upto else Gate.NOT_NEW, window, bar)
    window, bar = newly[0]
    stopped = [(reader.barred, Gate.BARRED), (reader.paused, Gate.PAUSED), (reader.muted, Gate.MUTED)]
    if gate := next((gate for closed, gate in stopped if closed), None):
        return Verdict(gate, window, bar)
    holds = [(one, screened(reader.screen, one[0].topic_id, criteria.subject)) for one in newly]
    (window, bar), hold = next((pair for pair in holds if pair[1] is None), holds[0])
    if hold is not None:
        return Verdict(Gate.FILTERED, window, bar, hold)
    return Verdict(Gate.SAME_STORY if reader.told else None, window, bar)


def cleared(criteria: Criteria, reader: Reader) -> list[tuple[Window, int]]:
    """The windows that newly clear a bar which decides for the reader, each with that bar."""
    decided = [(window, bar) for window, bar in _bars(criteria, reader) if bar is not None]
    return [(window, bar) for window, bar in decided if window.above < bar <= window.upto]


def _updates(criteria: Criteria, reader: Reader, verdict: Verdict) -> Verdict:
    """Who follows the story hears of each new article in it, but for what all of the chat holds back."""
    hold = held_by(reader.screen.of_all, criteria.subject)
    if reader.barred or reader.paused or reader.muted or hold is not None or reader.told_this:
        return verdict
    return Verdict(None, update=True)


def _bars(criteria: Criteria, reader: Reader) -> list[tuple[Window, int | None]]:
    """The windows that decide for a reader with the bars they meet, of either measure."""
    counting = _nearest(criteria, reader.bars, Measure.OUTLETS)
    return [*deciding(criteria, reader.bars), *((w, reader.outlets.get(w.topic_id)) for w in counting)]


def _nearest(criteria: Criteria, bars: Mapping[int, int | None], measure: Measure) -> list[Window]:
    nearest: dict[int, Window] = {}
    for window in sorted(criteria.windows, key=lambda w: w.depth):
        if window.topic_id in bars and window.measure is measure:
            nearest.setdefault(window.leaf, window)
    return list(nearest.values())


def _chain(slug: str, catalogue: Catalogue) -> list[Topic]:
    topic = catalogue.get(slug)
    return catalogue.chain(topic) if topic else []
