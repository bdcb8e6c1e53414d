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

import structlog

from bot.cards import content_of
from bot.errors import Ambiguous, DeliveryError, Rejected, RetryLater, StorageError, TokenDead
from bot.messages import Payload
from bot.model import Kind
from bot.planning import failed, sent
from bot.ports import Claim, Messenger, Outcome, Owed, Pace, Storage
from bot.texts import texts

log = structlog.get_logger(__name__)

HORIZON = 0.2  # seconds of sending in one claim
SEND_TIMEOUT = 10.0  # seconds; a send without an answer by then is ambiguous
LEASE = 18.0  # seconds; outlives a claim's horizon and the send timeout
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
    ) -> None:
        self._storage = storage
        self._messenger = messenger
        self._owner = owner
        self._gone = gone
        self._clock = clock
        self._monotonic = monotonic
        self._wake = asyncio.Event()
        self._sending: dict[asyncio.Task[None], int] = {}
        self._outcomes: list[Outcome] = []
        self._replies = 0
        self._floods: list[float] = []
        self._lower = 0.0
        self._stopping = False

    def wake(self) -> None:
        """Something new may be owed: look now."""
        self._wake.set()

    def replied(self, count: int) -> None:
        """Messages sent beside the queue: they use up the same token."""
        self._replies += count

    def stop(self) -> None:
        """Claim nothing more; `run` returns when what is in flight has been recorded."""
        self._stopping = True
        self._wake.set()

    def resume(self) -> None:
        """Take up work again after a stop."""
        self._stopping = False

    async def run(self) -> None:
        """Work until stopped. A database that cannot serve is waited for; a dead token ends the worker."""
        await self._inherit()
        while not (self._stopping and not self._sending and not self._outcomes):
            self._wake.clear()
            try:
                pause = await self._round()
            except StorageError as fault:
                log.error("queue unavailable", platform=self._messenger.platform, reason=str(fault))
                pause = IDLE
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
        leased_at = self._monotonic()
        async with self._storage.write() as work:
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
        return Pace(
            platform=self._messenger.platform,
            owner=self._owner,
            rate=self._messenger.rate,
            lease=LEASE,
            horizon=HORIZON,
            debit=self._replies,
            flooded=flooded if whole_token else 0.0,
            slower=bool(self._floods),
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
        """Send one message at its slot and note the outcome; a lease too old to finish in is left to lapse."""
        delay = leaves_at - self._monotonic()
        if delay > 0:
            await asyncio.sleep(delay)
        if self._monotonic() + SEND_TIMEOUT > leased_at + LEASE:
            log.warning("lease too old to send in", delivery=owed.id)
            return
        spacing = self._messenger.spacing(owed.destination.address)
        try:
            message_id = await self._send(owed, payload)
        except DeliveryError as error:
            await self._note(owed, error, spacing)
        except Exception as fault:  # a fault of ours in rendering or translating must cost this message only
            log.exception("message failed", delivery=owed.id, destination=str(owed.destination.address))
            await self._note(owed, Rejected(f"internal: {type(fault).__name__}"), spacing)
        else:
            self._outcomes.append(sent(owed, message_id, self._clock(), spacing))

    async def _send(self, owed: Owed, payload: Payload) -> str:
        address, locale, now = owed.destination.address, owed.destination.locale, self._clock()
        if owed.attempts:  # the picture is the likeliest part to have been too slow
            payload = replace(payload, cards=tuple(replace(card, image=None) for card in payload.cards))
        content = content_of(owed.kind, payload, texts(locale))
        send = self._messenger.send(address, content, locale=locale, nonce=f"d{owed.id}", now=now)
        try:
            return await _in_time(send)
        except Rejected as refusal:
            log.error("message refused, sending it as plain text", delivery=owed.id, reason=str(refusal))
            return await _in_time(self._messenger.send_plain(address, content, locale=locale, now=now))

    async def _note(self, owed: Owed, error: DeliveryError, spacing: float) -> None:
        if isinstance(error, RetryLater) and error.flood:
            self._floods.append(error.after or 1.0)
        if isinstance(error, Ambiguous) and not await self._messenger.reachable():
            error = RetryLater(f"platform not reachable: {error}")
        if isinstance(error, TokenDead):
            log.error("token refused", platform=self._messenger.platform, reason=str(error))
            self._stopping = True
        outcome = failed(owed, error, self._clock(), spacing)
        self._outcomes.append(outcome)
        log.info(
            "not sent",
            destination=str(owed.destination.address),
            error=type(error).__name__,
            reason=str(error),
            state=outcome.state.value,
        )


async def _in_time(send: Awaitable[str]) -> str:
    try:
        async with asyncio.timeout(SEND_TIMEOUT):
            return await send
    except TimeoutError:
        raise Ambiguous("no answer in time") from None
