"""What it costs to start and to be there: processor time and memory of the program with Telegram and the page."""

from __future__ import annotations

import socket
import tempfile
import time
from pathlib import Path

from benchmarks.installation import prepare
from benchmarks.processes import bot_api, topicwire
from benchmarks.records import Findings, Row

START, IDLE, MEMORY = 1.5, 0.2, 130.0  # seconds of processor time, per cent of a core, MiB


def measure(*, quick: bool) -> Findings:
    seconds = 10 if quick else 60
    with tempfile.TemporaryDirectory() as folder, bot_api() as api:
        home = Path(folder) / "home"
        prepare(home, readers=1_000 if quick else 100_000)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with topicwire(home, api, WEB_PORT=str(port)) as program:
            start = program.cpu()
            time.sleep(3)
            before = program.cpu()
            time.sleep(seconds)
            idle = 100 * (program.cpu() - before) / seconds
            memory = program.memory()
    return Findings(
        [
            Row("Start to ready, processor time", f"at most {START} s", f"{start:.2f} s", start <= START),
            Row(f"Idle over {seconds} s", f"at most {IDLE} % of a core", f"{idle:.2f} %", idle <= IDLE),
            Row(
                "Memory, idle",
                f"at most {MEMORY:g} MiB with both platforms and the page",
                f"{memory:.0f} MiB with Telegram and the page",
                memory <= MEMORY,
            ),
        ]
    )
