"""`/digest now`: what a digest would say at this moment, as an answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.commands.clock.setting import waiting_for
from bot.commands.subscriptions.choosing import topic_buttons
from bot.commands.turn import Turn, reply
from bot.commands.wording import local_date, packed, rows
from bot.digests import compose_now
from bot.messages import Answer
from bot.model import Destination

DAY = timedelta(days=1)
FARTHEST = timedelta(days=8)  # back from now: a week's digest, and its rest


async def digest_now(turn: Turn, _argument: str = "") -> Answer:
    """All that reached the bars lately and was not told here. It uses up no date, and waits behind nothing.

    That makes it the rest of a digest, too, which its button asks for.
    """
    destination = turn.destination
    unit = turn.storage.write() if destination else turn.storage.read()
    async with unit as work:
        catalogue = await work.topics.catalogue()
        if destination is None or not await turn.subscriptions(work):
            buttons = topic_buttons(catalogue, lambda topic: packed("sub", topic.id), limit=6)
            return reply(turn.say("nothing-followed"), keyboard=buttons)
        draft = await compose_now(
            work,
            destination,
            since=_since(destination, turn.now),
            now=turn.now,
            on=local_date(turn.now, destination.timezone),
            catalogue=catalogue,
            words=turn.texts,
        )
        if not draft.contents:
            held = await waiting_for(work, destination.id)
            text = turn.say("digest-nothing-but-held", count=held) if held else turn.say("digest-nothing")
            return reply(text, keyboard=rows([turn.button("button-latest", "/latest")]))
        if turn.shown_there:
            await work.told.tell(destination.id, draft.stories, turn.now)
    return Answer(draft.contents)


def _since(destination: Destination, now: datetime) -> datetime:
    """A day before the last digest, so that what did not fit into it is found; without one, two days ago."""
    last = min(destination.digest_since or now, now - DAY)
    return max(last - DAY, now - FARTHEST)
