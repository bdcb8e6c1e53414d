"""Time zones by the names people use: a city, a country, an abbreviation, an offset, or the IANA name. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from rapidfuzz import fuzz, process

from bot import tz
from bot.places import ELSEWHERE, LARGE, WORLD

MOST = 12  # zones to choose from, as buttons
NEAR = 78  # of 100: how alike a mistyped name must be to be suggested
SUGGESTED = 5
MOST_OFFERED, MOST_AT_HOME = 6, 4
_DIFFERENCE = re.compile(r"(?:utc|gmt)?\s*([+-])\s*(\d{1,2})(?::?([0-5]\d))?")
_FIXED = re.compile(r"(?:Etc/GMT|etc/gmt)(?:-(?:1[0-4]|[1-9])|\+(?:1[0-2]|[1-9]))")
_NOISE = re.compile(r"\b(?:the|time|timezone|zone)\b")
_TERRITORY = {"en": "US", "de": "DE", "fr": "FR", "es": "ES", "it": "IT", "pl": "PL", "nl": "NL", "pt": "BR"}
_TERRITORY |= {"ru": "RU", "uk": "UA", "tr": "TR", "hi": "IN", "ja": "JP", "ko": "KR", "zh": "CN"}
_SPOKEN_IN = {"es": ("ES", "MX", "CO", "AR"), "ar": ("EG", "SA", "AE", "MA"), "pt": ("BR", "PT"), "en": ()}
_SCRIPTS = {"CYRILLIC": "ru", "GREEK": "el", "HEBREW": "he", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja"}
_SCRIPTS |= {"CJK": "zh zh_Hant ja", "DEVANAGARI": "hi", "THAI": "th", "ARMENIAN": "hy", "GEORGIAN": "ka"}
"""The languages in which a city is looked for that is written so, by the first word of a letter's Unicode name."""
_SAME_TIME = re.compile(r"utc|gmt|z|zulu|universal")


@dataclass(frozen=True, slots=True)
class Match:
    """What a name can mean. `sure`: it is one of these; else they are only spelled alike.

    `instead` are zones that show the same time now and change their clocks, where a bare offset never does.
    """

    zones: tuple[str, ...] = ()
    sure: bool = True
    instead: tuple[str, ...] = ()


class NoSuchOffset(ValueError):  # noqa: N818
    """A difference to UTC that no clock on Earth shows."""


def zone_of(name: str) -> tzinfo:
    """The zone of an IANA name; one that is unknown here is UTC."""
    return ZoneInfo(name) if is_zone(name) else UTC


def is_zone(name: str) -> bool:
    """Whether the tz database has a zone of this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def find(text: str, locale: str, now: datetime, languages: Sequence[str] = ()) -> Match:
    """The zones that a name can mean, the likeliest first. Raises NoSuchOffset.

    Cities and countries are known by their names in English, in the language of `locale`, in `languages`, and in
    those whose letters they are written in.
    """
    words = _plain(text)
    if not words:
        return Match()
    if _SAME_TIME.fullmatch(words):
        return Match(("UTC",))
    if (offset := _DIFFERENCE.fullmatch(_bare(text))) is not None:
        return _at_offset(offset, locale, now)
    if _FIXED.fullmatch(text.strip()):
        return Match((text.strip().replace("etc/gmt", "Etc/GMT"),))
    named = dict.fromkeys(("en", _spoken(locale), *languages, *_scripts(text)))
    names, letters = _names(tuple(filter(None, named))), _abbreviations(now.year)
    for name in (words, _plain(text.partition(",")[0])):
        if name in names:
            return Match(_distinct(names[name], now)[:MOST])
        if name in letters:
            return Match(_distinct(sorted(letters[name], key=lambda z: _likely(z, locale, now)), now)[:MOST])
    near = process.extract(words[:60], names.keys(), scorer=fuzz.ratio, limit=20, score_cutoff=NEAR)
    return Match(_distinct((z for name, _, _ in near for z in names[name]), now)[:SUGGESTED], sure=False)


def offered(locale: str, now: datetime, current: str) -> tuple[str, ...]:
    """At most MOST_OFFERED zones to choose from: those of the locale's country or language, then large ones nearby.

    Near is what differs little from `current`, or else from the first. Who speaks plain English may live anywhere.
    """
    known = _language(locale)
    speakers = _SPOKEN_IN.get(known.language, (_TERRITORY.get(known.language),)) if known else ()
    where = (known.territory,) if known and known.territory else speakers
    home = [zone for land in where for zone, code in tz.zones().items() if code == land and zone in LARGE]
    home = (home or [zone for zone, code in tz.zones().items() if code in where])[:MOST_AT_HOME]
    if not home and current == "UTC":
        return WORLD
    middle = _offset(home[0] if current == "UTC" else current, now)
    near = sorted(LARGE, key=lambda zone: abs(_offset(zone, now) - middle))
    return tuple(zone for zone in dict.fromkeys((*home, *near)) if zone != current)[:MOST_OFFERED]


def place(zone: str, locale: str) -> str:
    """A zone as a person calls it: its city, or the difference to UTC."""
    if zone.startswith("Etc/GMT") and zone[7:]:
        hours = -int(zone[7:])
        return f"UTC{'+' if hours >= 0 else '−'}{abs(hours)}"
    name = _cities(locale).get(zone) or _cities("en").get(zone)
    return name or zone.rpartition("/")[2].replace("_", " ")


# ---------------------------------------------------------------- offsets and abbreviations


def _at_offset(found: re.Match[str], locale: str, now: datetime) -> Match:
    sign, hours, minutes = found[1], int(found[2]), int(found[3] or 0)
    offset = timedelta(hours=hours, minutes=minutes) * (1 if sign == "+" else -1)
    if not timedelta(hours=-12) <= offset <= timedelta(hours=14):
        raise NoSuchOffset(found[0])
    shown = tuple(z for z in tz.representatives() if now.astimezone(ZoneInfo(z)).utcoffset() == offset)
    if minutes:
        if not shown:
            raise NoSuchOffset(found[0])
        return Match(_distinct(sorted(shown, key=lambda z: z not in LARGE), now)[:MOST])
    moving = sorted((z for z in shown if _moves(z, now)), key=lambda z: _likely(z, locale, now))
    fixed = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC"  # there the signs are the other way
    return Match((fixed,), instead=tuple(moving[:3]))


@cache
def _abbreviations(year: int) -> dict[str, tuple[str, ...]]:
    """The letters that clocks show in a year (PST, CEST), and the zones that use them."""
    found: dict[str, list[str]] = {}
    for zone in dict.fromkeys((*tz.representatives(), *tz.zones())):
        for month in (1, 7):
            name = datetime(year, month, 1, tzinfo=ZoneInfo(zone)).tzname() or ""
            if name.isalpha():
                found.setdefault(name.casefold(), []).append(zone)
    return {name: tuple(dict.fromkeys(zones)) for name, zones in found.items()}


def _distinct(zones: Iterable[str], now: datetime) -> tuple[str, ...]:
    """One of those whose clocks agree from now on."""
    first: dict[tuple[timedelta | None, ...], str] = {}
    for zone in zones:
        first.setdefault(_clock(zone, now), zone)
    return tuple(first.values())


def _moves(zone: str, now: datetime) -> bool:
    return len(set(_clock(zone, now))) > 1


def _likely(zone: str, locale: str, now: datetime) -> tuple[bool, bool]:
    """A sort key: what is at home where the language is, then what changes its clocks, as most abbreviations do."""
    language = _language(locale)
    home = language.territory or _TERRITORY.get(language.language) if language else None
    return tz.zones().get(zone) != home, not _moves(zone, now)


def _clock(zone: str, now: datetime) -> tuple[timedelta | None, ...]:
    """What a zone's clocks show over the year that comes, every other week."""
    known = ZoneInfo(zone)
    return tuple((now + timedelta(weeks=weeks)).astimezone(known).utcoffset() for weeks in range(0, 54, 2))


