"""Writes digests into the outbox: for many readers in one pass, with the told pairs in the same unit of work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.digests.composition import Composition, Told, compose, grouped
from bot.digests.news import Bars, Change, News, Ranked, Story
from bot.digests.parts import parts_of
from bot.digests.sending import DIGEST
from bot.digests.wording import Shown, digest_in_words
from bot.matching import Criteria, deciding, windows
from bot.messages import Digest, Mention, Payload
from bot.model import Destination, Kind
from bot.ports import Parcel, Wanted, Work
from bot.texts import Texts
from bot.topics import Catalogue

DIGEST_NOW = "digest-now"
OVERLAP = timedelta(minutes=5)
NOTHING = Wanted(())
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
    wanted = await work.digests.wanted([one.destination.id for one in due], now)
    screens = await work.digests.screens([reader for reader, own in wanted.items() if own.filtered])
    asked = {
        one.destination.id: (
            wanted.get(one.destination.id, NOTHING).bars,
            _reach(one.since),
            screens.get(one.destination.id),
        )
        for one in due
    }
    matches = {reader: news.matches(*question) for reader, question in asked.items() if question[0]}
    told, apart = await _known(work, matches)
    payloads: dict[Hashable, tuple[Payload, ...]] = {}
    readers: defaultdict[Hashable, list[Due]] = defaultdict(list)
    for one in due:
        reader = one.destination.id
        if not matches.get(reader):
            continue
        own = reader if reader in told or reader in apart else None
        variant = (asked[reader], one.on, one.late_from, own)
        if variant not in payloads:
            found = compose(matches[reader], told.get(reader, {}), apart.get(reader, ()), news)
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

    A topic that is not for the digest is shown by the bar of its alerts: what a recap had no room for is in it.
    Near misses are those of the digest; a chat that takes no topic in it has those of its alerts.
    """
    reader, own = destination.id, await work.subscriptions.of(destination.id)
    daily = {s.topic_id for s in own if s.digest_from is not None}
    bars: Bars = tuple((s.topic_id, s.alert_from if s.digest_from is None else s.digest_from) for s in own)
    news = await read_news(work, since, now, catalogue, {topic_id for topic_id, _ in bars})
    screen = (await work.digests.screens([reader])).get(reader)
    matches = news.matches(bars, _reach(since), screen) if bars else ()
    told, apart = await _known(work, {reader: matches})
    composition = compose(matches, told.get(reader, {}), apart.get(reader, ()), news)
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


async def write_stories(
    work: Work,
    destination: Destination,
    stories: Sequence[int],
    *,
    key: str,
    kind: Kind,
    subject: int,
    catalogue: Catalogue,
    now: datetime,
) -> int:
    """Owe these stories (ids), which were held back, as one digest; returns how many messages it has.

    What cannot be sent any more is not told after all. `key` names its heading in the catalogue of sentences.
    """
    news = News((), await work.articles.sendable(stories), catalogue)
    wanted = await work.digests.wanted([destination.id], now, alerts=True)
    bars = dict(wanted.get(destination.id, NOTHING).bars)
    dropped = [story_id for story_id in stories if news.story(story_id) is None]
    ranked = sorted(set(stories) - set(dropped), key=lambda s: (-_story(news, s).rank, s))
    mentions = grouped([_mention(news, story_id, bars) for story_id in ranked[:MOST_HELD]])
    if untold := [*dropped, *ranked[MOST_HELD:]]:
        await work.told.untell(destination.id, untold)
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
    """What each chat was told of the stories that concern it, and which of them are not for its digest.

    Those are muted, or owed already and held back: told, and yet still to come by another message.
    """
    readers = [reader for reader, found in matches.items() if found]
    stories = {ranked[1] for found in matches.values() for ranked in found}
    muted = await work.digests.muted(readers, stories)
    awaited = await work.digests.awaited(readers, stories)
    apart = {reader: muted.get(reader, set()) | awaited.get(reader, set()) for reader in muted.keys() | awaited}
    return await work.digests.told(readers, stories), apart


def _mention(news: News, story_id: int, bars: Mapping[int, int | None]) -> Mention:
    """A held story under the topic of the reader's that decides about it; 0 where it has none any more."""
    story = _story(news, story_id)
    article = story.lead.article
    criteria = Criteria(story.lead.id, story_id, windows(article, news.catalogue, best_before=None))
    decided = deciding(criteria, bars)
    window = min(decided, key=lambda pair: (pair[1] is None, (pair[1] or 0) > pair[0].upto), default=None)
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
