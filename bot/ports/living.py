"""Alerts that were sent and whose cards may still change with their stories."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.living import Weight
from bot.messages import Payload


@dataclass(frozen=True, slots=True)
class LivingCard:
    """One alert, for all who got it. `outlets` ever carried its story; `shown` is what its card says."""

    payload_id: int
    story_id: int
    article_id: int  # by which it was told
    outlets: frozenset[str]
    first: int  # outlets when it came
    shown: Weight
    edits: int = 0


class Living(Protocol):
    async def of(self, story_ids: Collection[int], *, since: datetime, most_edits: int) -> list[LivingCard]:
        """The cards of these stories that came since then, to somebody, and were changed less often than that."""

    async def remember(self, card: LivingCard) -> None:
        """Outlets that carry the story, whatever the card says of them."""

    async def change(self, card: LivingCard, payload: Payload, now: datetime) -> None:
        """Owe the chats that got the card this one in its place; those it has not reached yet get it at once.

        `card` says what it shows then. Nothing is owed before `spread`.
        """

    async def spread(self, now: datetime, *, limit: int) -> int | None:
        """Take the next range, at most `limit` copies, of every change; returns how many edits that owed.

        None once nothing is open. Chats that are closed, paused, barred, in quiet hours, or that want their alerts
        left as they are, are passed over; so are those with filters where another article leads now.
        """
