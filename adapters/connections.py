"""HTTP connections to a platform: so many at most, and one that is open whenever a message is due.

A connection costs round trips before the first byte of a message, three of them where it is encrypted. Idle ones
are given up soon by either side; so where nothing was asked for a while, something cheap is asked over one of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from aiohttp import ClientSession, DummyCookieJar, TCPConnector

WARM = 25.0  # seconds without a request after which one is made to keep a connection open
KEPT = 50.0  # seconds that an idle connection is kept; servers close theirs after 60 and more

Warm = Callable[[], Awaitable[object]]


class Connections:
    """A session that opens when first asked for, inside the running loop.

    `most` connections at a time; `proxies`: use those the environment names. `warm` makes a cheap request, and what
    it raises is nobody's concern; None: nothing is kept open.
    """

    def __init__(self, most: int, *, proxies: bool, warm: Warm | None = None) -> None:
        self._most = most
        self._proxies = proxies
        self._warm = warm
        self._session: ClientSession | None = None
        self._used_at = 0.0  # by the loop's clock
        self._timer: asyncio.TimerHandle | None = None
        self._warming: asyncio.Task[None] | None = None

    def session(self) -> ClientSession:
        """The session, for one request now."""
        loop = asyncio.get_running_loop()
        self._used_at = loop.time()
        if self._session is None:
            connector = TCPConnector(limit=self._most, keepalive_timeout=KEPT, ttl_dns_cache=300)
            self._session = ClientSession(connector=connector, cookie_jar=DummyCookieJar(), trust_env=self._proxies)
            if self._warm:
                self._timer = loop.call_later(WARM, self._look)
        return self._session

    async def close(self) -> None:
        """Close all connections; the next request opens a new one."""
        if self._timer:
            self._timer.cancel()
        if self._warming:
            self._warming.cancel()
        if self._session:
            session, self._session = self._session, None
            await session.close()

    def _look(self) -> None:
        """One timer serves all requests: it looks at how long ago the last one was."""
        loop = asyncio.get_running_loop()
        rest = self._used_at + WARM - loop.time()
        if rest <= 0:
            self._warming = asyncio.create_task(self._keep_warm(), name="connection")
            rest = WARM
        self._timer = loop.call_later(rest, self._look)

    async def _keep_warm(self) -> None:
        if self._warm:
            with suppress(Exception):
                await self._warm()
