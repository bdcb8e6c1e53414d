"""The wire of the loopback Discord server: REST requests as JSON or multipart, and the door to the gateway."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from aiohttp import BodyPartReader, web
from aiohttp.web_request import BaseRequest

from tests.emulators.discord_errors import form_error, refusal
from tests.emulators.discord_rates import VIA
from tests.emulators.discord_records import Json, Refused
from tests.emulators.loopback import Loopback

API_ROOT = "/api/v10"
GATEWAY = "/gateway"


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


class HttpServer(Loopback):
    """`/api/v10/...` and the websocket `/gateway`."""

    def __init__(self, handle: Handle, upgrade: Upgrade, body_bytes: int) -> None:
        super().__init__(body_bytes)
        self._handle = handle
        self._upgrade = upgrade

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
        reply = await self._handle(incoming)
        if reply.seconds:
            await asyncio.sleep(reply.seconds)
        return _response(reply)

    async def _read(self, request: BaseRequest) -> tuple[Any, Mapping[str, bytes], Refused | None]:
        """JSON, or multipart with `payload_json` and `files[n]`.

        Source: https://docs.discord.com/developers/reference#uploading-files.
        """
        if await self._oversized(request):
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
