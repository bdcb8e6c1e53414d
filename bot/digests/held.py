"""Writes what quiet hours or the flood guard held back: one digest a chat, for many chats in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.digests.composition import Composition, grouped
from bot.digests.news import News, Story
from bot.digests.writing import payloads_of
from bot.matching import Criteria, deciding, windows
from bot.messages import Mention
from bot.model import Kind
from bot.ports import Parcel, Wanted, Work
from bot.topics import Catalogue

MOST_HELD = 60  # stories that were held back, in one digest
NOTHING = Wanted(())


class Held(NamedTuple):
    """Stories (ids) that were held back from a chat (its destination id); `subject` makes their message unique."""

    reader: int
    stories: Sequence[int]
    subject: int


async def write_held(
    work: Work, held: Sequence[Held], *, key: str, kind: Kind, catalogue: Catalogue, now: datetime
) -> dict[int, int]:
    """Owe each chat what was held back from it; returns how many messages each has, 0 where nothing is left.

    What cannot be sent any more, or has no room, is not told after all. `key` names the heading in the catalogue of
    sentences. A chat that had a message of that subject is not among the answer: for it nothing was written.
    """
    stories = {story_id for one in held for story_id in one.stories}
    news = News((), await work.articles.sendable(stories), catalogue)
    wanted = await work.digests.wanted([one.reader for one in held], now, alerts=True)
    desk = _Desk(news, stories)
    alike: defaultdict[tuple[tuple[Mention, ...], int, int], list[int]] = defaultdict(list)
    untold: list[tuple[int, int]] = []
    messages: dict[int, int] = {}
    for one in held:
        ranked = desk.ranked(one.stories)
        bars = dict(wanted.get(one.reader, NOTHING).bars)
        mentions = grouped([desk.mention(story_id, bars) for story_id in ranked[:MOST_HELD]])
        kept = frozenset(ranked[:MOST_HELD])
        untold += [(one.reader, story_id) for story_id in one.stories if story_id not in kept]
        if mentions:
            alike[mentions, max(0, len(ranked) - MOST_HELD), one.subject].append(one.reader)
        else:
            messages[one.reader] = 0
    digests = [payloads_of(Composition(mentions, more=more), news, key=key) for mentions, more, _ in alike]
    editions = await work.digests.store(digests, now)
    parcels = [
        Parcel(edition, subject, [(reader, None) for reader in readers])
        for edition, ((_, _, subject), readers) in zip(editions, alike.items(), strict=True)
    ]
    written = await work.digests.owe(parcels, kind=kind, now=now)
    for parcel in parcels:
        messages |= {reader: len(parcel.edition.payload_ids) for reader, _ in parcel.to if reader in written}
    await work.told.untell([pair for pair in untold if pair[0] in messages])
    return messages


class _Desk:
    """The stories that are held, each under the topic of a reader's that decides about it."""

    def __init__(self, news: News, stories: set[int]) -> None:
        self._stories = {story_id: story for story_id in stories if (story := news.story(story_id)) is not None}
        order = sorted(self._stories, key=lambda story_id: (-self._stories[story_id].rank, story_id))
        self._place = {story_id: place for place, story_id in enumerate(order)}
        self._criteria = {story_id: _criteria(story, news) for story_id, story in self._stories.items()}
        self._mentions: dict[tuple[int, tuple[tuple[int, int | None], ...]], Mention] = {}

    def ranked(self, stories: Sequence[int]) -> list[int]:
        """Those of them that can still be sent, the strongest first."""
        return sorted({one for one in stories if one in self._place}, key=self._place.__getitem__)

    def mention(self, story_id: int, bars: Mapping[int, int | None]) -> Mention:
        """The story for a reader of these bars; under topic 0 where none of them has to do with it any more."""
        criteria = self._criteria[story_id]
        own = tuple((one, bars[one]) for one in dict.fromkeys(w.topic_id for w in criteria.windows) if one in bars)
        known = self._mentions.get((story_id, own))
        if known is None:
            decided = deciding(criteria, dict(own))
            window = min(decided, key=lambda pair: (pair[1] is None, (pair[1] or 0) > pair[0].upto), default=None)
            story = self._stories[story_id]
            known = Mention(story_id, story.lead.id, window[0].topic_id if window else 0, story.outlets)
            self._mentions[story_id, own] = known
        return known


def _criteria(story: Story, news: News) -> Criteria:
    return Criteria(
        story.lead.id, story.lead.story_id, windows(story.lead.article, news.catalogue, best_before=None)
    )
