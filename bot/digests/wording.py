"""A digest in words: heading, groups, notes and buttons. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from babel.dates import format_skeleton

from bot.matching import level
from bot.messages import Button, Card, Digest, Group, Item, Known, Mention, Payload, Span, Text
from bot.model import StoredArticle
from bot.texts import Texts, bold, join

LONGEST_TOPIC = 60  # characters
LONGEST_LABEL = 28  # of a topic on a button


@dataclass(frozen=True, slots=True)
class Shown:
    """A mention with its story's strongest article and the name of its topic ("" for none)."""

    mention: Mention
    lead: StoredArticle
    topic: str


def digest_in_words(payload: Payload, shown: Sequence[Shown], fallen: int, words: Texts, now: datetime) -> Digest:
    """A part of a digest as content; `fallen` of its stories are not shown after all."""
    new = [one for one in shown if one.mention.bar is None and one.mention.known is None]
    known = [one for one in shown if one.mention.known is not None]
    near = [one for one in shown if one.mention.bar is not None]
    groups = [
        Group((bold(short(topic, LONGEST_TOPIC)),) if topic else words.text("digest-other"), _items(ones))
        for topic, ones in groupby(new, key=lambda one: one.topic)
    ]
    if known:
        items = tuple(_item(one, _note(one, one.mention.known, words)) for one in known if one.mention.known)
        groups.append(Group(words.text("digest-known"), items, brief=True))
    if near:
        items = tuple(_item(one, _just_below(one, words)) for one in near)
        groups.append(Group(words.text("digest-near"), items, brief=True))
    more = int(payload.values.get("more", 0))
    last = payload.values.get("part") == payload.values.get("parts")
    rows = [(button,) for button in _lowering(near, alerts="alerts" in payload.values, words=words)]
    if more and last:
        rows.append((Button(words.plain("button-digest-more"), "/digest now"),))
    return Digest(
        _heading(payload, fallen, words, now),
        tuple(groups),
        words.text("digest-more", count=more) if more and last else (),
        tuple(rows),
    )


def day_in_words(day: date, words: Texts) -> str:
    """A date as a reader of that language says it: "Fri 27 November"."""
    return format_skeleton("MMMMEd", datetime(day.year, day.month, day.day), locale=words.dates)  # noqa: DTZ001


def short(text: str, limit: int) -> str:
    """One line of at most `limit` characters, ellipsis included."""
    text = " ".join(text[: limit * 8].split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _heading(payload: Payload, fallen: int, words: Texts, now: datetime) -> Text:
    values = payload.values
    part, parts = int(values.get("part", 1)), int(values.get("parts", 1))
    count = max(int(values.get("count", 0)) - fallen, 0)
    day = date.fromisoformat(str(values["on"])) if "on" in values else now.date()
    head = words.text(payload.key, date=day_in_words(day, words), count=count, part=part, parts=parts)
    if part > 1:
        return head
    lines = [head, words.text(f"{payload.key}-count", count=count)]
    if "late" in values:
        late = date.fromisoformat(str(values["late"]))
        lines.append(words.text("digest-late", date=day_in_words(late, words)))
    return join([line for line in lines if line])


def _items(shown: Iterable[Shown]) -> tuple[Item, ...]:
    return tuple(_item(one) for one in shown)


def _item(one: Shown, note: Text = ()) -> Item:
    article = one.lead.article
    card = Card(
        article_id=one.lead.id,
        story_id=one.mention.story_id,
        title=article.title,
        url=article.url,
        kind=article.kind,
        provider=article.provider,
        published_at=article.published_at or one.lead.first_seen_at,
        quality=article.quality,
    )
    return Item(card, one.mention.outlets, note)


def _note(one: Shown, known: Known, words: Texts) -> Text:
    """What changed since the story was told."""
    quality = level(one.lead.article.quality)
    parts = []
    if known.rose_from is not None and known.rose_from < quality:
        parts.append(words.text("digest-rose", before=known.rose_from, after=quality))
    if one.lead.id != known.article_id:
        parts.append(words.text("digest-stronger"))
    if known.joined:
        parts.append(words.text("digest-joined", count=known.joined))
    return join(parts, words.plain("between-names")) or words.text("digest-changed")


def _just_below(one: Shown, words: Texts) -> Text:
    topic = Span(short(one.topic, LONGEST_TOPIC))
    return words.text("digest-just-below", topic=topic, quality=one.mention.bar or 0)


def _lowering(near: Iterable[Shown], *, alerts: bool, words: Texts) -> Iterator[Button]:
    """For each topic the bar that would have let all its near misses through: the digest's, or that of alerts."""
    bars: dict[int, tuple[int, str]] = {}
    for one in near:
        bar = one.mention.bar or 0
        bars[one.mention.topic_id] = (min(bar, bars.get(one.mention.topic_id, (bar, ""))[0]), one.topic)
    for topic_id, (bar, topic) in bars.items():
        label = words.plain("button-lower-to", topic=short(topic, LONGEST_LABEL), bar=bar)
        yield Button(label, f"set:{topic_id}:{bar}" if alerts else f"set:{topic_id}::{bar}")
