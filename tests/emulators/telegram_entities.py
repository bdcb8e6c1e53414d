"""From parsed text and spans to what a chat shows: cleaned, trimmed, entities settled and counted.

Written after fix_formatted_text, fix_entities and get_input_message_entities in tdlib/td
td/telegram/MessageEntity.cpp and clean_input_string in td/telegram/misc.cpp (2026-07-17).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from tests.emulators.telegram_html import Span
from tests.emulators.telegram_records import Json

MOST_ENTITIES = 100
"""User entities a message keeps; the rest are dropped without a word (MAX_USER_ENTITY_COUNT)."""

_STYLE_ORDER = ("bold", "italic", "underline", "strikethrough", "spoiler")
STYLE_NAMES = frozenset(_STYLE_ORDER)
_PRIORITY = {"blockquote": 0, "expandable_blockquote": 0, "pre": 11, "code": 20, "text_link": 49}
_UNCLEAN = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a]")
_BLANK = re.compile(
    "[ \n\u00a0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc\U000e0000-\U000e007f]*"
)
_WHITE = " \n"
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Formatted(NamedTuple):
    """A text as it is shown. `lost` entities were too many and are not among `entities`."""

    text: str
    entities: tuple[Json, ...]
    lost: int


def format_text(text: str, spans: Sequence[Span]) -> Formatted:
    """The text a chat shows for parsed `text` and `spans`; an invisible text becomes ""."""
    text, spans = _trim(*_clean(text, spans))
    if _BLANK.fullmatch(text):
        return Formatted("", (), 0)
    if not spans:
        return Formatted(text, (), 0)
    settled = _settle(spans)
    kept = _most_important(settled)
    return Formatted(text, _entities(text, kept), len(settled) - len(kept))


def spans_of(text: str, entities: Iterable[Json]) -> list[Span]:
    """The spans of MessageEntity objects given by the client (UTF-16 offsets)."""
    borders = {unit: point for point, unit in enumerate(_units(text))}
    return [
        Span(
            entity["type"],
            borders[entity["offset"]],
            borders[entity["offset"] + entity["length"]],
            str(entity.get("url") or entity.get("language") or entity.get("custom_emoji_id") or ""),
        )
        for entity in entities
        if entity["offset"] in borders and entity["offset"] + entity["length"] in borders
    ]


def _clean(text: str, spans: Sequence[Span]) -> tuple[str, Sequence[Span]]:
    """Control characters become spaces; line separators and carriage returns vanish."""
    if not _UNCLEAN.search(text):
        return text, spans
    cleaned = [_clean_character(character) for character in text]
    place = [0, *accumulate(map(len, cleaned))]
    moved = [span._replace(start=place[span.start], end=place[span.end]) for span in spans]
    return "".join(cleaned), [span for span in moved if span.start < span.end]


def _clean_character(character: str) -> str:
    if not _UNCLEAN.match(character):
        return character
    return " " if character < " " and character != "\r" else ""


def _trim(text: str, spans: Sequence[Span]) -> tuple[str, Sequence[Span]]:
    """White space is cut at the end; at the start only before the first entity."""
    text = text.rstrip(_WHITE)
    end = len(text)
    if any(span.end > end for span in spans):
        spans = [span._replace(end=min(span.end, end)) for span in spans if span.start < end]
    lead = min([end - len(text.lstrip(_WHITE)), *(span.start for span in spans)])
    if lead:
        spans = [span._replace(start=span.start - lead, end=span.end - lead) for span in spans]
    return text[lead:], spans


def _order(span: Span) -> tuple[int, int, int]:
    return span.start, -span.end, _PRIORITY.get(span.type, 90)


def _settle(spans: Sequence[Span]) -> list[Span]:
    """No two links, code or quotes overlap (the outer stays); styles are cut where they cross others."""
    ordered = sorted(spans, key=_order)
    if all(span.end <= following.start for span, following in pairwise(ordered)) and not _touch(ordered):
        return ordered
    styles = [span for span in ordered if span.type in STYLE_NAMES]
    others = _apart(span for span in ordered if span.type not in STYLE_NAMES and not _is_quote(span))
    quotes = _apart(span for span in ordered if _is_quote(span))
    others = [span for span in others if not any(_crosses(span, quote) for quote in quotes)]
    code = [span for span in others if span.type in {"code", "pre"}]
    styles = _cut([piece for span in styles for piece in _outside(span, code)])
    return sorted([*others, *quotes, *styles], key=_order)


def _touch(ordered: Sequence[Span]) -> bool:
    """Whether two pieces of one style meet: they will be one."""
    return any(one.end == other.start and one.type == other.type in STYLE_NAMES for one, other in pairwise(ordered))


def _apart(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _is_quote(span: Span) -> bool:
    return span.type.endswith("blockquote")


def _crosses(span: Span, quote: Span) -> bool:
    inside = quote.start <= span.start and span.end <= quote.end
    return not inside and span.start < quote.end and quote.start < span.end


def _outside(span: Span, holes: Iterable[Span]) -> list[Span]:
    pieces, start = [], span.start
    for hole in holes:
        if hole.end > start and hole.start < span.end:
            pieces.append(span._replace(start=start, end=hole.start))
            start = hole.end
    pieces.append(span._replace(start=start))
    return [piece for piece in pieces if piece.start < piece.end]


def _cut(styles: Sequence[Span]) -> list[Span]:
    """Each style is cut where another one begins inside it; touching pieces of one style are one."""
    runs: list[Span] = []
    for kind in _STYLE_ORDER:
        for span in sorted((span for span in styles if span.type == kind), key=_order):
            if runs and runs[-1].type == kind and span.start <= runs[-1].end:
                runs[-1] = runs[-1]._replace(end=max(runs[-1].end, span.end))
            else:
                runs.append(span)
    starts = sorted({run.start for run in runs})
    pieces = []
    for run in runs:
        borders = [run.start, *(start for start in starts if run.start < start < run.end), run.end]
        pieces += [run._replace(start=start, end=end) for start, end in pairwise(borders)]
    return pieces


def _most_important(spans: Sequence[Span]) -> Sequence[Span]:
    """The first 100; links, code and quotes go before styles, custom emoji are not counted."""
    counted = [span for span in spans if span.type != "custom_emoji"]
    if len(counted) <= MOST_ENTITIES:
        return spans
    counted.sort(key=lambda span: span.type in STYLE_NAMES)
    kept = set(counted[:MOST_ENTITIES])
    return [span for span in spans if span in kept or span.type == "custom_emoji"]


def _units(text: str) -> list[int]:
    """The UTF-16 offset of every code point of `text`, and of its end."""
    return [0, *accumulate(1 + (character > "\uffff") for character in text)]


def _entities(text: str, spans: Iterable[Span]) -> tuple[Json, ...]:
    units = _units(text) if _ASTRAL.search(text) else range(len(text) + 1)
    return tuple(
        {"type": span.type, "offset": units[span.start], "length": units[span.end] - units[span.start]}
        | _extra(span)
        for span in spans
    )


def _extra(span: Span) -> Json:
    match span.type:
        case "text_link":
            return {"url": span.argument}
        case "pre" if span.argument:
            return {"language": span.argument}
        case "custom_emoji":
            return {"custom_emoji_id": span.argument}
        case "date_time":
            return {"unix_time": int(span.argument)}
        case "text_mention":
            return {"user": {"id": int(span.argument), "is_bot": False, "first_name": "Ann"}}
    return {}
