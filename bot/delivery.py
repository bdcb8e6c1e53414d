"""Sends what is owed over one platform: claim, wait for the clock, send, record.

One worker runs for each platform. It never sleeps on a single message: sends run side by side, each leaving at
the slot the token's clock gave it, while the batch before is acknowledged together with the next claim.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

import structlog

from bot.cards import content_of
from bot.errors import (
    Ambiguous,
    DeliveryError,
    MessageGone,
    Rejected,
    RetryLater,
    StorageError,
    TokenDead,
    Undeletable,
)
from bot.messages import Content, Payload
from bot.model import Kind, State
from bot.planning import failed, put_back, sent
from bot.ports import Claim, Messenger, Meter, Outcome, Owed, Pace, Storage, Unmetered
from bot.texts import texts

T = TypeVar("T")

log = structlog.get_logger(__name__)

HORIZON = 0.2  # seconds of sending in one claim
SEND_TIMEOUT = 8.0  # seconds; a send without an answer by then is ambiguous
LEASE = 15.0  # seconds; outlives a claim's horizon, the send timeout, a second try and a probe
MARGIN = 1.0  # seconds of the lease kept for recording the outcome
PROBE = 3.0  # seconds; for the question whether the platform is there at all
IDLE = 1.0  # seconds between looks when nothing woke us: the database is the truth, not the wake-up
GATED = 0.2  # seconds between looks while something is due but must wait
LEAST_IN_FLIGHT = 8
LOWER_SHARE = 0.2  # of the slots are kept for the classes below alerts, if they have anything due
FLOODS = 2  # chats answering 429 within a claim before the whole token rests
TOKEN_FLOOD = 60.0  # seconds; a longer 429 is about the token, whichever chat got it


class Delivery:
    """The worker of one platform."""

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
    ) -> None:
        self._storage = storage
        self._messenger = messenger
        self._owner = owner
        self._gone = gone
        self._clock = clock
        self._monotonic = monotonic
        self._meter = meter or Unmetered()
        self._wake = asyncio.Event()
        self._sending: dict[asyncio.Task[None], int] = {}
        self._outcomes: list[Outcome] = []
        self._replies = 0
        self._floods: list[float] = []
        self._lower = 0.0
        self._stopping = False
        self.fault: TokenDead | None = None  # why nothing can be sent with this token

    def wake(self) -> None:
        """Something new may be owed: look now."""
        self._wake.set()

    def replied(self, count: int) -> None:
        """Messages sent beside the queue: they use up the same token."""
        self._replies += count
        self._meter.replied(self._messenger.platform, count)

    def stop(self) -> None:
        """Claim nothing more; `run` returns when what is in flight has been recorded."""
        self._stopping = True
        self._wake.set()

    def resume(self) -> None:
        """Take up work again after a stop."""
        self._stopping = False
        self.fault = None

    async def run(self) -> None:
        """Work until stopped. A database that cannot serve is waited for; a dead token ends the worker."""
        await self._inherit()
        while not (self._stopping and not self._sending and not self._outcomes):
            self._wake.clear()
            try:
                pause = await self._round()
            except StorageError as fault:
                log.error("queue unavailable", platform=self._messenger.platform, reason=str(fault))
                await asyncio.sleep(IDLE)
                continue
            if pause and not (self._stopping and not self._sending):
                await self._rest(pause)

    async def _inherit(self) -> None:
        """What a process that ended was sending need not wait for its lease."""
        try:
            async with self._storage.write() as work:
                for owner in await work.deliveries.holders():
                    if self._gone(owner):
                        await work.deliveries.lapse(owner, self._clock())
        except StorageError as fault:
            log.error("queue unavailable", platform=self._messenger.platform, reason=str(fault))

    async def _round(self) -> float:
        """One claim and its sends; returns how long nothing else needs to be looked at, in seconds."""
        in_flight = max(LEAST_IN_FLIGHT, int(HORIZON * self._messenger.rate)) - len(self._sending)
        limit = 0 if self._stopping else max(in_flight, 0)
        self._lower = min(self._lower, 1.0) + limit * LOWER_SHARE
        outcomes, floods, pace = list(self._outcomes), list(self._floods), self._pace()
        async with self._storage.write() as work:
            leased_at = self._monotonic()  # not before: waiting for the database must not eat up the lease
            claim = await work.deliveries.settle_and_claim(
                pace, outcomes, limit=limit, reserved=int(self._lower), now=self._clock()
            )
        del self._outcomes[: len(outcomes)], self._floods[: len(floods)]
        self._replies -= pace.debit
        self._start(claim, leased_at)
        if claim.owed:
            return claim.slots[-1]
        return GATED if claim.waiting or self._sending else IDLE

    def _pace(self) -> Pace:
        flooded = max(self._floods, default=0.0)
        whole_token = len(self._floods) >= FLOODS or flooded > TOKEN_FLOOD
        fault = self.fault or self._messenger.fault
        return Pace(
            platform=self._messenger.platform,
            owner=self._owner,
            rate=self._messenger.rate,
            lease=LEASE,
            horizon=HORIZON,
            sending=tuple(self._sending.values()),
            debit=self._replies,
            flooded=flooded if whole_token else 0.0,
            slower=bool(self._floods),
            dead=str(fault) if isinstance(fault, TokenDead) else "",
        )

    def _start(self, claim: Claim, leased_at: float) -> None:
        for owed, slot in zip(claim.owed, claim.slots, strict=True):
            if owed.kind not in (Kind.NOTICE, Kind.ALERT):
                self._lower = max(self._lower - 1.0, 0.0)
            task = asyncio.create_task(
                self._deliver(owed, claim.payloads[owed.payload_id], leased_at, leased_at + slot)
            )
            self._sending[task] = owed.id
            task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        del self._sending[task]
        if self._stopping or len(self._outcomes) >= LEAST_IN_FLIGHT or not self._sending:
            self._wake.set()

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _deliver(self, owed: Owed, payload: Payload, leased_at: float, leaves_at: float) -> None:
        """Send one message at its slot and note the outcome; all of it ends before the lease does."""
        delay = leaves_at - self._monotonic()
        if delay > 0:
            await asyncio.sleep(delay)
        deadline = leased_at + LEASE - MARGIN
        if self._monotonic() + SEND_TIMEOUT > deadline:
            log.warning("lease too old to send in", delivery=owed.id)
            self._outcomes.append(put_back(owed, self._clock()))
            return
        spacing = self._messenger.spacing(owed.destination.address)
        try:
            message_id = await self._send(owed, payload, deadline)
        except DeliveryError as error:
            await self._note(owed, error, spacing, deadline)
        except Exception as fault:  # a fault of ours in rendering or translating must cost this message only
            log.exception("message failed", delivery=owed.id, destination=str(owed.destination.address))
            await self._note(owed, Rejected(f"internal: {type(fault).__name__}"), spacing, deadline)
        else:
            now = self._clock()
            self._outcomes.append(sent(owed, message_id, now, spacing))
            self._meter.sent(self._messenger.platform, owed.kind, (now - owed.created_at).total_seconds())

    async def _send(self, owed: Owed, payload: Payload, deadline: float) -> str:
        address, locale, now = owed.destination.address, owed.destination.locale, self._clock()
        if owed.attempts:  # the picture is the likeliest part to have been too slow
            payload = replace(payload, cards=tuple(replace(card, image=None) for card in payload.cards))
        content = content_of(owed.kind, payload, texts(locale))
        if owed.kind is Kind.UPDATE:
            return await self._update(owed, content, deadline, deletes=payload.deletes)
        send = self._messenger.send(address, content, locale=locale, nonce=f"d{owed.id}", now=now)
        try:
            return await self._in_time(send, deadline)
        except Rejected as refusal:
            log.error("message refused, sending it as plain text", delivery=owed.id, reason=str(refusal))
            plain = self._messenger.send_plain(address, content, locale=locale, now=now)
            return await self._in_time(plain, deadline)

    async def _update(self, owed: Owed, content: Content, deadline: float, *, deletes: bool) -> str:
        """Change a message that was sent before; what may not be taken away any more is edited instead."""
        address, locale, message_id = owed.destination.address, owed.destination.locale, owed.message_id
        if deletes:
            try:
                await self._in_time(self._messenger.delete(address, message_id), deadline)
            except MessageGone:  # by its reader, or by a try whose answer was lost: there is no copy left
                return message_id
            except Undeletable:
                self.replied(1)  # a second request, which the clock did not know of
            else:
                return message_id
        edit = self._messenger.edit(address, message_id, content, locale=locale, now=self._clock())
        await self._in_time(edit, deadline)
        return message_id

    async def _note(self, owed: Owed, error: DeliveryError, spacing: float, deadline: float) -> None:
        if isinstance(error, RetryLater) and error.flood:
            self._floods.append(error.after or 1.0)
            self._meter.flooded(self._messenger.platform)
        if isinstance(error, Ambiguous) and not await self._there(deadline):
            error = RetryLater(f"platform not reachable: {error}")
        if isinstance(error, TokenDead):
            log.error("token refused", platform=self._messenger.platform, reason=str(error))
            self._stopping = True
            self.fault = error
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

    async def _in_time(self, send: Awaitable[T], deadline: float) -> T:
        try:
            async with asyncio.timeout(min(SEND_TIMEOUT, max(deadline - self._monotonic(), 0.0))):
                return await send
        except TimeoutError:
            raise Ambiguous("no answer in time") from None

    async def _there(self, deadline: float) -> bool:
        """Whether the platform answers at all; where there is no time to ask, it counts as there."""
        try:
            async with asyncio.timeout(min(PROBE, max(deadline - self._monotonic(), 0.0))):
                return await self._messenger.reachable()
        except TimeoutError:
            return self._monotonic() >= deadline
