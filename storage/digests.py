"""Digests for many readers at once: what changed, whom it concerns, what they know, what they are owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.matching import Criteria
from bot.messages import Payload
from bot.model import Kind, State
from bot.ports import Edition, Parcel, Wanted
from bot.preferences import Filters, Screen
from storage.codec import dump_payload, load_criteria, load_filters
from storage.columns import Instant
from storage.dialect import among, given, insert_many, numbers
from storage.outbox import owe, tell_anew
from storage.quiet import HELD
from storage.states import OPEN
from storage.tables import deliveries, destinations, fanouts, mutes, payloads, subscriptions, told

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
        own = subscriptions.c
        bar = func.coalesce(cast(own.alert_from if alerts else own.digest_from, String), "")
        rows = await self._connection.execute(
            select(
                own.destination_id,
                func.aggregate_strings(cast(own.topic_id, String).concat(":").concat(bar), ","),
                func.max(case((own.filtered, 1), else_=0)),
            )
            .join(destinations, destinations.c.id == own.destination_id)
            .where(
                self._among(own.destination_id, destination_ids),
                destinations.c.parked.is_(None),
                ~destinations.c.barred,
                or_(destinations.c.paused_until.is_(None), destinations.c.paused_until <= now),
            )
            .group_by(own.destination_id)
        )
        return {
            reader: Wanted(tuple(sorted(map(_bar, bars.split(",")))), bool(filtered))
            for reader, bars, filtered in rows
        }

    async def screens(self, destination_ids: Collection[int]) -> dict[int, Screen]:
        of_all: dict[int, Filters] = {}
        own: defaultdict[int, list[tuple[int, Filters]]] = defaultdict(list)
        rows = await self._connection.execute(
            select(
                subscriptions.c.destination_id,
                subscriptions.c.topic_id,
                subscriptions.c.filters,
                destinations.c.filters.label("of_all"),
            )
            .join(destinations, destinations.c.id == subscriptions.c.destination_id)
            .where(self._among(subscriptions.c.destination_id, destination_ids), subscriptions.c.filtered)
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
        for these in (
            told.c.story_id.in_(old) if old else None,
            told.c.story_id.between(recent[0], recent[-1]) if recent else None,
        ):
            if these is None:
                continue
            rows = await self._connection.execute(
                select(told.c.destination_id, told.c.story_id, told.c.told_at, told.c.article_id).where(
                    self._among(told.c.destination_id, destination_ids), these
                )
            )
            for destination_id, story_id, told_at, article_id in rows:
                found[destination_id][story_id] = (told_at, article_id)
        await self._heard(found)
        return dict(found)

    async def _heard(self, found: dict[int, dict[int, tuple[datetime, int]]]) -> None:
        """Put the newest article that a chat heard of by following in the place of the one it was told by."""
        heard = deliveries.c
        rows = await self._connection.execute(
            select(heard.destination_id, heard.story_id, heard.subject, heard.created_at)
            .where(self._among(heard.destination_id, list(found)), heard.kind == Kind.FOLLOW)
            .where(heard.state.in_([State.SENT.value, State.PENDING.value, State.LEASED.value]))
            .order_by(heard.created_at)
        )
        for destination_id, story_id, article_id, at in rows:
            before = found[destination_id].get(story_id)
            if before is not None and before[0] < at:
                found[destination_id][story_id] = (at, article_id)

    async def muted(self, destination_ids: Collection[int], stories: Collection[int]) -> dict[int, set[int]]:
        pairs = select(mutes.c.destination_id, mutes.c.story_id)
        return await self._pairs(pairs, mutes.c.destination_id, destination_ids, stories)

    async def awaited(self, destination_ids: Collection[int], stories: Collection[int]) -> dict[int, set[int]]:
        alerts = select(deliveries.c.destination_id, deliveries.c.story_id).where(OPEN, HELD)
        found = await self._pairs(alerts, deliveries.c.destination_id, destination_ids, stories)
        in_a_flood = select(told.c.destination_id, told.c.story_id).where(told.c.digest.is_not(None))
        for reader, its in (await self._pairs(in_a_flood, told.c.destination_id, destination_ids, stories)).items():
            found[reader] = found.get(reader, set()) | its
        return found

    async def _pairs(
        self,
        pairs: Select[int, int],
        destination: ColumnElement[int],
        destination_ids: Collection[int],
        stories: Collection[int],
    ) -> dict[int, set[int]]:
        """Those of the pairs that are of these destinations and stories: stories by destination."""
        wanted = frozenset(stories)
        found: defaultdict[int, set[int]] = defaultdict(set)
        its = pairs.where(self._among(destination, destination_ids))
        for destination_id, story_id in await self._connection.execute(its):
            if story_id in wanted:
                found[destination_id].add(story_id)
        return dict(found)

    def _among(self, column: ColumnElement[int], ids: Collection[int]) -> ColumnElement[bool]:
        return among(self._connection, column, ids)

    async def store(self, digests: Sequence[Sequence[Payload]], now: datetime) -> list[Edition]:
        bodies = [{"body": dump_payload(payload), "created_at": now} for parts in digests for payload in parts]
        ids = iter(await insert_many(self._connection, payloads, bodies))
        return [
            Edition(
                tuple(islice(ids, len(parts))),
                tuple(sorted(m[:2] for payload in parts for m in payload.mentions if m.bar is None)),
            )
            for parts in digests
        ]

    async def owe(self, parcels: Sequence[Parcel], *, kind: Kind, now: datetime) -> set[int]:
        had = await self._had(parcels, kind)
        rows: list[tuple[int | None, ...]] = []
        readers: list[tuple[int, Edition]] = []
        for edition, subject, to in parcels:
            for reader, due_at in to:
                if (reader, subject) in had:
                    continue
                due = None if due_at is None else round(due_at.timestamp() * 1000)
                readers.append((reader, edition))
                rows += [
                    (reader, payload_id, subject, part, due)
                    for part, payload_id in enumerate(edition.payload_ids, 1)
                ]
        if readers:
            await self._send(rows, kind, now)
            there = set(
                await self._connection.scalars(
                    select(destinations.c.id).where(
                        self._among(destinations.c.id, [reader for reader, _ in readers])
                    )
                )
            )  # who is forgotten from here on waits for us: see the outbox
            await self._tell([one for one in readers if one[0] in there], now)
        return {reader for reader, _ in readers}

    async def _had(self, parcels: Sequence[Parcel], kind: Kind) -> set[tuple[int, int]]:
        """Who had a message of this subject already."""
        by_subject: defaultdict[int, list[int]] = defaultdict(list)
        for parcel in parcels:
            by_subject[parcel.subject] += [reader for reader, _ in parcel.to]
        had: set[tuple[int, int]] = set()
        for subject, ids in by_subject.items():
            rows = await self._connection.scalars(
                select(deliveries.c.destination_id).where(
                    self._among(deliveries.c.destination_id, ids),
                    deliveries.c.kind == kind,
                    deliveries.c.subject == subject,
                )
            )
            had |= {(reader, subject) for reader in rows}
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

    async def _tell(self, readers: Sequence[tuple[int, Edition]], now: datetime) -> None:
        """Also what a chat knew before: it knows now what changed.

        The stories of a page are few and its pairs many, so that a pair travels as one number, of the reader and
        of the place of the story. The outer join keeps SQLite from going through all pairs for each story.
        """
        editions = {id(edition): edition.told for _, edition in readers}
        listed = sorted({pair for its in editions.values() for pair in its})
        places = {pair: place for place, pair in enumerate(listed)}
        placed = {number: [places[pair] for pair in its] for number, its in editions.items()}
        base = len(listed)
        packed = [reader * base + place for reader, edition in sorted(readers) for place in placed[id(edition)]]
        if not packed:
            return
        pair = numbers(self._connection, packed)
        reader, place = pair.c.value // base, pair.c.value % base
        rows = [(place, *pair) for pair, place in places.items()]
        listed_here = given(self._connection, rows, "place", "story_id", "article_id")
        story = select(*listed_here.c).cte("stories").prefix_with("MATERIALIZED")
        told_now = select(
            reader.label("destination_id"),
            story.c.story_id,
            story.c.article_id,
            literal(now, Instant).label("told_at"),
        ).select_from(pair.outerjoin(story, story.c.place == place))
        await tell_anew(self._connection, told_now)


@lru_cache(maxsize=8192)
def _bar(text: str) -> tuple[int, int | None]:
    """A topic and its bar, as the database hands over all those of a chat: "7:60", or "7:" for none."""
    topic, _, bar = text.partition(":")
    return int(topic), int(bar) if bar else None
