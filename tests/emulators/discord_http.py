"""The wire of the loopback Discord server: REST requests as JSON or multipart, and the door to the gateway."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from aiohttp import BodyPartReader, web
from aiohttp.web_request import BaseRequest

from tests.emulators.discord_errors import form_error, refusal
from tests.emulators.discord_rates import VIA
from tests.emulators.discord_records import Json, Refused

API_ROOT = "/api/v10"
GATEWAY = "/gateway"

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Reset(Exception):  # noqa: N818 - not an error of the server: it was told to
    """Break the connection without an answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer: `body` as JSON, None for nothing, or text as it stands. `seconds` is the way back."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0


@dataclass(frozen=True, slots=True)
class Incoming:
    """A REST request as it came off the wire; `fault` is why its body could not be read."""

    method: str
    path: str
    query: Mapping[str, str]
    authorization: str | None
    body: Any
    files: Mapping[str, bytes]
    fault: Refused | None = None


Handle = Callable[[Incoming], Awaitable[Reply]]
"""May raise Reset."""

Upgrade = Callable[[BaseRequest], Awaitable[web.StreamResponse]]


class HttpServer:
    """`/api/v10/...` and the websocket `/gateway` on loopback, without a router or access log."""

    def __init__(self, handle: Handle, upgrade: Upgrade, body_bytes: int) -> None:
        self._handle = handle
        self._upgrade = upgrade
        self._body_bytes = body_bytes
        self._web: web.Server | None = None
        self._listener: asyncio.Server | None = None

    async def start(self, port: int) -> int:
        """Listen on 127.0.0.1 and return the port; 0 = any free one."""
        self._web = web.Server(self._answer, request_factory=self._request, access_log=None)
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(self._web, "127.0.0.1", port, backlog=1024)
        bound: int = self._listener.sockets[0].getsockname()[1]
        return bound

    async def stop(self) -> None:
        if self._listener and self._web:
            self._listener.close()
            await self._web.shutdown(0.1)
            await self._listener.wait_closed()

    def _request(self, message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> BaseRequest:
        loop = asyncio.get_running_loop()
        return BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=self._body_bytes + 1)

    async def _answer(self, request: BaseRequest) -> web.StreamResponse:
        path, _, query = request.raw_path.partition("?")
        if path.rstrip("/") == GATEWAY:
            return await self._upgrade(request)
        body, files, fault = await self._read(request)
        incoming = Incoming(
            method=request.method,
            path=unquote(path).removeprefix(API_ROOT) if path.startswith(API_ROOT) else f"?{path}",
            query=dict(parse_qsl(query, keep_blank_values=True)),
            authorization=request.headers.get("Authorization"),
            body=body,
            files=files,
            fault=fault,
        )
        try:
            reply = await self._handle(incoming)
        except Reset:
            reset(request)
            return web.Response()
        if reply.seconds:
            await asyncio.sleep(reply.seconds)
        return _response(reply)

    async def _read(self, request: BaseRequest) -> tuple[Any, Mapping[str, bytes], Refused | None]:
        """JSON, or multipart with `payload_json` and `files[n]`.

        Source: https://docs.discord.com/developers/reference#uploading-files.
        """
        if (request.content_length or 0) > self._body_bytes:
            async for _ in request.content.iter_any():
                pass  # taken off the wire, so that the client can read the answer
            return None, {}, refusal(40005)
        try:
            if request.content_type.startswith("multipart/"):
                return *await _read_parts(request), None
            body = await request.read()
            if not body:
                return None, {}, None
            if request.content_type != "application/json":
                expected = (
                    'Expected "Content-Type" header to be one of {"application/json", "multipart/form-data"}.'
                )
                return None, {}, form_error(("_",), "CONTENT_TYPE_INVALID", expected)
            return json.loads(body), {}, None
        except ValueError:
            return None, {}, refusal(50109)


async def _read_parts(request: BaseRequest) -> tuple[Json, dict[str, bytes]]:
    payload: Json = {}
    files: dict[str, bytes] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        content = bytes(await part.read(decode=True))
        if part.name == "payload_json":
            payload = json.loads(content)
        elif part.filename:
            files[part.filename] = content
    return payload, files


def error_reply(refused: Refused, headers: Mapping[str, str] | None = None) -> Reply:
    """The answer that tells of a refusal; one that is not Discord's own lacks its headers."""
    if refused.page is not None:
        return Reply(refused.status, refused.page, refused.headers)
    return Reply(refused.status, refused.body(), {**VIA, **(headers or {}), **refused.headers})


def _response(reply: Reply) -> web.Response:
    """Content-Type is exactly `application/json`: clients compare it with that."""
    if reply.body is None:
        return web.Response(status=reply.status, headers=reply.headers)
    if isinstance(reply.body, str):
        return web.Response(
            status=reply.status, body=reply.body.encode(), content_type="text/html", headers=reply.headers
        )
    body = json.dumps(reply.body).encode()
    return web.Response(status=reply.status, body=body, content_type="application/json", headers=reply.headers)


def reset(request: BaseRequest) -> None:
    """A real RST: with no lingering the kernel drops what is unsent."""
    if request.transport:
        connection = request.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        request.transport.abort()
