"""The grammar of times, weekdays and quiet hours as people type them. Pure."""

from __future__ import annotations

import re
import unicodedata

from bot.commands.parsing import HIGHEST_BAR, ascii_digits
from bot.digests.schedule import WEEKDAYS
from bot.model import EVERY_DAY, Quiet, QuietMode, Schedule

OFF = frozenset({"off", "no", "none", "stop", "never", "end"})
WORKDAYS = 0b0011111
WEEKEND = 0b1100000
MONDAY = 0b0000001
DAY_MINUTES = 24 * 60

_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2})?|(\d{2}))?(am|pm)?")
_NAMED = {"noon": 12 * 60, "midday": 12 * 60, "midnight": 0}
_SETS = {
    "daily": EVERY_DAY,
    "everyday": EVERY_DAY,
    "weekdays": WORKDAYS,
    "weekday": WORKDAYS,
    "workdays": WORKDAYS,
    "weekends": WEEKEND,
    "weekend": WEEKEND,
    "weekly": 0,
}
_LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NOISE = frozenset({"at", "on", "every", "each", "day", "days", "and", "from", "o'clock", "uhr", "h", "the", "in"})
_HALVES = re.compile(r"(?<![a-z])([ap])\.?\s?m\b\.?")
_RANGE = re.compile(r"\s*(?:[-‐‒–—―−]|\b(?:to|until|till|through)\b)\s*")
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
    if text in _NAMED:
        return _NAMED[text]
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


def parse_schedule(text: str, usual: Schedule) -> Schedule:
    """When a digest is wanted: "08:00", "8am weekdays", "mon,thu 7:30", "weekly sunday 18:00".

    What is not said is as in `usual`; a time without days means every day. Raises Unclear, ImpossibleTime.
    """
    text = _plain(text).replace("every day", "daily")
    minute, days, named = None, 0, False
    for word in re.split(r"[\s,;+&]+", text):
        if not word or word in _NOISE:
            continue
        if (bits := _days(word)) is not None:
            days, named = days | bits, True
        elif minute is None and (minute := parse_time(word)) is not None:
            pass
        else:
            raise Unclear(word)
    if minute is None and not named:
        raise Unclear("")
    if named and not days:
        days = MONDAY  # weekly
    if minute is None:
        minute = usual.minute
    return Schedule(minute, days if named else EVERY_DAY)


def parse_quiet(text: str) -> Quiet | None:
    """Quiet hours: "22:00-07:00", "10pm to 7am silent", "22-7 bar 90"; None where the ends are equal, which is off.

    Raises Unclear, ImpossibleTime.
    """
    words = [word for word in re.split(r"[\s,;]+", _plain(text)) if word and word not in _NOISE]
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


def _plain(text: str) -> str:
    """Without the forms that keyboards and languages give one thing: wide digits, long dashes, "8 a.m."."""
    text = " ".join(
        ascii_digits(unicodedata.normalize("NFKC", text)).casefold().split()
    )  # else long runs of spaces cost seconds
    text = _HALVES.sub(r"\1m", text)
    text = re.sub(r"(\d)\s+([ap]m)\b", r"\1\2", text)
    return _RANGE.sub("-", text)


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
    if word in _SETS:
        return _SETS[word]
    first, dash, last = word.partition("-")
    begin, end = _weekday(first), _weekday(last) if dash else None
    if begin is None or (dash and end is None):
        return None
    if end is None:
        return 1 << begin
    return sum(1 << (begin + n) % 7 for n in range((end - begin) % 7 + 1))


def _weekday(word: str) -> int | None:
    word = word.removesuffix(".")
    for number, (short, long) in enumerate(zip(WEEKDAYS, _LONG, strict=True)):
        if word in {short, long, f"{long}s", f"{short}s"} or (len(word) > len(short) and long.startswith(word)):
            return number
    return None
