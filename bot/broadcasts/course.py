"""What moves a broadcast on once it is decided: its rows, its progress and its receipt, all out of the database.

Nothing is remembered here between two looks, so a process that is killed loses nothing, and the next one goes on.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from bot.broadcasts.progress import EVERY
from bot.broadcasts.stages import WAYS, Act
from bot.broadcasts.wording import progress, receipt
from bot.errors import StorageError
from bot.messages import Payload
from bot.model import Address
from bot.ports import WORKING, Broadcast, Stage, Storage, Tally, Work
from bot.texts import texts

log = structlog.get_logger(__name__)

WINDOW = 5_000
"""Deliveries of one broadcast to a platform that are written and not sent: what a pause or a stop has to touch."""

BUSY = 1.0  # seconds between two looks while something is under way
IDLE = 3.0
PLACES = 12  # named in a receipt

ENDS = {
    Stage.RUNNING: Act.FINISH,
    Stage.PAUSED: Act.FINISH,
    Stage.CORRECTING: Act.CORRECTED,
    Stage.RECALLING: Act.RECALLED,
}

Admins = Sequence[Address]


async def run(
    storage: Storage,
    clock: Callable[[], datetime],
    *,
    admins: Admins,
    trusted: Callable[[str], bool],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Look and look again. A database that cannot serve is waited for; a fault costs one look.

    `trusted`: whether an author is still an admin. Workers are not woken, as they are for an alert: that calls
    back what stands in line, and they look once a second anyway.
    """
    while True:
        busy = False
        try:
            busy = await look(storage, clock(), admins=admins, trusted=trusted)
        except StorageError as fault:
            log.error("broadcasts put off", reason=str(fault))
        except Exception:
            log.exception("broadcasts failed")
        await sleep(BUSY if busy else IDLE)


async def look(storage: Storage, now: datetime, *, admins: Admins, trusted: Callable[[str], bool]) -> bool:
    """Move everything on once; one that fails holds up no other. Returns whether anything is under way.

    Raises StorageError.
    """
    async with storage.read() as work:
        found = await work.broadcasts.working(now)
    for broadcast in found:
        try:
            async with storage.write() as work:
                await _move(work, broadcast.id, now, admins, trusted)
        except StorageError:
            raise
        except Exception:
            log.exception("broadcasts failed", broadcast=broadcast.id)
    return any(broadcast.stage is not Stage.PAUSED for broadcast in found)


async def _move(
    work: Work, broadcast_id: int, now: datetime, admins: Admins, trusted: Callable[[str], bool]
) -> None:
    broadcast = await work.broadcasts.lock(broadcast_id)  # again, and for good: an admin may be at it too
    if broadcast is None:
        return
    if broadcast.stage is Stage.SCHEDULED:
        await _begin(work, broadcast, now, admins, trusted)
        return
    if broadcast.stage in (Stage.RUNNING, Stage.PAUSED) and await _pulled(work, broadcast):
        way = WAYS[Act.STOP]
        await work.broadcasts.step(broadcast.id, way.froms, way.to, now, what=Act.STOP)
        broadcast = replace(broadcast, stage=way.to)
    if broadcast.stage is Stage.PAUSED:
        await work.broadcasts.hold(broadcast, now)  # what was on its way may have come back unsent
    if broadcast.stage is Stage.STOPPED:
        await work.broadcasts.drop(broadcast, "stopped", now)
    if broadcast.stage is Stage.RECALLING:
        await work.broadcasts.drop(replace(broadcast, update_id=0), "recalled", now)
    if broadcast.stage in WORKING and not broadcast.spread:
        await work.broadcasts.advance(broadcast, now, window=WINDOW)
        broadcast = await work.broadcasts.get(broadcast_id) or broadcast
    await work.broadcasts.drop_parked(broadcast, now)
    if not trusted(broadcast.author):  # confirmed is confirmed, but what becomes of it is for admins to read
        broadcast = replace(broadcast, desk_id=0)
    await _account(work, broadcast, now, admins)


async def _account(work: Work, broadcast: Broadcast, now: datetime, admins: Admins) -> None:
    """End it, or show how far it is. A hundred thousand copies are not counted every second."""
    counted, written = broadcast.progress_at, broadcast.spread or broadcast.stage is Stage.STOPPED
    over = written and not await work.broadcasts.unfinished(broadcast)
    if not over and counted is not None and now - counted < EVERY:
        return
    tally = await work.broadcasts.tally(broadcast, of_update=bool(broadcast.update_id))
    if over:
        await _end(work, broadcast, tally, now, admins)
    else:
        await _show(work, broadcast, tally, now)


