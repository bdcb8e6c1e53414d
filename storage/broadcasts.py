"""Broadcasts: what admins send, in which stage it is, and who did what to it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Payload
from bot.model import Platform
from bot.ports import WORKING, Broadcast, Deed, Missed, Radius, Stage, Tally, Target
from storage import copies, recipients
from storage.codec import dump_payload, load_payload
from storage.columns import Instant
from storage.tables import broadcasts, deeds, deliveries, destinations, payloads

_TARGET = TypeAdapter(Target)
_CURSORS = TypeAdapter(dict[Platform, int | None])

_WORKING = (
    select(broadcasts)
    .where(
        broadcasts.c.stage.in_([*(stage.value for stage in WORKING), Stage.PAUSED.value])
        | (broadcasts.c.stage == Stage.SCHEDULED) & (broadcasts.c.due_at <= bindparam("now", type_=Instant))
        | (broadcasts.c.stage == Stage.STOPPED) & broadcasts.c.finished_at.is_(None)
    )
    .order_by(broadcasts.c.id)
)  # made once: it is asked all the time


class SqlBroadcasts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

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
    ) -> Broadcast:
        payload_id = await self._payload(payload, article_id, now)
        return await self._insert(
            now,
            stage=Stage.DRAFT,
            author=author,
            title=title,
            desk_id=desk_id,
            article_id=article_id,
            story_id=story_id,
            level=level,
            payload_id=payload_id,
            first_copy=await self._connection.scalar(select(func.max(deliveries.c.id))) or 0,
            target=_dump(target or Target()),
        )

    async def get(self, broadcast_id: int) -> Broadcast | None:
        row = (await self._connection.execute(select(broadcasts).where(broadcasts.c.id == broadcast_id))).first()
        return _broadcast(row) if row else None

    async def lock(self, broadcast_id: int) -> Broadcast | None:
        its_row = select(broadcasts).where(broadcasts.c.id == broadcast_id).with_for_update()
        row = (await self._connection.execute(its_row)).first()
        return _broadcast(row) if row else None

    async def payload(self, broadcast: Broadcast) -> Payload:
        body = await self._connection.scalar(select(payloads.c.body).where(payloads.c.id == broadcast.payload_id))
        return load_payload(str(body))

    async def reword(self, broadcast: Broadcast, payload: Payload) -> None:
        own = payloads.c.id == broadcast.payload_id
        await self._connection.execute(update(payloads).where(own).values(body=dump_payload(payload)))

    async def newest(self, author: str) -> Broadcast | None:
        row = (
            await self._connection.execute(
                select(broadcasts).where(broadcasts.c.author == author).order_by(broadcasts.c.id.desc()).limit(1)
            )
        ).first()
        return _broadcast(row) if row else None

    async def locale_of(self, broadcast: Broadcast) -> str:
        desk = select(destinations.c.locale).where(destinations.c.id == broadcast.desk_id)
        return await self._connection.scalar(desk) or ""

    async def listed(self, limit: int) -> list[Broadcast]:
        rows = await self._connection.execute(
            select(broadcasts)
            .where(broadcasts.c.stage != Stage.DRAFT)
            .order_by(broadcasts.c.id.desc())
            .limit(limit)
        )
        return [_broadcast(row) for row in rows]

    async def working(self, now: datetime) -> list[Broadcast]:
        return [_broadcast(row) for row in await self._connection.execute(_WORKING, {"now": now})]

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
        if "target" in changes:
            changes["target"] = _TARGET.dump_json(changes["target"], exclude_defaults=True).decode()  # type: ignore[arg-type]
        if "cursors" in changes:
            changes["cursors"] = _CURSORS.dump_json(changes["cursors"]).decode()  # type: ignore[arg-type]
        moved = await self._connection.execute(
            update(broadcasts)
            .where(broadcasts.c.id == broadcast_id, broadcasts.c.stage.in_([stage.value for stage in froms]))
            .values(stage=to.value, **changes)
        )
        if moved.rowcount and what:
            await self._note(broadcast_id, now, actor, what, count)
        return bool(moved.rowcount)

    async def retract(self, article_id: int, title: str, payload: Payload, now: datetime) -> bool:
        carried = await self._connection.scalar(
            select(payloads.c.id).where(payloads.c.article_id == article_id).limit(1)
        )
        if carried is None:
            return False
        made = await self._insert(
            now,
            stage=Stage.CORRECTING,
            author="retracted",
            title=title,
            article_id=article_id,
            update_id=await self._payload(payload, 0, now),
            target=_dump(Target()),
            started_at=now,
        )
        await self._note(made.id, now, "", "retract", 0)
        return True

    async def trail(self, broadcast_id: int) -> list[Deed]:
        rows = await self._connection.execute(
            select(deeds).where(deeds.c.broadcast_id == broadcast_id).order_by(deeds.c.id)
        )
        return [Deed(row.at, row.actor, row.what, row.copies) for row in rows]

    # ------------------------------------------------------------ audience and copies

    async def radius(self, target: Target, story_id: int, now: datetime, *, level: int) -> Radius:
        return await recipients.radius(self._connection, target, story_id, now, level=level)

    async def languages(self) -> dict[str, int]:
        tongue = recipients.language()
        rows = await self._connection.execute(
            select(tongue.label("language"), func.count().label("n")).select_from(destinations).group_by(tongue)
        )
        return {row.language: row.n for row in rows}

    async def copies(self, broadcast: Broadcast) -> int:
        found = await self._connection.scalar(
            select(func.count()).select_from(deliveries).where(copies.standing(broadcast))
        )
        return int(found or 0)

    async def replace(self, broadcast: Broadcast, payload: Payload, now: datetime) -> int:
        del broadcast
        return await self._payload(payload, 0, now)

    async def advance(self, broadcast: Broadcast, now: datetime, *, window: int) -> int:
        ahead = await copies.unsent(self._connection, broadcast)
        cursors, written = dict(broadcast.cursors), 0
        for platform in broadcast.target.platforms or Platform:
            room, cursor = window - ahead.get(platform, 0), cursors.get(platform, broadcast.cursor)
            if cursor is None or room <= window // 2:
                continue
            write = recipients.write if broadcast.stage is Stage.RUNNING else copies.rewrite
            cursors[platform], more = await write(self._connection, broadcast, platform, cursor, now, limit=room)
            written += more
        spread = all(cursors.get(platform, 0) is None for platform in broadcast.target.platforms or Platform)
        if cursors != broadcast.cursors or written:
            await self._connection.execute(
                update(broadcasts)
                .where(broadcasts.c.id == broadcast.id)
                .values(
                    cursors=_CURSORS.dump_json(cursors).decode(),
                    written=broadcasts.c.written + written,
                    spread=spread,
                )
            )
        return written

    async def hold(self, broadcast: Broadcast, now: datetime) -> int:
        del now
        return await copies.hold(self._connection, broadcast)

    async def release(self, broadcast: Broadcast, now: datetime) -> None:
        await copies.release(self._connection, broadcast, now)

    async def drop(self, broadcast: Broadcast, reason: str, now: datetime) -> int:
        return await copies.drop(self._connection, broadcast, reason, now)

    async def drop_parked(self, broadcast: Broadcast, now: datetime) -> None:
        await copies.drop_parked(self._connection, broadcast, now)

    async def unfinished(self, broadcast: Broadcast) -> bool:
        return await copies.unfinished(self._connection, broadcast)

    async def tally(self, broadcast: Broadcast, *, of_update: bool) -> Tally:
        return await copies.tally(self._connection, broadcast.update_id if of_update else broadcast.payload_id)

    async def missed(self, broadcast: Broadcast, limit: int, *, of_update: bool) -> Sequence[Missed]:
        payload_id = broadcast.update_id if of_update else broadcast.payload_id
        return await copies.missed(self._connection, payload_id, limit)

    # ------------------------------------------------------------ within

    async def _payload(self, payload: Payload, article_id: int, now: datetime) -> int:
        made = await self._connection.scalar(
            payloads.insert()
            .values(article_id=article_id or None, body=dump_payload(payload), created_at=now)
            .returning(payloads.c.id)
        )
        return int(made or 0)

    async def _insert(self, now: datetime, **values: Any) -> Broadcast:
        made = broadcasts.insert().values(created_at=now, **values).returning(broadcasts)
        return _broadcast((await self._connection.execute(made)).one())

    async def _note(self, broadcast_id: int, now: datetime, actor: str, what: str, count: int) -> None:
        await self._connection.execute(
            deeds.insert().values(broadcast_id=broadcast_id, at=now, actor=actor, what=what, copies=count)
        )


def _dump(target: Target) -> str:
    return _TARGET.dump_json(target, exclude_defaults=True).decode()


def _broadcast(row: Row[Any]) -> Broadcast:
    values = {name: value for name, value in row._mapping.items() if name != "first_copy"}  # noqa: SLF001
    read = {"target": _TARGET.validate_json(row.target), "cursors": _CURSORS.validate_json(row.cursors)}
    return Broadcast(**{**values, **read, "stage": Stage(row.stage)})
