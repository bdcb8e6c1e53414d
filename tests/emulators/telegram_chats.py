"""Who is there: people, chats, topics, and the messages that stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from tests.emulators.telegram_records import Json, Refused, Sent, bad_request

GENERAL_TOPIC = 1
"""Refused as a thread id: General is addressed without one (GENERAL_FORUM_TOPIC_ID, check_message_topic)."""

_NO_RIGHTS = "Bad Request: not enough rights to send text messages to the chat"
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]+)?")
_RIGHTS = (  # of ChatMemberAdministrator
    "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
    "can_restrict_members can_promote_members can_change_info can_invite_users can_post_stories "
    "can_edit_stories can_delete_stories can_pin_messages can_manage_topics"
)
_PERMISSIONS = (  # of ChatMemberRestricted
    "is_member can_change_info can_invite_users can_pin_messages can_send_messages can_send_polls "
    "can_send_other_messages can_add_web_page_previews can_manage_topics can_send_audios can_send_documents "
    "can_send_photos can_send_videos can_send_video_notes can_send_voice_notes can_edit_tag can_react_to_messages"
)


@dataclass(slots=True)
class Message:
    """A message that stands in a chat: `body` is the Bot API object; `sent` is None for a person's own."""

    body: Json
    at: datetime
    sent: Sent | None = None


@dataclass(slots=True)
class Chat:
    """`bot_status` is the bot's membership (in a private chat `kicked` = blocked by the user).

    `threads`: open, closed or gone, by id; `members`: status by user id, with `names` for those who are not Ann;
    `anonymous` are admins who write as the room. `username` is a public room's name, without @. `denied` are rights
    that nobody has who is no admin (of ChatPermissions), in a channel those the bot as an admin lacks.
    """

    id: int
    type: str
    title: str
    is_forum: bool = False
    bot_status: str = "member"
    migrated_to: int | None = None
    threads: dict[int, str] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    anonymous: set[int] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    username: str = ""

    def member(self, user_id: int) -> Json:
        """A person as a ChatMember."""
        user = {"id": user_id, "is_bot": False, "first_name": self.names.get(user_id, "Ann")}
        body = member_body(user, self.members.get(user_id, "left"))
        return body | {"is_anonymous": True} if user_id in self.anonymous else body

    def bot_member(self, bot: Json) -> Json:
        """The bot as a ChatMember; in a channel an admin may post unless that is `denied`."""
        body = member_body(bot, self.bot_status)
        if self.type == "channel" and self.bot_status == "administrator":
            body |= {"can_post_messages": "can_post_messages" not in self.denied}
        return body

    def permissions(self) -> Json:
        """ChatPermissions: what all who are no admins may do."""
        return {right: right not in self.denied for right in _PERMISSIONS.split() if right != "is_member"}

    def body(self) -> Json:
        if self.type == "private":
            return {"id": self.id, "type": self.type, "first_name": self.title}
        forum = {"is_forum": True} if self.is_forum else {}
        name = {"username": self.username} if self.username else {}
        return {"id": self.id, "type": self.type, "title": self.title, **forum, **name}

    def check_access(self) -> None:
        """Raises Refused where the bot may not write; words of check_chat_access in SRV Client.cpp."""
        if self.migrated_to is not None:
            raise Refused(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                parameters={"migrate_to_chat_id": self.migrated_to},
                commanded=True,
            )
        match self.type, self.bot_status:
            case "private", "kicked":
                raise Refused(403, "Forbidden: bot was blocked by the user", commanded=True)
            case _, "kicked":
                raise Refused(403, f"Forbidden: bot was kicked from the {self.type} chat", commanded=True)
            case _, "left":
                raise Refused(403, f"Forbidden: bot is not a member of the {self.type} chat", commanded=True)
            case _, "restricted":
                raise Refused(400, _NO_RIGHTS, commanded=True)
            case "channel", "member":
                raise Refused(400, "Bad Request: need administrator rights in the channel chat", commanded=True)
            case "channel", _ if "can_post_messages" in self.denied:
                raise Refused(400, "Bad Request: not enough rights to post messages in the chat", commanded=True)
            case _, "member" if "can_send_messages" in self.denied:
                raise Refused(400, _NO_RIGHTS, commanded=True)

    def check_thread(self, thread_id: int | None) -> None:
        """Raises Refused for a topic that is unknown, gone, closed, or General by its number."""
        if thread_id is None:
            return
        state = self.threads.get(thread_id)
        if state == "closed":
            raise Refused(400, "Bad Request: TOPIC_CLOSED", commanded=True)
        if state != "open" or thread_id == GENERAL_TOPIC:
            raise Refused(400, "Bad Request: message thread not found", commanded=state == "gone")


