"""Broadcasts from the command line: counted, confirmed, handed to the process that sends; listed and changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.broadcasts import desk
from bot.broadcasts.desk import COMMAND_LINE, Elsewhere, NoCopies, draft_story
from bot.broadcasts.progress import THRESHOLD, seconds_needed
from bot.errors import TopicwireError, UsageError
from bot.matching import level
from bot.model import Platform, StoredArticle
from bot.ports import Broadcast, Deed, Missed, Radius, Storage, Tally, Target, Work
from bot.texts import FALLBACK, plain, texts

__all__ = ["THRESHOLD", "Order", "Report", "act", "audience", "copies", "count", "listed", "post", "words"]

LISTED = 20
MOST_PLACES = 10_000

Rates = Mapping[Platform, float]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be sent to whom, counted at `at`. `topics` are slugs by id."""

    stored: StoredArticle
    target: Target
    radius: Radius
    topics: dict[int, str]
    at: datetime

    def figures(self, rates: Rates) -> dict[str, Any]:
        """As plain JSON values; `rates` are messages a second."""
        radius = self.radius
        return {
            "article": self.stored.article.title,
            "recipients": radius.recipients,
            "platforms": {platform.value: n for platform, n in radius.platforms.items()},
            "topics": {self.topics[topic]: n for topic, n in radius.topics.items()},
            "held_by_quiet_hours": radius.quiet,
            "seconds": round(seconds_needed(radius, rates)),
            "left_out": _left_out(radius),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """One broadcast: where it is, and what became of its copies; who did what, and where it did not arrive."""

    broadcast: Broadcast
    tally: Tally
    trail: Sequence[Deed] = ()
    missed: Sequence[Missed] = ()

    def figures(self) -> dict[str, Any]:
        """As plain JSON values."""
        one, tally = self.broadcast, self.tally
        return {
            "broadcast": one.id,
            "stage": one.stage.value,
            "title": one.title,
            "author": one.author,
            "due_at": one.due_at.isoformat() if one.due_at else None,
            "total": one.total,
            "sent": tally.sent,
            "failed": dict(tally.failed),
            "uncertain": tally.uncertain,
            "held_by_quiet_hours": tally.held,
            "trail": [
                {"at": deed.at.isoformat(), "actor": deed.actor, "what": deed.what, "copies": deed.count}
                for deed in self.trail
            ],
            "missed": [{"destination": str(one.address), "reason": one.reason} for one in self.missed],
        }

    @property
    def line(self) -> str:
        """On one line, as in a list."""
        one, english = self.broadcast, texts(FALLBACK)
        failed = sum(self.tally.failed.values()) + self.tally.uncertain
        due = f" for {one.due_at:%Y-%m-%d %H:%M} UTC" if one.stage == "scheduled" and one.due_at else ""
        stage = english.plain(f"stage-{one.stage}") + due
        return f"{one.id:>5}  {stage}  {self.tally.sent} of {one.total or one.shown}, {failed} failed  {one.title}"

    @property
    def lines(self) -> list[str]:
        """The trail, and the places that were missed."""
        english = texts(FALLBACK)
        found = []
        for deed in self.trail:
            when, who = f"{deed.at:%Y-%m-%d %H:%M} UTC", deed.actor or english.plain("broadcast-itself")
            found.append("       " + english.plain(f"deed-{deed.what}", when=when, who=who, count=deed.count))
        return found + [f"       missed {one.address}: {one.reason}" for one in self.missed]


async def audience(
    storage: Storage,
    topics: Sequence[str],
    platforms: Sequence[str] = (),
    languages: Sequence[str] = (),
    *,
    again: bool = False,
    urgent: bool = False,
) -> Target:
    """The target that is named; no topics = everyone. Raises UsageError for what is not known."""
    async with storage.read() as work:
        catalogue, spoken = await work.topics.catalogue(), await work.broadcasts.languages()
    chosen: dict[int, None] = {}
    for name in topics:
        topic = catalogue.find(name)
        if topic is None:
            near = ", ".join(other.slug for other in catalogue.nearest(name)) or "none is like it"
            raise UsageError(f"No topic {name!r}. Near it: {near}.")
        chosen[topic.id] = None
    tongues = tuple(dict.fromkeys(name.casefold() for name in languages))
    unknown = [name for name in tongues if name not in spoken]
    if unknown:
        raise UsageError(f"No chat has the language {unknown[0]!r}. There are: {', '.join(sorted(spoken))}.")
    places = tuple(dict.fromkeys(Platform(name) for name in platforms))
    return Target(tuple(chosen), platforms=places, languages=tongues, again=again, urgent=urgent)


async def count(storage: Storage, article: str, target: Target, now: datetime) -> Order:
    """Whom it would reach now. Raises UsageError for an article that is not known, or may not be sent."""
    async with storage.read() as work:
        stored = await _article(work, article)
        if stored.article.retracted or stored.article.deleted:
            raise UsageError(f"{article!r} was withdrawn by its publisher, so it is not sent.")
        catalogue = await work.topics.catalogue()
        radius = await work.broadcasts.radius(
            target, stored.story_id or 0, now, level=level(stored.article.quality)
        )
    return Order(stored, target, radius, {topic: catalogue.by_id(topic).slug for topic in target.topics}, now)


async def _article(work: Work, words: str) -> StoredArticle:
    """The one article that the words name; what is sent to many is never guessed."""
    found = await work.articles.find(words)
    if not found:
        raise UsageError(f"No article {words!r}: it is neither the link, title nor path of a stored one.")
    exact = [one for one in found if words in {one.article.path, one.article.title, one.article.url}]
    if len(exact or found) > 1:
        paths = ", ".join(one.article.path for one in exact or found)
        raise UsageError(f"{words!r} may mean several articles: {paths}. Name one by its path or its link.")
    return (exact or found)[0]


async def post(storage: Storage, order: Order, *, at: datetime | None = None) -> int:
    """Begin to send it, or plan it for `at`; returns the number of the broadcast. Raises UsageError."""
    now, recipients = order.at, order.radius.recipients
    async with storage.write() as work:
        draft = await draft_story(work, order.stored, now, author=COMMAND_LINE, target=order.target)
        if at is None:
            await desk.send(work, draft, COMMAND_LINE, now, recipients=recipients)
            return draft.id
    try:
        await desk.schedule(storage, draft, at, COMMAND_LINE, now, recipients=recipients)
    except Elsewhere as wrong:
        raise UsageError(f"Broadcast {draft.id} is {wrong.stage} by now.") from None
    return draft.id


async def listed(storage: Storage) -> list[Report]:
    """The newest broadcasts, newest first."""
    async with storage.read() as work:
        return [
            Report(one, await work.broadcasts.tally(one, of_update=bool(one.update_id)))
            for one in await work.broadcasts.listed(LISTED)
        ]


async def report(storage: Storage, number: int) -> Report:
    """All that is known of one broadcast. Raises UsageError where there is none."""
    async with storage.read() as work:
        one = await _numbered(work, number)
        of_update = bool(one.update_id)
        return Report(
            one,
            await work.broadcasts.tally(one, of_update=of_update),
            await work.broadcasts.trail(number),
            await work.broadcasts.missed(one, MOST_PLACES, of_update=of_update),
        )


async def copies(storage: Storage, number: int) -> int:
    """How many messages a recall would take back now. Raises UsageError."""
    async with storage.read() as work:
        return await work.broadcasts.copies(await _numbered(work, number))


async def act(storage: Storage, number: int, verb: str, now: datetime) -> None:
    """Pause, resume, stop, cancel or recall it. Raises UsageError; TopicwireError where it is too late for that."""
    async with storage.read() as work:
        one = await _numbered(work, number)
    acts = {
        "pause": desk.pause,
        "resume": desk.resume,
        "stop": desk.stop,
        "cancel": desk.cancel,
        "recall": desk.recall,
    }
    english = texts(FALLBACK)
    try:
        await acts[verb](storage, one, COMMAND_LINE, now)
    except Elsewhere as wrong:
        stage = english.plain(f"stage-{wrong.stage}")
        raise TopicwireError(f"Broadcast {number} is {stage}, so it cannot {verb}. Nothing was changed.") from None
    except NoCopies:
        raise TopicwireError(plain(english.text("broadcast-no-copies"))) from None


async def _numbered(work: Work, number: int) -> Broadcast:
    found = await work.broadcasts.get(number)
    if found is None:
        raise UsageError(f"No broadcast {number}. `topicwire broadcasts` lists them.")
    return found


def words(order: Order, rates: Rates) -> str:
    """The figures in sentences; `rates` are messages a second."""
    english, radius = texts(FALLBACK), order.radius
    lines = [order.stored.article.title, english.plain("broadcast-reaches", count=radius.recipients)]
    lines += [f"  {platform}: {n}" for platform, n in radius.platforms.items()]
    lines += [f"  {order.topics[topic]}: {n}" for topic, n in radius.topics.items()]
    lines += [english.plain(f"broadcast-left-{name}", count=n) for name, n in _left_out(radius).items() if n]
    if radius.quiet:
        lines.append(english.plain("broadcast-quiet", count=radius.quiet))
    if radius.recipients:
        lines.append(english.plain("broadcast-takes", minutes=round(seconds_needed(radius, rates) / 60)))
    return "\n".join(lines)


def _left_out(radius: Radius) -> dict[str, int]:
    return {
        "told": radius.told,
        "muted": radius.muted,
        "paused": radius.paused,
        "parked": radius.parked,
        "barred": radius.barred,
    }
