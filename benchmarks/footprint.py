"""Processor time and memory of the program, at its start and at rest, with Telegram, Discord and the page."""

from __future__ import annotations

import asyncio
import socket
import tempfile
import time
from pathlib import Path

from benchmarks.installation import prepare
from benchmarks.processes import BotApi, bot_api, topicwire
from benchmarks.records import Findings, Row
from tests.emulators.discord import TOKEN as DISCORD_TOKEN
from tests.emulators.discord import DiscordEmulator

START, IDLE, MEMORY = 1.5, 0.2, 130.0  # seconds of processor time, per cent of a core, MiB

REST = 66.0
"""Seconds before the idle time is taken: in the first minute each job runs for the first time."""


def measure(*, quick: bool) -> Findings:
    with tempfile.TemporaryDirectory() as folder, bot_api() as api:
        home = Path(folder) / "home"
        prepare(home, readers=1_000 if quick else 100_000)
        return asyncio.run(_beside_discord(home, api, quick=quick))


async def _beside_discord(home: Path, api: BotApi, *, quick: bool) -> Findings:
    async with DiscordEmulator() as discord:
        settings = {
            "DISCORD_TOKEN": DISCORD_TOKEN,
            "DISCORD_API_URL": discord.api_url,
            "DISCORD_GATEWAY_URL": discord.gateway_url,
            "WEB_PORT": str(_free_port()),
        }
        return await asyncio.to_thread(_watched, home, api, settings, quick=quick)


def _watched(home: Path, api: BotApi, settings: dict[str, str], *, quick: bool) -> Findings:
    seconds = 10 if quick else 60
    with topicwire(home, api, **settings) as program:
        start = program.cpu()
        time.sleep(3 if quick else REST)
        before = program.cpu()
        time.sleep(seconds)
        idle = 100 * (program.cpu() - before) / seconds
        memory = program.memory()
    return Findings(
        [
            Row("Start to ready, processor time", f"at most {START} s", f"{start:.2f} s", start <= START),
            Row(f"Idle over {seconds} s", f"at most {IDLE} % of a core", f"{idle:.2f} %", idle <= IDLE),
            Row(
                "Memory, idle, with both platforms and the page",
                f"at most {MEMORY:g} MiB",
                f"{memory:.0f} MiB",
                memory <= MEMORY,
            ),
        ]
    )


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port
