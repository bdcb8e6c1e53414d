"""How much comes at which bar: shown wherever a bar is chosen, with the stories next to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from babel.dates import format_timedelta

from bot.commands.turn import Turn
from bot.commands.wording import title_of
from bot.forecast import (
    DAY,
    LEAST,
    MONTH,
    NEARLY,
    Forecast,
    Per,
    Territory,
    Volume,
    forecast,
    passing,
    territory,
    volume,
)
from bot.matching import AHEAD, Reader, level
from bot.messages import Button, Text
from bot.model import ANY, StoredArticle, Subscription, Topic
from bot.ports import Period, Work
from bot.preferences import NO_FILTERS
from bot.related import outlets as outlets_of
from bot.related import outlets_at_most
from bot.texts import Texts
from bot.topics import Catalogue

COUNTED = 500
"""Stories whose outlets are counted for one answer, the newest ones, where nobody had them counted before."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A forecast with one story right above its bar and one right below it.

    `filtered`: the chat has filters, which it takes no account of.
    """

    forecast: Forecast
    above: StoredArticle | None = None
    below: StoredArticle | None = None
    filtered: bool = False


async def outlook(
    turn: Turn, work: Work, catalogue: Catalogue, topic: Topic, bar: int, have: Mapping[int, Subscription]
) -> Outlook | None:
    """What the topic brings in a chat with these subscriptions, by topic id; None where too little is known."""
    places, period = territory(catalogue, topic, set(have)), _lately(turn)
    levels, seen = await work.archive.levels(places, period), await _seen(turn, work, period)
    if not levels or seen < LEAST:
        return None
    own = have.get(topic.id)
    outlets = waited_for(own)
    carried = await _carried_levels(work, places, period, outlets)
    found = forecast(levels, bar, turn.defaults.quality, seen, carried, outlets)
    above, below = [
        await work.archive.example(places, period, one) if one is not None and bar != ANY else None
        for one in (found.above, found.below)
    ]
    here = turn.destination.filters if turn.destination else NO_FILTERS
    return Outlook(
        found, above, below, filtered=here != NO_FILTERS or (own is not None and own.filters != NO_FILTERS)
    )


async def expected(
    turn: Turn, work: Work, catalogue: Catalogue, topic: Topic, bars: Sequence[int], reader: Reader
) -> list[str]:
    """What each of these bars for alerts brings, in words; empty where the topic brought nothing so far."""
    places, period = territory(catalogue, topic, reader.bars), _lately(turn)
    levels, seen = await work.archive.levels(places, period), await _seen(turn, work, period)
    if not levels or seen < LEAST:
        return []
    carried = await _carried_levels(work, places, period, reader.outlets.get(topic.id))
    return [words_of(turn.texts, volume(passing(levels, bar, carried), seen), seen) for bar in bars]


def waited_for(own: Subscription | None) -> int | None:
    """The number of outlets that lets a story come beside the bar of alerts; digests know no such bar."""
    return own.outlets_from if own is not None and own.alert_from is not None else None


async def carried(work: Work, places: Territory, period: Period, outlets: int | None) -> frozenset[int]:
    """The stories that so many independent outlets carry, by id."""
    if outlets is None:
        return frozenset()
    found = await work.archive.outlets(places, period, outlets)
    counted = {story for story, most in found.items() if most is not None}
    uncounted = [story for story in found if story not in counted][:COUNTED]
    for story, members in (await work.articles.sendable(uncounted)).items():
        articles = [stored.article for stored in members]
        if outlets_at_most(articles) >= outlets and outlets_of(articles) >= outlets:
            counted.add(story)
            await asyncio.sleep(0)  # each costs a millisecond or two
    return frozenset(counted)


async def _carried_levels(work: Work, places: Territory, period: Period, outlets: int | None) -> Mapping[int, int]:
    stories = await carried(work, places, period, outlets)
    return await work.archive.levels(places, period, stories) if stories else {}


def _lately(turn: Turn) -> Period:
    return Period(turn.now - MONTH, turn.now + AHEAD)


async def _seen(turn: Turn, work: Work, period: Period) -> timedelta:
    """How long of the period there were articles."""
    begun = await work.archive.begins(period)
    return turn.now - (begun or turn.now)


def lines_of(turn: Turn, found: Outlook, *, own: bool = True) -> list[Text]:
    """The forecast line by line, then the two stories, as paragraphs; `own`: its bar is the one in force."""
    seen = found.forecast.seen
    head = (
        turn.say("forecast-month")
        if seen >= MONTH * NEARLY
        else turn.say("forecast-seen", span=span(turn.texts, seen))
    )
    lines: list[Text] = [(), head]
    for choice in found.forecast.choices:
        key = "forecast-line-own" if own and choice.bar == found.forecast.bar else "forecast-line"
        lines.append(turn.say(key, bar=choice.bar, volume=words_of(turn.texts, choice.volume, seen)))
    beside = neighbours(turn, found)
    return [*lines, *provisos(turn, found), *([(), *beside] if beside else [])]


def provisos(turn: Turn, found: Outlook) -> list[Text]:
    """What the figures count beside the bar, and what they do not."""
    outlets = found.forecast.outlets
    counted = [turn.say("forecast-outlets", count=outlets)] if outlets is not None else []
    return counted + ([turn.say("forecast-unfiltered")] if found.filtered else [])


def neighbours(turn: Turn, found: Outlook) -> list[Text]:
    """The stories right above and right below the bar."""
    return [
        turn.say(key, bar=found.forecast.bar, title=title_of(s.article), quality=level(s.article.quality))
        for key, s in (("forecast-above", found.above), ("forecast-below", found.below))
        if s is not None
    ]


def volume_of(turn: Turn, found: Outlook) -> str:
    """What comes at the bar in question, in words."""
    of = found.forecast
    return next(words_of(turn.texts, c.volume, of.seen) for c in of.choices if c.bar == of.bar)


def choices_of(turn: Turn, found: Outlook, act: Callable[[int], str], *, own: bool = True) -> list[Button]:
    """A button for each bar with what it brings, but for the one in force."""
    seen = found.forecast.seen
    return [
        turn.button(
            "button-choice",
            act(choice.bar),
            bar=choice.bar,
            volume=words_of(turn.texts, choice.volume, seen, short=True),
        )
        for choice in found.forecast.choices
        if not (own and choice.bar == found.forecast.bar)
    ]


def words_of(texts: Texts, said: Volume, seen: timedelta, *, short: bool = False) -> str:
    """A volume in words: "about 12 a day", "2 in 30 days"; short: "12/day"."""
    key = f"volume-short-{said.per}" if short else f"volume-{said.per}"
    if said.per is Per.SPAN:
        return texts.plain(key, number=said.number, span=span(texts, min(seen, MONTH)))
    return texts.plain(key, number=said.number)


def span(texts: Texts, length: timedelta) -> str:
    """A length of time in whole days, or hours below two days: "3 days"."""
    return format_timedelta(
        length, granularity="day" if length >= 2 * DAY else "hour", threshold=1000, locale=texts.locale
    )
