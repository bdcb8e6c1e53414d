"""Discord as a messenger: converses through the gateway, sends what is owed over HTTP alone."""

from __future__ import annotations

import asyncio
import logging
from base64 import urlsafe_b64decode
from collections.abc import Awaitable, Callable
from datetime import datetime
from weakref import WeakValueDictionary

from discord.http import Route

from adapters.discord.commands import publish
from adapters.discord.connection import API, Connection, Sleep, point_to
from adapters.discord.conversation import Conversation
from adapters.discord.directory import Directory
from adapters.discord.faults import UNAUTHORIZED, gone_with, our_errors
from adapters.discord.gateway import Gateway
from adapters.discord.places import Places, reference
from adapters.discord.posting import awaken, change, nonce_of, post, post_plain, take_away
from adapters.discord.render import render
from adapters.discord.transport import Transport
from bot.errors import DeliveryError, Gone, RetryLater, TokenDead, answered
from bot.messages import Content
from bot.model import Address, Platform
from bot.ports import Chat, Storage

SPACING = 1.05  # seconds; five messages in five seconds to a channel are usual, and answers tell what is left
FEWEST_CONNECTIONS = 16
IN_FLIGHT = 0.2  # seconds of sending that a worker has on its way at most: none waits for a connection
PROBE = 3.0  # seconds
FINISH_WITHIN = 3.0  # seconds for what is being answered when the process stops

NOT_THERE = (10003, 50001)  # unknown channel, missing access
NOT_FOR_MESSAGES = 50008
ARCHIVED = 50083


