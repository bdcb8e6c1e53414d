"""A web server on loopback, without a router or access log: one message costs little."""

from __future__ import annotations

import asyncio
import socket
import struct
from abc import ABC, abstractmethod
from typing import Any

from aiohttp import web
from aiohttp.web_request import BaseRequest

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Reset(Exception):  # noqa: N818 - not an error of the server: it was told to
    """Break the connection without an answer."""


class Loopback(ABC):
    """Answers every request by `_answer`, which may raise Reset. A body may have `body_bytes` and one more.

    With `hangs_up` a handler ends when its client is gone.
    """

    def __init__(self, body_bytes: int, *, hangs_up: bool = False) -> None:
        self._body_bytes = body_bytes
        self._hangs_up = hangs_up
        self._web: web.Server | None = None
        self._listener: asyncio.Server | None = None

    async def start(self, port: int) -> int:
        """Listen on 127.0.0.1 and return the port; 0 = any free one."""
        self._web = web.Server(
            self._serve, handler_cancellation=self._hangs_up, request_factory=self._request, access_log=None
        )
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(self._web, "127.0.0.1", port, backlog=1024)
        bound: int = self._listener.sockets[0].getsockname()[1]
        return bound

    async def stop(self) -> None:
        if self._listener and self._web:
            self._listener.close()
            await self._web.shutdown(0.1)
            await self._listener.wait_closed()

    @abstractmethod
    async def _answer(self, request: BaseRequest) -> web.StreamResponse:
        """The answer to one request. Raises Reset."""

    async def _oversized(self, request: BaseRequest) -> bool:
        """Whether the body is too large; then it is taken off the wire, so that the client can read the answer."""
        if (request.content_length or 0) <= self._body_bytes:
            return False
        async for _ in request.content.iter_any():
            pass
        return True

    async def _serve(self, request: BaseRequest) -> web.StreamResponse:
        try:
            return await self._answer(request)
        except Reset:
            reset(request)
            return web.Response()

    def _request(self, message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> BaseRequest:
        loop = asyncio.get_running_loop()
        return BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=self._body_bytes + 1)


def reset(request: BaseRequest) -> None:
    """A real RST: with no lingering the kernel drops what is unsent."""
    if request.transport:
        connection = request.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        request.transport.abort()
