"""What the database tells an operator: figures of the moment, troubles, and what became of single messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.messages import Payload
from bot.model import Kind, Platform, State


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source as last looked at. `read_at`: when a file of it was last new or changed, else the first look.

    `files` and `refused` are 0 where nobody asked to count them.
    """

    name: str
    files: int
    refused: int
    looked_at: datetime | None
    read_at: datetime | None
    fault: str = ""
    baselined: bool = False  # what was there at the first look, or when it came back, is known


@dataclass(frozen=True, slots=True)
class Figures:
    """The installation at one moment."""

    queue: Mapping[tuple[Platform, Kind, State], int]  # what is not finished: pending, leased, parked
    oldest_due: Mapping[Platform, datetime]  # when the oldest delivery that could leave now was written
    destinations: Mapping[Platform, int]
    parked: Mapping[tuple[Platform, str], int]  # destinations by the reason they are parked for
    sources: tuple[SourceState, ...]
    owners: Mapping[str, str]  # lease -> the process that holds it


@dataclass(frozen=True, slots=True)
class Troubles:
    """What an admin may have to act on: the state of things, and what happened since a moment."""

    sources: tuple[SourceState, ...]
    dead_tokens: Mapping[Platform, str]  # why the platform refuses the token
    parked: Mapping[tuple[Platform, str], int]  # destinations parked since then, by reason
    destinations: Mapping[Platform, int]  # of these platforms: how many there are
    lost: Mapping[tuple[Platform, State], int]  # deliveries that became uncertain or rejected since then


@dataclass(frozen=True, slots=True)
class Standing:
    """An alarm that was raised and is not over. `fine_since`: its cause is gone since then, but not for long."""

    cause: str
    name: str
    told_at: datetime
    fine_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """One delivery in hindsight. `done_at` is None while it is not finished."""

    kind: Kind
    state: State
    payload: Payload | None  # None: pruned
    created_at: datetime
    done_at: datetime | None
    attempts: int
    reason: str
    message_id: str


class Alarms(Protocol):
    """What admins were alarmed about, so that each cause is told once a day and its end once."""

    async def troubles(self, since: datetime) -> Troubles:
        """What is wrong now, and what went wrong since then."""

    async def standing(self) -> list[Standing]:
        """Alarms that were raised and are not over."""

    async def put(self, standing: Standing) -> None: ...

    async def drop(self, standing: Standing) -> None: ...
