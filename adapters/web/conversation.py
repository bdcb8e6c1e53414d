"""A web chat's side of the conversation: what is said goes into the transcript, and so do the answers."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from adapters.web.render import body_of, handed, typed, visible
from adapters.web.transcript import Transcript
from bot.messages import Answer, Content, MenuEntry, Request
from bot.model import Address, Platform
from bot.ports import Chat, Demo
from bot.texts import language_of

DOCUMENTS_KEPT = 50
DOCUMENT_MINUTES = 15


@dataclass(frozen=True, slots=True)
class _Document:
    chat: str
    line_id: int
    name: str
    content: bytes
    until: datetime


class Conversation:
    """Between the page's requests and the use cases. Raises StorageError where nothing can be remembered."""

    def __init__(
        self,
        chat: Chat,
        demo: Demo | None,
        transcript: Transcript,
        clock: Callable[[], datetime],
        on_reply: Callable[[int], None],
    ) -> None:
        self._chat = chat
        self._demo = demo
        self._transcript = transcript
        self._clock = clock
        self._on_reply = on_reply
        self._documents: OrderedDict[str, _Document] = OrderedDict()

    @property
    def has_demo(self) -> bool:
        return self._demo is not None

    async def language(self, chat: str, locale: str) -> str:
        """The locale of a chat: the one it chose, else what the browser tells."""
        return await self._chat.language(_request(chat, locale))

    async def menu(self, locale: str) -> list[MenuEntry]:
        return await self._chat.menu(locale)

    async def say(self, chat: str, text: str, locale: str) -> str:
        """Answer what was typed. Returns the toast."""
        text = visible(text).strip()
        await self._transcript.add(chat, "you", typed(text))
        answer = await self._chat.answer(_request(chat, locale, text=text))
        await self._show(chat, answer, answer.messages)
        self._redraw(chat, locale, answer)
        return answer.toast

    async def press(self, chat: str, action: str, message: int, locale: str) -> str:
        """Answer a pressed button of one message. Returns the toast."""
        answer = await self._chat.answer(_request(chat, locale, press=action))
        line = await self._transcript.get(chat, message)
        messages = answer.messages
        if line is not None and answer.replaces and messages:
            await self._transcript.change(chat, line, body_of(messages[0], answer.locale))
            messages = messages[1:]
        await self._show(chat, answer, messages)
        if line is None:  # the page shows a message that is no longer there
            self._transcript.emptied(chat)
        else:
            self._redraw(chat, locale, answer)
        return answer.toast

    async def publish(self, chat: str, locale: str, *, wanted: bool) -> str:
        """The demo bar. Returns the toast."""
        if self._demo is None:
            return ""
        locale = await self.language(chat, locale)
        answer = await self._demo.publish(Address(Platform.WEB, chat), locale, wanted=wanted)
        await self._show(chat, replace(answer, locale=locale), answer.messages)
        return answer.toast

    async def hand_over(self, chat: str, token: str) -> tuple[str, bytes] | None:
        """A document of this chat, once: its name and content."""
        document = self._documents.get(token)
        if document is None or document.chat != chat:
            return None
        del self._documents[token]
        if document.until < self._clock():
            return None
        line = await self._transcript.get(chat, document.line_id)
        if line is not None:
            locale = str(line.body.get("locale", "en"))
            done = handed(document.name, len(document.content), "", locale)
            await self._transcript.change(chat, line, done)
        return document.name, document.content

    def _redraw(self, chat: str, locale: str, answer: Answer) -> None:
        """A page that stands in another language than the one spoken now is loaded once more."""
        if answer.locale and language_of(locale) != language_of(answer.locale):
            self._transcript.emptied(chat)

    async def _show(self, chat: str, answer: Answer, messages: Sequence[Content]) -> None:
        locale = answer.locale
        for content in messages:
            await self._transcript.add(chat, "bot", body_of(content, locale))
        if answer.messages:
            self._on_reply(len(answer.messages))
        if answer.document is None:
            return
        name, content_bytes = answer.document
        token = secrets.token_urlsafe(16)
        line_id = await self._transcript.add(chat, "bot", handed(name, len(content_bytes), token, locale))
        until = self._clock() + timedelta(minutes=DOCUMENT_MINUTES)
        self._documents[token] = _Document(chat, line_id, name, content_bytes, until)
        while len(self._documents) > DOCUMENTS_KEPT:
            self._documents.popitem(last=False)


def _request(chat: str, locale: str, *, text: str | None = None, press: str | None = None) -> Request:
    return Request(Address(Platform.WEB, chat), sender=chat, text=text, press=press, locale=locale)
