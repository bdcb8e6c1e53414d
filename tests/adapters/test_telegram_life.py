"""The messenger's life: connecting, polling, the menu, stopping; and never a token in a log."""

from __future__ import annotations

import asyncio
import logging
from time import monotonic

import pytest
from structlog.testing import capture_logs

from adapters.telegram.messenger import TelegramMessenger
from bot.errors import TokenDead
from bot.messages import MenuEntry
from bot.texts import languages
from tests.adapters.telegram_chat import ANN, ANNS_CHAT, NOW, Naps, Script, conversing, messenger_of, notice
from tests.emulators.telegram import TOKEN, TelegramEmulator

# Making a RetryAfter warns that its number will be a timedelta one day.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

SECRET = TOKEN.partition(":")[2]
PRIVATE_CHATS = ("all_private_chats", "")
MENUS = 3 * len(languages())  # for people, for members of rooms, for their admins


def calls(telegram: TelegramEmulator, method: str) -> int:
    return sum(request.method == method for request in telegram.requests)


# ---------------------------------------------------------------- connecting


async def test_wrong_token_is_told_with_its_setting_and_without_itself(
    telegram: TelegramEmulator, chat: Script
) -> None:
    messenger = messenger_of(telegram, "1234:quite-another-token")
    with pytest.raises(TokenDead, match="TELEGRAM_TOKEN") as raised:
        await messenger.start(chat)
    assert "another" not in str(raised.value)
    await messenger.stop()


async def test_start_waits_for_telegram_to_come_back(telegram: TelegramEmulator, chat: Script, naps: Naps) -> None:
    telegram.fail("getMe", times=2, status=502, html=True)
    telegram.fail("getMe", reset=True)
    telegram.fail("deleteWebhook", status=429, parameters={"retry_after": 5})
    with capture_logs() as logs:
        async with conversing(telegram, chat, naps):
            await telegram.say(ANN, "hello")
            await telegram.wait_for(1)
    assert naps.seconds == [1.0, 2.0, 4.0, 5.0]
    assert [line["event"] for line in logs] == ["telegram_unreachable"] * 4


async def test_message_can_be_sent_without_conversing(telegram: TelegramEmulator) -> None:
    telegram.add_chat(ANN)
    messenger = messenger_of(telegram)
    await messenger.send(ANNS_CHAT, notice("Hello"), locale="en", nonce="1", now=NOW)
    await messenger.stop()
    assert [request.method for request in telegram.requests] == ["sendMessage"]


async def test_messenger_starts_again_after_a_stop(telegram: TelegramEmulator, chat: Script) -> None:
    messenger = messenger_of(telegram)
    for number in (1, 2):
        await messenger.start(chat)
        await telegram.say(ANN, f"hello {number}")
        await telegram.wait_for(number)
        await messenger.stop()
    assert [request.text for request in chat.heard] == ["hello 1", "hello 2"]


# ---------------------------------------------------------------- the menu


async def test_menu_is_published_once_and_again_only_when_it_changed(
    telegram: TelegramEmulator, chat: Script, naps: Naps
) -> None:
    for _ in range(2):
        async with conversing(telegram, chat, naps):
            pass
    assert calls(telegram, "setMyCommands") == MENUS
    chat.entries.append(MenuEntry("why", "W" * 300))
    async with conversing(telegram, chat, naps):
        pass
    assert [entry["command"] for entry in telegram.commands[PRIVATE_CHATS]] == ["start", "topics", "why"]
    assert calls(telegram, "setMyCommands") == 2 * MENUS
    assert not telegram.refused


async def test_menu_that_cannot_be_published_stops_nothing(
    telegram: TelegramEmulator, chat: Script, naps: Naps
) -> None:
    telegram.fail("setMyCommands", status=500)
    with capture_logs() as logs:
        async with conversing(telegram, chat, naps):
            await telegram.say(ANN, "hello")
            await telegram.wait_for(1)
    assert [line["event"] for line in logs] == ["telegram_menu_not_published"]


# ---------------------------------------------------------------- polling


async def test_polling_names_the_updates_it_wants(telegram: TelegramEmulator, chat: Script, naps: Naps) -> None:
    async with conversing(telegram, chat, naps):
        await telegram.say(ANN, "hello")
        await telegram.wait_for(1)
    polls = [request.parameters for request in telegram.requests if request.method == "getUpdates"]
    posts = ["channel_post", "edited_channel_post"]
    wanted = ["message", "edited_message", *posts, "callback_query", "my_chat_member"]
    assert polls
    assert all(poll["allowed_updates"] == wanted for poll in polls)


async def test_second_poller_is_told_once_and_polling_goes_on(
    telegram: TelegramEmulator, chat: Script, naps: Naps
) -> None:
    telegram.fail("getUpdates", times=5, status=409)
    with capture_logs() as logs:
        async with conversing(telegram, chat, naps):
            await telegram.say(ANN, "hello")
            await telegram.wait_for(1)
    (line,) = logs
    assert line["event"] == "telegram_second_poller"
    assert "TELEGRAM_TOKEN" in line["error"]
    assert naps.seconds == [1.0, 2.0, 4.0, 8.0, 16.0]


