"""What machines ask: is the process alive, is it ready, what has it counted.

Details are for whoever is on this machine or has the password: as a session of the page, or by HTTP Basic with any
name, which is what Prometheus sends for `basic_auth`.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from adapters.web.requests import client_of
from adapters.web.security import SESSION, Gate, is_loopback

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
FORWARDED = ("forwarded", "via", "x-real-ip")

Unready = Callable[[], Awaitable[Sequence[str]]]
Exposition = Callable[[], Awaitable[bytes]]


class Health:
    """`/healthz`, `/readyz` and `/metrics`. `unready` says what is missing, a line each; nothing = ready."""

    def __init__(
        self, gate: Gate, clock: Callable[[], datetime], *, unready: Unready, metrics: Exposition | None
    ) -> None:
        self._gate = gate
        self._clock = clock
        self._unready = unready
        self._metrics = metrics

    def routes(self) -> list[BaseRoute]:
        routes: list[BaseRoute] = [Route("/healthz", self.alive), Route("/readyz", self.ready)]
        if self._metrics is not None:
            routes.append(Route("/metrics", self.figures))
        return routes

    async def alive(self, _request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def ready(self, request: Request) -> Response:
        missing = await self._unready()
        if not missing:
            return PlainTextResponse("ready\n")
        lines = missing if self._may_know(request) else ["not ready"]
        return PlainTextResponse("".join(f"{' '.join(line.split())}\n" for line in lines), 503)

    async def figures(self, request: Request) -> Response:
        if self._metrics is None or not self._may_know(request):
            headers = {"WWW-Authenticate": 'Basic realm="topicwire"'} if self._gate.closed else {}
            return PlainTextResponse(
                "Metrics are for this machine, or behind the password.\n",
                401 if self._gate.closed else 403,
                headers,
            )
        return Response(await self._metrics(), headers={"Content-Type": PROMETHEUS})

    def _may_know(self, request: Request) -> bool:
        if _from_this_machine(request):
            return True
        now = self._clock()
        if not self._gate.closed:
            return False
        if self._gate.admits(request.cookies.get(SESSION), now):
            return True
        password, client = _password(request), client_of(request)
        return (
            password is not None
            and not self._gate.locked(client, now)
            and self._gate.enter(password, client, now) is not None
        )


def _from_this_machine(request: Request) -> bool:
    """Not through a proxy: it is on this machine too, and speaks for strangers."""
    passed_on = any(name in FORWARDED or name.startswith("x-forwarded-") for name in request.headers)
    return is_loopback(client_of(request)) and not passed_on


def _password(request: Request) -> str | None:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return None
