"""Who may change what a chat receives: a room's admins by the platform's own rights, and the managers they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.commands.turn import Sorry, Turn, reply
from bot.commands.wording import listed, rows, short
from bot.messages import Answer, Person, Request, Span, Text
from bot.texts import code, join

MOST_MANAGERS = 20  # of one chat
LONGEST_NAME = 24  # characters of a person's name: three of them fit a toast
NAMED = 3  # people named in a refusal

_PERSON = re.compile(r"(?<!\S)(?:<@!?(\d{1,20})>|(@\w{2,40})|(\d{1,20}))(?=[\s,]|$)")


class NotAllowed(Sorry):
    """A right is missing; it is said as a toast where a button was pressed."""


async def check_right(turn: Turn) -> None:
    """Return where the person may change what this chat receives. Raises NotAllowed, which says who may."""
    request = turn.request
    if request.may_change:
        return
    async with turn.storage.read() as work:
        managers = await work.managers.of(request.address)
    if any(manager.id == request.sender for manager in managers):
        return
    handle = f"@{request.handle}".casefold()
    named = next((manager for manager in managers if manager.id == handle), None)
    if named is not None and request.handle:
        async with turn.storage.write() as work:  # a handle can pass to somebody else, an id cannot
            await work.managers.identify(request.address, handle, Person(request.sender, named.name))
        return
    raise _refusal(turn, [*request.admins, *(manager.name for manager in managers)])


async def managers(turn: Turn, argument: str) -> Answer:
    """`/managers [add|remove] [@name]`: whom the admins let change what this chat receives."""
    if turn.request.private:
        return reply(turn.say("managers-private"))
    word, _, rest = argument.partition(" ")
    match word.casefold():
        case "add":
            return await _add(turn, rest)
        case "remove":
            return await _remove(turn, rest)
        case "":
            return await _list(turn)
    raise Sorry("managers-unclear")


async def _list(turn: Turn) -> Answer:
    async with turn.storage.read() as work:
        found = await work.managers.of(turn.request.address)
    lines = [turn.say("managers-admins", who=_right(turn.request, turn))]
    if found:
        lines.append(turn.say("managers", people=_names(turn, [person.name for person in found])))
    else:
        lines.append(turn.say("managers-none"))
    return reply(join([*lines, turn.say("managers-hint")]))


async def _add(turn: Turn, text: str) -> Answer:
    people = _pointed_at(turn, text)
    async with turn.storage.write() as work:
        destination = await turn.ensure(work)
        have = {person.id for person in await work.managers.of(turn.request.address)}
        new = [person for person in people if person.id not in have]
        if len(have) + len(new) > MOST_MANAGERS:
            raise Sorry("managers-too-many", most=MOST_MANAGERS)
        for person in new:
            await work.managers.put(destination.id, person, turn.now)
    undo = [turn.button("button-undo", f"/managers remove {person.id}") for person in new[:1] if len(new) == 1]
    key = "managers-added" if new else "managers-already"
    return reply(turn.say(key, people=_names(turn, [p.name for p in new or people])), keyboard=rows(undo))


async def _remove(turn: Turn, text: str) -> Answer:
    people = _pointed_at(turn, text)
    wanted = {person.id for person in people}
    async with turn.storage.write() as work:
        found = [
            person
            for person in await work.managers.of(turn.request.address)
            if person.id in wanted or person.name.casefold() in wanted
        ]
        for person in found:
            await work.managers.remove(turn.request.address, person.id)
    key = "managers-removed" if found else "managers-unknown"
    return reply(turn.say(key, people=_names(turn, [p.name for p in found or people])))


def _pointed_at(turn: Turn, text: str) -> list[Person]:
    """Whom a command names, by handle or id, or by mentioning or answering them. Raises Sorry."""
    if not turn.request.may_change:
        raise _refusal(turn, turn.request.admins, key="managers-by-admins")
    known = {person.id: person for person in turn.request.people}
    ids = [mention or handle.casefold() or number for mention, handle, number in _PERSON.findall(text)]
    people = [known.get(one) or Person(one, one) for one in dict.fromkeys(ids)] or list(known.values())
    if not people:
        raise Sorry("managers-whom")
    return people


def _refusal(turn: Turn, who: Sequence[str], *, key: str = "may-not-change") -> NotAllowed:
    right = _right(turn.request, turn)
    if not who:
        return NotAllowed(key, right=right)
    return NotAllowed(f"{key}-who", right=right, people=_names(turn, who))


def _right(request: Request, turn: Turn) -> Text:
    return turn.say(f"right-{request.right}")


def _names(turn: Turn, names: Sequence[str]) -> Text:
    shown: list[Text] = [(_name(name),) for name in names[:NAMED]]
    if len(names) > NAMED:
        shown.append(turn.say("and-more", count=len(names) - NAMED))
    return listed(turn.texts, shown)


def _name(name: str) -> Span:
    """A person's name as it can be shown without calling them: in most chats `@name` would."""
    shown = short(name, LONGEST_NAME)
    return code(shown) if any(mark in shown for mark in "@/") else Span(shown)
