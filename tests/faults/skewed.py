"""Topicwire with a clock that is wrong: `python -m tests.faults.skewed FILE`, which holds seconds to add to it."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import logs, runner
from bot.bootstrap import application
from bot.config import load_settings


def clock_of(file: Path) -> datetime:
    """Now, and as much as the file says."""
    try:
        wrong = float(file.read_text())
    except (OSError, ValueError):
        wrong = 0.0
    return datetime.now(UTC) + timedelta(seconds=wrong)


async def main(file: Path) -> None:
    settings = load_settings()
    logs.configure(settings.log_level, settings.log_format)
    stop = asyncio.Event()
    runner.stop_on_signals(stop)
    async with application(settings, clock=lambda: clock_of(file)) as app:
        await runner.run(app, stop)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