async def _begin(
    work: Work, broadcast: Broadcast, now: datetime, admins: Admins, trusted: Callable[[str], bool]
) -> None:
    """Its time has come. One whose author is no admin any more, or whose article was withdrawn, is not sent."""
    if not trusted(broadcast.author):
        await _cancel(work, replace(broadcast, desk_id=0), "broadcast-orphan", now, admins)
        return
    if await _pulled(work, broadcast):
        await _cancel(work, broadcast, "broadcast-pulled", now, admins)
        return
    radius = await work.broadcasts.radius(broadcast.target, broadcast.story_id, now, level=broadcast.level)
    way, count = WAYS[Act.SEND], radius.recipients
    await work.broadcasts.step(
        broadcast.id, way.froms, way.to, now, actor=broadcast.author, what=Act.SEND, count=count,
        started_at=now, total=count,
    )  # fmt: skip


async def _cancel(work: Work, broadcast: Broadcast, key: str, now: datetime, admins: Admins) -> None:
    way = WAYS[Act.CANCEL]
    if await work.broadcasts.step(broadcast.id, way.froms, way.to, now, what=Act.CANCEL, finished_at=now):
        values: dict[str, str | int] = {"id": broadcast.id, "title": broadcast.title}
        await _tell(work, broadcast, lambda _: Payload(key=key, values=values), now, admins)


async def _pulled(work: Work, broadcast: Broadcast) -> bool:
    """Whether the publisher has withdrawn its article since it was drafted."""
    stored = await work.articles.get(broadcast.article_id) if broadcast.article_id else None
    return stored is not None and (stored.article.retracted or stored.article.deleted)


async def _end(work: Work, broadcast: Broadcast, tally: Tally, now: datetime, admins: Admins) -> None:
    """All is sent, edited or deleted that can be: the receipt is a new message, owed with the last step."""
    if broadcast.stage is Stage.PAUSED:  # the last ones were on their way when it was paused
        broadcast = replace(broadcast, stage=Stage.RUNNING)
    act = ENDS.get(broadcast.stage)
    to = WAYS[act].to if act else broadcast.stage
    changed = await work.broadcasts.step(
        broadcast.id, WAYS[act].froms if act else (to,), to, now, what=act or "", count=tally.sent,
        finished_at=now, total=tally.finished,
    )  # fmt: skip
    if not changed:
        return
    log.info(
        "broadcast ended", broadcast=broadcast.id, stage=to, sent=tally.sent, failed=sum(tally.failed.values())
    )
    if not broadcast.payload_id and not tally.finished:
        return  # an article was withdrawn that nobody had got
    places = await work.broadcasts.missed(broadcast, PLACES, of_update=bool(broadcast.update_id))
    await _show(work, replace(broadcast, total=tally.finished), tally, now)
    await _tell(work, broadcast, lambda locale: receipt(broadcast, tally, places, now, texts(locale)), now, admins)


async def _show(work: Work, broadcast: Broadcast, tally: Tally, now: datetime) -> None:
    """One message, edited in place. It goes the way of all that is owed: by the token's clock, after the alerts."""
    changes: dict[str, Any] = {}
    if broadcast.desk_id:
        payload = progress(broadcast, tally, now, texts(await work.broadcasts.locale_of(broadcast)))
        if broadcast.progress_id:
            if not await work.deliveries.rewrite(broadcast.progress_id, payload, now):
                return
        else:
            subject = _subject(broadcast, "progress")
            await work.deliveries.notify(broadcast.desk_id, payload, now, subject=subject)
            changes["progress_id"] = await work.deliveries.notified(broadcast.desk_id, subject)
    changes |= {"progress_at": now, "progress_done": tally.finished}
    stage = await work.broadcasts.get(broadcast.id)
    if stage is not None:
        await work.broadcasts.step(broadcast.id, (stage.stage,), stage.stage, now, **changes)


async def _tell(
    work: Work, broadcast: Broadcast, written: Callable[[str], Payload], now: datetime, admins: Admins
) -> None:
    """What is written in a locale, to its desk; what has none is told to every admin."""
    desks = [(broadcast.desk_id, await work.broadcasts.locale_of(broadcast))] if broadcast.desk_id else []
    for address in admins if not desks else ():
        admin = await work.destinations.ensure(address, title="", locale="en", timezone="UTC", now=now)
        desks.append((admin.id, admin.locale))
    for desk_id, locale in desks:
        payload = written(locale)
        await work.deliveries.notify(desk_id, payload, now, subject=_subject(broadcast, payload.key))


def _subject(broadcast: Broadcast, what: str) -> int:
    """A key that no other notice has; each step of a broadcast has its own."""
    key = f"broadcast {broadcast.id} {broadcast.update_id} {what} {broadcast.started_at}"
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=7).digest(), "big")
