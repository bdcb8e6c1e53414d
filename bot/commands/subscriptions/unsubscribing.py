"""`/unsubscribe`, and the buttons that end and restore subscriptions."""

from __future__ import annotations

from bot.commands.subscriptions.changing import read_order, restoring
from bot.commands.subscriptions.choosing import suggestions, topic_by_id, unknown_line
from bot.commands.turn import Sorry, Turn, numbers, reply
from bot.commands.wording import label_of, listed, name_of, packed, rows
from bot.messages import Answer, Button, Text
from bot.model import Subscription, Topic
from bot.ports import Work
from bot.preferences import NO_FILTERS
from bot.texts import join
from bot.topics import Catalogue

OFFERED = 12  # subscriptions as buttons
UNDOABLE = 6  # topics of one command that get a button each to undo it


async def unsubscribe(turn: Turn, argument: str) -> Answer:
    """`/unsubscribe <topics|all>`"""
    async with turn.storage.write() as work:
        catalogue = await work.topics.catalogue()
        have = await turn.subscriptions(work)
        if not have:
            return reply(turn.say("nothing-followed"), keyboard=rows([turn.button("button-topics", "/topics")]))
        if argument.casefold() in {"all", "*"} and catalogue.find(argument) is None:
            buttons = [turn.button("button-unsubscribe-all", "unsuball:yes"), turn.button("button-keep", "keep:")]
            return reply(turn.say("unsubscribe-all-sure", count=len(have)), keyboard=rows(buttons))
        order = read_order(turn, argument, catalogue)
        if not order.wishes:
            own = [topic for topic in catalogue if topic.id in have]
            buttons = [Button(label_of(topic), packed("unsub", topic.id)) for topic in own[:OFFERED]]
            return reply(turn.say("unsubscribe-which"), keyboard=rows(buttons))
        topics = [wish.topic for wish in order.wishes if wish.topic]
        missing = [wish for wish in order.wishes if wish.topic is None]
        ended = [topic for topic in topics if topic.id in have]
        await _end(turn, work, ended)
        lines = _ended(turn, ended, have) if ended else []
        lines += [_not_followed(turn, catalogue, topic, have) for topic in topics if topic.id not in have][:5]
        near = suggestions(catalogue, missing, lambda _wish, topic: packed("unsub", topic.id))
        if missing:
            lines.append(unknown_line(turn, missing, found=bool(near)))
        return reply(join(lines), keyboard=near + rows(_undo(turn, ended, have)))


async def press_unsub(turn: Turn, argument: str) -> Answer:
    """`unsub:<topic>`: end this subscription; the same message says so."""
    (topic_id,) = numbers(argument, 1)
    async with turn.storage.write() as work:
        topic = topic_by_id(await work.topics.catalogue(), topic_id)
        have = await turn.subscriptions(work)
        if topic.id not in have:
            raise Sorry("toast-not-followed", topic=topic.name)
        await _end(turn, work, [topic])
        buttons = rows(_undo(turn, [topic], have))
    return reply(
        join(_ended(turn, [topic], have)),
        keyboard=buttons,
        replaces=True,
        toast=turn.texts.plain("toast-unsubscribed"),
    )


async def press_unsubscribe_all(turn: Turn, argument: str) -> Answer:
    """`unsuball:yes`"""
    if argument != "yes":
        raise Sorry("stale-button")
    async with turn.storage.write() as work:
        have = await turn.subscriptions(work)
        if turn.destination is not None:
            await work.subscriptions.remove(turn.destination.id, list(have))
    keyboard = rows([turn.button("button-topics", "/topics")])
    return reply(turn.say("unsubscribed-all", count=len(have)), keyboard=keyboard, replaces=True)


async def press_keep(turn: Turn, _argument: str) -> Answer:
    """`keep:`: the answer "no" to any question; nothing changes."""
    return reply(turn.say("kept"), replaces=True)


async def _end(turn: Turn, work: Work, topics: list[Topic]) -> None:
    if turn.destination is not None and topics:
        await work.subscriptions.remove(turn.destination.id, [topic.id for topic in topics])


def _ended(turn: Turn, topics: list[Topic], had: dict[int, Subscription]) -> list[Text]:
    lines = [turn.say("unsubscribed", topics=listed(turn.texts, [(name_of(topic),) for topic in topics]))]
    if any(had[topic.id].filters != NO_FILTERS for topic in topics):
        lines.append(turn.say("unsubscribed-words"))
    return lines


def _not_followed(turn: Turn, catalogue: Catalogue, topic: Topic, have: dict[int, Subscription]) -> Text:
    """It was not subscribed; where a topic above it is, that is where its stories come from."""
    above = next((t for t in catalogue.chain(topic)[1:] if t.id in have), None)
    if above is None:
        return turn.say("not-followed", topic=name_of(topic))
    return turn.say("not-followed-but-above", topic=name_of(topic), parent=name_of(above))


def _undo(turn: Turn, ended: list[Topic], have: dict[int, Subscription]) -> list[Button]:
    if len(ended) == 1:
        return [turn.button("button-undo", restoring(have[ended[0].id]))]
    return [turn.button("button-undo-topic", restoring(have[t.id]), topic=label_of(t)) for t in ended[:UNDOABLE]]
