"""One message owed to one destination: what it is, how urgent, and how far it got."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Kind(StrEnum):
    ALERT = "alert"
    FOLLOW = "follow"  # news on a story that somebody follows: a new message
    UPDATE = "update"  # a message that was sent before, changed or taken away
    DIGEST = "digest"
    RECAP = "recap"
    BROADCAST = "broadcast"
    NOTICE = "notice"


class Priority(IntEnum):
    """The classes of the queue, most urgent first. Replies skip the queue and have none."""

    NOTICE = 0
    ALERT = 1
    UPDATE = 2
    FOLLOW = UPDATE
    DIGEST = 3
    RECAP = DIGEST
    BROADCAST = 4
    EDIT = 5  # of a card that was sent; an editor's correction is an UPDATE


class State(StrEnum):
    PENDING = "pending"
    LEASED = "leased"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    PARKED = "parked"
    REJECTED = "rejected"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


TRIES = 3
"""Sends of one message whose answer was lost, before it is called uncertain."""
