"""Waiting for something to have happened: conditions are looked at after every request, never by polling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")


class Shown(Protocol):
    @property
    def text(self) -> str: ...


S = TypeVar("S", bound=Shown)


class Waiting:
    """Who waits for what."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []

    def look(self) -> None:
        """Something happened: wake those whose condition holds now."""
        for condition, future in self._waiting:
            if future.done():
                continue
            try:
                if found := condition():
                    future.set_result(found)
            except Exception as error:  # noqa: BLE001 - a fault in a test's condition is that test's
                future.set_exception(error)

    async def until(self, condition: Callable[[], T | None], seconds: float) -> T:
        """The first true value of `condition`. Raises TimeoutError."""
        if found := condition():
            return found
        entry = (condition, asyncio.get_running_loop().create_future())
        self._waiting.append(entry)
        try:
            async with asyncio.timeout(seconds):
                result: T = await entry[1]
                return result
        finally:
            self._waiting.remove(entry)


class Watched(Generic[S]):
    """A server whose messages a test waits for. `_waiting` is told of every request."""

    requests: list[Any]
    sent: list[S]
    refused: list[Any]
    _waiting: Waiting

    async def wait_for(
        self,
        wanted: int | Callable[[S], bool],
        timeout: float = 5,  # noqa: ASYNC109 - it is named in the message when nothing comes
    ) -> S:
        """The `wanted`-th message sent (from 1), or the first that fits. Raises TimeoutError with what came."""
        if isinstance(wanted, int):
            number = wanted
            return await self.wait_until(
                lambda: self.sent[number - 1] if len(self.sent) >= number else None, timeout
            )
        fits = wanted
        return await self.wait_until(lambda: next((sent for sent in self.sent if fits(sent)), None), timeout)

    async def wait_until(
        self,
        condition: Callable[[], T | None],
        timeout: float = 5,  # noqa: ASYNC109 - as above
    ) -> T:
        """The first true value of `condition`, looked at after every request. Raises TimeoutError."""
        try:
            return await self._waiting.until(condition, timeout)
        except TimeoutError as error:
            shown = [f"{self._place(sent)}: {sent.text[:80]!r}" for sent in self.sent[-5:]]
            raise TimeoutError(
                f"not within {timeout} s; {len(self.requests)} requests, {len(self.sent)} messages, "
                f"the last {shown}; refused {self.refused[-3:]}"
            ) from error

    def _place(self, sent: S) -> int:
        raise NotImplementedError
