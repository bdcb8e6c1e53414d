"""Messages: sent, edited, deleted, each within the rules and the rates."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.emulators.telegram_chats import Chat, Chats, Message, drop_empty
from tests.emulators.telegram_entities import MOST_ENTITIES, Formatted
from tests.emulators.telegram_rates import Rates, too_many_requests
from tests.emulators.telegram_records import Call, Deletion, Json, Ledger, Refusal, Sent, bad_request
from tests.emulators.telegram_rules import (
    Rules,
    check_caption,
    check_photo,
    check_text,
    formatted_text,
    inline_buttons,
    link_preview,
    not_modified,
)

DELETABLE = timedelta(hours=48)  # https://core.telegram.org/bots/api#deletemessage


class Messages:
    """What a chat reads. `files` are uploads by file id; a photo sent by URL is known, but empty."""

    def __init__(self, chats: Chats, ledger: Ledger, rules: Rules) -> None:
        self.chats = chats
        self.ledger = ledger
        self.rules = rules
        self.rates = Rates(rules)
        self.files: dict[str, bytes] = {}
        self._file_ids: dict[str, str] = {}  # of photos sent by URL

    # ---------------------------------------------------------------- sending

    def send_message(self, call: Call) -> Json:
        asked = call.parameters
        formatted = formatted_text(asked["text"], asked.get("parse_mode"), asked.get("entities"))
        check_text(asked["text"], formatted, self.rules)
        return self._send(call, formatted, asked["text"])

    def send_photo(self, call: Call) -> Json:
        asked = call.parameters
        source = asked.get("caption", "")
        formatted = formatted_text(source, asked.get("parse_mode"), asked.get("caption_entities"))
        check_caption(formatted, self.rules)
        return self._send(call, formatted, source, self._photo(call))

    def send_document(self, call: Call) -> Json:
        """An upload, or a file that is known. SPEC sendDocument: up to 50 MB, which the whole body may have."""
        asked = call.parameters
        source = asked.get("caption", "")
        formatted = formatted_text(source, asked.get("parse_mode"), asked.get("caption_entities"))
        check_caption(formatted, self.rules)
        upload = call.files.get("document")
        if upload is None and asked.get("document") not in self.files:
            raise bad_request("Wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
        if upload == b"":
            raise bad_request("File must be non-empty")
        file_id = asked["document"] if upload is None else self._keep(upload)
        return self._send(call, formatted, source, document=file_id)

    def _send(
        self,
        call: Call,
        formatted: Formatted,
        source: str,
        photo: str | None = None,
        document: str | None = None,
    ) -> Json:
        asked = call.parameters
        buttons = inline_buttons(asked.get("reply_markup"))
        chat = self.chats.find(asked["chat_id"])
        chat.check_access()
        thread = asked.get("message_thread_id")
        chat.check_thread(thread)
        reply_to = self._reply_to(chat, asked.get("reply_parameters"))
        self._pace(call, chat)
        self._note_lost(call, formatted)
        sent = Sent(
            method=call.method,
            chat_id=chat.id,
            thread_id=thread,
            message_id=self.chats.next_message_id(),
            text=formatted.text,
            entities=formatted.entities,
            html=source,
            buttons=buttons,
            photo=photo,
            silent=asked.get("disable_notification", False),
            preview=None if photo or document else link_preview(asked.get("link_preview_options"), formatted),
            at=call.at,
            reply_markup=asked.get("reply_markup"),
            reply_to=reply_to,
            token=call.token,
            document=document,
        )
        body = self._body(call, chat, sent)
        self.chats.messages[chat.id, sent.message_id] = Message(body, call.at, sent)
        self.ledger.sent.append(sent)
        return body

    def _reply_to(self, chat: Chat, reply: Json | None) -> int | None:
        if not reply:
            return None
        message_id: int = reply["message_id"]
        if (chat.id, message_id) in self.chats.messages:
            return message_id
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")

    def _pace(self, call: Call, chat: Chat) -> None:
        if self.rules.rates == "off":
            return
        now = call.at.timestamp()
        paid = call.parameters.get("allow_paid_broadcast", False)
        wait = self.rates.retry_after(call.token, chat.id, now, paid=paid)
        if wait > 0:
            refused = too_many_requests(wait)
            if self.rules.rates == "refuse":
                raise refused
            self._note(call, refused.status, refused.description)
        self.rates.count(call.token, chat.id, now)

    def _note_lost(self, call: Call, formatted: Formatted) -> None:
        if formatted.lost and self.rules.strict:
            count = formatted.lost + MOST_ENTITIES
            self._note(call, 200, f"{count} entities: Telegram drops all above {MOST_ENTITIES} silently")

    def _note(self, call: Call, status: int, description: str) -> None:
        refusal = Refusal(call.method, call.parameters, status, description, call.at, accepted=True)
        self.ledger.refused.append(refusal)

    def _photo(self, call: Call) -> str:
        """What the chat shows: the URL, or the file id of an upload, new or known."""
        given: str = call.parameters.get("photo", "attach://photo")
        upload = call.files.get(given.removeprefix("attach://")) if given.startswith("attach://") else None
        if upload is not None:
            check_photo(upload, self.rules)
        elif given.startswith(("http://", "https://")):
            check_photo(given, self.rules)
            self._file_ids.setdefault(given, self._keep(b""))
            return given
        elif given in self.files:
            return given
        else:
            raise bad_request("Wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
        return self._keep(upload)

    def _keep(self, content: bytes) -> str:
        file_id = f"photo{len(self.files) + 1}"
        self.files[file_id] = content
        return file_id

    def _body(self, call: Call, chat: Chat, sent: Sent) -> Json:
        media = sent.photo or sent.document
        text, entities = ("caption", "caption_entities") if media else ("text", "entities")
        markup = sent.reply_markup if sent.buttons else None
        author = {"sender_chat": chat.body()} if chat.type == "channel" else {"from": call.bot}
        return {
            "message_id": sent.message_id,
            **author,
            "chat": chat.body(),
            "date": int(call.at.timestamp()),
        } | drop_empty(
            (
                ("message_thread_id", sent.thread_id),
                ("is_topic_message", sent.thread_id is not None),
                (text, sent.text),
                (entities, sent.entities),
                ("photo", self._photo_sizes(sent.photo)),
                ("document", _document(sent.document)),
                ("reply_markup", markup),
                ("link_preview_options", None if media else call.parameters.get("link_preview_options")),
            )
        )

    def _photo_sizes(self, photo: str | None) -> list[Json]:
        if photo is None:
            return []
        file_id = self._file_ids.get(photo, photo)
        return [{"file_id": file_id, "file_unique_id": f"unique-{file_id}", "width": 640, "height": 360}]

    # ---------------------------------------------------------------- changing

    def edit_message_text(self, call: Call) -> Json:
        asked = call.parameters
        source = asked.get("text", "")
        formatted = formatted_text(source, asked.get("parse_mode"), asked.get("entities"))
        check_text(source, formatted, self.rules)
        message, sent = self._editable(call)
        if sent.photo or sent.document:
            raise bad_request("There is no text in the message to edit")
        preview = link_preview(asked.get("link_preview_options"), formatted)
        return self._edit(call, message, _rewritten(sent, formatted, source, preview=preview))

    def edit_message_caption(self, call: Call) -> Json:
        asked = call.parameters
        source = asked.get("caption", "")
        formatted = formatted_text(source, asked.get("parse_mode"), asked.get("caption_entities"))
        check_caption(formatted, self.rules)
        message, sent = self._editable(call)
        if not (sent.photo or sent.document):
            raise bad_request("There is no caption in the message to edit")
        return self._edit(call, message, _rewritten(sent, formatted, source))

    def edit_message_reply_markup(self, call: Call) -> Json:
        message, sent = self._editable(call)
        return self._edit(call, message, sent)

    def _editable(self, call: Call) -> tuple[Message, Sent]:
        """Words of SRV check_message and TD MessagesManager.cpp; no age limit for the bot's own messages."""
        message = self.chats.message(call.parameters, "message to edit")
        self.chats.find(call.parameters["chat_id"]).check_access()
        if message.sent is None:
            raise bad_request("Message can't be edited")
        return message, message.sent

    def _edit(self, call: Call, message: Message, changed: Sent) -> Json:
        """An edit without reply_markup takes the buttons away."""
        markup = call.parameters.get("reply_markup")
        changed = replace(changed, reply_markup=markup, buttons=inline_buttons(markup))
        before = message.sent
        if before and _face(changed) == _face(before):
            raise not_modified()
        changed = replace(changed, method=call.method, at=call.at)
        date = message.body["date"]
        message.body = self._body(call, self.chats.find(changed.chat_id), changed)
        message.body |= {"date": date, "edit_date": int(call.at.timestamp())}
        message.sent = changed
        self.ledger.edits.append(changed)
        return message.body

    def delete_message(self, call: Call) -> bool:
        message = self.chats.message(call.parameters, "message to delete")
        chat = self.chats.find(call.parameters["chat_id"])
        chat.check_access()
        if call.at - message.at > DELETABLE:
            raise bad_request("Message can't be deleted for everyone")
        message_id = call.parameters["message_id"]
        del self.chats.messages[chat.id, message_id]
        self.ledger.deletions.append(Deletion(chat.id, message_id, call.at))
        return True


def _document(file_id: str | None) -> Json | None:
    return {"file_id": file_id, "file_unique_id": f"unique-{file_id}"} if file_id else None


def _rewritten(sent: Sent, formatted: Formatted, source: str, **changes: Any) -> Sent:
    return replace(sent, text=formatted.text, entities=formatted.entities, html=source, **changes)


def _face(sent: Sent) -> tuple[Any, ...]:
    """What a reader can tell apart."""
    return sent.text, sent.entities, sent.buttons, sent.preview
