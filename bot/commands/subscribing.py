"""`/subscribe` and `/quality`: topics and their bars, and the buttons that change them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from bot.commands.choosing import offer, suggestions, unknown_line
from bot.commands.confirming import changed_notice, confirmation
from bot.commands.parsing import HIGHEST_BAR, Bars, BarOutOfRange, Order, Wish, parse_order
from bot.commands.showing import topic_by_id
from bot.commands.turn import Sorry, Turn, numbers, reply
from bot.commands.wording import LONGEST_NAME, bar_short, bars_of, label_of, listed, name_of, packed, rows, short
from bot.messages import Answer, Button, Text
from bot.model import Subscription, Topic
from bot.ports import Work
from bot.texts import join
from bot.topics import Catalogue

MOST_SUBSCRIPTIONS = 100  # of one chat


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one wish. `before` is None where the chat did not subscribe; equal bars = nothing new."""

    topic: Topic
    before: Bars | None
    after: Bars


@dataclass(slots=True)
class Done:
    """What became of all wishes of a command."""

    changes: list[Change] = field(default_factory=list)
    unknown: list[Wish] = field(default_factory=list)
    beyond: list[Topic] = field(default_factory=list)  # no room for them
    strangers: list[Wish] = field(default_factory=list)  # /quality of what the chat does not subscribe to


async def subscribe(turn: Turn, argument: str) -> Answer:
    """`/subscribe <topics> [bar] [digest [bar]]`"""
    async with turn.storage.write() as work:
        catalogue = await work.topics.catalogue()
        order = read_order(turn, argument, catalogue)
        if not order.wishes:
            return offer(turn, catalogue, order.bars, without=set(await turn.subscriptions(work)))
        done = await carry_out(turn, work, order)
        if len(done.changes) == len(order.wishes) == 1:
            change = done.changes[0]
            stated = order.wishes[0].bars is not None
            return Answer((await confirmation(turn, work, catalogue, change, stated=stated),))
        return grouped(turn, catalogue, order, done, verb="sub")


async def quality(turn: Turn, argument: str) -> Answer:
    """`/quality <topic> <bar>`: other bars for what the chat subscribes to."""
    async with turn.storage.write() as work:
        catalogue = await work.topics.catalogue()
        order = read_order(turn, argument, catalogue)
        have = await turn.subscriptions(work)
        own = [topic for topic in catalogue if topic.id in have]
        if not own:
            return reply(turn.say("nothing-followed"), keyboard=rows([turn.button("button-topics", "/topics")]))
        if not order.wishes and order.bars and len(own) == 1:
            order = replace(order, wishes=(Wish(own[0].name, own[0], order.bars),))
        if not order.wishes:
            bar = order.bars.alert if order.bars else None
            buttons = [Button(label_of(t), packed("bar?" if bar is None else "set", t.id, bar)) for t in own[:12]]
            return reply(turn.say("quality-which", good=turn.defaults.quality), keyboard=rows(buttons))
        done = await carry_out(turn, work, order, only=set(have))
        if len(done.changes) == len(order.wishes) == 1:
            return Answer((changed_notice(turn, catalogue, done.changes[0]),))
        return grouped(turn, catalogue, order, done, verb="set")


async def carry_out(turn: Turn, work: Work, order: Order, *, only: set[int] | None = None) -> Done:
    """Store the bars of every topic that was found, within the bound; `only` topics of these ids."""
    have = {topic_id: bars_of(s) for topic_id, s in (await turn.subscriptions(work)).items()}
    done = Done()
    for wish in order.wishes:
        topic = wish.topic
        if topic is None:
            done.unknown.append(wish)
        elif only is not None and topic.id not in only:
            done.strangers.append(wish)
        elif topic.id not in have and len(have) >= MOST_SUBSCRIPTIONS:
            done.beyond.append(topic)
        else:
            before = have.get(topic.id)
            have[topic.id] = after = merged(before, wish.bars, turn.defaults.quality)
            done.changes.append(Change(topic, before, after))
    for change in done.changes:
        await store(turn, work, change)
    return done


async def store(turn: Turn, work: Work, change: Change) -> None:
    """Write one change; the destination is made with its first subscription."""
    if change.before != change.after:
        destination = await turn.ensure(work)
        bars = change.after
        await work.subscriptions.put(
            Subscription(destination.id, change.topic.id, bars.alert, bars.digest), turn.now
        )


def merged(before: Bars | None, given: Bars | None, default: int) -> Bars:
    """The bars after a command: what it does not speak of stays as it was."""
    if before is None:
        return given or Bars(alert=default)
    if given is None:
        return before
    return Bars(
        before.alert if given.alert is None else given.alert,
        before.digest if given.digest is None else given.digest,
    )


