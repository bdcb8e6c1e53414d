"""What an admin does to a broadcast by a button or a word of `/broadcasts`."""

from __future__ import annotations

import csv
import io
from collections.abc import Awaitable, Callable

from bot.broadcasts import desk
from bot.broadcasts.desk import NoCopies
from bot.commands.broadcasts.command import author_of, desk_id_of, zone_of
from bot.commands.turn import Sorry, Turn, reply
from bot.commands.wording import rows, short
from bot.messages import Answer, Notice
from bot.ports import Broadcast, Stage
from bot.texts import bold

MOST_PLACES = 100_000

Act = Callable[[Turn, Broadcast], Awaitable[Answer]]


async def _later(turn: Turn, draft: Broadcast) -> Answer:
    zone = await zone_of(turn)
    key = "broadcast-later" if draft.stage is Stage.DRAFT else "broadcast-later-change"
    return reply(turn.say(key, id=draft.id, zone=zone))


async def _cancel(turn: Turn, draft: Broadcast) -> Answer:
    await desk.cancel(turn.storage, draft, author_of(turn), turn.now)
    text = turn.say("broadcast-cancelled", id=draft.id, title=bold(short(draft.title, 60)))
    return reply(text, replaces=True)


async def _pause(turn: Turn, broadcast: Broadcast) -> Answer:
    held = await desk.pause(turn.storage, broadcast, author_of(turn), turn.now)
    left = max(broadcast.total - broadcast.written, 0) + held
    return Answer(toast=turn.texts.plain("broadcast-paused", id=broadcast.id, count=left))


async def _resume(turn: Turn, broadcast: Broadcast) -> Answer:
    await desk.resume(turn.storage, broadcast, author_of(turn), turn.now)
    return Answer(toast=turn.texts.plain("broadcast-resumed", id=broadcast.id))


async def _stop(turn: Turn, broadcast: Broadcast) -> Answer:
    await desk.stop(turn.storage, broadcast, author_of(turn), turn.now)
    return Answer(toast=turn.texts.plain("broadcast-stopped", id=broadcast.id))


async def _recall(turn: Turn, broadcast: Broadcast) -> Answer:
    """Asks first, with the number."""
    async with turn.storage.read() as work:
        copies = await work.broadcasts.copies(broadcast) if broadcast.payload_id else 0
    if not copies and broadcast.stage not in (Stage.RUNNING, Stage.PAUSED):
        raise NoCopies
    text = turn.say("broadcast-recall-sure", title=bold(short(broadcast.title, 60)), count=copies)
    return reply(
        text, keyboard=rows([turn.button("button-broadcast-take", f"bc:take:{broadcast.id}", count=copies)])
    )


async def _take(turn: Turn, broadcast: Broadcast) -> Answer:
    here = await desk_id_of(turn)
    copies = await desk.recall(turn.storage, broadcast, author_of(turn), turn.now, desk_id=here)
    text = turn.say("broadcast-recalling", title=bold(short(broadcast.title, 60)), count=copies)
    return reply(text, replaces=True)


async def _missed(turn: Turn, broadcast: Broadcast) -> Answer:
    """All places that were missed, as a file."""
    async with turn.storage.read() as work:
        of_update = bool(broadcast.update_id)
        places = await work.broadcasts.missed(broadcast, MOST_PLACES, of_update=of_update)
    if not places:
        raise Sorry("broadcast-none-missed")
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(("destination", "title", "reason"))
    table.writerows((str(one.address), _cell(one.title), _cell(one.reason)) for one in places)
    return Answer(
        (Notice(turn.say("broadcast-missed", count=len(places))),),
        document=(f"broadcast-{broadcast.id}-missed.csv", text.getvalue().encode("utf-8-sig")),
    )


def _cell(text: str) -> str:
    """What a spreadsheet would take for a formula is kept a text: titles of chats are strangers' words."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


ACTS: dict[str, Act] = {
    "later": _later,
    "cancel": _cancel,
    "pause": _pause,
    "resume": _resume,
    "stop": _stop,
    "recall": _recall,
    "take": _take,
    "missed": _missed,
}
