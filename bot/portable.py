"""One destination as the JSON that moves it elsewhere: what `topicwire export` writes and `import` reads. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.digests.schedule import WEEKDAYS, days_of
from bot.filters import MOST_WORDS, WordRefused, checked_outlet, checked_word
from bot.model import EVERY_DAY, Quiet, QuietMode, Schedule
from bot.preferences import FEWEST_OUTLETS, MOST_OUTLETS, Filters, Form, Look

FIELDS = ("platform", "chat", "thread", "title", "locale", "timezone", "subscriptions")
CHOSEN = ("form", "silent", "living", "preferred", "filters")  # left out where nothing was chosen
DAY_MINUTES = 24 * 60
MOST_BAR = 99_999


def portable(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a destination's record that move with it."""
    entry = {name: record.get(name) for name in FIELDS}
    if record.get("locale_chosen"):
        entry["locale_chosen"] = True
    if digest := record.get("digest"):
        entry["digest"] = {"at": _clock(digest["at"]), "days": days_of(digest["days"])}
    if quiet := record.get("quiet"):
        hours = {"from": _clock(quiet["from"]), "to": _clock(quiet["to"]), "mode": quiet["mode"]}
        entry["quiet"] = hours | ({"bar": quiet["bar"]} if quiet["mode"] == QuietMode.BAR else {})
    return entry | {name: record[name] for name in CHOSEN if name in record}


def schedule_in(entry: Mapping[str, Any], usual: int) -> Schedule | None:
    """The digest's times in an entry; without one it is `usual`, a minute of the day.

    Raises ValueError with what is wrong.
    """
    digest = _part(entry, "digest", '{"at": "08:00"}')
    if digest is None:
        return None
    names = digest.get("days", list(WEEKDAYS))
    if not isinstance(names, list) or not names or not all(name in WEEKDAYS for name in names):
        raise ValueError(f'its digest days {str(names)[:60]!r} are none; write for example ["mon", "thu"]')
    days = sum(1 << WEEKDAYS.index(name) for name in set(names))
    minute = _minute(digest["at"], "digest") if "at" in digest else usual
    return Schedule(minute, days & EVERY_DAY)


def quiet_in(entry: Mapping[str, Any]) -> Quiet | None:
    """The quiet hours in an entry; equal ends are none. Raises ValueError with what is wrong."""
    quiet = _part(entry, "quiet", '{"from": "22:00", "to": "07:00"}')
    if quiet is None:
        return None
    start, end = _minute(quiet.get("from"), "quiet"), _minute(quiet.get("to"), "quiet")
    mode, bar = quiet.get("mode", "hold"), quiet.get("bar", 0)
    if mode not in list(QuietMode):
        raise ValueError(f"its quiet mode {str(mode)[:40]!r} is none of {', '.join(QuietMode)}")
    if not _within(bar, 0, MOST_BAR):
        raise ValueError(f"its quiet bar {str(bar)[:40]} is none; use a whole number from 0 to {MOST_BAR}")
    return None if start == end else Quiet(start, end, QuietMode(mode), bar)


def language_chosen_in(entry: Mapping[str, Any]) -> bool:
    """Whether the entry's locale was chosen by /language. Raises TypeError."""
    chosen = entry.get("locale_chosen", False)
    if not isinstance(chosen, bool):
        raise TypeError("its locale_chosen is neither true nor false")
    return chosen


def bar_in(value: Any) -> int | None:
    """A bar of a subscription. Raises ValueError."""
    if value is None or _within(value, 0, MOST_BAR):
        return None if value is None else int(value)
    raise ValueError(f"its bar {str(value)[:40]} is none; use a whole number from 0 to {MOST_BAR}, or null")


def outlets_in(value: Any) -> int | None:
    """The outlets that a subscription waits for. Raises ValueError."""
    if value is None or _within(value, FEWEST_OUTLETS, MOST_OUTLETS):
        return None if value is None else int(value)
    span = f"{FEWEST_OUTLETS} to {MOST_OUTLETS}"
    raise ValueError(f"its outlets_from {str(value)[:40]} is none; use {span}, or null")


def look_in(entry: Mapping[str, Any], before: Look) -> Look:
    """How messages look and sound, where the entry says so. Raises ValueError, TypeError."""
    form, silent = entry.get("form", before.form), entry.get("silent", before.silent)
    living = entry.get("living", before.living)
    if form not in set(Form):
        raise ValueError(f"its form {str(form)[:40]!r} is none of {', '.join(Form)}")
    if not isinstance(silent, bool):
        raise TypeError("its silent is neither true nor false")
    if not isinstance(living, bool):
        raise TypeError("its living is neither true nor false")
    preferred = _words(entry["preferred"], checked_outlet) if "preferred" in entry else before.preferred
    return Look(Form(form), silent, preferred, living)


def filters_in(value: Any) -> Filters:
    """The words and outlets of a chat or a subscription. Raises ValueError."""
    checks = {"require": checked_word, "exclude": checked_word, "muted": checked_outlet}
    if not isinstance(value, dict) or not set(value) <= set(checks):
        raise ValueError(f"its filters are no object of {', '.join(checks)}")
    return Filters(**{name: _words(words, checks[name]) for name, words in value.items()})


def _words(value: Any, check: Callable[[str], str]) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MOST_WORDS:
        raise ValueError(f"its words are no list of at most {MOST_WORDS}")
    try:
        return tuple(check(str(word)) for word in value)
    except WordRefused as wrong:
        raise ValueError(f"its word {str(wrong.args[0])[:60]!r} cannot be looked for") from None


def _within(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _part(entry: Mapping[str, Any], name: str, example: str) -> Mapping[str, Any] | None:
    found = entry.get(name)
    if found is not None and not isinstance(found, dict):
        raise ValueError(f"its {name} {str(found)[:40]!r} is none; write for example {example}")
    return found


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _minute(text: Any, what: str) -> int:
    hours, _, minutes = str(text).partition(":")
    if not (hours.isascii() and hours.isdecimal() and minutes.isascii() and minutes.isdecimal()):
        raise ValueError(f"its {what} time {str(text)[:40]!r} is none; write for example 08:00")
    if int(hours[:4]) > 23 or int(minutes[:4]) > 59:  # noqa: PLR2004 - the clock
        raise ValueError(f"its {what} time {str(text)[:40]!r} is none; write for example 08:00")
    return int(hours) * 60 + int(minutes)
