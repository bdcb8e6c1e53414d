"""Updates of the loopback Telegram server, received by the real python-telegram-bot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InlineKeyboardButton, Update
from telegram.error import BadRequest, Conflict
from telegram.ext import CallbackQueryHandler, MessageHandler, TypeHandler

from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_client import ANN, FORUM, ROOM, client, keyboard, polling, populated


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    async with populated() as emulator:
        yield emulator


@pytest.fixture
async def bot(telegram: TelegramEmulator) -> AsyncIterator[Bot]:
    async with client(telegram) as real:
        yield real


def polls(telegram: TelegramEmulator) -> int:
    return sum(request.method == "getUpdates" for request in telegram.requests)


@pytest.fixture
async def updates(telegram: TelegramEmulator) -> AsyncIterator[asyncio.Queue[Update]]:
    """What a polling application receives; it answers /start with a button and every press with a notice."""
    received: asyncio.Queue[Update] = asyncio.Queue()
    app = polling(telegram)

    async def greet(update: Update, _: object) -> None:
        assert update.message
        await update.message.reply_text(
            "hello", reply_markup=keyboard(InlineKeyboardButton("Go", callback_data="go"))
        )

    async def notice(update: Update, _: object) -> None:
        assert update.callback_query
        await update.callback_query.answer("done")

    async def receive(update: Update, _: object) -> None:
        await received.put(update)

    app.add_handler(MessageHandler(None, greet))
    app.add_handler(CallbackQueryHandler(notice))
    app.add_handler(TypeHandler(Update, receive), group=1)
    async with app:
        await app.start()
        assert app.updater
        await app.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        yield received
        await app.updater.stop()
        await app.stop()


async def test_a_person_writes_presses_and_is_answered(
    telegram: TelegramEmulator, updates: asyncio.Queue[Update]
) -> None:
    await telegram.say(ANN, "/start now", language_code="de")
    hello = await telegram.wait_for(lambda sent: sent.text == "hello")
    query_id = await telegram.press(hello, "Go")
    (answer,) = await telegram.wait_until(lambda: telegram.answered)
    update = await updates.get()
    assert update.message
    assert update.message.from_user
    assert update.message.from_user.language_code == "de"
    assert [entity.type for entity in update.message.entities] == ["bot_command"]
    assert (answer.callback_query_id, answer.text) == (query_id, "done")
    assert not telegram.refused


async def test_a_stale_button_can_be_pressed_and_a_missing_one_cannot(
    telegram: TelegramEmulator, updates: asyncio.Queue[Update], bot: Bot
) -> None:
    button = keyboard(InlineKeyboardButton("Old", callback_data="old"))
    message = await bot.send_message(ANN, "x", reply_markup=button)
    await bot.delete_message(ANN, message.message_id)
    await telegram.press(telegram.sent[0], "old")
    update = await updates.get()
    assert update.callback_query
    assert update.callback_query.data == "old"
    assert update.callback_query.message
    assert not update.callback_query.message.is_accessible
    with pytest.raises(LookupError, match="Old"):
        await telegram.press(telegram.sent[0], "New")
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
        await bot.answer_callback_query("12345")


async def test_edits_rooms_channels_and_membership_arrive_as_updates(
    telegram: TelegramEmulator, updates: asyncio.Queue[Update]
) -> None:
    message_id = await telegram.say(FORUM, "hi", user_id=8, message_thread_id=11)
    await telegram.edit(FORUM, message_id, "/hi")
    await telegram.member(ROOM, "member", "administrator")
    await telegram.say(-1009, "post", chat_type="channel")
    said, edited, joined, posted = [await updates.get() for _ in range(4)]
    assert said.message
    assert (said.message.message_thread_id, said.message.is_topic_message) == (11, True)
    assert edited.edited_message
    assert edited.edited_message.text == "/hi"
    assert joined.my_chat_member
    assert joined.my_chat_member.new_chat_member.status == "administrator"
    assert posted.channel_post
    assert posted.channel_post.from_user is None


async def test_a_second_poller_ends_the_first_with_conflict(telegram: TelegramEmulator, bot: Bot) -> None:
    async with client(telegram) as other:
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await telegram.wait_until(lambda: polls(telegram) == 1)
        second = asyncio.create_task(other.get_updates(timeout=20))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await telegram.say(ANN, "hi")
        assert [update.update_id for update in await second] == [1]
    assert [refusal.status for refusal in telegram.refused] == [409]


async def test_updates_stay_until_confirmed_and_obey_allowed_updates(telegram: TelegramEmulator, bot: Bot) -> None:
    await telegram.say(ANN, "one")
    await telegram.say(ANN, "two")
    assert [one.update_id for one in await bot.get_updates(limit=1)] == [1]
    assert [one.update_id for one in await bot.get_updates()] == [1, 2]
    assert [one.update_id for one in await bot.get_updates(offset=2, allowed_updates=["message"])] == [2]
    await telegram.member(ANN, "member", "kicked")
    await telegram.say(ANN, "three")
    assert [one.update_id for one in await bot.get_updates(offset=3)] == [3]
    assert [one.update_id for one in await bot.get_updates(offset=-1)] == [3]


async def test_a_poller_that_hung_up_is_no_second_poller(telegram: TelegramEmulator, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.wait_until(lambda: polls(telegram) == 1)
    first.cancel()
    await asyncio.wait([first])
    second = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.wait_until(lambda: polls(telegram) == 2)
    await telegram.say(ANN, "hi")
    assert len(await second) == 1
    assert not telegram.refused


async def test_waiting_in_vain_tells_what_came_instead(telegram: TelegramEmulator, bot: Bot) -> None:
    await bot.send_message(ANN, "something else")
    with pytest.raises(TimeoutError, match="something else"):
        await telegram.wait_for(lambda sent: sent.text == "hello", timeout=0.01)
