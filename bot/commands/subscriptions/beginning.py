"""First contact in three taps: a topic, a bar, and whether news comes at once, in the digest, or both."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.commands.parsing import HIGHEST_BAR, TOP_ABOVE_GOOD, Bars
from bot.commands.reasons.forecasting import choices_of, lines_of, outlook
from bot.commands.subscriptions.changing import MOST_SUBSCRIPTIONS, Change, store
from bot.commands.subscriptions.choosing import general_first, topic_by_id
from bot.commands.subscriptions.confirming import confirmation
from bot.commands.turn import Sorry, Turn, numbers
from bot.commands.wording import bars_of, label_of, name_of, packed, paged, pages, rows
from bot.messages import Answer, Button, Notice, Text
from bot.model import ANY, Topic
from bot.ports import Work
from bot.texts import join
from bot.topics import Catalogue

PAGE = 9  # topics: three rows
WEEK = timedelta(days=7)
ALERTS, DIGEST = 1, 2  # bits of a way: at once, in the digest


async def first_topics(turn: Turn, work: Work, catalogue: Catalogue, page: int) -> Notice:
    """Hello, and topics to begin with: the liveliest of this week, but for those that are followed."""
    have = set(await turn.subscriptions(work))
    volumes = await work.articles.volumes(turn.now - WEEK)
    order = [topic for topic in general_first(catalogue) if topic.id not in have]
    order.sort(key=lambda topic: -volumes.get(topic.id, 0))
    page, part, count = paged(len(order), page, PAGE)
    lines = [turn.say("start-again" if have else "start")]
    if turn.defaults.demo:
        lines.append(turn.say("start-demo"))
    if not len(catalogue):
        lines.append(turn.say("no-topics-yet"))
    buttons = [Button(label_of(topic), packed("begin", topic.id)) for topic in order[part]]
    more = [turn.button("button-topics", "/topics"), turn.button("button-help", "/help")]
    if have:
        more = [
            turn.button("button-list", "/subscriptions"),
            turn.button("button-settings-all", "/settings"),
            *more,
        ]
    moves = pages(turn.texts, "begin:topics", page, count)
    return Notice(join(lines), keyboard=(*rows(buttons), *rows(moves), *rows(more, width=2)))


async def press_begin(turn: Turn, argument: str) -> Answer:
    """`begin:topics:<page>`, `begin:<topic>` asks for the bar, `begin:<topic>:<bar>` for the way."""
    first, _, rest = argument.partition(":")
    back = turn.button("button-other-topics", "begin:topics:0")
    async with turn.storage.read() as work:
        catalogue = await work.topics.catalogue()
        if first == "topics":
            page = numbers(rest, 1)[0] or 0
            return Answer((await first_topics(turn, work, catalogue, page),), replaces=True)
        topic_id, bar = numbers(argument, 1, 2)
        topic = topic_by_id(catalogue, topic_id)
        if bar is None:
            lines, choices = await _bars(turn, work, catalogue, topic)
            return Answer((Notice(join(lines), keyboard=(*rows(choices, width=2), (back,))),), replaces=True)
    ways = [
        turn.button(f"button-way-{way}", packed("take", topic.id, bar, way))
        for way in (ALERTS, DIGEST, ALERTS | DIGEST)
    ]
    text = turn.say("begin-way", topic=name_of(topic), bar=bar)
    again = turn.button("button-other-bar", packed("begin", topic.id))
    return Answer((Notice(text, keyboard=(*rows(ways), (again, back))),), replaces=True)


async def press_take(turn: Turn, argument: str) -> Answer:
    """`take:<topic>:<bar>:<way>`: subscribe so, and show what it will bring."""
    topic_id, bar, way = numbers(argument, 3)
    if bar is None or bar > HIGHEST_BAR or way not in (ALERTS, DIGEST, ALERTS | DIGEST):
        raise Sorry("stale-button")
    async with turn.storage.write() as work:
        catalogue = await work.topics.catalogue()
        topic = topic_by_id(catalogue, topic_id)
        have = await turn.subscriptions(work)
        if topic.id not in have and len(have) >= MOST_SUBSCRIPTIONS:
            raise Sorry("too-many", most=MOST_SUBSCRIPTIONS)
        before = bars_of(have[topic.id]) if topic.id in have else None
        change = Change(topic, before, Bars(bar if way & ALERTS else None, bar if way & DIGEST else None))
        await store(turn, work, change)
        done = await confirmation(turn, work, catalogue, change, stated=True)
    more = [
        turn.button("button-more-topics", "begin:topics:0"),
        turn.button("button-settings-all", "/settings"),
    ]
    done = replace(done, keyboard=(*done.keyboard, tuple(more)))
    return Answer((done,), replaces=True, toast=turn.texts.plain("toast-saved"))


async def _bars(turn: Turn, work: Work, catalogue: Catalogue, topic: Topic) -> tuple[list[Text], list[Button]]:
    """The question for a bar, and the bars to answer with: what comes at each, where the topic is known."""
    good = turn.defaults.quality
    lines = [turn.say("begin-bar", topic=name_of(topic))]
    found = await outlook(turn, work, catalogue, topic, good, await turn.subscriptions(work))
    if found is not None:
        choices = choices_of(turn, found, lambda bar: packed("begin", topic.id, bar), own=False)
        return [*lines, *lines_of(turn, found, own=False)], choices
    known = [("button-bar-any", ANY), ("button-bar-good", good), ("button-bar-top", good + TOP_ABOVE_GOOD)]
    return lines, [turn.button(key, packed("begin", topic.id, bar), bar=bar) for key, bar in known]
