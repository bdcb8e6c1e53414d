"""What the minute tick does: whatever became due by the clock alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.digests import Held, write_held
from bot.errors import StorageError
from bot.ingest import Rules, spread, take_waiting
from bot.messages import Payload
from bot.model import Address, Kind
from bot.ports import Storage, Work

log = structlog.get_logger(__name__)

TOO_OLD = timedelta(hours=24)
"""An alert that could not be sent for so long becomes a line of a digest."""


async def tick(storage: Storage, rules: Rules, now: datetime, *, admins: Sequence[Address]) -> None:
    """Whatever the clock alone brings; a step that fails does not keep the others from running.

    Raises StorageError where the database cannot serve.
    """
    steps: tuple[Callable[[], Awaitable[None]], ...] = (
        lambda: spread(storage, rules, now),  # what a crash interrupted
        lambda: take_waiting(storage, rules, now),
        lambda: _let_go(storage, now),
        lambda: _expire(storage, now),
        lambda: _write_digests(storage, now, admins),
    )
    for step in steps:
        try:
            await step()
        except StorageError:
            raise
        except Exception:
            log.exception("upkeep step failed")


async def _let_go(storage: Storage, now: datetime) -> None:
    async with storage.write() as work:
        await work.deliveries.let_go(now)


async def _expire(storage: Storage, now: datetime) -> None:
    async with storage.write() as work:
        expired = await work.deliveries.expire(now, older_than=now - TOO_OLD)
    if expired:
        log.warning("alerts too old to send, left for a digest", count=expired)


async def _write_digests(storage: Storage, now: datetime, admins: Sequence[Address]) -> None:
    """One digest a chat and hour of what the flood guard held back, and of alerts that became too old."""
    async with storage.write() as work:
        held = await work.deliveries.held(now)
        if not held:
            return
        catalogue = await work.topics.catalogue()
        stories = {destination.id: its for destination, its in held}
        ours = [Held(reader, its, hour_of(now)) for reader, its in stories.items()]
        told = await write_held(work, ours, key="held-digest", kind=Kind.DIGEST, catalogue=catalogue, now=now)
        written = [stories[reader] for reader, messages in told.items() if messages]
        await work.deliveries.folded(told, now)
        await _tell_admins(work, admins, written, now)


async def prune(storage: Storage, now: datetime, *, remember_days: int, keep_days: int) -> None:
    """Forget what is older than the settings say. Raises StorageError."""
    async with storage.write() as work:
        pruned = await work.deliveries.prune(
            told_before=now - timedelta(days=remember_days), done_before=now - timedelta(days=keep_days)
        )
    log.info("pruned", rows=pruned)


async def _tell_admins(
    work: Work, admins: Sequence[Address], written: Sequence[Sequence[int]], now: datetime
) -> None:
    values = {"stories": len({story for stories in written for story in stories}), "chats": len(written)}
    if not written:
        return
    log.warning("flood guard held stories back", **values)
    for address in admins:
        admin = await work.destinations.ensure(address, title="", locale="en", timezone="UTC", now=now)
        payload = Payload(key="held-notice", values=values)
        await work.deliveries.notify(admin.id, payload, now, subject=hour_of(now))


def hour_of(moment: datetime) -> int:
    """The hour, counted from 1970: a chat gets at most one digest of the flood guard in it."""
    return int(moment.timestamp() // 3600)
