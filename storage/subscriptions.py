"""Who subscribes to what, from which bar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Subscription
from storage.codec import dump_filters, load_filters
from storage.dialect import insert
from storage.tables import destinations, subscriptions


class SqlSubscriptions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, destination_id: int) -> list[Subscription]:
        rows = await self._connection.execute(
            select(subscriptions)
            .where(subscriptions.c.destination_id == destination_id)
            .order_by(subscriptions.c.topic_id)
        )
        return [
            Subscription(
                row.destination_id,
                row.topic_id,
                row.alert_from,
                row.digest_from,
                row.created_at,
                row.outlets_from,
                load_filters(row.filters),
            )
            for row in rows
        ]

    async def count(self) -> int:
        return int(await self._connection.scalar(select(func.count()).select_from(subscriptions)) or 0)

    async def put(self, subscription: Subscription, now: datetime) -> None:
        bars = {"alert_from": subscription.alert_from, "digest_from": subscription.digest_from}
        of_all = select(destinations.c.filters.is_not(None)).where(destinations.c.id == subscription.destination_id)
        await self._connection.execute(
            insert(self._connection, subscriptions)
            .values(
                destination_id=subscription.destination_id,
                topic_id=subscription.topic_id,
                created_at=now,
                filtered=of_all.scalar_subquery(),
                **bars,
            )
            .on_conflict_do_update(index_elements=["destination_id", "topic_id"], set_=bars)
        )

    async def refine(self, subscription: Subscription) -> None:
        of_all = select(destinations.c.filters.is_not(None)).where(destinations.c.id == subscription.destination_id)
        own = dump_filters(subscription.filters)
        await self._connection.execute(
            update(subscriptions)
            .where(
                subscriptions.c.destination_id == subscription.destination_id,
                subscriptions.c.topic_id == subscription.topic_id,
            )
            .values(
                outlets_from=subscription.outlets_from,
                filters=own,
                filtered=literal(True) if own else of_all.scalar_subquery(),
            )
        )

    async def counting_outlets(self) -> bool:
        return bool(
            await self._connection.scalar(select(exists().where(subscriptions.c.outlets_from.is_not(None))))
        )

    async def remove(self, destination_id: int, topic_ids: Sequence[int]) -> int:
        result = await self._connection.execute(
            delete(subscriptions).where(
                subscriptions.c.destination_id == destination_id, subscriptions.c.topic_id.in_(topic_ids)
            )
        )
        return result.rowcount
