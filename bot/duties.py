"""What this process does: work under a lease that one process has at a time, and the clock that drives it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from adapters.sources.topics import read_topics
from bot import alarms, upkeep
from bot.bootstrap import Application
from bot.broadcasts import course
from bot.broadcasts.desk import COMMAND_LINE
from bot.digests.rounds import make_round
from bot.errors import StorageError, TopicwireError
from bot.ingest import spread
from bot.intake import Intake
from bot.ports import Messenger, Storage
from bot.recaps import end_quiet_hours
from bot.tenure import Roll, Tenure

log = structlog.get_logger(__name__)

DAY = 24 * 3600
AFTER_START = 90  # seconds
UPKEEP = "upkeep"

Begun = Callable[[], None]


def duties_of(app: Application) -> list[Tenure]:
    """A tenure for everything that the settings give this process and that one process does at a time."""
    roll = Roll(app.storage, app.owner, clock=app.clock)

    def tenure(name: str, work: Callable[[Begun], Awaitable[None]]) -> Tenure:
        return Tenure(app.storage, name, app.owner, work, clock=app.clock, gone=app.gone, roll=roll)

    duties = [tenure(f"source {intake.source.name}", partial(_watch, intake)) for intake in app.intakes]
    if app.settings.has_role("chat"):
        duties += [
            tenure(f"conversation {messenger.platform}", partial(_converse, app, messenger))
            for messenger in app.messengers
            if messenger.alone
        ]
    if app.settings.has_role("ingest"):
        duties.append(tenure(UPKEEP, partial(_upkeep, app)))
    return duties


async def _watch(intake: Intake, begun: Begun) -> None:
    """Look at a source from what is stored of it now, then whenever something moves."""
    await intake.begin()
    await intake.look()
    begun()
    await intake.watch()


async def _converse(app: Application, messenger: Messenger, begun: Begun) -> None:
    await messenger.start(app.conversation)
    begun()
    try:
        await asyncio.Event().wait()  # until the tenure ends
    finally:
        await messenger.hush()


async def _upkeep(app: Application, begun: Begun) -> None:
    """Finish what a crash interrupted; then broadcasts are moved on here, and the scheduler does the rest."""
    await spread(app.storage, app.rules, app.clock())
    for delivery in app.deliveries:
        delivery.wake()
    begun()
    await course.run(app.storage, app.clock, admins=app.admins, trusted=partial(_trusted, app))


def _trusted(app: Application, author: str) -> bool:
    """Whether somebody who made a broadcast is an admin by the settings of today."""
    anybody = f"{author.partition(':')[0]}:*"
    return author == COMMAND_LINE or not {author, anybody}.isdisjoint(app.settings.admins)


async def load_topics(storage: Storage, folder: Path | None) -> None:
    """Read the topic files, which may have changed, into the catalogue. A bad one is a warning, not a fault."""
    if folder is None:
        return
    topics, refused = await asyncio.to_thread(read_topics, folder)
    for file in refused:
        log.warning("topic file refused", path=file.path, reason=file.reason)
    async with storage.write() as work:
        await work.topics.put(topics, from_file=True)


async def _poll(app: Application, intake: Intake) -> None:
    await load_topics(app.storage, app.topics)
    await intake.look()


def schedule(app: Application, duties: Sequence[Tenure]) -> AsyncIOScheduler:
    """The minute tick and the polls, in memory; each runs only where its duty is held.

    A tick that was missed is made up for by the next one.
    """
    settings = app.settings
    scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )

    async def tick(now: datetime) -> None:
        await upkeep.tick(app.storage, app.rules, now, admins=app.admins)  # workers look each second anyway

    def wake() -> None:
        for delivery in app.deliveries:
            delivery.wake()

    async def serve(now: datetime) -> None:
        await end_quiet_hours(app.storage, now, written=wake)
        await make_round(app.storage, now, widest=widest, written=wake)

    async def watch(now: datetime) -> None:
        await alarms.watch(
            app.storage,
            [intake.source.name for intake in app.intakes],
            now,
            admins=app.admins,
            quiet_hours=settings.quiet_alarm_hours,
        )

    async def prune(now: datetime) -> None:
        await upkeep.prune(app.storage, now, remember_days=settings.remember_days, keep_days=settings.keep_days)

    widest = timedelta(minutes=settings.digest_spread_minutes)
    held = {duty.name: duty for duty in duties}
    if UPKEEP in held:
        scheduler.add_job(_where_held(held[UPKEEP], lambda: tick(app.clock())), "cron", second=0, id="tick")
        scheduler.add_job(_where_held(held[UPKEEP], lambda: serve(app.clock())), "cron", second=0, id="digests")
        scheduler.add_job(_where_held(held[UPKEEP], lambda: watch(app.clock())), "cron", second=0, id="alarms")
        scheduler.add_job(
            _where_held(held[UPKEEP], lambda: prune(app.clock())),
            "interval",
            seconds=DAY,
            id="prune",
            next_run_time=app.wall_clock() + timedelta(seconds=AFTER_START),  # one that restarts daily prunes too
        )
    for intake in app.intakes:
        duty = held[f"source {intake.source.name}"]
        poll = _where_held(duty, partial(_poll, app, intake))
        scheduler.add_job(poll, "interval", seconds=settings.poll_seconds, id=duty.name)
    return scheduler


def run_all_now(scheduler: AsyncIOScheduler) -> None:
    """The clock was set: a job whose next time lies hours ahead by it would not run for so long."""
    for job in scheduler.get_jobs():
        job.modify(next_run_time=datetime.now(UTC))  # the scheduler knows no other clock


def _where_held(duty: Tenure, work: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """A job of the one process that has the duty; faults end this run of the job, never the job."""

    async def run_once() -> None:
        if not duty.held:
            return
        try:
            await work()
        except (StorageError, TopicwireError) as fault:
            log.error("job put off", reason=str(fault))
        except Exception:
            log.exception("job failed")

    return run_once
