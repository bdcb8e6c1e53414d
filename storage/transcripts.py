"""What was said in web chats: the web platform's own memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Line
from storage.dialect import insert
from storage.tables import transcripts

KEPT = 500  # messages a chat keeps


class SqlTranscripts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, chat: str, author: str, body: Mapping[str, Any], now: datetime, *, nonce: str = "") -> int:
        added = await self._connection.scalar(
            insert(self._connection, transcripts)
            .values(chat=chat, author=author, body=json.dumps(body), created_at=now, nonce=nonce or None)
            .on_conflict_do_nothing(index_elements=["chat", "nonce"])
            .returning(transcripts.c.id)
        )
        if added is None:  # this nonce is there already
            added = await self._connection.scalar(
                select(transcripts.c.id).where(transcripts.c.chat == chat, transcripts.c.nonce == nonce)
            )
        oldest = await self._connection.scalar(
            select(transcripts.c.id)
            .where(transcripts.c.chat == chat)
            .order_by(transcripts.c.id.desc())
            .offset(KEPT)
            .limit(1)
        )
        if oldest is not None:
            await self._connection.execute(
                delete(transcripts).where(transcripts.c.chat == chat, transcripts.c.id <= oldest)
            )
        return int(added or 0)

    async def change(self, chat: str, line_id: int, body: Mapping[str, Any]) -> None:
        await self._connection.execute(
            update(transcripts)
            .where(transcripts.c.chat == chat, transcripts.c.id == line_id)
            .values(body=json.dumps(body))
        )

    async def remove(self, chat: str, line_id: int) -> bool:
        gone = await self._connection.execute(
            delete(transcripts).where(transcripts.c.chat == chat, transcripts.c.id == line_id)
        )
        return gone.rowcount > 0

    async def since(self, chat: str, line_id: int, limit: int = 200) -> list[Line]:
        rows = await self._connection.execute(
            select(transcripts)
            .where(transcripts.c.chat == chat, transcripts.c.id > line_id)
            .order_by(transcripts.c.id.desc())
            .limit(limit)
        )
        lines = [Line(row.id, row.author, json.loads(row.body), row.created_at) for row in rows]
        return lines[::-1]
