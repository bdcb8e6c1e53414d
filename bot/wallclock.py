"""The wall clock can be set, forward or back; what waits for a time by it must then look again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

log = structlog.get_logger(__name__)

LOOK = 5.0  # seconds between looks
JUMP = 30.0  # seconds; clocks are corrected by less without anybody's noticing


async def notice_jumps(
    jumped: Callable[[], None],
    *,
    clock: Callable[[], datetime],
    monotonic: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Call `jumped` whenever the wall clock left the monotonic one; never ends by itself.

    A machine that was asleep looks the same, and wants the same.
    """
    offset = clock().timestamp() - monotonic()
    while True:
        await sleep(LOOK)
        before, offset = offset, clock().timestamp() - monotonic()
        if abs(offset - before) > JUMP:
            log.warning("clock jumped", seconds=round(offset - before))
            jumped()
