"""What people do in Telegram, in the engine's words. Pure."""

from __future__ import annotations

from telegram import (
    CallbackQuery,
    ChatMember,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    MessageEntity,
    User,
)
from telegram import Chat as TelegramChat
from telegram.constants import ChatType

from adapters.telegram.faults import BLOCKED, NO_RIGHTS, REMOVED
from bot.messages import Person, Request
from bot.model import Address, Platform

LONGEST_TITLE = 100
OUTSIDE = frozenset({ChatMember.LEFT, ChatMember.BANNED})


def typed(message: Message, username: str) -> Request | None:
    """The request in a message or a channel's post, new or edited; None where the bot keeps silent.

    In a room only commands are heard, and not those that name another bot. Whether a person may change something
    there is not known yet; a channel's post and an anonymous admin speak for the room itself.
    """
    if message.media_group_id is not None:  # of an album one word is enough
        return None
    text = message.text or message.caption or ""
    if message.chat.type == ChatType.PRIVATE:
        if message.from_user is None:
            return None
        return _request(
            message.chat,
            thread(message),
            message.from_user,
            text=text,
            replied=_buttons(message.reply_to_message),
            attached=bool(message.effective_attachment),
        )
    if not _is_for(text, username) or message.is_automatic_forward or message.forward_origin:
        return None  # what a linked channel posts, or somebody passes on, was not said to us here
    people, place = _people(message), thread(message)
    if message.sender_chat is not None:
        return _spoken_by(message.sender_chat, message, text, people)
    if message.from_user is None or message.from_user.is_bot:
        return None
    return _request(message.chat, place, message.from_user, text=text, people=people)


def pressed(query: CallbackQuery) -> Request | None:
    """The request behind a button.

    None for a button that is not one of ours, and for one in a forum that is too old to tell its topic.
    """
    if query.message is None or not query.data:
        return None
    if not query.message.is_accessible and query.message.chat.is_forum:
        return None
    place = thread(query.message) if isinstance(query.message, Message) else None
    return _request(query.message.chat, place, query.from_user, press=query.data)


def closed(change: ChatMemberUpdated) -> str | None:
    """Why the chat cannot be written to any more; None where it can."""
    now = change.new_chat_member
    if now.status in OUTSIDE:
        return BLOCKED if change.chat.type == ChatType.PRIVATE else REMOVED
    if isinstance(now, ChatMemberRestricted) and not (now.is_member and now.can_send_messages):
        return NO_RIGHTS if now.is_member else REMOVED
    if change.chat.type == ChatType.CHANNEL and getattr(now, "can_post_messages", None) is False:
        return NO_RIGHTS
    return None


def arrival(change: ChatMemberUpdated) -> Request | None:
    """The bot came into a room: what is asked for is a greeting. None where it was there already."""
    before = change.old_chat_member
    came = before.status in OUTSIDE or (isinstance(before, ChatMemberRestricted) and not before.is_member)
    if change.chat.type == ChatType.PRIVATE or not came or closed(change):
        return None
    return _request(change.chat, None, change.from_user, text="/start")


def migration(message: Message) -> tuple[Address, Address] | None:
    """A group became a supergroup: its old and its new address. Both chats tell of it."""
    here = address_of(message.chat)
    if message.migrate_to_chat_id:
        return here, Address(Platform.TELEGRAM, str(message.migrate_to_chat_id))
    if message.migrate_from_chat_id:
        return Address(Platform.TELEGRAM, str(message.migrate_from_chat_id)), here
    return None


def private_chat(request: Request) -> Address:
    """Where the person is alone with us, if they ever began it."""
    return Address(Platform.TELEGRAM, request.sender)


def address_of(chat: TelegramChat, place: int | None = None) -> Address:
    return Address(Platform.TELEGRAM, str(chat.id), None if place is None else str(place))


def thread(message: Message) -> int | None:
    """The topic a message is in; a reply thread outside a forum has an id too, but is no place to write to."""
    return message.message_thread_id if message.is_topic_message else None


def _is_for(text: str, username: str) -> bool:
    """Whether it is a command that names us or nobody."""
    words = text.split(maxsplit=1)
    command, _, named = words[0].partition("@") if words else ("", "", "")
    return command.startswith("/") and len(command) > 1 and named.casefold() in {"", username.casefold()}


def _people(message: Message) -> tuple[Person, ...]:
    """Those a message mentions though they have no public name, or the one it answers."""
    entities = message.parse_entities([MessageEntity.TEXT_MENTION]) if message.text else {}
    mentioned = [entity.user for entity in entities if entity.user is not None and not entity.user.is_bot]
    if mentioned:
        return tuple(Person(str(user.id), user.full_name) for user in mentioned)
    to = message.reply_to_message
    if to is None or to.forum_topic_created is not None:  # in a topic everything answers its first message
        return ()
    if to.sender_chat is not None:
        who = to.sender_chat
        return () if who.id == message.chat.id else (Person(str(who.id), who.title or ""),)
    if to.from_user is None or to.from_user.is_bot:
        return ()
    return (Person(str(to.from_user.id), to.from_user.full_name),)


def _spoken_by(who: TelegramChat, message: Message, text: str, people: tuple[Person, ...]) -> Request:
    """Somebody speaks as a chat: as the room itself only its admins can, as another one anybody may."""
    return Request(
        address_of(message.chat, thread(message)),
        sender=str(who.id),
        text=text,
        title=_title(message.chat),
        private=False,
        may_change=who.id == message.chat.id,
        people=people,
    )


def _request(
    chat: TelegramChat,
    place: int | None,
    person: User,
    *,
    text: str | None = None,
    press: str | None = None,
    people: tuple[Person, ...] = (),
    replied: tuple[str, ...] = (),
    attached: bool = False,
) -> Request:
    private = chat.type == ChatType.PRIVATE
    return Request(
        address_of(chat, place),
        sender=str(person.id),
        text=text,
        press=press,
        title=_title(chat) or person.full_name[:LONGEST_TITLE],
        locale=person.language_code or "",
        private=private,
        may_change=private,
        handle=person.username or "",
        people=people,
        replied=replied,
        attached=attached,
    )


def _buttons(message: Message | None) -> tuple[str, ...]:
    """What the buttons under a message do. Only a bot's message has any, and in a private chat the bot is ours."""
    if message is None or message.reply_markup is None:
        return ()
    keys = [key for row in message.reply_markup.inline_keyboard for key in row]
    return tuple(key.callback_data for key in keys if isinstance(key.callback_data, str))


def _title(chat: TelegramChat) -> str:
    return (chat.title or "")[:LONGEST_TITLE]
