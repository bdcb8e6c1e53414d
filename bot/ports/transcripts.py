"""What the chat page remembers of its chats."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from bot.ports.records import Line


class Transcripts(Protocol):
    """The web platform's own memory of its chats."""

    async def add(self, chat: str, author: str, body: Mapping[str, Any], now: datetime, *, nonce: str = "") -> int:
        """Append a message; the same nonce is stored once. Returns its id."""

    async def change(self, chat: str, line_id: int, body: Mapping[str, Any]) -> None: ...

    async def remove(self, chat: str, line_id: int) -> bool:
        """Whether there was such a message."""

    async def since(self, chat: str, line_id: int, limit: int = 200) -> list[Line]:
        """The newest `limit` messages after `line_id`, oldest first."""
