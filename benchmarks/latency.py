"""How soon the first message leaves: of a file that lands, and of an urgent one in the middle of a long queue."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.installation import FIRST_CHAT, prepare, publish
from benchmarks.processes import BotApi, bot_api, topicwire, wait_until
from benchmarks.records import Findings, Row, middle
from benchmarks.sending import FREE, PAID, limits

ONE_SLOT_MORE = 50.0  # milliseconds
MEMORY = 20.0  # MiB more for a long queue


def measure(*, quick: bool) -> Findings:
    many = 10_000 if quick else 100_000
    rows = [first_message(10_000, 50.0, quick=quick)]
    if not quick:
        rows.append(first_message(100_000, 150.0, quick=quick))
    for rate in (FREE, PAID):
        rows += urgent(many, rate, quick=quick)
    return Findings(rows)


def first_message(matches: int, goal: float, *, quick: bool) -> Row:
    """From the rename of a complete file to the request in the server; a quiet queue before each."""
    waits = []
    with tempfile.TemporaryDirectory() as folder, bot_api() as api:
        home = Path(folder) / "home"
        prepare(home, readers=matches)
        with topicwire(home, api, **settings(PAID)):
            for number in range(2 if quick else 5):
                time.sleep(1.5)  # the chats of the last one may be written to again
                api.limit(limits(1e6))
                written = time.monotonic()
                publish(home, f"story{number}")
                wait_until(lambda: api.sent() > 0, 10)
                time.sleep(1)  # while the rest is written
                waits.append(1e3 * (api.report().sent[0][0] - written))
                forget(home)
    value = middle(waits)
    return Row(
        f"File to first message, {matches:,} matches",
        f"at most {goal:g} ms",
        f"{value:.0f} ms (first after the start {waits[0]:.0f}, slowest {max(waits):.0f})",
        value <= goal,
        [("floor: inotify, SQLite, raw socket", "11 ms (measured apart)")],
        {"milliseconds": value, "first": waits[0], "slowest": max(waits)},
    )


def urgent(backlog: int, rate: float, *, quick: bool) -> list[Row]:
    """Articles for readers of their own while `backlog` messages of another one wait."""
    waits = []
    tries = 2 if quick else 6
    with tempfile.TemporaryDirectory() as folder, bot_api() as api:
        home = Path(folder) / "home"
        prepare(home, readers=backlog, urgent=3)
        api.limit(limits(rate))
        with topicwire(home, api, **settings(rate)) as program:
            before = program.memory()
            publish(home, "backlog")
            written_all(home, backlog)
            time.sleep(1)
            for number in range(tries):
                written = time.monotonic()
                publish(home, f"urgent{number}", topic="Urgent")
                time.sleep(1.5 + 0.007 * number)  # another moment between two slots each time
                waits.append(1e3 * (_arrived(api, backlog, written) - written))
            grown = program.memory(peak=True) - before
            refused = len(api.report().refused)
    value, goal = middle(waits), 1e3 / rate + ONE_SLOT_MORE
    rows = [
        Row(
            f"Urgent alert amid {backlog:,} others at {rate:,.0f}/s: file to first chat",
            f"one slot and {ONE_SLOT_MORE:g} ms: {goal:.0f} ms",
            f"{value:.0f} ms (slowest {max(waits):.0f}), {refused} × 429",
            value <= goal and not refused,
            [("PTB, AIORateLimiter", "up to 31 s: no order (measured apart)")],
            {"milliseconds": value, "slowest": max(waits)},
        )
    ]
    if rate == PAID:
        what = f"Memory for {backlog:,} waiting messages"
        value_ = f"{grown:.0f} MiB more"
        rows.append(Row(what, f"at most {MEMORY:g} MiB more", value_, grown <= MEMORY, figures={"grown": grown}))
    return rows


def settings(rate: float) -> dict[str, str]:
    return {"TELEGRAM_RATE": f"{rate:g}", "TELEGRAM_PAID_BROADCAST": "true"}


def forget(home: Path) -> None:
    """Finish what waits, as an operator would not: the next article finds a quiet queue."""
    with closing(sqlite3.connect(home / "data" / "topicwire.sqlite", timeout=30)) as database, database:
        database.execute("UPDATE deliveries SET state = 'cancelled' WHERE state = 'pending'")


def written_all(home: Path, count: int) -> None:
    """Wait until the whole audience is in the outbox."""

    def written() -> bool:
        with closing(sqlite3.connect(home / "data" / "topicwire.sqlite", timeout=30)) as database:
            (rows,) = database.execute("SELECT count(*) FROM deliveries").fetchone()
            return bool(rows >= count)

    wait_until(written, 60, step=0.2)


def _arrived(api: BotApi, backlog: int, after: float) -> float:
    """When the first message to an urgent reader came after a moment; endlessly late where none did."""
    times = [at for at, chat in api.report().sent if chat > FIRST_CHAT + backlog and at > after]
    return min(times, default=float("inf"))
