"""How much a bar lets through, told from what a topic brought so far. Pure.

A story is counted by the highest quality that it had while it was news: a bar at or below it would have told it.
Figures are worded so that rounding moves none of them by more than a fifth.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import groupby
from math import floor

from bot.model import ANY, Topic
from bot.topics import Catalogue

MONTH = timedelta(days=30)
"""What a forecast looks back on."""

LEAST = timedelta(hours=12)
"""What was watched for less foretells nothing."""

MOST_BARS = 5  # that are offered at once
SHARES = (0.7, 0.45, 0.25, 0.1, 0.03)  # of a topic's stories, which the offered bars let through
STEP = 5  # offered bars are multiples of it, where the topic's scale is wide enough
TELLING = 0.75  # a bar that lets through more than this share of what the next one does is no other choice
NEARLY = 0.9  # of a period must have been seen before a number is given for it
FEWEST = 2.5  # a rate below it is given for the next longer period, if there is one
DAYS_A_ROW = 14  # more days than this are shown week by week
DAY, WEEK = timedelta(days=1), timedelta(days=7)
NONE: Mapping[int, int] = {}


@dataclass(frozen=True, slots=True)
class Territory:
    """The articles that one subscription decides about, by their topics.

    Where a chat also subscribes to topics below, these decide about theirs: an article that is on one of `shared`,
    which stand above such a `nearer` topic, counts only if it is on none of the latter.
    """

    own: frozenset[int]
    shared: frozenset[int] = frozenset()
    nearer: frozenset[int] = frozenset()


class Per(StrEnum):
    """The period that a number of stories is given for; SPAN is all of what was seen."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Volume:
    """About so many stories in a period. With SPAN the number is exact."""

    number: int
    per: Per


LENGTHS = {Per.DAY: DAY, Per.WEEK: WEEK, Per.MONTH: MONTH}


@dataclass(frozen=True, slots=True)
class Choice:
    """A bar, and how many stories it lets through."""

    bar: int
    volume: Volume


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a topic brings at some bars. `seen` is how long its stories were watched, at most a month.

    `above` and `below` are the qualities of the nearest stories at or above the bar in question, and below it.
    `outlets`: stories that so many carry are counted in, whatever the bar.
    """

    bar: int
    choices: tuple[Choice, ...]
    seen: timedelta
    above: int | None = None
    below: int | None = None
    outlets: int | None = None


def territory(catalogue: Catalogue, topic: Topic, subscribed: Collection[int] = ()) -> Territory:
    """What a subscription to `topic` decides about in a chat that subscribes to these topics, by id."""
    below = catalogue.below(topic)
    tops = [other for other in below if other.id in subscribed and other.slug != topic.slug]
    nearer = {other.id for top in tops for other in catalogue.below(top)}
    above = {other.id for top in tops for other in catalogue.chain(top)}
    mine = {other.id for other in below} - nearer
    return Territory(frozenset(mine - above), frozenset(mine & above), frozenset(nearer))


def forecast(
    levels: Mapping[int, int],
    bar: int,
    default: int,
    seen: timedelta,
    carried: Mapping[int, int] = NONE,
    outlets: int | None = None,
) -> Forecast:
    """What the topic brings at `bar`, at the default one and at others. `levels`: stories by quality.

    `carried` are those among them that come by the number of their `outlets`.
    """
    choices = tuple(
        Choice(one, volume(passing(levels, one, carried), seen)) for one in bars(levels, {bar, default})
    )
    present = [level for level, count in levels.items() if count]
    above = min((level for level in present if level >= bar), default=None)
    below = max((level for level in present if level < bar), default=None)
    return Forecast(bar, choices, seen, above, below, outlets)


def passing(levels: Mapping[int, int], bar: int, carried: Mapping[int, int] = NONE) -> int:
    """How many stories come: those that reach the bar, and of the others those `carried` by enough outlets."""
    reaching = sum(count for level, count in levels.items() if level >= bar)
    return reaching + sum(count for level, count in carried.items() if level < bar)


def volume(stories: int, seen: timedelta) -> Volume:
    """A number of stories as a rate, for the shortest period that has some; never beyond what was seen."""
    rates = [(per, stories * (length / seen)) for per, length in LENGTHS.items() if seen >= length * NEARLY]
    found = next(((per, rate) for per, rate in rates if rate >= FEWEST), None)
    if found is None and stories and rates and rates[-1][0] is Per.MONTH:
        found = rates[-1]
    return Volume(_rounded(found[1]), found[0]) if found else Volume(stories, Per.SPAN)


def bars(levels: Mapping[int, int], wanted: Collection[int]) -> list[int]:
    """At most MOST_BARS bars to choose from: any, those wanted, and some that let through SHARES of all."""
    chosen = {ANY, *wanted}
    total = passing(levels, ANY)
    step = STEP if max(levels, default=0) >= STEP * MOST_BARS else 1
    for share in SHARES:
        found = next((level for level in sorted(levels) if passing(levels, level) <= share * total), None)
        if found is None or len(chosen) >= MOST_BARS:
            break
        near = round(found / step) * step
        if all(_tells_apart(levels, near, other) for other in chosen):
            chosen.add(near)
    return sorted(chosen)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chart: what came from this local date on, in so many days."""

    first: date
    days: int
    stories: int


def chart(moments: Mapping[datetime, int], until: datetime, days: int, zone: tzinfo) -> list[Row]:
    """Stories by local day, the oldest first, week by week where there are many days; the last ends at `until`."""
    last = until.astimezone(zone).date()
    width = 1 if days <= DAYS_A_ROW else WEEK.days
    counts: dict[date, int] = {}
    for moment, count in moments.items():
        day = moment.astimezone(zone).date()
        counts[day] = counts.get(day, 0) + count
    dates = [last - timedelta(days=back) for back in range(days - 1, -1, -1)]
    rows = [[day for _, day in part] for _, part in groupby(enumerate(dates), lambda p: (p[0] - days) // width)]
    return [Row(row[0], len(row), sum(counts.get(day, 0) for day in row)) for row in rows]


def blocks(row: Row, rows: Collection[Row], width: int) -> str:
    """A bar of the chart, at most `width` characters; what is more than nothing shows."""
    most = max(one.stories for one in rows)
    return "▇" * (max(1, round(width * row.stories / most)) if row.stories else 0)


def _tells_apart(levels: Mapping[int, int], one: int, other: int) -> bool:
    less, more = sorted((passing(levels, one), passing(levels, other)))
    return 0 < less < more * TELLING


def _rounded(rate: float) -> int:
    """Half goes up; two digits are enough of a large number."""
    unit = 10 if rate >= 100 else 1  # noqa: PLR2004
    return floor(rate / unit + 0.5) * unit
