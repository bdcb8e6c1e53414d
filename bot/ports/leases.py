"""Leases: what one process does at a time, and in whose name."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.model import Platform


class Leases(Protocol):
    """Who does the work that only one process may do at a time."""

    async def take(self, name: str, owner: str, seconds: float, now: datetime) -> bool:
        """Take or keep a lease; false while another owner holds it."""

    async def renew(self, owner: str, seconds: float, now: datetime) -> set[str]:
        """Keep every lease of an owner, in one statement. Returns which it has."""

    async def release(self, name: str, owner: str) -> None:
        """Give a lease up at once, for a process that stops."""

    async def introduce(self, platform: Platform, bot: str, now: datetime) -> tuple[str, int] | None:
        """Note which bot a platform's token is of.

        Where it was another before: which, and how many chats that were parked then are awake again.
        """

    async def owners(self, now: datetime) -> dict[str, str]:
        """Who holds what now."""
