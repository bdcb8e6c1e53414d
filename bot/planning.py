"""What to do after one send was tried: retry, park, give up. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.errors import Ambiguous, DeliveryError, Gone, Moved, Rejected, RetryLater
from bot.model import State
from bot.ports import Outcome, Owed

TRIES = 3  # sends of one message whose answer was lost before it is called uncertain
FIRST_RETRY = 5.0  # seconds; doubled each time a destination fails again
LONGEST_RETRY = 3600.0


def sent(owed: Owed, message_id: str, now: datetime, spacing: float) -> Outcome:
    """The message is there; the next one to this chat leaves `spacing` seconds later."""
    return Outcome(
        owed.id,
        owed.destination.id,
        State.SENT,
        now + timedelta(seconds=spacing),
        message_id=message_id,
        attempts=owed.attempts,
    )


def failed(owed: Owed, error: DeliveryError, now: datetime, spacing: float) -> Outcome:
    """What a failed send means for the message and its destination.

    `owed.attempts` counts only sends whose answer was lost: a plain refusal to serve now (429, 5xx, no
    connection) costs nothing and may be repeated for as long as it takes.
    """
    after = now + timedelta(seconds=spacing)
    destination = owed.destination.id
    reason = str(error)
    match error:
        case RetryLater():
            delay = error.after if error.after is not None else backoff(owed, now)
            again = now + timedelta(seconds=max(delay, spacing))
            return Outcome(owed.id, destination, State.PENDING, again, reason=reason, attempts=owed.attempts)
        case Ambiguous():
            tries = owed.attempts + 1
            state = State.UNCERTAIN if tries >= TRIES else State.PENDING
            return Outcome(owed.id, destination, state, after, reason=reason, attempts=tries)
        case Gone():
            return Outcome(owed.id, destination, State.PENDING, after, reason=reason, parks=True)
        case Moved():
            return Outcome(owed.id, destination, State.PENDING, now, reason=reason, moved_to=error.to)
        case Rejected():
            return Outcome(owed.id, destination, State.REJECTED, after, reason=reason)
    return Outcome(owed.id, destination, State.PENDING, after, reason=reason, attempts=owed.attempts)


def backoff(owed: Owed, now: datetime) -> float:
    """Seconds to wait: as long as the message has been waiting, within bounds, so that waits double."""
    waited = (now - owed.created_at).total_seconds()
    return min(max(waited, FIRST_RETRY), LONGEST_RETRY)
