"""A digest judged once more when it is sent: what fell out is gone, the rest reads as things stand now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.digests.news import passing
from bot.digests.wording import Shown, digest_in_words
from bot.matching import level
from bot.messages import Digest, Mention, Payload
from bot.model import Destination, StoredArticle
from bot.ports import Storage, Wanted, Work
from bot.texts import texts

DIGEST = "digest"
"""The key of a daily digest's payload; others of its shape carry what the bars of alerts let through."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One part of a digest on its way to a chat. `id` is what its content is looked up by.

    `written_at` is when it became owed, and its stories told.
    """

    id: int
    destination: Destination
    payload: Payload
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """What a letter says now; None where nothing is left of it. `fallen` stories it does not tell after all."""

    content: Digest | None
    fallen: tuple[int, ...] = ()


async def last_word(storage: Storage, letters: Sequence[Letter], now: datetime) -> dict[int, Digest | None]:
    """What each letter says now, None where nothing is left of it; what it does not tell is not told.

    Raises StorageError.
    """
    async with storage.read() as work:
        judged = await judged_again(work, letters, now)
    if any(one.fallen for one in judged.values()):
        async with storage.write() as work:
            for letter in letters:
                pairs = [(letter.destination.id, story_id) for story_id in judged[letter.id].fallen]
                await work.told.untell(pairs, told_at=letter.written_at)
    return {letter_id: one.content for letter_id, one in judged.items()}


async def judged_again(work: Work, letters: Sequence[Letter], now: datetime) -> dict[int, Judged]:
    """The letters in words, without what was retracted, muted, filtered or unsubscribed since they were written."""
    stories = {mention.story_id for letter in letters for mention in letter.payload.mentions}
    articles = await work.articles.sendable(stories)
    leads = {story: passing(found, None, 0)[0] for story, found in articles.items()}
    muted = await work.digests.muted({letter.destination.id for letter in letters}, stories)
    wanted = {alerts: await _wanted_by(work, letters, now, alerts=alerts) for alerts in (False, True)}
    filtered = [reader for readers in wanted.values() for reader, own in readers.items() if own.filtered]
    screens = await work.digests.screens(filtered) if filtered else {}
    names = {topic.id: topic.name for topic in await work.topics.catalogue()}
    judged = {}
    for letter in letters:
        reader, daily = letter.destination.id, letter.payload.key == DIGEST
        found = wanted[not daily].get(reader)
        own, silent = None if found is None else dict(found.bars), muted.get(reader, ())
        shown, fallen = [], []
        for mention in letter.payload.mentions:
            lead = leads.get(mention.story_id)
            if lead and reader in screens:
                lead = next(iter(passing(articles[mention.story_id], screens[reader], mention.topic_id)), None)
            if lead and own is not None and mention.story_id not in silent and _wanted(mention, lead, own):
                shown.append(Shown(mention, lead, names.get(mention.topic_id, "")))
            elif mention.known is None and mention.bar is None:
                fallen.append(mention.story_id)
        judged[letter.id] = Judged(_content(letter, shown, len(fallen), now), tuple(fallen))
    return judged


async def _wanted_by(work: Work, letters: Iterable[Letter], now: datetime, *, alerts: bool) -> Mapping[int, Wanted]:
    readers = {letter.destination.id for letter in letters if (letter.payload.key != DIGEST) is alerts}
    return await work.digests.wanted(readers, now, alerts=alerts) if readers else {}


def _wanted(mention: Mention, lead: StoredArticle, bars: Mapping[int, int | None]) -> bool:
    """Whether the topic is subscribed to still, and its bar is not above the story now."""
    if not mention.topic_id:
        return True
    bar = bars.get(mention.topic_id)
    if bar is None:
        return False
    if mention.bar is not None:
        return mention.bar < bar
    return bar <= max(level(lead.article.quality), lead.best_quality or 0)


def _content(letter: Letter, shown: Sequence[Shown], fallen: int, now: datetime) -> Digest | None:
    if all(one.mention.bar is not None for one in shown):
        return None
    return digest_in_words(letter.payload, shown, fallen, texts(letter.destination.locale), now)
