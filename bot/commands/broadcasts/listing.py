"""`/broadcasts`: what is planned, under way and over; each with its trail and with what can be done about it."""

from __future__ import annotations

from bot.broadcasts.desk import Elsewhere, NoCopies, correct
from bot.broadcasts.stages import Act, allowed
from bot.broadcasts.writing import written
from bot.cards import card_of
from bot.commands.broadcasts.acts import ACTS
from bot.commands.broadcasts.command import (
    OWN_WORDS,
    at,
    author_of,
    check_picture,
    check_private,
    desk_id_of,
    elsewhere,
    named_articles,
    zone_of,
)
from bot.commands.turn import Sorry, Turn, reply
from bot.commands.wording import day_and_time, moment, rows, short
from bot.messages import Answer, Button, Payload, Text
from bot.ports import Broadcast, Stage
from bot.texts import bold, join

LISTED = 10
TRAIL = 12  # of its lines are shown
LONGEST_TITLE = 50
VERBS = {
    "pause": Act.PAUSE,
    "resume": Act.RESUME,
    "stop": Act.STOP,
    "recall": Act.RECALL,
    "cancel": Act.CANCEL,
}


async def broadcasts(turn: Turn, argument: str) -> Answer:
    """`/broadcasts [number [pause|resume|stop|recall|cancel|at <time>|correct <text or story>]]`"""
    check_private(turn)
    if not argument:
        return await _list(turn)
    number, _, rest = argument.partition(" ")
    found = await _numbered(turn, number.lstrip("#"))
    verb, _, words = rest.strip().partition(" ")
    try:
        if not verb:
            return await detail(turn, found)
        if verb.casefold() in {"at", "on"} and words:
            return await at(turn, found, words)
        if verb.casefold() == "correct" and words:
            return await _correct(turn, found, words.strip())
        if verb.casefold() in VERBS and not words:
            return await ACTS[verb.casefold()](turn, found)
    except Elsewhere as wrong:
        raise elsewhere(turn, wrong) from None
    except NoCopies:
        raise Sorry("broadcast-no-copies") from None
    raise Sorry("broadcasts-how", id=found.id)


async def detail(turn: Turn, broadcast: Broadcast) -> Answer:
    """One broadcast: where it is, who did what, and the buttons for what can be done."""
    async with turn.storage.read() as work:
        trail = await work.broadcasts.trail(broadcast.id)
    zone = await zone_of(turn)
    lines = [_line(turn, broadcast, zone)]
    for deed in trail[-TRAIL:]:
        when = day_and_time(turn.texts, deed.at, turn.now, zone)
        who = deed.actor or turn.texts.plain("broadcast-itself")
        lines.append(turn.say(f"deed-{deed.what}", when=when, who=who, count=deed.count))
    return reply(join(lines), keyboard=rows(_buttons(turn, broadcast)))


def _buttons(turn: Turn, broadcast: Broadcast) -> list[Button]:
    found = [
        turn.button(f"button-broadcast-{verb}", f"bc:{verb}:{broadcast.id}")
        for verb, act in VERBS.items()
        if allowed(broadcast.stage, act) and (broadcast.payload_id or act is not Act.RECALL)
    ]
    if broadcast.stage is Stage.SCHEDULED:
        found.insert(0, turn.button("button-broadcast-later", f"bc:later:{broadcast.id}"))
    return found


async def _list(turn: Turn) -> Answer:
    async with turn.storage.read() as work:
        found = await work.broadcasts.listed(LISTED)
    if not found:
        return reply(turn.say("broadcasts-none"))
    zone = await zone_of(turn)
    lines = [turn.say("broadcasts-list"), *(_line(turn, one, zone) for one in found)]
    buttons = [turn.button("button-broadcast-show", f"bc:show:{one.id}", id=one.id) for one in found]
    return reply(join(lines), keyboard=rows(buttons, 5))


def _line(turn: Turn, broadcast: Broadcast, zone: str) -> Text:
    title = bold(short(broadcast.title, LONGEST_TITLE))
    stage = turn.texts.plain(f"stage-{broadcast.stage}")
    if broadcast.stage is Stage.SCHEDULED:
        at_ = moment(turn.texts, broadcast.due_at or turn.now, zone)
        return turn.say("broadcasts-line-due", id=broadcast.id, title=title, at=at_, count=broadcast.shown)
    return turn.say("broadcasts-line", id=broadcast.id, title=title, stage=stage, count=broadcast.total)


async def _numbered(turn: Turn, number: str) -> Broadcast:
    if not (number.isascii() and number.isdecimal() and len(number) <= 15):  # noqa: PLR2004 - an id of ours
        raise Sorry("broadcasts-which", typed=short(number, LONGEST_TITLE))
    async with turn.storage.read() as work:
        found = await work.broadcasts.get(int(number))
    if found is None:
        raise Sorry("broadcasts-which", typed=number)
    return found


async def _correct(turn: Turn, broadcast: Broadcast, words: str) -> Answer:
    """Other words, or another story, in the place of every copy."""
    await check_picture(turn, words)
    async with turn.storage.read() as work:
        own = words.casefold().startswith(OWN_WORDS)
        found = [] if own else await named_articles(work, words)
        if found:
            siblings = await work.articles.of_story(found[0].story_id) if found[0].story_id else []
            payload = Payload(cards=(card_of(found[0], siblings, await work.topics.catalogue()),))
        else:
            text, image = written(words[len(OWN_WORDS) :] if own else words)
            payload = Payload(text=text, image=image)
    here = await desk_id_of(turn)
    copies = await correct(turn.storage, broadcast, payload, author_of(turn), turn.now, desk_id=here)
    return reply(turn.say("broadcast-correcting", id=broadcast.id, count=copies))
