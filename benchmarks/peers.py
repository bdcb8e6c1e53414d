"""Other senders on the same server, each the way its documentation or its users write it.

Run as `python -m benchmarks.peers NAME ROOT COUNT RATE SECONDS` in the environment of the peers; prints one line of
JSON: the processor seconds of sending (imports left out) and how many sends were given up.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from benchmarks.wire import CHATS, TEXT, TOKEN

IN_FLIGHT = 64
Send = Callable[[int], Awaitable[Any]]


async def ptb_rate_limiter(root: str, rate: float) -> tuple[Send, bool]:
    """python-telegram-bot's own AIORateLimiter with ten retries, everything handed to it at once."""
    from telegram import Bot  # noqa: PLC0415
    from telegram.ext import AIORateLimiter, ExtBot  # noqa: PLC0415

    bot: Bot = ExtBot(
        TOKEN, base_url=f"{root}/bot", rate_limiter=AIORateLimiter(overall_max_rate=rate, max_retries=10)
    )
    await bot.initialize()
    return lambda chat: bot.send_message(chat, TEXT, parse_mode="HTML"), True


async def ptb_httpx(root: str, _rate: float) -> tuple[Send, bool]:
    """python-telegram-bot on its default client, 64 at a time, sleeping when told to."""
    from telegram import Bot  # noqa: PLC0415
    from telegram.error import RetryAfter  # noqa: PLC0415

    bot = Bot(TOKEN, base_url=f"{root}/bot")
    await bot.initialize()
    places = asyncio.Semaphore(IN_FLIGHT)

    async def send(chat: int) -> None:
        async with places:
            while True:
                try:
                    await bot.send_message(chat, TEXT, parse_mode="HTML")
                except RetryAfter as wait:
                    await asyncio.sleep(float(wait.retry_after))  # type: ignore[arg-type]
                else:
                    return

    return send, True


async def aiogram_broadcaster(root: str, _rate: float) -> tuple[Send, bool]:
    """The broadcaster of aiogram's documentation: one after another, 0.05 s between."""
    from aiogram import Bot  # noqa: PLC0415
    from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415
    from aiogram.exceptions import TelegramRetryAfter  # noqa: PLC0415

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(root)))

    async def send(chat: int) -> None:
        try:
            await bot.send_message(chat, TEXT, parse_mode="HTML")
        except TelegramRetryAfter as wait:
            await asyncio.sleep(wait.retry_after)
            await send(chat)
        await asyncio.sleep(0.05)

    return send, False


async def discord_loop(root: str, _rate: float) -> tuple[Send, bool]:
    """discord.py, one `channel.send` after another."""
    import discord  # noqa: PLC0415
    from discord.http import Route  # noqa: PLC0415

    Route.BASE = f"{root}/api/v10"
    client = discord.Client(intents=discord.Intents.none())
    await client.login("a.b.c")
    return lambda chat: client.get_partial_messageable(chat).send(TEXT), False


async def raw_aiohttp(root: str, rate: float) -> tuple[Send, bool]:
    """The floor: aiohttp and a clock, no queue, no library, no answer read beyond its status."""
    from aiohttp import ClientSession, TCPConnector  # noqa: PLC0415

    session = ClientSession(connector=TCPConnector(limit=150))
    begun = time.monotonic()
    places = iter(range(10**9))

    async def send(chat: int) -> None:
        leaves_at = begun + 0.05 + next(places) / rate
        await asyncio.sleep(leaves_at - time.monotonic())
        parameters = {"chat_id": chat, "text": TEXT, "parse_mode": "HTML"}
        async with session.post(f"{root}/bot{TOKEN}/sendMessage", json=parameters) as answer:
            await answer.read()

    return send, True


PEERS = {
    each.__name__: each for each in (ptb_rate_limiter, ptb_httpx, aiogram_broadcaster, discord_loop, raw_aiohttp)
}


async def main(name: str, root: str, count: int, rate: float, seconds: float) -> None:
    """Send to `count` chats, for `seconds` at most."""
    send, together = await PEERS[name](root, rate)
    failed = 0
    chats = range(CHATS, CHATS + count)
    before = resource.getrusage(resource.RUSAGE_SELF)
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            if together:
                results = await asyncio.gather(*map(send, chats), return_exceptions=True)
                failed = sum(isinstance(result, BaseException) for result in results)
            else:
                for chat in chats:
                    try:
                        await send(chat)
                    except Exception:  # noqa: BLE001 - a peer that gives a message up lost it
                        failed += 1
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({"cpu": cpu, "failed": failed}), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5])))
