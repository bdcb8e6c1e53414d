"""Failures on command: what the next requests of a kind meet instead of, or after, being accepted."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from tests.emulators.telegram_records import Json, Refused

_WORDS = {
    200: "OK",
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    413: "Request Entity Too Large",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(slots=True)
class Failure:
    """`times` counts down. `reset` breaks the connection; `html` answers with a page as a proxy does.

    `status` 200 with a `delay` is an answer that is only slow.
    """

    method: str | None
    times: float = 1
    chat_id: int | None = None
    status: int = 429
    description: str | None = None
    parameters: Json | None = None
    html: bool = False
    reset: bool = False
    after_accept: bool = False
    delay: float = 0

    def meets(self, method: str, parameters: Any) -> bool:
        """Whether this request is one of those that fail."""
        if self.times <= 0 or (self.method is not None and self.method.lower() != method.lower()):
            return False
        return self.chat_id is None or str(parameters.get("chat_id")) == str(self.chat_id)

    async def wait(self) -> None:
        """Let the delay pass."""
        if self.delay:
            await asyncio.sleep(self.delay)

    def refused(self) -> Refused:
        """The answer in the server's words."""
        parameters = self.parameters
        if self.status == 429 and self.description is None:
            parameters = parameters or {"retry_after": 1}
            words = f"Too Many Requests: retry after {parameters.get('retry_after')}"
        else:
            words = self.description or _WORDS.get(self.status, f"Error {self.status}")
        return Refused(self.status, words, parameters=parameters, commanded=True)
