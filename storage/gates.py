"""The gates of `bot.matching.judge` as conditions on rows, and as a stream where a filter must read the article."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, exists, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.filters import Subject, held_by
from bot.matching import STORY_ENDS, Criteria, Measure, Window
from storage.codec import load_filters
from storage.quiet import held_until
from storage.tables import destinations, follows, mutes, subscriptions, told


def bar_of(window: Window) -> ColumnElement[int]:
    """The column that the window's measure is held against."""
    return subscriptions.c.outlets_from if window.measure is Measure.OUTLETS else subscriptions.c.alert_from


Place = tuple[int, int]
"""A bar and a destination: where one stands in the order of the index."""


def cleared(window: Window, *, after: Place | None = None, upto: Place | None = None) -> Select[Any]:
    """The subscriptions whose bar the window newly clears: destination and bar.

    `after` and `upto` lie within the window and stand for its ends, not beside them: SQLite would seek by either.
    """
    bar = bar_of(window)
    place = tuple_(bar, subscriptions.c.destination_id)
    return select(subscriptions.c.destination_id, bar.label("bar")).where(
        subscriptions.c.topic_id == window.topic_id,
        bar > window.above if after is None else place > tuple_(*map(literal, after)),
        bar <= window.upto if upto is None else place <= tuple_(*map(literal, upto)),
    )


def decides(destination: ColumnElement[int], criteria: Criteria, window: Window) -> ColumnElement[bool]:
    """No subscription nearer to the leaf takes the decision away from this window."""
    nearer = {w.topic_id for w in criteria.windows if w.leaf == window.leaf and w.depth < window.depth}
    if not nearer:
        return literal(True)
    other = subscriptions.alias("nearer")
    return ~exists().where(other.c.destination_id == destination, other.c.topic_id.in_(sorted(nearer)))


def told_of(destination: ColumnElement[int], story_id: int) -> ColumnElement[bool]:
    return exists().where(told.c.destination_id == destination, told.c.story_id == story_id)


def muted_by(destination: ColumnElement[int], story_id: int) -> ColumnElement[bool]:
    return exists().where(mutes.c.destination_id == destination, mutes.c.story_id == story_id)


def paused(now: datetime) -> ColumnElement[bool]:
    return and_(destinations.c.paused_until.is_not(None), destinations.c.paused_until > now)


def owed(candidates: Subquery, criteria: Criteria, window: Window, now: datetime) -> Select[Any]:
    """The candidates that no other gate holds back but their filters, with what a delivery needs of them."""
    destination = candidates.c.destination_id
    return (
        select(
            destination,
            candidates.c.bar,
            destinations.c.platform,
            destinations.c.parked,
            held_until(criteria.level, now).label("due_at"),
        )
        .join(destinations, destinations.c.id == destination)
        .where(
            decides(destination, criteria, window),
            ~destinations.c.barred,
            ~paused(now),
            ~muted_by(destination, criteria.story_id),
            ~told_of(destination, criteria.story_id),
        )
    )


def following(criteria: Criteria, now: datetime) -> Select[Any]:
    """Those who follow the story and have not this article yet, their filters left aside."""
    destination = follows.c.destination_id
    has_it = exists().where(
        told.c.destination_id == destination,
        told.c.story_id == criteria.story_id,
        told.c.article_id == criteria.article_id,
    )
    return (
        select(
            destination,
            literal(0).label("bar"),
            destinations.c.platform,
            destinations.c.parked,
            held_until(criteria.level, now).label("due_at"),
        )
        .join(destinations, destinations.c.id == destination)
        .where(
            follows.c.story_id == criteria.story_id,
            follows.c.last_at > now - STORY_ENDS,
            ~destinations.c.barred,
            ~paused(now),
            ~muted_by(destination, criteria.story_id),
            ~has_it,
        )
    )


async def passing(
    connection: AsyncConnection, query: Select[Any], subject: Subject, topic_id: int | None = None
) -> list[int]:
    """The destinations of this query whose filters let the article pass.

    With a topic the filters of their subscriptions to it are asked as well.
    """
    rows = query.with_only_columns(destinations.c.id, destinations.c.filters.label("of_all"))
    if topic_id is None:
        rows = rows.add_columns(literal(None).label("own"))
    else:
        own = subscriptions.alias("own")
        rows = rows.add_columns(own.c.filters.label("own")).join(
            own, and_(own.c.destination_id == destinations.c.id, own.c.topic_id == topic_id)
        )
    return [
        row.id
        for row in await connection.execute(rows)
        if held_by(load_filters(row.of_all), subject) is None and held_by(load_filters(row.own), subject) is None
    ]
