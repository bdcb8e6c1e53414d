"""The outbox: what is owed, to whom, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, case, delete, exists, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.matching import Criteria
from bot.messages import Payload
from bot.model import Destination, Kind, Platform, Priority, State
from bot.ports import Audience, Claim, DeliveryRecord, Figures, Outcome, Pace
from storage import claims, fanout, figures
from storage.audience import audience
from storage.clock import ServerClock
from storage.codec import dump_payload
from storage.destinations import destination_of
from storage.dialect import among
from storage.flood import hour_of
from storage.give_back import give_back, let_go
from storage.outbox import owe
from storage.outcomes import settle
from storage.quiet import in_quiet_hours
from storage.states import OPEN, WAITING, state_in
from storage.tables import broadcasts, deliveries, destinations, fanouts, follows, living, payloads, told

FINISHED = (State.SENT, State.UNCERTAIN, State.REJECTED, State.EXPIRED, State.CANCELLED)


class SqlDeliveries:
    def __init__(self, connection: AsyncConnection, clock: ServerClock | None = None) -> None:
        self._connection = connection
        self._clock = clock

    # ------------------------------------------------------------ owing

    async def owe(self, criteria: Criteria, payload: Payload, now: datetime) -> int:
        return await fanout.open_fanout(self._connection, criteria, payload, now)

    async def fan_out(self, now: datetime, *, guard: int, limit: int) -> Mapping[int, int]:
        return await fanout.advance(self._connection, now, guard=guard, limit=limit)

    async def written(self, fanout_id: int) -> int:
        written = await self._connection.scalar(select(fanouts.c.written).where(fanouts.c.id == fanout_id))
        return int(written or 0)

    async def audience(self, criteria: Criteria, now: datetime) -> Audience:
        return await audience(self._connection, criteria, now)

    async def notify(
        self, destination_id: int, payload: Payload, now: datetime, *, subject: int, kind: Kind = Kind.NOTICE
    ) -> bool:
        """Owe one message to one destination, once for each `subject` (and part of it, in the order given).

        A barred destination is owed nothing, nor is one that was forgotten meanwhile.
        """
        key = (
            deliveries.c.destination_id == destination_id,
            deliveries.c.kind == kind,
            deliveries.c.subject == subject,
        )
        part = int(payload.values.get("part", 0))
        there = (destinations.c.id == destination_id, ~destinations.c.barred)
        known = await self._connection.scalar(select(deliveries.c.id).where(*key, deliveries.c.part == part))
        if known is not None or not await self._connection.scalar(select(exists().where(*there))):
            return False
        payload_id = await self._connection.scalar(
            payloads.insert().values(body=dump_payload(payload), created_at=now).returning(payloads.c.id)
        )
        row = select(
            destinations.c.platform,
            destinations.c.id.label("destination_id"),
            literal(payload_id).label("payload_id"),
            literal(subject, BigInteger).label("subject"),
            literal(part).label("part"),
            case((destinations.c.parked.is_(None), State.PENDING.value), else_=State.PARKED.value).label("state"),
        ).where(*there)
        return bool(await owe(self._connection, row, kind, now))

    async def notified(self, destination_id: int, subject: int) -> int:
        key = (deliveries.c.destination_id == destination_id) & (deliveries.c.subject == subject)
        found = await self._connection.scalar(select(deliveries.c.id).where(key, deliveries.c.kind == Kind.NOTICE))
        return int(found or 0)

    async def rewrite(self, delivery_id: int, payload: Payload, now: datetime) -> bool:
        """One row for a message is used again and again: however often it is asked for, one edit is owed."""
        message = (await self._connection.execute(select(deliveries).where(deliveries.c.id == delivery_id))).first()
        if message is None or message.state != State.SENT or not message.message_id:
            return False
        key = (deliveries.c.destination_id == message.destination_id) & (deliveries.c.kind == Kind.UPDATE)
        found = select(deliveries).where(key, deliveries.c.subject == delivery_id)
        edit = (await self._connection.execute(found.order_by(deliveries.c.part.desc()).limit(1))).first()
        said = await self._connection.scalar(
            select(payloads.c.body).where(payloads.c.id == (message if edit is None else edit).payload_id)
        )
        if said == dump_payload(payload):
            return True  # the platform would refuse an edit that changes nothing
        part = 0
        if edit is not None and edit.state == State.LEASED:  # on its way at this moment; the next one follows it
            part = edit.part + 1
        elif edit is not None:
            part = edit.part
            await self._connection.execute(delete(deliveries).where(deliveries.c.id == edit.id))
            await self._connection.execute(delete(payloads).where(payloads.c.id == edit.payload_id))
        payload_id = await self._connection.scalar(
            payloads.insert().values(body=dump_payload(payload), created_at=now).returning(payloads.c.id)
        )
        row = select(
            deliveries.c.platform,
            deliveries.c.destination_id,
            literal(payload_id).label("payload_id"),
            deliveries.c.id.label("subject"),
            literal(part).label("part"),
            literal(State.PENDING.value).label("state"),
            deliveries.c.message_id,
        ).where(deliveries.c.id == delivery_id)
        return bool(await owe(self._connection, row, Kind.UPDATE, now))

    # ------------------------------------------------------------ the flood guard's digests

    async def held(self, now: datetime) -> list[tuple[Destination, list[int]]]:
        rows = await self._connection.execute(
            select(destinations, told.c.story_id)
            .join(told, destinations.c.id == told.c.destination_id)
            .where(told.c.digest < hour_of(now), destinations.c.parked.is_(None))
            .where(~destinations.c.barred, ~in_quiet_hours(now))
            .order_by(told.c.destination_id, told.c.told_at, told.c.story_id)
            .with_for_update(of=[destinations, told], skip_locked=True)  # somebody may be ending quiet hours
        )
        found: dict[int, tuple[Destination, list[int]]] = {}
        for row in rows:
            found.setdefault(row.id, (destination_of(row), []))[1].append(row.story_id)
        return list(found.values())

    async def folded(self, destination_ids: Collection[int], now: datetime) -> None:
        its = among(self._connection, told.c.destination_id, destination_ids)
        await self._connection.execute(update(told).where(its, told.c.digest < hour_of(now)).values(digest=None))

    async def let_go(self, now: datetime) -> None:
        if self._connection.dialect.name == "sqlite":
            return  # one writes at a time: whoever writes a row sees the pause
        shut = select(destinations.c.id).where((destinations.c.paused_until > now) | destinations.c.barred)
        await let_go(self._connection, OPEN & deliveries.c.destination_id.in_(shut), now)

    async def expire(self, now: datetime, *, older_than: datetime) -> int:
        kinds = deliveries.c.kind.in_([Kind.ALERT.value, Kind.FOLLOW.value])
        old = WAITING & kinds & (deliveries.c.created_at < older_than)
        await self._connection.execute(
            update(told)
            .where(
                told.c.story_id == deliveries.c.story_id,
                told.c.destination_id == deliveries.c.destination_id,
                old,
            )
            .values(digest=hour_of(now))
        )
        result = await self._connection.execute(
            update(deliveries)
            .where(old)
            .values(state=State.EXPIRED, done_at=now, reason="too old to send as an alert")
        )
        return result.rowcount

    async def retract(self, article_id: int, now: datetime) -> int:
        its_payloads = select(payloads.c.id).where(payloads.c.article_id == article_id)
        await self._connection.execute(
            update(fanouts)
            .where(fanouts.c.payload_id.in_(its_payloads), fanouts.c.done_at.is_(None))
            .values(done_at=now)
        )
        owed = WAITING & deliveries.c.payload_id.in_(its_payloads)
        return await give_back(self._connection, owed, State.CANCELLED, "retracted", now)

    # ------------------------------------------------------------ sending

    async def settle_and_claim(
        self,
        pace: Pace,
        outcomes: Sequence[Outcome],
        *,
        limit: int,
        reserved: int,
        favoured: Priority | None = None,
        now: datetime,
    ) -> Claim:
        await settle(self._connection, outcomes, now)
        return await claims.claim(
            self._connection, pace, limit=limit, reserved=reserved, favoured=favoured, clock=self._clock, now=now
        )

    async def calls(self, now: datetime) -> dict[Platform, datetime]:
        return await claims.calls(self._connection, now)

    async def holders(self) -> list[str]:
        rows = await self._connection.scalars(
            select(destinations.c.lease_owner).where(destinations.c.lease_owner.is_not(None)).distinct()
        )
        return [owner for owner in rows if owner]

    async def lapse(self, owner: str, now: datetime) -> None:
        await self._connection.execute(
            update(destinations).where(destinations.c.lease_owner == owner).values(lease_until=now)
        )

    # ------------------------------------------------------------ looking and tidying

    async def waiting(self) -> int:
        on_their_way = OPEN & state_in(State.PENDING, State.LEASED)
        return int(await self._connection.scalar(select(func.count()).where(on_their_way)) or 0)

    async def queue(self) -> dict[State, int]:
        rows = await self._connection.execute(
            select(deliveries.c.state, func.count().label("n")).group_by(deliveries.c.state)
        )
        return {State(row.state): row.n for row in rows}

    async def figures(self, now: datetime) -> Figures:
        return await figures.figures(self._connection, now)

    async def of(self, destination_id: int, limit: int) -> list[DeliveryRecord]:
        return await figures.deliveries_of(self._connection, destination_id, limit)

    async def prune(self, *, told_before: datetime, done_before: datetime) -> int:
        pruned = await self._connection.execute(
            delete(deliveries).where(deliveries.c.state.in_(FINISHED), deliveries.c.done_at < done_before)
        )
        forgotten = await self._connection.execute(
            delete(told).where(told.c.told_at < told_before, told.c.digest.is_(None))
        )
        await self._connection.execute(delete(fanouts).where(fanouts.c.done_at < done_before))
        await self._connection.execute(delete(living).where(living.c.created_at < done_before))
        await self._connection.execute(delete(follows).where(follows.c.last_at < done_before))
        old = select(payloads.c.id).where(payloads.c.created_at < done_before)
        carried = (
            select(deliveries.c.payload_id),
            select(fanouts.c.payload_id),
            select(broadcasts.c.payload_id),
        )
        spent = await self._connection.execute(delete(payloads).where(payloads.c.id.in_(old.except_(*carried))))
        return pruned.rowcount + forgotten.rowcount + spent.rowcount
