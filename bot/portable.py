"""One destination as the JSON that moves it elsewhere: what `topicwire export` writes and `import` reads. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.digests.schedule import WEEKDAYS, days_of
from bot.model import EVERY_DAY, Quiet, QuietMode, Schedule

FIELDS = ("platform", "chat", "thread", "title", "locale", "timezone", "subscriptions")
CLOCK = ("digest", "quiet")  # left out where nothing was chosen
DAY_MINUTES = 24 * 60
MOST_BAR = 99_999


def portable(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a destination's record that move with it."""
    entry = {name: record.get(name) for name in FIELDS}
    if digest := record.get("digest"):
        entry["digest"] = {"at": _clock(digest["at"]), "days": days_of(digest["days"])}
    if quiet := record.get("quiet"):
        hours = {"from": _clock(quiet["from"]), "to": _clock(quiet["to"]), "mode": quiet["mode"]}
        entry["quiet"] = hours | ({"bar": quiet["bar"]} if quiet["mode"] == QuietMode.BAR else {})
    return entry


def schedule_in(entry: Mapping[str, Any]) -> Schedule | None:
    """The digest's times in an entry. Raises ValueError with what is wrong, KeyError, TypeError."""
    digest = entry.get("digest")
    if digest is None:
        return None
    names = digest.get("days", list(WEEKDAYS))
    if not isinstance(names, list) or not names or not set(names) <= set(WEEKDAYS):
        raise ValueError(f'its digest days {str(names)[:60]!r} are none; write for example ["mon", "thu"]')
    days = sum(1 << WEEKDAYS.index(name) for name in set(names))
    return Schedule(_minute(digest["at"], "digest"), days & EVERY_DAY)


def quiet_in(entry: Mapping[str, Any]) -> Quiet | None:
    """The quiet hours in an entry; equal ends are none. Raises ValueError, KeyError, TypeError."""
    quiet = entry.get("quiet")
    if quiet is None:
        return None
    start, end = _minute(quiet["from"], "quiet"), _minute(quiet["to"], "quiet")
    mode, bar = quiet.get("mode", "hold"), quiet.get("bar", 0)
    if mode not in set(QuietMode):
        raise ValueError(f"its quiet mode {str(mode)[:40]!r} is none of {', '.join(QuietMode)}")
    if isinstance(bar, bool) or not isinstance(bar, int) or not 0 <= bar <= MOST_BAR:
        raise ValueError(f"its quiet bar {str(bar)[:40]} is none; use a whole number from 0 to {MOST_BAR}")
    return None if start == end else Quiet(start, end, QuietMode(mode), bar)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _minute(text: Any, what: str) -> int:
    hours, _, minutes = str(text).partition(":")
    if not (hours.isascii() and hours.isdecimal() and minutes.isascii() and minutes.isdecimal()):
        raise ValueError(f"its {what} time {str(text)[:40]!r} is none; write for example 08:00")
    if int(hours[:4]) > 23 or int(minutes[:4]) > 59:  # noqa: PLR2004 - the clock
        raise ValueError(f"its {what} time {str(text)[:40]!r} is none; write for example 08:00")
    return int(hours) * 60 + int(minutes)
