"""`/timezone`: whose clock this chat goes by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.commands.clock.setting import change_clock, page, waiting_for
from bot.commands.clock.wording import day_words, given_up, next_digest, quiet_now, quiet_words, zone_name
from bot.commands.turn import Sorry, Turn, reply
from bot.commands.wording import LONGEST_LABEL, LONGEST_NAME, packed, rows, short
from bot.messages import Answer, Button, Text
from bot.texts import languages
from bot.zones import NoSuchOffset, find, is_zone, offered, zone_of


async def timezone(turn: Turn, argument: str) -> Answer:
    """`/timezone [zone]`: by city, country, abbreviation, offset or IANA name."""
    if not argument:
        return timezone_page(turn)
    try:
        found = find(argument, turn.locale, turn.now, (turn.request.locale, *languages()))
    except NoSuchOffset:
        raise Sorry("timezone-no-offset", text=short(argument, LONGEST_NAME)) from None
    if found.sure and len(found.zones) == 1:
        return await _set(turn, found.zones[0], instead=found.instead)
    text = f"“{short(argument, LONGEST_NAME)}”"
    if not found.zones:
        raise Sorry("timezone-unknown", text=text)
    key = "timezone-which" if found.sure else "timezone-near"
    return reply(turn.say(key, text=text), keyboard=rows(_choices(turn, found.zones), width=2))


def timezone_page(turn: Turn, *, replaces: bool = False) -> Answer:
    """The zone of the chat with the time it is there, and how to name another."""
    current = turn.destination.timezone if turn.destination else turn.defaults.timezone
    lines = [_shown(turn, "timezone-now", current), turn.say("timezone-hint")]
    zones = offered(turn.request.locale or turn.locale, turn.now, current)
    return page(turn, lines, _choices(turn, zones), replaces=replaces)


async def press_timezone(turn: Turn, argument: str) -> Answer:
    """`tz:<IANA name>`"""
    if not is_zone(argument):
        raise Sorry("stale-button")
    return await _set(turn, argument, replaces=True)


async def _set(turn: Turn, zone: str, *, instead: Sequence[str] = (), replaces: bool = False) -> Answer:
    async with turn.storage.write() as work:
        held = await waiting_for(work, turn.destination.id) if turn.destination else 0
        before, found = await change_clock(turn, work, lambda destination: replace(destination, timezone=zone))
        left = await waiting_for(work, before.id)
    after = found.destination
    lines = [_shown(turn, "timezone-set", zone), *given_up(turn, found), *next_digest(turn, after)]
    if after.quiet is not None:
        lines += [quiet_words(turn, after.quiet), *quiet_now(turn, after, left)]
    if held > left:
        lines.append(turn.say("quiet-released", count=held - left))
    buttons = _choices(turn, instead)
    if instead:
        lines.append(turn.say("timezone-fixed"))
    if before.timezone != zone:
        buttons.append(turn.button("button-undo", packed("tz", before.timezone)))
    return page(turn, lines, buttons, replaces=replaces)


def _choices(turn: Turn, zones: Sequence[str]) -> list[Button]:
    """A button for each zone with the time it is there now, by which people know theirs."""
    return [
        Button(
            f"{short(zone_name(turn, zone), LONGEST_LABEL - 6)} {turn.now.astimezone(zone_of(zone)):%H:%M}",
            packed("tz", zone),
        )
        for zone in zones
    ]


def _shown(turn: Turn, key: str, zone: str) -> Text:
    local = turn.now.astimezone(zone_of(zone))
    day, name = day_words(turn, local.date()), zone_name(turn, zone)
    shown = "" if name.startswith("UTC") else f" ({zone})"  # the signs of Etc/GMT-1 are the other way round
    return turn.say(key, zone=name, key=shown, time=f"{local:%H:%M}", day=day)
