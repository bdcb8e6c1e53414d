"""Values that pass between use cases and storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.messages import Payload
from bot.model import (
    Address,
    Article,
    Destination,
    Kind,
    Platform,
    State,
)
from bot.stories import Account


@dataclass(frozen=True, slots=True)
class Founder:
    """A story as a candidate: its founding article's account and its strength."""

    story_id: int
    account: Account
    quality: int | None


@dataclass(frozen=True, slots=True)
class Save:
    """One article to store: its content and what the ingest decided about it."""

    article: Article
    id: int | None  # None = new
    story_id: int | None  # None = founds its own, unless `counts` is false: then it has none yet
    topic_ids: tuple[int, ...]
    counts: bool  # this version counts for "best quality before"
    waits_until: datetime | None = None
    news: bool = False  # it could be told as it stands, or was there at the first look: it counts for the archive


@dataclass(frozen=True, slots=True)
class Audience:
    """Why nobody, or who, of the readers whose bar an article newly clears."""

    owed: int = 0  # new deliveries
    cleared: int = 0  # readers whose bar it newly clears, told or not
    told: int = 0  # of them: had been told the story
    barred: int = 0
    paused: int = 0
    muted: int = 0
    filtered: int = 0
    lowest_bar: int | None = None  # the lowest alert bar on its topics, cleared or not


@dataclass(frozen=True, slots=True)
class Carrier:
    """The message by which a destination is told a story; without `kind` it is still to be written, after a flood.

    `due_at`: an alert that quiet hours hold until then, or a digest that leaves then.
    """

    kind: Kind | None
    state: State
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LastNews:
    """The last message with stories that a destination got, and of each story in it the article that told it."""

    at: datetime
    kind: Kind
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """One claimed delivery, with all that is needed to send it."""

    id: int
    destination: Destination
    kind: Kind
    payload_id: int
    attempts: int  # sends already tried whose answer was lost
    created_at: datetime
    lease: str = ""  # the claim it belongs to; an answer that comes after that has lapsed is void
    failures: int = 0  # sends to this destination that failed in a row
    message_id: str = ""  # of the message that an update is about


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a claimed delivery. PENDING = again later, not before `not_before`."""

    delivery_id: int
    destination_id: int
    state: State
    not_before: datetime  # earliest next message to this destination
    message_id: str = ""
    reason: str = ""
    attempts: int = 0
    failures: int = 0
    lease: str = ""
    parks: bool = False  # the whole destination, with `reason`
    held: bool = False  # until the end of the destination's quiet hours
    moved_to: Address | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How one process works one token: its name as lease owner, the rate, and what went out beside the queue."""

    platform: Platform
    owner: str
    rate: float  # messages a second
    lease: float  # seconds a claim is held
    horizon: float  # seconds of sending in one claim
    sending: tuple[int, ...] = ()  # deliveries on their way now, which nobody has to take over
    unsure: bool = False  # the last claim may have been written unknown to us: what it leased was not sent
    lead: float = 0.0  # seconds before the first message can leave: what claiming itself takes
    booked: float = 0.0  # where the last claim left the token's clock, in seconds since 1970
    released: float = 0.0  # where it belongs instead, if nobody moved it since: slots that were not used
    debit: int = 0  # messages sent beside the queue since the last claim
    flooded: float = 0.0  # seconds the whole token must rest after a rate-limit answer
    slower: bool = False  # a rate-limit answer came: use less of the rate for a while
    dead: str = ""  # why the platform refuses the token


@dataclass(frozen=True, slots=True)
class Claim:
    """Leased deliveries, each with the moment at which the token's clock lets it go."""

    owed: tuple[Owed, ...]
    slots: tuple[float, ...]  # seconds from `now` at which each may leave
    payloads: Mapping[int, Payload]  # what they carry, by payload id
    waiting: bool  # more is due than was claimed
    now: datetime  # when it was made, by the clock that counts
    booked: float  # where it left the token's clock, in seconds since 1970


@dataclass(frozen=True, slots=True)
class Line:
    """One message in a web chat. `author` is "you" or "bot"; `body` is what the page needs to draw it."""

    id: int
    author: str
    body: dict[str, Any]
    at: datetime
