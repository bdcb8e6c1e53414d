"""What browsers send: bodies within a limit, languages, addresses; and the answers to what cannot be read."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.texts import texts

BODY_LIMIT = 32 * 1024  # bytes
BODY_SECONDS = 10

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Refused(HTTPException):
    """A request that is not carried out, with the catalogue key of the sentence that says why."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(status)
        self.key = key


async def read_json(request: Request) -> dict[str, Any]:
    """The JSON object in the body. Raises Refused."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Refused(415, "web-refused")
    try:
        values = json.loads(await _body(request))
    except (ValueError, RecursionError) as fault:
        raise Refused(400, "web-refused") from fault
    if not isinstance(values, dict):
        raise Refused(400, "web-refused")
    return values


async def read_form(request: Request) -> Mapping[str, str]:
    """The fields of a plain HTML form. Raises Refused."""
    try:
        fields = parse_qs((await _body(request)).decode(), max_num_fields=10)
    except ValueError as fault:
        raise Refused(400, "web-refused") from fault
    return {name: values[0] for name, values in fields.items()}


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > BODY_LIMIT:
                    raise Refused(413, "web-too-long")
    except (TimeoutError, ClientDisconnect) as fault:
        raise Refused(408, "web-refused") from fault
    return bytes(body)


def locale_of(request: Request) -> str:
    """The first language that the browser asks for; "" where it asks for none."""
    first = request.headers.get("accept-language", "").split(",")[0].partition(";")[0].strip()
    return first if _LANGUAGE.fullmatch(first) else ""


def client_of(request: Request) -> str:
    """The address a request comes from, for counting."""
    return request.client.host if request.client else ""


# ---------------------------------------------------------------- answers to faults


def answer_refused(request: Request, fault: Exception) -> Response:
    key = fault.key if isinstance(fault, Refused) else "web-refused"
    status = fault.status_code if isinstance(fault, HTTPException) else 400
    return _error(request, status, key)


def answer_storage(request: Request, _fault: Exception) -> Response:
    return _error(request, 503, "web-storage")


def answer_fault(request: Request, _fault: Exception) -> Response:
    """An error of ours; Starlette raises it again after this answer, and the server logs it."""
    return _error(request, 500, "web-failed")


def _error(request: Request, status: int, key: str) -> Response:
    return JSONResponse({"error": texts(locale_of(request)).plain(key)}, status)
