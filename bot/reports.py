"""What an operator asks for: figures, and the subscriptions as a file that can be moved elsewhere."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from bot.cards import content_of
from bot.digests.arranging import arranged
from bot.digests.wording import digest_in_words
from bot.errors import UsageError
from bot.messages import Alert, Content
from bot.model import Address, Admission, Destination, Platform, Schedule, Subscription, Topic
from bot.portable import (
    bar_in,
    filters_in,
    language_chosen_in,
    look_in,
    outlets_in,
    portable,
    quiet_in,
    schedule_in,
)
from bot.ports import DeliveryRecord, Storage, Work
from bot.recaps import moved_on
from bot.texts import FALLBACK, plain, texts
from bot.topics import slugify


async def stats(storage: Storage) -> dict[str, Any]:
    """Figures of the whole installation, as plain JSON values. Raises StorageError."""
    async with storage.read() as work:
        destinations = await work.destinations.count()
        parked = await work.destinations.parked()
        sources = await work.sources.report()
        queue = await work.deliveries.queue()
        subscriptions = await work.subscriptions.count()
        topics = len(await work.topics.catalogue())
    return {
        "destinations": sum(destinations.values()),
        "parked": {str(address): reason for address, reason in parked.items()},
        "subscriptions": subscriptions,
        "topics": topics,
        "deliveries": {state.value: count for state, count in sorted(queue.items())},
        "sources": [
            {**source, "looked_at": source["looked_at"].isoformat() if source["looked_at"] else None}
            for source in sources
        ],
    }


async def deliveries(storage: Storage, address: Address, limit: int) -> list[dict[str, Any]]:
    """The newest deliveries to a destination as plain JSON values, newest first.

    Times are ISO, UTC; `done_at` is when it was sent or given up. Raises UsageError where the destination is not
    known; StorageError.
    """
    async with storage.read() as work:
        destination = await work.destinations.get(address)
        if destination is None:
            raise UsageError(f"{address} is not known here. `topicwire export` lists the destinations.")
        records = await work.deliveries.of(destination.id, limit)
    return [
        {
            "owed_at": record.created_at.isoformat(),
            "done_at": record.done_at.isoformat() if record.done_at else None,
            "kind": record.kind.value,
            "state": record.state.value,
            "what": _what(record),
            "reason": record.reason,
            "tries_without_answer": record.attempts,
            "message_id": record.message_id,
        }
        for record in records
    ]


def _what(record: DeliveryRecord) -> str:
    """The title of an alert's article, or the first line of what else was sent."""
    if record.payload is None:
        return ""
    if record.payload.mentions:
        content: Content = digest_in_words(record.payload, (), 0, texts(FALLBACK), record.created_at)
    else:
        content = content_of(record.kind, record.payload, texts(FALLBACK))
    return content.card.title if isinstance(content, Alert) else plain(content.text).strip().partition("\n")[0]


async def export(storage: Storage) -> dict[str, Any]:
    """All destinations with their subscriptions. Raises StorageError."""
    async with storage.read() as work:
        records = [await work.destinations.record(d.id) for d in await work.destinations.all()]
    return {"destinations": [portable(record) for record in records]}


async def import_(
    storage: Storage, text: str, now: datetime, *, digest_minute: int = 480, let_in: bool = False
) -> tuple[int, int]:
    """Take in an export; returns how many (destinations, subscriptions).

    Destinations in it are active at once; `let_in` also admits their chats where an invitation is needed. A digest
    without a time comes at `digest_minute` of the day.

    All or nothing. Raises UsageError where the text is no export, naming the place; StorageError.
    """
    try:
        data = json.loads(text)
        entries = data["destinations"]
        if not isinstance(entries, list):
            raise TypeError  # noqa: TRY301
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError('This is no export: it must be JSON of the form {"destinations": [...]}.') from None
    count = 0
    async with storage.write() as work:
        for number, entry in enumerate(entries, start=1):
            try:
                count += await _import_one(work, entry, now, digest_minute, let_in=let_in)
            except (KeyError, TypeError, ValueError, AttributeError) as fault:
                raise UsageError(
                    f"Destination {number} cannot be read: {fault!s:.200}. Nothing was imported."
                ) from None
    return len(entries), count


