"""What became of claimed deliveries, fenced by the claim: an answer that comes after it has lapsed is void."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import State
from bot.ports import Outcome
from storage.destinations import SqlDestinations
from storage.give_back import give_back, let_go
from storage.quiet import end_of_quiet
from storage.tables import deliveries, destinations


async def settle(connection: AsyncConnection, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Record what became of claimed deliveries; an outcome whose claim has lapsed meanwhile is void."""
    plain = [outcome for outcome in outcomes if not _is_special(outcome)]
    if plain:
        await connection.execute(
            update(deliveries)
            .where(deliveries.c.id == bindparam("delivery"), deliveries.c.lease_owner == bindparam("lease"))
            .values(
                state=bindparam("new_state"),
                done_at=bindparam("done"),
                message_id=bindparam("message"),
                reason=bindparam("why"),
                attempts=bindparam("tries"),
                lease_owner=None,
            ),
            [
                {
                    "delivery": outcome.delivery_id,
                    "lease": outcome.lease,
                    "new_state": outcome.state.value,
                    "done": None if outcome.state is State.PENDING else now,
                    "message": outcome.message_id or None,
                    "why": outcome.reason[:300] or None,
                    "tries": outcome.attempts,
                }
                for outcome in plain
            ],
        )
    for outcome in outcomes:
        if _is_special(outcome):
            await _settle_special(connection, outcome, now)
    if returned := [outcome.delivery_id for outcome in outcomes if outcome.state is State.PENDING]:
        await let_go(connection, deliveries.c.id.in_(returned), now)
    if outcomes:
        await connection.execute(
            update(destinations)
            .where(destinations.c.id == bindparam("destination"), destinations.c.lease_owner == bindparam("lease"))
            .values(
                lease_owner=None, lease_until=None, not_before=bindparam("again"), failures=bindparam("failed")
            ),
            [
                {"destination": o.destination_id, "lease": o.lease, "again": o.not_before, "failed": o.failures}
                for o in outcomes
            ],
        )


def _is_special(outcome: Outcome) -> bool:
    ends = outcome.state in (State.REJECTED, State.CANCELLED)
    return ends or outcome.parks or outcome.held or outcome.moved_to is not None


async def _settle_special(connection: AsyncConnection, outcome: Outcome, now: datetime) -> None:
    """An outcome with consequences beyond its row, which follow only if the claim still stands."""
    mine = (deliveries.c.id == outcome.delivery_id) & (deliveries.c.lease_owner == outcome.lease)
    if outcome.state in (State.REJECTED, State.CANCELLED):
        await give_back(connection, mine, outcome.state, outcome.reason[:300], now)
        return
    due_at = end_of_quiet(now) if outcome.held else None
    stands = await connection.execute(
        update(deliveries)
        .where(mine)
        .values(state=outcome.state, reason=outcome.reason[:300], due_at=due_at, lease_owner=None)
    )
    if stands.rowcount and outcome.parks:
        await SqlDestinations(connection).park(outcome.destination_id, outcome.reason, now)
    if stands.rowcount and outcome.moved_to is not None:
        await SqlDestinations(connection).move(outcome.destination_id, outcome.moved_to)
