"""Whatever goes wrong, nothing is lost, and what is repeated stays within the bound.

The gate runs a short form. `make faults` (TOPICWIRE_FAULTS=long) runs every scenario on SQLite and on PostgreSQL
with one process and with three, kills hundreds of times, prints each row, and at the end the table of
docs/delivery.md. TOPICWIRE_SEED makes another run of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from tests.faults.fleet import DISCORD_RATE, IN_FLIGHT, RATE
from tests.faults.limits import ON_DISCORD, Scenario, bucket, shared, whole_token
from tests.faults.scenarios import SCENARIOS, answers_lost, killed, resets, server_errors
from tests.faults.scene import Scene, scene
from tests.faults.tally import Row, table
from tests.server import Server

LONG = os.environ.get("TOPICWIRE_FAULTS") == "long"
SEED = int(os.environ.get("TOPICWIRE_SEED", "6"))
KILLS = int(os.environ.get("TOPICWIRE_KILLS", "150"))
PLACES = {"sqlite-1": 1, "postgresql-1": 1, "postgresql-3": 3}


@pytest.fixture(scope="module")
def host(runtime: Path) -> Iterator[Server]:
    """A server of its own, which may be stopped."""
    server = Server(runtime)
    yield server
    server.remove()


@pytest.fixture(scope="module")
def rows() -> Iterator[list[Row]]:
    found: list[Row] = []
    yield found
    print(f"\n\nseed {SEED}\n{table(found)}")


async def judged(stage: Scene, name: str) -> Row:
    await stage.arrived()
    row = stage.row(name)
    print(f"\n{row.database} x {row.processes}, {name}, seed {SEED}: {row}")
    refused = [refusal for refusal in stage.platform.refused if refusal.status != 409]  # a second poller waits
    assert row.lost == 0, await stage.states()
    assert row.repeated <= row.bound
    assert row.disordered == 0, "the order within a chat"
    on_its_way = IN_FLIGHT  # when a process froze: it arrives when it thaws, beside what the others send
    assert row.densest <= 1.1 * (DISCORD_RATE if stage.discord else RATE) + on_its_way
    assert row.late == 0 or not LONG, "a machine that is busy with other tests may be late"
    assert len(refused) <= (on_its_way if "frozen" in name else 0), "the platform's limit was broken"
    return row


async def test_kills_in_the_send_loop_lose_nothing_and_repeat_little(tmp_path: Path, postgresql: URL) -> None:
    async with scene(tmp_path, server=postgresql, processes=2, chats=60, seed=SEED) as stage:
        await killed(stage, 3)
        await judged(stage, "kill -9")


async def test_limits_of_every_scope_lose_and_repeat_nothing(tmp_path: Path) -> None:
    async with scene(tmp_path, chats=20, seed=SEED, on_discord=True) as stage:
        for worst in (whole_token, bucket, shared):
            await worst(stage, articles=1)
        row = await judged(stage, "429 of scope global, user and shared")
    assert row.faults >= 3, "each kind was met"
    assert row.repeated == 0


async def test_a_platform_that_fails_in_every_way_loses_nothing(tmp_path: Path) -> None:
    async with scene(tmp_path, chats=30, seed=SEED) as stage:
        for worst in (resets, server_errors, answers_lost):
            stage.telegram.mend()
            await worst(stage, articles=1)
        await judged(stage, "resets, 500s, lost answers")


if LONG:  # a skip would count as a failure where nothing may be missing

    @pytest.mark.parametrize("place", PLACES)
    @pytest.mark.parametrize("name", ["kill -9", *SCENARIOS])
    async def test_nothing_is_lost(tmp_path: Path, host: Server, rows: list[Row], place: str, name: str) -> None:
        async def kills(stage: Scene) -> None:
            await killed(stage, KILLS)

        worst: Scenario = SCENARIOS.get(name, kills)
        at = host if place.startswith("postgresql") else None
        there = worst in ON_DISCORD
        async with scene(tmp_path, host=at, processes=PLACES[place], seed=SEED, on_discord=there) as stage:
            await worst(stage)
            if stage.faults:  # a server to stop is not everywhere
                rows.append(await judged(stage, name))
