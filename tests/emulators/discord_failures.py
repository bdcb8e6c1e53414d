"""Failures on command: what the next requests of a route meet instead of, or after, being accepted."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from tests.emulators.discord_errors import CODES, http_error
from tests.emulators.discord_rates import too_many_requests
from tests.emulators.discord_records import Refused, Request

_PAGE = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center></body></html>"


@dataclass(slots=True)
class Failure:
    """`times` counts down. `reset` breaks the connection; `html` answers with a page as a proxy does.

    `status` 200 with a `delay` is an answer that is only slow.
    """

    route: str | None
    times: float = 1
    status: int = 429
    code: int = 0
    message: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    retry_after: float = 1
    scope: str = "user"
    reset: bool = False
    html: bool = False
    after_accept: bool = False
    delay: float = 0

    def meets(self, request: Request) -> bool:
        """Whether this request is one of those that fail."""
        return self.times > 0 and (self.route is None or fnmatchcase(request.route, self.route))

    async def wait(self) -> None:
        """Let the delay pass."""
        if self.delay:
            await asyncio.sleep(self.delay)

    def refused(self) -> Refused:
        """The answer in the server's words; a known `code` brings its own status unless one was named."""
        if self.status == 429 and not self.code:
            refused = too_many_requests(self.retry_after, self.scope, commanded=True)
        else:
            status, words = CODES.get(self.code, (self.status, http_error(self.status).message))
            refused = Refused(status if self.status == 429 else self.status, self.code, words, commanded=True)
            if refused.status == 429:
                refused.extra = {"retry_after": self.retry_after, "global": False}
        refused.message = self.message or refused.message
        refused.headers = {**refused.headers, **self.headers}
        if self.html:
            refused.page = _PAGE.format(refused.message)
        return refused