def read_order(turn: Turn, argument: str, catalogue: Catalogue) -> Order:
    """The topics and bars of a command. Raises Sorry for a bar out of range."""
    try:
        return parse_order(argument, catalogue, turn.defaults.quality)
    except BarOutOfRange:
        raise Sorry("bar-out-of-range", highest=HIGHEST_BAR) from None


def grouped(turn: Turn, catalogue: Catalogue, order: Order, done: Done, *, verb: str) -> Answer:
    """One reply for many topics: what is new, changed, as it was, and not to be had."""

    def group(key: str, changes: Sequence[Change]) -> list[Text]:
        entries = [
            turn.say("topic-with-bar", topic=name_of(c.topic), bars=bar_short(turn.texts, c.after)) for c in changes
        ]
        return [turn.say(key, topics=listed(turn.texts, entries))] if entries else []

    lines = [
        *group("group-new", [c for c in done.changes if c.before is None]),
        *group("group-changed", [c for c in done.changes if c.before not in (None, c.after)]),
        *group("group-same", [c for c in done.changes if c.before == c.after]),
    ]
    if done.beyond:
        names = listed(turn.texts, [(name_of(topic),) for topic in done.beyond[:5]])
        lines.append(turn.say("group-beyond", topics=names, most=MOST_SUBSCRIPTIONS))
    if done.strangers:
        names = listed(turn.texts, [(name_of(w.topic),) for w in done.strangers[:5] if w.topic])
        lines.append(turn.say("group-not-followed", topics=names))
    buttons = suggestions(catalogue, done.unknown, partial(_completing, verb))
    if done.unknown:
        lines.append(unknown_line(turn, done.unknown, found=bool(buttons)))
    if order.dropped:
        lines.append(turn.say("group-dropped", count=order.dropped))
    extra = [
        turn.button("button-subscribe-to", _completing("sub", wish, wish.topic), topic=short(wish.topic.name, 18))
        for wish in done.strangers[:3]
        if wish.topic
    ]
    if done.changes:
        extra.append(turn.button("button-latest", "/latest"))
    elif not buttons and not extra:
        extra.append(turn.button("button-topics", "/topics"))
    return reply(join(lines), keyboard=(buttons + rows(extra))[:8])


async def press_sub(turn: Turn, argument: str) -> Answer:
    """`sub:<topic>:<alert>:<digest>`: subscribe as the command would."""
    return await _press(turn, argument, full=True, replaces=False)


async def press_set(turn: Turn, argument: str) -> Answer:
    """`set:<topic>:<alert>:<digest>`: other bars, confirmed in one sentence."""
    return await _press(turn, argument, full=False, replaces=False)


async def press_tune(turn: Turn, argument: str) -> Answer:
    """`tune:<topic>:<alert>:<digest>`: other bars, and the examples under them, in the same message."""
    return await _press(turn, argument, full=True, replaces=True)


async def press_put(turn: Turn, argument: str) -> Answer:
    """`put:<topic>:<alert>:<digest>`: exactly these bars, in the same message."""
    return await _press(turn, argument, full=False, replaces=True)


async def press_bar(turn: Turn, argument: str) -> Answer:
    """`bar?:<topic>`: the bar in force, with buttons to change it."""
    (topic_id,) = numbers(argument, 1)
    async with turn.storage.read() as work:
        catalogue = await work.topics.catalogue()
        topic = topic_by_id(catalogue, topic_id)
        subscription = (await turn.subscriptions(work)).get(topic.id)
    if subscription is None:
        raise Sorry("stale-button")
    bars = bars_of(subscription)
    return Answer((changed_notice(turn, catalogue, Change(topic, bars, bars)),))


async def _press(turn: Turn, argument: str, *, full: bool, replaces: bool) -> Answer:
    topic_id, alert, digest = numbers(argument, 1, 3)
    if max(alert or 0, digest or 0) > HIGHEST_BAR:
        raise Sorry("stale-button")
    given = None if alert is None and digest is None else Bars(alert, digest)
    async with turn.storage.write() as work:
        catalogue = await work.topics.catalogue()
        topic = topic_by_id(catalogue, topic_id)
        have = await turn.subscriptions(work)
        before = bars_of(have[topic.id]) if topic.id in have else None
        if before is None and len(have) >= MOST_SUBSCRIPTIONS:
            raise Sorry("too-many", most=MOST_SUBSCRIPTIONS)
        exact = replaces and given is not None
        change = Change(topic, before, given if exact and given else merged(before, given, turn.defaults.quality))
        await store(turn, work, change)
        notice = (
            await confirmation(turn, work, catalogue, change, stated=given is not None)
            if full
            else changed_notice(turn, catalogue, change)
        )
    return Answer((notice,), replaces=replaces, toast=turn.texts.plain("toast-saved"))


def _completing(verb: str, wish: Wish, topic: Topic) -> str:
    bars = wish.bars or Bars()
    return packed(verb, topic.id, bars.alert, bars.digest)
