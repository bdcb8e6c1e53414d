"""A conversation: updates become requests, answers become messages, at once and beside the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from structlog import get_logger
from telegram import Bot, CallbackQuery, Update
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CallbackQueryHandler, ChatMemberHandler, ContextTypes, MessageHandler, filters

from adapters.telegram.faults import reason
from adapters.telegram.polling import Sleep
from adapters.telegram.posting import change, post, post_document, post_plain
from adapters.telegram.render import Rendered, render
from adapters.telegram.translate import address_of, closed, pressed, typed
from bot.errors import DeliveryError, Rejected, RetryLater
from bot.messages import Answer, Request
from bot.model import Address
from bot.ports import Chat

LONGEST_WAIT = 30.0  # seconds a reply waits once when Telegram says "too many requests"
PATIENCE = 3.0  # seconds before a pressed button stops spinning, answer or not
TOAST = 200  # characters: https://core.telegram.org/bots/api#answercallbackquery

Context = ContextTypes.DEFAULT_TYPE
Handler = BaseHandler[Update, Context, None]

_log = get_logger(__name__)


class Conversation:
    """Everything the bot hears and says on its own. `on_reply(n)`: n messages went out beside the queue."""

    def __init__(
        self,
        bot: Bot,
        chat: Chat,
        *,
        clock: Callable[[], datetime],
        sleep: Sleep,
        on_reply: Callable[[int], None],
    ) -> None:
        self._bot = bot
        self._chat = chat
        self._clock = clock
        self._sleep = sleep
        self._on_reply = on_reply

    def handlers(self) -> list[Handler]:
        """What the application has to listen to."""
        messages = filters.UpdateType.MESSAGES & ~filters.StatusUpdate.ALL
        return [
            MessageHandler(messages, self.hear),
            CallbackQueryHandler(self.take_press),
            ChatMemberHandler(self.notice_membership, ChatMemberHandler.MY_CHAT_MEMBER),
        ]

    async def hear(self, update: Update, _: Context) -> None:
        """A message, or an edited one, which is run again."""
        message = update.effective_message
        request = typed(message, self._bot.username) if message else None
        if request:
            await self._reply(request, await self._ask(request))

    async def take_press(self, update: Update, _: Context) -> None:
        """A pressed button. It stops spinning whatever happens, and soon."""
        query = update.callback_query
        if query is None:
            return
        request = pressed(query)
        if request is None:
            await self._acknowledge(query, "")
            return
        asking = asyncio.ensure_future(self._ask(request))
        await asyncio.wait({asking}, timeout=PATIENCE)
        await self._acknowledge(query, asking.result().toast if asking.done() else "")
        message_id = query.message.message_id if query.message else None
        await self._reply(request, await asking, message_id)

    async def notice_membership(self, update: Update, _: Context) -> None:
        """The bot was blocked, removed, let in again, given or denied the right to write."""
        if update.my_chat_member is None:
            return
        address, why = address_of(update.my_chat_member.chat), closed(update.my_chat_member)
        try:
            if why:
                await self._chat.unreachable(address, why)
            else:
                await self._chat.reachable(address)
        except Exception:  # noqa: BLE001 - as in _ask
            _log.exception("telegram_membership_failed", chat=address.chat, closed=why)

    async def _ask(self, request: Request) -> Answer:
        try:
            return await self._chat.answer(request)
        except Exception:  # noqa: BLE001 - it promises not to raise; a fault of ours may not leave a button spinning
            _log.exception("telegram_answer_failed", chat=request.address.chat)
            return Answer()

    async def _acknowledge(self, query: CallbackQuery, toast: str) -> None:
        try:
            await self._bot.answer_callback_query(query.id, toast[:TOAST] or None)
        except TelegramError as error:  # most often it was pressed long ago: what it asks for is done all the same
            _log.debug("telegram_press_not_acknowledged", error=reason(error))

    async def _reply(self, request: Request, answer: Answer, message_id: int | None = None) -> None:
        """The messages in their order, the first one in the place of `message_id` where the answer says so."""
        address, now = request.address, self._clock()
        replaced = message_id if answer.replaces else None
        for content in answer.messages:
            rendered = render(content, request.locale, now)
            if replaced is not None and await self._changed(address, replaced, rendered):
                replaced = None
                continue
            replaced = None
            if not await self._posted(address, rendered):
                return
        if answer.document:
            name, content_bytes = answer.document
            await self._said(address, partial(post_document, self._bot, address, name, content_bytes))

    async def _changed(self, address: Address, message_id: int, rendered: Rendered) -> bool:
        return await self._said(address, partial(change, self._bot, address, message_id, rendered)) is None

    async def _posted(self, address: Address, rendered: Rendered) -> bool:
        wrong = await self._said(address, partial(post, self._bot, address, rendered))
        if isinstance(wrong, Rejected):
            wrong = await self._said(address, partial(post_plain, self._bot, address, rendered))
        return wrong is None

    async def _said(self, address: Address, call: Callable[[], Awaitable[object]]) -> DeliveryError | None:
        """Carry out `call`, after a wait where Telegram asks for one; what went wrong is logged and returned."""
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
