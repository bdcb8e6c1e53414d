"""The archive of stored articles: what would have been told, to choose a bar by."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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
    """What was news in some time, whether or not anybody was told: stories by the highest quality they had then.

    `carried` are stories that come whatever the bar, because enough outlets carry them.
    """

    async def begins(self, period: Period, territory: Territory | None = None) -> datetime | None:
        """The date of the oldest article in the period that was news, on whichever topic or on these."""

    async def levels(
        self, territory: Territory, period: Period, among: Collection[int] | None = None
    ) -> Mapping[int, int]:
        """How many stories by quality; `among`: of these alone."""

    async def outlets(self, territory: Territory, period: Period, least: int) -> Mapping[int, int | None]:
        """The stories that so many independent outlets ever carried, with the most there were, the newest first.

        None stands for a story whose outlets were not counted, because nobody waited for a number of them.
        """

    async def moments(
        self, territory: Territory, period: Period, bar: int, carried: Collection[int] = (), *, known: bool = False
    ) -> Mapping[datetime, int]:
        """How many stories that reach the bar by date, to the quarter of an hour.

        `known`: by when they came here; what was there at a first look stays with its date.
        """

    async def withheld(
        self,
        territory: Territory,
        period: Period,
        bar: int,
        destination_id: int | None,
        carried: Collection[int] = (),
    ) -> Withheld: ...

    async def example(self, territory: Territory, period: Period, level: int) -> StoredArticle | None:
        """The newest article of just this quality that no stronger one of its story surpasses."""

    async def strongest(
        self, territory: Territory, period: Period, bar: int, limit: int, carried: Collection[int] = ()
    ) -> list[StoredArticle]:
        """The strongest article of each story that reaches the bar, the strongest story first."""
