"""YAML text into plain values: strings, lists, mappings, None. What strangers write is bounded as it is read.

Values are built from the parser's events, so that depth and aliases are refused before anything grows.
Loaders build nodes by recursion in C: 100,000 open brackets end the process, merge keys double at each level.
No type is guessed either: `no`, `1:30`, `0123`, `2026-02-31` stay the text they are; `fields` decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from yaml import (
    AliasEvent,
    CBaseLoader,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    YAMLError,
    parse,
)

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"

MAX_BYTES = 1024 * 1024  # eight times the largest real article
MAX_DEPTH = 50  # levels; real articles use 5
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})  # https://yaml.org/type/null.html


class Unreadable(Exception):  # noqa: N818 -- it says what is wrong with a file, not with the program
    """The text cannot be read; the message is a sentence with the cause and the next step."""


def decode(data: bytes) -> str:
    """Return the text of a file. Raises Unreadable: more than MAX_BYTES, not UTF-8, nothing in it."""
    if len(data) > MAX_BYTES:
        raise Unreadable(f"The file has more than {MAX_BYTES:,} bytes, which is all that is read. Make it shorter.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"Byte {error.start:,} is not UTF-8. Save the file as UTF-8 text.") from error
    if not text.strip():
        raise Unreadable("The file is empty. Is it still being written?")
    return text


def load_first(text: str) -> Plain:
    """Return the first document of a YAML stream, None if there is none. Of equal keys the last one holds.

    Raises Unreadable for broken YAML, for more than MAX_DEPTH levels, and for aliases.
    """
    events: Iterator[Event] = parse(text, Loader=CBaseLoader)
    try:
        for event in events:
            if isinstance(event, DocumentStartEvent):
                return _value(next(events), events, 0)
    except YAMLError as error:
        raise Unreadable(_explain(error)) from error
    return None


def _value(event: Event, events: Iterator[Event], depth: int) -> Plain:
    if isinstance(event, ScalarEvent):
        return None if event.value in _NULLS and event.implicit[0] else event.value
    if isinstance(event, AliasEvent):
        raise Unreadable(f"Line {_line(event)} uses the YAML alias `*{event.anchor}`. Write the value out.")
    if depth >= MAX_DEPTH:
        raise Unreadable(f"Line {_line(event)} is more than {MAX_DEPTH} levels deep. Are all brackets closed?")
    if isinstance(event, SequenceStartEvent):
        items: list[Plain] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            items.append(_value(event, events, depth + 1))
        return items
    mapping: dict[str, Plain] = {}
    while not isinstance(event := next(events), MappingEndEvent):
        key = _value(event, events, depth + 1)
        value = _value(next(events), events, depth + 1)
        if isinstance(key, str):  # a list as a key is legal YAML, and nothing here asks for it
            mapping[key] = value
    return mapping


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _explain(error: YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f" at line {mark.line + 1}" if mark else ""
    cause = getattr(error, "problem", None) or getattr(error, "reason", None) or "the parser gave no cause"
    return f"The YAML is not valid{where}: {str(cause)[:120]}. Correct it, or quote the value."
