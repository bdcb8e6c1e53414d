"""Spans as Telegram's HTML or bare text, within Telegram's limits, and the hygiene of what strangers wrote. Pure.

Limits are counted as the server counts them (tdlib/td td/telegram/MessageEntity.cpp and MessageContent.cpp):
code points after parsing, and entities a message keeps.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from html import escape
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from bot.messages import Span, Text

LENGTH = 4096
"""Code points of a text after parsing: https://core.telegram.org/bots/api#sendmessage."""

ENTITIES = 100
"""Entities a message keeps; more are dropped without a word (MAX_USER_ENTITY_COUNT)."""

LINK_BYTES = 8000
"""All addresses of a message together, escaped: near 9,500 bytes the server answers "entities too long".

With them the longest text stays below the 32 KiB of source that the server reads (get_formatted_text).
"""

LONGEST_LINK = 2048

_BREAKS = re.compile("[\t\v\f\x1c-\x1f\x85\u2028\u2029]")
_UNWANTED = re.compile(  # controls, what is invisible, what turns the writing direction, halves of pairs
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PILED_MARKS = re.compile(f"([{_MARKS}]{{3}})[{_MARKS}]+")
_BLANK = re.compile("[\\s\u200c\u200d\u2800]*")
_CALLING = re.compile(r"(?<![\w/:.<@])([@/])(?=\w)")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
_HOST = re.compile("[A-Za-z0-9\u00a1-\uffef.-]+")
_NOT_IN_LINK = re.compile('[\x00-\x20\x7f-\xa0"<>\\\\^`{|}\u2028\u2029\ud800-\udfff]')
_LOCAL = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


# ---------------------------------------------------------------- what strangers wrote


def clean(text: str) -> str:
    """`text` without characters that hide, reorder or pile up. Line breaks stay."""
    if text.isascii() and text.isprintable():
        return text
    text = _UNWANTED.sub("", _BREAKS.sub(" ", unicodedata.normalize("NFC", text)))
    return _PILED_MARKS.sub(r"\1", text)


def foreign(text: str, limit: int) -> str:
    """An article's text as one clean line of at most `limit` characters; "" when nothing can be seen in it.

    `@name` and `/command` lose their power: Telegram would make them a mention and something to tap.
    """
    line = " ".join(clean(text).split())
    if _BLANK.fullmatch(line):
        return ""
    return shorten(_CALLING.sub("\\1\u2060", line), limit)


def shorten(text: str, limit: int) -> str:
    """`text`, or its beginning up to a word and an ellipsis: never more than `limit` characters."""
    if len(text) <= limit:
        return text
    if limit < 1:
        return ""
    head = text[: limit - 1]
    word_end = max(head.rfind(" "), head.rfind("\n"))
    if text[limit - 1].isspace():
        word_end = limit - 1
    if word_end >= limit // 2:
        head = head[:word_end]
    return head.rstrip(" \n,;:–—-\u200c\u200d\u2060") + "…"


def isolate(text: str) -> str:
    """Foreign text for the middle of a line: right-to-left words may not reorder what stands around them.

    The mark in front keeps a line that begins with it left-to-right, like the words around it.
    """
    return f"\u200e\u2068{text}\u2069" if _RIGHT_TO_LEFT.search(text) else text


# ---------------------------------------------------------------- links


def link(url: str | None) -> str | None:
    """`url` if a reader may be sent there: http(s), a host, no login, at most 2,048 characters."""
    return url if url and _parts(url) else None


def public(url: str | None) -> bool:
    """Whether Telegram takes `url` on a button or for a preview: it must lead to the open net.

    Local names and private addresses are refused (BUTTON_URL_INVALID).
    """
    parts = _parts(url) if url else None
    if parts is None or parts.hostname is None:
        return False
    host = parts.hostname.rstrip(".")
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and ".." not in host and not host.startswith(".") and not host.endswith(_LOCAL)


def _parts(url: str) -> SplitResult | None:
    if len(url) > LONGEST_LINK or _NOT_IN_LINK.search(url):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc or port == 0:
        return None
    return parts if _HOST.fullmatch(host) or parts.netloc.startswith("[") else None


# ---------------------------------------------------------------- spans


def length(text: Iterable[Span]) -> int:
    return sum(len(span.text) for span in text)


def entities(span: Span) -> int:
    return 1 if span.code else span.bold + span.italic + (span.url is not None)


def link_bytes(text: Iterable[Span]) -> int:
    return sum(map(_link_size, text))


def tidy(text: Text) -> Text:
    """Spans that can be shown: clean characters, links that lead somewhere, code without anything in it."""
    tidied = []
    for span in text:
        shown = clean(span.text)
        if shown:
            url = None if span.code else link(span.url)
            styled = not _BLANK.fullmatch(shown)
            tidied.append(
                Span(
                    text=isolate(shown) if url else shown,
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
    text = _thinned(_cut(text, limit))
    seen = any(not _BLANK.fullmatch(span.text) for span in text)
    return text if seen else (Span("…"),)


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


def _cut(text: Text, limit: int) -> Text:
    if length(text) <= limit:
        return text
    kept: list[Span] = []
    room = limit
    for span in text:
        if len(span.text) >= room:  # at least one character of the rest must give way to the ellipsis
            kept.append(replace(span, text=shorten(span.text + "……", room)))
            break
        kept.append(span)
        room -= len(span.text)
    return tuple(kept)


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
