"""The grammar of `/filter`: what must and must not stand in a story, and which outlets are heard. Pure.

`[topic:] [-word] [+word] [-from:outlet] [from:outlet] [outlets:n] [off]`. Commas separate phrases; a sign, `from:`
and `outlets:` begin one of their own; `/expression/` may contain anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.commands.parsing import ascii_digits
from bot.filters import MOST_WORDS, checked_outlet, checked_word
from bot.model import Topic
from bot.preferences import FEWEST_OUTLETS, MOST_OUTLETS, NO_FILTERS, Filters
from bot.topics import Catalogue

_OFF = {"off", "none", "clear"}
_TOPIC = re.compile(r"\s*([^:/]{1,200}):(.*)", re.DOTALL)
_BEGINS = r"[-+−–](?=[^\s,;،؛、，；\d])|[\"“]|/\S|from:|outlets:"
_BREAK = ",;\n،؛、，；"  # ends a phrase
_ITEM = re.compile(
    rf"""[\s{_BREAK}]*(?P<sign>[-+−–]?)\s*(?P<key>from:|outlets:|)\s*
    (?P<value> /(?:\\.|[^/\\])+/ | "[^"]*" | “[^”]*” | .+? )
    (?= \s*[{_BREAK}] | \s+(?:{_BEGINS}) | \s*$ )""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


class TooManyWords(ValueError):  # noqa: N818
    """More words or outlets of one kind than a filter holds."""


class Unclear(ValueError):  # noqa: N818
    """A part that is none; `args[0]` is the part."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a command asks for: entries by kind (fields of Filters, and `preferred`), or all of it `off`.

    `topic` None means all topics; `outlets` 0 takes that bar away, None does not speak of it.
    """

    topic: Topic | None = None
    entries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outlets: int | None = None
    off: bool = False


def parse_wishes(text: str, catalogue: Catalogue) -> Wishes:
    """Raises Unclear, WordRefused for a word that cannot be looked for, TooManyWords."""
    topic, text = _topic(text, catalogue)
    if text.strip().casefold() in _OFF:
        return Wishes(topic, off=True)
    outlets: int | None = None
    entries: dict[str, list[str]] = {}
    at = 0
    while (found := _ITEM.match(text, at)) is not None:
        at = found.end()
        value, key = found["value"].strip().strip('"“”').strip(), found["key"].casefold()
        minus = found["sign"] not in {"", "+"}
        if key == "outlets:":
            outlets = _count(value)
        elif key == "from:":
            entries.setdefault("muted" if minus else "preferred", []).append(checked_outlet(value))
        else:
            entries.setdefault("exclude" if minus else "require", []).append(checked_word(value))
    if rest := text[at:].strip(f" {_BREAK}"):
        raise Unclear(rest)
    if any(len(words) > MOST_WORDS for words in entries.values()):
        raise TooManyWords
    return Wishes(topic, {kind: tuple(words) for kind, words in entries.items()}, outlets)


def amended(filters: Filters, wishes: Wishes) -> Filters:
    """The filters with the wishes added; asking for a word takes back that it was excluded, and so on.

    Raises TooManyWords.
    """
    if wishes.off:
        return NO_FILTERS
    opposite = {"require": "exclude", "exclude": "require"}
    for kind in ("require", "exclude", "muted"):
        new = wishes.entries.get(kind, ())
        if not new:
            continue
        filters = replace(filters, **{kind: added(getattr(filters, kind), new)})
        if kind in opposite:
            filters = without(filters, opposite[kind], new)
    preferred = wishes.entries.get("preferred", ())
    return without(filters, "muted", preferred)


def added(have: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """Both, each once. Raises TooManyWords."""
    both = tuple({entry.casefold(): entry for entry in (*have, *new)}.values())
    if len(both) > MOST_WORDS:
        raise TooManyWords
    return both


def without(filters: Filters, kind: str, entries: tuple[str, ...]) -> Filters:
    """The filters without these entries of one kind."""
    return replace(filters, **{kind: less(getattr(filters, kind), entries)})


def written(kind: str, entry: str) -> str:
    """An entry as it is typed, so that it is read as this very one."""
    sign = {"require": "+", "exclude": "-", "muted": "-from:", "preferred": "from:"}[kind]
    bare = '"' in entry or (entry.startswith("/") and entry.endswith("/"))
    return sign + (entry if bare else f'"{entry}"')


def less(have: tuple[str, ...], gone: tuple[str, ...]) -> tuple[str, ...]:
    dropped = {entry.casefold() for entry in gone}
    return tuple(entry for entry in have if entry.casefold() not in dropped)


def _topic(text: str, catalogue: Catalogue) -> tuple[Topic | None, str]:
    """What stands before the first colon, where that is a topic; else it speaks of all of them."""
    found = _TOPIC.match(text)
    signed = found is not None and found[1].lstrip()[:1] in set('+-−–"“')
    if found is None or signed or found[1].strip().casefold().endswith(("from", "outlets")):
        whole = catalogue.find(text.strip()) if text.strip() else None
        return (whole, "") if whole is not None else (None, text)
    topic = catalogue.find(found[1].strip())
    if topic is None:
        raise Unclear(found[1].strip())
    return topic, found[2]


def _count(value: str) -> int:
    if value.casefold() in _OFF:
        return 0
    value = ascii_digits(value)
    if not re.fullmatch(r"[0-9]{1,3}", value) or not FEWEST_OUTLETS <= int(value) <= MOST_OUTLETS:
        raise Unclear(f"outlets:{value}")
    return int(value)
