"""Waiting for something to have happened: conditions are looked at after every request, never by polling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


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
