"""The grammar of times, weekdays and quiet hours as people type them. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from bot.commands.clock.words import AND, NAMED, NOISE, PARTS, SETS, TO, WEEKDAYS, folded, plain_words
from bot.commands.parsing import HIGHEST_BAR, ascii_digits
from bot.model import EVERY_DAY, Quiet, QuietMode, Schedule

MONDAY = 0b0000001
SHORTEST = 3  # letters of a weekday's name
LONGEST = 40  # characters of a word for off or now
DAY_MINUTES = 24 * 60
NOON = 12 * 60

_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2})?|(\d{2}))?(am|pm)?")
_HALVES = re.compile(r"(?<![a-z])([ap])\.?\s?m\b\.?")
_RANGE = re.compile(rf"\s*(?:[-‐‒–—―−]|\b(?:{'|'.join(TO)})\b(?: las?\b)?)\s*")
_OF_DAY = re.compile(
    r"\b(1[0-2]|0?[1-9])(?:[:.]([0-5]\d))? (?:(?:in|at|de|del|por|en|في) )?(?:(?:the|la|el) )?([a-z]+)\b"
)
_EVERY_SO = re.compile(r"\d+ ?(?:days|dias|ايام|weeks|semanas|hours|horas)\b")
_MODES = {
    "hold": QuietMode.HOLD,
    "keep": QuietMode.HOLD,
    "recap": QuietMode.HOLD,
    "silent": QuietMode.SILENCE,
    "silence": QuietMode.SILENCE,
    "silently": QuietMode.SILENCE,
    "mute": QuietMode.SILENCE,
    "bar": QuietMode.BAR,
    "above": QuietMode.BAR,
}


class Unclear(ValueError):  # noqa: N818
    """Words that are no schedule; `word` is the first that is not understood, "" where one is missing."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class ImpossibleTime(Unclear):
    """Digits that are no time of day."""


def parse_time(text: str) -> int | None:
    """A time of day as a minute of the day: 08:00, 8.00, 0800, 8am, noon; None for other words.

    Raises ImpossibleTime for digits that no clock shows. 24:00 is midnight.
    """
    text = _HALVES.sub(r"\1m", ascii_digits(text).casefold().strip()).replace(" ", "")
    if text in NAMED:
        return NAMED[text]
    found = _TIME.fullmatch(text)
    if found is None:
        if re.fullmatch(r"[\d:.]+(?:am|pm|h)?", text):
            raise ImpossibleTime(text)
        return None
    hours, minutes, half = int(found[1]), int(found[2] or found[3] or 0), found[4]
    if half:
        if not 1 <= hours <= 12:  # noqa: PLR2004 - the dial
            raise ImpossibleTime(text)
        hours = hours % 12 + (12 if half == "pm" else 0)
    if minutes > 59 or hours > 24 or (hours == 24 and minutes):  # noqa: PLR2004
        raise ImpossibleTime(text)
    return (hours * 60 + minutes) % DAY_MINUTES


def means(text: str, words: Collection[str]) -> bool:
    """Whether somebody typed one of these words, in whatever way they are written."""
    return folded(" ".join(text[:LONGEST].split())).strip(" .!") in words


def parse_schedule(text: str, usual: Schedule) -> Schedule:
    """When a digest is wanted: "08:00", "8am weekdays", "mon,thu 7:30", "lunes a las 8", "كل يوم 8 صباحا".

    What is not said is as in `usual`; a time without days means every day. Raises Unclear, ImpossibleTime.
    """
    text = _plain(text, meaning_at=True)
    if counted := _EVERY_SO.search(text):
        raise Unclear(counted[0])  # else "every 2 days" would be every day at two
    minute, days, named, part = None, 0, False, ""
    for word in re.split(r"[\s,;+&/]+", text):
        if not word or word in NOISE:
            continue
        if (bits := _days(word)) is not None:
            days, named = days | bits, True
        elif word in PARTS and not part:
            part = word
        elif minute is None and (minute := parse_time(word)) is not None:
            pass
        else:
            raise Unclear(word)
    if minute is None and not named and not part:
        raise Unclear("")
    if part:
        minute = PARTS[part] if minute is None else _within(minute, part)
    weekly = days or MONDAY
    return Schedule(usual.minute if minute is None else minute, weekly if named else EVERY_DAY)


