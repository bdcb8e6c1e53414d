"""Runs the parts together in one event loop, from the first look to a graceful stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import structlog

from bot.bootstrap import Application
from bot.duties import duties_of, load_topics, schedule
from bot.errors import TopicwireError
from bot.tenure import Tenure

log = structlog.get_logger(__name__)

STOP_SECONDS = 8.0  # for everything in flight; the promise is ten
FIRST_REST = 5.0  # seconds before a loop that failed is begun again
LONGEST_REST = 300.0


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
    started = asyncio.Event()
    duties = duties_of(app)
    tasks = [_running(duty.name, duty.run, started) for duty in duties]
    tasks += [_running("deliver", delivery.run, started) for delivery in app.deliveries]
    scheduler = schedule(app, duties)
    scheduler.start()
    try:
        if await _begun(app, duties, tasks, stop):
            started.set()
            if app.page is not None:
                app.page.ready = True
            log.info(
                "ready",
                sources=len(app.intakes),
                platforms=",".join(messenger.platform for messenger in app.messengers),
                page=app.page.url if app.page else "off",
            )
        await stop.wait()
    finally:
        log.info("stopping")
        scheduler.shutdown(wait=False)
        await _stop_work(app, tasks)
        log.info("stopped")


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
        _, late = await asyncio.wait(tasks, timeout=STOP_SECONDS / 2)
        for task in late:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    with suppress(TimeoutError):
        async with asyncio.timeout(STOP_SECONDS / 2):
            await asyncio.gather(*(messenger.stop() for messenger in app.messengers), return_exceptions=True)
