"""What was news in some time, counted as sets; all but single articles is answered from one index."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, exists, func, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.forecast import Territory
from bot.matching import level
from bot.model import StoredArticle
from bot.ports import Period, Withheld
from storage.articles import SqlArticles
from storage.dialect import unindexed
from storage.tables import article_topics, articles, fanouts, mutes, payloads

QUARTER_MS = 15 * 60_000  # local days of every zone begin at a quarter of an hour
PER_STORY = 8  # articles of one story that are looked at to find as many stories as are wanted


class SqlArchive:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begins(self, period: Period, territory: Territory | None = None) -> datetime | None:
        oldest = select(articles.c.dated).where(_within(period), articles.c.fresh_quality.is_not(None))
        if territory is not None:
            oldest = oldest.where(_of(territory))
        found: datetime | None = await self._connection.scalar(oldest.order_by(articles.c.dated).limit(1))
        return found

    async def levels(
        self, territory: Territory, period: Period, among: Collection[int] | None = None
    ) -> Mapping[int, int]:
        found = _stories(territory, period, 0)
        if among is not None:
            found = found.where(articles.c.story_id.in_(sorted(among)))
        stories = found.subquery("stories")
        rows = await self._connection.execute(
            select(stories.c.level, func.count().label("n")).group_by(stories.c.level)
        )
        return {row.level: row.n for row in rows}

    async def outlets(self, territory: Territory, period: Period, least: int) -> Mapping[int, int | None]:
        newest = func.max(articles.c.dated).label("newest")
        stories = _stories(territory, period, 0).with_only_columns(articles.c.story_id, newest).subquery("stories")
        founder = articles.alias("founder")
        most = select(founder.c.best_outlets).where(founder.c.id == stories.c.story_id).scalar_subquery()
        rows = await self._connection.execute(
            select(stories.c.story_id, most.label("most")).order_by(stories.c.newest.desc())
        )
        return {row.story_id: row.most for row in rows if row.most is None or row.most >= least}

    async def moments(
        self, territory: Territory, period: Period, bar: int, carried: Collection[int] = (), *, known: bool = False
    ) -> Mapping[datetime, int]:
        found = _stories(territory, period, bar, carried)
        stories = (_by_arrival(found) if known else found).subquery("stories")
        quarter = type_coerce(stories.c.at, BigInteger) // QUARTER_MS
        rows = await self._connection.execute(
            select(quarter.label("quarter"), func.count().label("n")).group_by(quarter)
        )
        return {datetime.fromtimestamp(row.quarter * QUARTER_MS / 1000, UTC): row.n for row in rows}

    async def withheld(
        self,
        territory: Territory,
        period: Period,
        bar: int,
        destination_id: int | None,
        carried: Collection[int] = (),
    ) -> Withheld:
        fresh, best = articles.c.fresh_quality, articles.c.best_quality
        came = _comes(bar, carried)
        row = (
            await self._connection.execute(
                select(
                    func.count().filter(came).label("articles"),
                    func.count(articles.c.story_id.distinct()).filter(came).label("stories"),
                    func.count().filter(best >= bar, func.coalesce(fresh, -1) < bar).label("stale"),
                    func.count().filter(best.is_(None)).label("unsendable"),
                ).where(_within(period), _of(territory))
            )
        ).one()
        muted = 0
        if destination_id is not None:
            own = select(mutes.c.story_id).where(mutes.c.destination_id == destination_id)
            stories = _stories(territory, period, bar, carried).where(articles.c.story_id.in_(own))
            muted = await self._connection.scalar(select(func.count()).select_from(stories.subquery())) or 0
        return Withheld(row.articles - row.stories, row.stale, row.unsendable, muted)

    async def example(self, territory: Territory, period: Period, level: int) -> StoredArticle | None:
        other = articles.alias("stronger")
        stronger = exists().where(other.c.story_id == articles.c.story_id, other.c.fresh_quality > level)
        found = await self._connection.scalar(
            select(articles.c.id)
            .where(_within(period), _of(territory), articles.c.fresh_quality == level, ~stronger)
            .order_by(articles.c.dated.desc(), articles.c.id)
            .limit(1)
        )
        return await SqlArticles(self._connection).get(found) if found is not None else None

    async def strongest(
        self, territory: Territory, period: Period, bar: int, limit: int, carried: Collection[int] = ()
    ) -> list[StoredArticle]:
        rows = await self._connection.execute(
            select(articles.c.id, articles.c.story_id)
            .where(_within(period), _of(territory), _comes(bar, carried))
            .order_by(articles.c.fresh_quality.desc(), articles.c.dated, articles.c.id)
            .limit(limit * PER_STORY)
        )
        first: dict[int, int] = {}
        for row in rows:
            first.setdefault(row.story_id, row.id)
        wanted = list(first.values())[:limit]
        found = await SqlArticles(self._connection).of_ids(wanted)
        return sorted(found, key=lambda stored: wanted.index(stored.id))


def _stories(territory: Territory, period: Period, bar: int, carried: Collection[int] = ()) -> Select[Any]:
    """Each story that comes: its level, and the date of the first article that does."""
    return (
        select(func.max(articles.c.fresh_quality).label("level"), func.min(articles.c.dated).label("at"))
        .where(_within(period), _of(territory), _comes(level(bar), carried))
        .group_by(articles.c.story_id)
    )


def _by_arrival(stories: Select[Any]) -> Select[Any]:
    """The same stories by when a change first brought them; what was there at a first look keeps its date."""
    came = (
        select(func.min(fanouts.c.created_at))
        .join(payloads, payloads.c.id == fanouts.c.payload_id)
        .where(payloads.c.article_id == articles.c.id)
    )
    at = func.coalesce(came.scalar_subquery(), articles.c.dated)
    return stories.with_only_columns(func.min(at).label("at"))


def _comes(bar: int, carried: Collection[int]) -> ColumnElement[bool]:
    reached = articles.c.fresh_quality >= bar
    if not carried:
        return reached
    return or_(reached, and_(articles.c.fresh_quality.is_not(None), articles.c.story_id.in_(sorted(carried))))


def _within(period: Period) -> ColumnElement[bool]:
    return articles.c.dated.between(period.since, period.until)


def _of(territory: Territory) -> ColumnElement[bool]:
    if not territory.shared:
        return _on(territory.own)
    return or_(_on(territory.own), and_(_on(territory.shared), ~_on(territory.nearer)))


def _on(topic_ids: frozenset[int]) -> ColumnElement[bool]:
    """An article has a handful of topics: they are read and compared, not looked up for each of hundreds of ids."""
    topic = unindexed(article_topics.c.topic_id)
    return exists().where(article_topics.c.article_id == articles.c.id, topic.in_(sorted(topic_ids)))
