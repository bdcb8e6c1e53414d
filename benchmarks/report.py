"""The findings as a page for people, a record for machines, and a picture of sending over time."""

from __future__ import annotations

import json
import os
import platform
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.records import Curve, Findings, Row, mark

DOCS = Path(__file__).parent.parent / "docs"
PAGE, RECORD, PICTURE = DOCS / "benchmarks.md", DOCS / "benchmarks.json", DOCS / "pictures" / "send-rate.svg"
PARTS = ("sending", "latency", "fanout", "digests", "rescan", "footprint")
COLOURS = ("#1f6feb", "#1a7f37", "#bc4c00")
WIDTH, HEIGHT, LEFT, TOP = 720, 180, 60, 40

INTRODUCTION = """# Benchmarks

Measured by `make bench` on {date}, on one machine: {machine}. Each sender is a process of its own and so is the
loopback server, which counts messages as Telegram does (a token bucket, one message a second to a chat) and answers
after 60 ms. Peers and floors were measured in the same run; a figure that was not says so. Medians of three to six
runs, one for the long ones at 30 a second. Absolute times move with the machine, ratios much less.

![Messages a second over time](pictures/send-rate.svg)
"""


def write(part: str, found: Findings) -> None:
    """Put what a part found into the record, and make page and picture of all that is in it."""
    record = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    record[part] = {"date": datetime.now(UTC).date().isoformat(), "machine": machine(), **asdict(found)}
    record = {name: record[name] for name in PARTS if name in record}
    RECORD.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n")
    curves = [Curve(**curve) for one in record.values() for curve in one["curves"]]
    PICTURE.write_text(picture(curves))
    PAGE.write_text(page(record))


def page(record: Mapping[str, Any]) -> str:
    """The page of a record."""
    rows = [Row(**row) for part in record.values() for row in part["rows"]]
    dates = sorted({part["date"] for part in record.values()})
    machines = sorted({part["machine"] for part in record.values()})
    lines = [INTRODUCTION.format(date=" and ".join(dates), machine="; ".join(machines))]
    lines += ["| What | Goal | Value | |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.goal} | {row.value} | {mark(row.met)} |" for row in rows]
    lines += ["", "## Beside others", "", "| What | Who | Value |", "|---|---|---|"]
    for row in rows:
        if row.others:
            lines.append(f"| {row.what} | **Topicwire** | {row.value} |")
            lines += [f"| | {name} | {value} |" for name, value in row.others]
    notes = Path(__file__).with_name("notes.md").read_text()
    return "\n".join(lines) + "\n\n" + notes


def machine() -> str:
    """The machine in words, without a name of its own."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGESIZE")
    cores = os.cpu_count() or 0
    return (
        f"{cores} cores ({platform.machine()}), {pages * size / 2**30:.0f} GiB, Linux, "
        f"Python {re.sub('[^0-9.].*', '', platform.python_version())}, SQLite {sqlite3.sqlite_version}"
    )


def picture(curves: Sequence[Curve]) -> str:
    """Rates over time as SVG, one below the other, each with the limit as a dashed line."""
    height = (HEIGHT + TOP) * len(curves) + 20
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif"'
            ' font-size="12"><rect width="100%" height="100%" fill="#ffffff"/>'
        )
    ]
    for number, curve in enumerate(curves):
        parts.append(_panel(curve, number * (HEIGHT + TOP) + TOP, COLOURS[number % len(COLOURS)]))
    return "\n".join([*parts, "</svg>", ""])


def _panel(curve: Curve, top: float, colour: str) -> str:
    right, bottom = WIDTH - 20, top + HEIGHT - 30
    highest = 1.25 * max(curve.limit, *curve.rates) if curve.rates else curve.limit
    long = len(curve.rates) * curve.seconds

    def x(seconds: float) -> float:
        return LEFT + (right - LEFT) * seconds / max(long, curve.seconds)

    def y(rate: float) -> float:
        return bottom - (bottom - top) * rate / highest

    line = " ".join(f"{x((i + 0.5) * curve.seconds):.1f},{y(rate):.1f}" for i, rate in enumerate(curve.rates))
    limit, grey = y(curve.limit), 'fill="#57606a"'
    return "\n".join(
        [
            f'<text x="{LEFT}" y="{top - 8}" font-weight="bold" fill="#1f2328">{curve.name}</text>',
            f'<line x1="{LEFT}" y1="{bottom}" x2="{right}" y2="{bottom}" stroke="#8c959f"/>',
            (
                f'<line x1="{LEFT}" y1="{limit:.1f}" x2="{right}" y2="{limit:.1f}" stroke="#8c959f" '
                'stroke-dasharray="5 4"/>'
            ),
            f'<text x="{LEFT - 6}" y="{limit + 4:.1f}" text-anchor="end" {grey}>{curve.limit:,.0f}/s</text>',
            f'<text x="{LEFT - 6}" y="{bottom + 4}" text-anchor="end" {grey}>0</text>',
            f'<text x="{right}" y="{bottom + 18}" text-anchor="end" {grey}>{long:.0f} s</text>',
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>',
        ]
    )
