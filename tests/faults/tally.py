"""What arrived of what was owed: lost, repeated, out of order, late, and how dense the densest second was."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

LATE = 30.0
"""Seconds after publication, or after the last fault ended, by which everybody should have been told."""

_NUMBER = re.compile(r"\ANo(\d+) ")


@dataclass(slots=True)
class Arrivals:
    """Messages by chat, article and time, as the platform saw them."""

    chats: Sequence[int]
    seen: list[tuple[float, int, int]] = field(default_factory=list)

    def take(self, at: float, chat: int, text: str) -> None:
        found = _NUMBER.match(text)
        if found:
            self.seen.append((at, chat, int(found[1])))

    def missing(self, articles: Iterable[int]) -> set[tuple[int, int]]:
        owed = {(chat, article) for chat in self.chats for article in articles}
        return owed - {(chat, article) for _, chat, article in self.seen}

    def repeats(self) -> list[float]:
        """When something arrived that had arrived before."""
        known: set[tuple[int, int]] = set()
        found: list[float] = []
        for at, chat, article in self.seen:
            if (chat, article) in known:
                found.append(at)
            known.add((chat, article))
        return found

    def disordered(self) -> int:
        """First arrivals of an article in a chat that already had a later one."""
        latest: dict[int, int] = {}
        known: set[tuple[int, int]] = set()
        count = 0
        for _, chat, article in self.seen:
            if (chat, article) not in known:
                known.add((chat, article))
                count += article < latest.get(chat, 0)
                latest[chat] = max(latest.get(chat, 0), article)
        return count

    def late(self, published: dict[int, float], over: float) -> int:
        """First arrivals later than LATE after publication and after `over`, the end of the last fault."""
        first: dict[tuple[int, int], float] = {}
        for at, chat, article in self.seen:
            first.setdefault((chat, article), at)
        return sum(at > max(published[article], over) + LATE for (_, article), at in first.items())

    def densest(self) -> int:
        """The most messages within any second."""
        times = sorted(at for at, _, _ in self.seen)
        return max((bisect_left(times, start + 1.0) - index for index, start in enumerate(times)), default=0)


@dataclass(frozen=True, slots=True)
class Row:
    """One scenario on one database with so many processes."""

    scenario: str
    database: str
    processes: int
    faults: int
    owed: int
    lost: int
    repeated: int
    bound: int
    disordered: int
    late: int
    densest: int
    note: str = ""


def table(rows: Iterable[Row]) -> str:
    """As Markdown."""
    columns = ("scenario", "database", "processes", "faults", "owed", "lost", "repeated (bound)")
    lines = [f"| {' | '.join((*columns, 'out of order', 'late', 'densest second'))} |", "|" + "---|" * 10]
    lines += [
        f"| {row.scenario} | {row.database} | {row.processes} | {row.faults} | {row.owed} | {row.lost} "
        f"| {row.repeated} ({row.bound}) | {row.disordered} | {row.late} | {row.densest} |"
        for row in rows
    ]
    return "\n".join(lines)


def spread(kinds: Iterable[str]) -> str:
    """Counts by kind, the most frequent first."""
    return ", ".join(f"{count} {kind}" for kind, count in Counter(kinds).most_common())
