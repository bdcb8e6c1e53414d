"""A Telegram of one's own on loopback: the Bot API with its rules, its words, and failures on command.

Inside `async with TelegramEmulator() as telegram` a bot talks to `telegram.root`; people act with
`await telegram.say(7, "/start")`; a test looks at `await telegram.wait_for(1)` and ends with
`assert not telegram.refused`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

from tests.emulators.loopback import Reset
from tests.emulators.telegram_failures import Failure
from tests.emulators.telegram_http import HttpServer, Reply, not_ok, ok
from tests.emulators.telegram_methods import Methods
from tests.emulators.telegram_people import People
from tests.emulators.telegram_records import Call, Json, Ledger, Refusal, Refused, Request, Sent
from tests.emulators.telegram_rules import Rules
from tests.emulators.telegram_schema import full_schema, pinned_schema
from tests.emulators.waiting import Waiting, Watched

TOKEN = "1234:TEST-token"

_TOKEN_FORM = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")


class TelegramEmulator(Watched[Sent], People):
    """An async context manager; inside it `root` is the Bot API root (`TELEGRAM_API_URL`).

    `clock` gives aware UTC times and measures rates; `latency` is the seconds every answer takes on its way.
    Everything that happened is in the lists described at `Ledger`. Requests that broke a rule are in
    `refused`; those that failed because a test asked for it are in `failed`, so that
    `assert not telegram.refused` holds for every bot that keeps the rules.
    """

    def __init__(
        self,
        *,
        tokens: Collection[str] = (TOKEN,),
        clock: Callable[[], datetime] | None = None,
        rules: Rules | None = None,
        latency: float = 0.0,
        port: int = 0,
    ) -> None:
        super().__init__(tokens, clock or (lambda: datetime.now(UTC)))
        self.rules = rules or Rules()
        self.latency = latency
        self.root = ""
        ledger = Ledger()
        self.requests, self.refused, self.failed = ledger.requests, ledger.refused, ledger.failed
        self.sent, self.edits, self.deletions = ledger.sent, ledger.edits, ledger.deletions
        self.answered, self.commands, self.descriptions = (
            ledger.answered,
            ledger.commands,
            ledger.descriptions,
        )
        self._schema = full_schema() or pinned_schema()
        self._methods = Methods(self.chats, ledger, self.rules, self._updates, self._pressed)
        self._failures: list[Failure] = []
        self._waiting = Waiting()
        self._http = HttpServer(self._handle, self._download, self._refuse, self.rules.body_bytes)
        self._port = port

    async def __aenter__(self) -> Self:
        self.root = f"http://127.0.0.1:{await self._http.start(self._port)}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for updates in self._updates.values():
            updates.close()
        await self._http.stop()

    # ---------------------------------------------------------------- for tests

    def fail(
        self,
        method: str | None,
        *,
        times: float = 1,
        chat_id: int | None = None,
        status: int = 429,
        description: str | None = None,
        parameters: Json | None = None,
        html: bool = False,
        reset: bool = False,
        after_accept: bool = False,
        delay: float = 0.0,
    ) -> None:
        """The next `times` requests of `method` (None: any) fail; several orders are taken in turn.

        Without a description the server's usual words for the status are used; 429 asks for 1 s. `reset`
        breaks the connection; with `after_accept` the request counts and only its answer is lost or wrong.
        `delay` seconds pass before the answer; `status=200` is a success that is only slow, or, with `html`,
        told in a page that is not Telegram's.
        """
        self._failures.append(
            Failure(method, times, chat_id, status, description, parameters, html, reset, after_accept, delay)
        )

    def mend(self) -> None:
        """Fail no more."""
        self._failures.clear()

    def shown(self, chat_id: int) -> list[Sent]:
        """The bot's messages in a chat as they stand now: edits made, deleted ones gone."""
        return self.chats.standing(chat_id)

    def forget(self) -> None:
        """Empty every list, and forget the messages: between two phases, or in a long benchmark."""
        for record in (self.requests, self.sent, self.edits, self.deletions, self.answered):
            record.clear()
        self.refused.clear()
        self.failed.clear()
        self.chats.messages.clear()

    # ---------------------------------------------------------------- requests

    async def _handle(self, token: str, method: str, parameters: Json, files: Mapping[str, bytes]) -> Reply:
        request = Request(token, method, parameters, self.clock(), files)
        self.requests.append(request)
        self._waiting.look()
        failure = next((failure for failure in self._failures if failure.meets(method, parameters)), None)
        try:
            if failure:
                return await self._fail(failure, request)
            return await self._play(request)
        finally:
            self._waiting.look()

    async def _play(self, request: Request) -> Reply:
        token = request.token
        if token not in self._updates:
            words = "Unauthorized" if _TOKEN_FORM.fullmatch(token) else "Unauthorized: invalid token specified"
            raise Refused(401, words)
        method = self._schema.method(request.method)
        checked = self._schema.check(method, request.parameters, request.files, strict=self.rules.strict)
        call = Call(token, method, checked, request.files, request.at)
        return ok(await self._methods.play(call), self.latency)

    async def _fail(self, failure: Failure, request: Request) -> Reply:
        """Fail as told, before or after the request counted."""
        failure.times -= 1
        if failure.times <= 0:
            self._failures.remove(failure)
        reply = None
        if failure.after_accept or failure.status == HTTPStatus.OK:
            reply = await self._play(request)
            self._waiting.look()
        await failure.wait()
        if reply and failure.status == HTTPStatus.OK and not (failure.reset or failure.html):
            return reply
        refused = failure.refused()
        self._refuse(request.method, request.parameters, refused)
        if failure.reset:
            raise Reset
        return not_ok(refused, html=failure.html)

    def _refuse(self, method: str, parameters: Mapping[str, Any], refused: Refused) -> None:
        refusal = Refusal(method, parameters, refused.status, refused.description, self.clock())
        (self.failed if refused.commanded else self.refused).append(refusal)
        self._waiting.look()

    def _download(self, token: str, file_path: str) -> Reply:
        file_id = file_path.removeprefix("photos/").removesuffix(".jpg")
        content = self._methods.messages.files.get(file_id)
        if token not in self._updates or content is None:
            raise Refused(404, "Not Found")
        return Reply(200, content, "image/jpeg")

    def _place(self, sent: Sent) -> int:
        return sent.chat_id
