"""Whether the platform accepts the token of a worker; one that is refused is asked about again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

import structlog

from bot.errors import DeliveryError, TokenDead
from bot.ports import Messenger
from bot.sending import PROBE

log = structlog.get_logger(__name__)

ASK_AGAIN = 30.0  # seconds between questions whether a token that was refused is accepted again


class Acceptance:
    """`fault` says why nothing can be sent with the token; None while it is accepted."""

    def __init__(self, messenger: Messenger, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._messenger = messenger
        self._monotonic = monotonic
        self._asked_at = float("-inf")
        self.fault: TokenDead | None = None

    @property
    def reason(self) -> str:
        """Why the token is refused, for sending or for conversing; empty where it is not."""
        fault = self.fault or self._messenger.fault
        return str(fault) if isinstance(fault, TokenDead) else ""

    def refused(self, fault: TokenDead) -> None:
        if self.fault is None:
            log.error("token refused", platform=self._messenger.platform, reason=str(fault))
        self.fault, self._asked_at = fault, self._monotonic()

    async def ask_again(self) -> None:
        """A platform in trouble can refuse a good token for a while; and an operator can have it issued anew."""
        if self._monotonic() < self._asked_at + ASK_AGAIN:
            return
        self._asked_at = self._monotonic()
        with suppress(DeliveryError, TimeoutError):
            async with asyncio.timeout(PROBE):
                await self._messenger.identify()
            self.fault = None
            log.info("token accepted", platform=self._messenger.platform)
