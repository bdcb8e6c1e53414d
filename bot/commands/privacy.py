"""`/privacy`, `/export` and `/forget`: what is kept about a chat."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.commands.languages import own_menu
from bot.commands.turn import Sorry, Turn, reply
from bot.commands.wording import rows
from bot.messages import Answer, Notice
from bot.model import Platform
from bot.portable import CHOSEN, FIELDS, portable


async def privacy(turn: Turn, _argument: str) -> Answer:
    """`/privacy`: what is kept, for how long, and how to see and delete it."""
    kept = turn.destination is not None or await _is_manager(turn)
    key = "privacy" if kept else "privacy-typed" if _keeps_typed(turn) else "privacy-nothing"
    buttons = [turn.button("button-export", "/export"), turn.button("button-forget", "/forget")]
    return reply(turn.say(key), keyboard=rows(buttons) if key != "privacy-nothing" else ())


async def export(turn: Turn, _argument: str) -> Answer:
    """`/export`: everything about this chat, as a file that `topicwire import` reads."""
    if not await _keeps_anything(turn):
        return reply(turn.say("export-nothing"))
    async with turn.storage.write() as work:
        destination = turn.destination or await turn.ensure(work)
        record = await work.destinations.record(destination.id)
    content = {
        "destinations": [portable(record)],
        "record": {name: value for name, value in record.items() if name not in {*FIELDS, *CHOSEN}},
    }
    document = ("topicwire.json", json.dumps(content, ensure_ascii=False, indent=1).encode())
    return Answer((Notice(turn.say("export")),), document=document)


async def forget(turn: Turn, _argument: str) -> Answer:
    """`/forget`: asks first."""
    if not await _keeps_anything(turn):
        return reply(turn.say("forget-nothing"))
    buttons = [turn.button("button-forget-all", "forget:yes"), turn.button("button-keep", "keep:")]
    return reply(turn.say("forget-sure"), keyboard=rows(buttons))


async def press_forget(turn: Turn, argument: str) -> Answer:
    """`forget:yes`: delete every row that speaks of this chat."""
    if argument != "yes":
        raise Sorry("stale-button")
    if await _keeps_anything(turn):
        async with turn.storage.write() as work:
            destination = turn.destination or await turn.ensure(work)
            await work.destinations.forget(destination.id)
    menu = "" if own_menu(turn, turn.destination) else None
    return replace(reply(turn.say("forgotten"), replaces=True), menu=menu)


def _keeps_typed(turn: Turn) -> bool:
    """The chat page has no memory but ours: what is typed there is kept with the chat."""
    return turn.request.address.platform is Platform.WEB


async def _keeps_anything(turn: Turn) -> bool:
    return turn.destination is not None or _keeps_typed(turn) or await _is_manager(turn)


async def _is_manager(turn: Turn) -> bool:
    """A person of whom nothing else is kept may have been named in a room."""
    if not turn.request.private:
        return False
    async with turn.storage.read() as work:
        return await work.managers.known(turn.request.address.platform, turn.request.sender)
