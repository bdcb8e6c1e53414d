"""Cards that change with their stories: what they show, and the edits owed to the chats that have them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, func, literal, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.living import Weight
from bot.matching import level
from bot.messages import Card, Payload
from bot.model import Kind, Priority, State
from bot.ports import LivingCard
from bot.stories import outlet_domain
from storage import gates
from storage.codec import dump_names, dump_payload, load_names, load_payload
from storage.columns import Instant
from storage.dialect import insert
from storage.quiet import in_quiet_hours
from storage.tables import articles, deliveries, destinations, fanouts, living, payloads, subscriptions

STEP = 50_000  # deliveries looked at in one transaction


class SqlLiving:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, story_ids: Collection[int], *, since: datetime, most_edits: int) -> list[LivingCard]:
        rows = await self._connection.execute(
            select(fanouts.c.payload_id, payloads.c.body, payloads.c.article_id, articles.c.story_id, living)
            .select_from(articles)
            .join(payloads, payloads.c.article_id == articles.c.id)
            .join(fanouts, fanouts.c.payload_id == payloads.c.id)
            .outerjoin(living, living.c.payload_id == payloads.c.id)
            .where(articles.c.story_id.in_(sorted(story_ids)), payloads.c.created_at > since)
            .where(fanouts.c.written > 0, func.coalesce(living.c.edits, 0) < most_edits)
            .order_by(payloads.c.id)
        )
        return [_remembered(row) if row.outlets is not None else _first(row) for row in rows]

    async def remember(self, card: LivingCard) -> None:
        await self._put(card, {"outlets": _names(card)})

    async def change(self, card: LivingCard, payload: Payload, now: datetime) -> None:
        body = dump_payload(payload)
        update_id = await self._connection.scalar(
            payloads.insert().values(body=body, created_at=now).returning(payloads.c.id)
        )
        copies = (
            await self._connection.execute(
                select(fanouts.c.first_copy, fanouts.c.last_copy).where(fanouts.c.payload_id == card.payload_id)
            )
        ).one()
        upto = copies.last_copy or await self._connection.scalar(select(func.max(deliveries.c.id))) or 0
        changed = {"outlets": _names(card), "shown": card.shown.outlets, "lead": card.shown.lead}
        changed |= {"level": card.shown.level, "edits": card.edits}
        await self._put(card, {**changed, "update_id": update_id, "cursor": copies.first_copy, "upto": upto})
        await self._connection.execute(update(payloads).where(payloads.c.id == card.payload_id).values(body=body))

    async def _put(self, card: LivingCard, changed: dict[str, Any]) -> None:
        """Add the card's row, or change so much of it."""
        came = select(payloads.c.created_at).where(payloads.c.id == card.payload_id).scalar_subquery()
        row = {
            "payload_id": card.payload_id,
            "article_id": card.article_id,
            "story_id": card.story_id,
            "first": card.first,
            "shown": card.shown.outlets,
            "lead": card.shown.lead,
            "level": card.shown.level,
            "edits": card.edits,
            "cursor": 0,
            "upto": 0,
            "created_at": came,
        }
        statement = insert(self._connection, living).values({**row, **changed})
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["payload_id"], set_=changed))

    async def spread(self, now: datetime, *, limit: int) -> int | None:
        rows = await self._connection.execute(select(living).where(living.c.update_id.is_not(None)))
        written = [await self._advance(row, now, limit) for row in rows.all()]
        return sum(written) if written else None

    async def _advance(self, row: Row[Any], now: datetime, limit: int) -> int:
        """Owe the edit to the next copies, as far as STEP reaches."""
        end = min(row.cursor + STEP, row.upto)
        found = (
            select(deliveries.c.id)
            .join(destinations, destinations.c.id == deliveries.c.destination_id)
            .where(deliveries.c.id > row.cursor, deliveries.c.id <= end)
            .where(deliveries.c.payload_id == row.payload_id, deliveries.c.kind == Kind.ALERT)
            .where(deliveries.c.state == State.SENT, deliveries.c.message_id.is_not(None), *_open(row, now))
            .order_by(deliveries.c.id)
            .limit(limit)
            .subquery()
        )
        seen = (await self._connection.execute(select(func.count().label("n"), func.max(found.c.id)))).one()
        written = await self._owe(row, found, now) if seen.n else 0
        reached = int(seen[1]) if seen.n == limit else end
        values: dict[str, Any] = {"cursor": reached}
        if reached >= row.upto:
            values["update_id"] = None
        await self._connection.execute(update(living).where(living.c.payload_id == row.payload_id).values(values))
        return written

    async def _owe(self, row: Row[Any], found: Any, now: datetime) -> int:
        """Its subject is the delivery that it changes, its part the number of the change."""
        copy = deliveries.alias("copy")
        edit = (
            select(
                copy.c.platform,
                copy.c.destination_id,
                literal(Kind.UPDATE.value),
                literal(int(Priority.EDIT)),
                literal(row.update_id),
                copy.c.id,
                literal(row.edits),
                literal(State.PENDING.value),
                copy.c.id,
                literal(0),
                literal(now, Instant),
                copy.c.message_id,
            )
            .join(found, found.c.id == copy.c.id)
            .where(true())
        )
        columns = ["platform", "destination_id", "kind", "priority", "payload_id", "subject", "part"]
        columns += ["state", "turn", "attempts", "created_at", "message_id"]
        written = await self._connection.execute(
            insert(self._connection, deliveries).from_select(columns, edit).on_conflict_do_nothing()
        )
        return written.rowcount


def _open(row: Row[Any], now: datetime) -> list[ColumnElement[bool]]:
    """The chats whose cards may change now; their filters let the article pass that was told, and no other."""
    filtered = exists().where(subscriptions.c.destination_id == destinations.c.id, subscriptions.c.filtered)
    passed = [] if row.lead == row.article_id else [destinations.c.filters.is_(None), ~filtered]
    return [
        *passed,
        destinations.c.living,
        destinations.c.parked.is_(None),
        ~destinations.c.barred,
        ~gates.paused(now),
        ~in_quiet_hours(now),
        ~gates.muted_by(destinations.c.id, row.story_id),
    ]


def _remembered(row: Row[Any]) -> LivingCard:
    shown = Weight(row.shown, row.lead, row.level)
    outlets = frozenset(load_names(row.outlets))
    return LivingCard(row.payload_id, row.story_id, row.article_id, outlets, row.first, shown, row.edits)


def _first(row: Row[Any]) -> LivingCard:
    """A card as it was sent, which tells what it shows."""
    card = load_payload(row.body).cards[0]
    outlets = _outlets(card)
    shown = Weight(len(outlets) + card.more, card.article_id, level(card.quality))
    return LivingCard(row.payload_id, row.story_id, row.article_id, outlets, shown.outlets, shown)


def _outlets(card: Card) -> frozenset[str]:
    named = [(card.provider, card.url), *((item.provider, item.url) for item in card.coverage)]
    return frozenset(filter(None, (outlet_domain(provider, url) for provider, url in named)))


def _names(card: LivingCard) -> str:
    return dump_names(tuple(sorted(card.outlets))) or "[]"
