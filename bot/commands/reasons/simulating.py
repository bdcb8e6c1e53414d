"""`/simulate`: what a bar would have brought lately, day by day, and what would not have come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from babel.dates import format_date

from bot.commands.parsing import HIGHEST_BAR, split_days
from bot.commands.reasons.forecasting import carried, waited_for
from bot.commands.subscriptions.changing import read_order
from bot.commands.subscriptions.choosing import topic_buttons, topic_by_id, unknown
from bot.commands.turn import Sorry, Turn, numbers, reply
from bot.commands.wording import label_of, name_of, packed, rows, title_of
from bot.filters import screened, subject_of
from bot.forecast import DAY, Row, Territory, bars, blocks, chart, passing, territory
from bot.matching import AHEAD, level
from bot.messages import Answer, Button, Notice, Span, Text
from bot.model import QuietMode, Subscription, Topic
from bot.ports import Period, Work
from bot.preferences import NO_SCREEN
from bot.quiet import covers
from bot.texts import code, join
from bot.topics import Catalogue
from bot.zones import zone_of

DAYS = 14
MOST_DAYS = 90
OFFERED_DAYS = (7, 14, 30, 90)
TOP = 3
WIDTH = 12  # characters of the longest bar: a line of the chart stays on one line of a phone
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
FILTERED = 500  # stories that filters are asked about; the strongest ones


@dataclass(frozen=True, slots=True)
class Replay:
    """What is replayed: the stories of one topic from a bar over the last days, for one chat."""

    topic: Topic
    bar: int
    days: int
    outlets: int | None = None  # or so many


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the archive is looked at: places, time, and the stories that come because enough outlets carry them."""

    places: Territory
    period: Period
    carried: frozenset[int] = frozenset()


async def simulate(turn: Turn, argument: str) -> Answer:
    """`/simulate <topic> [bar] [days]`"""
    async with turn.storage.read() as work:
        catalogue = await work.topics.catalogue()
        rest, days = split_days(argument, catalogue, DAYS)
        if not rest:
            return _usage(turn, catalogue)
        if not 1 <= days <= MOST_DAYS:
            example = next(iter(catalogue), None)
            raise Sorry("simulate-days", most=MOST_DAYS, topic=example.slug if example else "ai")
        order = read_order(turn, rest, catalogue)
        if not order.wishes:  # a bar alone
            return _usage(turn, catalogue)
        topic = next((wish.topic for wish in order.wishes if wish.topic), None)
        if topic is None:
            return unknown(turn, catalogue, order.wishes, lambda topic: packed("sim", topic.id, None, days))
        subscription = (await turn.subscriptions(work)).get(topic.id)
        given = order.bars.alert if order.bars else None
        bar = given if given is not None else _own_bar(subscription)
        bar = turn.defaults.quality if bar is None else bar
        replay = Replay(topic, bar, days, waited_for(subscription))
        return Answer((await _replayed(turn, work, catalogue, replay),))


async def press_simulate(turn: Turn, argument: str) -> Answer:
    """`sim:<topic>:<bar>:<days>`; with days it takes the place of the message it stands under."""
    topic_id, bar, days = numbers(argument, 1, 3)
    if (bar or 0) > HIGHEST_BAR or not 1 <= (DAYS if days is None else days) <= MOST_DAYS:
        raise Sorry("stale-button")
    async with turn.storage.read() as work:
        catalogue = await work.topics.catalogue()
        topic = topic_by_id(catalogue, topic_id)
        own = (await turn.subscriptions(work)).get(topic.id)
        bar = _own_bar(own) if bar is None else bar
        bar = turn.defaults.quality if bar is None else bar
        replay = Replay(topic, bar, days or DAYS, waited_for(own))
        return Answer((await _replayed(turn, work, catalogue, replay),), replaces=days is not None)


async def _replayed(turn: Turn, work: Work, catalogue: Catalogue, replay: Replay) -> Notice:
    topic, bar, days = replay.topic, replay.bar, replay.days
    zone = zone_of(turn.destination.timezone if turn.destination else turn.defaults.timezone)
    midnight = turn.now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    period = Period(midnight - timedelta(days=days - 1), turn.now + AHEAD)
    have = await turn.subscriptions(work)
    places = territory(catalogue, topic, set(have))
    levels = await work.archive.levels(places, period)
    if not levels:
        text = turn.say("simulate-nothing", topic=name_of(topic), days=days)
        return Notice(text, keyboard=(_days(turn, replay),))
    scene = Scene(places, period, await carried(work, places, period, replay.outlets))
    by_outlets = await work.archive.levels(places, period, scene.carried) if scene.carried else {}
    count = passing(levels, bar, by_outlets)
    lines = [turn.say("simulate", topic=name_of(topic), bar=bar, days=days, count=count)]
    if extra := count - passing(levels, bar):
        lines.append(turn.say("simulate-outlets", count=extra, outlets=replay.outlets or 0, bar=bar))
    known = await _known_since(work, scene)
    if known is not None:
        day = known.astimezone(zone).date()
        days = (turn.now.astimezone(zone).date() - day).days + 1
        lines.append(
            turn.say("simulate-since", topic=name_of(topic), date=format_date(day, "long", locale=turn.texts.dates))
        )
    found = chart(await work.archive.moments(places, period, bar, scene.carried), turn.now, days, zone)
    if count:
        lines += [(), *(_line(turn, row, found) for row in found)]
    top = await work.archive.strongest(places, period, bar, TOP, scene.carried)
    if top:
        lines += [(), turn.say("simulate-top")]
    lines += [turn.say("simulate-hit", title=title_of(s.article), quality=level(s.article.quality)) for s in top]
    lines += await _held(turn, work, replay, scene, passing(levels, 0) - count)
    return Notice(join(lines), keyboard=(*_bars(turn, replay, levels, have), _days(turn, replay)))


