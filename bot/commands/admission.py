"""Who may use the bot at all: `/ban` and `/allow` for admins, and the door that everybody else comes to."""

from __future__ import annotations

from bot.commands.turn import Sorry, Turn, reply
from bot.commands.wording import listed, short
from bot.messages import Answer, Text
from bot.model import Address, Admission
from bot.texts import code, join

NAMED = 30  # chats in one list
LONGEST_CHAT = 60  # characters of what was typed that are repeated


class Banned(Exception):  # noqa: N818 - it ends a turn, it is not a fault
    """The chat is banned: it gets no answer at all."""


async def check_admission(turn: Turn) -> None:
    """Return where this chat may use the bot. Raises Banned, or Sorry with the one sentence it gets instead."""
    async with turn.storage.read() as work:
        admission = await work.access.of(turn.request.address)
    if admission is Admission.BANNED:
        raise Banned
    if turn.defaults.invited_only and admission is None:
        raise Sorry("not-let-in", chat=code(str(whole_chat(turn.request.address))))


async def ban(turn: Turn, argument: str) -> Answer:
    """`/ban <destination|list>`: no answers there, and nothing owed any more."""
    if argument.casefold() == "list":
        return await _list(turn)
    chat = _named(argument)
    if (chat.platform.value, chat.chat) in turn.defaults.admins:
        raise Sorry("ban-admin")
    return await _decide(turn, chat, Admission.BANNED)


async def allow(turn: Turn, argument: str) -> Answer:
    """`/allow <destination>`: let a chat in, or lift its ban."""
    return await _decide(turn, _named(argument), Admission.ALLOWED)


async def _decide(turn: Turn, chat: Address, admission: Admission) -> Answer:
    async with turn.storage.write() as work:
        await work.access.put(chat, admission, turn.now)
    return reply(turn.say(f"access-{admission.value}", chat=code(str(chat))))


async def _list(turn: Turn) -> Answer:
    """Who is banned; where chats need an invitation, also who has one."""
    lines: list[Text] = []
    kinds = [Admission.BANNED, Admission.ALLOWED] if turn.defaults.invited_only else [Admission.BANNED]
    async with turn.storage.read() as work:
        for admission in kinds:
            found = await work.access.decided(admission)
            chats: list[Text] = [(code(str(chat)),) for chat in found[-NAMED:][::-1]]
            if len(found) > NAMED:
                chats.append(turn.say("and-more", count=len(found) - NAMED))
            key = f"access-list-{admission.value}" if chats else f"access-none-{admission.value}"
            lines.append(turn.say(key, chats=listed(turn.texts, chats)) if chats else turn.say(key))
    return reply(join(lines))


def _named(argument: str) -> Address:
    try:
        return whole_chat(Address.parse(argument))
    except ValueError:
        typed = code(short(argument, LONGEST_CHAT)) if argument else ""
        raise Sorry("access-which", typed=typed, given="yes" if argument else "no") from None


def whole_chat(address: Address) -> Address:
    """A decision is about a whole chat, with all its threads."""
    return Address(address.platform, address.chat)
