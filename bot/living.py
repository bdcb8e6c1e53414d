"""When an alert that was sent is worth changing: its story has gained real weight. Pure.

Publishers rewrite their lists of related coverage each hour, and most of that is noise. So outlets count once for
ever, whether or not they are listed now, and a card changes in steps that a reader would call news.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

RECENT = timedelta(hours=48)
"""Alerts older than this stay as they are."""

MOST_EDITS = 3  # of one message
MORE_OUTLETS = 3  # that came to it since the card was last drawn
FEWEST_DOUBLED = 4  # two outlets where one was are no news
STRONGER = 10  # by which the rating of another article that leads now surpasses the one shown


@dataclass(frozen=True, slots=True)
class Weight:
    """What a card says of its story: how many outlets ever carried it, and which article leads, of which rating."""

    outlets: int
    lead: int  # article id
    level: int


def gained(shown: Weight, now: Weight) -> bool:
    """Whether the story has gained so much since its card was drawn that the card is to be drawn anew."""
    more = now.outlets - shown.outlets
    doubled = now.outlets >= max(2 * shown.outlets, FEWEST_DOUBLED)
    stronger = now.lead != shown.lead and now.level >= shown.level + STRONGER
    return more >= MORE_OUTLETS or doubled or stronger
