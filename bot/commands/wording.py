"""Small pieces of sentences that several answers share. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from babel.dates import format_date, format_timedelta

from bot.commands.parsing import HIGHEST_BAR, Bars
from bot.messages import Button, Keyboard, Span, Text
from bot.model import Article, Subscription, Topic
from bot.texts import Texts, bold, join, link
from bot.zones import zone_of

STEP = 10  # what the buttons "bar up" and "bar down" add and take
LONGEST_NAME = 60  # characters of a topic or of what somebody typed
LONGEST_LABEL = 28  # characters on a button
ROW = 42  # characters in a row of buttons: Telegram gives each the same part of a phone's width
LONGEST_TITLE = 120
LONGEST_ACTION = 64  # bytes, the least that platforms carry in a button (Telegram callback_data)


def short(text: str, limit: int) -> str:
    """The text on one line, cut at a word where there is one; `limit` in characters, ellipsis included."""
    text = " ".join(text[: limit * 8].split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, blank, _rest = cut.rpartition(" ")
    return (head if blank and len(head) > limit // 2 else cut).rstrip(" ,;:.-") + "…"


def name_of(topic: Topic) -> Span:
    return bold(short(topic.name, LONGEST_NAME))


def title_of(article: Article) -> Span:
    title = short(article.title, LONGEST_TITLE)
    return link(title, article.url) if article.url else Span(title)


def label_of(topic: Topic) -> str:
    return short(topic.name, LONGEST_LABEL)


def bars_of(subscription: Subscription) -> Bars:
    return Bars(subscription.alert_from, subscription.digest_from)


def bar_words(texts: Texts, bars: Bars) -> Text:
    """Both bars in words: "stories rated 70 and above; from 60 in the digest"."""
    parts = []
    if bars.alert is not None:
        parts.append(texts.text("bar-alert", bar=bars.alert))
    if bars.digest is not None:
        parts.append(texts.text("bar-digest", bar=bars.digest))
    return join(parts, texts.plain("between-bars")) or texts.text("silent-short")


def bar_short(texts: Texts, bars: Bars) -> Text:
    """Both bars in a list: "from 70, digest from 60"."""
    parts = []
    if bars.alert is not None:
        parts.append(texts.text("bar-short", bar=bars.alert))
    if bars.digest is not None:
        parts.append(texts.text("bar-short-digest", bar=bars.digest))
    return join(parts, texts.plain("between-names")) or texts.text("silent-short")


def steps(bar: int) -> list[int]:
    """The bars next to this one."""
    return sorted({max(0, bar - STEP), min(bar + STEP, HIGHEST_BAR)} - {bar})


def packed(*parts: str | int | None) -> str:
    """A button's action: parts joined by colons, None as an empty part."""
    return ":".join("" if part is None else str(part) for part in parts)


def rows(buttons: Iterable[Button], width: int = 3) -> Keyboard:
    """Buttons as rows of at most `width`; fewer where a phone would cut the longest label off."""
    found: list[tuple[Button, ...]] = []
    for button in buttons:
        row = (*found[-1], button) if found else (button,)
        fits = len(row) * max(len(one.label) for one in row) <= ROW
        if found and fits and len(row) <= width:
            found[-1] = row
        else:
            found.append((button,))
    return tuple(found)


def pages(texts: Texts, verb: str, page: int, count: int, tail: str = "") -> tuple[Button, ...]:
    """Buttons to the neighbouring pages of a list; `page` counts from 0."""
    end = f":{tail}" if tail else ""
    found = []
    if page > 0:
        found.append(Button(texts.plain("button-previous"), f"{verb}:{page - 1}{end}"))
    if page + 1 < count:
        found.append(Button(texts.plain("button-next"), f"{verb}:{page + 1}{end}"))
    return tuple(found)


def marked(key: str, *, on: bool) -> str:
    """The key of a button that is one of several choices: `-on` for the one in force."""
    return f"{key}-on" if on else key


def listed(texts: Texts, parts: Sequence[Text]) -> Text:
    """A list inside a sentence: "A, B and C"."""
    if len(parts) < 2:  # noqa: PLR2004
        return join(list(parts))
    return texts.text("list-end", most=join(list(parts[:-1]), texts.plain("between-names")), last=parts[-1])


def listed_names(names: Sequence[str]) -> Text:
    """Names of topics, as the publisher writes them, in a sentence."""
    shown = [(bold(short(name, LONGEST_NAME)),) for name in names[:5]]
    return join([*shown, (Span("…"),)] if len(names) > len(shown) else list(shown), ", ")


def lately(texts: Texts, at: datetime, now: datetime) -> str:
    """How long ago, to the second within the last minute: "20 seconds ago"."""
    if timedelta(seconds=1) <= now - at < timedelta(minutes=1):
        return format_timedelta(at - now, add_direction=True, locale=texts.locale)
    return texts.ago(at, now)


def day_and_time(texts: Texts, at: datetime, now: datetime, timezone: str) -> str:
    """A past point in time as a person of that zone would say it: "yesterday 18:02"; an unknown zone is UTC."""
    zone = zone_of(timezone)
    local = at.astimezone(zone)
    days = (now.astimezone(zone).date() - local.date()).days
    if days not in {0, 1}:
        return moment(texts, at, timezone)
    return texts.plain("today-at" if days == 0 else "yesterday-at", time=f"{local:%H:%M}")


def local_date(at: datetime, timezone: str) -> date:
    """The date on a clock of that zone; an unknown zone is UTC."""
    return at.astimezone(zone_of(timezone)).date()


def moment(texts: Texts, at: datetime, timezone: str) -> str:
    """A point in time in the words of a locale and a zone; an unknown zone is UTC."""
    zone = zone_of(timezone)
    local = at.astimezone(zone)
    day = format_date(local, "long", locale=texts.dates)
    words = texts.plain("date-and-time", date=day, time=f"{local:%H:%M}")
    return f"{words} UTC" if zone is UTC or timezone == "UTC" else f"{words} ({timezone})"


def paged(count: int, page: int, size: int) -> tuple[int, slice, int]:
    """Which page to show (a page that is no more becomes the last one), its slice, and how many there are."""
    total = max(1, -(-count // size))
    page = min(page, total - 1)
    return page, slice(page * size, (page + 1) * size), total
