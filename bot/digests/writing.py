"""Writes digests into the outbox: for many readers in one pass, with the told pairs in the same unit of work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.digests.composition import Composition, Told, compose, grouped
from bot.digests.news import Bars, Change, News, Ranked, Story
from bot.digests.parts import parts_of
from bot.digests.sending import DIGEST
from bot.digests.wording import Shown, digest_in_words
from bot.matching import Criteria, deciding, windows
from bot.messages import Digest, Mention, Payload
from bot.model import Destination, Kind
from bot.ports import Parcel, Work
from bot.texts import Texts
from bot.topics import Catalogue

DIGEST_NOW = "digest-now"
OVERLAP = timedelta(minutes=5)
MOST_HELD = 60  # stories that were held back, in one digest


@dataclass(frozen=True, slots=True)
class Due:
    """A digest that is due. `on` is the chat's local date, `since` what the last one covered up to.

    `late_from`: the first of the days that it makes up for. `due_at`: it leaves then and not before.
    """

    destination: Destination
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


async def write_digests(work: Work, due: Sequence[Due], news: News, now: datetime) -> dict[int, int]:
    """Owe these digests, at most one a chat; returns how many messages each has, 0 for an empty day.

    `news` reaches back to the earliest `since`. A chat that had its digest of that date gets no other. Chats with
    the same bars share the work, and the payload unless one of them knows something already.
    """
    bars = await work.digests.bars([one.destination.id for one in due], now)
    asked = {one.destination.id: (bars.get(one.destination.id, ()), _reach(one.since)) for one in due}
    matches = {reader: news.matches(*question) for reader, question in asked.items() if question[0]}
    told, muted = await _known(work, matches)
    payloads: dict[Hashable, tuple[Payload, ...]] = {}
    readers: defaultdict[Hashable, list[Due]] = defaultdict(list)
    for one in due:
        reader = one.destination.id
        if not matches.get(reader):
            continue
        own = reader if reader in told or reader in muted else None
        variant = (asked[reader], one.on, one.late_from, own)
        if variant not in payloads:
            found = compose(matches[reader], told.get(reader, {}), muted.get(reader, ()), news)
            payloads[variant] = payloads_of(found, news, on=one.on, late_from=one.late_from)
        if payloads[variant]:
            readers[variant].append(one)
    parcels = [
        Parcel(payloads[variant], subject_of(ones[0].on), tuple((one.destination, one.due_at) for one in ones))
        for variant, ones in readers.items()
    ]
    written = await work.digests.owe(parcels, kind=Kind.DIGEST, now=now)
    lengths = {one.destination.id: len(payloads[v]) for v, ones in readers.items() for one in ones}
    return {reader: lengths[reader] if reader in written else 0 for reader in asked}


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
    return (await write_digests(work, [Due(destination, since, on, late_from)], news, now))[destination.id]


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

    A chat that takes no topic in its digest is shown what the bars of its alerts let through.
    """
    reader, own = destination.id, await work.subscriptions.of(destination.id)
    bars: Bars = tuple((s.topic_id, s.digest_from) for s in own)
    alerts = all(bar is None for _, bar in bars)
    if alerts:
        bars = tuple((s.topic_id, s.alert_from) for s in own)
    news = await read_news(work, since, now, catalogue, {topic_id for topic_id, _ in bars})
    matches = news.matches(bars, _reach(since)) if bars else ()
    told, muted = await _known(work, {reader: matches})
    composition = compose(matches, told.get(reader, {}), muted.get(reader, ()), news)
    contents = []
    for payload in payloads_of(composition, news, key=DIGEST_NOW, on=on, alerts=alerts):
        shown = [
            Shown(mention, _story(news, mention.story_id).lead, news.topic_name(mention.topic_id))
            for mention in payload.mentions
        ]
        contents.append(digest_in_words(payload, shown, 0, words, now))
    told_now = {m.story_id: m.article_id for m in (*composition.new, *composition.known)}
    return Draft(tuple(contents), told_now if contents else {})


async def write_stories(
    work: Work,
    destination: Destination,
    article_ids: Sequence[int],
    *,
    key: str,
    kind: Kind,
    subject: int,
    catalogue: Catalogue,
    now: datetime,
) -> int:
    """Owe the stories of these articles, which were held back, as one digest; returns how many messages it has.

    What cannot be sent any more is not told after all. `key` names its heading in the catalogue of sentences.
    """
    found = [stored for article_id in article_ids if (stored := await work.articles.get(article_id)) is not None]
    stories = list(dict.fromkeys(stored.story_id for stored in found))
    news = News((), await work.articles.sendable(stories), catalogue)
    bars = dict((await work.digests.bars([destination.id], now, alerts=True)).get(destination.id, ()))
    dropped = [story_id for story_id in stories if news.story(story_id) is None]
    await work.told.untell(destination.id, dropped)
    ranked = sorted(set(stories) - set(dropped), key=lambda s: (-_story(news, s).rank, s))
    mentions = grouped([_mention(news, story_id, bars) for story_id in ranked[:MOST_HELD]])
    await work.told.untell(destination.id, ranked[MOST_HELD:])
    written = payloads_of(Composition(mentions, more=max(0, len(ranked) - MOST_HELD)), news, key=key)
    if not written:
        return 0
    parcel = Parcel(written, subject, ((destination, None),))
    return len(written) if await work.digests.owe([parcel], kind=kind, now=now) else 0


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
    return int(f"{on:%Y%m%d}")


async def _known(
    work: Work, matches: Mapping[int, Collection[Ranked]]
) -> tuple[Mapping[int, Mapping[int, Told]], Mapping[int, Collection[int]]]:
    """What each chat was told of the stories that concern it, and which of them it muted."""
    readers = [reader for reader, found in matches.items() if found]
    stories = {ranked[1] for found in matches.values() for ranked in found}
    return await work.digests.told(readers, stories), await work.digests.muted(readers, stories)


def _mention(news: News, story_id: int, bars: Mapping[int, int | None]) -> Mention:
    """A held story under the topic of the reader's that decides about it; 0 where it has none any more."""
    story = _story(news, story_id)
    article = story.lead.article
    criteria = Criteria(story.lead.id, story_id, windows(article, news.catalogue, best_before=None))
    decided = [(window, bar) for window, bar in deciding(criteria, bars) if bar is not None]
    window = min(decided, key=lambda pair: pair[1] > pair[0].upto, default=None)
    return Mention(story_id, story.lead.id, window[0].topic_id if window else 0, story.outlets)


def _story(news: News, story_id: int) -> Story:
    story = news.story(story_id)
    if story is None:
        raise KeyError(story_id)
    return story


def _reach(since: datetime) -> datetime:
    """Some minutes more, for what was on its way into the database when the last digest was written.

    Who was told it is not told twice. In whole minutes chats whose last digests left seconds apart share the work.
    """
    return (since - OVERLAP).replace(second=0, microsecond=0)
