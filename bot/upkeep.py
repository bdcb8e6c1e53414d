"""What the minute tick does: whatever became due by the clock alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from bot.cards import card_of
from bot.ingest import Rules, take_waiting
from bot.messages import Payload
from bot.model import Address, Destination, Kind
from bot.ports import Storage, Work
from bot.stories import strength_of
from bot.topics import Catalogue

log = structlog.get_logger(__name__)

PAGE = 10  # articles in one message of a digest
TOO_OLD = timedelta(hours=24)
"""An alert that could not be sent for so long becomes a line of a digest."""


async def tick(storage: Storage, rules: Rules, now: datetime, *, admins: Sequence[Address]) -> None:
    """Judge articles whose date has come, write the flood guard's digests, expire alerts. Raises StorageError."""
    await take_waiting(storage, rules, now)
    async with storage.write() as work:
        expired = await work.deliveries.expire(now, older_than=now - TOO_OLD)
        if expired:
            log.warning("alerts too old to send, left for a digest", count=expired)
        held = await work.deliveries.held(now)
        if not held:
            return
        catalogue = await work.topics.catalogue()
        destinations = {destination.id: destination for destination in await work.destinations.all()}
        for destination_id, hour, article_ids in held:
            await _digest(work, destinations[destination_id], hour, article_ids, catalogue, now)
        await _tell_admins(work, admins, held, now)


async def prune(storage: Storage, now: datetime, *, remember_days: int, keep_days: int) -> None:
    """Forget what is older than the settings say. Raises StorageError."""
    async with storage.write() as work:
        pruned = await work.deliveries.prune(
            told_before=now - timedelta(days=remember_days), done_before=now - timedelta(days=keep_days)
        )
    log.info("pruned", rows=pruned)


async def _digest(
    work: Work,
    destination: Destination,
    hour: int,
    article_ids: Sequence[int],
    catalogue: Catalogue,
    now: datetime,
) -> None:
    found = [stored for article_id in article_ids if (stored := await work.articles.get(article_id)) is not None]
    found.sort(key=lambda stored: strength_of(stored.article))
    pages = [found[start : start + PAGE] for start in range(0, len(found), PAGE)]
    for part, page in enumerate(pages, start=1):
        cards = tuple(card_of(stored, [], catalogue) for stored in page)
        values = {"count": len(found), "part": part, "parts": len(pages)}
        payload = Payload(cards, "held-digest", values)
        await work.deliveries.notify(destination.id, payload, now, subject=hour, kind=Kind.DIGEST)
    await work.deliveries.folded(destination.id, hour)


async def _tell_admins(
    work: Work, admins: Sequence[Address], held: Sequence[tuple[int, int, list[int]]], now: datetime
) -> None:
    values = {
        "stories": len({article for _, _, articles in held for article in articles}),
        "chats": len({destination_id for destination_id, _, _ in held}),
    }
    log.warning("flood guard held stories back", **values)
    for address in admins:
        admin = await work.destinations.ensure(address, title="", locale="en", timezone="UTC", now=now)
        hour = max(hour for _, hour, _ in held)
        await work.deliveries.notify(admin.id, Payload(key="held-notice", values=values), now, subject=hour)
