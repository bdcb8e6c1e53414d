"""What digests need of the database, for many readers at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.matching import Criteria
from bot.messages import Payload
from bot.model import Kind
from bot.preferences import Screen


class Edition(NamedTuple):
    """A digest as it is stored, once for all who get just this: the payloads of its parts, and what it tells.

    `told` are pairs of a story and the article that stands for it.
    """

    payload_ids: tuple[int, ...]
    told: tuple[tuple[int, int], ...]


class Parcel(NamedTuple):
    """An edition and all who get it: destination ids, each with the moment before which it waits (None: none)."""

    edition: Edition
    subject: int
    to: Sequence[tuple[int, datetime | None]]


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

    async def store(self, digests: Sequence[Sequence[Payload]], now: datetime) -> list[Edition]:
        """Store digests, each as the payloads of its parts, in this order.

        Near misses are not told: should they rise, they are news.
        """

    async def owe(self, parcels: Sequence[Parcel], *, kind: Kind, now: datetime) -> set[int]:
        """Write what is owed and told; the chats that had no message of this kind and subject yet are returned."""
