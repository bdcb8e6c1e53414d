"""The methods of the Bot API, played by their rules: https://core.telegram.org/bots/api#available-methods."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tests.emulators.telegram_chats import Chat, Chats
from tests.emulators.telegram_messages import Messages
from tests.emulators.telegram_records import Answer, Call, Json, Ledger, Refused, bad_request
from tests.emulators.telegram_rules import (
    CHAT_ACTIONS,
    NOTICE_LENGTH,
    Rules,
    check_language,
    checked_commands,
)
from tests.emulators.telegram_updates import Updates

_WORD_BORDER = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DESCRIPTION_LENGTHS = {"description": 512, "short_description": 120}


class Methods:
    """`play` answers a call with the `result` of the response; Refused is raised for what breaks a rule."""

    def __init__(
        self,
        chats: Chats,
        ledger: Ledger,
        rules: Rules,
        updates: Mapping[str, Updates],
        pressed: Mapping[str, datetime],
    ) -> None:
        self.chats = chats
        self.ledger = ledger
        self.rules = rules
        self.messages = Messages(chats, ledger, rules)
        self.updates = updates  # by token
        self.pressed = pressed  # when, by callback query id
        self._played: dict[str, Callable[[Call], Any]] = {}

    async def play(self, call: Call) -> Any:
        """Raises Refused, also for a method of the Bot API that is not played here."""
        if call.method == "getUpdates":
            return await self.get_updates(call)
        played = self._played.get(call.method)
        if played is None:
            name = _WORD_BORDER.sub("_", call.method).lower()
            owner = self if hasattr(self, name) else self.messages
            played = getattr(owner, name, None)
            if played is None:
                raise bad_request(f"{call.method} is not played by this server")
            self._played[call.method] = played
        return played(call)

    # ---------------------------------------------------------------- updates

    async def get_updates(self, call: Call) -> list[Json]:
        asked = call.parameters
        limit = min(max(asked.get("limit", 100), 1), 100)
        updates = self.updates[call.token]
        return await updates.poll(
            asked.get("offset", 0), limit, asked.get("timeout", 0), asked.get("allowed_updates")
        )

    def delete_webhook(self, call: Call) -> bool:
        if call.parameters.get("drop_pending_updates"):
            self.updates[call.token].pending.clear()
        return True

    def get_webhook_info(self, call: Call) -> Json:
        waiting = len(self.updates[call.token].pending)
        return {"url": "", "has_custom_certificate": False, "pending_update_count": waiting}

    # ---------------------------------------------------------------- the bot itself

    def get_me(self, call: Call) -> Json:
        return call.bot | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def set_my_commands(self, call: Call) -> bool:
        key = self._scope(call)
        self.ledger.commands[key] = checked_commands(call.parameters["commands"])
        return True

    def delete_my_commands(self, call: Call) -> bool:
        self.ledger.commands.pop(self._scope(call), None)
        return True

    def get_my_commands(self, call: Call) -> list[Json]:
        return self.ledger.commands.get(self._scope(call), [])

    def _scope(self, call: Call) -> tuple[str, str]:
        """(scope, language): `default`, `all_private_chats`, ..., `chat:5`, `chat_member:-1001:5`."""
        language = call.parameters.get("language_code", "")
        check_language(language)
        scope = call.parameters.get("scope", {"type": "default"})
        place = [str(scope[part]) for part in ("chat_id", "user_id") if part in scope]
        if place:
            self.chats.find(place[0])
        return ":".join([scope["type"], *place]), language

    def set_my_description(self, call: Call) -> bool:
        return self._describe(call, "description")

    def set_my_short_description(self, call: Call) -> bool:
        return self._describe(call, "short_description")

    def _describe(self, call: Call, kind: str) -> bool:
        """0-512 or 0-120 characters; the wording of this refusal is not confirmed."""
        text, language = call.parameters.get(kind, ""), call.parameters.get("language_code", "")
        check_language(language)
        if len(text) > _DESCRIPTION_LENGTHS[kind]:
            raise bad_request(f"{kind.replace('_', ' ')} is too long")
        self.ledger.descriptions[kind, language] = text
        return True

    # ---------------------------------------------------------------- people and chats

    def answer_callback_query(self, call: Call) -> bool:
        """Words of QUERY_ID_INVALID in SRV; how long a query may wait is not documented."""
        asked = call.parameters
        pressed = self.pressed.get(asked["callback_query_id"])
        if pressed is None or (call.at - pressed).total_seconds() > self.rules.callback_seconds:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if len(asked.get("text", "")) > NOTICE_LENGTH:
            raise bad_request("MESSAGE_TOO_LONG")
        answer = Answer(asked["callback_query_id"], asked.get("text", ""), asked.get("show_alert", False), call.at)
        self.ledger.answered.append(answer)
        return True

    def send_chat_action(self, call: Call) -> bool:
        if call.parameters["action"] not in CHAT_ACTIONS.split():
            raise bad_request("Wrong parameter action in request")
        chat = self.chats.find(call.parameters["chat_id"])
        chat.check_access()
        chat.check_thread(call.parameters.get("message_thread_id"))
        return True

    def get_chat(self, call: Call) -> Json:
        chat = self.chats.find(call.parameters["chat_id"])
        _check_inside(chat)
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
        accepted = dict.fromkeys((*gifts, "gifts_from_channels"), False)
        return chat.body() | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": accepted,
            **({} if chat.type == "private" else {"permissions": chat.permissions()}),
        }

    def get_chat_member(self, call: Call) -> Json:
        chat = self.chats.find(call.parameters["chat_id"])
        user_id = call.parameters["user_id"]
        _check_inside(chat)
        if user_id == call.bot["id"]:
            return chat.bot_member(call.bot)
        if chat.type == "private":
            chat.members.setdefault(chat.id, "member")
        _check_list(chat)
        return chat.member(user_id)

    def get_chat_administrators(self, call: Call) -> list[Json]:
        chat = self.chats.find(call.parameters["chat_id"])
        if chat.type == "private":
            raise bad_request("there are no administrators in the private chat")
        _check_inside(chat)
        _check_list(chat)
        admins = [user_id for user_id, status in chat.members.items() if status in {"creator", "administrator"}]
        return [chat.member(user_id) for user_id in admins]

    def get_file(self, call: Call) -> Json:
        file_id = call.parameters["file_id"]
        content = self.messages.files.get(file_id)
        if content is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return {
            "file_id": file_id,
            "file_unique_id": f"unique-{file_id}",
            "file_size": len(content),
            "file_path": f"photos/{file_id}.jpg",
        }


def _check_inside(chat: Chat) -> None:
    """Raises Refused where the bot was removed: a room is no longer its business (SRV check_chat_access)."""
    if chat.type != "private" and chat.bot_status in {"kicked", "left"}:
        words = "was kicked from" if chat.bot_status == "kicked" else "is not a member of"
        raise Refused(403, f"Forbidden: bot {words} the {chat.type} chat", commanded=True)


def _check_list(chat: Chat) -> None:
    """Raises Refused where the members of a channel are not shown to the bot: it must be an admin there."""
    if chat.type == "channel" and chat.bot_status != "administrator":
        raise Refused(400, "Bad Request: member list is inaccessible", commanded=True)
