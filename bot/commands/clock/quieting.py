"""`/quiet`: the hours in which alerts wait, come without a sound, or need a higher bar."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.clock.setting import change_clock, page, waiting_for
from bot.commands.clock.times import ImpossibleTime, Unclear, clock, means, parse_quiet
from bot.commands.clock.wording import quiet_now, quiet_words
from bot.commands.clock.words import OFF
from bot.commands.parsing import HIGHEST_BAR
from bot.commands.turn import Sorry, Turn
from bot.commands.wording import LONGEST_NAME, packed, short
from bot.messages import Answer, Button
from bot.model import Quiet, QuietMode

OFFERED = (Quiet(22 * 60, 7 * 60), Quiet(23 * 60, 8 * 60))
PARTS = 4


async def quiet(turn: Turn, argument: str) -> Answer:
    """`/quiet [HH:MM-HH:MM [hold|silent|bar N]|off]`"""
    if not argument:
        return await quiet_page(turn)
    if means(argument, OFF):
        return await _set(turn, None)
    try:
        wish = parse_quiet(argument)
    except ImpossibleTime as fault:
        raise Sorry("time-impossible", text=short(fault.word, LONGEST_NAME), example="/quiet 22:00-07:00") from None
    except Unclear:
        raise Sorry("quiet-unclear", text=short(argument, LONGEST_NAME)) from None
    return await _set(turn, wish)


async def press_quiet(turn: Turn, argument: str) -> Answer:
    """`quiet:<from>:<to>:<mode>:<bar>` and `quiet:off`"""
    if argument == "off":
        return await _set(turn, None, replaces=True)
    parts = argument.split(":")
    if len(parts) != PARTS or parts[2] not in set(QuietMode) or not all(parts[n].isdecimal() for n in (0, 1, 3)):
        raise Sorry("stale-button")
    start, end, bar = (int(parts[n][:6]) for n in (0, 1, 3))
    if max(start, end) >= 24 * 60 or start == end or bar > HIGHEST_BAR:
        raise Sorry("stale-button")
    return await _set(turn, Quiet(start, end, QuietMode(parts[2]), bar), replaces=True)


async def quiet_page(turn: Turn, *, replaces: bool = False) -> Answer:
    """The quiet hours, whether they run now, and what can be changed about them."""
    destination = turn.destination
    if destination is None or destination.quiet is None:
        buttons = [Button(f"{clock(q.start)}–{clock(q.end)}", _action(q)) for q in OFFERED]
        return page(turn, [turn.say("quiet-none")], buttons, replaces=replaces)
    async with turn.storage.read() as work:
        held = await waiting_for(work, destination.id)
    lines = [quiet_words(turn, destination.quiet), *quiet_now(turn, destination, held)]
    return page(turn, lines, _modes(turn, destination.quiet), replaces=replaces)


async def _set(turn: Turn, wish: Quiet | None, *, replaces: bool = False) -> Answer:
    if wish is None and (turn.destination is None or turn.destination.quiet is None):
        return page(turn, [turn.say("quiet-was-off")], [], replaces=replaces)
    async with turn.storage.write() as work:
        held = await waiting_for(work, turn.destination.id) if turn.destination else 0
        before, found = await change_clock(turn, work, lambda destination: replace(destination, quiet=wish))
        left = await waiting_for(work, before.id)
    after = found.destination
    undo = turn.button("button-undo", _action(before.quiet))
    lines = (
        [quiet_words(turn, after.quiet), *quiet_now(turn, after, left)] if after.quiet else [turn.say("quiet-off")]
    )
    if held > left:
        lines.append(turn.say("quiet-released", count=held - left))
    buttons = _modes(turn, after.quiet) if after.quiet else []
    if before.quiet != after.quiet:
        buttons.append(undo)
    return page(turn, lines, buttons, replaces=replaces)


def _modes(turn: Turn, now: Quiet) -> list[Button]:
    """The other ways to be quiet, and the end of it."""
    others = [
        turn.button(f"button-quiet-{mode}", _action(replace(now, mode=mode, bar=0)))
        for mode in (QuietMode.HOLD, QuietMode.SILENCE)
        if mode is not now.mode
    ]
    bar = turn.defaults.quality + 20
    if now.mode is not QuietMode.BAR:
        others.append(turn.button("button-quiet-bar", _action(replace(now, mode=QuietMode.BAR, bar=bar)), bar=bar))
    return [*others, turn.button("button-quiet-off", "quiet:off")]


def _action(wish: Quiet | None) -> str:
    return "quiet:off" if wish is None else packed("quiet", wish.start, wish.end, wish.mode.value, wish.bar)
