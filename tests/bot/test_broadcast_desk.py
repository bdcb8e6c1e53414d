"""The editors' desk: from a link or a text to a confirmed broadcast, in a conversation with real storage."""

from __future__ import annotations

import pytest

from bot.broadcasts import course
from bot.commands.broadcast_draft import THRESHOLD
from bot.messages import Alert
from bot.model import Address, Platform, State, Subscription
from bot.ports import Stage
from storage.database import Database
from tests.bot.talk import Talk, publish, talk_of
from tests.conftest import Clock

ADMINS = frozenset({("telegram", "7")})


@pytest.fixture
async def desk(storage: Database, clock: Clock) -> Talk:
    return await talk_of(storage, clock, admins=ADMINS)


async def readers(
    desk: Talk, count: int, topic: str = "computer-vision", platform: Platform = Platform.WEB
) -> None:
    """That many readers of a topic who hear only of the best: nothing that a test publishes alerts them."""
    number = await desk.topic_id(topic)
    async with desk.storage.write() as work:
        for at in range(count):
            address = Address(platform, f"{topic}-{at}")
            made = await work.destinations.ensure(address, title="", locale="en", timezone="UTC", now=desk.clock())
            await work.subscriptions.put(Subscription(made.id, number, 500), desk.clock())


async def look(desk: Talk) -> None:
    await course.look(desk.storage, desk.clock(), admins=(), trusted=lambda author: author == "telegram:7")


async def test_a_story_by_its_title_is_shown_with_its_audience_and_sent(desk: Talk) -> None:
    await publish(desk, "A lens the size of a grain")
    await readers(desk, 3)
    words = await desk.says("/broadcast A lens the size of a grain")
    assert isinstance(desk.last.messages[0], Alert)
    assert "Reaches 3 chats" in words
    assert "those who follow Computer Vision" in words
    assert "has begun" in await desk.presses("Send to 3")
    await look(desk)
    async with desk.storage.read() as work:
        queue = await work.deliveries.queue()
        (found,) = await work.broadcasts.listed(5)
    assert queue == {State.PENDING: 4}
    assert (found.stage, found.total, found.written) == (Stage.RUNNING, 3, 3)
