"""The grammar of what people type. Pure.

`/subscribe <topics> [bar] [digest [bar]]`: commas (or line breaks) separate topics; a trailing integer or word is
the bar unless the whole text names a topic; the bar of the last topic also holds for those named without one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.model import ANY, Topic
from bot.topics import Catalogue

MOST_TOPICS = 30  # in one command
HIGHEST_BAR = 99_999  # far above any quality seen (240), far below what a column holds
TOP_ABOVE_GOOD = 30  # `good` is the default bar, `top` this much above it
LONGEST_PAUSE = timedelta(days=365)

_COMMAND = re.compile(r"/([^\W\d_]\w*)(?:@\w+)?(.*)", re.DOTALL)
_BETWEEN = re.compile(r"[,;\n\r،؛、，；]+|\s+(?=#)")
_NUMBER = re.compile(r"([+-]?)(\d+)\+?")
_DURATION = re.compile(r"(\d{1,6})\s*([a-z]+)[\s,]*(?:and\s+)?")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_UNIT_WORDS = {"min": "m", "mins": "m", "hr": "h", "hrs": "h"}
_DAYS = re.compile(r"(?:^|\s)(?:last\s+)?(\d{1,5})\s*d(?:ays?)?$", re.IGNORECASE)
_BAR_AND_DAYS = re.compile(r"(.*\s(?:\d{1,5}|any|good|top))\s+(\d{1,5})", re.IGNORECASE | re.DOTALL)
_JOINERS = "\u200c\u200d"  # part of words in some scripts, and of emoji


class BarOutOfRange(ValueError):  # noqa: N818
    """A bar below 0 or above HIGHEST_BAR."""


@dataclass(frozen=True, slots=True)
class Bars:
    """The two bars of a subscription: instant alerts and digest; None = not by this way."""

    alert: int | None = None
    digest: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """One topic that somebody named, found or not, with the bars given for it, if any."""

    name: str
    topic: Topic | None
    bars: Bars | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """All topics of one command. `bars` are those of the last one; `dropped` counts topics beyond the bound."""

    wishes: tuple[Wish, ...] = ()
    bars: Bars | None = None
    dropped: int = 0


def ascii_digits(text: str) -> str:
    """Digits of any script as those of ours: ٧٠ is 70."""
    return text if text.isascii() else "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def clean(text: str) -> str:
    """Without characters that show nothing: controls, direction marks, zero-width ones, lone surrogates."""
    return "".join(
        c for c in text if c in "\n\t" or c in _JOINERS or unicodedata.category(c) not in {"Cc", "Cf", "Cs"}
    ).strip()


def split_command(text: str) -> tuple[str, str] | None:
    """`/Name@SomeBot argument` as (name, argument); None where the text is no command."""
    found = _COMMAND.fullmatch(text)
    return (found[1].casefold(), found[2].strip().lstrip(",:?!. ").strip()) if found else None


def parse_order(text: str, catalogue: Catalogue, default: int) -> Order:
    """The topics and bars of a command. `default` is the bar of the word `good` and of a bare `digest`.

    Raises BarOutOfRange. The work is bounded by MOST_TOPICS whatever the length of `text`.
    """
    whole = catalogue.find(text)
    if whole is not None and (not _BETWEEN.search(text) or _named_with_comma(whole)):
        return Order((Wish(text, whole),))
    pieces = [piece for part in _BETWEEN.split(text) if (piece := _tidy(part))]
    read = [_read(piece, catalogue, default) for piece in pieces[:MOST_TOPICS]]
    bars = read[-1].bars if read else None
    wishes = {
        wish.topic.slug if wish.topic else wish.name.casefold(): wish if wish.bars else replace(wish, bars=bars)
        for wish in read
        if wish.name
    }
    return Order(tuple(wishes.values()), bars, max(0, len(pieces) - MOST_TOPICS))


def parse_duration(text: str) -> timedelta | None:
    """A length of time like "2h" or "1 hour 30 minutes"; None where it is none, or above LONGEST_PAUSE."""
    text = re.sub(r"\b(?:an?|one)\b", "1", ascii_digits(text).casefold().strip(" .!").removeprefix("for "))
    if not re.fullmatch(f"(?:{_DURATION.pattern})+", text):
        return None
    total = timedelta()
    for amount, word in _DURATION.findall(text):
        unit = _UNITS.get(_UNIT_WORDS.get(word, word), "")
        unit = unit or next((name for name in _UNITS.values() if word in {name, name[:-1]}), "")
        if not unit:
            return None
        total += timedelta(**{unit: int(amount)})
        if total > LONGEST_PAUSE:
            return None
    return total or None


def split_days(text: str, catalogue: Catalogue, default: int) -> tuple[str, int]:
    """What comes before a number of days: "ai 80 30d", "ai last 30 days", or after a bar too "ai 80 30"."""
    text = text.strip()
    if catalogue.find(text) is not None:
        return text, default
    if found := _DAYS.search(text):
        return text[: found.start()].strip(), int(found[1])
    two = _BAR_AND_DAYS.fullmatch(text)
    if two is not None and catalogue.find(two[1]) is None:
        return two[1], int(two[2])
    return text, default


def _tidy(piece: str) -> str:
    return " ".join(piece.split()).strip(".!?…:\"'“”„«» ")


def _named_with_comma(topic: Topic) -> bool:
    return any(_BETWEEN.search(name) for name in (topic.name, *topic.aliases))


def _read(piece: str, catalogue: Catalogue, default: int) -> Wish:
    """The longest reading that names a topic wins; where none does, the one with the most bars."""
    name, bars = piece, None
    if (topic := catalogue.find(piece)) is None:
        for name, bars in _readings(piece.split(), default):  # noqa: B007 - the last reading is kept
            if (topic := catalogue.find(name)) is not None:
                break
    return Wish(name, topic, bars)


def _readings(words: list[str], default: int) -> Iterator[tuple[str, Bars]]:
    last = _bar(words[-1], default)
    if last is not None:
        yield " ".join(words[:-1]), Bars(alert=last)
    at = len(words) - (1 if last is None else 2)
    if at < 0 or words[at].casefold() != "digest":
        return
    digest = default if last is None else last
    yield " ".join(words[:at]), Bars(digest=digest)
    if at and (alert := _bar(words[at - 1], default)) is not None:
        yield " ".join(words[: at - 1]), Bars(alert, digest)


def _bar(word: str, default: int) -> int | None:
    named = {"any": ANY, "good": default, "top": default + TOP_ABOVE_GOOD}.get(word.casefold())
    if named is not None:
        return named
    number = _NUMBER.fullmatch(ascii_digits(word))
    if number is None:
        return None
    digits = number[2].lstrip("0")
    if len(digits) > len(str(HIGHEST_BAR)) or (number[1] == "-" and digits):
        raise BarOutOfRange(word)
    return int(number[2][-len(str(HIGHEST_BAR)) :])
