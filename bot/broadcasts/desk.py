"""What an admin decides about a broadcast: each act is one transaction that compares the stage and sets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from bot.broadcasts.stages import WAYS, Act
from bot.broadcasts.wording import progress
from bot.broadcasts.writing import named, written
from bot.cards import card_of
from bot.matching import leaves, level
from bot.messages import Payload
from bot.model import StoredArticle
from bot.ports import Broadcast, Radius, Stage, Storage, Target, Work
from bot.texts import texts

log = structlog.get_logger(__name__)

COMMAND_LINE = "command line"


class Elsewhere(Exception):  # noqa: N818 - somebody else was faster
    """The broadcast is in a stage in which this cannot be done; `stage` says in which, None where it is gone."""

    def __init__(self, stage: Stage | None) -> None:
        super().__init__(str(stage))
        self.stage = stage


class NoCopies(Exception):  # noqa: N818
    """There is no message to correct or to take back."""


async def draft_story(
    work: Work, stored: StoredArticle, now: datetime, *, author: str, desk_id: int = 0, target: Target | None = None
) -> Broadcast:
    """A draft that sends this article's card, to the readers of its topics unless a target says otherwise."""
    catalogue = await work.topics.catalogue()
    siblings = await work.articles.of_story(stored.story_id) if stored.story_id else []
    card = card_of(stored, siblings, catalogue)
    found = leaves(stored.article.topics, catalogue)
    topics = dict.fromkeys(topic.id for leaf in found for topic in catalogue.chain(leaf))  # all who follow it
    target = target or Target(topics=tuple(topics), below=False)
    return await work.broadcasts.draft(
        Payload(cards=(card,), urgent=target.urgent),
        now,
        author=author,
        title=stored.article.title,
        desk_id=desk_id,
        article_id=stored.id,
        story_id=stored.story_id or 0,
        level=level(stored.article.quality),
        target=target,
    )


async def draft_text(work: Work, text: str, now: datetime, *, author: str, desk_id: int) -> Broadcast:
    """A draft of an editor's own words, to everyone."""
    spans, image = written(text)
    return await work.broadcasts.draft(
        Payload(text=spans, image=image), now, author=author, title=named(spans), desk_id=desk_id
    )


async def aim(work: Work, broadcast: Broadcast, target: Target, now: datetime) -> tuple[Broadcast, Radius]:
    """Give a draft another audience; what it would reach now is what its author is shown. Raises Elsewhere."""
    radius = await work.broadcasts.radius(target, broadcast.story_id, now, level=broadcast.level)
    changes: dict[str, Any] = {"target": target, "shown": radius.recipients}
    way = WAYS[Act.CHANGE]
    if not await work.broadcasts.step(broadcast.id, way.froms, way.to, now, **changes):
        raise Elsewhere(await stage_of(work, broadcast.id))
    if target.urgent != broadcast.target.urgent:  # the sender judges by what is sent
        payload = await work.broadcasts.payload(broadcast)
        await work.broadcasts.reword(broadcast, replace(payload, urgent=target.urgent))
    return replace(broadcast, target=target, shown=radius.recipients), radius


async def send(work: Work, broadcast: Broadcast, actor: str, now: datetime, *, recipients: int) -> None:
    """Begin to send. `recipients`: how many were found in this unit of work. Raises Elsewhere."""
    changes = {"started_at": now, "total": recipients, "shown": recipients}
    await _stepped(work, broadcast, Act.SEND, actor, now, recipients, **changes)


async def schedule(
    storage: Storage, broadcast: Broadcast, at: datetime, actor: str, now: datetime, *, recipients: int
) -> None:
    """Send at `at`. Raises Elsewhere."""
    await _step(storage, broadcast, Act.SCHEDULE, actor, now, recipients, due_at=at, shown=recipients)


async def cancel(storage: Storage, broadcast: Broadcast, actor: str, now: datetime) -> None:
    """Never send it. Raises Elsewhere."""
    await _step(storage, broadcast, Act.CANCEL, actor, now, 0, finished_at=now)


async def pause(storage: Storage, broadcast: Broadcast, actor: str, now: datetime) -> int:
    """Nothing more leaves; what is on its way arrives. Returns how many wait. Raises Elsewhere."""
    async with storage.write() as work:
        await work.broadcasts.lock(broadcast.id)  # first, as its course does: else each could wait for the other
        held = await work.broadcasts.hold(broadcast, now)
        await _stepped(work, broadcast, Act.PAUSE, actor, now, held, progress_at=None)
    return held


