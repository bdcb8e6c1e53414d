"""What in a chat's filters holds an article back, for the gate of `/why`. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from bot.commands.wording import packed
from bot.filters import Hold, holds
from bot.matching import Criteria, Reader, cleared

KINDS = {"require": "r", "exclude": "x", "muted": "m", "preferred": "p"}
"""Fields of filters and looks as they are written in a button's action."""

EVERY = "all"  # in the place of an entry's mark: all entries of that kind


@dataclass(frozen=True, slots=True)
class Held:
    """`topic_id` is 0 where a filter of the whole chat does it."""

    hold: Hold
    topic_id: int

    @property
    def release(self) -> str:
        """The action of the button that takes this entry out of the filters."""
        return dropping(self.topic_id, self.hold.kind, self.hold.entry)


def held(criteria: Criteria, reader: Reader, otherwise: int = 0) -> list[Held]:
    """All that filters keep the article for, from a reader whose other gates are open; empty where none does.

    Of several topics that would bring it the one with the fewest reasons counts; where none would yet, `otherwise`.
    """
    of_all = [Held(hold, 0) for hold in holds(reader.screen.of_all, criteria.subject)]
    topics = [window.topic_id for window, _bar in cleared(criteria, reader)] or [otherwise]
    own = [[Held(hold, t) for hold in holds(reader.screen.of(t), criteria.subject)] for t in topics]
    return [*of_all, *min(own, key=len)]


def dropping(topic_id: int, kind: str, entry: str) -> str:
    """The action of a button that takes one entry (or, for "", all of its kind) out of a filter."""
    return packed("drop", topic_id, KINDS[kind], mark_of(entry) if entry else EVERY)


def mark_of(entry: str) -> str:
    """A short name for an entry, which may be longer than a button's action."""
    return f"{crc32(entry.encode()):08x}"
