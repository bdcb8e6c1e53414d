"""Writes digests into the outbox: for many readers in one pass, with the told pairs in the same unit of work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from bot.digests.composition import Composition, Told, compose
from bot.digests.editions import Editions
from bot.digests.news import Bars, Change, Found, News, merged
from bot.digests.parts import parts_of
from bot.digests.sending import DIGEST
from bot.digests.wording import Shown, digest_in_words
from bot.messages import Digest, Payload
from bot.model import Destination, Kind
from bot.ports import Parcel, Work
from bot.texts import Texts
from bot.topics import Catalogue

DIGEST_NOW = "digest-now"
OVERLAP = timedelta(minutes=5)


Content = tuple[tuple[Found, ...], date, date | None, int | None]
"""What decides what a digest says: what concerns its reader, the dates, and the reader who knows something."""


class Due(NamedTuple):
    """A digest that is due in a chat. `on` is its local date, `since` what the last one covered up to.

    `late_from`: the first of the days that it makes up for. `due_at`: it leaves then and not before.
    """

    reader: int  # the chat's destination id
    since: datetime
    on: date
    late_from: date | None = None
    due_at: datetime | None = None


async def read_news(
    work: Work, since: datetime, now: datetime, catalogue: Catalogue, topics: Collection[int] | None = None
) -> News:
    """What was news since then, on these topics (ids) or on all: read once for all digests of a tick."""
    changes = [
        Change(at, criteria)
        for at, criteria in await work.digests.changes(_reach(since), now)
        if topics is None or any(window.topic_id in topics for window in criteria.windows)
    ]
    articles = await work.articles.sendable({change.criteria.story_id for change in changes})
    return News(changes, articles, catalogue)


async def write_digests(
    work: Work, due: Sequence[Due], news: News, now: datetime, editions: Editions | None = None
) -> dict[int, int]:
    """Owe these digests, at most one a chat; returns how many messages each has, 0 for an empty day.

    `news` reaches back to the earliest `since`. A chat that had its digest of that date gets no other. Chats that
    the same matches concern share the work and the payloads, unless one of them knows something already; through
    `editions`, which go with this `news`, also those of other units of work.
    """
    editions = editions or Editions()
    wanted = await work.digests.wanted([one.reader for one in due], now)
    filtered = [reader for reader, wish in wanted.items() if wish.filtered]
    screens = await work.digests.screens(filtered) if filtered else {}
    found: dict[int, tuple[Found, ...]] = {}
    for one in due:
        if (wish := wanted.get(one.reader)) is not None:
            found[one.reader] = news.found(wish.bars, _reach(one.since), screens.get(one.reader))
    told, apart = await _known(work, found)
    alike: defaultdict[Content, list[Due]] = defaultdict(list)
    for one in due:
        if concerns := found.get(one.reader):
            own = one.reader if _meets(concerns, told, apart, one.reader) else None
            alike[concerns, one.on, one.late_from, own].append(one)
    stored = {content: edition for content in alike if (edition := editions.get(content)) is not None}
    new: dict[Content, tuple[Payload, ...]] = {}
    for content, ones in alike.items():
        if content not in stored:
            one = ones[0]
            matches = merged(found[one.reader])
            composed = compose(matches, told.get(one.reader, {}), apart.get(one.reader, ()), news)
            new[content] = payloads_of(composed, news, on=one.on, late_from=one.late_from)
    for content, edition in zip(new, await work.digests.store(list(new.values()), now), strict=True):
        stored[content] = edition
        if content[-1] is None:
            editions.put(content, edition)
    parcels = [
        Parcel(stored[content], subject_of(ones[0].on), [(one.reader, one.due_at) for one in ones])
        for content, ones in alike.items()
        if stored[content].payload_ids
    ]
    written = await work.digests.owe(parcels, kind=Kind.DIGEST, now=now)
    messages = dict.fromkeys((one.reader for one in due), 0)
    for parcel in parcels:
        messages |= {reader: len(parcel.edition.payload_ids) for reader, _ in parcel.to if reader in written}
    return messages


async def write_digest(
    work: Work,
    destination: Destination,
    *,
    since: datetime,
    now: datetime,
    on: date,
    catalogue: Catalogue,
    late_from: date | None = None,
) -> int:
    """Owe one chat its digest of a local date; returns how many messages it has, 0 for an empty day."""
    news = await read_news(work, since, now, catalogue)
    return (await write_digests(work, [Due(destination.id, since, on, late_from)], news, now))[destination.id]


@dataclass(frozen=True, slots=True)
class Draft:
    """A digest that is shown at once instead of owed. `stories`: what it tells, each by its article."""

    contents: tuple[Digest, ...]
    stories: Mapping[int, int]


async def compose_now(
    work: Work,
    destination: Destination,
    *,
    since: datetime,
    now: datetime,
    on: date,
    catalogue: Catalogue,
    words: Texts,
) -> Draft:
    """What a digest would say at this moment; nothing is written, and no date is used up.

    A topic that is not for the digest is shown by the bar of its alerts: what a recap had no room for is in it.
    Near misses are those of the digest; a chat that takes no topic in it has those of its alerts.
    """
    reader, own = destination.id, await work.subscriptions.of(destination.id)
    daily = {s.topic_id for s in own if s.digest_from is not None}
    bars: Bars = tuple((s.topic_id, s.alert_from if s.digest_from is None else s.digest_from) for s in own)
    news = await read_news(work, since, now, catalogue, {topic_id for topic_id, _ in bars})
    screen = (await work.digests.screens([reader])).get(reader)
    found = news.found(bars, _reach(since), screen)
    told, apart = await _known(work, {reader: found})
    composition = compose(merged(found), told.get(reader, {}), apart.get(reader, ()), news)
    near = tuple(one for one in composition.near if not daily or one.topic_id in daily)
    composition = replace(composition, near=near)
    contents = []
    for payload in payloads_of(composition, news, key=DIGEST_NOW, on=on, alerts=not daily):
        shown = [
            Shown(mention, news.article(mention), news.topic_name(mention.topic_id)) for mention in payload.mentions
        ]
        contents.append(digest_in_words(payload, shown, 0, words, now))
    told_now = {m.story_id: m.article_id for m in (*composition.new, *composition.known)}
    return Draft(tuple(contents), told_now if contents else {})


def payloads_of(
    composition: Composition,
    news: News,
    *,
    key: str = DIGEST,
    on: date | None = None,
    late_from: date | None = None,
    alerts: bool = False,
) -> tuple[Payload, ...]:
    """The messages of a digest; none for an empty one. `alerts`: the bars of alerts decided."""
    if composition.empty:
        return ()
    parts = parts_of((*composition.new, *composition.known, *composition.near), news)
    values: dict[str, str | int] = {"count": len(composition.new) + composition.more, "parts": len(parts)}
    if composition.more:
        values["more"] = composition.more
    if alerts:
        values["alerts"] = 1
    if on is not None:
        values["on"] = on.isoformat()
    if late_from is not None:
        values["late"] = late_from.isoformat()
    return tuple(
        Payload(key=key, values={**values, "part": part}, mentions=mentions)
        for part, mentions in enumerate(parts, start=1)
    )


def subject_of(on: date) -> int:
    """The key of a daily digest: its date in digits, 20261127."""
    return (on.year * 100 + on.month) * 100 + on.day


async def _known(
    work: Work, found: Mapping[int, Collection[Found]]
) -> tuple[Mapping[int, Mapping[int, Told]], Mapping[int, Collection[int]]]:
    """What each chat was told of the stories that concern it, and which of them are not for its digest.

    Those are muted, or owed already and held back: told, and yet still to come by another message.
    """
    readers = [reader for reader, concerns in found.items() if concerns]
    stories = frozenset().union(*(one.stories for one in set(chain.from_iterable(found.values()))))
    muted = await work.digests.muted(readers, stories)
    awaited = await work.digests.awaited(readers, stories)
    apart = {reader: muted.get(reader, set()) | awaited.get(reader, set()) for reader in muted.keys() | awaited}
    return await work.digests.told(readers, stories), apart


def _meets(
    concerns: Collection[Found],
    told: Mapping[int, Mapping[int, Told]],
    apart: Mapping[int, Collection[int]],
    reader: int,
) -> bool:
    """Whether one of these stories is known to the reader, or apart."""
    return any(
        reader in them and not one.stories.isdisjoint(them[reader]) for them in (told, apart) for one in concerns
    )


@lru_cache(maxsize=1024)
def _reach(since: datetime) -> datetime:
    """Some minutes more, for what was on its way into the database when the last digest was written.

    Who was told it is not told twice. In whole minutes chats whose last digests left seconds apart share the work.
    """
    return (since - OVERLAP).replace(second=0, microsecond=0)
