"""How far a broadcast is, in figures that a person reads. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import Platform
from bot.ports import Broadcast, Radius, Tally

CELLS = 12  # of a bar: as many as fit a phone beside the per cent
EVERY = timedelta(seconds=5)
"""Between two edits of the progress message: 12 a minute, of the 20 that a group of Telegram takes."""

REASONS = 3  # named one by one
THRESHOLD = 100
"""Recipients from which a press is not enough: SEND has to be typed."""

ASK_AGAIN_FROM = 10  # recipients more or fewer than were shown
ASK_AGAIN_SHARE = 0.1  # and this part of them


@dataclass(frozen=True, slots=True)
class Pace:
    """Messages a second lately, and the minutes left at that; None = not known yet."""

    rate: float
    minutes: int | None


def bar(done: int, total: int) -> str:
    """A bar that is full exactly when all is done."""
    filled = CELLS if done >= total else min(CELLS - 1, done * CELLS // max(total, 1))
    return "▓" * filled + "░" * (CELLS - filled)


def percent(done: int, total: int) -> int:
    """Rounded down, so that 100 means all."""
    return 100 if done >= total else done * 100 // max(total, 1)


def pace(broadcast: Broadcast, tally: Tally, now: datetime) -> Pace:
    """The rate since the progress was last shown; what is left at it."""
    since = broadcast.progress_at or broadcast.started_at or now
    seconds = (now - since).total_seconds()
    done = max(tally.finished - broadcast.progress_done, 0)
    rate = done / seconds if seconds >= 1 else 0.0
    left = max(broadcast.total - tally.finished - tally.held, 0)
    return Pace(rate, math.ceil(left / rate / 60) if rate else None)


def reasons(failed: Mapping[str, int]) -> str:
    """The commonest reasons, each on a line with its number."""
    found = sorted(failed.items(), key=lambda pair: (-pair[1], pair[0]))
    lines = [f"{count} × {reason}" for reason, count in found[:REASONS]]
    rest = sum(count for _, count in found[REASONS:])
    return "\n".join([*lines, *([f"{rest} × …"] if rest else [])])


def seconds_needed(radius: Radius, rates: Mapping[Platform, float]) -> float:
    """How long it takes at the rates of the tokens, if nothing more urgent comes between."""
    return max((count / rates.get(platform, 1.0) for platform, count in radius.platforms.items()), default=0.0)


def changed_much(shown: int, now: int) -> bool:
    """Whether the audience is another than the one that was agreed to."""
    return abs(now - shown) >= max(ASK_AGAIN_FROM, math.ceil(shown * ASK_AGAIN_SHARE))
