"""Runs the parts together in one event loop, from the first look to a graceful stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from adapters.sources.topics import read_topics
from bot import upkeep
from bot.bootstrap import Application
from bot.errors import StorageError, TopicwireError
from bot.intake import Intake
from bot.ports import Storage

log = structlog.get_logger(__name__)

STOP_SECONDS = 8.0  # for everything in flight; the promise is ten
RESTART_SECONDS = 5.0  # before a loop that failed is started again
DAY = 24 * 3600


async def run(app: Application, stop: asyncio.Event) -> None:
    """Migrate, take the baseline, connect, and work until `stop` is set.

    Raises TopicwireError when the start fails; later faults are logged and waited out.
    """
    copy = await app.storage.migrate()
    if copy:
        log.info("database migrated", copy=copy)
    if app.samples is not None:
        await asyncio.to_thread(app.samples.prepare, app.clock())
    await load_topics(app.storage, app.topics)
    for intake in app.intakes:
        await intake.begin()
        await intake.look()
    tasks = _start_work(app)
    scheduler = _scheduler(app)
    scheduler.start()
    stopping = asyncio.create_task(stop.wait())
    try:
        await _connect(app, stopping)
        await stopping
    finally:
        log.info("stopping")
        scheduler.shutdown(wait=False)
        await _stop_work(app, tasks)
        log.info("stopped")


async def _connect(app: Application, stopping: asyncio.Task[bool]) -> None:
    """Start every platform; one that cannot be reached keeps the others from nothing but `ready`."""
    starts = [asyncio.create_task(messenger.start(app.conversation)) for messenger in app.messengers]
    connected = asyncio.gather(*starts)
    waiting: list[asyncio.Future[Any]] = [connected, stopping]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    if not connected.done():
        connected.cancel()
        await asyncio.gather(*starts, return_exceptions=True)
        return
    connected.result()
    if app.page is not None:
        app.page.ready = True
    log.info(
        "ready",
        sources=len(app.intakes),
        platforms=",".join(messenger.platform for messenger in app.messengers),
        page=app.page.url if app.page else "off",
    )


async def load_topics(storage: Storage, folder: Path | None) -> None:
    """Read the topic files, which may have changed, into the catalogue. A bad one is a warning, not a fault."""
    if folder is None:
        return
    topics, refused = await asyncio.to_thread(read_topics, folder)
    for file in refused:
        log.warning("topic file refused", path=file.path, reason=file.reason)
    async with storage.write() as work:
        await work.topics.put(topics, from_file=True)


def stop_on_signals(stop: asyncio.Event) -> None:
    """SIGTERM and SIGINT ask for a graceful stop."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)


def _start_work(app: Application) -> list[asyncio.Task[None]]:
    loops: list[tuple[str, Callable[[], Awaitable[None]]]] = []
    loops += [(f"watch {intake.source.name}", intake.watch) for intake in app.intakes]
    loops += [("deliver", delivery.run) for delivery in app.deliveries]
    return [asyncio.create_task(_kept_running(name, work), name=name) for name, work in loops]


async def _kept_running(name: str, work: Callable[[], Awaitable[None]]) -> None:
    """A loop that fails is started again: one fault must not end the others, nor itself for good."""
    while True:
        try:
            await work()
        except Exception:
            log.exception("loop failed", loop=name, again_in=RESTART_SECONDS)
            await asyncio.sleep(RESTART_SECONDS)
        else:
            return


async def _stop_work(app: Application, tasks: list[asyncio.Task[None]]) -> None:
    """Stop reading first, then let what is being sent be recorded, then disconnect."""
    for task in tasks:
        if task.get_name().startswith("watch"):
            task.cancel()
    for delivery in app.deliveries:
        delivery.stop()
    _, late = await asyncio.wait(tasks, timeout=STOP_SECONDS / 2) if tasks else (set(), set())
    for task in late:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    with suppress(TimeoutError):
        async with asyncio.timeout(STOP_SECONDS / 2):
            await asyncio.gather(*(messenger.stop() for messenger in app.messengers), return_exceptions=True)


def _scheduler(app: Application) -> AsyncIOScheduler:
    """The minute tick and the polls, in memory. A tick that was missed is made up for by the next one."""
    settings = app.settings
    scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )

    async def tick(now: datetime) -> None:
        await upkeep.tick(app.storage, app.rules, now, admins=app.admins)
        for delivery in app.deliveries:
            delivery.wake()

    async def prune(now: datetime) -> None:
        await upkeep.prune(app.storage, now, remember_days=settings.remember_days, keep_days=settings.keep_days)

    async def poll(intake: Intake) -> None:
        await load_topics(app.storage, app.topics)
        await intake.look()

    def on_the_clock(work: Callable[[datetime], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        return _forgiving(lambda: work(app.clock()))

    if settings.has_role("ingest"):
        scheduler.add_job(on_the_clock(tick), "cron", second=0, id="tick")
        scheduler.add_job(on_the_clock(prune), "interval", seconds=DAY, id="prune")
        for intake in app.intakes:
            look = _forgiving(partial(poll, intake))
            scheduler.add_job(look, "interval", seconds=settings.poll_seconds, id=intake.source.name)
    return scheduler


def _forgiving(work: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """Faults end this run of a job, never the job."""

    async def run_once() -> None:
        try:
            await work()
        except (StorageError, TopicwireError) as fault:
            log.error("job put off", reason=str(fault))
        except Exception:
            log.exception("job failed")

    return run_once
