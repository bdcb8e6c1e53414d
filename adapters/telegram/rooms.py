"""A room spoken of in a private chat: `/subscribe ai 80 in @channel`. Its buttons carry the room along."""

from __future__ import annotations

import re
from dataclasses import replace

from telegram import Bot
from telegram.constants import ChatType
from telegram.error import TelegramError

from adapters.telegram.faults import fault
from adapters.telegram.posting import GENERAL
from adapters.telegram.render import ACTION_BYTES
from adapters.telegram.rights import Rights
from adapters.telegram.translate import LONGEST_TITLE
from bot.errors import DeliveryError, Gone, Rejected
from bot.messages import Answer, Button, Content, Digest, Keyboard, Notice, Request, Span, Text
from bot.model import Address, Platform
from bot.texts import bold, code, join, texts

_NAMED = re.compile(
    r"(.+?)\s+(?:in|en|في)\s+(?:(?:https://)?t\.me/|@)(?P<name>[A-Za-z]\w{3,31})(?:/(?P<topic>\d{1,10}))?\s*"
    r"|(.+?)\s+(?:in|en|في)\s+(?P<id>-\d{5,20})(?:/(?P<thread>\d{1,10}))?\s*",
    re.DOTALL,
)


_OWN_WORDS = re.compile(r"/broadcasts?\b")  # what stands behind it is an editor's text, which may well end so
LONGEST_COMMAND = 2000  # characters that are looked at


class NotThere(Exception):  # noqa: N818 - it ends a request with one sentence
    """Why a room cannot be spoken of: a key of the catalogue."""

    def __init__(self, key: str, room: str) -> None:
        super().__init__(key)
        self.key = key
        self.room = room


def named(words: str) -> tuple[str, str, str | None] | None:
    """`/command … in @room` or `… in -100123/7` as (the rest, the room, its thread); None for anything else."""
    found = _NAMED.fullmatch(words[:LONGEST_COMMAND])
    if found is None:
        return None
    thread = found["topic"] or found["thread"]
    place = f"@{found['name']}" if found["name"] else found["id"]
    return found[1] or found[4], place, None if thread == GENERAL else thread


async def about(bot: Bot, rights: Rights, request: Request) -> Request:
    """The request as one about the room that it names, or itself where it names none. Raises NotThere.

    Whoever is not in the room hears nothing of it; who may change it is judged there.
    """
    words = request.text if request.text is not None else request.press or ""
    spoken = words.startswith("/") and not _OWN_WORDS.match(words)
    found = named(words) if request.private and (request.press is not None or spoken) else None
    if found is None:
        return request
    rest, place, thread = found
    try:
        chat = await bot.get_chat(place)
        if chat.type == ChatType.PRIVATE:
            raise NotThere("room-unknown", place)
        if not await rights.presence(str(chat.id), request.sender):
            raise NotThere("room-stranger", place)
    except TelegramError as error:
        raise NotThere(_why(fault(error)), place) from None
    except DeliveryError as wrong:
        raise NotThere(_why(wrong), place) from None
    admins = await rights.admins(str(chat.id))
    return replace(
        request,
        address=Address(Platform.TELEGRAM, str(chat.id), thread),
        text=None if request.text is None else rest,
        press=None if request.press is None else rest,
        title=(chat.title or "")[:LONGEST_TITLE],
        private=False,
        may_change=request.sender in admins.ids,
        admins=admins.names,
        elsewhere=True,
        reader=request.address,
    )


def told_elsewhere(answer: Answer, request: Request, *, key: str = "room-about") -> Answer:
    """The answer for a private chat: it names the room, and its buttons go on speaking of it."""
    head = texts(answer.locale).text(key, room=bold(request.title))
    messages: list[Content] = []
    for number, content in enumerate(answer.messages):
        keyboard = _carrying(content.keyboard, request.address)
        if isinstance(content, Notice | Digest):
            text: Text = join([head, content.text]) if number == 0 else content.text
            messages.append(replace(content, text=text, keyboard=keyboard))
        else:
            messages.append(replace(content, keyboard=keyboard))
    return replace(answer, messages=tuple(messages))


def refusal(wrong: NotThere, request: Request, locale: str) -> Answer:
    """One sentence, or a toast under a pressed button."""
    words = texts(locale)
    if request.press is not None:
        return Answer(toast=words.plain(wrong.key, room=wrong.room))
    room: Span = code(wrong.room)
    return Answer((Notice(words.text(wrong.key, room=room)),), locale=locale)


def _carrying(keyboard: Keyboard, address: Address) -> Keyboard:
    """Buttons whose actions name the room; one that would be too long for Telegram is left out."""
    place = address.chat + (f"/{address.thread}" if address.thread else "")

    def carrying(button: Button) -> Button:
        return replace(button, action=f"{button.action} in {place}") if button.action else button

    rows = [[carrying(button) for button in row] for row in keyboard]
    kept = [tuple(button for button in row if len((button.action or "").encode()) <= ACTION_BYTES) for row in rows]
    return tuple(row for row in kept if row)


def _why(wrong: DeliveryError) -> str:
    return "room-unknown" if isinstance(wrong, Gone | Rejected) else "room-unreachable"
