"""Answers on their way into a chat: at once, beside the outbox, and no faster than a room may be written to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from structlog import get_logger
from telegram import Bot

from adapters.telegram.pace import Pace
from adapters.telegram.polling import Sleep
from adapters.telegram.posting import change, post, post_document, post_plain
from adapters.telegram.render import Rendered, render
from adapters.telegram.rooms import told_elsewhere
from adapters.telegram.translate import private_chat
from bot.errors import DeliveryError, Gone, Moved, Rejected, RetryLater
from bot.messages import Answer, Request
from bot.model import Address
from bot.ports import Chat

LONGEST_WAIT = 30.0  # seconds a reply waits once when Telegram says "too many requests"

_log = get_logger(__name__)


class Replies:
    """Posts answers. `on_reply(n)`: n messages went out beside the queue."""

    def __init__(
        self,
        bot: Bot,
        chat: Chat,
        *,
        pace: Pace,
        clock: Callable[[], datetime],
        sleep: Sleep,
        on_reply: Callable[[int], None],
    ) -> None:
        self._bot = bot
        self._chat = chat
        self._pace = pace
        self._clock = clock
        self._sleep = sleep
        self._on_reply = on_reply

    async def give(
        self, request: Request, answer: Answer, *, to: int | None = None, replaced: int | None = None
    ) -> None:
        """The messages in their order: the first in the place of `replaced`, in rooms as a reply to message `to`.

        A chat that moved is followed; who asks in a room where the bot may not write is answered in private.
        """
        wrong = await self._given(request, answer, to, replaced if answer.replaces else None)
        if isinstance(wrong, Moved):
            await self._chat.moved(request.address, wrong.to)
            wrong = await self._given(replace(request, address=wrong.to), answer, None, None)
        asked = request.text is not None and not request.private and request.sender.isdecimal()
        if isinstance(wrong, Gone) and asked:
            await self.give_privately(request, told_elsewhere(answer, request, key="room-answered-here"))

    async def give_privately(self, request: Request, answer: Answer) -> DeliveryError | None:
        """The messages for the one who asked alone; returns what was wrong: Gone where we never spoke with them."""
        private = replace(request, address=private_chat(request), private=True)
        return await self._given(private, answer, None, None)

    async def _given(
        self, request: Request, answer: Answer, to: int | None, replaced: int | None
    ) -> DeliveryError | None:
        """The first message that could not be posted ends it; what was wrong is returned."""
        address, now = request.address, self._clock()
        to = None if request.private else to
        for content in answer.messages:
            rendered = render(content, answer.locale, now)
            if replaced is not None and await self._changed(address, replaced, rendered):
                replaced = None
                continue
            replaced = None
            wrong = await self._posted(address, rendered, to)
            if wrong is not None:
                return wrong
            to = None
        if answer.document:
            name, content_bytes = answer.document
            return await self._said(address, partial(post_document, self._bot, address, name, content_bytes))
        return None

    async def _changed(self, address: Address, message_id: int, rendered: Rendered) -> bool:
        call = partial(change, self._bot, address, message_id, rendered)
        return await self._said(address, call, paced=False) is None

    async def _posted(self, address: Address, rendered: Rendered, to: int | None) -> DeliveryError | None:
        wrong = await self._said(address, partial(post, self._bot, address, rendered, reply_to=to))
        if isinstance(wrong, Rejected):
            wrong = await self._said(address, partial(post_plain, self._bot, address, rendered))
        return wrong

    async def _said(
        self, address: Address, call: Callable[[], Awaitable[object]], *, paced: bool = True
    ) -> DeliveryError | None:
        """Carry out `call`, after a wait where Telegram asks for one; what went wrong is logged and returned."""
        wait = self._pace.take(address) if paced else 0.0
        if wait:
            await self._sleep(wait)
        for last in (False, True):
            try:
                await call()
            except RetryLater as error:
                if not last and error.flood and error.after is not None and error.after <= LONGEST_WAIT:
                    await self._sleep(error.after)
                    continue
                wrong: DeliveryError = error
            except DeliveryError as error:
                wrong = error
            else:
                self._on_reply(1)
                return None
            break
        _log.warning("telegram_reply_failed", chat=address.chat, error=str(wrong), kind=type(wrong).__name__)
        return wrong
