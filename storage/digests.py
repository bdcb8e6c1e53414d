"""Digests for many readers at once: what changed, whom it concerns, what they know, what they are owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.matching import Criteria
from bot.model import Kind, State
from bot.ports import Parcel, Wanted
from bot.preferences import Filters, Screen
from storage.codec import dump_payload, load_criteria, load_filters
from storage.dialect import given, insert_many
from storage.outbox import owe, tell_anew
from storage.quiet import HELD
from storage.states import OPEN
from storage.tables import deliveries, destinations, fanouts, mutes, payloads, subscriptions, told

CHUNK = 500  # values in one IN (...)
FEW = 8  # of the oldest stories, looked up one by one


class SqlDigests:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def changes(self, since: datetime, until: datetime) -> list[tuple[datetime, Criteria]]:
        rows = await self._connection.execute(
            select(fanouts.c.created_at, fanouts.c.criteria)
            .where(fanouts.c.created_at > since, fanouts.c.created_at <= until)
            .order_by(fanouts.c.created_at, fanouts.c.id)
        )
        return [(row.created_at, load_criteria(row.criteria)) for row in rows]

    async def wanted(
        self, destination_ids: Collection[int], now: datetime, *, alerts: bool = False
    ) -> dict[int, Wanted]:
        bar = subscriptions.c.alert_from if alerts else subscriptions.c.digest_from
        found: defaultdict[int, list[tuple[int, int | None]]] = defaultdict(list)
        filtered: set[int] = set()
        for part in _chunks(destination_ids):
            rows = await self._connection.execute(
                select(subscriptions.c.destination_id, subscriptions.c.topic_id, bar, subscriptions.c.filtered)
                .join(destinations, destinations.c.id == subscriptions.c.destination_id)
                .where(
                    subscriptions.c.destination_id.in_(part),
                    destinations.c.parked.is_(None),
                    ~destinations.c.barred,
                    or_(destinations.c.paused_until.is_(None), destinations.c.paused_until <= now),
                )
                .order_by(subscriptions.c.destination_id, subscriptions.c.topic_id)
            )
            for destination_id, topic_id, level, flag in rows:
                found[destination_id].append((topic_id, level))
                if flag:
                    filtered.add(destination_id)
        return {reader: Wanted(tuple(bars), reader in filtered) for reader, bars in found.items()}

    async def screens(self, destination_ids: Collection[int]) -> dict[int, Screen]:
        of_all: dict[int, Filters] = {}
        own: defaultdict[int, list[tuple[int, Filters]]] = defaultdict(list)
        for part in _chunks(destination_ids):
            rows = await self._connection.execute(
                select(
                    subscriptions.c.destination_id,
                    subscriptions.c.topic_id,
                    subscriptions.c.filters,
                    destinations.c.filters.label("of_all"),
                )
                .join(destinations, destinations.c.id == subscriptions.c.destination_id)
                .where(subscriptions.c.destination_id.in_(part), subscriptions.c.filtered)
                .order_by(subscriptions.c.destination_id, subscriptions.c.topic_id)
            )
            for row in rows:
                of_all[row.destination_id] = load_filters(row.of_all)
                if row.filters is not None:
                    own[row.destination_id].append((row.topic_id, load_filters(row.filters)))
        return {reader: Screen(filters, tuple(own[reader])) for reader, filters in of_all.items()}

    async def told(
        self, destination_ids: Collection[int], stories: Collection[int]
    ) -> dict[int, dict[int, tuple[datetime, int]]]:
        """The stories of a digest are recent, so that a range of ids holds little else; the few old ones among them
        are asked for one by one.
        """
        ordered = sorted(stories)
        old, recent = ordered[:FEW], ordered[FEW:]
        found: defaultdict[int, dict[int, tuple[datetime, int]]] = defaultdict(dict)
        for part in _chunks(destination_ids):
            for these in (
                told.c.story_id.in_(old) if old else None,
                told.c.story_id.between(recent[0], recent[-1]) if recent else None,
            ):
                if these is None:
                    continue
                rows = await self._connection.execute(
                    select(told.c.destination_id, told.c.story_id, told.c.told_at, told.c.article_id).where(
                        told.c.destination_id.in_(part), these
                    )
                )
                for destination_id, story_id, told_at, article_id in rows:
                    found[destination_id][story_id] = (told_at, article_id)
            await self._heard([reader for reader in part if reader in found], found)
        return dict(found)

    async def _heard(self, destination_ids: list[int], found: dict[int, dict[int, tuple[datetime, int]]]) -> None:
        """Put the newest article that a chat heard of by following in the place of the one it was told by."""
        heard = deliveries.c
        rows = await self._connection.execute(
            select(heard.destination_id, heard.story_id, heard.subject, heard.created_at)
            .where(heard.destination_id.in_(destination_ids), heard.kind == Kind.FOLLOW)
            .where(heard.state.in_([State.SENT.value, State.PENDING.value, State.LEASED.value]))
            .order_by(heard.created_at)
        )
        for destination_id, story_id, article_id, at in rows:
            before = found[destination_id].get(story_id)
            if before is not None and before[0] < at:
                found[destination_id][story_id] = (at, article_id)

    async def muted(self, destination_ids: Collection[int], stories: Collection[int]) -> dict[int, set[int]]:
        pairs = select(mutes.c.destination_id, mutes.c.story_id)
        return await self._among(pairs, mutes.c.destination_id, destination_ids, stories)

    async def awaited(self, destination_ids: Collection[int], stories: Collection[int]) -> dict[int, set[int]]:
        alerts = select(deliveries.c.destination_id, deliveries.c.story_id).where(OPEN, HELD)
        found = await self._among(alerts, deliveries.c.destination_id, destination_ids, stories)
        in_a_flood = select(told.c.destination_id, told.c.story_id).where(told.c.digest.is_not(None))
        for reader, its in (await self._among(in_a_flood, told.c.destination_id, destination_ids, stories)).items():
            found[reader] = found.get(reader, set()) | its
        return found

    async def _among(
        self,
        pairs: Select[int, int],
        destination: ColumnElement[int],
        destination_ids: Collection[int],
        stories: Collection[int],
    ) -> dict[int, set[int]]:
        """Those of the pairs that are of these destinations and stories: stories by destination."""
        wanted = frozenset(stories)
        found: defaultdict[int, set[int]] = defaultdict(set)
        for part in _chunks(destination_ids):
            for destination_id, story_id in await self._connection.execute(pairs.where(destination.in_(part))):
                if story_id in wanted:
                    found[destination_id].add(story_id)
        return dict(found)

    async def owe(self, parcels: Sequence[Parcel], *, kind: Kind, now: datetime) -> set[int]:
        had = await self._had(parcels, kind)
        bodies = [{"body": dump_payload(p), "created_at": now} for parcel in parcels for p in parcel.payloads]
        ids = iter(await insert_many(self._connection, payloads, bodies))
        rows: list[tuple[int | None, ...]] = []
        pairs: list[tuple[int, int, int]] = []
        written: set[int] = set()
        for parcel in parcels:
            payload_ids = [next(ids) for _ in parcel.payloads]
            shown = sorted(m[:2] for payload in parcel.payloads for m in payload.mentions if m.bar is None)
            for destination, due_at in parcel.to:
                if (destination.id, parcel.subject) in had:
                    continue
                written.add(destination.id)
                due = None if due_at is None else round(due_at.timestamp() * 1000)
                rows += [
                    (destination.id, payload_id, parcel.subject, part, due)
                    for part, payload_id in enumerate(payload_ids, start=1)
                ]
                pairs += [(destination.id, story_id, article_id) for story_id, article_id in shown]
        if written:
            await self._send(rows, kind, now)
            await tell_anew(self._connection, pairs, now)  # also what a chat knew: it knows now what changed
        return written

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

    async def _send(self, rows: Sequence[tuple[int | None, ...]], kind: Kind, now: datetime) -> None:
        names = ("destination_id", "payload_id", "subject", "part", "due_at")
        row = given(self._connection, rows, *names)
        chosen = select(
            *row.c,
            destinations.c.platform,
            literal(State.PENDING.value).label("state"),
        ).join(destinations, destinations.c.id == row.c.destination_id)
        await owe(self._connection, chosen.order_by(row.c.destination_id, row.c.part), kind, now)


def _chunks(ids: Collection[int]) -> Iterable[list[int]]:
    rest = list(ids)
    return (rest[at : at + CHUNK] for at in range(0, len(rest), CHUNK))
