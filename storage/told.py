"""Who knows which story: the truth about repeats."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, func, literal, or_, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.matching import STORY_ENDS, Reader
from bot.model import Destination, Kind, State
from bot.ports import Carrier, LastNews
from bot.preferences import Screen
from storage.codec import load_filters, load_payload
from storage.columns import Instant
from storage.dialect import given
from storage.outbox import tell_anew
from storage.tables import deliveries, destinations, follows, mutes, payloads, subscriptions, told

GATHERED = (Kind.DIGEST, Kind.RECAP)
"""Messages of many stories."""


class SqlTold:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def tell(self, destination_id: int, stories: Mapping[int, int], now: datetime) -> None:
        rows = [(destination_id, story, article) for story, article in stories.items() if story]
        if rows:
            pair = given(self._connection, rows, "destination_id", "story_id", "article_id")
            there = destinations.c.id == pair.c.destination_id
            pairs = select(*pair.c, literal(now, Instant).label("told_at")).join(destinations, there)
            await tell_anew(self._connection, pairs)

    async def untell(self, pairs: Collection[tuple[int, int]], *, told_at: datetime | None = None) -> None:
        if pairs:
            gone = select(*given(self._connection, list(pairs), "destination_id", "story_id").c)
            which = tuple_(told.c.destination_id, told.c.story_id).in_(gone)
            await self._connection.execute(
                delete(told).where(which, true() if told_at is None else told.c.told_at == told_at)
            )

    async def when(self, destination_id: int, story_id: int) -> tuple[datetime, int] | None:
        row = (
            await self._connection.execute(
                select(told.c.told_at, told.c.article_id).where(
                    told.c.destination_id == destination_id, told.c.story_id == story_id
                )
            )
        ).first()
        return (row.told_at, row.article_id) if row else None

    async def carrier(self, destination_id: int, story_id: int) -> Carrier | None:
        its = (told.c.destination_id == destination_id) & (told.c.story_id == story_id)
        pair = (await self._connection.execute(select(told.c.told_at, told.c.digest).where(its))).first()
        if pair is None:
            return None
        if pair.digest is not None:
            return Carrier(None, State.PENDING)
        row = (
            await self._connection.execute(
                select(deliveries.c.kind, deliveries.c.state, deliveries.c.due_at)
                .where(
                    deliveries.c.destination_id == destination_id,
                    deliveries.c.created_at == pair.told_at,  # a pair is as old as the message it was written with
                    or_(deliveries.c.story_id == story_id, deliveries.c.kind.in_(GATHERED)),
                )
                .order_by(deliveries.c.story_id.is_(None), deliveries.c.id.desc())
                .limit(1)
            )
        ).first()
        return Carrier(Kind(row.kind), State(row.state), row.due_at) if row else None

    async def news(self, destination_id: int, article_id: int) -> tuple[datetime, Carrier] | None:
        ended = [State.CANCELLED.value, State.REJECTED.value, State.EXPIRED.value]
        row = (
            await self._connection.execute(
                select(deliveries.c.state, deliveries.c.due_at, deliveries.c.created_at).where(
                    deliveries.c.destination_id == destination_id,
                    deliveries.c.kind == Kind.FOLLOW,
                    deliveries.c.subject == article_id,
                    deliveries.c.state.not_in(ended),
                )
            )
        ).first()
        return (row.created_at, Carrier(Kind.FOLLOW, State(row.state), row.due_at)) if row else None

    async def reader(
        self, destination: Destination, story_id: int | None, now: datetime, article_id: int | None = None
    ) -> Reader:
        rows = (
            await self._connection.execute(
                select(subscriptions).where(subscriptions.c.destination_id == destination.id)
            )
        ).all()
        muted = await self._connection.scalar(
            select(func.count())
            .select_from(mutes)
            .where(mutes.c.destination_id == destination.id, mutes.c.story_id == story_id)
        )
        followed = await self._connection.scalar(
            select(func.count())
            .select_from(follows)
            .where(
                follows.c.destination_id == destination.id,
                follows.c.story_id == story_id,
                follows.c.last_at > now - STORY_ENDS,
            )
        )
        told_by = await self.when(destination.id, story_id) if story_id is not None else None
        return Reader(
            bars={row.topic_id: row.alert_from for row in rows},
            barred=destination.barred,
            paused=destination.paused_until is not None and destination.paused_until > now,
            muted=bool(muted),
            told=told_by is not None,
            outlets={row.topic_id: row.outlets_from for row in rows if row.outlets_from is not None},
            screen=Screen(
                destination.filters,
                tuple((row.topic_id, load_filters(row.filters)) for row in rows if row.filters is not None),
            ),
            follows=bool(followed),
            told_this=told_by is not None and told_by[1] == article_id,
        )

    async def last(self, destination_id: int) -> LastNews | None:
        row = (
            await self._connection.execute(
                select(deliveries.c.done_at, deliveries.c.kind, deliveries.c.story_id, deliveries.c.subject)
                .where(deliveries.c.destination_id == destination_id, deliveries.c.state == State.SENT)
                .where(deliveries.c.kind.in_([kind.value for kind in (Kind.ALERT, Kind.FOLLOW, *GATHERED)]))
                .order_by(deliveries.c.done_at.desc(), deliveries.c.id.desc())
                .limit(1)
            )
        ).first()
        if row is None:
            return None
        if row.kind in GATHERED:
            articles = await self._gathered(destination_id, row.kind, row.subject)
        elif row.kind == Kind.FOLLOW:
            articles = [row.subject]
        else:
            pair = await self.when(destination_id, row.story_id)
            articles = [pair[1]] if pair else []
        return LastNews(row.done_at, Kind(row.kind), tuple(articles))

    async def _gathered(self, destination_id: int, kind: Kind, subject: int) -> list[int]:
        """The articles of a digest, of all its parts; near misses were not told."""
        bodies = await self._connection.scalars(
            select(payloads.c.body)
            .join(deliveries, deliveries.c.payload_id == payloads.c.id)
            .where(deliveries.c.destination_id == destination_id, deliveries.c.state == State.SENT)
            .where(deliveries.c.kind == kind, deliveries.c.subject == subject)
            .order_by(deliveries.c.part)
        )
        return [m.article_id for body in bodies for m in load_payload(body).mentions if m.bar is None]
