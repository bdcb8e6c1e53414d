"""What one failed send means for the message and its chat."""

from __future__ import annotations

import pytest

from bot.errors import Ambiguous, DeliveryError, Gone, Rejected, RetryLater, TokenDead
from bot.model import Address, Destination, Kind, Platform, State
from bot.planning import FIRST_RETRY, LONGEST_RETRY, backoff, failed
from bot.ports import Owed
from tests.conftest import Clock


def owed(clock: Clock, *, attempts: int = 0) -> Owed:
    destination = Destination(1, Address(Platform.WEB, "x"))
    return Owed(1, destination, Kind.ALERT, payload_id=1, attempts=attempts, created_at=clock())


@pytest.mark.parametrize(
    ("error", "state", "wait"),
    [
        (RetryLater("x", after=30.0), State.PENDING, 30),
        (RetryLater("x"), State.PENDING, FIRST_RETRY),
        (Ambiguous("x"), State.PENDING, 1),
        (Gone("x"), State.PENDING, 1),
        (Rejected("x"), State.REJECTED, 1),
        (TokenDead("x"), State.PENDING, 1),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_what_a_failure_means(clock: Clock, error: DeliveryError, state: State, wait: float) -> None:
    outcome = failed(owed(clock), error, clock(), spacing=1)
    assert (outcome.state, (outcome.not_before - clock()).total_seconds()) == (state, wait)


def test_waits_double_within_bounds() -> None:
    assert [backoff(failures) for failures in (0, 1, 2, 3)] == [5, 10, 20, 40]
    assert backoff(50) == LONGEST_RETRY
