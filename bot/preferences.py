"""What a chat prefers: which stories pass beyond topic and rating, and how they look and sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Filters:
    """What stories must be like beyond their topic and rating.

    `require`: words of which one must occur; `exclude`: words of which none may; `muted`: outlets that are never
    told. A word is written as `bot.filters` reads it: plain, with a star at its end, or /as an expression/.
    """

    require: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    muted: tuple[str, ...] = ()


NO_FILTERS = Filters()


class Form(StrEnum):
    """How large an alert is shown: one line, the card, or a picture first."""

    COMPACT = "compact"
    CARD = "card"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Look:
    """How messages look and sound in a chat. Coverage by the outlets `preferred` is named first."""

    form: Form = Form.CARD
    silent: bool = False
    preferred: tuple[str, ...] = ()


FIRST_LOOK = Look()


@dataclass(frozen=True, slots=True)
class FollowedStory:
    """A story that a chat follows or has muted. `last_at`: when it last heard of it, or began to follow."""

    story_id: int
    last_at: datetime


EXPORTED = ("platform", "chat", "thread", "title", "locale", "timezone", "subscriptions")
"""The fields of one destination that `topicwire import` reads (design, "Command line")."""

CHOSEN = ("form", "silent", "preferred", "filters")
"""And those that stand there only where a chat chose them."""


def importable(record: Mapping[str, Any]) -> dict[str, Any]:
    """What of everything known about a destination an import takes in."""
    return {name: record.get(name) for name in EXPORTED} | {name: record[name] for name in CHOSEN if name in record}
