"""What people do in the chats of the loopback Telegram server; the bot hears of it as updates."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from itertools import count
from typing import Any

from tests.emulators.telegram_chats import Chat, Chats, Message, command_entities, member_body, person
from tests.emulators.telegram_records import Json, Sent, bot_of
from tests.emulators.telegram_updates import Updates


class People:
    """Everyone who is not the bot. They act towards the first token unless told otherwise."""

    def __init__(self, tokens: Collection[str], clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.chats = Chats()
        self._updates = {token: Updates() for token in tokens}
        self._token = next(iter(tokens))
        self._pressed: dict[str, datetime] = {}  # by callback query id
        self._callback_ids = count(4_000_000_001)

    def add_chat(
        self, chat_id: int, kind: str | None = None, *, title: str | None = None, is_forum: bool = False
    ) -> Chat:
        """Make a chat known; its kind follows from the id (positive: private, -100...: supergroup, else group).

        On the Chat `members[user_id] = "administrator"` and `threads[7] = "open"` (or closed, gone) may be set.
        """
        return self.chats.add(chat_id, kind, title, is_forum=is_forum)

    async def say(
        self,
        chat_id: int,
        text: str,
        *,
        user_id: int | None = None,
        first_name: str = "Ann",
        language_code: str = "en",
        chat_type: str | None = None,
        message_thread_id: int | None = None,
        token: str | None = None,
        username: str = "",
        sender_chat: int | None = None,
        reply_to: int | None = None,
        mentioned: Json | None = None,
        forwarded: bool = False,
        automatic: bool = False,
    ) -> int:
        """Someone writes; the chat becomes known, and a private one that was blocked is open again.

        Returns the message id. In a channel it is a post, which has no author. With `sender_chat` somebody speaks
        as a chat: as the room itself an anonymous admin, as another one a channel, by hand or (`automatic`) by its
        discussion group. `reply_to` is a message id, `mentioned` a user whose first name stands in the text.
        """
        chat = self.add_chat(chat_id, chat_type, is_forum=message_thread_id is not None)
        author = self._author(chat, user_id, first_name, language_code, username)
        if chat.type == "private":
            chat.bot_status = "member"
        now = self.clock()
        body: Json = {"message_id": self.chats.next_message_id(), "date": int(now.timestamp()), "text": text}
        body |= {"chat": chat.body()} | command_entities(text)
        if sender_chat is not None and chat.type != "channel":
            speaker = self.chats.known[sender_chat].body()
            body |= {"from": _stand_in(chat.id, sender_chat, automatic=automatic), "sender_chat": speaker}
        else:
            body |= {"sender_chat": chat.body()} if chat.type == "channel" else {"from": author}
        body |= self._context(chat, reply_to, message_thread_id)
        if mentioned:
            at = len(text[: text.index(mentioned["first_name"])].encode("utf-16-le")) // 2
            length = len(mentioned["first_name"].encode("utf-16-le")) // 2
            entity = {"type": "text_mention", "offset": at, "length": length, "user": mentioned}
            body["entities"] = [*body.get("entities", []), entity]
        if forwarded:
            body["forward_origin"] = {"type": "hidden_user", "date": body["date"], "sender_user_name": "Somebody"}
        if automatic:
            body["is_automatic_forward"] = True
        if message_thread_id is not None:
            chat.threads.setdefault(message_thread_id, "open")
            body |= {"message_thread_id": message_thread_id, "is_topic_message": True}
        self.chats.messages[chat_id, body["message_id"]] = Message(body, now)
        self._put("channel_post" if chat.type == "channel" else "message", body, token)
        message_id: int = body["message_id"]
        return message_id

    async def press(
        self,
        message: Sent,
        button: str,
        *,
        user_id: int | None = None,
        first_name: str = "Ann",
        language_code: str = "en",
        forged: bool = False,
    ) -> str:
        """Someone presses a button of `message` as it was, by label or callback data, even if it is gone since.

        Returns the callback query id. Raises LookupError for a button that is not there, unless `forged`:
        then `button` is sent as callback data that no button carried.
        """
        found = [one.data for row in message.buttons for one in row if one.data and button in {one.text, one.data}]
        if not found and not forged:
            raise LookupError(f"no callback button {button!r} among {list(message.labels)}")
        chat = self.chats.known[message.chat_id]
        standing = self.chats.messages.get((message.chat_id, message.message_id))
        gone = {"chat": chat.body(), "message_id": message.message_id, "date": 0}  # InaccessibleMessage
        query_id = str(next(self._callback_ids))
        self._pressed[query_id] = self.clock()
        query = {
            "id": query_id,
            "from": self._author(chat, user_id, first_name, language_code),
            "message": standing.body if standing else gone,
            "chat_instance": str(message.chat_id),
            "data": found[0] if found else button,
        }
        self._put("callback_query", query, message.token)
        return query_id

    async def edit(self, chat_id: int, message_id: int, text: str) -> None:
        """Someone rewrites a message they wrote (its id is what `say` returned)."""
        message = self.chats.messages[chat_id, message_id]
        message.body |= {"text": text, "edit_date": int(self.clock().timestamp())}
        message.body = {name: value for name, value in message.body.items() if name != "entities"}
        message.body |= command_entities(text)
        kind = "edited_channel_post" if self.chats.known[chat_id].type == "channel" else "edited_message"
        self._put(kind, message.body, None)

    async def member(self, chat_id: int, old: str, new: str, *, user_id: int | None = None) -> None:
        """The bot's membership changes, by someone's hand: kicked, left, restricted, member, administrator.

        In a private chat `kicked` means blocked. From then on sends are answered accordingly.
        """
        chat = self.add_chat(chat_id)
        chat.bot_status = new
        bot = bot_of(self._token)
        change = {
            "chat": chat.body(),
            "from": self._author(chat, user_id, "Ann", "en"),
            "date": int(self.clock().timestamp()),
            "old_chat_member": member_body(bot, old),
            "new_chat_member": chat.bot_member(bot),
        }
        self._put("my_chat_member", change)

    def block(self, chat_id: int) -> None:
        """403 from now on, with no update about it (`member(chat_id, "member", "kicked")` sends one)."""
        self.add_chat(chat_id).bot_status = "kicked"

    def migrate(self, chat_id: int, new_chat_id: int) -> None:
        """A group becomes a supergroup; the bot learns of it from the refusal."""
        self.add_chat(chat_id).migrated_to = new_chat_id
        self.add_chat(new_chat_id, "supergroup").members.update(self.add_chat(chat_id).members)

    def tell_migration(self, chat_id: int, new_chat_id: int) -> None:
        """As `migrate`, and both chats tell of it by their service messages."""
        self.migrate(chat_id, new_chat_id)
        self._serve(chat_id, migrate_to_chat_id=new_chat_id)
        self._serve(new_chat_id, migrate_from_chat_id=chat_id)

    def reopen(self, chat_id: int, thread_id: int) -> None:
        """A closed topic is opened again, and a service message in it tells so."""
        self.chats.known[chat_id].threads[thread_id] = "open"
        self._serve(chat_id, forum_topic_reopened={}, message_thread_id=thread_id, is_topic_message=True)

    def _serve(self, chat_id: int, **told: Any) -> None:
        chat = self.chats.known[chat_id]
        now = int(self.clock().timestamp())
        body = {"message_id": self.chats.next_message_id(), "date": now, "chat": chat.body()}
        self._put("message", body | {"from": self._author(chat, None, "Ann", "en")} | told)

    def _context(self, chat: Chat, reply_to: int | None, thread_id: int | None) -> Json:
        """What a message answers; in a topic that is its first message where nothing else is."""
        if reply_to is not None:
            answered = self.chats.messages[chat.id, reply_to].body
            return {
                "reply_to_message": {name: part for name, part in answered.items() if name != "reply_to_message"}
            }
        if thread_id is None:
            return {}
        made = {"message_id": thread_id, "date": 0, "chat": chat.body(), "from": person(1, "Owner", "en")}
        topic = {"name": "A topic", "icon_color": 7322096}
        return {"reply_to_message": made | {"forum_topic_created": topic, "message_thread_id": thread_id}}

    def _author(
        self, chat: Chat, user_id: int | None, first_name: str, language_code: str, username: str = ""
    ) -> Json:
        """In a private chat the chat is the person; in a room Ann unless someone else is named."""
        who = user_id or (chat.id if chat.type == "private" else 777)
        if chat.type != "private":
            chat.members.setdefault(who, "member")
        return person(who, first_name, language_code, username)

    def _put(self, kind: str, body: Json, token: str | None = None) -> None:
        self._updates[token or self._token].put(kind, body)


def _stand_in(chat_id: int, sender_chat: int, *, automatic: bool) -> Json:
    """The account that stands for whoever speaks as a chat (https://core.telegram.org/bots/api#message, `from`)."""
    if automatic:
        return {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    if sender_chat == chat_id:
        return {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    return {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
