"""What can go wrong. Each scenario lets news flow, does its worst, and leaves the scene as it should end well."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import time
from contextlib import closing
from itertools import pairwise
from math import inf

import asyncpg

from bot.delivery import LEASE
from tests.faults.fleet import IN_FLIGHT
from tests.faults.limits import LIMITS, Scenario
from tests.faults.scene import Scene
from tests.faults.tally import spread

SEND = "sendMessage"
AWAY = 12.0  # seconds


async def killed(scene: Scene, kills: int) -> None:
    """kill -9 at random moments, and a start after each; every second one waits for the send loop."""
    points: list[str] = []
    moments: list[float] = []
    for number in range(kills):
        if len(scene.take().missing(scene.news.published)) < len(scene.arrivals.chats) // 4:
            scene.news.publish()
        name = scene.chance.choice(scene.names)
        await asyncio.sleep(scene.chance.uniform(0.0, 1.5))
        if number % 2:
            await scene.sends()
            await asyncio.sleep(scene.chance.uniform(0.0, 0.4))
        began = scene.fleet.times_ready(name) > scene.fleet.ready_before[name]
        points.append("in the send loop" if scene.sending else "otherwise" if began else "while starting")
        await scene.fleet.kill(name)
        moments.append(time.monotonic())
        await scene.fleet.start(name, ready=scene.chance.random() < 0.7)
    await scene.arrived()
    repeats = scene.take().repeats()
    each = [sum(start <= at < end for at in repeats) for start, end in pairwise([*moments, float("inf")])]
    assert max(each) <= IN_FLIGHT, "one kill repeats no more than what was in flight"
    scene.faults, scene.allowed = kills, kills * IN_FLIGHT
    scene.notes.append(f"kill points: {spread(points)}; at most {max(each)} repeats after one, bound {IN_FLIGHT}")


async def resets(scene: Scene, articles: int = 4) -> None:
    """The connection breaks before the message is taken."""
    scene.telegram.fail(SEND, times=60, reset=True)
    await scene.flow(articles)
    scene.faults = 60


async def away(scene: Scene, articles: int = 4) -> None:
    """Every connection breaks, whatever is asked, for longer than three tries take: nobody is there."""
    scene.news.publish()
    await scene.sends()
    scene.telegram.fail(None, times=inf, reset=True)
    await scene.flow(articles - 1, every=AWAY / max(articles - 1, 1))
    scene.telegram.mend()
    scene.faults = len(scene.telegram.failed)


async def answers_lost(scene: Scene, articles: int = 4) -> None:
    """The message is taken, and its answer lost: each may be sent twice more, without anybody's fault."""
    scene.telegram.fail(SEND, times=30, reset=True, after_accept=True)
    await scene.flow(articles)
    scene.faults, scene.allowed = 30, 30


async def slow_answers(scene: Scene) -> None:
    scene.telegram.fail(SEND, times=24, status=200, delay=4.0)
    await scene.flow(4)
    scene.faults = 24


async def server_errors(scene: Scene, articles: int = 4) -> None:
    scene.telegram.fail(SEND, times=40, status=500)
    scene.telegram.fail(SEND, times=40, status=502, html=True)
    await scene.flow(articles)
    scene.faults = 80


async def locked(scene: Scene) -> None:
    """Another program holds the database for longer than anybody waits for it."""
    await scene.flow(1, every=0.5)
    if scene.sqlite:
        await asyncio.to_thread(_hold_sqlite, scene)
    else:
        connection = await asyncpg.connect(**scene.login)
        async with connection.transaction():
            await connection.execute("LOCK TABLE deliveries, destinations, tokens IN ACCESS EXCLUSIVE MODE")
            await scene.flow(2, every=6)
        await connection.close()
    await scene.flow(2)
    scene.faults = 1


def _hold_sqlite(scene: Scene) -> None:
    with closing(sqlite3.connect(scene.fleet.home / "topicwire.sqlite", timeout=30, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        scene.news.publish()
        time.sleep(8)
        other.execute("ROLLBACK")


async def server_restarts(scene: Scene) -> None:
    """The database server crashes and is started again, twice, while messages flow; then it is restarted."""
    if scene.host is None:
        return
    for stop in (scene.host.crash, scene.host.crash, scene.host.stop):
        await scene.flow(1, every=0.4)
        await asyncio.to_thread(stop)
        scene.news.publish()
        await asyncio.sleep(1)
        await asyncio.to_thread(scene.host.start)
        await scene.flow(1, every=2)
    scene.faults = 3


async def disk_full(scene: Scene) -> None:
    """No file of a process can grow: its own database, or, where that is elsewhere, nothing it needs."""
    await scene.flow(1, every=0.3)
    for name in scene.names:
        scene.fleet.limit_files(name, 1024)
    await scene.flow(2, every=3)
    for name in scene.names:
        scene.fleet.limit_files(name, 1 << 40)
    await scene.flow(2)
    scene.faults = 1


async def clock_jumps(scene: Scene) -> None:
    """The clock of one process is set an hour ahead, an hour back, and right again."""
    for wrong in (3600, -3600, 0):
        scene.fleet.clock_of(scene.names[0]).write_text(str(wrong))
        await scene.flow(2)
    scene.faults = 3


async def skewed(scene: Scene) -> None:
    """Every process has another time, from a minute and a half behind to as much ahead."""
    for number, name in enumerate(scene.names):
        scene.fleet.clock_of(name).write_text(str(-90 + 90 * number))
        await scene.fleet.kill(name)
        await scene.fleet.start(name)
    await scene.flow(5)
    scene.faults, scene.allowed = len(scene.names), len(scene.names) * IN_FLIGHT


async def frozen(scene: Scene) -> None:
    """A process stops in the middle of sending for longer than its lease, and goes on as if nothing had been."""
    scene.news.publish()
    await scene.sends()
    name = scene.names[0]
    scene.fleet.signal(name, signal.SIGSTOP)
    await scene.flow(2, every=(LEASE + 3) / 2)
    scene.fleet.signal(name, signal.SIGCONT)
    await scene.flow(2)
    scene.faults, scene.allowed = 1, IN_FLIGHT


async def in_turn(scene: Scene) -> None:
    """Articles flow for minutes; one process is stopped and started, one frozen past its lease, one killed."""
    stopped, stiff, dead = (scene.names[number % len(scene.names)] for number in range(3))
    flowing = asyncio.create_task(scene.flow(25, every=4.0))
    await scene.sends()
    scene.fleet.signal(stopped, signal.SIGTERM)
    await scene.fleet.processes[stopped].wait()
    await scene.fleet.start(stopped)
    await scene.sends()
    scene.fleet.signal(stiff, signal.SIGSTOP)
    await asyncio.sleep(LEASE + 3)
    scene.fleet.signal(stiff, signal.SIGCONT)
    await scene.sends()
    await scene.fleet.kill(dead)
    await scene.fleet.start(dead)
    await flowing
    scene.faults, scene.allowed = 3, 2 * IN_FLIGHT


SCENARIOS: dict[str, Scenario] = {
    "connection reset": resets,
    "platform away for 12 s": away,
    "answer lost after acceptance": answers_lost,
    "answers after 4 s": slow_answers,
    "500 and a proxy's 502 page": server_errors,
    **LIMITS,
    "database locked by another": locked,
    "server crashed and restarted": server_restarts,
    "disk full": disk_full,
    "clock set 1 h ahead and back": clock_jumps,
    "clocks 90 s apart": skewed,
    "frozen past its lease": frozen,
    "stopped, frozen, killed in turn": in_turn,
}
