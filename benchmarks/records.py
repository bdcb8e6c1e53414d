"""What a benchmark found out: rows with a goal, a value, and those compared with in the same run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `met` is None where there is no goal of its own, only something to compare with."""

    what: str
    goal: str
    value: str
    met: bool | None = None
    others: Sequence[tuple[str, str]] = field(default=())  # peers and floors: name, value
    figures: dict[str, float] = field(default_factory=dict)  # the raw medians, for the record


@dataclass(frozen=True, slots=True)
class Curve:
    """Messages accepted a second, over time; `limit` is what the server allows."""

    name: str
    limit: float
    seconds: float  # the width of a step
    rates: Sequence[float]


@dataclass(frozen=True, slots=True)
class Findings:
    rows: Sequence[Row]
    curves: Sequence[Curve] = ()


def middle(values: Sequence[float]) -> float:
    """The median; of nothing it is not a number."""
    return median(values) if values else float("nan")


def mark(met: bool | None) -> str:
    return {True: "met", False: "missed", None: ""}[met]
