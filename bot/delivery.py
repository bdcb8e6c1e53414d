"""Sends what is owed over one platform: claim, wait for the clock, send, record.

One worker runs for each platform. It never sleeps on a single message: what is claimed stands in a line, and each
leaves at the slot the token's clock gave it, while the batch before is acknowledged together with the next claim.
A slot is good for a tenth of a second. What missed it, because the process was slow or frozen, goes back into the
queue: so no second holds more than the rate and a tenth, whatever happens to how many processes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

import structlog

from bot.acceptance import Acceptance
from bot.departures import Departure, Line, departures_of
from bot.errors import DeliveryError, RetryLater, StorageError, TokenDead
from bot.handover import take_over
from bot.lookout import Lookout
from bot.messages import Content
from bot.model import State
from bot.pacing import Bookings, Floods, Lead, Shares
from bot.planning import failed, held, put_back, sent
from bot.ports import Claim, Messenger, Meter, Outcome, Owed, Pace, Storage, Unmetered
from bot.quiet import Manner
from bot.sending import SEND_TIMEOUT, digests_in_words, judged, manner_of, send

log = structlog.get_logger(__name__)

HORIZON = 0.2  # seconds of sending in one claim
LATE = 0.1  # seconds after its slot at which a message may still leave
LEASE = 15.0  # seconds; outlives a claim's horizon, the send timeout, a second try and a probe
MARGIN = 1.0  # seconds of the lease kept for recording the outcome
IDLE = 1.0  # seconds between looks when nothing woke us: the database is the truth, not the wake-up
GATED = 0.2  # seconds between looks while something is due but must wait
LEAST_IN_FLIGHT = 8
BATCH = 0.25  # of what may be in flight is acknowledged together, so that a claim is worth its transaction


class Delivery:
    """The worker of one platform. One that does not send books replies on the token's clock and no more."""

    def __init__(
        self,
        storage: Storage,
        messenger: Messenger,
        *,
        owner: str,
        gone: Callable[[str], bool] = lambda _owner: False,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
        meter: Meter | None = None,
        sends: bool = True,
        lookout: Lookout | None = None,
    ) -> None:
        self._storage = storage
        self._messenger = messenger
        self._owner = owner
        self._gone = gone
        self._clock = clock
        self._monotonic = monotonic
        self._meter = meter or Unmetered()
        self._sends = sends
        self._wake = asyncio.Event()
        self._line = Line(self._leave, monotonic)
        self._lookout = lookout or Lookout(storage, monotonic)
        self._sending: dict[asyncio.Task[None], int] = {}
        self._outcomes: list[Outcome] = []
        self._beside = 0  # messages sent beside the queue
        # what may be claimed and not acknowledged, and so what a crash can send twice
        self._most = max(LEAST_IN_FLIGHT, int(HORIZON * messenger.rate))
        self._shares, self._floods, self._lead = Shares(), Floods(), Lead()
        self._bookings = Bookings(messenger.rate)
        self._claiming, self._urgent, self._called_back = False, False, float("-inf")
        self._unsure = False  # whether a transaction that failed was committed after all
        self._began, self._stopping = False, False
        self._quiet = False  # at the last claim nothing was due
        self._token = Acceptance(messenger, monotonic)

    @property
    def fault(self) -> TokenDead | None:
        """Why nothing can be sent with this token."""
        return self._token.fault

    def wake(self) -> None:
        """Something new may be owed: look now. What has not left yet goes back in line, behind what is urgent."""
        self._urgent, self._quiet = True, False
        # a claim that is being made comes first; and what is called back all the time might never leave
        if not self._claiming and self._monotonic() - self._called_back > HORIZON:
            self._call_back()
        self._wake.set()

    def replied(self, count: int) -> None:
        """Messages sent beside the queue: they use up the same token, so what waits in line leaves later."""
        self._debit(count)
        self._meter.replied(self._messenger.platform, count)

    def stop(self) -> None:
        """Claim nothing more; `run` returns when what is in flight has been recorded."""
        self._stopping = True
        self._call_back()
        self._wake.set()

    def resume(self) -> None:
        """Take up work again after a stop."""
        self._stopping = False
        self._token.fault = None

    async def run(self) -> None:
        """Work until stopped. A database that cannot serve is waited for, and so is a token that is refused."""
        try:
            while not (self._stopping and not self._busy and not self._outcomes):
                self._wake.clear()
                try:
                    if self._sends and not self._began:
                        await take_over(self._storage, self._messenger, self._gone, self._clock())
                        self._began = True
                    pause = await self._round() if self._sends or self._beside else IDLE
                except StorageError as fault:
                    self._unsure, self._quiet = True, False
                    log.error("queue unavailable", platform=self._messenger.platform, reason=str(fault))
                    await asyncio.sleep(IDLE)
                    continue
                if self.fault and not self._stopping:
                    await self._token.ask_again()
                if pause and not (self._stopping and not self._busy):
                    with suppress(TimeoutError):
                        async with asyncio.timeout(pause):
                            await self._wake.wait()
        finally:
            self._line.clear()

    @property
    def _busy(self) -> int:
        """Messages claimed and not settled: what a crash now could repeat."""
        return len(self._line) + len(self._sending)

    async def _round(self) -> float:
        """One claim; returns how long nothing else needs to be looked at, in seconds."""
        if self._unmoved and not await self._lookout.called(self._messenger.platform, self._clock()):
            return IDLE
        try:
            claim, leased_at = await self._settle_and_claim()
        finally:
            self._claiming = False
        worded, ended = await digests_in_words(self._storage, claim, self._clock())
        self._outcomes += ended
        self._line_up(claim, worded, leased_at)
        self._quiet = not (claim.owed or claim.waiting)
        if self._urgent:  # it came while this was being claimed
            self.wake()
        if claim.owed:
            return max(claim.slots[-1] - self._lead.seconds, 0.0)
        if not self._busy and (self.fault or not claim.waiting):
            return IDLE
        return min(max(self._floods.rest(self._monotonic()), GATED), IDLE)

    @property
    def _unmoved(self) -> bool:
        """Nothing was due at the last claim, and there is nothing new to record."""
        busy = self._outcomes or self._busy or self._beside or self._floods.slower
        return self._quiet and not (busy or self._token.reason or self._floods.rest(self._monotonic()))

    async def _settle_and_claim(self) -> tuple[Claim, float]:
        """Also returns since when the leases count, on the monotonic clock."""
        async with self._storage.write() as work:
            # not before: what happens while the database is waited for is known, and the lease is not used up
            leased_at = self._monotonic()
            limit = max(self._most - self._busy, 0) if self._sends and not (self._stopping or self.fault) else 0
            favoured, reserved = self._shares.next(limit)
            outcomes, pace = list(self._outcomes), self._pace()
            self._claiming, self._urgent = True, False
            claim = await work.deliveries.settle_and_claim(
                pace, outcomes, limit=limit, reserved=reserved, favoured=favoured, now=self._clock()
            )
        del self._outcomes[: len(outcomes)]
        self._beside -= pace.debit
        self._floods.slower &= not pace.slower
        self._unsure = False
        self._bookings.took(claim)
        self._shares.took(favoured, [owed.kind for owed in claim.owed])
        return claim, leased_at

    def _pace(self) -> Pace:
        return Pace(
            platform=self._messenger.platform,
            owner=self._owner,
            rate=self._messenger.rate,
            lease=LEASE,
            horizon=HORIZON,
            sending=(*self._sending.values(), *(departure.owed.id for departure in self._line)),
            lead=self._lead.seconds,
            booked=self._bookings.end,
            released=self._bookings.free_from,
            unsure=self._unsure,
            debit=self._beside,
            flooded=self._floods.rest(self._monotonic()),
            slower=self._floods.slower,
            dead=self._token.reason,
        )

    def _line_up(self, claim: Claim, worded: Mapping[int, Content], leased_at: float) -> None:
        arrived = self._monotonic()
        # the claim was made somewhen between `leased_at` and now; its clock tells
        took = min(max((self._clock() - claim.now).total_seconds(), 0.0), max(arrived - leased_at, 0.0))
        self._lead.took(took)
        self._line.extend(departures_of(claim, worded, leased_at, arrived - took))

    # ------------------------------------------------------------ the line

    def _leave(self, departure: Departure, now: float) -> None:
        """The slot of a message has come, and perhaps gone."""
        if now - departure.slot > LATE or now < self._floods.until:
            self._lead.took(now - departure.slot)
            self._return(departure.owed)
        elif now + SEND_TIMEOUT > departure.leased_at + LEASE - MARGIN:
            log.warning("lease too old to send in", delivery=departure.owed.id)
            self._return(departure.owed)
        else:
            task = asyncio.create_task(self._deliver(departure))
            self._sending[task] = departure.owed.id
            task.add_done_callback(self._finished)

    def _call_back(self) -> None:
        """Nothing of the line leaves; its slots are free again."""
        self._called_back = self._monotonic()
        departures = self._line.clear()
        self._bookings.give_back(departure.booked for departure in departures)
        for departure in departures:
            self._return(departure.owed)

    def _return(self, owed: Owed) -> None:
        self._outcomes.append(put_back(owed, self._clock()))
        self._wake.set()

    def _debit(self, count: int) -> None:
        """So many messages go out beside the queue: what waits leaves later by as much."""
        self._beside += count
        self._line.shift(count / self._messenger.rate)
        self._wake.set()

    def _finished(self, task: asyncio.Task[None]) -> None:
        del self._sending[task]
        if self._stopping or len(self._outcomes) >= max(LEAST_IN_FLIGHT, BATCH * self._most) or not self._busy:
            self._wake.set()

    async def _deliver(self, departure: Departure) -> None:
        """Send one message and note the outcome; all of it ends before the lease does."""
        owed, deadline = departure.owed, departure.leased_at + LEASE - MARGIN
        manner = manner_of(owed, departure.payload, self._clock())
        if manner is Manner.HELD:
            self._outcomes.append(held(owed, self._clock()))
            return
        spacing = self._messenger.spacing(owed.destination.address)

        def left() -> float:
            return deadline - self._monotonic()

        try:
            message_id = await send(
                self._messenger,
                owed,
                departure.payload,
                departure.drawn,
                content=departure.content,
                silent=manner is Manner.SILENT,
                left=left,
                now=self._clock(),
                again=lambda: self._debit(1),
            )
        except DeliveryError as error:
            self._note(owed, await judged(self._messenger, error, left), spacing)
        else:
            now = self._clock()
            self._floods.passed(departure.slot)
            self._outcomes.append(sent(owed, message_id, now, spacing))
            self._meter.sent(self._messenger.platform, owed.kind, (now - owed.created_at).total_seconds())

    def _note(self, owed: Owed, error: DeliveryError, spacing: float) -> None:
        if isinstance(error, RetryLater) and error.flood:
            self._floods.note(owed.destination.address.chat, error, self._monotonic())
            self._meter.flooded(self._messenger.platform)
        if isinstance(error, TokenDead):
            self._token.refused(error)
            self._call_back()
        outcome = failed(owed, error, self._clock(), spacing)
        self._outcomes.append(outcome)
        state = State.PARKED if outcome.parks else outcome.state
        self._meter.failed(self._messenger.platform, owed.kind, state)
        log.info(
            "not sent",
            destination=str(owed.destination.address),
            error=type(error).__name__,
            reason=str(error),
            state=state.value,
        )
