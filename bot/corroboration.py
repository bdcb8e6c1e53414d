"""How many independent outlets carry a story, and who is owed it when they become enough (gate 3, for a story).

Some readers wait for others to confirm what one outlet says. Outlets come with the story's articles and with their
coverage of the same news; the most there ever were is kept with the story, so that each number is reached once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards import card_of
from bot.filters import subject_of
from bot.matching import Criteria, fresh, level, outlet_windows, sendable
from bot.messages import Payload
from bot.model import StoredArticle
from bot.ports import Work
from bot.related import outlets
from bot.stories import strength_of
from bot.topics import Catalogue
from bot.verdicts import Judged


@dataclass(frozen=True, slots=True)
class Terms:
    """The settings that gates 1 and 2 depend on."""

    fresh_hours: float
    published_only: bool


async def corroborate(
    work: Work, judged: Sequence[Judged], catalogue: Catalogue, terms: Terms, now: datetime, *, baseline: bool
) -> None:
    """Count the outlets of every story of a batch, and owe those that newly have enough of them for somebody.

    A story is told by the strongest of its articles that can be sent. `judged` learns of the fan-outs opened.
    """
    touched = {one.stored.story_id: one for one in reversed(judged) if one.stored is not None and one.counts}
    if not await work.subscriptions.counting_outlets():  # counting costs about as much as comparing stories
        await work.articles.uncounted(list(touched))
        return
    new = {one.stored.id: one for one in judged if one.stored is not None}
    for story_id, one in touched.items():
        members = [
            stored
            for stored in await work.articles.of_story(story_id)
            if sendable(stored.article, published_only=terms.published_only) is None and stored.waits_until is None
        ]
        best = _best(story_id, members, new)
        count = outlets([stored.article for stored in members])
        await work.articles.carried(story_id, max(best, count))
        lead = _lead(members, terms, now)
        if not baseline and lead is not None and count > best:
            one.corroborated_id = await _owe(work, lead, members, new, catalogue, (best, count), now)


def _best(story_id: int, members: Sequence[StoredArticle], new: Mapping[int, Judged]) -> int:
    """The most outlets before this batch; where they were not counted, those of the versions before it."""
    best = next((stored.best_outlets for stored in members if stored.id == story_id), None)
    if best is not None:
        return best
    before = [new[stored.id].before if stored.id in new else stored for stored in members]
    return outlets([stored.article for stored in before if stored is not None])


def _lead(members: Sequence[StoredArticle], terms: Terms, now: datetime) -> StoredArticle | None:
    current = [
        stored
        for stored in members
        if not stored.gone
        and fresh(stored.article.published_at or stored.first_seen_at, now, terms.fresh_hours) is None
    ]
    return min(current, key=lambda stored: strength_of(stored.article), default=None)


async def _owe(
    work: Work,
    lead: StoredArticle,
    members: Sequence[StoredArticle],
    new: Mapping[int, Judged],
    catalogue: Catalogue,
    outlets_: tuple[int, int],
    now: datetime,
) -> int | None:
    had = {
        slug for stored in members for slug in (_had(new[stored.id]) if stored.id in new else stored.ever_topics)
    }
    names = dict.fromkeys(name for stored in members for name in stored.article.topics)
    best, count = outlets_
    found = outlet_windows(names, catalogue, best_before=best, now=count, ever_topics=had)
    if not found:
        return None
    known = lead.id not in new or new[lead.id].best_before is not None
    card = card_of(lead, members, catalogue, second_look=known)
    criteria = Criteria(lead.id, lead.story_id, found, subject_of(lead.article), level(lead.article.quality))
    return await work.deliveries.owe(criteria, Payload(cards=(card,)), now)


def _had(one: Judged) -> frozenset[str]:
    """The topics of an article before this batch."""
    return one.before.ever_topics if one.before is not None and one.best_before is not None else frozenset()
