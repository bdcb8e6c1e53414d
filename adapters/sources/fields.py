"""One value of a file into one field: what can be used, or the default. Nothing here raises."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from html.entities import html5
from urllib.parse import urlsplit

from w3lib.url import safe_url_string

from adapters.sources.plainyaml import Plain

MAX_URL = 2048  # characters

# Only whole references: `R&D`, `AT&T` and `?a=1&copy=2` mean what they say. Bounded digits keep int() cheap.
_ENTITY = re.compile(r"&(#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")

# Control characters that are no white space, and what is invisible or turns the reading order around.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff]")

# Joiners build emoji, and are spelling in the scripts from Arabic to Sinhala; elsewhere they only hide.
_STRAY_JOINER = re.compile(
    "(?<![\u0600-\u0dff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]|[\u200c\u200d](?=\\s|$)"
)

_WHOLE = re.compile(r"([+-]?[0-9]{1,9})(?:\.0*)?")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9_.])?|[0-9a-f.]*:[0-9a-f:.]*")
_GAP_BEFORE_OFFSET = re.compile(r"\s+(?=[+-][0-9]{2}|Z$)")

_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}  # as in YAML 1.1


def text(value: Plain, limit: int) -> str:
    """Return one line of at most `limit` characters, "" if the value is no text.

    Entities are decoded once, white space is folded, invisible and direction-changing characters are dropped.
    Markup is not touched: every platform escapes what it shows.
    """
    if not isinstance(value, str):
        return ""
    if "&" in value:
        value = _ENTITY.sub(_decode, value)
    if not value.isprintable():
        value = _STRAY_JOINER.sub("", _INVISIBLE.sub("", value))
    return " ".join(value.split())[:limit].rstrip()


def url(value: Plain) -> str | None:
    """Return an http(s) address with a host and without credentials, percent-encoded as a browser would."""
    if not isinstance(value, str) or len(value) > MAX_URL:
        return None
    try:
        address = safe_url_string(value.strip())
        parts = urlsplit(address)
        _ = parts.port  # raises ValueError when it is no port
    except ValueError:
        return None
    usable = parts.scheme in {"http", "https"} and "@" not in parts.netloc and len(address) <= MAX_URL
    return address if usable and _HOST.fullmatch(parts.hostname or "") else None


def host(value: Plain) -> str:
    """Return a bare host in lower case, for example `wsj.com`; "" if the value is none."""
    name = text(value, 253).lower()
    return name if _HOST.fullmatch(name) else ""


def whole(value: Plain) -> int | None:
    """Return a whole number of at most nine digits: `84`, `"84"`, `84.0`, `-1`. Not 84.5, and not true."""
    found = _WHOLE.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(found[1]) if found else None


def flag(value: Plain) -> bool | None:
    return _FLAGS.get(value.strip().lower()) if isinstance(value, str) else None


def instant(value: Plain) -> datetime | None:
    """Return an aware UTC datetime from ISO 8601; without an offset it is UTC, without a time midnight.

    Jekyll's `2020-08-15 05:52:00 -0700` is understood as well.
    None for impossible dates and for bare numbers (seconds since when? a year?).
    """
    if not isinstance(value, str) or value.strip().isdigit():
        return None
    try:
        moment = datetime.fromisoformat(_GAP_BEFORE_OFFSET.sub("", value.strip().upper()))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def entries(value: Plain) -> list[Plain]:
    """Return a list; a single value stands for a list of one."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def mapping(value: Plain) -> dict[str, Plain]:
    return value if isinstance(value, dict) else {}


def _decode(entity: re.Match[str]) -> str:
    # unescape() alone would also take the beginning of a name that it does not know: `&notify;` as `¬ify;`
    return unescape(entity[0]) if entity[1].startswith("#") else html5.get(entity[1], entity[0])