class DiscordMessenger:
    """ports.Messenger over discord.py. Sending works without `start`.

    `api_url`: REST root with its version; `gateway_url`: websocket; None = Discord's; both hold for the process.
    `rate`: requests a second for the token, of the 50 that Discord allows. `clock`: aware UTC now, for the ages in
    replies. A proxy that the environment names is used for sending, and only to Discord itself. `on_reply(n)` is
    called when n requests were made beside the queue; answers to people are outside Discord's limit and do not
    count. In `storage` the channels of direct messages outlive the process.
    """

    platform = Platform.DISCORD
    alone = True  # two gateway connections would both answer

    def __init__(
        self,
        token: str,
        *,
        api_url: str | None = None,
        gateway_url: str | None = None,
        rate: float = 40.0,
        clock: Callable[[], datetime],
        sleep: Sleep = asyncio.sleep,
        storage: Storage | None = None,
    ) -> None:
        """Raises TokenDead for an empty token."""
        quiet()
        if not token:
            raise TokenDead(UNAUTHORIZED)
        self.bot = bot_of(token)
        self.rate = rate
        self.on_reply: Callable[[int], None] = lambda _: None
        self._token = token
        self._urls = api_url.rstrip("/") if api_url else None, gateway_url
        self._clock = clock
        self._sleep = sleep
        self._http = Transport(
            token,
            root=self._urls[0] or API,
            connections=max(FEWEST_CONNECTIONS, round(rate * IN_FLIGHT)),
            proxies=api_url is None,
        )
        self._places = Places(self._http, self._counted, Directory(storage))
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._conversation: Conversation | None = None
        self._connection: Connection | None = None

    @property
    def fault(self) -> DeliveryError | None:
        """Why there is no gateway connection though one is wanted; None where it is there, or none was tried."""
        return self._connection.fault if self._connection else None

    async def start(self, chat: Chat) -> None:
        """Connect, however long it takes, and begin to converse. Raises TokenDead where the token is refused."""
        point_to(*self._urls)
        conversation = Conversation(chat, clock=self._clock, remember=self._places.remember_person)
        connection = Connection(lambda online: Gateway(chat, conversation, online), self._token, sleep=self._sleep)
        self._conversation, self._connection = conversation, connection
        try:
            gateway = await connection.open()
            if gateway.application_id is not None:
                await publish(self._http, gateway.application_id, chat)
            await connection.keep()
        except (TokenDead, asyncio.CancelledError):
            await self.hush()
            raise

    async def hush(self) -> None:
        """Stop conversing; what is being answered is finished, and sending goes on."""
        if self._connection and self._conversation:
            connection, self._connection = self._connection, None
            await connection.hush()
            await self._conversation.finish(FINISH_WITHIN)
            await connection.close()

    async def stop(self) -> None:
        """Stop conversing and close the connections within five seconds."""
        await self.hush()
        await self._http.close()

    async def send(
        self, address: Address, content: Content, *, locale: str, nonce: str, now: datetime, silent: bool = False
    ) -> str:
        """Send one message and return its id. Raises a DeliveryError. Tries with one nonce give one message."""
        rendered, own = render(content, locale, now), nonce_of(address, nonce)
        return await self._sent(
            address, content, locale, now, lambda channel: post(self._http, channel, rendered, own, silent=silent)
        )

    async def send_plain(
        self, address: Address, content: Content, *, locale: str, now: datetime, silent: bool = False
    ) -> str:
        """The same content as bare text, after Rejected. Raises a DeliveryError."""
        rendered = render(content, locale, now)
        return await self._sent(
            address, content, locale, now, lambda channel: post_plain(self._http, channel, rendered, silent=silent)
        )

    async def edit(
        self, address: Address, message_id: str, content: Content, *, locale: str, now: datetime
    ) -> None:
        """Put `content` in the place of a message; an archived thread is opened for it. Raises a DeliveryError."""
        channel, number = await self._places.of_message(address, message_id)
        rendered = render(content, locale, now)
        await self._within(channel, lambda: change(self._http, channel, number, rendered))

    async def delete(self, address: Address, message_id: str) -> None:
        """Take a message away. Raises a DeliveryError."""
        channel, number = await self._places.of_message(address, message_id)
        await self._within(channel, lambda: take_away(self._http, channel, number))

    def preview(self, content: Content, *, locale: str, now: datetime) -> str:
        """The words of a message in Discord's markdown, as long as Discord takes them."""
        return render(content, locale, now).plain

    async def reachable(self) -> bool:
        """Whether it is Discord that answers, if only with a refusal."""
        try:
            await self.identify()
        except DeliveryError as error:
            return answered(error)
        return True

    async def identify(self) -> str:
        """The bot's name. Raises a DeliveryError where the token is refused or nobody answers."""
        with our_errors():
            async with asyncio.timeout(PROBE):
                me = await self._http.request(Route("GET", "/users/@me"))
            return f"@{me['username']}"

    def spacing(self, address: Address) -> float:  # noqa: ARG002 - all channels are alike
        """Seconds between two messages to a channel."""
        return SPACING

    async def abilities(self, address: Address) -> list[str]:
        """What the bot may not do there though it should. Raises RetryLater without a gateway connection."""
        if self._connection is None or self._connection.gateway is None:
            raise RetryLater("no connection to Discord's gateway")
        return await self._connection.gateway.abilities(address)

    def _counted(self, requests: int) -> None:
        self.on_reply(requests)  # looked up now: it may be set later

    async def _sent(
        self,
        address: Address,
        content: Content,
        locale: str,
        now: datetime,
        post_into: Callable[[int], Awaitable[str]],
    ) -> str:
        """One message of an address at a time; where what was remembered is not there, it is asked for again."""
        async with self._turns.setdefault(str(address), asyncio.Lock()):
            channel = await self._places.channel(address, content, locale, now)
            try:
                return reference(address, channel, await post_into(channel))
            except Gone as error:
                forum = gone_with(error.__cause__, NOT_FOR_MESSAGES) and await self._places.is_forum(address)
                moved = gone_with(error.__cause__, *NOT_THERE) and self._places.forget(address, channel)
                if not (forum or moved):
                    raise
            channel = await self._places.channel(address, content, locale, now, fresh=forum)
            self._counted(1)
            return reference(address, channel, await post_into(channel))

    async def _within(self, channel: int, act: Callable[[], Awaitable[None]]) -> None:
        try:
            await act()
        except Gone as error:
            if not gone_with(error.__cause__, ARCHIVED):
                raise
            self._counted(2)
            await awaken(self._http, channel)
            await act()


def bot_of(token: str) -> str:
    """The id of the bot, which its token begins with; empty where it does not.

    Source: https://docs.discord.com/developers/reference#authentication shows such a token.
    """
    try:
        number = urlsafe_b64decode(token.partition(".")[0] + "==").decode()
    except ValueError:
        return ""
    return number if number.isdecimal() else ""


def quiet() -> None:
    """Keep the library's chatter out of the log: it quotes addresses that hold the tokens of interactions.

    What its client tells of lost connections, with the whole trace, is told once by ours.
    """
    logging.getLogger("discord").setLevel(logging.ERROR)
    logging.getLogger("discord.client").setLevel(logging.CRITICAL)
    logging.getLogger("aiohttp").setLevel(logging.WARNING)
