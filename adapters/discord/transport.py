"""discord.py's REST calls, each asked once: no sleep, no repetition, no wait behind a bucket.

The library's own client sleeps inside a call: after the last token of a bucket, on 429, and between five tries
after a 5xx. That would hold a worker, or end it without knowing what became of the message. Here every answer comes
back at once as the library's own exception, and a bucket that is known to be empty is not asked at all. A refusal
counts only in Discord's own form: the page of a proxy or of a network's login, whatever its status, says nothing
about a channel, a message or the token.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHttpProxyError,
    ClientResponse,
    ClientTimeout,
    ConnectionTimeoutError,
    InvalidURL,
)
from discord import DiscordException, DiscordServerError, Forbidden, HTTPException, NotFound, RateLimited
from discord.http import HTTPClient, Route, json_or_text
from discord.utils import MISSING

from adapters.connections import Connections

CONNECT = 4.0  # seconds to get a connection, waiting for a free one included
READ = 5.0  # seconds more for the answer

CLOUDFLARE = "cloudflare"
"""The scope of a 429 that is not Discord's own: without a Via header, or a page."""

FOREIGN = "an answer that is not Discord's"

_WHOEVER_SAYS_IT = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.TOO_MANY_REQUESTS)
"""Refusals that a proxy in front of Discord may speak for it."""

_NOT_SENT = (ClientConnectorError, ClientHttpProxyError, ConnectionTimeoutError, InvalidURL)
_EXHAUSTED_KEPT = 1000  # buckets remembered before those that are full again are dropped


class NotSent(DiscordException):
    """No connection came about: Discord has not seen the request."""


class AnswerLost(DiscordException):
    """The request was on its way when the connection broke or time ran out: Discord may have carried it out."""


class Foreign(DiscordException):
    """Whoever refused the request is not Discord, which has not seen it."""


class TooManyRequests(HTTPException):
    """429. `retry_after` in seconds, None where nothing is said; `scope` user, shared, global or cloudflare.

    Source: https://docs.discord.com/developers/topics/rate-limits.
    """

    def __init__(self, response: ClientResponse, data: Any) -> None:
        super().__init__(response, data)
        body = data if isinstance(data, dict) else {}
        self.retry_after = _seconds(body.get("retry_after", response.headers.get("Retry-After")))
        self.scope = response.headers.get("X-RateLimit-Scope", "user")
        if body.get("global"):
            self.scope = "global"
        if "Via" not in response.headers or not body:
            self.scope = CLOUDFLARE


class Transport(HTTPClient):
    """`root`: of the REST API, version included. `proxies`: use those the environment names.

    The session opens with the first request, inside the running loop. Requests raise the library's HTTPException
    and RateLimited, NotSent, AnswerLost or Foreign; none of them names the token.
    """

    def __init__(
        self,
        token: str,
        *,
        root: str,
        connections: int,
        proxies: bool,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(MISSING)  # the loop, which only the library's own session would need
        self.token = token
        self._root = root
        self._monotonic = monotonic
        self._connections = Connections(connections, proxies=proxies, warm=self._warm)
        self._closed = False
        self._again_at: dict[str, float] = {}  # monotonic time by bucket; "" is the whole token

    async def close(self) -> None:
        """Close the connections; every further request raises NotSent."""
        self._closed = True
        await self._connections.close()

    async def request(self, route: Route, **options: Any) -> Any:
        """The JSON of the answer to a call with `json` and `params`; None where there is nothing to say (204)."""
        if self._closed:
            raise NotSent("the connection to Discord is closed")
        bucket = f"{route.key} {route.major_parameters}"
        self._check("")
        self._check(bucket)
        headers = {"User-Agent": self.user_agent, "Authorization": f"Bot {self.token}"}
        timeout = ClientTimeout(total=CONNECT + READ, connect=CONNECT)
        url = self._root + route.url.removeprefix(Route.BASE)
        try:
            async with self._connections.session().request(
                route.method,
                url,
                json=options.get("json"),
                params=options.get("params"),
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
            ) as response:
                data = await _read(response)
        except _NOT_SENT as error:
            raise NotSent(f"no connection to Discord ({type(error).__name__})") from None
        except (ClientError, OSError) as error:  # TimeoutError is an OSError
            raise AnswerLost(f"no answer from Discord ({type(error).__name__})") from None
        self._note(bucket, response)
        if response.status == HTTPStatus.NO_CONTENT:
            return None
        if response.status < HTTPStatus.MULTIPLE_CHOICES and isinstance(data, dict | list):
            return data
        raise self._refused(bucket, response, data)

    async def _warm(self) -> None:
        await self.request(Route("GET", "/gateway"))

    def _check(self, bucket: str) -> None:
        until = self._again_at.get(bucket)
        if until is None:
            return
        left = until - self._monotonic()
        if left > 0:
            raise RateLimited(left)
        del self._again_at[bucket]

    def _note(self, bucket: str, response: ClientResponse) -> None:
        """Remember that this was the bucket's last token, and until when."""
        if response.status != HTTPStatus.TOO_MANY_REQUESTS and response.headers.get("X-RateLimit-Remaining") == "0":
            self._rest(bucket, _seconds(response.headers.get("X-RateLimit-Reset-After")))

    def _rest(self, bucket: str, seconds: float | None) -> None:
        now = self._monotonic()
        if len(self._again_at) >= _EXHAUSTED_KEPT:
            self._again_at = {name: until for name, until in self._again_at.items() if until > now}
        if seconds:
            self._again_at[bucket] = now + seconds

    def _refused(self, bucket: str, response: ClientResponse, data: Any) -> DiscordException:
        status = response.status
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            flood = TooManyRequests(response, data)
            self._rest("" if flood.scope == "global" else bucket, flood.retry_after)
            return flood
        if status < HTTPStatus.MULTIPLE_CHOICES:
            return AnswerLost(FOREIGN)
        if status not in _WHOEVER_SAYS_IT and not _refusal(data):
            return Foreign(f"{FOREIGN} (status {status})")
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return DiscordServerError(response, data)
        return {403: Forbidden, 404: NotFound}.get(status, HTTPException)(response, data)


async def _read(response: ClientResponse) -> Any:
    """The body; empty where it is not what it says it is, so that the status alone counts."""
    try:
        return await json_or_text(response)
    except ValueError:  # neither JSON nor text
        return ""


def _refusal(data: Any) -> bool:
    """Whether this is how Discord refuses: https://docs.discord.com/developers/reference#error-messages."""
    return isinstance(data, dict) and isinstance(data.get("code"), int) and isinstance(data.get("message"), str)


def _seconds(said: Any) -> float | None:
    try:
        return max(float(said), 0.0)
    except (TypeError, ValueError):
        return None