def address_of(text: str) -> Address:
    """`telegram:12345`, `telegram:-100123/7`, `web:anna`. Raises UsageError."""
    try:
        return Address.parse(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is no destination. Write telegram:12345, telegram:-100123/7 or web:anna."
        ) from None


async def _import_one(work: Work, entry: dict[str, Any], now: datetime, digest_minute: int, *, let_in: bool) -> int:
    address = _address(entry)
    destination = await work.destinations.ensure(
        address,
        title=str(entry.get("title") or "").replace("\0", ""),
        locale=_locale(entry.get("locale") or "en"),
        timezone=_zone(entry.get("timezone") or "UTC"),
        now=now,
    )
    if language_chosen_in(entry):
        await work.destinations.speak(destination.id, _locale(entry.get("locale") or "en"), chosen=True)
    if let_in and await work.access.of(address) is None:
        await work.access.put(address, Admission.ALLOWED, now)
    await work.destinations.look(destination.id, look_in(entry, destination.look))
    if "filters" in entry:
        await work.destinations.filter(destination.id, filters_in(entry["filters"]))
    wishes = entry.get("subscriptions", [])
    for wish in wishes:
        name = str(wish["topic"])
        catalogue = await work.topics.catalogue()
        topic = catalogue.find(name)
        if topic is None:  # its articles may come later
            await work.topics.put([Topic(slugify(name), name)], from_file=False)
            topic = (await work.topics.catalogue()).find(name)
        if topic is None:
            raise ValueError(f"topic {name!r} has no letters")
        made = Subscription(
            destination.id,
            topic.id,
            bar_in(wish.get("alert_from")),
            bar_in(wish.get("digest_from")),
            outlets_from=outlets_in(wish.get("outlets_from")),
            filters=filters_in(wish.get("filters", {})),
        )
        await work.subscriptions.put(made, now)
        if "outlets_from" in wish or "filters" in wish:
            await work.subscriptions.refine(made)
    await _set_clock(work, destination, entry, now, digest_minute)
    return len(wishes)


async def _set_clock(
    work: Work, destination: Destination, entry: dict[str, Any], now: datetime, digest_minute: int
) -> None:
    schedule, quiet = schedule_in(entry, digest_minute), quiet_in(entry)
    before = await work.schedules.locked(destination.id)
    takes = any(one.digest_from is not None for one in await work.subscriptions.of(destination.id))
    schedule = schedule or before.digest or (Schedule(digest_minute) if takes else None)
    served_on = await work.schedules.last_date(destination.id)
    after = arranged(before, schedule, before.timezone, now, served_on=served_on).destination
    after = replace(after, quiet=quiet or before.quiet)
    await work.schedules.put(await moved_on(work, [after], now))


_CHATS = {Platform.TELEGRAM: r"-?\d{1,20}", Platform.DISCORD: r"(dm:)?\d{1,20}", Platform.WEB: r"[\w-]{1,100}"}


def _address(entry: dict[str, Any]) -> Address:
    name = entry.get("platform")
    if name not in set(Platform):
        raise ValueError(f"its platform {name!r} is none of {', '.join(Platform)}")
    platform, chat, thread = Platform(name), str(entry.get("chat", "")), entry.get("thread")
    if not re.fullmatch(_CHATS[platform], chat, re.ASCII):
        raise ValueError(f"its chat {chat[:60]!r} is no id of {platform}")
    if thread is not None and not re.fullmatch(r"\d{1,20}", str(thread), re.ASCII):
        raise ValueError(f"its thread {str(thread)[:60]!r} is no number")
    return Address(platform, chat, None if thread is None else str(thread))


def _locale(value: Any) -> str:
    try:
        return str(Locale.parse(str(value).replace("-", "_")))
    except (ValueError, UnknownLocaleError):
        raise ValueError(f"its locale {str(value)[:60]!r} is none; write for example en") from None


def _zone(value: Any) -> str:
    try:
        return ZoneInfo(str(value)).key
    except (KeyError, ValueError, OSError):
        raise ValueError(f"its timezone {str(value)[:60]!r} is none; write for example Europe/Berlin") from None
