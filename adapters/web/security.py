"""Who may talk to the chat page: hosts, origins, passwords, and how much in how short a time."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections import OrderedDict, deque
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.web.requests import locale_of
from bot.texts import texts

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OPEN_PATHS = ("/login", "/static/", "/healthz", "/readyz", "/metrics")  # not guarded here: see health.py
SESSION = "topicwire_session"
SESSION_DAYS = 30


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on `host`."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def allowed_hosts(host: str, port: int) -> frozenset[str] | None:
    """The Host headers that are ours; None = any, where the server listens on every address.

    The list keeps a strange web site from reaching a page without a password by pointing its own name here
    (DNS rebinding). Listening on every address needs a password, and browsers do not send its cookie along
    under another name.
    """
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not listened on
        return None
    names = {"127.0.0.1", "localhost", "[::1]", f"[{host}]" if ":" in host else host.lower()}
    return frozenset(f"{name}:{port}" for name in names) | (names if port == 80 else set())  # noqa: PLR2004 - HTTP


class Limiter:
    """At most `limit` events a key within `seconds`; knows the `keys` that were active last."""

    def __init__(self, limit: int, seconds: float, *, keys: int = 10_000) -> None:
        self._limit = limit
        self._window = timedelta(seconds=seconds)
        self._keys = keys
        self._events: OrderedDict[str, deque[datetime]] = OrderedDict()

    def full(self, key: str, now: datetime) -> bool:
        events = self._events.get(key)
        while events and events[0] <= now - self._window:
            events.popleft()
        return events is not None and len(events) >= self._limit

    def add(self, key: str, now: datetime) -> None:
        self._events.setdefault(key, deque(maxlen=self._limit)).append(now)
        self._events.move_to_end(key)
        if len(self._events) > self._keys:
            self._events.popitem(last=False)


class Gate:
    """The password: sessions are signed with a key made from it, so a new password ends them all."""

    def __init__(self, password: str | None) -> None:
        self._password = None if password is None else password.encode()
        # Slow on purpose: a stolen cookie must not allow fast guessing of the password.
        self._key = (
            b""
            if self._password is None
            else hashlib.scrypt(self._password, salt=b"topicwire session", n=2**14, r=8, p=1, dklen=32)
        )
        self._wrong = Limiter(5, 15 * 60)
        self._wrong_anywhere = Limiter(100, 15 * 60, keys=1)

    @property
    def closed(self) -> bool:
        """Whether a password is needed."""
        return self._password is not None

    def locked(self, client: str, now: datetime) -> bool:
        """Too many wrong passwords, from this address or from everywhere."""
        return self._wrong.full(_network(client), now) or self._wrong_anywhere.full("", now)

    def enter(self, password: str, client: str, now: datetime) -> str | None:
        """The value of a new session cookie, or None for a wrong password, which counts."""
        if self._password is not None and hmac.compare_digest(password.encode(), self._password):
            return self._signed(int((now + timedelta(days=SESSION_DAYS)).timestamp()))
        self._wrong.add(_network(client), now)
        self._wrong_anywhere.add("", now)
        return None

    def admits(self, cookie: str | None, now: datetime) -> bool:
        """Whether a session cookie is ours and still good."""
        if self._password is None:
            return True
        until = (cookie or "").partition(".")[0]
        if not (until.isascii() and until.isdigit() and len(until) < 12):  # noqa: PLR2004 - digits of a time
            return False
        return hmac.compare_digest(
            str(cookie).encode(), self._signed(int(until)).encode()
        ) and now.timestamp() < int(until)

    def _signed(self, until: int) -> str:
        return f"{until}.{hmac.new(self._key, str(until).encode(), 'sha256').hexdigest()}"


def _network(client: str) -> str:
    """An address as the unit in which people own them: one IPv4 address, or 64 bits of IPv6."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else client  # noqa: PLR2004


class Guard:
    """Stands before the application: refuses strangers, and puts the security headers on every answer."""

    def __init__(
        self, app: ASGIApp, hosts: Collection[str] | None, gate: Gate, clock: Callable[[], datetime]
    ) -> None:
        self._app = app
        self._hosts = hosts
        self._gate = gate
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        if scope["type"] != "http":
            return
        refusal = self._refusal(Request(scope))
        await (refusal or self._app)(scope, receive, send_guarded)

    def _refusal(self, request: Request) -> Response | None:
        headers, path, words = request.headers, request.url.path, texts(locale_of(request))
        host = headers.get("host", "").lower()
        if not host or (self._hosts is not None and host not in self._hosts):
            return PlainTextResponse(words.plain("web-other-host") + "\n", 421)
        if not _from_here(request.method, path, headers, request.url.scheme, host):
            return JSONResponse({"error": words.plain("web-other-site")}, 403)
        if path.startswith(OPEN_PATHS) or self._gate.admits(request.cookies.get(SESSION), self._clock()):
            return None
        if request.method in {"GET", "HEAD"} and path == "/":
            return RedirectResponse("/login", 303)
        return JSONResponse({"error": "Sign in first."}, 401)


def _from_here(method: str, path: str, headers: Headers, scheme: str, host: str) -> bool:
    """Whether a request that does something was made by our own page.

    Browsers put Origin on every POST and on every EventSource of a foreign page, and Sec-Fetch-Site on all
    requests to trustworthy addresses (Fetch standard, "append a request Origin header"; Fetch Metadata).
    """
    if method in {"GET", "HEAD"} and path != "/events":
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    if origin is None:
        return method == "GET"  # our own EventSource over plain HTTP; a foreign one would carry an Origin
    return origin.lower() == f"{scheme}://{host}"
