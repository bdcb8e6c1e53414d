"""`/settings`: one message that is edited in place; looking is for everybody, changing for those who may."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.clock.digest import digest_page
from bot.commands.clock.quieting import quiet_page
from bot.commands.clock.setting import begin_digest
from bot.commands.clock.timezone import timezone_page
from bot.commands.filters.grammar import less, without
from bot.commands.languages import language_page
from bot.commands.parsing import HIGHEST_BAR
from bot.commands.pausing import until_of
from bot.commands.reasons.holding import KINDS, mark_of
from bot.commands.settings import pages as shown
from bot.commands.settings.topics import topic_page, topics_page
from bot.commands.settings.words import entries_of, scope_of, words_page
from bot.commands.subscriptions.changing import restoring, waited_for
from bot.commands.turn import Sorry, Turn, numbers
from bot.messages import Answer, Notice
from bot.model import Destination, Subscription
from bot.ports import Work
from bot.preferences import Form


async def settings(turn: Turn, _argument: str) -> Answer:
    """`/settings`"""
    async with turn.storage.read() as work:
        return Answer((await shown.main_page(turn, work),))


async def press_see(turn: Turn, argument: str) -> Answer:
    """`see:<page>[:…]`: another page in the same message."""
    name, _, rest = argument.partition(":")
    match name:
        case "digest":
            return await digest_page(turn, replaces=True)
        case "quiet":
            return await quiet_page(turn, replaces=True)
        case "timezone":
            return timezone_page(turn, replaces=True)
        case "language":
            return language_page(turn, replaces=True)
    async with turn.storage.read() as work:
        return Answer((await _page(turn, work, name, rest),), replaces=True)


async def press_opt(turn: Turn, argument: str) -> Answer:
    """`opt:<setting>:…`: change it, and show its page as it is now."""
    name, _, rest = argument.partition(":")
    async with turn.storage.write() as work:
        notice = await _change(turn, work, name, rest)
    return Answer((notice,), replaces=True, toast=turn.texts.plain("toast-saved"))


async def _page(turn: Turn, work: Work, name: str, rest: str) -> Notice:
    match name:
        case "main":
            return await shown.main_page(turn, work)
        case "topics":
            page, _, text = rest.partition(":")
            return await topics_page(turn, work, numbers(page, 1)[0] or 0, text)
        case "topic":
            topic, page_ = numbers(rest, 2)
            return await topic_page(turn, work, topic or 0, page_ or 0)
        case "words":
            scope, page_ = numbers(rest, 2)
            return await words_page(turn, work, scope or 0, page_ or 0)
        case "stories":
            return await shown.stories_page(turn, work, numbers(rest, 1)[0] or 0)
        case "snooze":
            return await shown.snooze_page(turn, work)
    raise Sorry("stale-button")


async def _change(turn: Turn, work: Work, name: str, rest: str) -> Notice:
    match name:
        case "form" | "silent" | "living":
            return await _look(turn, work, name, rest)
        case "snooze":
            return await _snooze(turn, work, rest)
        case "bar" | "digest" | "outlets":
            return await _subscription(turn, work, name, rest)
        case "end":
            return await _end(turn, work, rest)
        case "drop":
            return await _drop(turn, work, rest)
        case "unfollow" | "unmute":
            story, page = numbers(rest, 2)
            here = await _known(turn, work)
            undo = work.follows.remove if name == "unfollow" else work.destinations.unmute
            await undo(here.id, story or 0)
            return await shown.stories_page(turn, work, page or 0)
    raise Sorry("stale-button")


async def _look(turn: Turn, work: Work, name: str, value: str) -> Notice:
    here = await turn.ensure(work)
    if name == "silent" and value in {"0", "1"}:
        await work.destinations.look(here.id, replace(here.look, silent=value == "1"))
    elif name == "living" and value in {"0", "1"}:
        await work.destinations.look(here.id, replace(here.look, living=value == "1"))
    elif name == "form" and value in set(Form):
        await work.destinations.look(here.id, replace(here.look, form=Form(value)))
    else:
        raise Sorry("stale-button")
    return await shown.main_page(turn, work)


async def _snooze(turn: Turn, work: Work, word: str) -> Notice:
    here = await turn.ensure(work)
    if word == "0":
        await work.destinations.resume(here.id)
        return await shown.snooze_page(turn, work)
    until = until_of("" if word == "ever" else word, turn.now, here.timezone) if word in shown.SNOOZES else None
    if until is None:
        raise Sorry("stale-button")
    await work.destinations.pause(here.id, until, turn.now)
    return await shown.snooze_page(turn, work)


async def _subscription(turn: Turn, work: Work, name: str, rest: str) -> Notice:
    topic_id, value, page = numbers(rest, 3)
    here = await _known(turn, work)
    own = {s.topic_id: s for s in await work.subscriptions.of(here.id)}.get(topic_id or 0)
    if own is None:
        raise Sorry("stale-button")
    if name == "outlets":
        await work.subscriptions.refine(replace(own, outlets_from=waited_for(value)))
    else:
        if value is not None and value > HIGHEST_BAR:
            raise Sorry("stale-button")
        await work.subscriptions.put(_with_bar(own, name, value), turn.now)
        if name == "digest" and value is not None:
            await begin_digest(turn, work, here)
    return await topic_page(turn, work, own.topic_id, page or 0)


def _with_bar(own: Subscription, name: str, value: int | None) -> Subscription:
    return replace(own, alert_from=value) if name == "bar" else replace(own, digest_from=value)


async def _end(turn: Turn, work: Work, rest: str) -> Notice:
    topic_id, page = numbers(rest, 2)
    here = await _known(turn, work)
    own = {s.topic_id: s for s in await work.subscriptions.of(here.id)}.get(topic_id or 0)
    if own is None:
        raise Sorry("stale-button")
    await work.subscriptions.remove(here.id, [own.topic_id])
    undo = turn.button("button-undo", restoring(own))
    return await topics_page(turn, work, page or 0, "", undo)


async def _drop(turn: Turn, work: Work, rest: str) -> Notice:
    scope, kind, mark, page = (*rest.split(":"), "", "", "")[:4]
    topic_id = numbers(scope, 1)[0] or 0
    await take_out(turn, work, topic_id, kind, mark)
    return await words_page(turn, work, topic_id, numbers(page or "0", 1)[0] or 0)


async def take_out(turn: Turn, work: Work, topic_id: int, kind_mark: str, mark: str) -> tuple[str, tuple[str, ...]]:
    """Take the entry with this mark (or all of the kind) out of a filter; returns its kind and what went.

    Raises Sorry where nothing there has the mark: the button is out of date.
    """
    kind = next((name for name, letter in KINDS.items() if letter == kind_mark), None)
    if kind is None:
        raise Sorry("stale-button")
    filters, look, topic = await scope_of(turn, work, topic_id)
    gone = tuple(e for e in entries_of(filters, look, kind) if mark in (mark_of(e), "all"))
    if not gone:
        raise Sorry("stale-button")
    here = await _known(turn, work)
    if kind == "preferred":
        await work.destinations.look(here.id, replace(look, preferred=less(look.preferred, gone)))
    elif topic is None:
        await work.destinations.filter(here.id, without(filters, kind, gone))
    else:
        own = next(s for s in await work.subscriptions.of(here.id) if s.topic_id == topic.id)
        await work.subscriptions.refine(replace(own, filters=without(filters, kind, gone)))
    return kind, gone


async def _known(turn: Turn, work: Work) -> Destination:
    here = await work.destinations.get(turn.request.address)
    if here is None:
        raise Sorry("stale-button")
    return here
