"""Spans as Telegram's HTML or bare text, within Telegram's limits. Pure.

Limits are counted as the server counts them (tdlib/td td/telegram/MessageEntity.cpp and MessageContent.cpp):
code points after parsing, and entities a message keeps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape

from adapters.hygiene import blank, clean, cut, isolate, link, shorten, uncalled
from bot.messages import MARKS, Span, Text

LENGTH = 4096
"""Code points of a text after parsing: https://core.telegram.org/bots/api#sendmessage."""

ENTITIES = 100
"""Entities a message keeps; more are dropped without a word (MAX_USER_ENTITY_COUNT)."""

LINK_BYTES = 8000
"""All addresses of a message together, escaped: near 9,500 bytes the server answers "entities too long".

With them the longest text stays below the 32 KiB of source that the server reads (get_formatted_text).
"""


# ---------------------------------------------------------------- spans


def length(text: Iterable[Span]) -> int:
    return sum(len(span.text) for span in text)


def entities(span: Span) -> int:
    return 1 if span.code else span.bold + span.italic + (span.url is not None)


def link_bytes(text: Iterable[Span]) -> int:
    return sum(map(_link_size, text))


def tidy(text: Text, *, leftward: bool = False) -> Text:
    """Spans that can be shown: clean characters, links that lead somewhere, code without anything in it.

    What a stranger named a topic or an outlet, or somebody typed, may not call people into the chat.
    """
    tidied = []
    for span in text:
        if span in MARKS:
            tidied.append(span)
            continue
        shown = clean(span.text)
        if shown:
            url = None if span.code else link(span.url)
            styled = not blank(shown)
            tidied.append(
                Span(
                    text=isolate(shown, leftward=leftward) if url else shown if span.code else uncalled(shown),
                    bold=span.bold and styled and not span.code,
                    italic=span.italic and styled and not span.code,
                    code=span.code and styled,
                    url=url if styled else None,
                )
            )
    return tuple(tidied)


def fitted(text: Text, limit: int = LENGTH) -> Text:
    """`text` within every limit: cut at a word, then without the links and styles that are too many.

    An empty text becomes an ellipsis, because Telegram refuses a message in which nothing can be seen.
    """
    text = _thinned(cut(text, limit))
    seen = any(not blank(span.text) for span in text)
    return text if seen else (Span("…"),)


def fits(text: Text) -> bool:
    """Whether Telegram shows all of `text`, styles and links included."""
    return length(text) <= LENGTH and sum(map(entities, text)) <= ENTITIES and link_bytes(text) <= LINK_BYTES


def html(text: Text) -> str:
    """`text` in HTML mode: https://core.telegram.org/bots/api#html-style. Everything is escaped."""
    return "".join(map(_html, text))


def plain(text: Text, limit: int = LENGTH) -> str:
    """`text` without markup; addresses stand behind their words, as long as all is at most `limit` characters."""
    room = limit - length(text)
    parts = []
    for span in text:
        parts.append(span.text)
        if span.url and (room := room - len(span.url) - 3) >= 0:
            parts.append(f" ({span.url})")
    return shorten("".join(parts), limit)


def _html(span: Span) -> str:
    shown = escape(span.text, quote=False)
    if span.code:
        return f"<code>{shown}</code>"
    if span.url:
        shown = f'<a href="{escape(span.url)}">{shown}</a>'
    if span.italic:
        shown = f"<i>{shown}</i>"
    return f"<b>{shown}</b>" if span.bold else shown


def _link_size(span: Span) -> int:
    return len(escape(span.url).encode()) if span.url else 0


def _thinned(text: Text) -> Text:
    """The first links are kept, then as many styles as there is room for."""
    if sum(map(entities, text)) <= ENTITIES and link_bytes(text) <= LINK_BYTES:
        return text
    linked = []
    links, room = 0, LINK_BYTES
    for span in text:
        size = _link_size(span)
        kept = bool(size) and links < ENTITIES and size <= room
        links, room = links + kept, room - size * kept
        linked.append(span if kept or not size else replace(span, url=None))
    styles = ENTITIES - links
    thinned = []
    for span in linked:
        styles -= entities(span) - (span.url is not None)
        thinned.append(span if styles >= 0 else Span(span.text, url=span.url))
    return tuple(thinned)
