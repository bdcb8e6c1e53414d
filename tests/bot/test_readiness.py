"""Ready, and why not: asked over HTTP, with a database, a source and a platform that fail and come back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from adapters.web.messenger import WebMessenger
from bot.errors import DeliveryError, RetryLater, TokenDead
from bot.readiness import Readiness
from storage.database import Database
from tests.adapters.web_chat import SmallChat, sqlite
from tests.conftest import Clock


class Asked:
    """A page that serves, and what decides whether it is ready."""

    def __init__(self, client: httpx.AsyncClient, readiness: Readiness, faults: dict[str, DeliveryError]) -> None:
        self.readiness = readiness
        self.faults = faults
        self._client = client

    async def reasons(self) -> list[str]:
        """What /readyz gives as reasons; none when it says that all is well."""
        answer = await self._client.get("/readyz")
        assert (await self._client.get("/healthz")).status_code == 200
        assert (answer.status_code == 200) == (answer.text == "ready\n")
        return [] if answer.status_code == 200 else answer.text.splitlines()


@asynccontextmanager
async def asked(storage: Database, clock: Clock) -> AsyncIterator[Asked]:
    faults: dict[str, DeliveryError] = {}
    readiness = Readiness(storage, ["news"], lambda: faults)
    web = WebMessenger(storage, host="127.0.0.1", port=0, password=None, clock=clock)
    web.unready = readiness.unready
    await web.start(SmallChat())
    try:
        async with httpx.AsyncClient(base_url=web.url) as client:
            yield Asked(client, readiness, faults)
    finally:
        await web.stop()


async def looked(storage: Database, clock: Clock, fault: str = "") -> None:
    async with storage.write() as work:
        await work.sources.looked("news", clock(), fault=fault, baselined=not fault)


async def test_it_is_ready_when_all_has_begun_and_the_first_look_is_taken(storage: Database, clock: Clock) -> None:
    async with asked(storage, clock) as page:
        assert await page.reasons() == [
            "starting: not everything has begun yet, or it is stopping",
            "source news: the first look at it is not taken yet",
        ]
        page.readiness.started = True
        await looked(storage, clock)
        assert await page.reasons() == []


async def test_a_source_that_is_gone_makes_it_red_until_it_is_back(storage: Database, clock: Clock) -> None:
    async with asked(storage, clock) as page:
        page.readiness.started = True
        await looked(storage, clock)
        await looked(storage, clock, "the folder is gone")
        assert await page.reasons() == ["source news: the folder is gone"]
        await looked(storage, clock)
        assert await page.reasons() == []


@pytest.mark.parametrize("fault", [TokenDead("the token is refused"), RetryLater("no connection")])
async def test_a_platform_without_connection_makes_it_red_until_it_is_back(
    clock: Clock, tmp_path: Path, fault: DeliveryError
) -> None:
    async with sqlite(tmp_path) as storage, asked(storage, clock) as page:
        page.readiness.started = True
        await looked(storage, clock)
        page.faults["telegram"] = fault
        assert await page.reasons() == [f"telegram: {fault}"]
        page.faults.clear()
        assert await page.reasons() == []


async def test_a_database_that_goes_away_makes_it_red_until_it_is_back(clock: Clock, tmp_path: Path) -> None:
    home = tmp_path / "data"
    home.mkdir()
    async with sqlite(home) as storage, asked(storage, clock) as page:
        page.readiness.started = True
        await looked(storage, clock)
        await storage.close()  # what is open would go on by itself
        home.rename(tmp_path / "away")
        [reason] = await page.reasons()
        assert reason.startswith("database: ")
        (tmp_path / "away").rename(home)
        assert await page.reasons() == []
