"""What to do after one send was tried: retry, park, give up. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.errors import Ambiguous, DeliveryError, Gone, MessageGone, Moved, Rejected, RetryLater, Undeletable
from bot.model import TRIES, State
from bot.ports import Outcome, Owed

FIRST_RETRY = 5.0  # seconds; doubled each time a destination fails again
LONGEST_RETRY = 3600.0


def sent(owed: Owed, message_id: str, now: datetime, spacing: float) -> Outcome:
    """The message is there; the next one to this chat leaves `spacing` seconds later."""
    return replace(_again(owed, "", now, spacing), state=State.SENT, message_id=message_id, failures=0)


def failed(owed: Owed, error: DeliveryError, now: datetime, spacing: float) -> Outcome:
    """What a failed send means for the message and its destination.

    `owed.attempts` counts only sends whose answer was lost: a plain refusal to serve now (429, 5xx, no
    connection) costs nothing and may be repeated for as long as it takes.
    """
    again = _again(owed, str(error), now, spacing)
    match error:
        case RetryLater():
            delay = error.after if error.after is not None else backoff(owed.failures)
            later = now + timedelta(seconds=max(delay, spacing))
            return replace(again, not_before=later, failures=owed.failures + 1)
        case Ambiguous():
            tries = owed.attempts + 1
            state = State.UNCERTAIN if tries >= TRIES else State.PENDING
            return replace(again, state=state, attempts=tries)
        case Gone():
            return replace(again, parks=True)
        case Moved():
            return replace(again, not_before=now, moved_to=error.to)
        case MessageGone() | Undeletable():
            return replace(again, state=State.CANCELLED)
        case Rejected():
            return replace(again, state=State.REJECTED)
    return again


def put_back(owed: Owed, now: datetime) -> Outcome:
    """It was not sent: somebody else may send it at once."""
    return _again(owed, "not sent in time", now, 0.0)


def void(owed: Owed, now: datetime) -> Outcome:
    """Nothing is left to say: it is not sent, and what it would have told is not told."""
    return replace(_again(owed, "nothing left to tell", now, 0.0), state=State.CANCELLED)


def held(owed: Owed, now: datetime) -> Outcome:
    """Quiet hours run there: it waits for their end, which storage knows."""
    return replace(_again(owed, "", now, 0.0), held=True)


def backoff(failures: int) -> float:
    """Seconds to wait after so many failures in a row and one more."""
    return float(min(FIRST_RETRY * 2 ** min(failures, 20), LONGEST_RETRY))


def _again(owed: Owed, reason: str, now: datetime, spacing: float) -> Outcome:
    return Outcome(
        owed.id,
        owed.destination.id,
        State.PENDING,
        now + timedelta(seconds=spacing),
        message_id=owed.message_id,
        reason=reason,
        attempts=owed.attempts,
        failures=owed.failures,
        lease=owed.lease,
    )
