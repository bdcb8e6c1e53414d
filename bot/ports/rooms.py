"""Rooms: who besides their admins may change what they receive."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.messages import Person
from bot.model import Address, Platform


class Managers(Protocol):
    """Whom the admins of a room named. A person is an id of the platform, or `@handle` until its owner shows up.

    Those named in a chat itself count in all its threads too.
    """

    async def of(self, address: Address) -> list[Person]:
        """Who was named here, in that order."""

    async def put(self, destination_id: int, person: Person, now: datetime) -> None: ...

    async def remove(self, address: Address, person_id: str) -> bool:
        """Whether there was such a manager here."""

    async def known(self, platform: Platform, person_id: str) -> bool:
        """Whether a person was named anywhere on a platform."""

    async def identify(self, address: Address, handle: str, person: Person) -> None:
        """The owner of a handle has shown up: the id takes its place in this chat."""
