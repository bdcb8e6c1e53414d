"""How much of a limit is used, without breaking it, and what a message costs: the program beside its peers."""

from __future__ import annotations

import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.installation import prepare, publish
from benchmarks.processes import bot_api, peer, topicwire, wait_until
from benchmarks.records import Curve, Findings, Row, middle
from benchmarks.server import Limits, Report

LATENCY = 0.06  # seconds: a round trip
FREE, PAID, DISCORD = 30.0, 1000.0, 50.0  # messages a second
LOCK = 5.0  # seconds of silence after an overrun
NAMES = {
    "ptb_rate_limiter": "PTB, AIORateLimiter",
    "ptb_httpx": "PTB on httpx, 64 at a time",
    "aiogram_broadcaster": "aiogram's broadcaster",
    "discord_loop": "discord.py in a loop (of its 50/s)",
    "raw_aiohttp": "floor: aiohttp and a clock",
}
_preparing = threading.Lock()  # databases are made one at a time, so that nothing else is slowed by it


@dataclass(frozen=True, slots=True)
class Run:
    """One sender on one server."""

    report: Report
    count: int
    rate: float
    cpu: float  # seconds
    first: float = 0.0  # seconds from the file to the first message

    @property
    def percent(self) -> float:
        """How much of the limit was used from the first to the last message."""
        sent = self.report.sent
        span = sent[-1][0] - sent[0][0] if len(sent) > 1 else float("inf")
        return 100 * (len(sent) - 1) / span / self.rate

    @property
    def lost(self) -> int:
        return self.count - len({chat for _, chat in self.report.sent})

    @property
    def repeated(self) -> int:
        return len(self.report.sent) - len({chat for _, chat in self.report.sent})

    @property
    def busiest(self) -> int:
        """Messages in the fullest second."""
        times = [at for at, _ in self.report.sent]
        most, start = 0, 0
        for end, at in enumerate(times):
            while times[start] <= at - 1:
                start += 1
            most = max(most, end - start + 1)
        return most

    @property
    def milliseconds(self) -> float:
        """Of processor time for each message."""
        return 1e3 * self.cpu / max(len(self.report.sent), 1)

    def curve(self, name: str, step: float) -> Curve:
        sent = self.report.sent
        bins = Counter(int((at - sent[0][0]) / step) for at, _ in sent)
        return Curve(name, self.rate, step, [bins[i] / step for i in range(max(bins, default=0))])


def limits(rate: float, lock: float = 0.0) -> Limits:
    """A token bucket that holds a second's messages at 30 a second, and a tenth of them at 1,000."""
    return Limits(rate=rate, burst=max(FREE, rate / 10), latency=LATENCY, lock=lock)


def ours(count: int, rate: float, lock: float = 0.0) -> Run:
    """`topicwire run`: one article to `count` chats, from the file to the last message."""
    with tempfile.TemporaryDirectory() as folder, bot_api() as api:
        home = Path(folder) / "home"
        with _preparing:
            prepare(home, readers=count)
        api.limit(limits(rate, lock))
        with topicwire(home, api, TELEGRAM_RATE=f"{rate:g}", TELEGRAM_PAID_BROADCAST="true") as program:
            time.sleep(1)
            before, written = program.cpu(), time.monotonic()
            publish(home, "story")
            wait_until(lambda: api.sent() >= count, 2 * count / rate + 20, step=0.5)
            time.sleep(0.3)
            report = api.report()
            return Run(report, count, rate, program.cpu() - before, report.sent[0][0] - written)


def theirs(name: str, count: int, rate: float, lock: float = 0.0, seconds: float = 30) -> Run:
    with bot_api() as api:
        api.limit(limits(rate, lock))
        said = peer(name, api, count=count, rate=rate, seconds=seconds)
        return Run(api.report(), count, rate, said["cpu"])


