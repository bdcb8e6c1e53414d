"""Runs the parts together in one event loop, from the first look to a graceful stop."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import structlog

from bot.bootstrap import Application
from bot.duties import duties_of, load_topics, run_all_now, schedule
from bot.errors import StorageError, TopicwireError
from bot.tenure import Tenure
from bot.wallclock import notice_jumps

log = structlog.get_logger(__name__)

SENDING_SECONDS = 8.3  # for what is in flight: a send ends within its time-out of 8; the promise is ten
CLOSING_SECONDS = 1.4
AWAY_REST = 2.0  # seconds before a database that is away at the start is tried again
FIRST_REST = 5.0  # seconds before a loop that failed is begun again
LONGEST_REST = 300.0


async def run(app: Application, stop: asyncio.Event) -> None:
    """Migrate, take the baseline, connect, and work until `stop` is set.

    Raises TopicwireError when the start fails; later faults are logged and waited out.
    """
    if not await _prepared(app, stop):
        return
    started = asyncio.Event()
    duties = duties_of(app)
    tasks = [_running(duty.name, duty.run, started) for duty in duties]
    tasks += [_running("deliver", delivery.run, started) for delivery in app.deliveries]
    scheduler = schedule(app, duties)
    scheduler.start()
    look_again = partial(run_all_now, scheduler)
    tasks.append(_running("clock", partial(notice_jumps, look_again, clock=app.wall_clock), started))
    try:
        if await _begun(app, duties, tasks, stop):
            started.set()
            app.readiness.started = True
            gc.collect()
            gc.freeze()  # what is here now stays: looking through all of it again stops the loop for 80 ms
            log.info(
                "ready",
                sources=len(app.intakes),
                platforms=",".join(messenger.platform for messenger in app.messengers),
                page=app.page.url if app.page else "off",
            )
        await stop.wait()
    finally:
        log.info("stopping")
        app.readiness.started = False
        scheduler.shutdown(wait=False)
        await _stop_work(app, tasks)
        log.info("stopped")


async def _prepared(app: Application, stop: asyncio.Event) -> bool:
    """The database and the folders are as they must be; false when asked to stop before."""

    async def prepare() -> None:
        await _migrate(app)
        async with app.storage.write() as work:
            invited_only = app.settings.access == "allow"
            await work.access.enforce(app.clock(), invited_only=invited_only, admins=app.admins)
        if app.samples is not None:
            await asyncio.to_thread(app.samples.prepare, app.clock())
        await load_topics(app.storage, app.topics)

    preparing = asyncio.ensure_future(prepare())
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait([preparing, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if preparing.done():
        preparing.result()
        return True
    preparing.cancel()
    await asyncio.gather(preparing, return_exceptions=True)
    return False


async def _migrate(app: Application) -> None:
    """Bring the database to this version; one that is away is waited for. Raises StorageError for other faults."""
    while True:
        try:
            copy = await app.storage.migrate()
        except StorageError as fault:
            if not fault.away:
                raise
            log.warning("database awaited", reason=str(fault))
            await asyncio.sleep(AWAY_REST)
        else:
            if copy:
                log.info("database migrated", copy=copy)
            return


async def _begun(
    app: Application, duties: Sequence[Tenure], tasks: Sequence[asyncio.Task[None]], stop: asyncio.Event
) -> bool:
    """Wait until every duty has begun well, here or elsewhere; false when asked to stop before.

    Raises what ended a duty or a platform's start: at the start that is for the operator to mend.
    """
    pages = [messenger.start(app.conversation) for messenger in app.messengers if not messenger.alone]
    begun = asyncio.gather(*pages, *(duty.settled.wait() for duty in duties))
    stopping = asyncio.ensure_future(stop.wait())
    waiting: list[asyncio.Future[Any]] = [begun, stopping, *tasks]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    for task in tasks:
        if task.done():
            begun.cancel()
            task.result()
    if not begun.done():
        begun.cancel()
        return False
    begun.result()
    return True


def stop_on_signals(stop: asyncio.Event) -> None:
    """SIGTERM and SIGINT ask for a graceful stop."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)


def _running(name: str, work: Callable[[], Awaitable[None]], started: asyncio.Event) -> asyncio.Task[None]:
    return asyncio.create_task(_kept_running(name, work, started), name=name)


async def _kept_running(name: str, work: Callable[[], Awaitable[None]], started: asyncio.Event) -> None:
    """A loop that fails once all had started is begun again, later each time: one fault must not end the others."""
    rest = FIRST_REST
    while True:
        try:
            await work()
        except TopicwireError as fault:
            if not started.is_set():
                raise
            log.error("loop failed", loop=name, reason=str(fault), again_in=rest)
        except Exception:
            log.exception("loop failed", loop=name, again_in=rest)
        else:
            return
        await asyncio.sleep(rest)
        rest = min(rest * 2, LONGEST_REST)


async def _stop_work(app: Application, tasks: list[asyncio.Task[None]]) -> None:
    """Stop reading first, then let what is being sent be recorded, then disconnect."""
    for task in tasks:
        if task.get_name() != "deliver":
            task.cancel()
    for delivery in app.deliveries:
        delivery.stop()
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=SENDING_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    with suppress(TimeoutError):
        async with asyncio.timeout(CLOSING_SECONDS):
            await asyncio.gather(*(messenger.stop() for messenger in app.messengers), return_exceptions=True)
