"""What is said of a chat's clock: the next digest, its quiet hours, its time zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from babel.dates import format_date, get_day_names

from bot.commands.clock.times import clock
from bot.commands.clock.words import WEEKEND, WORKDAYS
from bot.commands.turn import Turn
from bot.digests.arranging import Arranged
from bot.digests.schedule import WEEKDAYS
from bot.messages import Span, Text
from bot.model import EVERY_DAY, Destination, Quiet, QuietMode
from bot.quiet import running
from bot.zones import place, zone_of


def zone_name(turn: Turn, timezone: str) -> str:
    """A zone as people call it: Berlin, UTC+5."""
    return place(timezone, turn.texts.locale)


def whose_time(turn: Turn, timezone: str) -> Text:
    """The words "your time" for a person who set a zone, else the zone itself."""
    name = zone_name(turn, timezone)
    if name.startswith("UTC"):
        return (Span(name),)
    return turn.say("time-yours") if turn.request.private else turn.say("time-of", place=name)


def day_words(turn: Turn, day: date) -> str:
    """A date with its weekday: Sat 28 Nov."""
    return format_date(day, "EEE d MMM", locale=turn.texts.locale)


def upcoming(turn: Turn, at: datetime, timezone: str) -> Text:
    """A moment ahead, as concrete as can be: "tomorrow, Sat 28 Nov, 08:00 your time"."""
    zone = zone_of(timezone)
    local, today = at.astimezone(zone), turn.now.astimezone(zone).date()
    near = {today: "coming-today", today + timedelta(days=1): "coming-tomorrow"}
    key = near.get(local.date(), "coming-later")
    return turn.say(key, day=day_words(turn, local.date()), time=f"{local:%H:%M}", whose=whose_time(turn, timezone))


def days_in_words(turn: Turn, days: int) -> str:
    """The weekdays of a schedule: "every day", "on weekdays", "on Mon and Thu"."""
    named = {EVERY_DAY: "days-all", WORKDAYS: "days-work", WEEKEND: "days-weekend"}
    if days in named:
        return turn.texts.plain(named[days])
    chosen = [n for n in range(len(WEEKDAYS)) if days >> n & 1]
    if len(chosen) == 1:
        return turn.texts.plain("days-one", day=str(get_day_names("wide", locale=turn.texts.locale)[chosen[0]]))
    names = get_day_names("abbreviated", locale=turn.texts.locale)
    return turn.texts.plain("days-some", days=turn.texts.plain("between-names").join(str(names[n]) for n in chosen))


def next_digest(turn: Turn, destination: Destination) -> list[Text]:
    """When the digest comes next, and whether a pause takes it; nothing for a chat that has none."""
    due, until = destination.digest_due, destination.paused_until
    if destination.digest is None or due is None:
        return []
    lines = [turn.say("digest-next", when=upcoming(turn, due, destination.timezone))]
    return [*lines, turn.say("digest-paused")] if until is not None and until > due else lines


def given_up(turn: Turn, found: Arranged) -> list[Text]:
    """The dates that have no digest after a change, and why."""
    lines = []
    if len(found.left_out) == 1:
        lines.append(turn.say("digest-left-out", day=day_words(turn, found.left_out[0])))
    elif found.left_out:
        first, last = (day_words(turn, day) for day in (found.left_out[0], found.left_out[-1]))
        lines.append(turn.say("digest-left-out-some", first=first, last=last))
    if found.had is not None:
        lines.append(turn.say("digest-had", day=day_words(turn, found.had)))
    return lines


def quiet_words(turn: Turn, quiet: Quiet) -> Text:
    """Quiet hours and what they do."""
    start, end = clock(quiet.start), clock(quiet.end)
    match quiet.mode:
        case QuietMode.HOLD:
            return turn.say("quiet-hold", start=start, end=end)
        case QuietMode.SILENCE:
            return turn.say("quiet-silent", start=start, end=end)
        case QuietMode.BAR:
            return turn.say("quiet-bar", start=start, end=end, bar=quiet.bar)


def quiet_now(turn: Turn, destination: Destination, held: int) -> list[Text]:
    """Whether they run at this moment, by whose clock, and how much waits."""
    window = running(destination, turn.now)
    if window is None:
        return [turn.say("quiet-clock", zone=zone_name(turn, destination.timezone))]
    lines = [turn.say("quiet-running", until=upcoming(turn, window.until, destination.timezone))]
    if held:
        lines.append(turn.say("quiet-held", count=held))
    return lines
