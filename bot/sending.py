"""What a claimed message says, how it may leave, and one try to send it in the time that its lease leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

import structlog

from bot.cards import content_of
from bot.digests import Letter, last_word
from bot.errors import Ambiguous, DeliveryError, MessageGone, Rejected, RetryLater, StorageError, Undeletable
from bot.matching import level
from bot.messages import Content, Payload
from bot.model import Kind
from bot.planning import failed, put_back, void
from bot.ports import Claim, Messenger, Outcome, Owed, Storage
from bot.preferences import Look
from bot.quiet import Manner, manner
from bot.texts import texts

T = TypeVar("T")

log = structlog.get_logger(__name__)

SEND_TIMEOUT = 8.0  # seconds; a send without an answer by then is ambiguous
PROBE = 3.0  # seconds; for the question whether the platform is there at all

Drawn = dict[tuple[int, Kind, str, Look, bool], Content]
"""Contents made for the messages of one claim: most of them carry the same."""

Left = Callable[[], float]
"""How many seconds of the lease are left."""


async def send(
    messenger: Messenger,
    owed: Owed,
    payload: Payload,
    drawn: Drawn,
    *,
    content: Content | None = None,
    silent: bool = False,
    left: Left,
    now: datetime,
    again: Callable[[], None],
) -> str:
    """The platform's id of the message, which an update changes. Raises a DeliveryError.

    `content` is what it says, where that was put into words already. `again` is called when a second request has to
    be made: it uses up the token as well.
    """
    address, locale = owed.destination.address, owed.destination.locale
    try:
        if content is None:
            content = _drawn(owed, payload, drawn)
        if owed.kind is Kind.UPDATE:
            return await _change(messenger, owed, content, deletes=payload.deletes, left=left, now=now, again=again)
        first = messenger.send(address, content, locale=locale, nonce=f"d{owed.id}", now=now, silent=silent)
        try:
            return await _in_time(first, left)
        except Rejected as refusal:
            log.error("message refused, sending it as plain text", delivery=owed.id, reason=str(refusal))
            again()
            plain = messenger.send_plain(address, content, locale=locale, now=now, silent=silent)
            return await _in_time(plain, left)
    except DeliveryError:
        raise
    except Exception as fault:  # a fault of ours in rendering or translating must cost this message only
        log.exception("message failed", delivery=owed.id, destination=str(address))
        raise Rejected(f"internal: {type(fault).__name__}") from fault


async def _change(
    messenger: Messenger,
    owed: Owed,
    content: Content,
    *,
    deletes: bool,
    left: Left,
    now: datetime,
    again: Callable[[], None],
) -> str:
    """Change a message that was sent before; what may not be taken away any more is edited instead."""
    address, locale = owed.destination.address, owed.destination.locale
    if deletes:
        try:
            await _in_time(messenger.delete(address, owed.message_id), left)
        except MessageGone:  # by its reader, or by a try whose answer was lost: there is no copy left
            return owed.message_id
        except Undeletable:
            again()
        else:
            return owed.message_id
    await _in_time(messenger.edit(address, owed.message_id, content, locale=locale, now=now), left)
    return owed.message_id


def _drawn(owed: Owed, payload: Payload, drawn: Drawn) -> Content:
    locale, look = owed.destination.locale, owed.destination.look
    key = (owed.payload_id, owed.kind, locale, look, bool(owed.attempts))
    if key not in drawn:
        if owed.attempts:  # the picture is the likeliest part to have been too slow
            cards = tuple(replace(card, image=None) for card in payload.cards)
            payload = replace(payload, cards=cards, image=None)
        drawn[key] = content_of(owed.kind, payload, texts(locale), look)
    return drawn[key]


def manner_of(owed: Owed, payload: Payload, now: datetime) -> Manner:
    """How a claimed message may leave now: quiet hours can have begun since it was written."""
    quality = payload.cards[0].quality if payload.cards else None
    return manner(owed.destination, owed.kind, level(quality), now, urgent=payload.urgent)


async def digests_in_words(
    storage: Storage, claim: Claim, now: datetime
) -> tuple[dict[int, Content], list[Outcome]]:
    """What the claimed digests say, judged once more, by delivery; and what became of those that are not sent."""
    owed = {one.id: one for one in claim.owed if claim.payloads[one.payload_id].mentions}
    letters = [
        Letter(one.id, one.destination, claim.payloads[one.payload_id], one.created_at) for one in owed.values()
    ]
    if not letters:
        return {}, []
    try:
        words = await last_word(storage, letters, now)
    except StorageError as fault:
        log.error("queue unavailable", reason=str(fault))
        return {}, [put_back(one, now) for one in owed.values()]
    except Exception:  # a fault of ours must cost these messages only
        log.exception("digests failed", deliveries=list(owed))
        return {}, [failed(one, Rejected("internal"), now, 0.0) for one in owed.values()]
    empty = [void(owed[number], now) for number, content in words.items() if content is None]
    return {number: content for number, content in words.items() if content is not None}, empty


async def judged(messenger: Messenger, error: DeliveryError, left: Left) -> DeliveryError:
    """The error, but for a lost answer of a platform that is not there at all: then nothing was sent."""
    if isinstance(error, Ambiguous) and not await _there(messenger, left):
        return RetryLater(f"platform not reachable: {error}")
    return error


async def _in_time(sending: Awaitable[T], left: Left) -> T:
    try:
        async with asyncio.timeout(min(SEND_TIMEOUT, max(left(), 0.0))):
            return await sending
    except TimeoutError:
        raise Ambiguous("no answer in time") from None


async def _there(messenger: Messenger, left: Left) -> bool:
    """Whether the platform answers at all; where there is no time to ask, it counts as there."""
    try:
        async with asyncio.timeout(min(PROBE, max(left(), 0.0))):
            return await messenger.reachable()
    except TimeoutError:
        return left() <= 0