def measure(*, quick: bool) -> Findings:
    """At 30 a second all senders run side by side, for that keeps nobody busy; at 1,000 one after another."""
    chats, few = (150, 90) if quick else (5000, 600)
    with ThreadPoolExecutor() as pool:
        slow = [pool.submit(ours, chats, FREE), pool.submit(ours, chats, FREE, LOCK)]
        others = {}
        for name in NAMES:
            rate = DISCORD if name == "discord_loop" else FREE
            others[name] = [theirs(name, few, rate, seconds=few / 20)]
            if name in ("ptb_rate_limiter", "ptb_httpx") and not quick:
                others[name].append(theirs(name, few, FREE, LOCK, seconds=few / 20))
        free, locked = (future.result() for future in slow)
    tries = 1 if quick else 3
    paid = [ours(1000 if quick else 5000, PAID) for _ in range(tries)]
    paid_locked = ours(1000 if quick else 5000, PAID, LOCK)
    fast = {
        name: [theirs(name, 600 if quick else 2000, PAID, seconds=5 if quick else 12) for _ in range(tries)]
        for name in ("ptb_rate_limiter", "ptb_httpx", "raw_aiohttp")
    }
    rows = [
        rate_row("Telegram at 30/s", 98, [free], [(name, runs[0]) for name, runs in others.items()]),
        rate_row(
            "Telegram at 30/s, 5 s flood lock after an overrun",
            98,
            [locked],
            [(name, runs[1]) for name, runs in others.items() if len(runs) > 1],
        ),
        rate_row("Telegram at 1,000/s", 97, paid, [(name, best(runs)) for name, runs in fast.items()]),
        rate_row("Telegram at 1,000/s, 5 s flood lock", 97, [paid_locked], []),
        cost_row(paid, fast),
    ]
    curves = [free.curve("Topicwire at 30/s", 1.0), best(paid).curve("Topicwire at 1,000/s", 0.1)]
    curves.append(best(fast["ptb_httpx"]).curve("PTB on httpx at 1,000/s", 0.1))
    return Findings(rows, curves)


def best(runs: Sequence[Run]) -> Run:
    """The middle one by its rate."""
    return sorted(runs, key=lambda run: run.percent)[len(runs) // 2]


def rate_row(what: str, goal: float, runs: Sequence[Run], others: Sequence[tuple[str, Run]]) -> Row:
    percent = middle([run.percent for run in runs])
    refused, lost = middle([len(run.report.refused) for run in runs]), max(run.lost for run in runs)
    clean = refused == 0 and lost == 0
    crowded = max(run.busiest for run in runs)
    return Row(
        f"{what}, {runs[0].count:,} chats",
        f"at least {goal:g} %, no 429, none lost",
        f"{percent:.1f} %, {refused:.0f} × 429, {lost} lost; fullest second {crowded}",
        percent >= goal and clean,
        [(NAMES[name], said(run)) for name, run in others],
        {"percent": percent, "refused": refused, "lost": lost, "busiest": crowded},
    )


def said(run: Run) -> str:
    unfinished = f", {run.lost} not sent" if run.lost else ""
    return f"{run.percent:.1f} %, {len(run.report.refused):,} × 429{unfinished}"


def cost_row(paid: Sequence[Run], fast: dict[str, list[Run]]) -> Row:
    cost = middle([run.milliseconds for run in paid])
    peers = {name: middle([run.milliseconds for run in runs]) for name, runs in fast.items()}
    ratio = peers["ptb_httpx"] / cost
    return Row(
        "Processor time a message at 1,000/s, the queue included",
        "at most 0.45 ms and a fifth of PTB on httpx",
        f"{cost:.2f} ms, 1/{ratio:.0f} of PTB on httpx",
        cost <= 0.45 and ratio >= 5,
        [(NAMES[name], f"{value:.2f} ms") for name, value in peers.items()],
        {"milliseconds": cost, **{f"milliseconds {name}": value for name, value in peers.items()}},
    )
