"""The archive of stored articles: what would have been told, to choose a bar by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.forecast import Territory
from bot.model import StoredArticle


@dataclass(frozen=True, slots=True)
class Period:
    """Articles dated from `since` to `until`, both included."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Withheld:
    """Articles of a period that a bar let through and that would yet not have come as a message of their own."""

    repeated: int  # they tell a story that another one told
    stale: int  # too old when they came, or when they had reached the bar
    unsendable: int  # drafts and what was taken back, whatever their quality
    muted: int  # stories that the chat muted


class Archive(Protocol):
    """What was news in some time, whether or not anybody was told: stories by the highest quality they had then."""

    async def begins(self, period: Period) -> datetime | None:
        """The date of the oldest article in the period that was news, on whichever topic."""

    async def levels(self, territory: Territory, period: Period) -> Mapping[int, int]:
        """How many stories by quality."""

    async def moments(self, territory: Territory, period: Period, bar: int) -> Mapping[datetime, int]:
        """How many stories that reach the bar by date, to the quarter of an hour."""

    async def withheld(
        self, territory: Territory, period: Period, bar: int, destination_id: int | None
    ) -> Withheld: ...

    async def example(self, territory: Territory, period: Period, level: int) -> StoredArticle | None:
        """The newest article of just this quality that no stronger one of its story surpasses."""

    async def strongest(self, territory: Territory, period: Period, bar: int, limit: int) -> list[StoredArticle]:
        """The strongest article of each story that reaches the bar, the strongest story first."""
