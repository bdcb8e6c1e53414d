"""Staying connected: the gateway as a task of its own, begun again after whatever ended it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from structlog import get_logger

from adapters.discord.faults import CAUGHT, fault
from adapters.discord.gateway import Gateway
from bot.errors import DeliveryError, RetryLater, TokenDead

API = "https://discord.com/api/v10"
GATEWAY = "wss://gateway.discord.gg/"

FIRST_REST = 1.0  # seconds after a first failure; doubled each time, for each session costs one of a day's 1,000
LONGEST_REST = 300.0
SETTLED = 60.0  # seconds; a connection that lasted so long was a good one

Sleep = Callable[[float], Awaitable[None]]

_log = get_logger(__name__)


def point_to(api_url: str | None, gateway_url: str | None) -> None:
    """Set where the library looks for Discord: two attributes of its classes, so one place for a process."""
    Route.BASE = api_url or API
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url or GATEWAY)


class Connection:
    """`make` gives a fresh gateway client, which sets the event while it is online.

    A client whose connection ended by a fault is not used again.
    """

    def __init__(self, make: Callable[[asyncio.Event], Gateway], token: str, *, sleep: Sleep) -> None:
        self._make = make
        self._token = token
        self._sleep = sleep
        self._online = asyncio.Event()
        self._rest = FIRST_REST
        self._began = False
        self._fault: DeliveryError | None = None
        self._running: asyncio.Task[None] | None = None
        self.gateway: Gateway | None = None

    @property
    def fault(self) -> DeliveryError | None:
        """Why there is no connection now; None where there is one."""
        return None if self._online.is_set() else self._fault or RetryLater("connecting to Discord")

    async def open(self) -> Gateway:
        """Log in, however long it takes. Raises TokenDead where the token is refused."""
        while True:
            gateway = self._make(self._online)
            try:
                await gateway.login(self._token)
            except CAUGHT as error:
                await gateway.http.close()
                wrong = fault(error)
                if isinstance(wrong, TokenDead):
                    raise wrong from None
                await self._wait_out(wrong)
            else:
                self.gateway = gateway
                return gateway

    async def keep(self) -> None:
        """Connect and stay connected, as a task of its own; returns when the first session is there.

        Raises TokenDead where the gateway refuses the token.
        """
        running = self._running = asyncio.create_task(self._run(), name="discord gateway")
        online = asyncio.create_task(self._online.wait())
        await asyncio.wait({running, online}, return_when=asyncio.FIRST_COMPLETED)
        online.cancel()
        if running.done():
            running.result()
        self._began = True

    async def hush(self) -> None:
        """Hear nothing more; what is being answered can still be."""
        if self._running:
            self._running.cancel()
            await asyncio.wait({self._running})
            self._running = None

    async def close(self) -> None:
        """End the session and close its connections."""
        await self.hush()
        self._online.clear()
        if self.gateway:
            gateway, self.gateway = self.gateway, None
            await gateway.close()

    async def _run(self) -> None:
        """For ever. A token that is refused later on is waited out as well: an operator may mend it."""
        loop = asyncio.get_running_loop()
        while True:
            since = loop.time()
            wrong = await self._session()
            self._online.clear()
            if self.gateway:
                gateway, self.gateway = self.gateway, None
                await gateway.close()
            if isinstance(wrong, TokenDead) and not self._began:
                raise wrong
            if loop.time() - since > SETTLED:
                self._rest = FIRST_REST
            await self._wait_out(wrong)

    async def _session(self) -> DeliveryError:
        """One connection, with all its reconnects; what ended it."""
        try:
            gateway = self.gateway or await self.open()
            await gateway.connect()
        except CAUGHT as error:
            return fault(error)
        except DeliveryError as wrong:
            return wrong
        except Exception as error:  # noqa: BLE001 - an event that the library cannot read ends its connection
            _log.exception("discord_gateway_failed")
            return RetryLater(f"the gateway's client failed: {type(error).__name__}")
        return RetryLater("the gateway's client ended")

    async def _wait_out(self, wrong: DeliveryError) -> None:
        self._fault = wrong
        asked = wrong.after if isinstance(wrong, RetryLater) else None
        rest = LONGEST_REST if isinstance(wrong, TokenDead) else asked or self._rest
        self._rest = min(self._rest * 2, LONGEST_REST)
        _log.error("discord_unreachable", error=str(wrong), again_in=rest)
        await self._sleep(rest)