async def _known_since(work: Work, scene: Scene) -> datetime | None:
    """When the first story on these topics came, if that was in the time that is replayed."""
    first = await work.archive.begins(scene.period, scene.places)
    if first is None or first <= scene.period.since + DAY:
        return None
    before = Period(LONG_AGO, scene.period.since)
    return None if await work.archive.begins(before, scene.places) else first


def _line(turn: Turn, row: Row, found: list[Row]) -> Text:
    """A day, or the week that begins with it: "Mon 23 ▇▇▇ 3", each part below the one above."""
    name = format_date(
        row.first, "EEE dd" if len(found) == sum(r.days for r in found) else "dd MMM", turn.texts.locale
    )
    drawn = blocks(row, found, WIDTH)
    return (code(" ".join([name, *([drawn] if drawn else []), str(row.stories)])),)


async def _held(turn: Turn, work: Work, replay: Replay, scene: Scene, below: int) -> list[Text]:
    """What of the same days would not have come, by the gate that keeps it."""
    here = turn.destination.id if turn.destination else None
    held = await work.archive.withheld(scene.places, scene.period, replay.bar, here, scene.carried)
    filtered = await _filtered(turn, work, replay, scene)
    quiet = await _quiet(turn, work, replay, scene)
    counts = [
        ("simulate-below", below),
        ("simulate-repeated", held.repeated),
        ("simulate-stale", held.stale),
        ("simulate-unsendable", held.unsendable),
        ("simulate-muted", held.muted),
        ("simulate-filtered", filtered),
        ("simulate-quiet", quiet),
    ]
    lines = [(Span("– "), *turn.say(key, count=count, bar=replay.bar)) for key, count in counts if count]
    return [(), turn.say("simulate-held"), *lines] if lines else []


async def _quiet(turn: Turn, work: Work, replay: Replay, scene: Scene) -> int:
    """How many stories became known in the chat's quiet hours and would have waited for their end."""
    quiet = turn.destination.quiet if turn.destination else None
    if quiet is None or turn.destination is None or quiet.mode is QuietMode.SILENCE:
        return 0
    zone = zone_of(turn.destination.timezone)

    async def within(bar: int, carried: frozenset[int] = frozenset()) -> int:
        moments = await work.archive.moments(scene.places, scene.period, bar, carried, known=True)
        return sum(count for at, count in moments.items() if covers(quiet, at.astimezone(zone)))

    passing_them = await within(max(quiet.bar, replay.bar)) if quiet.mode is QuietMode.BAR else 0
    return await within(replay.bar, scene.carried) - passing_them


async def _filtered(turn: Turn, work: Work, replay: Replay, scene: Scene) -> int:
    """How many of the stories the chat's words and outlets would have held back, of the strongest FILTERED."""
    if turn.destination is None:
        return 0
    screen = (await work.told.reader(turn.destination, None, turn.now)).screen
    if screen == NO_SCREEN:
        return 0
    stories = await work.archive.strongest(scene.places, scene.period, replay.bar, FILTERED, scene.carried)
    return sum(screened(screen, replay.topic.id, subject_of(stored.article)) is not None for stored in stories)


def _bars(
    turn: Turn, replay: Replay, levels: Mapping[int, int], have: dict[int, Subscription]
) -> tuple[tuple[Button, ...], ...]:
    topic = replay.topic
    others = [
        turn.button("button-bar", packed("sim", topic.id, bar, replay.days), bar=bar)
        for bar in bars(levels, {replay.bar, turn.defaults.quality})
        if bar != replay.bar
    ]
    own = have.get(topic.id)
    if own is None:
        use = turn.button(
            "fix-subscribe", packed("sub", topic.id, replay.bar), topic=label_of(topic), bar=replay.bar
        )
    elif _own_bar(own) == replay.bar:
        return rows(others)
    else:
        digest = own.digest_from
        use = turn.button("button-use-bar", packed("set", topic.id, replay.bar, digest), bar=replay.bar)
    return (*rows(others), (use,))


def _days(turn: Turn, replay: Replay) -> tuple[Button, ...]:
    return tuple(
        turn.button("button-days", packed("sim", replay.topic.id, replay.bar, days), days=days)
        for days in OFFERED_DAYS
        if days != replay.days
    )


def _own_bar(subscription: Subscription | None) -> int | None:
    if subscription is None:
        return None
    return subscription.alert_from if subscription.alert_from is not None else subscription.digest_from


def _usage(turn: Turn, catalogue: Catalogue) -> Answer:
    if not len(catalogue):
        return reply(turn.say("simulate-usage-none"))
    example = next(iter(catalogue))
    buttons = topic_buttons(catalogue, lambda topic: packed("sim", topic.id, None, DAYS))
    return reply(turn.say("simulate-usage", topic=example.slug), keyboard=buttons)
