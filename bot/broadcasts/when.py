"""When a scheduled broadcast leaves: what an admin types, in the admin's zone. Pure."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FURTHEST = timedelta(days=366)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPOKEN = {
    **dict.fromkeys(("hoy", "اليوم"), "today"),
    **dict.fromkeys(("mañana", "manana", "غدا", "غدًا", "غداً"), "tomorrow"),
    **dict.fromkeys(("lunes", "الاثنين", "الإثنين"), "monday"),
    **dict.fromkeys(("martes", "الثلاثاء"), "tuesday"),
    **dict.fromkeys(("miércoles", "miercoles", "الأربعاء", "الاربعاء"), "wednesday"),
    **dict.fromkeys(("jueves", "الخميس"), "thursday"),
    **dict.fromkeys(("viernes", "الجمعة"), "friday"),
    **dict.fromkeys(("sábado", "sabado", "السبت"), "saturday"),
    **dict.fromkeys(("domingo", "الأحد", "الاحد"), "sunday"),
    **dict.fromkeys(("en", "dentro", "بعد"), "in"),
    **dict.fromkeys(("minuto", "minutos", "دقيقة", "دقائق"), "minutes"),
    **dict.fromkeys(("hora", "horas", "ساعة", "ساعات"), "hours"),
    **dict.fromkeys(("día", "dia", "días", "dias", "يوم", "أيام", "ايام"), "days"),
    **dict.fromkeys(("de", "a", "las", "la", "el", "في", "الساعة"), ""),
}
"""The same words in Spanish and in Arabic, each also as it is typed in haste."""
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]+(.+))?")
_IN = re.compile(r"in (\d{1,4}) ?(m|min|mins|minute|minutes|h|hour|hours|d|day|days)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_HOURS, _MINUTES, _NOON = 24, 60, 12


class NoTime(ValueError):  # noqa: N818
    """No point in time can be read in it."""


class Past(ValueError):  # noqa: N818
    """It is over already."""


class TooFar(ValueError):  # noqa: N818
    """It is further ahead than FURTHEST."""


def parse_when(text: str, now: datetime, timezone: str) -> datetime:
    """A moment like "tomorrow 9:00", "2026-12-01 18:30", "friday 8am", "18:30" or "in 2 hours", as UTC.

    A clock time without a day is the next one that comes. A time that the zone skips is taken as the one an hour
    later, of a time that it has twice the first
    that is still to come counts. An unknown zone is UTC. Raises NoTime, Past, TooFar.
    """
    words = (_SPOKEN.get(word, word) for word in text.casefold().replace(",", " ").split())
    text = " ".join(word for word in words if word).removeprefix("at ").removeprefix("on ")
    zone = _zone(timezone)
    local = now.astimezone(zone)
    if soon := _IN.fullmatch(text):
        return _checked(now + timedelta(**{_UNITS[soon[2][0]]: int(soon[1])}), now)
    day, clock = _day(text, local.date())
    at = _clock(clock)
    if day is not None:
        return _checked(_moment(day, at, zone, now), now)
    today = _moment(local.date(), at, zone, now)
    return today if today > now else _moment(local.date() + timedelta(days=1), at, zone, now)


def _day(text: str, today: date) -> tuple[date | None, str]:
    """The day that is named, if one is, and the words behind it."""
    if dated := _DATE.fullmatch(text):
        try:
            return date(int(dated[1]), int(dated[2]), int(dated[3])), dated[4] or ""
        except ValueError:
            raise NoTime(text) from None
    word, _, rest = text.partition(" ")
    if word in {"today", "tomorrow"}:
        return today + timedelta(days=word == "tomorrow"), rest
    found = next((n for n, name in enumerate(_DAYS) if len(word) > 2 and name.startswith(word)), None)  # noqa: PLR2004
    if found is None:
        return None, text
    return today + timedelta(days=(found - today.weekday() - 1) % 7 + 1), rest


def _clock(text: str) -> time:
    found = _CLOCK.fullmatch(text.removeprefix("at ").strip())
    if found is None or not (found[2] or found[3]):
        raise NoTime(text)
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= _NOON:
            raise NoTime(text)
        hour = hour % _NOON + (_NOON if found[3] == "pm" else 0)
    if hour >= _HOURS or minute >= _MINUTES:
        raise NoTime(text)
    return time(hour, minute)


def _moment(day: date, at: time, zone: ZoneInfo, now: datetime) -> datetime:
    first, second = (datetime.combine(day, at.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1))
    return second if first <= now < second else first


def _checked(moment: datetime, now: datetime) -> datetime:
    if moment <= now:
        raise Past(moment.isoformat())
    if moment - now > FURTHEST:
        raise TooFar(moment.isoformat())
    return moment


def _zone(timezone: str) -> ZoneInfo:
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
