"""An editor sends a story to many in a town of both platforms: what she sees at each step.

Tests look at it; `scripts/desk_pictures.py` draws it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from adapters.sources.samples import SampleFolder
from bot.model import Address, Platform, Subscription
from storage.database import Database
from tests.adapters.discord_chat import ADMIN, ANN, GUILD, NEWS
from tests.emulators.discord_acts import Interaction
from tests.emulators.discord_options import ADMINISTRATOR
from tests.emulators.discord_records import Sent as DiscordSent
from tests.emulators.telegram_records import Sent
from tests.seven_places import PATIENCE, SAMPLES, Town

ADMINS = f"telegram:{ANN},discord:{ANN}"
OWNER = ADMIN | ADMINISTRATOR
READERS, ROOMS, CLOSED = 70, 40, 3
FIRST = 20_000
TOPIC = "computer-vision"


async def enrol(town: Town) -> str:
    """Readers who wait for better stories, some of whom blocked the bot; the title of a story to send."""
    for number in range(FIRST, FIRST + READERS):
        town.telegram.add_chat(number)
    for number in range(FIRST, FIRST + CLOSED):
        town.telegram.block(number)
    guild = town.discord.places.guilds[GUILD]
    for number in range(FIRST, FIRST + ROOMS):
        guild.add_channel(number, "text", f"room-{number}")
    addresses = [Address(Platform.TELEGRAM, str(number)) for number in range(FIRST, FIRST + READERS)]
    addresses += [Address(Platform.DISCORD, str(number)) for number in range(FIRST, FIRST + ROOMS)]
    database, now = Database(f"sqlite+aiosqlite:///{town.home / 'topicwire.sqlite'}"), datetime.now(UTC)
    async with database.write() as work:
        topic = (await work.topics.catalogue()).find(TOPIC)
        assert topic is not None
        for address in addresses:
            made = await work.destinations.ensure(address, title="", locale="en", timezone="UTC", now=now)
            await work.subscriptions.put(Subscription(made.id, topic.id, 500), now)
    sample = next(one for one in SampleFolder(SAMPLES, town.articles).later() if "Computer Vision" in one.topics)
    SampleFolder(SAMPLES, town.articles).publish(sample.path, datetime.now(UTC), 84)
    async with asyncio.timeout(PATIENCE):
        while not await _stored(database, sample.title):
            await asyncio.sleep(0.1)
    await database.close()
    return sample.title


async def _stored(database: Database, title: str) -> bool:
    async with database.read() as work:
        return bool(await work.articles.find(title))


async def on_telegram(town: Town, title: str) -> dict[str, Sent]:
    """The whole way in a private chat: draft, numbers, SEND, pause, go on, receipt, and the story taken back."""
    telegram, shown = town.telegram, {}

    def standing(words: str) -> Callable[[], Sent | None]:
        return lambda: next((sent for sent in reversed(telegram.shown(ANN)) if words in sent.text), None)

    async def said(words: str) -> Sent:
        return await telegram.wait_until(standing(words), PATIENCE)

    await telegram.say(ANN, f"/broadcast {title}")
    shown["audience"] = await said("Reaches")
    shown["preview"] = await said(title)
    await telegram.say(ANN, "SEND")
    running = await said("to go")
    await telegram.wait_until(lambda: len(telegram.sent) > READERS // 2 or None, PATIENCE)
    await telegram.press(running, "Pause")
    shown["paused"] = await said("is paused")
    await telegram.press(shown["paused"], "Go on")
    shown["receipt"] = await said("is done")
    found = [sent for sent in telegram.edits if "a second" in sent.text]
    shown["progress"] = found[-1] if found else running
    await telegram.press(shown["receipt"], "Take back")
    shown["sure"] = await said("are deleted")
    await telegram.press(shown["sure"], shown["sure"].labels[0])
    shown["recalled"] = await said("is taken back")
    return shown


async def on_discord(town: Town, title: str) -> tuple[Interaction, DiscordSent]:
    """The draft as Discord shows it, and the receipt of what was sent from there to everyone but the knowing."""
    discord, here = town.discord, town.discord.places.channels[NEWS]
    asked = await discord.slash(here, "broadcast", {"text": title}, permissions=OWNER)
    await discord.wait_until(lambda: any("Reaches" in sent.text for sent in asked.answers) or None, PATIENCE)
    again = next(sent for sent in asked.answers if "Reaches" in sent.text)
    await discord.press(again, "Also who knows it")
    await discord.wait_until(lambda: "also those who know" in _standing(town, again).text or None, PATIENCE)
    typed = await discord.slash(here, "broadcast", {"text": "SEND"}, permissions=OWNER)
    begun = await typed.answered(PATIENCE)
    assert "has begun" in begun.text, begun.text
    receipt = await discord.wait_until(
        lambda: next((sent for sent in discord.sent if "is done" in sent.text), None), PATIENCE
    )
    return asked, receipt


def _standing(town: Town, sent: DiscordSent) -> DiscordSent:
    return town.discord.messages.standing[sent.channel_id, sent.message_id].sent
