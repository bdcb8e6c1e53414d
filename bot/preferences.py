"""What a chat prefers: which stories pass beyond topic and rating, and how they look and sound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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

FEWEST_OUTLETS, MOST_OUTLETS = 2, 50  # to wait for: one carries every story, more carry none


@dataclass(frozen=True, slots=True)
class Screen:
    """All filters of a chat: those for everything, and those of single subscriptions by topic id."""

    of_all: Filters = NO_FILTERS
    own: tuple[tuple[int, Filters], ...] = ()

    def of(self, topic_id: int) -> Filters:
        """The filters of one subscription."""
        return dict(self.own).get(topic_id, NO_FILTERS)


NO_SCREEN = Screen()


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
