"""Conditions on a delivery that a partial index serves."""

from __future__ import annotations

from sqlalchemy import ColumnElement, bindparam, literal_column

from bot.model import Kind, State
from storage.tables import deliveries


def state_in(*states: State) -> ColumnElement[bool]:
    """The states written out instead of bound: a database sees then that an index on just these rows will do."""
    return deliveries.c.state.in_(bindparam(None, states, expanding=True, literal_execute=True))


PENDING: ColumnElement[bool] = deliveries.c.state == literal_column(f"'{State.PENDING.value}'")
OPEN = state_in(State.PENDING, State.LEASED, State.PARKED)
WAITING = OPEN & state_in(State.PENDING, State.PARKED)
LOST = state_in(State.UNCERTAIN, State.REJECTED)
UNPAUSED: ColumnElement[bool] = deliveries.c.kind.in_(
    bindparam(None, (Kind.UPDATE.value, Kind.NOTICE.value), expanding=True, literal_execute=True)
)
"""What a pause does not hold: changes of messages make no noise, and notices are about the bot, to its admins."""

COPIES: ColumnElement[bool] = deliveries.c.kind.in_(
    bindparam(None, (Kind.BROADCAST.value, Kind.UPDATE.value), expanding=True, literal_execute=True)
)
"""What broadcasts send and change; written out like the states."""
