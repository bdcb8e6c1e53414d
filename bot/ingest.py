"""An article arrives: store it, say what changed, and owe what follows from it, in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import structlog

from bot.cards import card_of
from bot.corroboration import Terms, corroborate
from bot.filters import subject_of
from bot.matching import AHEAD, Criteria, Gate, fresh, level, sendable, windows
from bot.messages import Payload
from bot.model import Article, Batch, FileRead, FileRefused, StoredArticle, Topic
from bot.ports import Founder, Save, Storage, Work
from bot.stories import Rarity, account_of, canonical_address, place, same_story, strength_of, title_key
from bot.topics import Catalogue, slugify
from bot.verdicts import FileVerdict, Judged, verdicts_of

log = structlog.get_logger(__name__)

EVIDENCE = timedelta(hours=84)
"""How far apart two accounts of one story may be (gate 5); older founders are found by address or title only."""

GENERIC = {"index", "_index", "readme"}
"""Base names that say nothing: such a file at a new path is never taken for a move."""

QUIET = ("known", "not new", "stale")
"""Verdicts that nearly every change to a file gets; logged only at the level debug."""

PART = 100
"""Files stored in one transaction; meanwhile nothing is sent and nobody is answered."""

FIRST_RANGE = 500
RANGE = 10_000
"""Readers handled in one transaction of a fan-out: few at first, because the first message leaves once they are
written, then twice as many each time."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that decide what is news."""

    fresh_hours: float
    published_only: bool
    flood_guard: int


def _nobody() -> None:
    """Nothing waits for what is owed."""


async def take(
    storage: Storage, batch: Batch, rules: Rules, now: datetime, *, owed: Callable[[], None] = _nobody
) -> list[FileVerdict]:
    """Store a batch and owe what is news in it; returns a verdict for each file. Raises StorageError.

    `owed` is called whenever deliveries were written, so that sending begins while the rest is being written.

    A large batch is stored in parts, the strongest articles first, so that others get at the database between.
    """
    read = sorted(batch.read, key=strongest_first)
    verdicts: list[FileVerdict] = []
    gone = batch.gone
    judgements: list[Judged] = []
    for start in range(0, max(len(read), 1), PART):
        part = replace(batch, read=tuple(read[start : start + PART]), gone=gone)
        verdicts += await _take_part(storage, part, rules, now, judgements, owed)
        gone = ()
    for verdict in verdicts:
        note = log.debug if verdict.verdict in QUIET else log.info
        note("article", path=verdict.path, verdict=verdict.verdict, detail=verdict.detail)
    log.info(
        "batch taken", source=batch.source, files=len(batch.read), gone=len(batch.gone), baseline=batch.baseline
    )
    return sorted(verdicts, key=lambda verdict: verdict.path)


async def _take_part(
    storage: Storage,
    batch: Batch,
    rules: Rules,
    now: datetime,
    judgements: list[Judged],
    owed: Callable[[], None],
) -> list[FileVerdict]:
    articles = [file.content for file in batch.read if isinstance(file.content, Article)]
    refused = [
        FileVerdict(file.path, "refused", file.content.reason)
        for file in batch.read
        if isinstance(file.content, FileRefused)
    ]
    async with storage.write() as work:
        await work.articles.vanish(batch.source, batch.gone, now)
        before = await _before(work, batch.source, articles, now)
        pairs = [(article, before.get(article.path)) for article in articles]
        judged = await _judge(work, pairs, rules, now, baseline=batch.baseline)
        await work.sources.put_files(batch.source, batch.read, batch.gone, now)
        written = await work.deliveries.fan_out(now, guard=rules.flood_guard, limit=FIRST_RANGE)
    if written:
        owed()
        await spread(storage, rules, now, owed=owed)
    judgements += judged
    return refused + await verdicts_of(storage, judged, judgements, now, baseline=batch.baseline)


async def take_waiting(storage: Storage, rules: Rules, now: datetime) -> None:
    """Judge the articles whose date lay in the future and has come."""
    async with storage.write() as work:
        waiting = await work.articles.waiting(now)
        if not waiting:
            return
        await _judge(work, [(stored.article, stored) for stored in waiting], rules, now, baseline=False)
        await work.deliveries.fan_out(now, guard=rules.flood_guard, limit=FIRST_RANGE)
    await spread(storage, rules, now)


async def spread(storage: Storage, rules: Rules, now: datetime, *, owed: Callable[[], None] = _nobody) -> None:
    """Carry every open fan-out to its end, a range in a transaction, so that a crash continues where it was."""
    limit = FIRST_RANGE
    while True:
        await asyncio.sleep(0)  # who was woken by the last range gets at the database before the next one
        limit = min(2 * limit, RANGE)
        async with storage.write() as work:
            if not await work.deliveries.fan_out(now, guard=rules.flood_guard, limit=limit):
                return
        owed()


async def _before(work: Work, source: str, articles: Sequence[Article], now: datetime) -> dict[str, StoredArticle]:
    """What is known of each path: the article that was there, or the one that moved there."""
    known = await work.articles.at_paths(source, [article.path for article in articles])
    taken: set[int] = set()
    for article in articles:
        stored = known.get(article.path)
        if stored is not None:
            if _another(stored.article, article):
                await work.articles.replaced(stored.id, now)
                del known[article.path]
            continue
        stem = article.path.rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold()
        if stem not in GENERIC:
            moved = await work.articles.moved_from(article, taken=taken)
            if moved is not None:
                taken.add(moved.id)
                known[article.path] = moved
    return known


