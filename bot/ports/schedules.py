"""When chats want their digests, and what their quiet hours hold back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.model import Destination


class Schedules(Protocol):
    """The fields of destinations that the clock works on, and the alerts that wait for the end of quiet hours."""

    async def locked(self, destination_id: int) -> Destination:
        """The destination as it stands; nobody else changes it until this unit of work ends."""

    async def put(self, destinations: Sequence[Destination]) -> None:
        """Write the time zone, the digest and the quiet hours of destinations, as these values have them."""

    async def settle(self, destinations: Sequence[Destination]) -> None:
        """Write what a round changed, as these values have it: `digest_on`, `digest_due` and `digest_since`."""

    async def last_date(self, destination_id: int) -> date | None:
        """The last local date of which there is a digest in the outbox."""

    async def readers(self) -> int:
        """How many destinations want a digest."""

    async def earliest(self, now: datetime) -> datetime | None:
        """Up to when the last digests covered everything, of those who are due another; None = nobody is due."""

    async def due(self, now: datetime, *, after: tuple[datetime, int], limit: int) -> list[Destination]:
        """The next whose digest is due, in the order of (due, id), locked; those that are taken are left out."""

    async def over(self, now: datetime, *, after: int, limit: int) -> list[Destination]:
        """The next, by id, whose quiet hours have ended or who have held alerts that are due, locked."""

    async def held(self, destination_id: int, *, guarded: bool = True) -> list[tuple[int, int]]:
        """(story, article) of what waits for the recap, in the order in which it came.

        `guarded`: and of what the flood guard holds.
        """

    async def hold(self, destination_id: int, until: datetime) -> None:
        """What is held waits until then."""

    async def release(self, destination_id: int) -> None:
        """Broadcasts that wait there for the end of quiet hours are judged anew, by those that are set now."""

    async def fold(self, destination_id: int, now: datetime, *, guarded: bool = True) -> None:
        """What `held` lists is in a recap now, or was given back: it is held no longer."""
