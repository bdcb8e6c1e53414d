"""A digest as Telegram shows it: every item of it, one below the other under the heading of its topic. Pure."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from adapters import facts
from adapters.hygiene import cut, isolate, link, shorten
from adapters.telegram.markup import fits, tidy
from bot.messages import Digest, Group, Item, Span, Text
from bot.texts import Texts, join, texts

TITLES = (140, 100, 70, 45, 25)  # characters; shorter ones where they are needed
OUTLET = 40
HEADING, NOTE = 60, 100
OPENING = 600  # of what stands above, and below, the groups


def digest(content: Digest, words: Texts, now: datetime) -> Text:
    """All items, with titles as long as there is room for; of too many addresses the first stay."""
    opening, closing = (
        cut(tidy(text, leftward=words.leftward), OPENING) for text in (content.text, content.closing)
    )
    text: Text = ()
    for limit in TITLES:
        groups = [_group(group, limit, words, now) for group in content.groups]
        text = join([block for block in (opening, *groups, closing) if block], "\n\n")
        if fits(text):
            break
    return text


def _group(group: Group, limit: int, words: Texts, now: datetime) -> Text:
    heading = cut((*words.line_start, *tidy(group.heading, leftward=words.leftward)), HEADING)
    lines = [_line(item, group.brief, limit, words.locale, now) for item in group.items]
    return join([heading, *lines])


@lru_cache(maxsize=2048)
def _line(item: Item, brief: bool, limit: int, locale: str, now: datetime) -> Text:
    """Drawn once for all the chats whose digest has it."""
    card, words = item.card, texts(locale)
    marker = "▶ " if card.kind == "video" else "• "
    title = isolate(facts.headline(card, limit), leftward=words.leftward)
    head: Text = (*words.line_start, Span(marker), Span(title, url=link(card.url)))
    if brief:
        note = cut(tidy(item.note, leftward=words.leftward), NOTE)
        return (*head, Span(facts.BETWEEN), *note) if note else head
    below = (Span(span.text, italic=True) for span in _facts(item, words, now))
    return (*head, Span("\n"), *words.line_start, *below)


def _facts(item: Item, words: Texts, now: datetime) -> Text:
    card, said = item.card, []
    if outlet := shorten(facts.outlet(card.provider), OUTLET):
        said.append(isolate(outlet, leftward=words.leftward))
    if card.published_at:
        said.append(words.ago(card.published_at, now, brief=True))
    said.append(words.plain("card-unrated") if card.quality is None else str(facts.sane(card.quality)))
    if item.outlets > 1:
        said.append(words.plain("digest-outlets", count=item.outlets))
    return (Span(facts.BETWEEN.join(said)),)
