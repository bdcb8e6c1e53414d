"""`/filter`: words that must or must not stand in a story, outlets that are muted or preferred."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.filters.grammar import (
    TooManyWords,
    Unclear,
    Wishes,
    added,
    amended,
    less,
    parse_wishes,
    written,
)
from bot.commands.parsing import Wish
from bot.commands.settings.changes import take_out
from bot.commands.settings.words import filter_lines, scope_of, words_page
from bot.commands.subscriptions.changing import waited_for
from bot.commands.subscriptions.choosing import suggestions, unknown_line
from bot.commands.turn import Sorry, Turn, numbers, reply
from bot.commands.wording import LONGEST_ACTION, LONGEST_LABEL, LONGEST_NAME, listed, name_of, packed, rows, short
from bot.filters import MOST_WORDS, WordRefused
from bot.messages import Answer, Span, Text
from bot.model import Subscription, Topic
from bot.ports import Work
from bot.preferences import FIRST_LOOK, MOST_OUTLETS
from bot.texts import join
from bot.topics import Catalogue


async def filter_(turn: Turn, argument: str) -> Answer:
    """`/filter [topic:] [-word] [+word] [-from:outlet] [from:outlet] [outlets:n] [off]`"""
    async with turn.storage.write() as work:
        catalogue = await work.topics.catalogue()
        try:
            wishes = parse_wishes(argument, catalogue)
        except WordRefused as wrong:
            raise Sorry("filter-refused", word=_quoted(wrong)) from None
        except TooManyWords:
            raise Sorry("filter-too-many", most=MOST_WORDS) from None
        except Unclear as wrong:
            return _unclear(turn, catalogue, str(wrong.args[0]))
        topic_id = wishes.topic.id if wishes.topic else 0
        if wishes.entries or wishes.off or wishes.outlets is not None:
            try:
                await _carry_out(turn, work, wishes)
            except TooManyWords:
                raise Sorry("filter-too-many", most=MOST_WORDS) from None
            return await _now(turn, work, topic_id, wishes.outlets)
        return Answer((await words_page(turn, work, topic_id, 0),))


async def press_drop(turn: Turn, argument: str) -> Answer:
    """`drop:<topic>:<kind>:<mark>`: let through what an explanation says was held back."""
    topic, kind, mark = (*argument.split(":"), "", "")[:3]
    topic_id = numbers(topic, 1)[0] or 0
    async with turn.storage.write() as work:
        _filters, _look, of = await scope_of(turn, work, topic_id)
        kind, gone = await take_out(turn, work, topic_id, kind, mark)
    again = f"/filter {f'{of.slug}: ' if of else ''}{', '.join(written(kind, entry) for entry in gone)}"
    undo = [turn.button("button-undo", again)] if len(again.encode()) <= LONGEST_ACTION else []
    buttons = [*undo, turn.button("button-settings-words", packed("see", "words", topic_id, 0))]
    names: list[Text] = [(Span(f"“{short(entry, LONGEST_LABEL)}”"),) for entry in gone[:3]]
    text = turn.say("filter-dropped", entries=listed(turn.texts, names))
    return reply(text, keyboard=rows(buttons), toast=turn.texts.plain("toast-saved"))


async def press_wait(turn: Turn, argument: str) -> Answer:
    """`wait:<topic>:<outlets>`: another number of outlets, as an explanation offers it."""
    topic_id, count = numbers(argument, 2)
    async with turn.storage.write() as work:
        _filters, _look, topic = await scope_of(turn, work, topic_id or 0)
        own = (await turn.subscriptions(work)).get(topic_id or 0)
        if own is None or topic is None:
            raise Sorry("stale-button")
        return await wait(turn, work, own, topic, waited_for(count))


async def wait(turn: Turn, work: Work, own: Subscription, topic: Topic, count: int | None) -> Answer:
    """Wait for so many outlets on a topic from now on; None: for none."""
    await work.subscriptions.refine(replace(own, outlets_from=count))
    undo = turn.button("button-undo", packed("wait", topic.id, own.outlets_from or 0))
    text = turn.say("waits-for", topic=name_of(topic), count=count or 0)
    return reply(text, keyboard=rows([undo]), toast=turn.texts.plain("toast-saved"))


async def _carry_out(turn: Turn, work: Work, wishes: Wishes) -> None:
    topic_id = wishes.topic.id if wishes.topic else 0
    filters, look, topic = await scope_of(turn, work, topic_id)
    here = await turn.ensure(work)
    preferred = wishes.entries.get("preferred", ())
    if topic is not None:
        if preferred:
            raise Sorry("filter-preferred-everywhere")
        own = next(s for s in await work.subscriptions.of(here.id) if s.topic_id == topic.id)
        outlets = own.outlets_from if wishes.outlets is None else wishes.outlets or None
        outlets = None if wishes.off else outlets
        await work.subscriptions.refine(replace(own, filters=amended(filters, wishes), outlets_from=outlets))
        return
    await work.destinations.filter(here.id, amended(filters, wishes))
    kept = () if wishes.off else less(added(look.preferred, preferred), wishes.entries.get("muted", ()))
    await work.destinations.look(here.id, replace(look, preferred=kept))
    if wishes.outlets is not None:
        if not await work.subscriptions.of(here.id):
            raise Sorry("nothing-followed")
        for own in await work.subscriptions.of(here.id):
            await work.subscriptions.refine(replace(own, outlets_from=wishes.outlets or None))


async def _now(turn: Turn, work: Work, topic_id: int, outlets: int | None) -> Answer:
    """What holds from now on; on all topics also for the number of outlets, where it was given."""
    filters, look, topic = await scope_of(turn, work, topic_id)
    lines: list[Text] = filter_lines(turn, filters, look if topic is None else FIRST_LOOK)
    own = (await turn.subscriptions(work)).get(topic_id)
    if own is not None and own.outlets_from is not None:
        lines.append(turn.say("settings-outlets", count=own.outlets_from))
    if topic is None and outlets is not None:
        lines.append(turn.say("settings-outlets", count=outlets) if outlets else turn.say("settings-outlets-none"))
    heading = turn.say("filter-now-of", topic=name_of(topic)) if topic else turn.say("filter-now")
    buttons = [
        turn.button("button-settings-words", packed("see", "words", topic_id, 0)),
        turn.button("button-settings", "see:main"),
    ]
    return reply(join([heading, *(lines or [turn.say("settings-words-none")])]), keyboard=rows(buttons))


def _unclear(turn: Turn, catalogue: Catalogue, part: str) -> Answer:
    if part.startswith("outlets:"):
        raise Sorry("filter-outlets-unclear", most=MOST_OUTLETS)
    missing = [Wish(part, None)]
    near = suggestions(catalogue, missing, lambda _wish, topic: packed("see", "words", topic.id, 0))
    if not near:
        raise Sorry("filter-unclear", part=f"“{short(part, LONGEST_NAME)}”")
    return reply(unknown_line(turn, missing, found=True), keyboard=near)


def _quoted(wrong: WordRefused) -> str:
    return f"“{short(str(wrong.args[0]), LONGEST_NAME)}”"
