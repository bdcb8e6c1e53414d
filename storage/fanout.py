"""From a change to the rows it owes: `bot.matching.judge`, run as sets over the index (topic, bar, destination).

A fan-out advances range by range in the order of that index, so the work is proportional to the readers whose bar
is cleared, and a crash continues where the last range was committed. Readers with filters carry a flag: theirs are
read and judged one by one. After the last window come those who follow the story.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    case,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.matching import Criteria, Window
from bot.messages import Payload
from bot.model import Kind, Priority, State
from storage import gates
from storage.codec import dump_criteria, dump_payload, load_criteria
from storage.columns import Instant
from storage.dialect import insert
from storage.tables import deliveries, destinations, fanouts, follows, payloads, subscriptions, told
from storage.turns import first_turn

HOUR = timedelta(hours=1)
CHUNK = 500  # values in one IN (...)


async def open_fanout(connection: AsyncConnection, criteria: Criteria, payload: Payload, now: datetime) -> int:
    """Write the payload and the fan-out row that stands for all that is still to be owed."""
    payload_id = await connection.scalar(
        payloads.insert()
        .values(article_id=criteria.article_id, body=dump_payload(payload), created_at=now)
        .returning(payloads.c.id)
    )
    fanout_id = await connection.scalar(
        fanouts.insert()
        .values(payload_id=payload_id, criteria=dump_criteria(criteria), first_copy=_newest(), created_at=now)
        .returning(fanouts.c.id)
    )
    return int(fanout_id or 0)


def _newest() -> ColumnElement[int]:
    return select(func.coalesce(func.max(deliveries.c.id), 0)).scalar_subquery()


async def advance(connection: AsyncConnection, now: datetime, *, guard: int, limit: int) -> dict[int, int]:
    """Take the next range of every open fan-out; returns how many readers each owed.

    Articles of one story go one after the other, the strongest first, else a reader could be told the weaker.
    """
    rows = await connection.execute(select(fanouts).where(fanouts.c.done_at.is_(None)).order_by(fanouts.c.id))
    first_of_story = {load_criteria(row.criteria).story_id: row for row in reversed(rows.all())}
    return {
        row.id: await _advance(connection, row, now, guard=guard, limit=limit)
        for row in sorted(first_of_story.values(), key=lambda row: row.id)
    }


async def _advance(connection: AsyncConnection, fanout: Row[Any], now: datetime, *, guard: int, limit: int) -> int:
    criteria = load_criteria(fanout.criteria)
    writing = _Writing(connection, fanout, criteria, now, guard)
    cursor = {"window": fanout.window + 1, "bar": -1, "destination_id": 0}
    if fanout.window < len(criteria.windows):
        last = await _take_range(writing, criteria.windows[fanout.window], limit)
        if last is not None:
            cursor = {"window": fanout.window, "bar": last.bar, "destination_id": last.destination_id}
    else:
        await _take_followers(writing)
    done = cursor["window"] >= len(criteria.windows) + criteria.joins
    await connection.execute(
        update(fanouts)
        .where(fanouts.c.id == fanout.id)
        .values(
            written=writing.written, done_at=now if done else None, last_copy=_newest() if done else None, **cursor
        )
    )
    return writing.written - int(fanout.written)


async def _take_range(writing: _Writing, window: Window, limit: int) -> Row[Any] | None:
    """Owe the next `limit` readers of a window; returns the last of them where there are more."""
    connection, fanout = writing.connection, writing.fanout
    after = (fanout.bar, fanout.destination_id) if fanout.bar > window.above else None
    rest = gates.cleared(window, after=after)
    ends = rest.order_by(gates.bar_of(window), subscriptions.c.destination_id).offset(limit - 1).limit(1)
    last: Row[Any] | None = (await connection.execute(ends)).first()
    upto = None if last is None else (last.bar, last.destination_id)
    ranged = gates.cleared(window, after=after, upto=upto)

    def owed(which: ColumnElement[bool]) -> Select[Any]:
        candidates = ranged.where(which).limit(
            limit
        )  # which cuts nothing off, but tells PostgreSQL how few they are
        return gates.owed(candidates.subquery("candidates"), writing.criteria, window, writing.now)

    await writing.alert(owed(~subscriptions.c.filtered))
    passing = await gates.passing(
        connection, owed(subscriptions.c.filtered), writing.criteria.subject, window.topic_id
    )
    for start in range(0, len(passing), CHUNK):
        await writing.alert(owed(subscriptions.c.destination_id.in_(passing[start : start + CHUNK])))
    return last


async def _take_followers(writing: _Writing) -> None:
    """Owe the article to those who follow its story; they are few, and all are taken at once."""
    following = gates.following(writing.criteria, writing.now)
    await writing.update(following.where(destinations.c.filters.is_(None)))
    filtered = following.where(destinations.c.filters.is_not(None))
    passing = await gates.passing(writing.connection, filtered, writing.criteria.subject)
    for start in range(0, len(passing), CHUNK):
        await writing.update(filtered.where(destinations.c.id.in_(passing[start : start + CHUNK])))


@dataclass(slots=True)
class _Writing:
    """One range of a fan-out on its way into the outbox; `written` counts its deliveries so far."""

    connection: AsyncConnection
    fanout: Row[Any]
    criteria: Criteria
    now: datetime
    guard: int
    written: int = field(init=False)

    def __post_init__(self) -> None:
        self.written = int(self.fanout.written)

    async def alert(self, owed: Select[Any]) -> None:
        """Owe the article as an alert, or within the hour's digest to those who had their fill."""
        if self.guard and await _busy(self.connection, self.now, self.guard):
            self.written += await _hold(self.connection, owed, self.criteria, self.now, self.guard)
        await self._write(owed, Kind.ALERT, self.criteria.story_id)

    async def update(self, owed: Select[Any]) -> None:
        """Owe the article as news on a story that is followed, which goes on for them."""
        heard = await self._write(owed, Kind.FOLLOW, self.criteria.article_id)
        await self.connection.execute(
            update(follows)
            .where(follows.c.story_id == self.criteria.story_id, follows.c.destination_id.in_(heard))
            .values(last_at=self.now)
        )

    async def _write(self, owed: Select[Any], kind: Kind, subject: int) -> Select[tuple[int]]:
        """Owed and told, in this order: the key of the delivery is what two writers at once would collide on.

        Returns who was written to, as a query.
        """
        connection, payload_id = self.connection, self.fanout.payload_id
        newest = await connection.scalar(select(func.max(deliveries.c.id))) or 0
        reader = owed.subquery("owed")
        rank = func.row_number().over(order_by=(reader.c.bar, reader.c.destination_id))
        turn = await first_turn(connection, reader, Priority[kind.name], self.now)
        rows = select(
            reader.c.platform,
            reader.c.destination_id,
            literal(kind.value),
            literal(int(Priority[kind.name])),
            literal(payload_id),
            literal(self.criteria.story_id),
            literal(subject),
            literal(0),
            case((reader.c.parked.is_(None), State.PENDING.value), else_=State.PARKED.value),
            turn + rank + self.written,
            reader.c.due_at,
            literal(0),
            literal(self.now, Instant),
        ).where(literal(True))
        columns = ["platform", "destination_id", "kind", "priority", "payload_id", "story_id", "subject", "part"]
        columns += ["state", "turn", "due_at", "attempts", "created_at"]
        result = await connection.execute(
            insert(connection, deliveries).from_select(columns, rows).on_conflict_do_nothing()
        )
        self.written += result.rowcount
        new = (deliveries.c.id > newest) & (deliveries.c.payload_id == payload_id)
        pairs = select(
            deliveries.c.destination_id,
            deliveries.c.story_id,
            literal(self.criteria.article_id),
            deliveries.c.created_at,
        ).where(new)
        await connection.execute(
            insert(connection, told)
            .from_select(["destination_id", "story_id", "article_id", "told_at"], pairs)
            .on_conflict_do_nothing()
        )
        return select(deliveries.c.destination_id).where(new)