async def resume(storage: Storage, broadcast: Broadcast, actor: str, now: datetime) -> None:
    """Go on where it was. Raises Elsewhere."""
    async with storage.write() as work:
        await work.broadcasts.lock(broadcast.id)
        await work.broadcasts.release(broadcast, now)
        await _stepped(work, broadcast, Act.RESUME, actor, now, 0, progress_at=None)


async def stop(storage: Storage, broadcast: Broadcast, actor: str, now: datetime) -> int:
    """Send no more of it, for good. Returns how many written ones are dropped. Raises Elsewhere."""
    async with storage.write() as work:
        await work.broadcasts.lock(broadcast.id)
        dropped = await work.broadcasts.drop(broadcast, "stopped", now)
        await _stepped(work, broadcast, Act.STOP, actor, now, dropped, progress_at=None)
    return dropped


async def correct(
    storage: Storage, broadcast: Broadcast, payload: Payload, actor: str, now: datetime, *, desk_id: int = 0
) -> int:
    """Put `payload` in the place of every copy. Returns of how many. Raises Elsewhere and NoCopies."""
    return await _change(storage, broadcast, Act.CORRECT, payload, actor, now, desk_id)


async def recall(storage: Storage, broadcast: Broadcast, actor: str, now: datetime, *, desk_id: int = 0) -> int:
    """Take every copy away, as far as the platforms allow. Returns how many. Raises Elsewhere and NoCopies."""
    payload = Payload(key="broadcast-withdrawn", deletes=True)
    return await _change(storage, broadcast, Act.RECALL, payload, actor, now, desk_id)


async def stage_of(work: Work, broadcast_id: int) -> Stage | None:
    found = await work.broadcasts.get(broadcast_id)
    return found.stage if found else None


async def _change(
    storage: Storage, broadcast: Broadcast, act: Act, payload: Payload, actor: str, now: datetime, desk_id: int
) -> int:
    """`desk_id`: where its progress is shown from now on, which is where it was decided."""
    async with storage.write() as work:
        fresh = await work.broadcasts.lock(broadcast.id)
        if fresh is None or not fresh.payload_id:
            raise NoCopies
        await work.broadcasts.drop(fresh, "recalled", now)
        copies = await work.broadcasts.copies(fresh)
        if not copies and fresh.stage not in (Stage.RUNNING, Stage.PAUSED):
            raise NoCopies
        if fresh.progress_id and fresh.finished_at is None:
            await _superseded(work, fresh, now)
        changes = {
            "update_id": await work.broadcasts.replace(fresh, payload, now),
            "desk_id": desk_id,
            "cursor": 0,
            "cursors": {},
            "written": 0,
            "spread": False,
            "total": copies,
            "started_at": now,
            "finished_at": None,
            "progress_id": 0,
            "progress_at": None,
            "progress_done": 0,
        }
        await _stepped(work, fresh, act, actor, now, copies, **changes)
    return copies


async def _superseded(work: Work, broadcast: Broadcast, now: datetime) -> None:
    """The message of a step that another one cuts short says how far it came."""
    tally = await work.broadcasts.tally(broadcast, of_update=bool(broadcast.update_id))
    words = texts(await work.broadcasts.locale_of(broadcast))
    shown = progress(replace(broadcast, stage=Stage.STOPPED), tally, now, words)
    await work.deliveries.rewrite(broadcast.progress_id, shown, now)


async def _step(
    storage: Storage, broadcast: Broadcast, act: Act, actor: str, now: datetime, count: int, **changes: object
) -> None:
    async with storage.write() as work:
        await _stepped(work, broadcast, act, actor, now, count, **changes)


async def _stepped(
    work: Work, broadcast: Broadcast, act: Act, actor: str, now: datetime, count: int, **changes: object
) -> None:
    way = WAYS[act]
    if not await work.broadcasts.step(
        broadcast.id, way.froms, way.to, now, actor=actor, what=act, count=count, **changes
    ):
        raise Elsewhere(await stage_of(work, broadcast.id))
    log.info("broadcast", broadcast=broadcast.id, act=act, actor=actor, count=count)
