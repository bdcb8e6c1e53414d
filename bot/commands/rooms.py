"""Rooms: the greeting when the bot comes in, and whether it may do there what it is for."""

from __future__ import annotations

from bot.commands.subscriptions.choosing import general_first
from bot.commands.turn import Sorry, Turn, reply
from bot.commands.wording import LONGEST_NAME, label_of, packed, rows, short
from bot.errors import DeliveryError
from bot.messages import Answer, Span, Text
from bot.texts import bold, join


async def greet(turn: Turn) -> Answer:
    """What a room is told when the bot comes in, and by /start: what to do next, with three buttons."""
    async with turn.storage.read() as work:
        catalogue = await work.topics.catalogue()
        have = await turn.subscriptions(work)
    first = next((topic for topic in general_first(catalogue) if topic.id not in have), None)
    slug = first.slug if first else "ai"
    lines = [turn.say("room-start-again", count=len(have)) if have else turn.say("room-start")]
    lines.append(turn.say("room-start-hint", example=f"/subscribe {slug} {turn.defaults.quality}"))
    buttons = [turn.button("button-topics", "/topics"), turn.button("button-check", "/check")]
    if first:
        buttons.insert(0, turn.button("button-subscribe-to", packed("sub", first.id), topic=label_of(first)))
    return reply(join(lines), keyboard=rows(buttons))


async def check(turn: Turn, _argument: str) -> Answer:
    """`/check`: exactly which permission the bot lacks in this chat, or that all is well."""
    missing = await _missing(turn)
    here = _here(turn)
    if missing:
        return reply(join([turn.say("check-missing", room=here), *missing, turn.say("check-mend")]))
    key = "check-well-private" if turn.request.private else "check-well"
    return reply(turn.say(key, room=here))


async def check_posting(turn: Turn) -> None:
    """Before a room is subscribed from elsewhere: raises Sorry with what the bot lacks to post in it."""
    if not turn.request.elsewhere:
        return
    missing = await _missing(turn)
    if missing:
        raise Sorry("cannot-post-there", room=_here(turn), missing=join(missing, " "))


async def _missing(turn: Turn) -> list[Text]:
    try:
        missing = await turn.abilities(turn.request.address)
    except DeliveryError:
        raise Sorry("check-unreachable") from None
    return [turn.say(f"missing-{key}") for key in missing]


def _here(turn: Turn) -> Span:
    title = short(turn.request.title, LONGEST_NAME)
    return Span(title) if turn.request.private else bold(title)
