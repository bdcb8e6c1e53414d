"""Our own labelled pairs of accounts, read from the file of the same name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from bot.stories import Account, canonical_address

FIRST_TOLD = datetime(2031, 3, 4, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pair:
    name: str
    same: bool  # the label
    a: Account
    b: Account


def own_pairs() -> list[Pair]:
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    return [_pair(**entry) for entry in yaml.safe_load(text)]


def _pair(
    *, name: str, same: bool, a: dict[str, str], b: dict[str, str], hours: float = 3, related: bool = False
) -> Pair:
    links = frozenset([canonical_address(b["url"])]) if related else frozenset[str]()
    later = FIRST_TOLD + timedelta(hours=hours)
    first = Account(a["title"], a["excerpt"], a["url"], FIRST_TOLD, links)
    return Pair(name, same, first, Account(b["title"], b["excerpt"], b["url"], later))
