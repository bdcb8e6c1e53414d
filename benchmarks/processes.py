"""The processes of a measurement: the loopback Bot API, the program, and what the kernel counts of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.server import Limits, Report
from benchmarks.wire import TOKEN

ROOT = Path(__file__).parent.parent
PEERS = ROOT / ".venv-bench" / "bin" / "python"
"""The peers have an environment of their own: they do not go with our versions."""
PLAIN = ROOT / ".venv-plain" / "bin" / "python"
"""The program is measured as operators install it: libraries notice tools of development, and load them."""
READY_SECONDS = 60
STOP_SECONDS = 20
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGESIZE")


@dataclass(frozen=True, slots=True)
class BotApi:
    """The running server; `root` is what TELEGRAM_API_URL wants."""

    root: str

    def limit(self, limits: Limits) -> None:
        """Begin anew under these limits."""
        names = ("rate", "burst", "latency", "lock")
        self._call("/control", json.dumps({name: getattr(limits, name) for name in names}).encode())

    def report(self) -> Report:
        """What arrived since the last `limit`."""
        found = json.loads(self._call("/report"))
        return Report([(at, chat) for at, chat in found["sent"]], found["refused"])

    def sent(self) -> int:
        """How many messages were accepted since then."""
        return int(self._call("/count"))

    def _call(self, path: str, body: bytes | None = None) -> bytes:
        with urllib.request.urlopen(self.root + path, body, timeout=30) as answer:  # noqa: S310 - our own server
            content: bytes = answer.read()
            return content


@contextmanager
def bot_api() -> Iterator[BotApi]:
    """The loopback Bot API in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.server"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        port = process.stdout.readline() if process.stdout else ""
        yield BotApi(f"http://127.0.0.1:{int(port)}")
    finally:
        process.kill()
        process.communicate()


class Program:
    """A process under measurement, as the kernel sees it."""

    def __init__(self, process: subprocess.Popen[Any]) -> None:
        self.process = process
        self._proc = Path(f"/proc/{process.pid}")

    def cpu(self) -> float:
        """Seconds of processor time of all its threads so far."""
        fields = (self._proc / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self, *, peak: bool = False) -> float:
        """MiB in memory, now or at most."""
        status = (self._proc / "status").read_text()
        name = "VmHWM:" if peak else "VmRSS:"
        return int(next(line for line in status.splitlines() if line.startswith(name)).split()[1]) / 1024


@contextmanager
def topicwire(home: Path, api: BotApi, **settings: str) -> Iterator[Program]:
    """`topicwire run` in `home` until it is ready. Raises RuntimeError when it ends before."""
    log = home / "log.txt"
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": api.root,
        "ARTICLES": "articles",
        "WEB_PORT": "0",
        **settings,
    }
    with log.open("w") as stderr:
        command = [str(PLAIN) if PLAIN.exists() else sys.executable, "-m", "bot", "run"]
        process = subprocess.Popen(command, cwd=home, env=environment, stderr=stderr)
        try:
            wait_until(lambda: "] ready " in log.read_text() or process.poll() is not None, READY_SECONDS)
            if "] ready " not in log.read_text():
                raise RuntimeError(f"not ready:\n{log.read_text()}")
            yield Program(process)
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until(condition: Callable[[], bool], seconds: float, step: float = 0.02) -> bool:
    """Whether the condition came true in time."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(step)
    return True


def peer(name: str, api: BotApi, *, count: int, rate: float, seconds: float) -> dict[str, float]:
    """Have a peer send to `count` chats; what it says of itself. Raises RuntimeError when it fails."""
    arguments = [name, api.root, str(count), f"{rate:g}", f"{seconds:g}"]
    command = [str(PEERS), "-W", "ignore", "-m", "benchmarks.peers", *arguments]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=seconds + 60)
    if ended.returncode:
        raise RuntimeError(f"{name}: {ended.stderr[-2000:]}")
    said: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return said
