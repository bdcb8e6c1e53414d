"""`/start`, `/help`, and what is said to those who typed something else."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from bot.commands.parsing import TOP_ABOVE_GOOD, BarOutOfRange, Bars, Wish, parse_order
from bot.commands.rooms import greet
from bot.commands.subscriptions.beginning import first_topics
from bot.commands.subscriptions.choosing import unknown_line
from bot.commands.turn import Command, Turn, reply
from bot.commands.wording import LONGEST_ACTION, LONGEST_NAME, bar_words, label_of, name_of, packed, rows, short
from bot.messages import Answer, Button, Span, Text
from bot.model import Topic
from bot.texts import code, join
from bot.topics import Catalogue, slugify

NEAR = 60  # of 100: how alike a mistyped command must be to be suggested
TYPO = 75  # and a mistyped topic, where no command says that one is meant


async def start(turn: Turn, argument: str) -> Answer:
    """`/start [topic]`: hello, and topics to begin with; a link to the bot may name one."""
    async with turn.storage.read() as work:
        catalogue = await work.topics.catalogue()
        topic = catalogue.find(argument) if argument else None
        if topic is not None:
            return offer_topic(turn, Wish(argument, topic))
        if turn.request.private:
            return Answer((await first_topics(turn, work, catalogue, 0),))
    return await greet(turn)


async def help_(turn: Turn, argument: str) -> Answer:
    """`/help [command]`"""
    wanted = argument.split(maxsplit=1)[0].lstrip("/").casefold() if argument else ""
    found = next((c for c in turn.commands if c.name == wanted), None)
    if found is not None:
        return reply(_details(turn, found))
    if wanted:
        return not_understood(turn, f"/{wanted}")
    lines = [turn.say("help")]
    lines += [turn.say("help-line", usage=_usage(turn, c), summary=turn.say(c.summary)) for c in turn.commands]
    lines.append(turn.say("help-more"))
    return reply(join(lines))


def offer_topic(turn: Turn, wish: Wish) -> Answer:
    """Somebody only named a topic: what may be wanted."""
    topic = wish.topic
    if topic is None:
        return not_understood(turn, wish.name)
    bars = wish.bars or Bars(alert=turn.defaults.quality)
    buttons = [
        turn.button("button-subscribe", packed("sub", topic.id, bars.alert, bars.digest)),
        turn.button("button-latest", packed("latest", topic.id)),
    ]
    text = turn.say("offer-topic", topic=name_of(topic), bars=bar_words(turn.texts, bars))
    return reply(text, keyboard=rows(buttons))


async def free_text(turn: Turn, text: str) -> Answer:
    """Text that is no command, in a private chat: a topic, or one line of help."""
    async with turn.storage.read() as work:
        catalogue = await work.topics.catalogue()
    try:
        order = parse_order(text, catalogue, turn.defaults.quality)
    except BarOutOfRange:
        return not_understood(turn, "")
    if len(order.wishes) == 1 and order.wishes[0].topic:
        return offer_topic(turn, order.wishes[0])
    near = [] if text.startswith("/") or len(order.wishes) != 1 else alike(order.wishes[0].name, catalogue)
    if near:
        missing = list(order.wishes)
        buttons = [Button(label_of(topic), packed("begin", topic.id)) for topic in near]
        return reply(unknown_line(turn, missing, found=True), keyboard=rows(buttons))
    return not_understood(turn, text if text.startswith("/") else "")


def alike(name: str, catalogue: Catalogue) -> list[Topic]:
    """The topics that a mistyped name may mean; unlike after a command, most words in a chat mean none."""
    wanted = slugify(name)
    return [
        topic
        for topic in catalogue.nearest(name)
        if max(fuzz.ratio(wanted, known) for known in (topic.slug, slugify(topic.name))) >= TYPO
    ]


async def unknown_command(turn: Turn, typed: str) -> Answer:
    """A command that is none, in a private chat: the nearest one as a button, completed as it was typed."""
    return not_understood(turn, typed)


def not_understood(turn: Turn, typed: str) -> Answer:
    """One line of help; for a mistyped command the nearest one as a button."""
    name, _, argument = typed.removeprefix("/").partition(" ")
    if not typed.startswith("/"):
        return reply(turn.say("not-understood"))
    names = [c.name for c in turn.commands]
    found = process.extractOne(name.casefold()[:40], names, scorer=fuzz.ratio, score_cutoff=NEAR)
    unknown = code(short(f"/{name}", LONGEST_NAME))
    if found is None:
        return reply(turn.say("unknown-command", typed=unknown))
    nearest = f"/{found[0]}"
    whole = f"{nearest} {argument}".strip()
    action = whole if len(whole.encode()) <= LONGEST_ACTION else nearest
    text = turn.say("unknown-command-near", typed=unknown, nearest=code(nearest))
    return reply(text, keyboard=rows([turn.button("button-command", action, name=nearest)]))


def _usage(turn: Turn, definition: Command) -> Text:
    """`/command <arguments>`; in two pieces, for what stands behind it may be written from right to left."""
    command = turn.texts.apart((code(f"/{definition.name}"),))
    if not definition.arguments:
        return command
    arguments = turn.texts.apart((code(turn.texts.plain(definition.arguments)),))
    return (*turn.texts.line_start, *command, Span(" "), *arguments)


def _details(turn: Turn, definition: Command) -> Text:
    lines = [turn.say("help-line", usage=_usage(turn, definition), summary=turn.say(definition.summary))]
    if definition.details:
        good = turn.defaults.quality
        lines.append(turn.say(definition.details, good=good, top=good + TOP_ABOVE_GOOD))
    return join(lines)
