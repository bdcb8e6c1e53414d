"""Two programs that poll one Telegram token: seen while there are two, and over when one of them ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from adapters.telegram.messenger import TelegramMessenger
from adapters.telegram.polling import CONTESTED_FOR
from tests.adapters.telegram_chat import ANN, NOW, Script
from tests.emulators.telegram import TOKEN, TelegramEmulator


async def test_two_pollers_of_one_token_are_seen_for_as_long_as_there_are_two() -> None:
    async with TelegramEmulator() as telegram:

        def polls() -> int:
            return sum(request.method == "getUpdates" for request in telegram.requests)

        passed = 0.0

        async def nap(_seconds: float) -> None:
            await asyncio.sleep(0.01)

        async def until(condition: Callable[[], bool]) -> None:
            async with asyncio.timeout(10):
                while not condition():
                    await asyncio.sleep(0.01)

        first, second = (
            TelegramMessenger(TOKEN, api_url=telegram.root, clock=lambda: NOW, sleep=nap, monotonic=lambda: passed)
            for _ in range(2)
        )
        await first.start(Script())
        await until(lambda: polls() > 0)
        assert first.fault is None
        await second.start(Script())
        await until(lambda: first.fault is not None and second.fault is not None)
        before = polls()
        await until(lambda: polls() > before + 4)
        assert "another process polls with the same TELEGRAM_TOKEN" in str(first.fault), "also between good polls"
        await second.stop()
        passed = CONTESTED_FOR + 1
        await telegram.say(ANN, "hello")
        await telegram.wait_for(1)
        assert first.fault is None
        await first.stop()
