"""Readers and alerts for tests of the queue."""

from __future__ import annotations

from bot.matching import Criteria, Window
from bot.messages import Card, Payload
from bot.model import Address, Destination, Image, Platform, Subscription, Topic
from storage.database import Database
from tests.conftest import Clock


async def readers(storage: Database, clock: Clock, count: int) -> list[Destination]:
    async with storage.write() as work:
        await work.topics.put([Topic("ai", "AI")], from_file=True)
        topic = (await work.topics.catalogue()).find("ai")
        assert topic is not None
        made = []
        for number in range(count):
            destination = await work.destinations.ensure(
                Address(Platform.WEB, f"r{number}"), title="", locale="en", timezone="UTC", now=clock()
            )
            await work.subscriptions.put(Subscription(destination.id, topic.id, 50), clock())
            made.append(destination)
    return made


async def alert(storage: Database, clock: Clock, story: int) -> None:
    """Owe one article to everybody."""
    async with storage.write() as work:
        topic = (await work.topics.catalogue()).find("ai")
        assert topic is not None
        criteria = Criteria(story, story, (Window(topic.id, topic.id, 0, -1, 80),))
        image = Image("https://a.example/x.png")
        card = Card(story, story, f"Story {story}", "https://a.example", image=image)
        await work.deliveries.owe(criteria, Payload(cards=(card,)), clock())
        while await work.deliveries.fan_out(clock(), guard=0, limit=1000):
            pass


async def states(storage: Database) -> dict[str, int]:
    async with storage.read() as work:
        return {state.value: count for state, count in (await work.deliveries.queue()).items()}