def parse_quiet(text: str) -> Quiet | None:
    """Quiet hours: "22:00-07:00", "10pm to 7am silent", "22-7 bar 90"; None where the ends are equal, which is off.

    Raises Unclear, ImpossibleTime.
    """
    words = [word for word in re.split(r"[\s,;]+", _plain(text)) if word and word not in NOISE]
    if not words:
        raise Unclear("")
    first, dash, second = words[0].partition("-")
    start, end = parse_time(first), parse_time(second) if dash else None
    if start is None or end is None:
        raise Unclear(words[0])
    mode, bar = _mode(words[1:])
    return None if start == end else Quiet(start, end, mode, bar)


def clock(minute: int) -> str:
    """A minute of the day as a clock shows it: 08:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _plain(text: str, *, meaning_at: bool = False) -> str:
    """Without the forms that keyboards and languages give one thing: wide digits, long dashes, "8 a.m.", accents.

    `meaning_at`: the Spanish "a las" stands before a time, and not between two.
    """
    text = " ".join(
        folded(ascii_digits(unicodedata.normalize("NFKC", text))).split()
    )  # else long runs of spaces cost seconds
    text = _HALVES.sub(r"\1m", text)
    if meaning_at:
        text = re.sub(r"\ba las?\b", "at", text)
    text = plain_words(text)
    text = re.sub(r"(\d)\s*([ap]m)\b", r"\1\2", text)
    return _RANGE.sub("-", _OF_DAY.sub(_of_day, text))


def _of_day(found: re.Match[str]) -> str:
    """Eight in the evening as 20:00."""
    hour, minutes, part = found.groups()
    if part not in PARTS:
        return found[0]
    return clock(_within(int(hour) * 60 + int(minutes or 0), part))


def _within(minute: int, part: str) -> int:
    """The minute that a clock of twelve hours shows in this part of the day. Raises Unclear where none does."""
    if minute >= NOON + 60:
        if part == "morning":
            raise Unclear(part)
        return minute
    late = {"morning": 24, "midnight": 24, "noon": 6, "afternoon": 0, "evening": 0, "night": 6}[part] * 60
    if minute >= NOON:
        return minute - NOON if part in {"morning", "night", "midnight"} else minute
    if part == "noon":
        return minute + NOON if minute < late else minute
    return minute + NOON if minute >= late else minute


def _mode(words: list[str]) -> tuple[QuietMode, int]:
    match words:
        case []:
            return QuietMode.HOLD, 0
        case [word] if _MODES.get(word) in {QuietMode.HOLD, QuietMode.SILENCE}:
            return _MODES[word], 0
        case [number] | ["bar" | "above", number]:
            digits = number.removesuffix("+")
            if digits.isdecimal() and int(digits[:9]) <= HIGHEST_BAR:
                return QuietMode.BAR, int(digits[:9])
            raise Unclear(number)
    raise Unclear(words[-1])


def _days(word: str) -> int | None:
    """Weekdays as bits: mon, Mondays, mon-fri, weekdays; None for other words."""
    for name in (word, word.removeprefix(AND)):
        if name in SETS:
            return SETS[name]
        first, dash, last = name.partition("-")
        begin, end = _weekday(first), _weekday(last) if dash else None
        if begin is not None and end is not None:
            return sum(1 << (begin + n) % 7 for n in range((end - begin) % 7 + 1))
        if begin is not None and not dash:
            return 1 << begin
    return None


def _weekday(word: str) -> int | None:
    """The number of a weekday, also by the beginning of its English name: wednes."""
    word = word.removesuffix(".")
    if word in WEEKDAYS:
        return WEEKDAYS[word]
    if len(word) <= SHORTEST:
        return None
    return next(
        (number for name, number in WEEKDAYS.items() if name.endswith("day") and name.startswith(word)), None
    )
