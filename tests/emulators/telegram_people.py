"""What people do in the chats of the loopback Telegram server; the bot hears of it as updates."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from itertools import count

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
    ) -> int:
        """Someone writes; the chat becomes known, and a private one that was blocked is open again.

        Returns the message id. In a channel it is a post, which has no author.
        """
        chat = self.add_chat(chat_id, chat_type, is_forum=message_thread_id is not None)
        author = self._author(chat, user_id, first_name, language_code)
        if chat.type == "private":
            chat.bot_status = "member"
        now = self.clock()
        body: Json = {"message_id": self.chats.next_message_id(), "date": int(now.timestamp()), "text": text}
        body |= {"chat": chat.body()} | command_entities(text)
        body |= {"sender_chat": chat.body()} if chat.type == "channel" else {"from": author}
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
        self._put("edited_message", message.body, None)

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
            "new_chat_member": member_body(bot, new),
        }
        self._put("my_chat_member", change)

    def block(self, chat_id: int) -> None:
        """403 from now on, with no update about it (`member(chat_id, "member", "kicked")` sends one)."""
        self.add_chat(chat_id).bot_status = "kicked"

    def migrate(self, chat_id: int, new_chat_id: int) -> None:
        """A group becomes a supergroup; the bot learns of it from the refusal."""
        self.add_chat(chat_id).migrated_to = new_chat_id
        self.add_chat(new_chat_id, "supergroup")

    def _author(self, chat: Chat, user_id: int | None, first_name: str, language_code: str) -> Json:
        """In a private chat the chat is the person; in a room Ann unless someone else is named."""
        who = user_id or (chat.id if chat.type == "private" else 777)
        if chat.type != "private":
            chat.members.setdefault(who, "member")
        return person(who, first_name, language_code)

    def _put(self, kind: str, body: Json, token: str | None = None) -> None:
        self._updates[token or self._token].put(kind, body)
