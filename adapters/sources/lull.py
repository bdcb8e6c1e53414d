"""When a folder that is being written to has rested: the moment its changes are taken together. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

EVERYTHING = ""
"""The path of the root itself, relative to the root: anything may have moved."""

BURST = 0.5
"""Seconds between two files that are not written together: the second one is a single file again."""


class Lull:
    """Collects what moved. Times are seconds on a monotonic clock.

    Changes are due once nothing moved for `rest_seconds`, or the first of them is `most_seconds` old. One file
    that moves by itself is due at once; whether it is complete shows when it is read.
    """

    def __init__(self, rest_seconds: float, most_seconds: float) -> None:
        self._rest = rest_seconds
        self._most = most_seconds
        self._waiting: set[str] = set()
        self._recent: set[str] = set()  # moved together, taken or not
        self._at_once = False
        self._first = self._last = -inf

    def moved(self, paths: Iterable[str], now: float) -> None:
        if not self._waiting and now - self._last >= min(self._rest, BURST):
            self._recent.clear()
        self._recent.update(paths)
        self.wait(paths, now)
        self._at_once = len(self._recent) == 1 and EVERYTHING not in self._recent

    def wait(self, paths: Iterable[str], now: float) -> None:
        """Have `paths` looked at after a rest, although nothing moved now."""
        if not self._waiting:
            self._first = now
        self._waiting.update(paths)
        self._last = now

    def due(self, now: float) -> bool:
        rested = now - self._last >= self._rest or now - self._first >= self._most
        return bool(self._waiting) and (self._at_once or rested)

    def rest(self, now: float) -> float | None:
        """Seconds until what waits is due, if nothing more moves; None where nothing waits."""
        if not self._waiting:
            return None
        return 0.0 if self._at_once else min(self._last + self._rest, self._first + self._most) - now

    def take(self) -> frozenset[str]:
        """Return what waited, and wait for it no longer."""
        taken = frozenset(self._waiting)
        self._waiting.clear()
        self._at_once = False
        return taken
