"""Who may use the bot at all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.model import Address, Admission


class Access(Protocol):
    """What admins decided about chats. A decision is about a whole chat, with all its threads."""

    async def of(self, address: Address) -> Admission | None:
        """What was decided about this chat; None = nothing yet."""

    async def put(self, address: Address, admission: Admission, now: datetime) -> None:
        """Let a chat in, or ban it; a banned one is owed nothing from now on, and what was queued is cancelled."""

    async def decided(self, admission: Admission) -> list[Address]:
        """The chats with this decision, the oldest first."""

    async def enforce(self, now: datetime, *, invited_only: bool, admins: Collection[Address]) -> None:
        """Apply the setting ACCESS to what is stored: with `invited_only`, chats nobody let in are owed nothing.

        The chats of `admins` need no invitation.
        """
