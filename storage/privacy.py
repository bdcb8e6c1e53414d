"""What is stored about one chat, given out by /export and deleted by /forget."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, exists, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Platform
from storage.outbox import let_chats_go
from storage.refinements import refined, tuned
from storage.tables import (
    access,
    deliveries,
    destinations,
    follows,
    managers,
    mutes,
    subscriptions,
    told,
    topics,
    transcripts,
)


async def forget(connection: AsyncConnection, destination_id: int) -> None:
    """Delete the destination and every row that speaks of it."""
    own = select(destinations.c.id).where(destinations.c.id == destination_id)
    await connection.execute(own.with_for_update())  # before the other lock: rounds of digests lock chats first
    await let_chats_go(connection)
    chat = select(destinations.c.chat).where(
        destinations.c.id == destination_id, destinations.c.platform == Platform.WEB
    )
    await connection.execute(delete(transcripts).where(transcripts.c.chat.in_(chat)))
    await connection.execute(delete(access).where(admissions_of(destination_id, alone=True)))
    await connection.execute(delete(managers).where(await _manages(connection, destination_id)))
    for table in (deliveries, told, mutes, follows, managers, subscriptions):
        await connection.execute(delete(table).where(table.c.destination_id == destination_id))
    await connection.execute(delete(destinations).where(destinations.c.id == destination_id))


async def record(connection: AsyncConnection, destination_id: int) -> dict[str, Any]:
    """Everything stored about a destination, as plain JSON values."""
    own = (await connection.execute(select(destinations).where(destinations.c.id == destination_id))).one()
    bars = await connection.execute(
        select(topics.c.slug, subscriptions)
        .join(topics, topics.c.id == subscriptions.c.topic_id)
        .where(subscriptions.c.destination_id == destination_id)
        .order_by(topics.c.slug)
    )
    found: dict[str, Any] = {
        "platform": own.platform,
        "chat": own.chat,
        "thread": own.thread or None,
        "title": own.title,
        "locale": own.locale,
        "locale_chosen": own.locale_chosen,
        "timezone": own.timezone,
        "digest": _chosen(own, "digest_", ("at", "days", "on", "due", "since")),
        "quiet": _chosen(own, "quiet_", ("from", "to", "mode", "bar", "since", "until")),
        "route": own.route,
        "created_at": _json(own.created_at),
        "paused_until": _json(own.paused_until),
        "parked": own.parked,
        **tuned(own),
        "subscriptions": [
            {"topic": s.slug, "alert_from": s.alert_from, "digest_from": s.digest_from, **refined(s)} for s in bars
        ],
    }
    for name, table in (
        ("muted", mutes),
        ("follows", follows),
        ("managers", managers),
        ("told", told),
        ("deliveries", deliveries),
    ):
        rows = await connection.execute(select(table).where(table.c.destination_id == destination_id))
        found[name] = [_plain(row) for row in rows]
    rooms = await connection.execute(
        select(destinations.c.platform, destinations.c.chat, destinations.c.thread, managers.c.created_at)
        .join(managers, managers.c.destination_id == destinations.c.id)
        .where(await _manages(connection, destination_id))
    )
    found["manages"] = [_plain(row) for row in rooms]
    admitted = await connection.execute(select(access).where(admissions_of(destination_id)))
    found["access"] = [_plain(row) for row in admitted]
    found["transcript"] = []
    if own.platform == Platform.WEB:
        said = select(transcripts).where(transcripts.c.chat == own.chat).order_by(transcripts.c.id)
        found["transcript"] = [_plain(row) for row in await connection.execute(said)]
    return found


def admissions_of(destination_id: int, *, alone: bool = False) -> ColumnElement[bool]:
    """What admins decided about the destination's chat; with `alone` only if no other destination is in it."""
    own, other = destinations.alias("own"), destinations.alias("other")
    same = (other.c.platform == own.c.platform) & (other.c.chat == own.c.chat) & (other.c.id != own.c.id)
    chat = select(own.c.platform, own.c.chat).where(own.c.id == destination_id)
    if alone:
        chat = chat.where(~exists().where(same))
    return tuple_(access.c.platform, access.c.chat).in_(chat)


async def _manages(connection: AsyncConnection, destination_id: int) -> ColumnElement[bool]:
    """Where the person of a private chat was named a manager; in those the chat is the person's id."""
    query = select(destinations.c.platform, destinations.c.chat).where(destinations.c.id == destination_id)
    own = (await connection.execute(query)).one()
    there = select(destinations.c.id).where(destinations.c.platform == own.platform)
    person: str = own.chat.removeprefix("dm:")
    return and_(managers.c.person == person, managers.c.destination_id.in_(there))


def _chosen(row: Row[Any], prefix: str, names: tuple[str, ...]) -> dict[str, Any] | None:
    """What was chosen for the clock, and what follows from it; None where nothing was."""
    values = {name: row._mapping[prefix + name] for name in names}  # noqa: SLF001 - SQLAlchemy's documented name
    if values[names[0]] is None:
        return None
    return {name: _json(value) for name, value in values.items()}


def _plain(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    return {
        name: _json(value)
        for name, value in row._mapping.items()  # noqa: SLF001 - SQLAlchemy's documented name
        if value is not None and name not in {"destination_id", "lease_owner"}
    }


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
