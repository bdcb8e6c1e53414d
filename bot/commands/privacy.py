"""`/privacy`, `/export` and `/forget`: what is kept about a chat."""

from __future__ import annotations

import json

from bot.commands.turn import Sorry, Turn, reply
from bot.commands.wording import rows
from bot.messages import Answer, Notice

OF_SUBSCRIPTIONS = ("platform", "chat", "thread", "title", "locale", "timezone", "subscriptions")
"""The fields of one destination that `topicwire import` reads (design, "Command line")."""


async def privacy(turn: Turn, _argument: str) -> Answer:
    """`/privacy`: what is kept, for how long, and how to see and delete it."""
    key = "privacy" if turn.destination else "privacy-nothing"
    buttons = [turn.button("button-export", "/export"), turn.button("button-forget", "/forget")]
    return reply(turn.say(key), keyboard=rows(buttons) if turn.destination else ())


async def export(turn: Turn, _argument: str) -> Answer:
    """`/export`: everything about this chat, as a file that `topicwire import` reads."""
    if turn.destination is None:
        return reply(turn.say("export-nothing"))
    async with turn.storage.read() as work:
        record = await work.destinations.record(turn.destination.id)
    content = {
        "destinations": [{name: record.get(name) for name in OF_SUBSCRIPTIONS}],
        "record": {name: value for name, value in record.items() if name not in OF_SUBSCRIPTIONS},
    }
    document = ("topicwire.json", json.dumps(content, ensure_ascii=False, indent=1).encode())
    return Answer((Notice(turn.say("export")),), document=document)


async def forget(turn: Turn, _argument: str) -> Answer:
    """`/forget`: asks first."""
    if turn.destination is None:
        return reply(turn.say("forget-nothing"))
    buttons = [turn.button("button-forget-all", "forget:yes"), turn.button("button-keep", "keep:")]
    return reply(turn.say("forget-sure"), keyboard=rows(buttons))


async def press_forget(turn: Turn, argument: str) -> Answer:
    """`forget:yes`: delete every row that speaks of this chat."""
    if argument != "yes":
        raise Sorry("stale-button")
    if turn.destination is not None:
        async with turn.storage.write() as work:
            await work.destinations.forget(turn.destination.id)
    return reply(turn.say("forgotten"), replaces=True)
