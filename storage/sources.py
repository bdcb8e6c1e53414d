"""What is known of each source: its files as last read, its refusals, its last look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import FileRead, FileRefused, FileStamp
from bot.ports import SourceState
from storage.dialect import insert
from storage.tables import files, sources

CHUNK = 500  # paths in one statement; databases bound the number of parameters


class SqlSources:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def stamps(self, source: str) -> dict[str, FileStamp]:
        rows = await self._connection.execute(
            select(files.c.path, files.c.size, files.c.mtime_ns).where(files.c.source == source)
        )
        return {row.path: FileStamp(row.size, row.mtime_ns) for row in rows}

    async def baselined(self, source: str) -> bool:
        """Whether all that was there at the first look, or when it came back, is known."""
        found = await self._connection.scalar(select(sources.c.baselined).where(sources.c.name == source))
        return bool(found)

    async def looked(self, source: str, now: datetime, *, fault: str = "", baselined: bool | None = None) -> None:
        values: dict[str, Any] = {"looked_at": now, "fault": fault}
        if baselined is not None:
            values["baselined"] = baselined
        first = {"baselined": False, "read_at": now}
        statement = insert(self._connection, sources).values(name=source, **{**first, **values})
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))

    async def put_files(self, source: str, read: Sequence[FileRead], gone: Sequence[str], now: datetime) -> None:
        if read:
            await self._read(source, now)
            statement = insert(self._connection, files)
            statement = statement.on_conflict_do_update(
                index_elements=["source", "path"],
                set_={name: statement.excluded[name] for name in ("size", "mtime_ns", "refused", "changed_at")},
            )
            await self._connection.execute(
                statement,
                [
                    {
                        "source": source,
                        "path": file.path,
                        "size": file.stamp.size,
                        "mtime_ns": file.stamp.mtime_ns,
                        "refused": file.content.reason if isinstance(file.content, FileRefused) else None,
                        "changed_at": now,
                    }
                    for file in read
                ],
            )
        for start in range(0, len(gone), CHUNK):
            await self._connection.execute(
                delete(files).where(files.c.source == source, files.c.path.in_(gone[start : start + CHUNK]))
            )

    async def _read(self, source: str, now: datetime) -> None:
        statement = insert(self._connection, sources).values(name=source, baselined=False, fault="", read_at=now)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["name"], set_={"read_at": now})
        )

    async def states(self, *, counted: bool = False) -> tuple[SourceState, ...]:
        counts: dict[str, tuple[int, int]] = {}
        if counted:
            of_each = select(files.c.source, func.count().label("n"), func.count(files.c.refused).label("refused"))
            rows = await self._connection.execute(of_each.group_by(files.c.source))
            counts = {row.source: (row.n, row.refused) for row in rows}
        found = await self._connection.execute(select(sources).order_by(sources.c.name))
        return tuple(
            SourceState(
                row.name,
                *counts.get(row.name, (0, 0)),
                looked_at=row.looked_at,
                read_at=row.read_at,
                fault=row.fault,
                baselined=row.baselined,
            )
            for row in found
        )

    async def report(self) -> list[dict[str, Any]]:
        """Per source: name, files, refused (path -> reason), looked_at, fault."""
        counts = {
            row.source: row.n
            for row in await self._connection.execute(
                select(files.c.source, func.count().label("n")).group_by(files.c.source)
            )
        }
        refused: dict[str, dict[str, str]] = {}
        for row in await self._connection.execute(
            select(files.c.source, files.c.path, files.c.refused)
            .where(files.c.refused.is_not(None))
            .order_by(files.c.source, files.c.path)
        ):
            refused.setdefault(row.source, {})[row.path] = row.refused
        rows = await self._connection.execute(select(sources).order_by(sources.c.name))
        return [
            {
                "name": row.name,
                "files": counts.get(row.name, 0),
                "refused": refused.get(row.name, {}),
                "looked_at": row.looked_at,
                "fault": row.fault,
            }
            for row in rows
        ]
