"""A digest as Discord's markdown: a block for each topic, every item of it, within a number of characters. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from adapters import facts
from adapters.discord.markup import SMALL, escape, fitted, linked, markdown
from adapters.hygiene import isolate, shorten
from bot.messages import Digest, Group, Item, Span, Text
from bot.texts import Texts, join, texts

FORMS = ((140, 1024), (140, 300), (100, 200), (70, 120), (70, 0), (45, 0), (25, 0))
"""Longest title and longest address that becomes a link, in characters: the first form that fits is shown."""

OUTLET = 40
HEADING, NOTE = 60, 100
OPENING = 600  # characters for what stands above, and below, the groups
BARE_TITLE = 70


def blocks(content: Digest, words: Texts, now: datetime, limit: int) -> list[str]:
    """Heading, groups and closing, together at most `limit` (some 4,000) characters with a break between each."""
    opening = fitted(content.text, OPENING)
    closing = fitted(content.closing, OPENING) if content.closing else ""
    shown: list[str] = []
    for title, address in FORMS:
        groups = [_group(group, title, address, words, now) for group in content.groups]
        shown = [block for block in (opening, *groups, closing) if block]
        if sum(len(block) + 1 for block in shown) <= limit:
            break
    return shown


def bare(content: Digest) -> Text:
    """Titles alone, for an ordinary message."""
    titles = [Span(f"• {facts.marked(item.card, BARE_TITLE)}") for group in content.groups for item in group.items]
    opening: Text = tuple(Span(span.text) for span in content.text)
    return join([opening, join([(title,) for title in titles])], "\n\n")


def _group(group: Group, title: int, address: int, words: Texts, now: datetime) -> str:
    heading = f"### {fitted(tuple(Span(span.text) for span in group.heading), HEADING)}"
    lines = (_lines(item, group.brief, title, address, words.locale, now) for item in group.items)
    return "\n".join([heading, *lines])


@lru_cache(maxsize=2048)
def _lines(item: Item, brief: bool, title: int, address: int, locale: str, now: datetime) -> str:
    """Drawn once for all the channels whose digest has it."""
    words = texts(locale)
    url = item.card.url if len(item.card.url) <= address else None
    head = linked(facts.marked(item.card, title), url)
    if brief:
        return f"{head}\n{SMALL}{fitted(item.note, NOTE)}" if item.note else head
    return f"{head}\n{SMALL}{markdown(words.line_start)}{facts.BETWEEN.join(_facts(item, words, now))}"


def _facts(item: Item, words: Texts, now: datetime) -> Iterator[str]:
    card = item.card
    if outlet := shorten(facts.outlet(card.provider), OUTLET):
        yield escape(isolate(outlet, leftward=words.leftward))
    if card.published_at:
        age = f"<t:{int(min(card.published_at, now).timestamp())}:R>"
        yield isolate(age, leftward=words.leftward)  # in the words of the reader's app
    yield markdown(words.text("card-unrated")) if card.quality is None else str(facts.sane(card.quality))
    if item.outlets > 1:
        yield markdown(words.text("digest-outlets", count=item.outlets))
