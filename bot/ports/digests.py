"""What digests need of the database, for many readers at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.matching import Criteria
from bot.messages import Payload
from bot.model import Destination, Kind
from bot.preferences import Screen


@dataclass(frozen=True, slots=True)
class Parcel:
    """The messages of one digest, and all who get just these, each not before a moment (None: at once)."""

    payloads: tuple[Payload, ...]
    subject: int
    to: tuple[tuple[Destination, datetime | None], ...]


class Wanted(NamedTuple):
    """What a chat takes: its bars by topic id, in order (None: nothing of that topic), and whether it filters."""

    bars: tuple[tuple[int, int | None], ...]
    filtered: bool = False


class Digests(Protocol):
    """The material of digests, and the digests that are owed."""

    async def changes(self, since: datetime, until: datetime) -> list[tuple[datetime, Criteria]]:
        """Every change after `since`, up to `until`, that newly cleared bars, whoever was told of it."""

    async def wanted(
        self, destination_ids: Collection[int], now: datetime, *, alerts: bool = False
    ) -> dict[int, Wanted]:
        """The digest bars (or with `alerts` those of alerts) of these chats.

        Chats that nothing can be owed to now are left out: paused, barred, parked, without subscriptions.
        """

    async def screens(self, destination_ids: Collection[int]) -> dict[int, Screen]:
        """The filters of these chats; those without any are left out."""

    async def told(
        self, destination_ids: Collection[int], stories: Collection[int]
    ) -> dict[int, dict[int, tuple[datetime, int]]]:
        """What each of these chats was told of these stories, by story: when, and by which article."""

    async def muted(self, destination_ids: Collection[int], stories: Collection[int]) -> dict[int, set[int]]:
        """Which of these stories each of these chats muted."""

    async def awaited(self, destination_ids: Collection[int], stories: Collection[int]) -> dict[int, set[int]]:
        """Which of these stories quiet hours or the flood guard hold for each chat, for another message."""

    async def owe(self, parcels: Sequence[Parcel], *, kind: Kind, now: datetime) -> set[int]:
        """Write what is owed and told; the chats that had no message of this kind and subject yet are returned.

        Near misses are not told: should they rise, they are news.
        """
