"""Broadcasts: what an admin sends to a chosen audience, and what became of each copy."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.messages import Payload
from bot.model import Address, Platform


class Stage(StrEnum):
    """Where a broadcast is. `bot.broadcasts.stages` says which may follow which."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"
    CANCELLED = "cancelled"
    CORRECTING = "correcting"
    RECALLING = "recalling"
    RECALLED = "recalled"


WORKING = (Stage.RUNNING, Stage.CORRECTING, Stage.RECALLING)
"""Something is being sent, edited or deleted."""


@dataclass(frozen=True, slots=True)
class Target:
    """The audience as chosen. No topics = everyone; no platforms or languages = all of them.

    `below`: subscribers of the topics below count too. `urgent`: quiet hours do not hold it. `again`: also those
    who were told the story.
    """

    topics: tuple[int, ...] = ()
    below: bool = True
    platforms: tuple[Platform, ...] = ()
    languages: tuple[str, ...] = ()
    urgent: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Radius:
    """Whom a target reaches, counted. What is left out is counted once, for the first reason that holds."""

    platforms: Mapping[Platform, int] = field(default_factory=dict)  # recipients
    topics: Mapping[int, int] = field(default_factory=dict)  # recipients by topic; one may count under several
    quiet: int = 0  # of the recipients: quiet hours hold it for now
    barred: int = 0
    parked: int = 0
    paused: int = 0
    muted: int = 0
    told: int = 0

    @property
    def recipients(self) -> int:
        return sum(self.platforms.values())


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the copies of one step: a sending, a correction or a recall."""

    sent: int = 0  # or edited, or deleted
    open: int = 0  # written and not finished
    failed: Mapping[str, int] = field(default_factory=dict)  # by reason
    uncertain: int = 0
    held: int = 0  # of the open ones: they wait for the end of quiet hours

    @property
    def finished(self) -> int:
        return self.sent + self.uncertain + sum(self.failed.values())


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One broadcast. `payload_id` is what is sent, `update_id` what takes its place (0 = nothing).

    `author` is who made it, written as an address, or "command line"; `desk_id` the destination where its progress
    is shown (0 = nowhere). `shown` is the audience its author saw. `cursors` is how far it has come on a platform
    (None = all of it is written), `cursor` where a platform begins that is not among them; `total` the copies of
    this step. `progress_id` is the delivery that shows the progress (0 = none yet). `level` is the quality by which
    quiet hours judge it.
    """

    id: int
    stage: Stage
    author: str
    title: str
    target: Target
    payload_id: int
    desk_id: int = 0
    article_id: int = 0
    story_id: int = 0
    update_id: int = 0
    level: int = 0
    shown: int = 0
    cursor: int = 0
    cursors: Mapping[Platform, int | None] = field(default_factory=dict)
    written: int = 0
    total: int = 0
    progress_id: int = 0
    progress_at: datetime | None = None
    progress_done: int = 0
    spread: bool = False  # every copy of this step is written
    due_at: datetime | None = None
    created_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the audit trail: who did what, when, to how many."""

    at: datetime
    actor: str
    what: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Missed:
    """A place that did not get its copy, or whose copy could not be changed."""

    address: Address
    title: str
    reason: str


class Broadcasts(Protocol):
    async def draft(
        self,
        payload: Payload,
        now: datetime,
        *,
        author: str,
        title: str,
        desk_id: int = 0,
        article_id: int = 0,
        story_id: int = 0,
        level: int = 0,
        target: Target | None = None,
    ) -> Broadcast: ...

    async def get(self, broadcast_id: int) -> Broadcast | None: ...

    async def payload(self, broadcast: Broadcast) -> Payload: ...

    async def reword(self, broadcast: Broadcast, payload: Payload) -> None:
        """Let a draft send something else."""

    async def lock(self, broadcast_id: int) -> Broadcast | None:
        """As it is now; nobody else changes it before this unit of work ends."""

    async def newest(self, author: str) -> Broadcast | None:
        """The last broadcast that the author began, whatever became of it."""

    async def locale_of(self, broadcast: Broadcast) -> str:
        """The locale of the desk where its progress is shown; "" where there is none."""

    async def listed(self, limit: int) -> list[Broadcast]:
        """The newest ones that are more than drafts, newest first."""

    async def working(self, now: datetime) -> list[Broadcast]:
        """Those that have something to do: due, running, being corrected or recalled, paused."""

    async def step(
        self,
        broadcast_id: int,
        froms: Collection[Stage],
        to: Stage,
        now: datetime,
        *,
        actor: str = "",
        what: str = "",
        count: int = 0,
        **changes: object,
    ) -> bool:
        """Compare and set: go to a stage from one of these, with changes of other fields, noted in the audit trail.

        False where it is in another stage by now: nothing is changed then.
        """

    async def retract(self, article_id: int, title: str, payload: Payload, now: datetime) -> bool:
        """Begin to put `payload` in the place of every message that carried this article alone.

        False where nothing of the article was ever owed.
        """

    async def trail(self, broadcast_id: int) -> list[Deed]:
        """What was done to it, oldest first."""

    # ------------------------------------------------------------ audience and copies

    async def radius(self, target: Target, story_id: int, now: datetime, *, level: int) -> Radius:
        """Whom a broadcast of this quality would reach now."""

    async def languages(self) -> dict[str, int]:
        """The languages of the destinations, and how many have each."""

    async def copies(self, broadcast: Broadcast) -> int:
        """How many messages a correction or a recall would reach now."""

    async def replace(self, broadcast: Broadcast, payload: Payload, now: datetime) -> int:
        """Store what takes the place of the copies; returns its id for `update_id`."""

    async def advance(self, broadcast: Broadcast, now: datetime, *, window: int) -> int:
        """Write more deliveries, so that at most `window` a platform are written and not sent. Returns how many.

        Each platform goes on by itself. Once there are none left to write, `spread` is set.
        """

    async def hold(self, broadcast: Broadcast, now: datetime) -> int:
        """Nothing more of it leaves until `release`; what is on its way arrives. Returns how many are held."""

    async def release(self, broadcast: Broadcast, now: datetime) -> None: ...

    async def drop(self, broadcast: Broadcast, reason: str, now: datetime) -> int:
        """End what is written and not sent; its told pairs are given back. Returns how many."""

    async def drop_parked(self, broadcast: Broadcast, now: datetime) -> None:
        """What chats that were closed meanwhile were owed ends with the reason they are parked for."""

    async def unfinished(self, broadcast: Broadcast) -> bool:
        """Whether copies of this step are written that are neither sent nor given up. Cheap, unlike `tally`."""

    async def tally(self, broadcast: Broadcast, *, of_update: bool) -> Tally:
        """What became of the copies of a step. It counts every one of them."""

    async def missed(self, broadcast: Broadcast, limit: int, *, of_update: bool) -> Sequence[Missed]: ...
