"""`/subscribe` and `/quality`, and the buttons that change a bar."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.parsing import HIGHEST_BAR, Bars, Wish
from bot.commands.rooms import check_posting
from bot.commands.subscriptions.changing import (
    MOST_SUBSCRIPTIONS,
    Change,
    carry_out,
    merged,
    read_order,
    store,
    waited_for,
)
from bot.commands.subscriptions.choosing import OFFERED, offer, topic_by_id
from bot.commands.subscriptions.confirming import changed_notice, confirmation, grouped, weighed
from bot.commands.turn import Sorry, Turn, numbers, reply
from bot.commands.wording import bars_of, label_of, packed, rows
from bot.messages import Answer, Button
from bot.ports import Work
from bot.topics import Catalogue


async def subscribe(turn: Turn, argument: str) -> Answer:
    """`/subscribe <topics> [bar] [digest [bar]]`"""
    await check_posting(turn)
    async with turn.storage.write() as work:
        catalogue = await work.topics.catalogue()
        order = read_order(turn, argument, catalogue)
        if not order.wishes:
            return offer(turn, catalogue, order.bars, without=set(await turn.subscriptions(work)))
        done = await carry_out(turn, work, order)
        if len(done.changes) == len(order.wishes) == 1:
            stated = order.wishes[0].bars is not None
            return Answer((await confirmation(turn, work, catalogue, done.changes[0], stated=stated),))
        return grouped(turn, catalogue, order, done, verb="sub")


async def quality(turn: Turn, argument: str) -> Answer:
    """`/quality <topic> [bar]`: another bar for what the chat subscribes to; without one, what comes at which."""
    async with turn.storage.write() as work:
        catalogue = await work.topics.catalogue()
        order = read_order(turn, argument, catalogue)
        have = await turn.subscriptions(work)
        own = [topic for topic in catalogue if topic.id in have]
        if not own and not order.wishes:
            return reply(turn.say("nothing-followed"), keyboard=rows([turn.button("button-topics", "/topics")]))
        if not order.wishes and order.bars and len(own) == 1:
            order = replace(order, wishes=(Wish(own[0].name, own[0], order.bars),))
        if not order.wishes:
            bars = order.bars or Bars()
            verb = "set" if order.bars else "show"
            buttons = [Button(label_of(t), packed(verb, t.id, bars.alert, bars.digest)) for t in own[:OFFERED]]
            return reply(turn.say("quality-which", good=turn.defaults.quality), keyboard=rows(buttons))
        done = await carry_out(turn, work, order, existing_only=True)
        if len(done.changes) == len(order.wishes) == 1:
            if order.wishes[0].bars is None:
                return Answer((await weighed(turn, work, catalogue, done.changes[0]),))
            return Answer((changed_notice(turn, catalogue, done.changes[0]),))
        return grouped(turn, catalogue, order, done, verb="set")


async def press_sub(turn: Turn, argument: str) -> Answer:
    """`sub:<topic>:<alert>:<digest>`: subscribe as the command would."""
    await check_posting(turn)
    return await _press(turn, argument, full=True, replaces=False)


async def press_set(turn: Turn, argument: str) -> Answer:
    """`set:<topic>:<alert>:<digest>`: other bars, confirmed in one sentence."""
    return await _press(turn, argument, full=False, replaces=False)


async def press_tune(turn: Turn, argument: str) -> Answer:
    """`tune:<topic>:<alert>:<digest>`: exactly these bars, and the examples under them, in the same message."""
    return await _press(turn, argument, full=True, replaces=True)


async def press_put(turn: Turn, argument: str) -> Answer:
    """`put:<topic>:<alert>:<digest>[:1[:<outlets>]]`: exactly these bars, confirmed in the same message.

    With the 1 it brings back what was there before, be it no bar at all.
    """
    return await _press(turn, argument, full=False, replaces=True)


async def press_pick(turn: Turn, argument: str) -> Answer:
    """`pick:<topic>:<alert>:<digest>[:1]`: exactly these bars, and what comes at others, in the same message."""
    async with turn.storage.write() as work:
        catalogue, change = await _carried(turn, work, argument, exactly=True)
        notice = await weighed(turn, work, catalogue, change)
    return Answer((notice,), replaces=True, toast=turn.texts.plain("toast-saved"))


async def press_show(turn: Turn, argument: str) -> Answer:
    """`show:<topic>`: the bars in force, and what comes at others, with buttons to change them."""
    topic_id = numbers(argument, 1, 3)[0]
    async with turn.storage.read() as work:
        catalogue = await work.topics.catalogue()
        topic = topic_by_id(catalogue, topic_id)
        subscription = (await turn.subscriptions(work)).get(topic.id)
        if subscription is None:
            raise Sorry("stale-button")
        bars = bars_of(subscription)
        return Answer((await weighed(turn, work, catalogue, Change(topic, bars, bars)),))


async def _press(turn: Turn, argument: str, *, full: bool, replaces: bool) -> Answer:
    """Buttons under a message that already speaks of the subscription replace it and set both bars exactly."""
    async with turn.storage.write() as work:
        catalogue, change = await _carried(turn, work, argument, exactly=replaces)
        if full:
            stated = any(part.isdigit() for part in argument.split(":")[1:])
            notice = await confirmation(turn, work, catalogue, change, stated=stated)
        else:
            notice = changed_notice(turn, catalogue, change)
    return Answer((notice,), replaces=replaces, toast=turn.texts.plain("toast-saved"))


async def _carried(turn: Turn, work: Work, argument: str, *, exactly: bool) -> tuple[Catalogue, Change]:
    """Store what a button asks for. Raises Sorry where it cannot be."""
    topic_id, alert, digest, undo, outlets = numbers(argument, 1, 5)
    if max(alert or 0, digest or 0) > HIGHEST_BAR or undo not in (None, 1):
        raise Sorry("stale-button")
    given = Bars(alert, digest) if undo or alert is not None or digest is not None else None
    catalogue = await work.topics.catalogue()
    topic = topic_by_id(catalogue, topic_id)
    have = await turn.subscriptions(work)
    before = bars_of(have[topic.id]) if topic.id in have else None
    if before is None and len(have) >= MOST_SUBSCRIPTIONS:
        raise Sorry("too-many", most=MOST_SUBSCRIPTIONS)
    after = given if given and exactly else merged(before, given, turn.defaults.quality)
    change = Change(topic, before, after)
    await store(turn, work, change)
    if outlets is not None:
        restored = next(
            s for s in await work.subscriptions.of((await turn.ensure(work)).id) if s.topic_id == topic.id
        )
        await work.subscriptions.refine(replace(restored, outlets_from=waited_for(outlets)))
    return catalogue, change