class Chats:
    """Chats become known by `add`; a bot cannot write to others. Message ids are never given twice."""

    def __init__(self) -> None:
        self.known: dict[int, Chat] = {}
        self.messages: dict[tuple[int, int], Message] = {}
        self._message_ids = count(1)

    def add(
        self, chat_id: int, kind: str | None = None, title: str | None = None, *, is_forum: bool = False
    ) -> Chat:
        """The chat, made known when it is not yet; its kind follows from the id where it is not given."""
        chat = self.known.get(chat_id)
        if chat is None:
            kind = kind or _kind_of(chat_id)
            chat = self.known[chat_id] = Chat(chat_id, kind, title or ("Ann" if chat_id > 0 else "A room"))
            chat.bot_status = "administrator" if kind == "channel" else "member"
        chat.is_forum = chat.is_forum or is_forum
        return chat

    def find(self, chat_id: int | str) -> Chat:
        """By id, or a public room by @name. Raises Refused (400 chat not found)."""
        name = str(chat_id)
        if name.startswith("@"):
            chat_id = next((one.id for one in self.known.values() if f"@{one.username}" == name), name)
        try:
            return self.known[int(chat_id)]
        except (KeyError, ValueError) as error:
            raise bad_request("chat not found") from error

    def next_message_id(self) -> int:
        return next(self._message_ids)

    def message(self, parameters: Json, role: str) -> Message:
        """The message that parameters name. Raises Refused (400 `role` not found)."""
        chat = self.find(parameters.get("chat_id", ""))
        found = self.messages.get((chat.id, parameters.get("message_id", 0)))
        if found is None:
            raise bad_request(f"{role} not found")
        return found

    def standing(self, chat_id: int) -> list[Sent]:
        """What the bot wrote to a chat, as it reads now: edits made, deleted ones gone."""
        return [message.sent for (chat, _), message in self.messages.items() if chat == chat_id and message.sent]


def command_entities(text: str) -> Json:
    """`entities` with the commands in a person's text, or nothing."""
    found = [
        {"type": "bot_command", "offset": _utf16(text[: command.start()]), "length": len(command[0])}
        for command in _COMMAND.finditer(text)
    ]
    return {"entities": found} if found else {}


def person(user_id: int, first_name: str, language_code: str, username: str = "") -> Json:
    name = {"username": username} if username else {}
    return {"id": user_id, "is_bot": False, "first_name": first_name, "language_code": language_code, **name}


def member_body(user: Json, status: str) -> Json:
    """A ChatMember with every field its status requires."""
    extra: Json = {}
    match status:
        case "administrator":
            extra = dict.fromkeys(_RIGHTS.split(), True) | {"is_anonymous": False}
        case "creator":
            extra = {"is_anonymous": False}
        case "restricted":
            extra = dict.fromkeys(_PERMISSIONS.split(), False) | {"is_member": True, "until_date": 0}
        case "kicked":
            extra = {"until_date": 0}
    return {"user": user, "status": status, **extra}


def drop_empty(pairs: Iterable[tuple[str, Any]]) -> Json:
    """A JSON object of the pairs that carry something."""
    return {name: value for name, value in pairs if value not in (None, False, (), "", [], {})}


def _kind_of(chat_id: int) -> str:
    if chat_id > 0:
        return "private"
    return "supergroup" if str(chat_id).startswith("-100") else "group"


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
