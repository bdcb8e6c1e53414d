"""The whole way: real commands, real storage, the real queue, real python-telegram-bot, in rooms."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from storage.database import Database
from tests.adapters.telegram_chat import ANN, BEN, FORUM, GROUP, Line, line
from tests.bot.talk import publish
from tests.emulators.telegram_records import Sent

pytestmark = [
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
    pytest.mark.sqlite,
]

CHANNEL = -100400


class World(Line):
    """Telegram with rooms of every kind, and the bot in them."""

    async def says(self, chat_id: int, text: str, who: int = ANN, **where: int) -> Sent:
        """Somebody writes; the next message of the bot in that chat."""
        before = len(self.of(chat_id))
        await self.telegram.say(chat_id, text, user_id=who, **where)  # type: ignore[arg-type]
        return await self.telegram.wait_until(lambda: next(iter(self.of(chat_id)[before:]), None))

    def of(self, chat_id: int) -> list[Sent]:
        return [sent for sent in self.telegram.sent if sent.chat_id == chat_id]

    @asynccontextmanager
    async def delivering(self) -> AsyncIterator[None]:
        """While the queue works, time passes five times as fast as outside."""

        async def pass_time() -> None:
            while True:
                await asyncio.sleep(0.01)
                self.clock.forward(milliseconds=50)

        running, passing = asyncio.create_task(self.delivery.run()), asyncio.create_task(pass_time())
        try:
            yield
        finally:
            self.delivery.stop()
            await running
            passing.cancel()


@pytest.fixture
async def world(storage: Database) -> AsyncIterator[World]:
    async with line(storage) as there:
        telegram = there.telegram
        telegram.add_chat(FORUM, is_forum=True, title="The forum").members.update({ANN: "administrator"})
        channel = telegram.add_chat(CHANNEL, "channel", title="The channel")
        channel.username = "thechannel"
        channel.members.update({ANN: "creator", BEN: "member"})
        yield World(telegram, there.messenger, there.talk, there.delivery, there.clock)


CONVERSATION = (
    "/start",
    "/help",
    "/topics",
    "/topics vision",
    "/subscribe computer vision, space 80",
    "/subscribe ai any",
    "/subscriptions",
    "/quality space 60",
    "/latest",
    "/latest space",
    "/why",
    "/why Lens grows eyes",
    "/pause 2h",
    "/status",
    "/resume",
    "/managers",
    "/managers add @ben",
    "/managers remove @ben",
    "/check",
    "/unsubscribe space",
    "/unsubscribe all",
    "/privacy",
    "/export",
    "/help subscribe",
    "/forget",
)


@pytest.mark.parametrize("place", [GROUP, CHANNEL], ids=["group", "channel"])
async def test_conversation_of_25_commands_in_a_room_breaks_no_rule(world: World, place: int) -> None:
    await publish(world.talk, "Lens grows eyes")
    assert len(CONVERSATION) == 25
    began = world.clock.now
    for text in CONVERSATION:
        sent = await world.says(place, text)
        assert "went wrong" not in sent.text, text
        assert sent.reply_to is not None
        if text == "/export":
            await world.telegram.wait_until(lambda: world.of(place)[-1].document)
    assert not world.telegram.refused
    assert world.clock.now - began >= timedelta(seconds=60)
    await world.telegram.press(sent, "Delete everything", user_id=ANN)
    edit = await world.telegram.wait_until(lambda: world.telegram.edits[-1] if world.telegram.edits else None)
    assert "deleted" in edit.text


async def test_rights_are_refused_named_taken_back_and_lost(world: World) -> None:
    refused = await world.says(GROUP, "/subscribe ai", BEN)
    assert refused.text.endswith("its admins and the managers they name, like Ann.")
    said = await world.telegram.say(GROUP, "hello", user_id=BEN, first_name="Ben")
    before = len(world.of(GROUP))
    await world.telegram.say(GROUP, "/managers add", user_id=ANN, reply_to=said)
    await world.telegram.wait_until(lambda: len(world.of(GROUP)) > before or None)
    subscribed = await world.says(GROUP, "/subscribe ai", BEN)
    assert "AI" in subscribed.text
    await world.says(GROUP, "/managers remove 8")
    await world.telegram.press(subscribed, "Undo", user_id=BEN)
    toast = await world.telegram.wait_until(lambda: world.telegram.answered[0] if world.telegram.answered else None)
    assert toast.text == refused.text
    world.telegram.chats.known[GROUP].members[ANN] = "member"
    world.clock.forward(seconds=61)
    assert "Only those who run this chat" in (await world.says(GROUP, "/unsubscribe ai")).text
    assert not world.telegram.refused


async def test_channel_is_subscribed_from_a_private_chat_and_undone_there(world: World, storage: Database) -> None:
    channel = world.telegram.chats.known[CHANNEL]
    channel.denied.add("can_post_messages")
    assert "The admin right to post messages." in (await world.says(ANN, "/subscribe ai in @thechannel")).text
    assert "The admin right to post messages." in (await world.says(ANN, "/check in @thechannel")).text
    channel.denied.clear()
    assert "All is well" in (await world.says(ANN, "/check in @thechannel")).text
    assert "Only those who run this chat" in (await world.says(BEN, "/subscribe ai in @thechannel", BEN)).text
    world.clock.forward(seconds=10)
    done = await world.says(ANN, "/subscribe ai 80 in @thechannel")
    assert done.text.startswith("In The channel:\n")
    assert await bars(storage, CHANNEL) == {"ai": (80, None)}
    assert await bars(storage, ANN) == {}
    await world.telegram.press(done, "Undo")
    await world.telegram.wait_until(lambda: world.telegram.edits or None)
    assert await bars(storage, CHANNEL) == {}
    assert not world.of(CHANNEL)
    assert not world.telegram.refused


async def test_button_in_a_channel_is_answered_to_the_one_who_pressed_it(world: World, storage: Database) -> None:
    telegram = world.telegram
    await world.says(ANN, "/subscribe computer vision in @thechannel")
    await publish(world.talk, "Lens grows eyes", baseline=False)
    async with world.delivering():
        await telegram.wait_until(lambda: world.of(CHANNEL) or None)
    (alert,) = world.of(CHANNEL)

    async def toast(button: str, who: int) -> str:
        before = len(telegram.answered)
        await telegram.press(alert, button, user_id=who)
        return await telegram.wait_until(lambda: "".join(one.text for one in telegram.answered[before:]))

    telegram.block(BEN)  # who never wrote to the bot is as closed to it
    assert "open @topicwire_test_bot, press Start" in await toast("Why this?", BEN)
    await world.says(BEN, "/start", BEN)
    assert await toast("Why this?", BEN) == "I have answered in our private chat."
    assert world.of(BEN)[-1].text.startswith("In The channel:\n")
    assert "Only those who run this chat" in await toast("Mute story", BEN)
    world.clock.forward(seconds=10)
    assert await toast("Mute story", ANN) == "Muted"
    muted = world.of(ANN)[-1]
    await telegram.press(muted, "Undo")
    await telegram.wait_until(lambda: [edit for edit in telegram.edits if edit.chat_id == ANN] or None)
    assert await toast("Bar up", ANN) == "Saved"
    assert await bars(storage, CHANNEL) == {"computer-vision": (80, None)}
    assert world.of(CHANNEL) == [alert]
    assert not telegram.refused


@pytest.mark.parametrize(
    ("status", "denied", "topic", "words"),
    [
        ("member", {"can_send_messages"}, None, "The permission to send messages."),
        ("member", {"can_add_web_page_previews"}, None, "The permission to embed links"),
        ("administrator", {"can_send_messages"}, None, "All is well"),
        ("restricted", set(), None, "The permission to send messages."),
        ("kicked", set(), None, "I cannot find"),
        ("member", set(), "closed", "This topic is closed"),
        ("member", set(), "gone", "This topic is gone."),
        ("member", set(), "open", "All is well"),
    ],
)
async def test_check_says_exactly_what_is_missing(
    world: World, status: str, denied: set[str], topic: str | None, words: str
) -> None:
    forum = world.telegram.chats.known[FORUM]
    forum.bot_status, forum.denied = status, denied
    if topic:
        forum.threads[5] = topic
    assert words in (await world.says(ANN, f"/check in {FORUM}" + ("/5" if topic else ""))).text


async def test_removed_room_is_parked_with_its_topics_and_wakes_when_the_bot_is_back(
    world: World, storage: Database
) -> None:
    await world.says(FORUM, "/subscribe computer vision", message_thread_id=5)
    await world.telegram.member(FORUM, "member", "kicked")
    await closed(storage)
    await publish(world.talk, "Lens grows eyes")
    async with storage.read() as work:
        assert [one.parked for one in await work.destinations.all()] == ["removed from the chat"]
    world.clock.forward(minutes=5)
    await world.telegram.member(FORUM, "kicked", "member")
    await world.telegram.wait_until(lambda: [one for one in world.of(FORUM) if "Hello" in one.text] or None)
    async with world.delivering():
        await world.telegram.wait_until(lambda: [one for one in world.of(FORUM) if "Lens" in one.text] or None)
    assert world.of(FORUM)[-1].thread_id == 5
    assert not world.telegram.refused


async def test_group_that_becomes_a_supergroup_keeps_its_topics(world: World, storage: Database) -> None:
    await world.says(GROUP, "/subscribe ai 80")
    world.telegram.tell_migration(GROUP, -100200)
    assert "AI" in (await world.says(-100200, "/subscriptions", BEN)).text
    assert await bars(storage, -100200) == {"ai": (80, None)}
    assert await bars(storage, GROUP) == {}


async def closed(storage: Database) -> None:
    """Wait until a chat is known to be closed."""
    async with asyncio.timeout(5):
        while True:
            async with storage.read() as work:
                if any(one.parked for one in await work.destinations.all()):
                    return
            await asyncio.sleep(0.01)


async def bars(storage: Database, chat_id: int) -> dict[str, tuple[int | None, int | None]]:
    async with storage.read() as work:
        found = [one for one in await work.destinations.all() if one.address.chat == str(chat_id)]
        catalogue = await work.topics.catalogue()
        own = [s for one in found for s in await work.subscriptions.of(one.id)]
    return {catalogue.by_id(s.topic_id).slug: (s.alert_from, s.digest_from) for s in own}
