"""What is in a digest: the strongest stories, grouped by topic; what changed in known ones; near misses. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.digests.news import Match, News, Ranked
from bot.matching import NOTHING, Measure
from bot.messages import Known, Mention

MOST_NEW = 20  # stories in a digest; the rest is a button
MOST_KNOWN = 6  # known stories in which something changed
MOST_NEAR = 3


Told = tuple[datetime, int]
"""When a reader was told a story, and by which article."""


@dataclass(frozen=True, slots=True)
class Composition:
    """The mentions of a digest in the order in which they stand, and how many more there would have been."""

    new: tuple[Mention, ...] = ()
    known: tuple[Mention, ...] = ()
    near: tuple[Mention, ...] = ()
    more: int = 0

    @property
    def empty(self) -> bool:
        """Near misses alone are no digest."""
        return not (self.new or self.known)


def compose(matches: Iterable[Ranked], told: Mapping[int, Told], apart: Collection[int], news: News) -> Composition:
    """A digest of these matches, strongest first, for a reader who was told these; those `apart` are left out."""
    new, known, near = [], [], []
    last = 0
    for _, story_id, _, _, match in matches:
        if story_id == last or story_id in apart:
            continue
        last = story_id
        before = told.get(story_id)
        if before is not None:
            if not match.near and (what := _changed(before, match, news)) is not None:
                known.append(match.mention._replace(known=what))
        elif match.newly:
            new.append(match.mention)
        elif match.near:
            near.append(match.mention)
    return Composition(
        grouped(new[:MOST_NEW]), tuple(known[:MOST_KNOWN]), tuple(near[:MOST_NEAR]), max(0, len(new) - MOST_NEW)
    )


def grouped(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Those of one topic together; the topic of the strongest story first."""
    groups: dict[int, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.topic_id, []).append(mention)
    return tuple(mention for group in groups.values() for mention in group)


def _changed(before: Told, match: Match, news: News) -> Known | None:
    """What a reader who was told the story does not know yet; None where that is nothing worth a line."""
    at, article_id = before
    story = news.story(match.story_id)
    if story is None or match.at <= at:
        return None
    above = [
        max((w.above for w in change.criteria.windows if w.measure is Measure.QUALITY), default=NOTHING)
        for change in news.changes_after(match.story_id, at)
        if change.criteria.article_id == article_id
    ]
    rose_from = min((quality for quality in above if quality >= 0), default=None)
    joined = sum(moment > at for moment in story.followed_at)
    if rose_from is None and not joined and match.mention.article_id == article_id:
        return None
    return Known(at, article_id, rose_from, joined)
