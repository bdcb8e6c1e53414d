"""A conversation: updates become requests, whose answers are given at once and beside the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import replace

from structlog import get_logger
from telegram import Bot, CallbackQuery, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CallbackQueryHandler, ChatMemberHandler, ContextTypes, MessageHandler, filters

from adapters.telegram.faults import reason
from adapters.telegram.menu import follow
from adapters.telegram.polling import Sleep
from adapters.telegram.replies import Replies
from adapters.telegram.rights import Rights
from adapters.telegram.rooms import NotThere, about, refusal, told_elsewhere
from adapters.telegram.translate import address_of, arrival, closed, migration, pressed, private_chat, thread, typed
from bot.errors import Gone
from bot.messages import Answer, Request
from bot.ports import Chat
from bot.texts import texts

PATIENCE = 3.0  # seconds before a pressed button stops spinning, answer or not
TOAST = 200  # characters: https://core.telegram.org/bots/api#answercallbackquery

Context = ContextTypes.DEFAULT_TYPE
Handler = BaseHandler[Update, Context, None]

_log = get_logger(__name__)


class Conversation:
    """Everything the bot hears."""

    def __init__(self, bot: Bot, chat: Chat, replies: Replies, rights: Rights, sleep: Sleep) -> None:
        self._bot = bot
        self._chat = chat
        self._replies = replies
        self._rights = rights
        self._sleep = sleep

    def handlers(self) -> list[Handler]:
        """What the application has to listen to."""
        said = filters.UpdateType.MESSAGES | filters.UpdateType.CHANNEL_POSTS
        return [
            MessageHandler(said & ~filters.StatusUpdate.ALL, self.hear),
            MessageHandler(filters.StatusUpdate.MIGRATE, self.notice_migration),
            MessageHandler(filters.StatusUpdate.FORUM_TOPIC_REOPENED, self.notice_reopening),
            CallbackQueryHandler(self.take_press),
            ChatMemberHandler(self.notice_membership, ChatMemberHandler.MY_CHAT_MEMBER),
        ]

    async def hear(self, update: Update, _: Context) -> None:
        """A message or a channel's post; an edited one is run again."""
        message = update.effective_message
        request = typed(message, self._bot.username) if message else None
        if message and request:
            answer = await self._ask(request)
            await self._replies.give(request, answer, to=message.message_id)
            await self._follow(request, answer)

    async def take_press(self, update: Update, _: Context) -> None:
        """A pressed button. It stops spinning whatever happens, and soon."""
        query = update.callback_query
        if query is None:
            return
        request = pressed(query)
        if request is None:
            stale = texts(query.from_user.language_code or "").plain("stale-button")
            await self._acknowledge(query, stale if query.data else "")
            return
        aside = query.message is not None and query.message.chat.type == ChatType.CHANNEL
        asking = asyncio.ensure_future(self._ask(request, aside=aside))
        await asyncio.wait({asking}, timeout=PATIENCE)
        late = not asking.done()
        if late:
            await self._acknowledge(query, "")
        answer = await asking
        private = aside and not answer.replaces
        toast = await self._give_aside(request, answer) if private else answer.toast
        if not late:
            await self._acknowledge(query, toast)
        if not private:
            message_id = query.message.message_id if query.message else None
            await self._replies.give(request, answer, to=message_id, replaced=message_id)
            await self._follow(request, answer)

    async def notice_membership(self, update: Update, _: Context) -> None:
        """The bot was blocked, removed, let in (again), given or denied the right to write."""
        change = update.my_chat_member
        if change is None:
            return
        address, why = address_of(change.chat), closed(change)
        self._rights.changed(address.chat)
        await self._note(self._chat.unreachable(address, why) if why else self._chat.reachable(address))
        request = arrival(change)
        if request:
            await self._replies.give(request, await self._ask(request))

    async def notice_migration(self, update: Update, _: Context) -> None:
        """A group became a supergroup."""
        moved = migration(update.effective_message) if update.effective_message else None
        if moved:
            await self._note(self._chat.moved(*moved))

    async def notice_reopening(self, update: Update, _: Context) -> None:
        """A closed topic can be written to again."""
        message = update.effective_message
        if message:
            await self._note(self._chat.reachable(address_of(message.chat, thread(message))))

    async def _ask(self, request: Request, *, aside: bool = False) -> Answer:
        """The answer, once it is known which room is meant and what the person may do there.

        `aside`: it is for the person alone, unless it takes the place of a message for somebody who may do that.
        """
        try:
            request = await about(self._bot, self._rights, request)
            if not (request.private or request.elsewhere or request.may_change):
                admins = await self._rights.admins(request.address.chat)
                request = replace(request, may_change=request.sender in admins.ids, admins=admins.names)
            if aside:
                request = replace(request, elsewhere=True, reader=private_chat(request))
            answer = await self._chat.answer(request)
        except NotThere as wrong:
            return refusal(wrong, request, await self._chat.language(request))
        except Exception:  # noqa: BLE001 - it promises not to raise; a fault of ours may not leave a button spinning
            _log.exception("telegram_answer_failed", chat=request.address.chat)
            return Answer()
        if aside and answer.replaces and request.may_change:
            return answer
        answer = replace(answer, replaces=answer.replaces and not aside)
        return told_elsewhere(answer, request) if request.elsewhere else answer

    async def _give_aside(self, request: Request, answer: Answer) -> str:
        """Answer where only the person reads it: pressing may not put messages before all readers of a channel.

        Returns what to say at the button.
        """
        if not answer.messages:
            return answer.toast
        words = texts(answer.locale)
        wrong = await self._replies.give_privately(request, answer)
        if isinstance(wrong, Gone):
            return answer.toast or words.plain("channel-start", bot=self._bot.name)
        return answer.toast or words.plain("channel-answered")

    async def _follow(self, request: Request, answer: Answer) -> None:
        """List the commands in the language that was just chosen."""
        if answer.menu is not None:
            chat_id = request.address.chat
            await self._note(follow(self._bot, self._chat, chat_id, answer.menu, sleep=self._sleep))

    async def _note(self, noting: Awaitable[None]) -> None:
        try:
            await noting
        except Exception:  # noqa: BLE001 - as in _ask
            _log.exception("telegram_change_not_noted")

    async def _acknowledge(self, query: CallbackQuery, toast: str) -> None:
        try:
            await self._bot.answer_callback_query(query.id, toast[:TOAST] or None)
        except TelegramError as error:  # most often it was pressed long ago: what it asks for is done all the same
            _log.debug("telegram_press_not_acknowledged", error=reason(error))
