"""What people do in Telegram, in the engine's words. Pure."""

from __future__ import annotations

from telegram import CallbackQuery, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message, User
from telegram import Chat as TelegramChat
from telegram.constants import ChatType

from adapters.telegram.faults import BLOCKED, NO_RIGHTS, REMOVED
from bot.messages import Request
from bot.model import Address, Platform

LONGEST_TITLE = 100
LOCALE = "en"  # for clients that tell no language


def typed(message: Message, username: str) -> Request | None:
    """The request in a message, new or edited; None where the bot keeps silent.

    In a room only a command with the bot's name on it is meant for it, and for now nothing can be changed there.
    """
    if message.from_user is None or message.media_group_id is not None:  # of an album one word is enough
        return None
    text = message.text or message.caption or ""
    private = message.chat.type == ChatType.PRIVATE
    if not private and not _is_for(text, username):
        return None
    return _request(message.chat, thread(message), message.from_user, text=text)


def pressed(query: CallbackQuery) -> Request | None:
    """The request behind a button; None for a button that is not one of ours."""
    if query.message is None or not query.data:
        return None
    place = thread(query.message) if isinstance(query.message, Message) else None
    return _request(query.message.chat, place, query.from_user, press=query.data)


def closed(change: ChatMemberUpdated) -> str | None:
    """Why the chat cannot be written to any more; None where it can."""
    now = change.new_chat_member
    if now.status in {ChatMember.BANNED, ChatMember.LEFT}:
        return BLOCKED if change.chat.type == ChatType.PRIVATE else REMOVED
    if isinstance(now, ChatMemberRestricted) and not now.can_send_messages:
        return NO_RIGHTS
    return None


def address_of(chat: TelegramChat, place: int | None = None) -> Address:
    return Address(Platform.TELEGRAM, str(chat.id), None if place is None else str(place))


def thread(message: Message) -> int | None:
    """The topic a message is in; a reply thread outside a forum has an id too, but is no place to write to."""
    return message.message_thread_id if message.is_topic_message else None


def _is_for(text: str, username: str) -> bool:
    command = text.partition(" ")[0].partition("\n")[0].casefold()
    return command.startswith("/") and command.endswith(f"@{username.casefold()}")


def _request(
    chat: TelegramChat, place: int | None, person: User, *, text: str | None = None, press: str | None = None
) -> Request:
    private = chat.type == ChatType.PRIVATE
    return Request(
        address_of(chat, place),
        sender=str(person.id),
        text=text,
        press=press,
        title=(chat.title or person.full_name)[:LONGEST_TITLE],
        locale=person.language_code or LOCALE,
        private=private,
        may_change=private,
    )
