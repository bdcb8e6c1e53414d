"""What a worker does once, before its first claim: it takes over from whoever sent before it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import structlog

from bot.ports import Messenger, Storage
from bot.sending import PROBE

log = structlog.get_logger(__name__)


async def take_over(
    storage: Storage, messenger: Messenger, owner_gone: Callable[[str], bool], now: datetime
) -> None:
    """What a process that ended was sending need not wait for its lease; a token of another bot is noticed.

    What was closed to the one bot may be open to the other, and is open again to the one that was mistaken for it:
    so every chat is tried again. Raises StorageError.
    """
    async with storage.write() as work:
        for owner in await work.deliveries.holders():
            if owner_gone(owner):
                await work.deliveries.lapse(owner, now)
        other = await work.leases.introduce(messenger.platform, messenger.bot, now) if messenger.bot else None
    if other:
        before, woken = other
        log.warning("another bot", platform=messenger.platform, before=before, now=messenger.bot, chats_awake=woken)
    with suppress(TimeoutError):  # whatever the answer is, the first message finds a connection that is open
        async with asyncio.timeout(PROBE):
            await messenger.reachable()
