"""Conversations: real python-telegram-bot over our transport, against the loopback server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.telegram.messenger import TelegramMessenger
from bot.messages import Answer
from tests.adapters.telegram_chat import ANN, ANNS_CHAT, Naps, Script, conversing, notice
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_records import Refusal, Sent
from tests.emulators.telegram_rules import Rules

# Making a RetryAfter warns that its number will be a timedelta one day.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.fixture
def rules() -> Rules:
    return Rules()


@pytest.fixture
async def telegram(rules: Rules) -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator(rules=rules) as emulator:
        yield emulator


@pytest.fixture
async def messenger(telegram: TelegramEmulator, chat: Script, naps: Naps) -> AsyncIterator[TelegramMessenger]:
    async with conversing(telegram, chat, naps) as started:
        yield started


async def answered(telegram: TelegramEmulator, query_id: str) -> str:
    """What the person saw whose press this was."""
    found = await telegram.wait_until(
        lambda: next((a for a in telegram.answered if a.callback_query_id == query_id), None)
    )
    return found.text


async def refused(telegram: TelegramEmulator, words: str) -> Refusal:
    return await telegram.wait_until(lambda: next((r for r in telegram.refused if words in r.description), None))


async def asked(telegram: TelegramEmulator, chat: Script, *actions: str) -> Sent:
    """A message with buttons, got by saying "ask"."""
    chat.says["ask"] = Answer((notice("Which?", *actions),))
    await telegram.say(ANN, "ask")
    return await telegram.wait_for(lambda sent: sent.text == "Which?")


# ---------------------------------------------------------------- messages


@pytest.mark.usefixtures("messenger")
async def test_start_in_a_private_chat_is_answered(telegram: TelegramEmulator, chat: Script) -> None:
    await telegram.say(ANN, "/start", first_name="Ann", language_code="pt-br")
    sent = await telegram.wait_for(1)
    assert (sent.chat_id, sent.text) == (ANN, "You said: /start")
    (request,) = chat.heard
    assert request.address == ANNS_CHAT
    assert (request.text, request.press) == ("/start", None)
    assert (request.sender, request.title, request.locale) == (str(ANN), "Ann", "pt-br")
    assert (request.private, request.may_change) == (True, True)
    assert not telegram.refused


@pytest.mark.usefixtures("messenger")
async def test_any_text_reaches_the_chat_as_typed(telegram: TelegramEmulator, chat: Script) -> None:
    odd = "  <b>&amp; \u202e\n" + "📣" * 4000
    await telegram.say(ANN, odd)
    sent = await telegram.wait_for(1)
    assert chat.heard[0].text == odd
    assert sent.text.startswith("You said:   <b>&amp; \n📣")
    assert not telegram.refused


@pytest.mark.usefixtures("messenger")
async def test_edited_message_is_run_again(telegram: TelegramEmulator, chat: Script) -> None:
    message_id = await telegram.say(ANN, "/subscrib ai")
    await telegram.wait_for(1)
    await telegram.edit(ANN, message_id, "/subscribe ai")
    assert (await telegram.wait_for(2)).text == "You said: /subscribe ai"
    assert [request.text for request in chat.heard] == ["/subscrib ai", "/subscribe ai"]


@pytest.mark.usefixtures("messenger")
async def test_document_is_handed_over(telegram: TelegramEmulator, chat: Script) -> None:
    chat.says["/export"] = Answer((notice("Here it is."),), document=("topicwire.json", b'{"a": 1}'))
    await telegram.say(ANN, "/export")
    sent = await telegram.wait_for(2)
    assert sent.method == "sendDocument"
    assert telegram.requests[-1].files == {"document": b'{"a": 1}'}
    assert not telegram.refused


@pytest.mark.usefixtures("messenger")
async def test_chat_with_nothing_to_say_is_silent(telegram: TelegramEmulator, chat: Script) -> None:
    chat.says["psst"] = Answer()
    await telegram.say(ANN, "psst")
    await telegram.say(ANN, "hello")
    await telegram.wait_for(1)
    assert [sent.text for sent in telegram.sent] == ["You said: hello"]


async def test_replies_are_counted_for_the_clock_of_the_token(
    telegram: TelegramEmulator, chat: Script, messenger: TelegramMessenger
) -> None:
    counted: list[int] = []
    messenger.on_reply = counted.append
    chat.says["two"] = Answer((notice("one"), notice("two")))
    await telegram.say(ANN, "two")
    await telegram.wait_for(2)
    await messenger.stop()
    assert sum(counted) == 2


# ---------------------------------------------------------------- buttons


@pytest.mark.usefixtures("messenger")
async def test_press_answers_in_the_place_of_the_message(telegram: TelegramEmulator, chat: Script) -> None:
    message = await asked(telegram, chat, "lower")
    chat.says["lower"] = Answer((notice("The bar is 60.", "undo"),), replaces=True, toast="Lowered")
    query = await telegram.press(message, "lower")
    assert await answered(telegram, query) == "Lowered"
    edit = await telegram.wait_until(lambda: telegram.edits[0] if telegram.edits else None)
    assert (edit.message_id, edit.text, edit.labels) == (message.message_id, "The bar is 60.", ("undo",))
    assert len(telegram.sent) == 1
    assert chat.heard[-1].press == "lower"
    assert not telegram.refused


@pytest.mark.usefixtures("messenger")
async def test_press_without_replacing_answers_below(telegram: TelegramEmulator, chat: Script) -> None:
    message = await asked(telegram, chat, "why:5")
    await telegram.press(message, "why:5")
    assert (await telegram.wait_for(2)).text == "You said: why:5"
    assert telegram.answered
    assert not telegram.edits


@pytest.mark.usefixtures("messenger")
async def test_press_on_a_message_that_is_gone_is_answered_by_a_new_one(
    telegram: TelegramEmulator, chat: Script
) -> None:
    message = await asked(telegram, chat, "lower")
    chat.says["lower"] = Answer((notice("The bar is 60."),), replaces=True)
    telegram.chats.messages.pop((ANN, message.message_id))
    query = await telegram.press(message, "lower")
    assert (await telegram.wait_for(2)).text == "The bar is 60."
    assert await answered(telegram, query) == ""


@pytest.mark.usefixtures("messenger")
async def test_answer_that_stands_there_already_is_no_second_message(
    telegram: TelegramEmulator, chat: Script
) -> None:
    message = await asked(telegram, chat, "same")
    chat.says["same"] = Answer((notice("Which?", "same"),), replaces=True)
    await telegram.press(message, "same")
    await refused(telegram, "message is not modified")
    await telegram.say(ANN, "still there?")
    await telegram.wait_for(2)
    assert [sent.text for sent in telegram.sent] == ["Which?", "You said: still there?"]


@pytest.mark.parametrize("rules", [Rules(callback_seconds=-1)])
@pytest.mark.usefixtures("messenger")
async def test_stale_press_still_does_what_it_says(telegram: TelegramEmulator, chat: Script) -> None:
    message = await asked(telegram, chat, "old")
    await telegram.press(message, "old")
    await refused(telegram, "query is too old")
    assert (await telegram.wait_for(2)).text == "You said: old"


@pytest.mark.usefixtures("messenger")
async def test_failing_chat_leaves_no_button_spinning(telegram: TelegramEmulator, chat: Script) -> None:
    message = await asked(telegram, chat, "boom")
    chat.says["boom"] = RuntimeError("a fault of ours")
    query = await telegram.press(message, "boom")
    assert await answered(telegram, query) == ""
    await telegram.say(ANN, "hello")
    assert (await telegram.wait_for(2)).text == "You said: hello"


@pytest.mark.usefixtures("messenger")
async def test_slow_chat_leaves_no_button_spinning(
    telegram: TelegramEmulator, chat: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.telegram.conversation.PATIENCE", 0.05)
    message = await asked(telegram, chat, "slow")
    chat.waits["slow"] = asyncio.Event()
    query = await telegram.press(message, "slow")
    assert await answered(telegram, query) == ""
    chat.waits["slow"].set()
    assert (await telegram.wait_for(2)).text == "You said: slow"


@pytest.mark.usefixtures("messenger")
async def test_forged_press_reaches_the_chat_and_does_no_harm(telegram: TelegramEmulator, chat: Script) -> None:
    message = await asked(telegram, chat, "yes")
    chat.says["bar:+:999999999"] = Answer(toast="T" * 500)
    query = await telegram.press(message, "bar:+:999999999", forged=True)
    assert await answered(telegram, query) == "T" * 200
    assert not telegram.refused


# ---------------------------------------------------------------- what Telegram answers to a reply


@pytest.mark.usefixtures("messenger")
async def test_reply_waits_once_when_telegram_asks_for_it(telegram: TelegramEmulator, naps: Naps) -> None:
    telegram.fail("sendMessage", status=429, parameters={"retry_after": 30})
    await telegram.say(ANN, "hello")
    await telegram.wait_for(1)
    assert naps.seconds == [30.0]


@pytest.mark.usefixtures("messenger")
async def test_reply_does_not_wait_longer_than_a_person(telegram: TelegramEmulator, naps: Naps) -> None:
    telegram.fail("sendMessage", status=429, parameters={"retry_after": 31})
    await telegram.say(ANN, "hello")
    await telegram.say(ANN, "again")
    assert (await telegram.wait_for(1)).text == "You said: again"
    assert naps.seconds == []


@pytest.mark.parametrize("status", [400, 403, 500])
@pytest.mark.usefixtures("messenger")
async def test_failed_reply_stops_nothing(telegram: TelegramEmulator, status: int) -> None:
    telegram.fail("sendMessage", status=status)
    await telegram.say(ANN, "hello")
    await telegram.say(ANN, "again")
    assert (await telegram.wait_for(1)).text == "You said: again"


@pytest.mark.usefixtures("messenger")
async def test_lost_answer_does_not_repeat_a_reply(telegram: TelegramEmulator) -> None:
    telegram.fail("sendMessage", reset=True, after_accept=True)
    await telegram.say(ANN, "hello")
    await telegram.say(ANN, "again")
    await telegram.wait_for(2)
    assert [sent.text for sent in telegram.sent] == ["You said: hello", "You said: again"]


@pytest.mark.usefixtures("messenger")
async def test_reply_that_cannot_be_parsed_goes_out_as_bare_text(telegram: TelegramEmulator) -> None:
    telegram.fail("sendMessage", status=400, description="Bad Request: can't parse entities: something")
    await telegram.say(ANN, "<hello>")
    assert (await telegram.wait_for(1)).html == "You said: <hello>"
