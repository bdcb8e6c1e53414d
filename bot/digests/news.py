"""What was news in a period, and which of it matches a reader's digest bars. Pure.

Every change that newly clears a bar is kept as `Criteria` with its moment. A digest judges those that came since
the last one by the rule that alerts follow (`bot.matching.judge`), with the reader's digest bars.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from math import log2
from operator import attrgetter

from bot.cards import coverage_of
from bot.filters import screened, subject_of
from bot.matching import Criteria, Gate, Reader, judge, level
from bot.messages import Mention
from bot.model import StoredArticle
from bot.preferences import NO_SCREEN, Filters, Screen
from bot.stories import strength_of
from bot.topics import Catalogue

NEAR = 10
"""A story so far below a bar, or nearer, is a near miss."""

COVERAGE = 5.0
"""What doubling the outlets that have a story adds to its quality when stories are ranked."""

Bars = tuple[tuple[int, int | None], ...]
"""A reader's digest bars by topic id, in order; None = that topic stays out of the digest."""

NOWHERE = Mention(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Change:
    """An article newly cleared bars at that moment."""

    at: datetime
    criteria: Criteria


@dataclass(frozen=True, slots=True)
class Match:
    """A story that concerns a reader, through the topic and bar that decide.

    `newly`: it newly cleared the bar; else it only moved above it, or (`near`) stayed just below, at `level`.
    `at` is its last such change. Readers share matches, and the `mention` in them.
    """

    story_id: int
    topic_id: int
    level: int
    at: datetime
    newly: bool = False
    near: bool = False
    mention: Mention = NOWHERE


Ranked = tuple[float, int, int, int, Match]
"""A match behind what it sorts by: the strongest story first, then by story; of one story what tells most."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What concerns readers through their topics below one root, ranked; one object for all to whom it is alike.

    So what a reader gets is known by these objects alone, whichever topics and bars led to them.
    """

    number: int
    ranked: tuple[Ranked, ...]
    stories: frozenset[int]


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it stands: its strongest article, who has it, and when others followed."""

    lead: StoredArticle
    outlets: int
    followed_at: tuple[datetime, ...]
    rank: float


class News:
    """The changes of a period with the articles of their stories; what it finds out it remembers."""

    def __init__(
        self,
        changes: Iterable[Change],
        articles: Mapping[int, Sequence[StoredArticle]],
        catalogue: Catalogue,
    ) -> None:
        """`articles` are those that can be sent now, by story; a story without any is not news."""
        self.catalogue = catalogue
        self._articles = articles
        self._by_topic: defaultdict[int, list[Change]] = defaultdict(list)
        self._by_story: defaultdict[int, list[Change]] = defaultdict(list)
        for change in changes:
            self._by_story[change.criteria.story_id].append(change)
            for topic_id in {window.topic_id for window in change.criteria.windows}:
                self._by_topic[topic_id].append(change)
        self._topics = {topic.id: topic for topic in catalogue}
        self._roots = {topic.id: catalogue.chain(topic)[-1].id for topic in catalogue}
        self._found: dict[tuple[Bars, datetime, Screen | None], Found | None] = {}
        self._alike: dict[tuple[Ranked, ...], Found] = {}
        self.sizes: dict[int, int] = {}  # of stories as items: see `parts`
        self._stories: dict[int | tuple[int, Filters, Filters], Story | None] = {}

    def found(self, bars: Bars, since: datetime, screen: Screen | None = None) -> tuple[Found, ...]:
        """What concerns a reader of these bars and filters, in an order of its own; nothing where nothing does.

        Topics below one root are judged together, since the nearest of them decides; those of different roots
        never meet on a chain, so that readers who share only a part of their topics share the work.
        """
        families: dict[int, Bars] = {}
        for pair in bars:
            root = self._roots.get(pair[0], pair[0])
            families[root] = (*families.get(root, ()), pair)
        known, every = self._found, []
        for family in families.values():
            key = (family, since, screen)
            one = known[key] if key in known else known.setdefault(key, self._look(*key))
            if one is not None:
                every.append(one)
        return tuple(sorted(every, key=_number)) if len(every) > 1 else tuple(every)

    def matches(self, bars: Bars, since: datetime, screen: Screen | None = None) -> tuple[Ranked, ...]:
        """The stories that concern a reader of these bars and filters, the strongest first.

        A story has a match for each root of the topics through which it comes; the first of them is its best.
        """
        return merged(self.found(bars, since, screen))

    def story(self, story_id: int, screen: Screen | None = None, topic_id: int = 0) -> Story | None:
        """The story as it stands, as far as a topic's filters let it pass; None where nothing can be sent of it."""
        key = story_id if screen is None else (story_id, screen.of_all, screen.of(topic_id))
        if key not in self._stories:
            found = passing(self._articles.get(story_id, ()), screen, topic_id)
            self._stories[key] = _story(found) if found else None
        return self._stories[key]

    def article(self, mention: Mention) -> StoredArticle:
        """The article that a mention names."""
        return next(s for s in self._articles[mention.story_id] if s.id == mention.article_id)

    def topic_name(self, topic_id: int) -> str:
        """Its name; nothing for a topic that is no more."""
        topic = self._topics.get(topic_id)
        return topic.name if topic else ""

    def changes_after(self, story_id: int, moment: datetime) -> list[Change]:
        return [change for change in self._by_story[story_id] if change.at > moment]

    def _look(self, bars: Bars, since: datetime, screen: Screen | None) -> Found | None:
        ranked = []
        for match in self._judged(bars, since, screen).values():
            if (story := self.story(match.story_id, screen, match.topic_id)) is not None:
                bar = match.level if match.near else None
                mention = Mention(match.story_id, story.lead.id, match.topic_id, story.outlets, None, bar)
                kind = 0 if match.newly else 2 if match.near else 1
                ranked.append((-story.rank, match.story_id, kind, match.topic_id, replace(match, mention=mention)))
        if not ranked:
            return None
        ranked.sort()
        made = Found(len(self._alike), tuple(ranked), frozenset(one[1] for one in ranked))
        return self._alike.setdefault(made.ranked, made)

    def _judged(self, bars: Bars, since: datetime, screen: Screen | None) -> dict[int, Match]:
        reader = Reader(dict(bars), screen=screen or NO_SCREEN)
        changes = {id(change): change for topic_id, _ in bars for change in self._by_topic.get(topic_id, ())}
        found: dict[int, Match] = {}
        for change in changes.values():
            if change.at <= since or (match := _match(change, reader)) is None:
                continue
            other = found.get(match.story_id)
            found[match.story_id] = match if other is None else better(other, match)
        return found


_number = attrgetter("number")


def merged(found: Sequence[Found]) -> tuple[Ranked, ...]:
    """All their matches, the strongest first."""
    return found[0].ranked if len(found) == 1 else tuple(sorted(chain.from_iterable(one.ranked for one in found)))


def passing(articles: Iterable[StoredArticle], screen: Screen | None, topic_id: int) -> list[StoredArticle]:
    """The articles that the filters of a chat's subscription let through, the strongest first."""
    found = [s for s in articles if screen is None or not screened(screen, topic_id, subject_of(s.article))]
    return sorted(found, key=lambda s: strength_of(s.article))


def better(a: Match, b: Match) -> Match:
    """Of two matches of one story the one that tells more; its moment is the later one."""
    chosen, other = (a, b) if (a.newly, not a.near, a.level) >= (b.newly, not b.near, b.level) else (b, a)
    if other.near or other.at <= chosen.at:
        return chosen
    return replace(chosen, at=other.at)


def _match(change: Change, reader: Reader) -> Match | None:
    verdict = judge(change.criteria, reader)
    window, bar = verdict.window, verdict.bar
    if window is None or bar is None or screened(reader.screen, window.topic_id, change.criteria.subject):
        return None
    near = verdict.gate is Gate.BELOW_BAR
    if near and (bar - window.upto > NEAR or not window.upto):
        return None
    return Match(
        change.criteria.story_id,
        window.topic_id,
        window.upto,
        change.at,
        newly=verdict.gate is None,
        near=near,
    )


def _story(found: Sequence[StoredArticle]) -> Story:
    lead = found[0]
    same = coverage_of(lead, found[1:]).same
    outlets = 1 + len(same)
    followed = tuple(item.published_at for item in same if item.published_at is not None)
    return Story(lead, outlets, followed, level(lead.article.quality) + COVERAGE * log2(outlets))
