"""Telegram as a messenger: connects, converses by long polling, sends what is owed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from structlog import get_logger
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

from adapters.telegram.conversation import Conversation
from adapters.telegram.faults import UNAUTHORIZED, fault, our_errors
from adapters.telegram.menu import publish_menu
from adapters.telegram.order import OrderByChat
from adapters.telegram.pace import SPACING, Pace
from adapters.telegram.polling import FIRST_REST, LONGEST_REST, Polling, Sleep
from adapters.telegram.posting import change, change_plain, number_of, post, post_plain, take_away
from adapters.telegram.render import render
from adapters.telegram.replies import Replies
from adapters.telegram.rights import Rights, lacking
from adapters.telegram.transport import AiohttpRequest
from bot.errors import DeliveryError, Rejected, RetryLater, TokenDead, answered
from bot.messages import Content
from bot.model import Address, Platform
from bot.ports import Chat

API = "https://api.telegram.org"
PRIVATE_SPACING = 1.05  # seconds; one message a second to a chat: https://core.telegram.org/bots/faq
FEWEST_CONNECTIONS = 16
IN_FLIGHT = 0.2  # seconds of sending that a worker has on its way at most: none waits for a connection
PROBE = 3.0  # seconds
FINISH_WITHIN = 3.0  # seconds for what is being answered when the process stops

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

_log = get_logger(__name__)


class TelegramMessenger:
    """ports.Messenger over python-telegram-bot. `api_url`: root of a Bot API server; None = Telegram's.

    `rate`: messages a second for the token; `paid`: above the free limit, for Stars. `clock`: aware UTC now, for
    the ages in replies. Proxies named in the environment lead to Telegram itself; a server of one's own is
    reached directly. `on_reply(n)` is called when n messages went out beside the queue. Sending works without
    `start`.
    """

    platform = Platform.TELEGRAM
    alone = True  # Telegram answers a second poller of a token with 409

    def __init__(
        self,
        token: str,
        *,
        api_url: str | None = None,
        rate: float = 25.0,
        paid: bool = False,
        clock: Callable[[], datetime],
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Raises TokenDead for an empty token."""
        quiet()
        self.bot = token.partition(":")[0]
        self.rate = rate
        self.on_reply: Callable[[int], None] = lambda _: None
        self._paid = paid
        self._clock = clock
        self._sleep = sleep
        self._monotonic = monotonic
        self._pace = Pace(monotonic)
        root, proxies = (api_url or API).rstrip("/"), api_url is None
        connections = max(FEWEST_CONNECTIONS, round(rate * IN_FLIGHT))
        self._transports = (
            AiohttpRequest(connections=connections, proxies=proxies, warm=self.identify),
            AiohttpRequest(connections=2, proxies=proxies),  # polling: the old one may linger while a new one asks
        )
        if not token:
            raise TokenDead(UNAUTHORIZED)
        self._bot = Bot(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=self._transports[0],
            get_updates_request=self._transports[1],
        )
        self._application: AnyApplication | None = None
        self._polling: tuple[Polling, asyncio.Task[None]] | None = None
        self._fault: DeliveryError | None = None  # of connecting

    @property
    def fault(self) -> DeliveryError | None:
        """What the last try to connect or to poll ended with; None where it went well or nothing was tried."""
        return self._polling[0].fault if self._polling else self._fault

    async def start(self, chat: Chat) -> None:
        """Connect, however long it takes, and begin to converse. Raises TokenDead where the token is refused."""
        application = (
            ApplicationBuilder()
            .bot(self._bot)
            .updater(None)
            .job_queue(None)
            .concurrent_updates(OrderByChat())
            .build()
        )
        self._application = application
        try:
            await self._connect(application)
        except TokenDead:
            await self.stop()
            raise
        replies = Replies(
            self._bot, chat, pace=self._pace, clock=self._clock, sleep=self._sleep, on_reply=self._replied
        )
        conversation = Conversation(self._bot, chat, replies, Rights(self._bot, self._clock), self._sleep)
        application.add_handlers(conversation.handlers())
        await application.start()
        await publish_menu(self._bot, chat)
        polling = Polling(self._bot, application.update_queue, sleep=self._sleep, monotonic=self._monotonic)
        self._polling = polling, asyncio.create_task(polling.run(), name="telegram polling")

    async def stop(self) -> None:
        """Stop conversing and close the connections within five seconds; what is being answered is finished."""
        await self.hush()
        for transport in self._transports:
            await transport.shutdown()

    async def hush(self) -> None:
        """Stop conversing; sending goes on."""
        if self._polling:
            polling, task = self._polling
            self._polling = None
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await polling.confirm()
        if self._application:
            application, self._application = self._application, None
            if application.running:
                await self._finish(application)
            await application.shutdown()
        for transport in self._transports:  # the application closed them
            await transport.initialize()

    async def send(
        self,
        address: Address,
        content: Content,
        *,
        locale: str,
        nonce: str,  # noqa: ARG002
        now: datetime,
        silent: bool = False,
    ) -> str:
        """Send one message and return its id. Raises a DeliveryError. Telegram knows no nonce."""
        wait = self._pace.wait(address)
        if wait:
            raise RetryLater("the room was just answered", after=wait)
        self._pace.take(address)
        return await post(self._bot, address, render(content, locale, now), paid=self._paid, silent=silent)

    async def send_plain(
        self, address: Address, content: Content, *, locale: str, now: datetime, silent: bool = False
    ) -> str:
        """The same content as bare text, after Rejected. Raises a DeliveryError."""
        return await post_plain(self._bot, address, render(content, locale, now), silent=silent)

    async def edit(
        self, address: Address, message_id: str, content: Content, *, locale: str, now: datetime
    ) -> None:
        """Put `content` in the place of a message, as bare text where Telegram cannot read it.

        Raises a DeliveryError.
        """
        number, rendered = number_of(message_id), render(content, locale, now)
        try:
            await change(self._bot, address, number, rendered)
        except Rejected as refusal:
            _log.warning("telegram_edit_refused", chat=address.chat, error=str(refusal))
            await change_plain(self._bot, address, number, rendered)

    async def delete(self, address: Address, message_id: str) -> None:
        """Take a message away, which Telegram allows for 48 hours. Raises a DeliveryError."""
        await take_away(self._bot, address, number_of(message_id))

    def preview(self, content: Content, *, locale: str, now: datetime) -> str:
        """The words of a message, as long as Telegram takes them."""
        return render(content, locale, now).plain

    async def reachable(self) -> bool:
        """Whether it is Telegram that answers, if only with a refusal."""
        try:
            await self.identify()
        except DeliveryError as error:
            return answered(error)
        return True

    async def identify(self) -> str:
        """The bot's name. Raises a DeliveryError where the token is refused or nobody answers."""
        with our_errors():
            me = await self._bot.get_me(read_timeout=PROBE, connect_timeout=PROBE)
        return f"@{me.username}"

    def spacing(self, address: Address) -> float:
        """Seconds between two messages to a chat; groups and channels have negative ids."""
        return SPACING if address.chat.startswith("-") else PRIVATE_SPACING

    async def abilities(self, address: Address) -> list[str]:
        """What the bot may not do there though it should. Raises a DeliveryError."""
        return await lacking(self._bot, address)

    async def _finish(self, application: AnyApplication) -> None:
        try:
            async with asyncio.timeout(FINISH_WITHIN):
                await application.stop()
        except TimeoutError:
            _log.warning("telegram_answers_given_up", seconds=FINISH_WITHIN)

    def _replied(self, count: int) -> None:
        self.on_reply(count)  # looked up now: it may be set after the start

    async def _connect(self, application: AnyApplication) -> None:
        rest = FIRST_REST
        while True:
            try:
                await application.initialize()
                await self._bot.delete_webhook()  # one that is set would keep all updates for itself
            except InvalidToken:
                raise TokenDead(UNAUTHORIZED) from None  # the library's message names the token
            except TelegramError as error:
                wrong = self._fault = fault(error)
                _log.warning("telegram_unreachable", error=str(wrong), again_in=rest)
                await self._sleep((wrong.after if isinstance(wrong, RetryLater) else None) or rest)
                rest = min(rest * 2, LONGEST_REST)
            else:
                self._fault = None
                return


def quiet() -> None:
    """Keep the libraries' chatter out of the log: at DEBUG it quotes addresses, and they hold the token."""
    for name in ("telegram", "aiohttp", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
