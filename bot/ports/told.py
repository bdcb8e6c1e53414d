"""Who knows which story."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from bot.matching import Reader
from bot.model import Destination
from bot.ports.records import Carrier, LastNews


class Told(Protocol):
    """The told pairs, and the messages that carry them."""

    async def tell(self, destination_id: int, stories: Mapping[int, int], now: datetime) -> None:
        """Stories (id -> the article shown) that a reply shows: the destination knows them from now on."""

    async def untell(self, pairs: Collection[tuple[int, int]], *, told_at: datetime | None = None) -> None:
        """These destinations do not know these stories after all: (destination, story).

        With `told_at` only where a message of just that moment told them, and none since.
        """

    async def when(self, destination_id: int, story_id: int) -> tuple[datetime, int] | None:
        """When the destination was told the story, and by which article."""

    async def carrier(self, destination_id: int, story_id: int) -> Carrier | None:
        """The message that tells it there; None where none does, or an answer showed it at once."""

    async def news(self, destination_id: int, article_id: int) -> tuple[datetime, Carrier] | None:
        """Since when this very article is owed as news on a story that is followed, and its message."""

    async def reader(
        self, destination: Destination, story_id: int | None, now: datetime, article_id: int | None = None
    ) -> Reader:
        """What matching needs to know about one destination, one story, and one article of it."""

    async def last(self, destination_id: int) -> LastNews | None:
        """The last alert, news on a followed story, digest or recap that was sent there."""
