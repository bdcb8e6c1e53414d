"""The tz database's own lists of zones, as the package tzdata carries them. Pure, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def zones() -> dict[str, str]:
    """Every zone that is in use, with the code of its country, the main one of each country first."""
    rows = (line.split("\t") for line in _lines("zone.tab"))
    return {row[2]: row[0] for row in rows}


@cache
def representatives() -> tuple[str, ...]:
    """A zone for each set of clocks that will agree from now on."""
    return tuple(line.split("\t")[2] for line in _lines("zonenow.tab"))


@cache
def links() -> dict[str, str]:
    """Old and other names, with the zone they mean."""
    links = (line.split(" ") for line in _lines("tzdata.zi") if line.startswith("L "))
    return {old: zone for _, zone, old in links if old not in zones() and "/" in old}


def _lines(name: str) -> list[str]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