async def test_polling_survives_whatever_goes_wrong_on_the_way(
    telegram: TelegramEmulator, chat: Script, naps: Naps
) -> None:
    telegram.fail("getUpdates", reset=True)
    telegram.fail("getUpdates", status=502, html=True)
    telegram.fail("getUpdates", status=429, parameters={"retry_after": 9})
    telegram.fail("getUpdates", status=401)
    with capture_logs() as logs:
        async with conversing(telegram, chat, naps):
            await telegram.say(ANN, "hello")
            await telegram.wait_for(1)
    assert naps.seconds == [1.0, 2.0, 9.0, 8.0]
    assert [line["event"] for line in logs] == ["telegram_unreachable", "telegram_token_refused"]


async def test_a_lost_connection_is_known_until_the_next_poll_that_goes_well(
    telegram: TelegramEmulator, chat: Script
) -> None:
    known: list[str | None] = []

    async def nap(_seconds: float) -> None:
        known.append(str(messenger.fault) if messenger.fault else None)

    messenger = TelegramMessenger(TOKEN, api_url=telegram.root, clock=lambda: NOW, sleep=nap)
    telegram.fail("getMe", status=502, html=True)
    telegram.fail("getUpdates", times=2, status=401)
    await messenger.start(chat)
    async with asyncio.timeout(5):
        while len(known) < 3 or messenger.fault is not None:  # nobody says anything: a long poll would last
            await asyncio.sleep(0.01)
    await messenger.stop()
    assert all(known)
    assert "TELEGRAM_TOKEN" in str(known[-1])


# ---------------------------------------------------------------- stopping


async def test_stop_while_polling_is_quick_and_confirms_what_was_taken(
    telegram: TelegramEmulator, chat: Script
) -> None:
    messenger = messenger_of(telegram)
    await messenger.start(chat)
    await telegram.say(ANN, "hello")
    await telegram.wait_for(1)
    began = monotonic()
    await messenger.stop()
    assert monotonic() - began < 5
    await messenger.start(chat)
    await telegram.say(ANN, "again")
    await telegram.wait_for(2)
    await messenger.stop()
    assert [request.text for request in chat.heard] == ["hello", "again"]


async def test_stop_while_resting_after_an_error_is_quick(telegram: TelegramEmulator, chat: Script) -> None:
    messenger = TelegramMessenger(TOKEN, api_url=telegram.root, clock=lambda: NOW)  # with real sleep
    await messenger.start(chat)
    telegram.fail("getUpdates", status=500)
    await telegram.say(ANN, "hello")  # ends the poll that is open, and the next one fails
    await telegram.wait_for(1)
    await telegram.wait_until(lambda: telegram.failed)
    began = monotonic()
    await messenger.stop()
    assert monotonic() - began < 1


async def test_stop_finishes_what_is_being_answered(telegram: TelegramEmulator, chat: Script) -> None:
    messenger = messenger_of(telegram)
    await messenger.start(chat)
    chat.waits["slow"] = asyncio.Event()
    await telegram.say(ANN, "slow")
    await telegram.wait_until(lambda: calls(telegram, "getUpdates") > 1)
    stopping = asyncio.create_task(messenger.stop())
    await telegram.wait_until(lambda: telegram.requests[-1].parameters.get("timeout") == 0)  # the confirmation
    chat.waits["slow"].set()
    await stopping
    assert [sent.text for sent in telegram.sent] == ["You said: slow"]


async def test_stop_gives_up_an_answer_that_never_comes(
    telegram: TelegramEmulator, chat: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.telegram.messenger.FINISH_WITHIN", 0.1)
    messenger = messenger_of(telegram)
    await messenger.start(chat)
    chat.waits["never"] = asyncio.Event()
    await telegram.say(ANN, "never")
    await telegram.wait_until(lambda: calls(telegram, "getUpdates") > 1)
    with capture_logs() as logs:
        await messenger.stop()
    assert [line["event"] for line in logs] == ["telegram_answers_given_up"]
    others = asyncio.all_tasks() - {asyncio.current_task()}
    assert not [task for task in others if "process_concurrent_update" in task.get_name()]


async def test_stop_while_telegram_is_gone_ends(chat: Script) -> None:
    async with TelegramEmulator() as telegram:
        messenger = messenger_of(telegram)
        await messenger.start(chat)
        await telegram.say(ANN, "hello")
        await telegram.wait_for(1)
    began = monotonic()
    await messenger.stop()
    assert monotonic() - began < 5


# ---------------------------------------------------------------- secrets


async def test_no_log_line_holds_the_token(
    telegram: TelegramEmulator, chat: Script, naps: Naps, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for trouble in (
        {"reset": True},
        {"status": 502, "html": True, "description": f"/bot{TOKEN}/"},
        {"status": 409},
    ):
        telegram.fail("getUpdates", **trouble)
        telegram.fail("sendMessage", **trouble)
    with capture_logs() as logs:
        async with conversing(telegram, chat, naps) as messenger:
            for text in ("one", "two", "three", "/start"):
                await telegram.say(ANN, text)
            sent = await telegram.wait_for(1)
            chat.says["fault"] = RuntimeError("a fault of ours")
            await telegram.say(ANN, "fault")
            await telegram.say(ANN, "after")
            await telegram.wait_for(2)
            telegram.fail("sendMessage", reset=True)
            with pytest.raises(Exception, match="no answer"):
                await messenger.send(ANNS_CHAT, notice("owed"), locale="en", nonce="1", now=NOW)
        with pytest.raises(TokenDead):
            await messenger_of(telegram, f"99:{SECRET}").start(chat)
    assert sent.text == "You said: /start"
    assert len(logs) >= 5
    assert SECRET not in caplog.text
    assert SECRET not in repr(logs)
