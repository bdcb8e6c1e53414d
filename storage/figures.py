"""Figures for operators, read when they are asked for: counts of what is open, and of what went wrong lately."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Kind, Platform, State
from bot.ports import DeliveryRecord, Figures, Troubles
from storage.codec import load_payload
from storage.destinations import SqlDestinations
from storage.leases import SqlLeases
from storage.sources import SqlSources
from storage.states import LOST, OPEN, PENDING
from storage.tables import deliveries, destinations, payloads, tokens

MOST_REASONS = 50  # series of one metric; a platform's reasons are fewer, but who knows


async def figures(connection: AsyncConnection, now: datetime) -> Figures:
    """The installation at `now`."""
    queue = await connection.execute(
        select(deliveries.c.platform, deliveries.c.kind, deliveries.c.state, func.count().label("n"))
        .where(OPEN)
        .group_by(deliveries.c.platform, deliveries.c.kind, deliveries.c.state)
    )
    due = await connection.execute(
        select(deliveries.c.platform, func.min(deliveries.c.created_at).label("oldest"))
        .where(PENDING, deliveries.c.due_at.is_(None))
        .group_by(deliveries.c.platform)
    )
    parked = await connection.execute(_by_reason().where(destinations.c.parked.is_not(None)))
    return Figures(
        queue={(Platform(row.platform), Kind(row.kind), State(row.state)): row.n for row in queue},
        oldest_due={Platform(row.platform): row.oldest for row in due},
        destinations=await SqlDestinations(connection).count(),
        parked={(Platform(row.platform), row.parked): row.n for row in parked},
        sources=await SqlSources(connection).states(counted=True),
        owners=await SqlLeases(connection).owners(now),
    )


async def troubles(connection: AsyncConnection, since: datetime) -> Troubles:
    """What is wrong now, and what went wrong since then. Cheap where nothing did: it is asked every minute."""
    dead = await connection.execute(select(tokens.c.platform, tokens.c.fault).where(tokens.c.fault.is_not(None)))
    parked = (await connection.execute(_by_reason().where(destinations.c.parked_at > since))).all()
    lost = await connection.execute(
        select(deliveries.c.platform, deliveries.c.state, func.count().label("n"))
        .where(LOST, deliveries.c.done_at > since)
        .group_by(deliveries.c.platform, deliveries.c.state)
    )
    return Troubles(
        sources=await SqlSources(connection).states(),
        dead_tokens={Platform(row.platform): row.fault for row in dead},
        parked={(Platform(row.platform), row.parked): row.n for row in parked if row.parked},
        destinations=await SqlDestinations(connection).count() if parked else {},
        lost={(Platform(row.platform), State(row.state)): row.n for row in lost},
    )


async def deliveries_of(connection: AsyncConnection, destination_id: int, limit: int) -> list[DeliveryRecord]:
    """The newest deliveries to a destination, newest first."""
    rows = await connection.execute(
        select(deliveries, payloads.c.body)
        .join(payloads, payloads.c.id == deliveries.c.payload_id, isouter=True)
        .where(deliveries.c.destination_id == destination_id)
        .order_by(deliveries.c.id.desc())
        .limit(limit)
    )
    return [
        DeliveryRecord(
            kind=Kind(row.kind),
            state=State(row.state),
            payload=load_payload(row.body) if row.body else None,
            created_at=row.created_at,
            done_at=row.done_at,
            attempts=row.attempts,
            reason=row.reason or "",
            message_id=row.message_id or "",
        )
        for row in rows
    ]


def _by_reason() -> Select[tuple[str, str | None, int]]:
    return (
        select(destinations.c.platform, destinations.c.parked, func.count().label("n"))
        .group_by(destinations.c.platform, destinations.c.parked)
        .order_by(func.count().desc())
        .limit(MOST_REASONS)
    )
