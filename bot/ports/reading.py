"""What a chat reads: its subscriptions, and the stories it follows or has muted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.model import Subscription
from bot.preferences import FollowedStory


class Subscriptions(Protocol):
    async def of(self, destination_id: int) -> list[Subscription]: ...

    async def count(self) -> int:
        """How many there are, of all chats."""

    async def put(self, subscription: Subscription, now: datetime) -> None:
        """Make it, or give it other bars; what it is refined by stays."""

    async def refine(self, subscription: Subscription) -> None:
        """Store the number of outlets and the filters of a subscription that is there."""

    async def remove(self, destination_id: int, topic_ids: Sequence[int]) -> int: ...

    async def counting_outlets(self) -> bool:
        """Whether any subscription has a number of outlets as a bar."""


class Follows(Protocol):
    async def put(self, destination_id: int, story_id: int, now: datetime) -> None:
        """Follow a story from now on; one that was muted is so no longer."""

    async def remove(self, destination_id: int, story_id: int) -> None: ...

    async def of(self, destination_id: int, now: datetime) -> list[FollowedStory]:
        """The stories followed that have not ended, the liveliest first."""

    async def muted(self, destination_id: int) -> list[FollowedStory]:
        """The stories muted, the latest first."""

    async def anybody(self, story_id: int, now: datetime) -> bool:
        """Whether a story is followed."""
