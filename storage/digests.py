"""Digests for many readers at once: what changed, whom it concerns, what they know, what they are owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.matching import Criteria
from bot.model import Kind, Priority, State
from bot.ports import Parcel
from storage.codec import dump_payload, load_criteria
from storage.columns import Instant
from storage.dialect import insert, pairs
from storage.tables import deliveries, destinations, fanouts, mutes, payloads, subscriptions, told

CHUNK = 500  # values in one IN (...)


class SqlDigests:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def changes(self, since: datetime) -> list[tuple[datetime, Criteria]]:
        rows = await self._connection.execute(
            select(fanouts.c.created_at, fanouts.c.criteria)
            .where(fanouts.c.created_at > since)
            .order_by(fanouts.c.created_at, fanouts.c.id)
        )
        return [(row.created_at, load_criteria(row.criteria)) for row in rows]

    async def bars(
        self, destination_ids: Collection[int], now: datetime, *, alerts: bool = False
    ) -> dict[int, tuple[tuple[int, int | None], ...]]:
        bar = subscriptions.c.alert_from if alerts else subscriptions.c.digest_from
        found: defaultdict[int, list[tuple[int, int | None]]] = defaultdict(list)
        for part in _chunks(destination_ids):
            rows = await self._connection.execute(
                select(subscriptions.c.destination_id, subscriptions.c.topic_id, bar)
                .join(destinations, destinations.c.id == subscriptions.c.destination_id)
                .where(
                    subscriptions.c.destination_id.in_(part),
                    destinations.c.parked.is_(None),
                    ~destinations.c.barred,
                    or_(destinations.c.paused_until.is_(None), destinations.c.paused_until <= now),
                )
                .order_by(subscriptions.c.destination_id, subscriptions.c.topic_id)
            )
            for destination_id, topic_id, level in rows:
                found[destination_id].append((topic_id, level))
        return {destination_id: tuple(bars) for destination_id, bars in found.items()}

    async def told(self, stories: Mapping[int, Collection[int]]) -> dict[tuple[int, int], tuple[datetime, int]]:
        wanted = _pairs(stories)
        if not wanted:
            return {}
        asked = pairs(self._connection, wanted)
        rows = await self._connection.execute(
            select(told.c.destination_id, told.c.story_id, told.c.told_at, told.c.article_id).select_from(
                asked.join(told, (told.c.destination_id == asked.c.first) & (told.c.story_id == asked.c.second))
            )
        )
        return {(row.destination_id, row.story_id): (row.told_at, row.article_id) for row in rows}

    async def muted(self, stories: Mapping[int, Collection[int]]) -> set[tuple[int, int]]:
        wanted = _pairs(stories)
        if not wanted:
            return set()
        asked = pairs(self._connection, wanted)
        rows = await self._connection.execute(
            select(mutes.c.destination_id, mutes.c.story_id).select_from(
                asked.join(mutes, (mutes.c.destination_id == asked.c.first) & (mutes.c.story_id == asked.c.second))
            )
        )
        return {(row.destination_id, row.story_id) for row in rows}

    async def owe(self, parcels: Sequence[Parcel], *, kind: Kind, now: datetime) -> set[int]:
        had = await self._had(parcels, kind)
        rows: list[dict[str, Any]] = []
        shown: dict[int, Iterable[int]] = {}
        leads: dict[int, int] = {}
        ids = iter(await self._put([payload for parcel in parcels for payload in parcel.payloads], now))
        for parcel in parcels:
            payload_ids = [next(ids) for _ in parcel.payloads]
            mentions = [m for payload in parcel.payloads for m in payload.mentions if m.bar is None]
            leads.update((mention.story_id, mention.article_id) for mention in mentions)
            stories = [mention.story_id for mention in mentions]
            for destination, due_at in parcel.to:
                if (destination.id, parcel.subject) in had:
                    continue
                shown[destination.id] = stories
                rows += [
                    {
                        "platform": destination.address.platform,
                        "destination_id": destination.id,
                        "kind": kind,
                        "priority": Priority.DIGEST,
                        "payload_id": payload_id,
                        "subject": parcel.subject,
                        "part": part,
                        "state": State.PENDING,
                        "due_at": due_at,
                        "created_at": now,
                    }
                    for part, payload_id in enumerate(payload_ids, start=1)
                ]
        if rows:
            await self._connection.execute(insert(self._connection, deliveries).on_conflict_do_nothing(), rows)
            await self._tell(_pairs(shown), leads, now)
        return set(shown)

    async def _had(self, parcels: Sequence[Parcel], kind: Kind) -> set[tuple[int, int]]:
        """Who had a message of this subject already."""
        by_subject: defaultdict[int, list[int]] = defaultdict(list)
        for parcel in parcels:
            by_subject[parcel.subject] += [destination.id for destination, _ in parcel.to]
        had: set[tuple[int, int]] = set()
        for subject, ids in by_subject.items():
            for part in _chunks(ids):
                rows = await self._connection.scalars(
                    select(deliveries.c.destination_id).where(
                        deliveries.c.destination_id.in_(part),
                        deliveries.c.kind == kind,
                        deliveries.c.subject == subject,
                    )
                )
                had |= {(destination_id, subject) for destination_id in rows}
        return had

    async def _put(self, bodies: Sequence[Any], now: datetime) -> list[int]:
        if not bodies:
            return []
        result = await self._connection.execute(
            payloads.insert().returning(payloads.c.id, sort_by_parameter_order=True),
            [{"body": dump_payload(payload), "created_at": now} for payload in bodies],
        )
        return list(result.scalars())

    async def _tell(self, shown: Sequence[tuple[int, int]], leads: Mapping[int, int], now: datetime) -> None:
        if not shown:
            return
        reader, lead = pairs(self._connection, shown), pairs(self._connection, list(leads.items()), "lead")
        rows = select(reader.c.first, reader.c.second, lead.c.second, literal(now, Instant)).select_from(
            reader.join(lead, lead.c.first == reader.c.second)
        )
        statement = insert(self._connection, told)
        changed = {name: statement.excluded[name] for name in ("told_at", "article_id")}
        await self._connection.execute(
            statement.from_select(
                ["destination_id", "story_id", "article_id", "told_at"], rows.where(literal(True))
            ).on_conflict_do_update(index_elements=["destination_id", "story_id"], set_={**changed, "digest": None})
        )


def _pairs(stories: Mapping[int, Iterable[int]]) -> list[tuple[int, int]]:
    return [(destination_id, story) for destination_id, own in stories.items() for story in own]


def _chunks(ids: Collection[int]) -> Iterable[list[int]]:
    rest = list(ids)
    return (rest[at : at + CHUNK] for at in range(0, len(rest), CHUNK))
