"""Deliveries that end before they were sent: what they would have told is not told after all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Kind, State
from storage.codec import load_payload
from storage.states import PENDING, UNPAUSED
from storage.tables import deliveries, destinations, payloads, told


async def let_go(connection: AsyncConnection, which: ColumnElement[bool], now: datetime) -> None:
    """End those of chats that were paused or barred while they were on their way: nothing is kept for later."""
    its_chat = destinations.c.id == deliveries.c.destination_id
    paused = exists().where(its_chat, destinations.c.paused_until > now) & ~UNPAUSED
    barred = exists().where(its_chat, destinations.c.barred)
    for reason, unwanted in (("paused", paused), ("barred", barred)):
        await give_back(connection, which & PENDING & unwanted, State.CANCELLED, reason, now)


async def give_back(
    connection: AsyncConnection, which: ColumnElement[bool], state: State, reason: str, now: datetime
) -> int:
    """End these deliveries in `state`; their told pairs and their keys become free. Returns how many.

    A pair goes only if it was written with the delivery: what another message told since stays told, and so does
    what a digest only said more about.
    """
    ended = (
        await connection.execute(
            update(deliveries)
            .where(which)
            .values(state=state, reason=reason, done_at=now, subject=-deliveries.c.id, lease_owner=None)
            .returning(
                deliveries.c.destination_id,
                deliveries.c.story_id,
                deliveries.c.created_at,
                deliveries.c.kind,
                deliveries.c.payload_id,
            )
        )
    ).all()
    pairs = [(row.destination_id, row.story_id, row.created_at) for row in ended if row.story_id is not None]
    for row in ended:
        if row.kind in (Kind.DIGEST, Kind.RECAP):
            body = await connection.scalar(select(payloads.c.body).where(payloads.c.id == row.payload_id))
            told_first = [m for m in load_payload(str(body)).mentions if m.known is None and m.bar is None]
            pairs += [(row.destination_id, mention.story_id, row.created_at) for mention in told_first]
    if pairs:
        await connection.execute(
            delete(told).where(
                told.c.destination_id == bindparam("destination"),
                told.c.story_id == bindparam("story"),
                told.c.told_at == bindparam("at"),
            ),
            [{"destination": destination, "story": story, "at": at} for destination, story, at in pairs],
        )
    return len(ended)
