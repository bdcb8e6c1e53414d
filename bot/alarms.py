"""Tells the admins what needs them: silent and failing sources, dead tokens, chats that close, lost messages.

A cause is told when it is first seen and once a day while it lasts. When it has been gone for an hour, that is told
once; if it comes back before, it is the same alarm still. What was told stands in the database, so a restart or
another process neither repeats nor forgets it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from errno import EACCES, ENOENT, ENOTDIR
from os import strerror

import structlog

from bot.cards import CLOSED, REASON
from bot.messages import Payload
from bot.model import Address, State
from bot.ports import SourceState, Standing, Storage, Troubles, Work

log = structlog.get_logger(__name__)

WITHIN = timedelta(hours=1)  # what happened in this time is counted together
AGAIN = timedelta(days=1)
FINE_FOR = timedelta(hours=1)  # a cause that comes and goes is one alarm, not many
OF = ": "  # between a platform and the reason for which its chats were closed
SYSTEM = {strerror(ENOENT): "gone", strerror(ENOTDIR): "gone", strerror(EACCES): "refused"}
"""Why a folder could not be read, as the operating system says it and as the catalogue knows it."""

MANY = 10  # chats parked for one reason: more than these,
SHARE = 0.2  # and more than this part of the platform's chats

QUIET, SOURCE, TOKEN, PARKED = "quiet", "source", "token", "parked"
CAUSES = (QUIET, SOURCE, TOKEN, PARKED, State.UNCERTAIN, State.REJECTED)
"""Each has two sentences in the catalogue: `alarm-<cause>` and `alarm-<cause>-over`."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One cause for one thing: `name` is the source or the platform. `values` are for the sentence.

    `detail` is for the log alone: it is in the words of the machine, and admins read other languages.
    """

    cause: str
    name: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    detail: str = ""


async def watch(
    storage: Storage, sources: Collection[str], now: datetime, *, admins: Sequence[Address], quiet_hours: int
) -> None:
    """Raise, repeat and end alarms. `sources` are those that are watched now. Raises StorageError."""
    async with storage.read() as work:
        troubles = await work.alarms.troubles(now - WITHIN)
        standing = await work.alarms.standing()
    found = alarms_of(troubles, sources, now, quiet_hours=quiet_hours)
    if not found and not standing:
        return
    async with storage.write() as work:
        known = {(one.cause, one.name): one for one in await work.alarms.standing()}
        for alarm in found:
            await _raise(work, alarm, known.pop((alarm.cause, alarm.name), None), now, admins)
        for gone in known.values():
            await _end(work, gone, now, admins)


def alarms_of(troubles: Troubles, sources: Collection[str], now: datetime, *, quiet_hours: int) -> list[Alarm]:
    """Everything an admin should be told of now."""
    watched = [source for source in troubles.sources if source.name in sources]
    return [
        *(alarm for source in watched if (alarm := _source(source, now, quiet_hours)) is not None),
        *(
            Alarm(TOKEN, platform, {REASON: f"token-{platform}"}, why)
            for platform, why in troubles.dead_tokens.items()
        ),
        *(
            Alarm(PARKED, f"{platform}{OF}{reason}", {"count": count})
            for (platform, reason), count in troubles.parked.items()
            if count > MANY and count > SHARE * troubles.destinations.get(platform, 0)
        ),
        *(Alarm(state, platform, {"count": count}) for (platform, state), count in troubles.lost.items()),
    ]


def _source(source: SourceState, now: datetime, quiet_hours: int) -> Alarm | None:
    if source.fault:
        reason = next((code for words, code in SYSTEM.items() if words in source.fault), "other")
        return Alarm(SOURCE, source.name, {REASON: reason}, source.fault)
    if quiet_hours and source.read_at is not None:
        hours = (now - source.read_at) // timedelta(hours=1)
        return Alarm(QUIET, source.name, {"hours": hours}) if hours >= quiet_hours else None
    return None


async def _raise(
    work: Work, alarm: Alarm, standing: Standing | None, now: datetime, admins: Sequence[Address]
) -> None:
    if standing is not None and now - standing.told_at < AGAIN:
        if standing.fine_since is not None:
            await work.alarms.put(replace(standing, fine_since=None))
        return
    values = {**alarm.values, REASON: alarm.detail} if alarm.detail else alarm.values
    log.warning("alarm", cause=alarm.cause, name=alarm.name, **values)
    await work.alarms.put(Standing(alarm.cause, alarm.name, told_at=now))
    payload = Payload(key=f"alarm-{alarm.cause}", values={**_named(alarm.cause, alarm.name), **alarm.values})
    await _tell(work, alarm.cause, alarm.name, payload, now, admins)


async def _end(work: Work, standing: Standing, now: datetime, admins: Sequence[Address]) -> None:
    if standing.fine_since is None:
        await work.alarms.put(replace(standing, fine_since=now))
        return
    if now - standing.fine_since < FINE_FOR:
        return
    log.info("alarm over", cause=standing.cause, name=standing.name)
    await work.alarms.drop(standing)
    payload = Payload(key=f"alarm-{standing.cause}-over", values=_named(standing.cause, standing.name))
    await _tell(work, standing.cause, standing.name, payload, now, admins)


def _named(cause: str, name: str) -> dict[str, str | int]:
    """The name for the sentence; the reason for which chats were closed is put into words when it is sent."""
    if cause != PARKED:
        return {"name": name}
    platform, _, reason = name.partition(OF)
    return {"name": platform, CLOSED: reason}


async def _tell(
    work: Work, cause: str, name: str, payload: Payload, now: datetime, admins: Sequence[Address]
) -> None:
    key = f"{payload.key} {name} {now.isoformat()}"
    subject = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=7).digest(), "big")
    for address in admins:
        if cause == TOKEN and address.platform == name:
            continue  # it could not be sent before it is over
        admin = await work.destinations.ensure(address, title="", locale="en", timezone="UTC", now=now)
        await work.deliveries.notify(admin.id, payload, now, subject=subject)
