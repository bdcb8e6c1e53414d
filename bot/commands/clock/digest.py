"""`/digest`: when the digest of this chat comes, and what goes into it."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.clock.digest_now import digest_now
from bot.commands.clock.setting import begin_digest, change_clock, page
from bot.commands.clock.times import ImpossibleTime, Unclear, clock, means, parse_schedule
from bot.commands.clock.wording import days_in_words, given_up, next_digest
from bot.commands.clock.words import NOW, OFF
from bot.commands.turn import Sorry, Turn, numbers
from bot.commands.wording import LONGEST_NAME, packed, short
from bot.messages import Answer, Button, Text
from bot.model import EVERY_DAY, Destination, Schedule, Subscription

OFFERED = (7 * 60, 8 * 60, 18 * 60)  # minutes of the day, as buttons


async def digest(turn: Turn, argument: str) -> Answer:
    """`/digest [HH:MM [days]|off|now]`"""
    if not argument:
        return await digest_page(turn)
    if means(argument, OFF):
        return await _set(turn, None)
    if means(argument, NOW):
        return await digest_now(turn)
    usual = turn.destination.digest if turn.destination and turn.destination.digest else None
    try:
        schedule = parse_schedule(argument, usual or Schedule(turn.defaults.digest_minute))
    except ImpossibleTime as fault:
        raise Sorry("time-impossible", text=short(fault.word, LONGEST_NAME), example="/digest 08:00") from None
    except Unclear as fault:
        raise Sorry("digest-unclear", text=short(fault.word or argument, LONGEST_NAME)) from None
    return await _set(turn, schedule)


async def press_digest(turn: Turn, argument: str) -> Answer:
    """`dig:<minute>:<days>` and `dig:off`"""
    if argument == "off":
        return await _set(turn, None, replaces=True)
    minute, days = numbers(argument, 2)
    if minute is None or days is None or minute >= 24 * 60 or not 0 < days <= EVERY_DAY:
        raise Sorry("stale-button")
    return await _set(turn, Schedule(minute, days), replaces=True)


async def press_digest_all(turn: Turn, argument: str) -> Answer:
    """`digall:only`, `digall:both` and `digall:alerts`: what goes into the digest, for all topics at once."""
    if argument not in {"only", "both", "alerts"}:
        raise Sorry("stale-button")
    async with turn.storage.write() as work:
        have = await turn.subscriptions(work)
        undoable = all(
            one.digest_from is None for one in have.values()
        )  # else more was there than undoing brings back
        for one in have.values():
            await work.subscriptions.put(_moved(one, argument), turn.now)
        if have and argument != "alerts":
            destination = await begin_digest(turn, work, await turn.ensure(work))
    lines = [turn.say(f"digest-all-{argument}", count=len(have))]
    buttons = []
    if have and argument != "alerts":
        lines += next_digest(turn, destination)
        buttons += [turn.button("button-undo", "digall:alerts")] if undoable else []
    return page(turn, lines, buttons, replaces=True, toast=turn.texts.plain("toast-saved"))


def _moved(one: Subscription, to: str) -> Subscription:
    bar = one.alert_from if one.alert_from is not None else one.digest_from
    alert = None if to == "only" else bar
    return replace(one, alert_from=alert, digest_from=None if to == "alerts" else bar)


async def digest_page(turn: Turn, *, replaces: bool = False) -> Answer:
    """When the digest comes and what goes into it, with what can be changed about that."""
    destination = turn.destination
    if destination is None or destination.digest is None:
        return page(turn, [turn.say("digest-none")], [*_times(None), _now(turn)], replaces=replaces)
    lines = [_when(turn, destination), *next_digest(turn, destination)]
    more, offers = await _contents(turn)
    buttons = [_now(turn), turn.button("button-digest-off", "dig:off"), *_zone_button(turn, destination)]
    return page(turn, [*lines, *more], [*_times(destination.digest), *buttons, *offers], replaces=replaces)


async def _set(turn: Turn, schedule: Schedule | None, *, replaces: bool = False) -> Answer:
    if schedule is None and (turn.destination is None or turn.destination.digest is None):
        return page(turn, [turn.say("digest-was-off")], [], replaces=replaces)
    async with turn.storage.write() as work:
        before, found = await change_clock(turn, work, lambda destination: replace(destination, digest=schedule))
    after = found.destination
    undo = turn.button("button-undo", _undo(before))
    if after.digest is None:
        said = [turn.say("digest-off"), *([turn.say("digest-withdrawn")] if found.withdrawn else [])]
        buttons = [undo, *([_now(turn)] if found.withdrawn else [])]
        return page(turn, said, buttons, replaces=replaces)
    lines = [_when(turn, after), *given_up(turn, found), *next_digest(turn, after)]
    buttons = [_now(turn), *([undo] if before.digest != after.digest else []), *_zone_button(turn, after)]
    more, offers = await _contents(turn)
    return page(turn, [*lines, *more], [*buttons, *offers], replaces=replaces)


def _when(turn: Turn, destination: Destination) -> Text:
    schedule = destination.digest
    if schedule is None:
        return turn.say("digest-off")
    return turn.say("digest-set", days=days_in_words(turn, schedule.days), time=clock(schedule.minute))


def _undo(before: Destination) -> str:
    if before.digest is None:
        return "dig:off"
    return packed("dig", before.digest.minute, before.digest.days)


def _times(now: Schedule | None) -> list[Button]:
    """Other times than this one, on the same days."""
    days = now.days if now else EVERY_DAY
    return [Button(clock(m), packed("dig", m, days)) for m in OFFERED if now is None or m != now.minute]


def _now(turn: Turn) -> Button:
    return turn.button("button-digest-now", "/digest now")


def _zone_button(turn: Turn, destination: Destination) -> list[Button]:
    return [turn.button("button-timezone", "/timezone")] if destination.timezone == "UTC" else []


async def _contents(turn: Turn) -> tuple[list[Text], list[Button]]:
    """How many topics go into the digest; where none does, how digests and alerts relate, and what can be done."""
    async with turn.storage.read() as work:
        have = list((await turn.subscriptions(work)).values())
    if not have:
        return [turn.say("nothing-followed")], [turn.button("button-topics", "/topics")]
    count = sum(1 for one in have if one.digest_from is not None)
    if count:
        return [turn.say("digest-topics", count=count, all=len(have))], []
    offers = [
        turn.button("button-digest-only", "digall:only"),
        turn.button("button-digest-both", "digall:both"),
    ]
    return [turn.say("digest-no-topic")], offers
