"""The line of claimed messages in front of the platform, each with the slot at which it leaves."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from bot.messages import Content, Payload
from bot.ports import Claim, Owed
from bot.sending import Drawn

STEP = 0.005  # seconds; what leaves within them leaves together, which halves the work of the event loop


@dataclass(slots=True)
class Departure:
    """A claimed message that waits for its slot."""

    owed: Owed
    payload: Payload
    content: Content | None  # of a digest, which is put into words before it stands in line
    drawn: Drawn  # shared by all of its claim
    leased_at: float  # on the monotonic clock, at the latest
    slot: float  # likewise
    booked: float  # the slot on the token's clock, in seconds since 1970


def departures_of(claim: Claim, worded: Mapping[int, Content], leased_at: float, made_at: float) -> list[Departure]:
    """The messages of a claim, which was made at `made_at` on the monotonic clock. `worded` are its digests."""
    drawn: Drawn = {}
    return [
        Departure(
            owed,
            claim.payloads[owed.payload_id],
            worded.get(owed.id),
            drawn,
            leased_at,
            made_at + slot,
            claim.now.timestamp() + slot,
        )
        for owed, slot in zip(claim.owed, claim.slots, strict=True)
        if owed.id in worded or not claim.payloads[owed.payload_id].mentions
    ]


class Line:
    """Calls `leave(departure, now)` for each in turn when its slot has come; one timer serves all."""

    def __init__(self, leave: Callable[[Departure, float], None], monotonic: Callable[[], float]) -> None:
        self._leave = leave
        self._monotonic = monotonic
        self._waiting: deque[Departure] = deque()
        self._timer: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def __iter__(self) -> Iterator[Departure]:
        return iter(self._waiting)

    def extend(self, departures: Iterable[Departure]) -> None:
        self._waiting.extend(departures)
        self._arm()

    def shift(self, seconds: float) -> None:
        """Everything leaves so much later."""
        for departure in self._waiting:
            departure.slot += seconds

    def clear(self) -> list[Departure]:
        """Nothing of what waits leaves; it is returned."""
        self._disarm()
        cleared = list(self._waiting)
        self._waiting.clear()
        return cleared

    def _arm(self) -> None:
        self._disarm()
        if self._waiting:
            delay = max(ceil(self._waiting[0].slot / STEP) * STEP - self._monotonic(), 0.0)
            self._timer = asyncio.get_running_loop().call_later(delay, self._pass)

    def _disarm(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _pass(self) -> None:
        now = self._monotonic()
        while self._waiting and self._waiting[0].slot <= now:
            self._leave(self._waiting.popleft(), now)
        self._arm()
