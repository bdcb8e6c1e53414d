"""The wire of the loopback Telegram server: requests in any encoding a client uses, answers as bytes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from aiohttp import BodyPartReader, web
from aiohttp.web_request import BaseRequest

from tests.emulators.loopback import Loopback
from tests.emulators.telegram_records import Json, Refused

_PAGE = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center></body></html>"


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer; `seconds` is how long the way back takes."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0


Handle = Callable[[str, str, Json, Mapping[str, bytes]], Awaitable[Reply]]
"""(token, method, parameters, uploads) -> the answer; may raise Refused or Reset."""

Download = Callable[[str, str], Reply]
"""(token, file path) -> the file; may raise Refused."""

OnRefused = Callable[[str, Json, Refused], None]
"""(method, parameters, why): told of every request that is refused, readable or not."""


def ok(result: Any, seconds: float = 0) -> Reply:
    return Reply(200, json.dumps({"ok": True, "result": result}).encode(), seconds=seconds)


def not_ok(refused: Refused, *, html: bool = False) -> Reply:
    """The error body of https://core.telegram.org/bots/api#making-requests, or a proxy's page."""
    if html:
        page = _PAGE.format(f"{refused.status} {refused.description}")
        return Reply(refused.status, page.encode(), "text/html")
    body: Json = {"ok": False, "error_code": refused.status, "description": refused.description}
    headers = {}
    if refused.parameters:
        body["parameters"] = refused.parameters
        if "retry_after" in refused.parameters:
            headers["Retry-After"] = str(refused.parameters["retry_after"])
    return Reply(refused.status, json.dumps(body).encode(), headers=headers)


class HttpServer(Loopback):
    """`<root>/bot<token>/<method>`. A poller that hangs up must not look like a second one."""

    def __init__(self, handle: Handle, download: Download, on_refused: OnRefused, body_bytes: int) -> None:
        super().__init__(body_bytes, hangs_up=True)
        self._handle = handle
        self._on_refused = on_refused
        self._download = download

    async def _answer(self, request: BaseRequest) -> web.Response:
        reply = await self._reply(request)
        if reply.seconds:
            await asyncio.sleep(reply.seconds)
        return web.Response(
            body=reply.body,
            status=reply.status,
            content_type=reply.content_type,
            headers=reply.headers or None,
        )

    async def _reply(self, request: BaseRequest) -> Reply:
        path, _, query = request.raw_path.partition("?")
        bot, _, method = (unquote(path) if "%" in path else path).removeprefix("/").partition("/")
        parameters: Json = dict(parse_qsl(query, keep_blank_values=True)) if query else {}
        try:
            if bot == "file" or not bot.startswith("bot"):
                token, _, file_path = method.removeprefix("bot").partition("/")
                return self._download(token, file_path)
            files: dict[str, bytes] = {}
            await self._read(request, parameters, files)
            return await self._handle(bot.removeprefix("bot"), method, parameters, files)
        except Refused as refused:
            self._on_refused(method, parameters, refused)
            return not_ok(refused)

    async def _read(self, request: BaseRequest, parameters: Json, files: dict[str, bytes]) -> None:
        """Form, JSON and multipart bodies, as https://core.telegram.org/bots/api#making-requests allows."""
        if await self._oversized(request):
            raise Refused(413, "Request Entity Too Large")
        if request.content_type.startswith("multipart/"):
            await _read_parts(request, parameters, files)
            return
        body = await request.read()
        if request.content_type == "application/json" and body:
            parameters.update(_json_object(body))
        else:
            parameters.update(parse_qsl(body.decode(), keep_blank_values=True))


async def _read_parts(request: BaseRequest, parameters: Json, files: dict[str, bytes]) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            parameters[part.name] = content.decode()
        else:
            files[part.name] = content


def _json_object(body: bytes) -> Json:
    try:
        parsed = json.loads(body)
    except ValueError as error:
        raise Refused(400, f"Bad Request: can't parse request JSON: {error}") from error
    if not isinstance(parsed, dict):
        raise Refused(400, "Bad Request: object expected as request")
    return parsed
