"""`/pause`, `/resume` and `/status`: whether anything is sent here, and how things stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.commands.admission import whole_chat
from bot.commands.clock.setting import waiting_for, withdraw_digest
from bot.commands.clock.wording import next_digest, quiet_words
from bot.commands.parsing import LONGEST_PAUSE, parse_duration
from bot.commands.turn import Sorry, Turn, numbers, reply
from bot.commands.wording import day_and_time, lately, moment, rows
from bot.messages import Answer
from bot.model import Admission, Kind
from bot.texts import code, join
from bot.zones import zone_of

UNTIL_RESUMED = datetime(9999, 1, 1, tzinfo=UTC)
MORNING = 8  # o'clock, when "tomorrow" begins

LAST = {
    Kind.ALERT: "status-last-alert",
    Kind.FOLLOW: "status-last-follow",
    Kind.DIGEST: "status-last-digest",
    Kind.RECAP: "status-last-recap",
}
"""What `LastNews` can be."""

CURRENT = timedelta(hours=1)
"""A source that was not looked at for longer is not watched any more."""


async def pause(turn: Turn, argument: str) -> Answer:
    """`/pause [for]`: nothing is owed for so long, or until /resume."""
    zone = turn.destination.timezone if turn.destination else turn.defaults.timezone
    until = until_of(argument, turn.now, zone)
    if until is None:
        raise Sorry("pause-unclear", days=LONGEST_PAUSE.days)
    return await _pause(turn, until)


def until_of(text: str, now: datetime, timezone: str) -> datetime | None:
    """When a pause ends: after "2h", in the morning of "tomorrow", "" never by itself; None where it is unclear."""
    if not text:
        return UNTIL_RESUMED
    if text.casefold().strip(" .!").removeprefix("until ") == "tomorrow":
        day = now.astimezone(zone_of(timezone)) + timedelta(days=1)
        return day.replace(hour=MORNING, minute=0, second=0, microsecond=0).astimezone(UTC)
    length = parse_duration(text)
    return None if length is None else now + length


async def press_pause(turn: Turn, argument: str) -> Answer:
    """`pause:<seconds since 1970>`: the way back from /resume."""
    seconds = numbers(argument, 1)[0] or 0
    if not turn.now.timestamp() < seconds <= UNTIL_RESUMED.timestamp():
        raise Sorry("stale-button")
    return await _pause(turn, datetime.fromtimestamp(seconds, UTC), replaces=True)


async def _pause(turn: Turn, until: datetime, *, replaces: bool = False) -> Answer:
    async with turn.storage.write() as work:
        destination = await work.schedules.locked((await turn.ensure(work)).id)
        after, withdrawn = await withdraw_digest(work, destination, turn.now)
        if withdrawn:
            await work.schedules.put([after])
        dropped = await work.destinations.pause(destination.id, until, turn.now)
    if until >= UNTIL_RESUMED:
        lines = [turn.say("paused")]
    else:
        lines = [turn.say("paused-until", until=moment(turn.texts, until, destination.timezone))]
    if dropped:
        lines.append(turn.say("paused-dropped", count=dropped))
    if withdrawn:
        lines.append(turn.say("digest-withdrawn"))
    return reply(join(lines), keyboard=rows([turn.button("button-resume", "/resume")]), replaces=replaces)


async def resume(turn: Turn, _argument: str) -> Answer:
    """`/resume`: alerts again, but nothing of what came in between."""
    destination = turn.destination
    until = destination.paused_until if destination else None
    if destination is None or until is None or until <= turn.now:
        return reply(turn.say("not-paused"))
    async with turn.storage.write() as work:
        await work.destinations.resume(destination.id)
    buttons = [
        turn.button("button-undo", f"pause:{int(until.timestamp())}"),
        turn.button("button-latest", "/latest"),
    ]
    return reply(turn.say("resumed"), keyboard=rows(buttons))


async def status(turn: Turn, _argument: str) -> Answer:
    """`/status`: this chat, the sources and the queue."""
    destination = turn.destination
    async with turn.storage.read() as work:
        count = len(await turn.subscriptions(work))
        last = await work.told.last(destination.id) if destination else None
        admission = await work.access.of(destination.address) if destination and destination.barred else None
        sources = await work.sources.states()
        waiting = await work.deliveries.waiting()
        held = await waiting_for(work, destination.id) if destination else 0
    lines = [turn.say("status-subscriptions", count=count)]
    if destination and destination.barred:
        key = "status-banned" if admission is Admission.BANNED else "status-uninvited"
        lines.append(turn.say(key, order=code(f"/allow {whole_chat(destination.address)}")))
    elif destination and destination.paused_until and destination.paused_until > turn.now:
        if destination.paused_until >= UNTIL_RESUMED:
            lines.append(turn.say("status-paused"))
        else:
            until = moment(turn.texts, destination.paused_until, destination.timezone)
            lines.append(turn.say("status-paused-until", until=until))
    else:
        lines.append(turn.say("status-on"))
    if destination and last:
        when = day_and_time(turn.texts, last.at, turn.now, destination.timezone)
        lines.append(turn.say(LAST[last.kind], when=when))
    else:
        lines.append(turn.say("status-no-alert"))
    if destination:
        lines += next_digest(turn, destination)
        lines += [quiet_words(turn, destination.quiet)] if destination.quiet else []
        lines += [turn.say("quiet-held", count=held)] if held else []
    looked = max((source.looked_at for source in sources if source.looked_at), default=None)
    lines.append(
        turn.say("status-looked", ago=lately(turn.texts, looked, turn.now))
        if looked
        else turn.say("status-not-looked")
    )
    current = [source for source in sources if source.looked_at and turn.now - source.looked_at < CURRENT]
    if faults := sum(1 for source in current if source.fault):
        lines.append(turn.say("status-faults", count=faults))
    lines.append(turn.say("status-queue", count=waiting))
    return reply(join(lines), keyboard=rows([turn.button("button-list", "/subscriptions")]) if count else ())