async def _busy(connection: AsyncConnection, now: datetime, guard: int) -> bool:
    """Whether any destination can have reached the guard: no more alerts than articles."""
    recent = await connection.scalar(
        select(func.count())
        .select_from(fanouts)
        .where(or_(fanouts.c.created_at > now - HOUR, fanouts.c.done_at.is_(None), fanouts.c.done_at > now - HOUR))
    )
    return (recent or 0) > guard


async def _hold(
    connection: AsyncConnection, owed: Select[Any], criteria: Criteria, now: datetime, guard: int
) -> int:
    """Those who had their fill of alerts within the hour get the story in that hour's digest."""
    reader = owed.subquery("owed")
    had = (
        select(func.count())
        .select_from(deliveries)
        .where(
            deliveries.c.destination_id == reader.c.destination_id,
            deliveries.c.kind == Kind.ALERT,
            deliveries.c.created_at > now - HOUR,
            deliveries.c.state != State.CANCELLED,
        )
        .scalar_subquery()
    )
    held = select(
        reader.c.destination_id,
        literal(criteria.story_id),
        literal(criteria.article_id),
        literal(now, Instant),
        literal(hour_of(now)),
    ).where(had >= guard)
    result = await connection.execute(
        insert(connection, told)
        .from_select(["destination_id", "story_id", "article_id", "told_at", "digest"], held)
        .on_conflict_do_nothing()
    )
    return result.rowcount


def hour_of(moment: datetime) -> int:
    """The hour a flood-guard digest belongs to, counted from 1970."""
    return int(moment.timestamp() // 3600)
