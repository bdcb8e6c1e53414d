"""A Discord of one's own on loopback: REST and gateway with their rules, their words, and failures on command.

Inside `async with DiscordEmulator() as discord` a bot talks to `discord.api_url` and `discord.gateway_url`;
people act with `await discord.slash(channel, "subscribe", {"text": "ai"})`; a test looks at
`await discord.wait_for(1)` and ends with `assert not discord.refused`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from tests.emulators.discord_acts import Interaction
from tests.emulators.discord_commands import Commands
from tests.emulators.discord_failures import Failure
from tests.emulators.discord_gateway import Gateway
from tests.emulators.discord_http import API_ROOT, GATEWAY, HttpServer
from tests.emulators.discord_interactions import Interactions
from tests.emulators.discord_messages import Messages
from tests.emulators.discord_people import People
from tests.emulators.discord_places import Places
from tests.emulators.discord_records import Ledger, Sent
from tests.emulators.discord_requests import Requests
from tests.emulators.discord_routes import Routes
from tests.emulators.discord_rules import Rules
from tests.emulators.discord_threads import Threads
from tests.emulators.waiting import Waiting, Watched

TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAx.TEST.loopback-token"


class DiscordEmulator(Watched[Sent], People):
    """An async context manager; inside it `api_url` is the REST root and `gateway_url` the gateway.

    `clock` gives aware UTC times and measures rates; `latency` is the seconds every answer takes on its way.
    Everything that happened is in the lists described at `Ledger`. Requests that broke a rule are in
    `refused`; those that failed because a test asked for it are in `failed`, so that
    `assert not discord.refused` holds for every bot that keeps the rules.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        clock: Callable[[], datetime] | None = None,
        rules: Rules | None = None,
        latency: float = 0.0,
        port: int = 0,
    ) -> None:
        self.token = token
        self.clock = clock or (lambda: datetime.now(UTC))
        self.rules = rules or Rules()
        self.latency = latency
        self.api_url = ""
        self.gateway_url = ""
        self.ledger = ledger = Ledger()
        self.requests, self.refused, self.failed = ledger.requests, ledger.refused, ledger.failed
        self.sent, self.edits, self.deletions = ledger.sent, ledger.edits, ledger.deletions
        self.commands, self.opened = ledger.commands, ledger.opened
        self._waiting = Waiting()
        self.gateway = Gateway(
            token, self.rules.heartbeat_seconds, lambda session: self._hello(session, self.gateway_url)
        )
        self.gateway.on_change = self._waiting.look
        self.places = Places(self.gateway.emit, self.clock)
        self.messages = Messages(self.places, ledger, self.rules)
        self.interactions = Interactions(self.messages, self.rules)
        commands = Commands(self.places, ledger)
        self._find_command = commands.named
        self._until = self.wait_until
        threads = Threads(self.places, self.messages, ledger)
        self.routes = Routes(
            self.places, self.messages, threads, commands, self.interactions, lambda: self.gateway_url
        )
        self._requests = Requests(
            token, self.routes, ledger, self.rules, self.clock, self._waiting.look, lambda: self.latency
        )
        self._http = HttpServer(self._requests.handle, self.gateway.serve, self.rules.body_bytes)
        self._port = port

    async def __aenter__(self) -> Self:
        host = f"127.0.0.1:{await self._http.start(self._port)}"
        self.api_url, self.gateway_url = f"http://{host}{API_ROOT}", f"ws://{host}{GATEWAY}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.gateway.open = False
        await self.gateway.drop(1001, broken=True, forget=True, ask=False)
        await self._http.stop()

    # ---------------------------------------------------------------- for tests

    @property
    def syncs(self) -> int:
        """How often all commands were replaced at once."""
        return self.ledger.syncs

    @property
    def invalid_requests(self) -> int:
        """Answers of the last ten minutes that count towards Cloudflare's block of the address."""
        return self._requests.invalid(self.clock())

    @property
    def unanswered(self) -> list[Interaction]:
        """What people did and nobody acknowledged in time: Discord tells them that the application is silent."""
        since = self.clock() - timedelta(seconds=self.rules.ack_seconds)
        return [one for one in self.interactions.known.values() if one.ack is None and one.at < since]

    def fail(
        self,
        route: str | None = "POST /channels/*/messages",
        *,
        times: float = 1,
        status: int = 429,
        code: int = 0,
        message: str | None = None,
        headers: Mapping[str, str] | None = None,
        retry_after: float = 1.0,
        scope: str = "user",
        reset: bool = False,
        html: bool = False,
        after_accept: bool = False,
        delay: float = 0.0,
    ) -> None:
        """The next `times` requests of `route` fail; several orders are taken in turn.

        `route` is a shell pattern over "METHOD /path" (None: any), so that one channel can be named:
        "POST /channels/42/*". A known `code` (`discord_errors`) brings its status and words. 429 without a code
        is a rate limit of `scope` user, shared, global or cloudflare (a page, without Via), to be tried again
        after `retry_after` seconds. `reset` breaks the connection; with `after_accept` the request counts and
        only its answer is lost or wrong. `delay` seconds pass before the answer; `status=200` is only slow.
        """
        failure = Failure(
            route, times, status, code, message, headers or {}, retry_after, scope, reset, html, after_accept, delay
        )
        self._requests.failures.append(failure)

    def mend(self) -> None:
        """Fail no more."""
        self._requests.failures.clear()

    async def drop(
        self, code: int = 4000, *, broken: bool = False, forget: bool = False, ask: bool = False
    ) -> None:
        """Every gateway connection ends with `code`, or `broken` by a reset; a client may RESUME.

        With `forget` its session is gone as well (it must IDENTIFY again); `ask` sends RECONNECT (op 7) instead.
        `gateway.open = False` turns new connections away.
        """
        await self.gateway.drop(code, broken=broken, forget=forget, ask=ask)

    async def connected(
        self,
        timeout: float = 5,  # noqa: ASYNC109 - it is named in the message when nothing comes
    ) -> None:
        """Until a session with a connection is there. Raises TimeoutError."""
        await self.wait_until(
            lambda: any(session.connection for session in self.gateway.sessions.values()), timeout
        )

    def shown(self, channel_id: int) -> list[Sent]:
        """The bot's messages in a channel as they stand now, ephemeral ones too: edits made, deleted ones gone."""
        standing = self.messages.standing.items()
        return [message.sent for (channel, _), message in standing if channel == channel_id]

    def forget(self) -> None:
        """Empty every list, and forget the messages: between two phases, or in a long benchmark."""
        for record in (self.requests, self.sent, self.edits, self.deletions, self.refused, self.failed):
            record.clear()
        self.messages.forget()
        self.interactions.forget()

    def _place(self, sent: Sent) -> int:
        return sent.channel_id