# ---------------------------------------------------------------- names


@lru_cache(maxsize=64)  # what a platform tells for a locale has no end
def _names(languages: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Every name in these languages, plainly written, with its zones.

    Cities come before countries, of which some are cities as well, and old names last.
    """
    cities = [(name, zone) for zone in tz.zones() for name in (zone, zone.rpartition("/")[2])]
    cities += [(city, zone) for language in languages for zone, city in _cities(language).items()]
    found: dict[str, tuple[str, ...]] = {}
    for name, zone in cities:
        found[_plain(name)] = tuple(dict.fromkeys((*found.get(_plain(name), ()), zone)))
    found |= {_plain(name): zones for name, zones in ELSEWHERE.items()}
    countries = [pair for language in languages for pair in _countries(language)]
    old = [(name, (new,)) for link, new in tz.links().items() for name in (link, link.rpartition("/")[2])]
    for name, zones in (*countries, *old):
        found.setdefault(_plain(name), zones)
    return found


@lru_cache(maxsize=256)
def _cities(locale: str) -> dict[str, str]:
    """The zones' cities in one language; only those whose name is not that of the zone itself."""
    known = _language(locale)
    if known is None:
        return {}
    listed = {tz.links().get(zone, zone): names.get("city") for zone, names in known.time_zones.items()}
    return {zone: str(city) for zone, city in listed.items() if city and zone in tz.zones()}


def _countries(locale: str) -> list[tuple[str, tuple[str, ...]]]:
    """Countries in one language, each with its zones."""
    known = _language(locale)
    of: dict[str, list[str]] = {}
    for zone in sorted(tz.zones(), key=lambda zone: zone not in tz.representatives()):
        of.setdefault(tz.zones()[zone], []).append(zone)
    names = dict(known.territories) if known else {}
    return [(names[territory], tuple(zones)) for territory, zones in of.items() if territory in names]


def _language(locale: str) -> Locale | None:
    try:
        return Locale.parse(locale.replace("-", "_"))
    except (ValueError, UnknownLocaleError, TypeError):
        return None


def _spoken(locale: str) -> str:
    """A locale as one of the names that Babel has for it; "" where it is none."""
    return str(_language(locale) or "")


def _scripts(text: str) -> tuple[str, ...]:
    """The languages of the first letter, where its script tells them; Latin and Arabic letters tell none."""
    first = next((c for c in text if c.isalpha()), "")
    script = unicodedata.name(first, "").replace("-", " ").partition(" ")[0] if first else ""
    return tuple(_SCRIPTS.get(script, "").split())


def _offset(zone: str, now: datetime) -> timedelta:
    return now.astimezone(zone_of(zone)).utcoffset() or timedelta()


def _plain(text: str) -> str:
    """Without case, accents and punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(_NOISE.sub(" ", letters).split())


def _bare(text: str) -> str:
    return text.casefold().replace("−", "-").replace("–", "-").strip()
