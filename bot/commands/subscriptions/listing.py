"""`/subscriptions` and `/topics`: trees, a page at a time."""

from __future__ import annotations

from datetime import timedelta

from bot.commands.settings.topics import fits, own_topics, refined_words
from bot.commands.subscriptions.choosing import tree
from bot.commands.turn import Sorry, Turn, numbers, reply
from bot.commands.wording import (
    LONGEST_NAME,
    label_of,
    name_of,
    packed,
    paged,
    pages,
    rows,
    short,
)
from bot.messages import Answer, Button, Span, Text
from bot.model import Subscription, Topic
from bot.ports import Work
from bot.texts import join
from bot.topics import Catalogue

PAGE = 20  # lines; with their bold names far below the 100 entities of a message
BUTTONS = PAGE  # topics of a page that get a button
WEEK = timedelta(days=7)


async def subscriptions(turn: Turn, argument: str) -> Answer:
    """`/subscriptions [text]`: what this chat follows, from which bars; or those with `text` in a name."""
    return await _subscriptions(turn, 0, argument, replaces=False)


async def press_subscriptions(turn: Turn, argument: str) -> Answer:
    """`subs:<page>[:<text>]`"""
    page, _, text = argument.partition(":")
    return await _subscriptions(turn, numbers(page, 1)[0] or 0, text, replaces=True)


async def topics(turn: Turn, argument: str) -> Answer:
    """`/topics [text]`: all topics, or those with `text` in a name."""
    return await _topics(turn, 0, argument, replaces=False)


async def press_topics(turn: Turn, argument: str) -> Answer:
    """`topics:<page>:<text>`"""
    page, _, text = argument.partition(":")
    return await _topics(turn, numbers(page, 1)[0] or 0, text, replaces=True)


async def _subscriptions(turn: Turn, page: int, text: str, *, replaces: bool) -> Answer:
    async with turn.storage.read() as work:
        catalogue = await work.topics.catalogue()
        have = await turn.subscriptions(work)
    if not have:
        keyboard = rows([turn.button("button-topics", "/topics"), turn.button("button-subscribe", "/subscribe")])
        return reply(turn.say("nothing-followed"), keyboard=keyboard, replaces=replaces)
    own = own_topics(catalogue, have, text)
    if not own:
        sought = short(text, LONGEST_NAME)
        keyboard = rows([turn.button("button-list", "/subscriptions")])
        return reply(turn.say("settings-topics-none", text=sought), keyboard=keyboard, replaces=replaces)
    page, part, count = paged(len(own), page, PAGE)
    lines = [_followed(turn, catalogue, topic, have) for topic in own[part]]
    heading = turn.say("subscriptions", count=len(own), page=page + 1, pages=count)
    hints = [turn.say("subscriptions-hint")] if _nested(catalogue, own) else []
    if turn.destination and turn.destination.paused_until and turn.destination.paused_until > turn.now:
        hints.append(turn.say("but-paused"))
    moves = [button for button in pages(turn.texts, "subs", page, count, text) if fits(button)]
    buttons = [*moves, turn.button("button-tune", "/settings"), turn.button("button-latest", "/latest")]
    return reply(join([heading, *lines, *hints]), keyboard=rows(buttons), replaces=replaces)


def _followed(turn: Turn, catalogue: Catalogue, topic: Topic, have: dict[int, Subscription]) -> Text:
    depth = sum(1 for above in catalogue.chain(topic)[1:] if above.id in have)
    bars = refined_words(turn, have[topic.id])
    return (Span(_indent(depth)), *turn.say("topic-with-bar", topic=name_of(topic), bars=bars))


def _nested(catalogue: Catalogue, own: list[Topic]) -> bool:
    slugs = {topic.slug for topic in own}
    return any(above.slug in slugs for topic in own for above in catalogue.chain(topic)[1:])


def _indent(depth: int) -> str:
    return "\u2003" * depth + "• "  # em spaces: ordinary ones are trimmed or collapse on some platforms


async def _topics(turn: Turn, page: int, text: str, *, replaces: bool) -> Answer:
    async with turn.storage.read() as work:
        catalogue = await work.topics.catalogue()
        have = await turn.subscriptions(work)
        if not len(catalogue):
            return reply(turn.say("no-topics-yet"), replaces=replaces)
        found = [(0, topic) for topic in catalogue.search(text)] if text else tree(catalogue)
        if not found:
            if replaces:
                raise Sorry("stale-button")
            sought = f"“{short(text, LONGEST_NAME)}”"
            keyboard = rows([turn.button("button-topics", "/topics")])
            return reply(turn.say("topics-none", text=sought), keyboard=keyboard)
        page, part, count = paged(len(found), page, PAGE)
        shown = found[part]
        lines = [await _line(turn, work, catalogue, topic, depth, have) for depth, topic in shown]
    key = "topics-found" if text else "topics"
    heading = turn.say(key, count=len(found), page=page + 1, pages=count)
    offered = [topic for _, topic in shown if topic.id not in have][:BUTTONS]
    buttons = rows([Button(label_of(topic), packed("sub", topic.id)) for topic in offered])
    hint = [turn.say("topics-hint")] if offered else []
    moves = [button for button in pages(turn.texts, "topics", page, count, text) if fits(button)]
    return reply(join([heading, *lines, *hint]), keyboard=buttons + rows(moves), replaces=replaces)


async def _line(
    turn: Turn, work: Work, catalogue: Catalogue, topic: Topic, depth: int, have: dict[int, Subscription]
) -> Text:
    """A topic with how many articles it and those below it had this week, and whether it is followed."""
    ids = [below.id for below in catalogue.below(topic)]
    count = await work.articles.volume(ids, turn.now - WEEK)
    followed = topic.id in have
    return (
        Span(_indent(depth)),
        *turn.say("topics-line-followed" if followed else "topics-line", topic=name_of(topic), count=count),
    )
