"""Rates, and failures on command, as the real python-telegram-bot meets them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tests.conftest import Clock
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_client import ANN, FORUM, ROOM, client, populated
from tests.emulators.telegram_rules import Rules

# Making a RetryAfter warns that its number will be a timedelta one day.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[TelegramEmulator]:
    async with populated(clock) as emulator:
        yield emulator


@pytest.fixture
async def bot(telegram: TelegramEmulator) -> AsyncIterator[Bot]:
    async with client(telegram) as real:
        yield real


# ---------------------------------------------------------------- rates


async def test_a_private_chat_takes_a_burst_of_three_then_one_a_second(
    telegram: TelegramEmulator, bot: Bot, clock: Clock
) -> None:
    for number in range(3):
        await bot.send_message(ANN, str(number))
    with pytest.raises(RetryAfter, match="Retry in 1 seconds"):
        await bot.send_message(ANN, "too soon")
    clock.forward(seconds=1)
    await bot.send_message(ANN, "in time")
    assert [refusal.status for refusal in telegram.refused] == [429]


async def test_a_group_takes_twenty_a_minute(bot: Bot, clock: Clock) -> None:
    for number in range(20):
        await bot.send_message(ROOM, str(number))
        clock.forward(seconds=0.5)
    with pytest.raises(RetryAfter, match="Retry in 50 seconds"):
        await bot.send_message(ROOM, "too many")
    clock.forward(seconds=50)
    await bot.send_message(ROOM, "in time")


@pytest.mark.parametrize(("rates", "refused"), [("refuse", 7), ("record", 7), ("off", 0)])
async def test_a_token_sends_thirty_a_second_and_a_tenth(clock: Clock, rates: Any, refused: int) -> None:
    async with populated(clock, rules=Rules(rates=rates)) as telegram:
        async with client(telegram) as bot:
            for chat in range(1, 41):
                telegram.add_chat(chat)
            sends = [bot.send_message(chat, "news") for chat in range(1, 41)]
            results = await asyncio.gather(*sends, return_exceptions=True)
        assert len(telegram.refused) == refused
        assert sum(isinstance(result, RetryAfter) for result in results) == (7 if rates == "refuse" else 0)


# ---------------------------------------------------------------- failures on command


async def test_failures_on_command_reach_the_bot_as_telegrams_own(telegram: TelegramEmulator, bot: Bot) -> None:
    telegram.fail("sendMessage", parameters={"retry_after": 30})
    telegram.fail("sendMessage", status=403, description="Forbidden: user is deactivated", chat_id=ANN)
    telegram.fail("sendMessage", status=502, html=True)
    telegram.fail("sendMessage", status=200, html=True)
    expected: list[tuple[type[TelegramError], str]] = [
        (RetryAfter, "Retry in 30 seconds"),
        (Forbidden, "user is deactivated"),
        (NetworkError, r"Bad Gateway \(502\)"),
        (TelegramError, "Invalid server response"),
    ]
    for kind, text in expected:
        with pytest.raises(kind, match=text):
            await bot.send_message(ANN, "hi")
    await bot.send_message(ANN, "hi")
    assert ([failure.status for failure in telegram.failed], telegram.refused) == ([429, 403, 502, 200], [])
    assert len(telegram.sent) == 2  # one of them was told in a page of a proxy


async def test_a_blocked_a_left_and_a_migrated_chat_break_no_rule(telegram: TelegramEmulator, bot: Bot) -> None:
    telegram.block(ANN)
    await telegram.member(FORUM, "member", "left")
    telegram.migrate(ROOM, -100200)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ANN, "hi")
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(FORUM, "hi")
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(ROOM, "hi")
    await bot.send_message(moved.value.new_chat_id, "hi")
    await telegram.say(ANN, "I am back")
    await bot.send_message(ANN, "hi")
    assert (len(telegram.failed), telegram.refused) == (3, [])


async def test_a_lost_answer_leaves_the_message_in_the_chat(telegram: TelegramEmulator, bot: Bot) -> None:
    telegram.fail("sendMessage", reset=True, after_accept=True)
    with pytest.raises(NetworkError) as lost:
        await bot.send_message(ANN, "sent once")
    assert not isinstance(lost.value, BadRequest)
    assert [sent.text for sent in telegram.sent] == ["sent once"]


async def test_a_connection_reset_before_acceptance_leaves_nothing(telegram: TelegramEmulator, bot: Bot) -> None:
    telegram.fail(None, reset=True)
    with pytest.raises(NetworkError):
        await bot.send_message(ANN, "never sent")
    assert telegram.sent == []


async def test_an_answer_that_is_too_slow_times_out_though_the_message_is_there(
    telegram: TelegramEmulator, bot: Bot
) -> None:
    telegram.fail("sendMessage", status=200, delay=30)
    with pytest.raises(TimedOut):
        await bot.send_message(ANN, "slow", read_timeout=0.05)
    assert [sent.text for sent in telegram.sent] == ["slow"]
