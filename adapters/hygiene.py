"""The hygiene of what strangers wrote, for every platform: clean text, and links a reader may be sent to. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from bot.messages import Span, Text

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
_MENTION = re.compile(r"(?<![\w/:.<@])@(?=\w)")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
_HOST = re.compile("[A-Za-z0-9\u00a1-\uffef.-]+")
_NOT_IN_LINK = re.compile('[\x00-\x20\x7f-\xa0\\s"<>\\\\^`{|}\ud800-\udfff]')
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

    `@name` and `/command` lose their power: a platform could make them a mention and something to tap.
    """
    line = " ".join(clean(text).split())
    if blank(line):
        return ""
    return shorten(_CALLING.sub("\\1\u2060", line), limit)


def uncalled(text: str) -> str:
    """A clean `text` that calls nobody: no `@name` in it becomes a mention."""
    return _MENTION.sub("@\u2060", text)


def blank(text: str) -> bool:
    """Whether nothing can be seen in a clean `text`."""
    return bool(_BLANK.fullmatch(text))


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


def cut(text: Text, limit: int) -> Text:
    """The beginning of `text`, like `shorten`: never more than `limit` characters over all spans."""
    if sum(len(span.text) for span in text) <= limit:
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


def isolate(text: str, *, leftward: bool = False) -> str:
    """Foreign text for the middle of a line, which it may not reorder; `leftward`: the line runs to the left.

    The mark in front keeps a line that begins with it left-to-right, like the words around it.
    """
    if leftward:
        return f"\u2068{text}\u2069"
    return f"\u200e\u2068{text}\u2069" if _RIGHT_TO_LEFT.search(text) else text


# ---------------------------------------------------------------- links


def link(url: str | None) -> str | None:
    """`url` if a reader may be sent there: http(s), a host, no login, at most 2,048 characters."""
    return url if url and _parts(url) else None


def public(url: str | None) -> bool:
    """Whether `url` leads to the open net, as platforms want it on a button or for a picture.

    Local names and private addresses do not (Telegram refuses them: BUTTON_URL_INVALID).
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
