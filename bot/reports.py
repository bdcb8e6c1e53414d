"""What an operator asks for: figures, and the subscriptions as a file that can be moved elsewhere."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from bot.errors import UsageError
from bot.model import Address, Platform, Subscription, Topic
from bot.ports import Storage, Work
from bot.topics import slugify

FIELDS = ("platform", "chat", "thread", "title", "locale", "timezone", "subscriptions")


async def stats(storage: Storage) -> dict[str, Any]:
    """Figures of the whole installation, as plain JSON values. Raises StorageError."""
    async with storage.read() as work:
        destinations = await work.destinations.all()
        sources = await work.sources.report()
        queue = await work.deliveries.queue()
        subscriptions = [len(await work.subscriptions.of(d.id)) for d in destinations]
        topics = len(await work.topics.catalogue())
    return {
        "destinations": len(destinations),
        "parked": {str(d.address): d.parked for d in destinations if d.parked},
        "subscriptions": sum(subscriptions),
        "topics": topics,
        "deliveries": {state.value: count for state, count in sorted(queue.items())},
        "sources": [
            {**source, "looked_at": source["looked_at"].isoformat() if source["looked_at"] else None}
            for source in sources
        ],
    }


async def export(storage: Storage) -> dict[str, Any]:
    """All destinations with their subscriptions. Raises StorageError."""
    async with storage.read() as work:
        records = [await work.destinations.record(d.id) for d in await work.destinations.all()]
    return {"destinations": [{name: record[name] for name in FIELDS} for record in records]}


async def import_(storage: Storage, text: str, now: datetime) -> tuple[int, int]:
    """Take in an export; destinations in it are active at once. Returns how many (destinations, subscriptions).

    All or nothing. Raises UsageError where the text is no export, naming the place; StorageError.
    """
    try:
        data = json.loads(text)
        entries = data["destinations"]
        if not isinstance(entries, list):
            raise TypeError  # noqa: TRY301
    except (ValueError, KeyError, TypeError):
        raise UsageError('This is no export: it must be JSON of the form {"destinations": [...]}.') from None
    count = 0
    async with storage.write() as work:
        for number, entry in enumerate(entries, start=1):
            try:
                count += await _import_one(work, entry, now)
            except (KeyError, TypeError, ValueError, AttributeError) as fault:
                raise UsageError(
                    f"Destination {number} cannot be read: {fault!s:.200}. Nothing was imported."
                ) from None
    return len(entries), count


def address_of(text: str) -> Address:
    """`telegram:12345`, `telegram:-100123/7`, `web:anna`. Raises UsageError."""
    platform, colon, rest = text.partition(":")
    chat, _, thread = rest.partition("/")
    if not colon or not chat or platform not in set(Platform):
        raise UsageError(f"{text!r} is no destination. Write telegram:12345, telegram:-100123/7 or web:anna.")
    return Address(Platform(platform), chat, thread or None)


async def _import_one(work: Work, entry: dict[str, Any], now: datetime) -> int:
    thread = entry.get("thread")
    address = Address(Platform(entry["platform"]), str(entry["chat"]), str(thread) if thread else None)
    destination = await work.destinations.ensure(
        address,
        title=str(entry.get("title") or ""),
        locale=str(entry.get("locale") or "en"),
        timezone=str(entry.get("timezone") or "UTC"),
        now=now,
    )
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
        bars = (_bar(wish.get("alert_from")), _bar(wish.get("digest_from")))
        await work.subscriptions.put(Subscription(destination.id, topic.id, *bars), now)
    return len(wishes)


def _bar(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} is no bar; use a whole number from 0, or null")
    return value
