"""Leases: what one process does at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Leases(Protocol):
    """Who does the work that only one process may do at a time."""

    async def take(self, name: str, owner: str, seconds: float, now: datetime) -> bool:
        """Take or keep a lease; false while another owner holds it."""

    async def release(self, name: str, owner: str) -> None:
        """Give a lease up at once, for a process that stops."""

    async def owners(self, now: datetime) -> dict[str, str]:
        """Who holds what now."""
