"""When chats want their digests, and what their quiet hours hold back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from bot.model import Address, Destination, Platform, Schedule


class Appointment(NamedTuple):
    """A chat whose digest is due: its own clock, without all the rest of a destination.

    `on`, `due` and `since` are its `digest_on`, `digest_due` and `digest_since`. `closed`: paused, parked
    or barred, so that it is owed nothing now.
    """

    id: int
    platform: Platform
    chat: str
    thread: str | None
    timezone: str
    schedule: Schedule
    on: date | None
    due: datetime
    since: datetime | None
    closed: bool = False

    @property
    def address(self) -> Address:
        return Address(self.platform, self.chat, self.thread)


class Schedules(Protocol):
    """The fields of destinations that the clock works on, and the alerts that wait for the end of quiet hours."""

    async def locked(self, destination_id: int) -> Destination:
        """The destination as it stands; nobody else changes it until this unit of work ends."""

    async def put(self, destinations: Sequence[Destination]) -> None:
        """Write the time zone, the digest and the quiet hours of destinations, as these values have them."""

    async def settle(self, served: Sequence[Appointment]) -> None:
        """Write what a round changed, as these values have it: `on`, `due` and `since`."""

    async def rest(self, changed: Sequence[Destination]) -> None:
        """Write when the next quiet hours are: `quiet_since` and `quiet_until`, as these values have them."""

    async def last_date(self, destination_id: int) -> date | None:
        """The last local date of which there is a digest in the outbox."""

    async def withdraw(self, destination_id: int, now: datetime) -> list[date]:
        """Cancel daily digests that have not left yet, and give their stories back; returns their local dates."""

    async def readers(self) -> int:
        """How many destinations want a digest."""

    async def earliest(self, now: datetime) -> datetime | None:
        """Up to when the last digests covered everything, of those who are due another; None = nobody is due."""

    async def due(self, now: datetime, *, after: tuple[datetime, int], limit: int) -> list[Appointment]:
        """The next whose digest is due, in the order of (due, id), locked; those that are taken are left out."""

    async def over(self, now: datetime, *, after: tuple[datetime, int], limit: int) -> list[Destination]:
        """The next whose quiet hours have ended, in the order of (`quiet_until`, id), locked likewise."""

    async def overdue(self, now: datetime, *, after: int, limit: int) -> list[Destination]:
        """The next, by id, whose held alerts are due although no quiet hours of theirs have just ended, locked.

        Those that nothing can be sent to are left out.
        """

    async def held(
        self, destination_ids: Collection[int], *, guarded: Collection[int] | None = None
    ) -> dict[int, list[int]]:
        """The stories that wait for the recap of each of these chats, in the order in which they came.

        For those in `guarded` (None: for all) also those that the flood guard holds.
        """

    async def hold(self, destination_ids: Collection[int], until: datetime) -> None:
        """What is held for these chats waits until then."""

    async def release(self, destination_id: int) -> None:
        """Broadcasts that wait there for the end of quiet hours are judged anew, by those that are set now."""

    async def fold(self, destination_ids: Collection[int], now: datetime, *, guarded: Collection[int]) -> None:
        """What `held` lists is in a recap now, or was given back: it is held no longer."""