def _another(before: Article, now: Article) -> bool:
    """Whether a file that is written over and over (`today.md`) holds another piece of news than before.

    A copy that takes a file over brings its own address, but tells the same.
    """
    old, new = account_of(before), account_of(now)
    if old.address == new.address or before.title == now.title:
        return False
    if before.published_at is None or now.published_at is None:
        return old.title_words.isdisjoint(new.title_words)
    return not same_story(old, new, Rarity.of([old, new])).same and old.title_words.isdisjoint(new.title_words)


async def _judge(
    work: Work,
    pairs: Sequence[tuple[Article, StoredArticle | None]],
    rules: Rules,
    now: datetime,
    *,
    baseline: bool,
) -> list[Judged]:
    """Gates 1 to 3 and the story, strongest article first; what newly matches is owed."""
    catalogue = await _catalogue(work, [article for article, _ in pairs])
    judged = [Judged(a, before, _first_gates(a, before, rules, now)) for a, before in pairs]
    judged.sort(key=lambda one: strength_of(one.article))
    founders = await _founders(work, judged, now)
    unplaced = [account_of(one.article, now) for one in judged if one.needs_story]
    rarity = Rarity.of([founder.account for founder in founders] + unplaced)
    for one in judged:
        stored = one.stored = await _store(work, one, catalogue, founders, rarity, now)
        if one.gate is None and not baseline:
            found = windows(
                one.article,
                catalogue,
                best_before=one.best_before,
                ever_topics=one.before.ever_topics if one.before else (),
            )
            joins = one.joins and await work.follows.anybody(stored.story_id, now)
            if found or joins:
                quality = level(one.article.quality)
                subject = subject_of(one.article)
                one.criteria = Criteria(stored.id, stored.story_id, found, subject, level=quality, joins=joins)
        if one.gate is Gate.RETRACTED and one.before is not None:
            await work.deliveries.retract(stored.id, now)
            if not (one.before.article.retracted or one.before.article.deleted):  # once, however often it is saved
                withdrawn = Payload(key="article-retracted", values={"title": one.article.title})
                await work.broadcasts.retract(stored.id, one.article.title, withdrawn, now)
            await work.articles.withdraw(stored.id)
    for one in judged:  # after all are stored, so that each card knows the others of its story
        if one.stored is not None and one.criteria is not None:
            siblings = await work.articles.of_story(one.stored.story_id)
            rose = one.best_before is not None and one.best_before < level(one.article.quality)
            card = card_of(one.stored, siblings, catalogue, second_look=rose)
            one.fanout_id = await work.deliveries.owe(one.criteria, Payload(cards=(card,)), now)
    terms = Terms(rules.fresh_hours, rules.published_only)
    await corroborate(work, judged, catalogue, terms, now, baseline=baseline)
    return judged


def _first_gates(article: Article, before: StoredArticle | None, rules: Rules, now: datetime) -> Gate | None:
    dated = article.published_at or (before.first_seen_at if before else now)
    return sendable(article, published_only=rules.published_only) or fresh(dated, now, rules.fresh_hours)


async def _catalogue(work: Work, articles: Sequence[Article]) -> Catalogue:
    """The catalogue, which topics seen for the first time have joined."""
    catalogue = await work.topics.catalogue()
    names = dict.fromkeys(name for article in articles for name in article.topics)
    new = [Topic(slugify(name), name) for name in names if slugify(name) and catalogue.find(name) is None]
    if new:
        await work.topics.put(new, from_file=False)
        catalogue = await work.topics.catalogue()
    return catalogue


async def _founders(work: Work, judged: Sequence[Judged], now: datetime) -> list[Founder]:
    """The stories that the batch's new articles could join."""
    new = [one.article for one in judged if one.needs_story]
    if not new:
        return []
    return await work.articles.founders(
        _periods([article.published_at or now for article in new]),
        [canonical_address(article.url) for article in new],
        [title_key(article.title) for article in new],
    )


def _periods(dates: Sequence[datetime]) -> list[tuple[datetime, datetime]]:
    """The stretches of time within the reach of evidence of any of these dates."""
    periods: list[tuple[datetime, datetime]] = []
    for date in sorted(dates):
        if periods and date - EVIDENCE <= periods[-1][1]:
            periods[-1] = (periods[-1][0], date + EVIDENCE)
        else:
            periods.append((date - EVIDENCE, date + EVIDENCE))
    return periods


def strongest_first(file: FileRead) -> tuple[bool, tuple[float, datetime, str]]:
    """Sorts files by the strength of their articles; refused ones come last."""
    if isinstance(file.content, FileRefused):
        return (True, (0.0, datetime.min.replace(tzinfo=UTC), file.path))
    return (False, strength_of(file.content))


async def _store(
    work: Work,
    one: Judged,
    catalogue: Catalogue,
    founders: list[Founder],
    rarity: Rarity,
    now: datetime,
) -> StoredArticle:
    story_id = one.before.story_id or None if one.before else None
    if one.needs_story:
        account = account_of(one.article, now)
        story_id = place(account, [(f.story_id, f.account, f.quality) for f in founders], rarity)
    topics = dict.fromkeys(t.id for name in one.article.topics if (t := catalogue.find(name)) is not None)
    waits = one.article.published_at - AHEAD if one.gate is Gate.WAITING and one.article.published_at else None
    save = Save(one.article, one.before.id if one.before else None, story_id, tuple(topics), one.counts, waits)
    [stored] = await work.articles.put([save], now)
    if one.needs_story and stored.story_id == stored.id:
        founders.append(Founder(stored.id, account_of(one.article, now), one.article.quality))
    return stored
