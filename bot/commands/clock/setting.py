"""The one way in which a chat's clock is changed: digest, zone and quiet hours, with all that follows from each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.commands.rights import check_right
from bot.commands.turn import Turn, reply
from bot.commands.wording import rows
from bot.digests.arranging import Arranged, arranged, unserved
from bot.messages import Answer, Button, Text
from bot.model import Destination, Schedule
from bot.ports import Work
from bot.recaps import moved_on
from bot.texts import join

Change = Callable[[Destination], Destination]


def page(
    turn: Turn, lines: Sequence[Text], buttons: Sequence[Button], *, replaces: bool, toast: str = ""
) -> Answer:
    """A page about the clock; where it takes the place of another, it leads back to /settings."""
    back = rows([turn.button("button-settings", "see:main")]) if replaces else ()
    return reply(join(list(lines)), keyboard=(*rows(buttons, width=2), *back), replaces=replaces, toast=toast)


async def change_clock(turn: Turn, work: Work, change: Change) -> tuple[Destination, Arranged]:
    """Change a chat's schedule, quiet hours or zone; returns it as it was, and what came of it.

    What quiet hours hold is served at once by the new ones. Raises NotAllowed.
    """
    await check_right(turn)
    before = await work.schedules.locked((await turn.ensure(work)).id)
    wished = change(before)
    withdrawn = 0
    if wished.digest is None:
        before, withdrawn = await withdraw_digest(work, before, turn.now)
    served_on = await work.schedules.last_date(before.id)
    found = arranged(before, wished.digest, wished.timezone, turn.now, served_on=served_on)
    after = replace(found.destination, quiet=wished.quiet)
    if (before.quiet, before.timezone) != (after.quiet, after.timezone):
        [after] = await moved_on(work, [after], turn.now)
        await work.schedules.release(after.id)
    await work.schedules.put([after])
    return before, replace(found, destination=after, withdrawn=withdrawn > 0)


async def withdraw_digest(work: Work, destination: Destination, now: datetime) -> tuple[Destination, int]:
    """Take back a digest that waits to leave; the chat with what that changes, and of how many dates there was one.

    What it had is not told after all, and the next digest covers it.
    """
    dates = await work.schedules.withdraw(destination.id, now)
    return (unserved(destination, dates[0]) if dates else destination), len(dates)


async def waiting_for(work: Work, destination_id: int) -> int:
    """How many stories quiet hours and the flood guard hold for a chat."""
    return len((await work.schedules.held([destination_id])).get(destination_id, ()))


async def begin_digest(turn: Turn, work: Work, destination: Destination) -> Destination:
    """A chat that takes a topic into its digest and chose no time for it gets the usual one."""
    before = await work.schedules.locked(destination.id)
    if before.digest is not None:
        return before
    served_on = await work.schedules.last_date(before.id)
    usual = Schedule(turn.defaults.digest_minute)
    after = arranged(before, usual, before.timezone, turn.now, served_on=served_on).destination
    await work.schedules.put([after])
    return after
