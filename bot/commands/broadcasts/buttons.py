"""The buttons of broadcasts: on a draft, under the progress, under the receipt, and in the list."""

from __future__ import annotations

from bot.broadcasts.desk import Elsewhere, NoCopies
from bot.cards import content_of
from bot.commands.broadcasts.acts import ACTS
from bot.commands.broadcasts.command import check_private, confirm, elsewhere, pick
from bot.commands.broadcasts.draft import aimed, screen
from bot.commands.broadcasts.listing import detail
from bot.commands.turn import Sorry, Turn, reply
from bot.messages import Answer, Content, Span
from bot.model import Kind
from bot.ports import Broadcast, Stage


async def press_broadcast(turn: Turn, argument: str) -> Answer:
    """`bc:<verb>[.<value>]:<id>`"""
    check_private(turn)
    verb, _, number = argument.partition(":")
    if not (number.isascii() and number.isdecimal() and len(number) <= 15):  # noqa: PLR2004 - an id of ours
        raise Sorry("stale-button")
    if verb == "pick":
        return await pick(turn, int(number))
    async with turn.storage.read() as work:
        found = await work.broadcasts.get(int(number))
    if found is None:
        raise Sorry("broadcast-gone")
    name, _, value = verb.partition(".")
    try:
        if name == "as":
            return await _as(turn, found, value)
        if name == "send":
            return await confirm(turn, found, typed=False, agreed=value)
        if name == "show":
            return await detail(turn, found)
        if name in ACTS:
            return await ACTS[name](turn, found)
        return await _aim(turn, found, verb)
    except Elsewhere as wrong:
        raise elsewhere(turn, wrong) from None
    except NoCopies:
        raise Sorry("broadcast-no-copies") from None


async def _aim(turn: Turn, draft: Broadcast, what: str) -> Answer:
    if draft.stage is not Stage.DRAFT:
        raise Elsewhere(draft.stage)
    async with turn.storage.write() as work:
        return Answer((await screen(turn, work, draft, aimed(draft.target, what)),), replaces=True)


async def _as(turn: Turn, draft: Broadcast, platform: str) -> Answer:
    """The message in the words and within the limits of another platform."""
    messenger = next((one for one in turn.messengers if one.platform == platform), None)
    if messenger is None:
        raise Sorry("stale-button")
    async with turn.storage.read() as work:
        content: Content = content_of(Kind.BROADCAST, await work.broadcasts.payload(draft), turn.texts)
    shown = messenger.preview(content, locale=turn.texts.locale, now=turn.now)
    head = turn.say("broadcast-as", platform=turn.say(f"platform-{messenger.platform}"))
    return reply((*head, Span(f"\n\n{shown}")))
