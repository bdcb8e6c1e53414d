"""The outbox: what is owed, to whom, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.matching import Criteria
from bot.messages import Payload
from bot.model import Destination, Kind, Platform, Priority, State
from bot.ports.figures import DeliveryRecord, Figures
from bot.ports.records import Audience, Claim, Outcome, Pace


class Deliveries(Protocol):
    async def owe(self, criteria: Criteria, payload: Payload, now: datetime) -> int:
        """Write an alert's payload and open its fan-out, whose id is returned. Nothing is owed yet."""

    async def fan_out(self, now: datetime, *, guard: int, limit: int) -> Mapping[int, int]:
        """Take the next range, at most `limit` readers, of every open fan-out: id -> deliveries written.

        Beyond `guard` alerts to one destination within an hour (0 = no guard) a story goes into the
        destination's digest of that hour instead. Empty once nothing is open.
        """

    async def notify(
        self, destination_id: int, payload: Payload, now: datetime, *, subject: int, kind: Kind = Kind.NOTICE
    ) -> bool:
        """Owe one message to one destination, once for each `subject`. Returns whether it is new."""

    async def rewrite(self, delivery_id: int, payload: Payload, now: datetime) -> bool:
        """Owe an edit of the message that a delivery became; an edit of it that still waits is replaced.

        One that changes nothing is not owed. False where there is no message to edit (yet).
        """

    async def notified(self, destination_id: int, subject: int) -> int:
        """The delivery that `notify` wrote for this subject; 0 = none."""

    async def written(self, fanout_id: int) -> int:
        """How many readers a fan-out has owed its article so far, as an alert or in a digest."""

    async def audience(self, criteria: Criteria, now: datetime) -> Audience:
        """Whose bar the criteria clear, and what holds them back."""

    async def held(self, now: datetime) -> list[tuple[Destination, list[int]]]:
        """What the flood guard held back in hours that are over: chats that can be reached, and stories."""

    async def folded(self, destination_ids: Collection[int], now: datetime) -> None:
        """A digest of all that is written for these chats: it is held no longer."""

    async def let_go(self, now: datetime) -> None:
        """End what was written for a chat while it was being paused or barred: neither saw the other."""

    async def expire(self, now: datetime, *, older_than: datetime) -> int:
        """Alerts that waited since before then become lines of this hour's digest. Returns how many."""

    async def retract(self, article_id: int, now: datetime) -> int:
        """Cancel what is still owed of an article; its pairs are given back."""

    async def prune(self, *, told_before: datetime, done_before: datetime) -> int:
        """Forget told pairs and finished deliveries of before then. Returns how many rows."""

    async def settle_and_claim(
        self,
        pace: Pace,
        outcomes: Sequence[Outcome],
        *,
        limit: int,
        reserved: int,
        favoured: Priority | None = None,
        now: datetime,
    ) -> Claim:
        """Acknowledge a batch and lease the next, at most `limit` destinations, in one transaction.

        `reserved` of them go to the class `favoured` (None: any below alerts), if it has anything due. The
        claim's own `now` is the one that counts: a database server may go by its clock instead of the given one.
        """

    async def calls(self, now: datetime) -> Mapping[Platform, datetime]:
        """When there will be work for each platform, by what is known: one look, much cheaper than a claim."""

    async def holders(self) -> list[str]:
        """The owners of claims that are not settled."""

    async def lapse(self, owner: str, now: datetime) -> None:
        """The claims of an owner that is gone end now instead of with their lease."""

    async def waiting(self) -> int:
        """How many deliveries are on their way: their chats can be reached, and they are not sent yet."""

    async def queue(self) -> dict[State, int]:
        """How many deliveries are in each state. Reads all there are."""

    async def figures(self, now: datetime) -> Figures:
        """Counts of what is open, parked, read and held, for a scrape."""

    async def of(self, destination_id: int, limit: int) -> list[DeliveryRecord]:
        """The newest deliveries to a destination, newest first."""
