"""What tests of the editors' desk share: admins, readers whom only a broadcast reaches, a look at what follows."""

from __future__ import annotations

from bot.broadcasts import course
from bot.model import Address, Platform, State, Subscription
from bot.ports import Stage
from tests.bot.talk import Talk

ADMINS = frozenset({("telegram", "7"), ("telegram", "8")})
LENS = "A lens the size of a grain"


async def readers(desk: Talk, count: int, topic: str = "computer-vision", locale: str = "en") -> list[int]:
    """That many readers of a topic who hear only of the best: nothing that a test publishes alerts them."""
    number = await desk.topic_id(topic)
    made = []
    async with desk.storage.write() as work:
        for at in range(count):
            address = Address(Platform.WEB, f"{topic}-{locale}-{at}")
            one = await work.destinations.ensure(address, title="", locale=locale, timezone="UTC", now=desk.clock())
            await work.subscriptions.put(Subscription(one.id, number, 500), desk.clock())
            made.append(one.id)
    return made


async def look(desk: Talk) -> None:
    await course.look(desk.storage, desk.clock(), admins=(), trusted=lambda author: author == "telegram:7")


async def stages(desk: Talk) -> list[Stage]:
    async with desk.storage.read() as work:
        return [one.stage for one in await work.broadcasts.listed(9)]


async def queue(desk: Talk) -> dict[State, int]:
    async with desk.storage.read() as work:
        return await work.deliveries.queue()
