"""Articles as they stand, with what earlier versions taught."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, delete, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.matching import level
from bot.model import Article, StoredArticle
from bot.ports import Founder, Save
from bot.stories import account_of, canonical_address, strength_of, title_key
from storage.codec import dump_article, load_article
from storage.dialect import insert
from storage.tables import article_topics, articles, topics

CHUNK = 500  # values in one IN (...)
MOST_WORDS = 12  # of a search


class SqlArticles:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    # ------------------------------------------------------------ read

    async def get(self, article_id: int) -> StoredArticle | None:
        found = await self._load(articles.c.id == article_id)
        return found[0] if found else None

    async def at_paths(self, source: str, paths: Sequence[str]) -> dict[str, StoredArticle]:
        found: list[StoredArticle] = []
        for start in range(0, len(paths), CHUNK):
            part = paths[start : start + CHUNK]
            found += await self._load((articles.c.source == source) & articles.c.path.in_(part))
        return {stored.article.path: stored for stored in found}

    async def moved_from(self, article: Article, *, taken: Collection[int] = ()) -> StoredArticle | None:
        address = canonical_address(article.url)
        found = await self._load(
            (articles.c.source == article.source)
            & (articles.c.base_name == base_name(article.path))
            & articles.c.gone_at.is_not(None)
            & articles.c.id.not_in(taken)
            & or_(articles.c.address == address, articles.c.title == article.title)
        )
        return max(found, key=lambda s: (canonical_address(s.article.url) == address, s.id), default=None)

    async def waiting(self, now: datetime) -> list[StoredArticle]:
        due = select(articles.c.id).where(articles.c.waits_until <= now)  # read from its index, which is near empty
        return await self._load(articles.c.id.in_(due) & articles.c.gone_at.is_(None))

    async def founders(
        self, periods: Sequence[tuple[datetime, datetime]], addresses: Sequence[str], title_keys: Sequence[str]
    ) -> list[Founder]:
        recent_or_equal = or_(
            *(articles.c.dated.between(first, last) for first, last in periods),
            articles.c.address.in_([address for address in addresses if address]),
            articles.c.title_key.in_([key for key in title_keys if key]),
        )
        rows = await self._connection.execute(
            select(articles.c.id, articles.c.content, articles.c.quality, articles.c.first_seen_at)
            .where(articles.c.story_id == articles.c.id, recent_or_equal)
            .order_by(articles.c.id)
        )
        return [
            Founder(row.id, account_of(load_article(row.content), row.first_seen_at), row.quality) for row in rows
        ]

    async def of_story(self, story_id: int) -> list[StoredArticle]:
        return await self._load(articles.c.story_id == story_id)

    async def carried(self, story_id: int, outlets: int) -> None:
        most = case((articles.c.best_outlets > outlets, articles.c.best_outlets), else_=outlets)
        await self._connection.execute(update(articles).where(articles.c.id == story_id).values(best_outlets=most))

    async def uncounted(self, story_ids: Sequence[int]) -> None:
        for start in range(0, len(story_ids), CHUNK):
            part = articles.c.id.in_(story_ids[start : start + CHUNK]) & articles.c.best_outlets.is_not(None)
            await self._connection.execute(update(articles).where(part).values(best_outlets=None))

    async def volumes(self, since: datetime) -> dict[int, int]:
        newest = select(articles.c.id).where(articles.c.dated >= since).order_by(articles.c.dated.desc())
        ids = (await self._connection.scalars(newest.limit(CHUNK))).all()
        rows = await self._connection.execute(
            select(article_topics.c.topic_id, func.count().label("n"))
            .where(article_topics.c.article_id.in_(ids), article_topics.c.current)
            .group_by(article_topics.c.topic_id)
        )
        return {row.topic_id: row.n for row in rows}

    async def sendable(self, stories: Collection[int]) -> dict[int, list[StoredArticle]]:
        found: dict[int, list[StoredArticle]] = {}
        rest = list(stories)
        for start in range(0, len(rest), CHUNK):
            its_story = articles.c.story_id.in_(rest[start : start + CHUNK])
            for stored in await self._load(its_story & articles.c.sendable & articles.c.gone_at.is_(None)):
                found.setdefault(stored.story_id, []).append(stored)
        return found

    async def best(
        self, topic_ids: Sequence[int], *, since: datetime, bar: int, limit: int, by_date: bool = False
    ) -> list[StoredArticle]:
        on_topic = select(article_topics.c.article_id).where(
            article_topics.c.topic_id.in_(topic_ids), article_topics.c.current
        )
        order = articles.c.dated.desc() if by_date else func.coalesce(articles.c.quality, 0).desc()
        found = await self._load(
            articles.c.id.in_(on_topic)
            & articles.c.sendable
            & articles.c.gone_at.is_(None)
            & (articles.c.dated >= since)
            & (func.coalesce(articles.c.quality, 0) >= bar),
            order=(order, articles.c.dated.desc(), articles.c.id),
            limit=limit * 8,  # a story has a handful of articles
        )
        stories = list(dict.fromkeys(stored.story_id for stored in found))[:limit]
        return [
            min(
                (stored for stored in found if stored.story_id == story),
                key=lambda stored: strength_of(stored.article),
            )
            for story in stories
        ]

    async def find(self, text: str) -> list[StoredArticle]:
        address, key = canonical_address(text), title_key(text)
        wanted = text.strip().casefold()
        title = func.lower(articles.c.title)
        tries: list[ColumnElement[bool]] = []
        if address:
            tries.append(articles.c.address == address)
        tries.append(or_(articles.c.path == text.strip(), articles.c.base_name == base_name(text.strip())))
        if key:
            tries.append(articles.c.title_key == key)
        words = [title.contains(word, autoescape=True) for word in wanted.split()[:MOST_WORDS]]
        tries += [title == wanted, title.contains(wanted, autoescape=True), and_(true(), *words)]
        for condition in tries if wanted else []:
            found = await self._load(condition, order=(articles.c.dated.desc(), articles.c.id), limit=8)
            if found:
                return found
        return []

    async def volume(self, topic_ids: Sequence[int], since: datetime) -> int:
        count = await self._connection.scalar(
            select(func.count(func.distinct(articles.c.id)))
            .join(article_topics, article_topics.c.article_id == articles.c.id)
            .where(
                article_topics.c.topic_id.in_(topic_ids),
                article_topics.c.current,
                articles.c.first_seen_at >= since,
            )
        )
        return int(count or 0)

    async def _load(
        self,
        where: ColumnElement[bool],
        *,
        order: tuple[Any, ...] = (articles.c.id,),
        limit: int | None = None,
    ) -> list[StoredArticle]:
        rows = list(await self._connection.execute(select(articles).where(where).order_by(*order).limit(limit)))
        had: dict[int, set[str]] = {row.id: set() for row in rows}
        for start in range(0, len(rows), CHUNK):
            pairs = await self._connection.execute(
                select(article_topics.c.article_id, topics.c.slug)
                .join(topics, topics.c.id == article_topics.c.topic_id)
                .where(
                    article_topics.c.counted,
                    article_topics.c.article_id.in_([row.id for row in rows[start : start + CHUNK]]),
                )
            )
            for pair in pairs:
                had[pair.article_id].add(pair.slug)
        return [_stored(row, frozenset(had[row.id])) for row in rows]

    # ------------------------------------------------------------ write

    async def put(self, saves: Sequence[Save], now: datetime) -> list[StoredArticle]:
        ids = [await self._put(save, now) for save in saves]
        found = {stored.id: stored for stored in await self._load_all(ids)}
        return [found[article_id] for article_id in ids]

    async def vanish(self, source: str, paths: Sequence[str], now: datetime) -> None:
        for start in range(0, len(paths), CHUNK):
            await self._connection.execute(
                update(articles)
                .where(articles.c.source == source, articles.c.path.in_(paths[start : start + CHUNK]))
                .values(gone_at=now)
            )

    async def replaced(self, article_id: int, now: datetime) -> None:
        await self._connection.execute(
            update(articles)
            .where(articles.c.id == article_id)
            .values(path=articles.c.path.concat(f"#{article_id}"), gone_at=now)
        )

    async def withdraw(self, article_id: int) -> None:
        await self._connection.execute(
            update(articles).where(articles.c.id == article_id).values(best_quality=None)
        )
        await self._connection.execute(
            update(article_topics).where(article_topics.c.article_id == article_id).values(counted=False)
        )

    async def _load_all(self, ids: Sequence[int]) -> list[StoredArticle]:
        found: list[StoredArticle] = []
        for start in range(0, len(ids), CHUNK):
            found += await self._load(articles.c.id.in_(ids[start : start + CHUNK]))
        return found

    async def _put(self, save: Save, now: datetime) -> int:
        article = save.article
        values: dict[str, Any] = {
            "source": article.source,
            "path": article.path,
            "base_name": base_name(article.path),
            "address": canonical_address(article.url),
            "title": article.title,
            "title_key": title_key(article.title),
            "content": dump_article(article),
            "quality": article.quality,
            "sendable": save.counts,
            "changed_at": now,
            "waits_until": save.waits_until,
            "gone_at": None,
        }
        if article.published_at:
            values["dated"] = article.published_at
        if save.counts:
            reached = level(article.quality)
            values["best_quality"] = case(
                (articles.c.best_quality > reached, articles.c.best_quality), else_=reached
            )
        if save.story_id is not None:
            values["story_id"] = save.story_id
        if save.id is None:
            values = {"dated": now, "first_seen_at": now, "best_outlets": 0, **values}
            if save.counts:
                values["best_quality"] = level(article.quality)
            added = await self._connection.scalar(articles.insert().values(values).returning(articles.c.id))
            article_id = int(added or 0)
        else:
            article_id = save.id
            await self._connection.execute(update(articles).where(articles.c.id == article_id).values(values))
        if save.counts and save.story_id is None:
            await self._connection.execute(
                update(articles)
                .where(articles.c.id == article_id, articles.c.story_id.is_(None))
                .values(story_id=article_id)
            )
        await self._put_topics(article_id, save.topic_ids, counts=save.counts)
        return article_id

    async def _put_topics(self, article_id: int, topic_ids: Sequence[int], *, counts: bool) -> None:
        mine = article_topics.c.article_id == article_id
        await self._connection.execute(update(article_topics).where(mine).values(current=False))
        changed = {"current": True, "counted": True} if counts else {"current": True}
        if topic_ids:
            await self._connection.execute(
                insert(self._connection, article_topics).on_conflict_do_update(
                    index_elements=["article_id", "topic_id"], set_=changed
                ),
                [
                    {"article_id": article_id, "topic_id": topic_id, "current": True, "counted": counts}
                    for topic_id in topic_ids
                ],
            )
        await self._connection.execute(
            delete(article_topics).where(mine, ~article_topics.c.current, ~article_topics.c.counted)
        )


def base_name(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def _stored(row: Row[Any], ever_topics: frozenset[str]) -> StoredArticle:
    return StoredArticle(
        id=row.id,
        article=load_article(row.content),
        story_id=row.story_id or 0,
        first_seen_at=row.first_seen_at,
        best_quality=row.best_quality,
        ever_topics=ever_topics,
        waits_until=row.waits_until,
        gone=row.gone_at is not None,
        best_outlets=row.best_outlets,
    )
