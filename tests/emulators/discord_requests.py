"""A request on its way through the loopback Discord server: failed on command, checked, paced, answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.emulators.discord_errors import form_error, http_error
from tests.emulators.discord_failures import Failure
from tests.emulators.discord_http import Incoming, Reply, error_reply
from tests.emulators.discord_rates import VIA, Rates, counts_as_invalid, too_many_requests
from tests.emulators.discord_records import Call, Ledger, Refusal, Refused, Request
from tests.emulators.discord_routes import Route, Routes
from tests.emulators.discord_rules import Rules
from tests.emulators.discord_schema import specification
from tests.emulators.loopback import Reset


class Requests:
    """The rules that hold for every request. `failures` are what a test ordered; `look` wakes who waits."""

    def __init__(
        self,
        token: str,
        routes: Routes,
        ledger: Ledger,
        rules: Rules,
        clock: Callable[[], datetime],
        look: Callable[[], None],
        latency: Callable[[], float],
    ) -> None:
        self.ledger = ledger
        self.rules = rules
        self.latency = latency
        self.failures: list[Failure] = []
        self._token = token
        self._routes = routes
        self._clock = clock
        self._look = look
        self._rates = Rates(rules)
        self._schema = specification() if rules.strict else None

    def invalid(self, now: datetime) -> int:
        """Answers of the last ten minutes that count towards Cloudflare's block of the address."""
        since = now - timedelta(seconds=self.rules.invalid_seconds)
        return sum(at > since for at in self.ledger.invalid)

    async def handle(self, incoming: Incoming) -> Reply:
        scheme, _, token = (incoming.authorization or "").partition(" ")
        known = token if scheme == "Bot" else None
        request = Request(incoming.method, incoming.path, incoming.body, self._clock(), dict(incoming.files), known)
        self.ledger.requests.append(request)
        self._look()
        failure = next((failure for failure in self.failures if failure.meets(request)), None)
        try:
            if failure:
                return await self._fail(failure, request, incoming)
            return self._play(request, incoming)
        finally:
            self._look()

    def _play(self, request: Request, incoming: Incoming) -> Reply:
        headers: Mapping[str, str] = {}
        try:
            if self.invalid(request.at) >= self.rules.invalid_limit:
                raise too_many_requests(self.rules.invalid_seconds, "cloudflare")
            if incoming.fault:
                raise incoming.fault
            route, ids = self._routes.find(request.method, request.path)
            if route.needs_token and request.token != self._token:
                raise http_error(401)
            headers = self._pace(route, ids, request)
            reply = route.handler(self._call(route, ids, request, incoming))
        except Refused as refused:
            self._refuse(request, refused)
            return error_reply(refused, headers)
        except (AttributeError, KeyError, TypeError, ValueError) as error:  # a body of a shape nobody expects
            unread = form_error(("_",), "MODEL_TYPE_CONVERT", f"{type(error).__name__}: {error}"[:300])
            self._refuse(request, unread)
            return error_reply(unread, headers)
        return Reply(reply.status, reply.body, {**VIA, **headers, **reply.headers}, self.latency())

    def _call(self, route: Route, ids: Mapping[str, str], request: Request, incoming: Incoming) -> Call:
        body: Any = request.body
        if request.method in {"POST", "PATCH"} and body is None:
            body = {}
        if request.method in {"POST", "PATCH"} and not isinstance(body, dict):
            raise form_error(("_",), "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        if self._schema and request.body is not None:
            self._schema.check(request.method, route.template, request.body)
        return Call(route.template, ids, incoming.query, body, request.files, request.at)

    def _pace(self, route: Route, ids: Mapping[str, str], request: Request) -> Mapping[str, str]:
        """Count the request: headers of its bucket. Raises Refused (429), or notes it under "record"."""
        if self.rules.rates == "off" or not route.needs_token:
            return {}
        now = request.at.timestamp()
        headers: Mapping[str, str] = {}
        refused = self._rates.take_global(now)
        if route.has_bucket and refused is None:
            name = f"{route.method} {route.template}"
            headers, refused = self._rates.take(name, ids.get("channel_id", ""), now)
        if refused and self.rules.rates == "refuse":
            raise refused
        if refused:
            self._refuse(request, refused, accepted=True)
        return headers

    async def _fail(self, failure: Failure, request: Request, incoming: Incoming) -> Reply:
        """Fail as told, before or after the request counted."""
        failure.times -= 1
        if failure.times <= 0:
            self.failures.remove(failure)
        reply = None
        if failure.after_accept or failure.status == 200:
            reply = self._play(request, incoming)
            self._look()
        await failure.wait()
        if reply and failure.status == 200 and not (failure.reset or failure.html):
            return reply
        refused = failure.refused()
        self._refuse(request, refused)
        if failure.reset:
            raise Reset
        return error_reply(refused)

    def _refuse(self, request: Request, refused: Refused, *, accepted: bool = False) -> None:
        refusal = Refusal(
            request.route,
            request.body,
            refused.status,
            refused.code,
            refused.message,
            request.at,
            refused.errors,
            accepted,
        )
        (self.ledger.failed if refused.commanded else self.ledger.refused).append(refusal)
        if not accepted and counts_as_invalid(refused.status, refused.headers):
            self.ledger.invalid.append(request.at)
