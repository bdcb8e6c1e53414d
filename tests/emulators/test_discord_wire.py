"""What a message costs the loopback Discord server. Speed is printed, never asserted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from threading import Thread
from typing import Any, TypeVar

import aiohttp

from tests.emulators.discord import TOKEN, DiscordEmulator
from tests.emulators.discord_client import NEWS, populated
from tests.emulators.discord_rules import Rules

T = TypeVar("T")

MESSAGES = 200
CARD = {
    "type": 17,
    "accent_color": 0x2ECC71,
    "components": [
        {"type": 10, "content": "### [Chips & law](<https://news.example/a>)"},
        {"type": 10, "content": "Reuters · <t:1795780800:R> · quality 84\n" + "More words about it. " * 15},
        {"type": 12, "items": [{"media": {"url": "https://pictures.example/a.jpg"}}]},
        {"type": 1, "components": [{"type": 2, "style": 2, "label": "Why this?", "custom_id": "tw:why"}]},
    ],
}


async def test_a_message_costs_little() -> None:
    """The server runs in a thread of its own, so that its processor time is told apart from the client's."""
    own = asyncio.new_event_loop()
    thread = Thread(target=own.run_forever)
    thread.start()

    def there(work: Coroutine[Any, Any, T]) -> asyncio.Future[T]:
        return asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, own))

    async def used() -> float:
        return time.thread_time()

    server: DiscordEmulator = populated(rules=Rules(rates="off"))
    await there(server.__aenter__())
    before, began = await there(used()), time.perf_counter()
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {TOKEN}"}) as session:
        for number in range(MESSAGES):
            message = {"flags": 1 << 15, "components": [CARD], "nonce": str(number), "enforce_nonce": True}
            message["allowed_mentions"] = {"parse": []}
            async with session.post(f"{server.api_url}/channels/{NEWS}/messages", json=message) as response:
                assert response.status == 200
    seconds, cpu = time.perf_counter() - began, await there(used()) - before
    await there(server.__aexit__(None, None, None))
    own.call_soon_threadsafe(own.stop)
    thread.join()
    own.close()
    print(f"\n{MESSAGES / seconds:.0f} messages/s one after the other, {1000 * cpu / MESSAGES:.3f} ms of CPU each")
    assert len(server.sent) == MESSAGES
    assert not server.refused
