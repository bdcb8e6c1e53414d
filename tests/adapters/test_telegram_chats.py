"""Who is heard in Telegram, in which order, and where messages go."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Chat, Message, User

from adapters.telegram.messenger import TelegramMessenger
from adapters.telegram.order import MOST_WAITING
from adapters.telegram.translate import typed
from bot.messages import Answer
from bot.model import Address, Platform
from tests.adapters.telegram_chat import ANN, ANNS_CHAT, BEN, FORUM, GROUP, NOW, Naps, Script, conversing, notice
from tests.emulators.telegram import TelegramEmulator

NAME = "topicwire_test_bot"


@pytest.fixture
async def messenger(telegram: TelegramEmulator, chat: Script) -> AsyncIterator[TelegramMessenger]:
    async with conversing(telegram, chat, Naps()) as started:
        yield started


# ---------------------------------------------------------------- who may be heard


@pytest.mark.usefixtures("messenger")
async def test_blocking_and_unblocking_close_and_open_the_chat(telegram: TelegramEmulator, chat: Script) -> None:
    await telegram.member(ANN, "member", "kicked")
    await telegram.member(ANN, "kicked", "member")
    await telegram.member(GROUP, "member", "left")
    await telegram.member(GROUP, "left", "restricted")
    await telegram.say(ANN, "hello")
    await telegram.wait_for(1)
    await asyncio.sleep(0)
    assert sorted(chat.doors) == [
        (f"telegram:{GROUP}", "no right to write"),
        (f"telegram:{GROUP}", "removed from the chat"),
        (f"telegram:{ANN}", "blocked by the user"),
        (f"telegram:{ANN}", "open"),
    ]


@pytest.mark.usefixtures("messenger")
async def test_in_a_room_only_commands_are_heard_and_none_that_name_another_bot(
    telegram: TelegramEmulator, chat: Script
) -> None:
    for text in ("hello", "/help@other_bot", f"hello @{NAME}", "/", "/help", f"/HELP@{NAME.upper()} ai"):
        await telegram.say(GROUP, text)
    await telegram.wait_for(2)
    assert [request.text for request in chat.heard] == ["/help", f"/HELP@{NAME.upper()} ai"]
    assert {(request.private, request.may_change) for request in chat.heard} == {(False, False)}


@pytest.mark.usefixtures("messenger")
async def test_room_is_answered_in_the_topic_it_asked_in(telegram: TelegramEmulator, chat: Script) -> None:
    await telegram.say(FORUM, f"/help@{NAME}", message_thread_id=5)
    assert (await telegram.wait_for(1)).thread_id == 5
    assert chat.heard[0].address == Address(Platform.TELEGRAM, str(FORUM), "5")


def written(**changes: Any) -> Message:
    """A message as the library reads it; to ourselves unless told otherwise."""
    usual: dict[str, Any] = {"chat": Chat(ANN, "private"), "from_user": User(ANN, "Ann", is_bot=False)}
    return Message(1, NOW, **usual | changes)


def test_picture_speaks_by_its_caption_and_a_sticker_says_nothing() -> None:
    for message, text in ((written(caption="computer vision"), "computer vision"), (written(), "")):
        request = typed(message, NAME)
        assert request is not None
        assert request.text == text


def test_person_without_a_language_leaves_it_to_the_operator() -> None:
    request = typed(written(text="hi", from_user=User(ANN, "A" * 90, is_bot=False, last_name="B" * 90)), NAME)
    assert request is not None
    assert request.locale == ""
    assert len(request.title) == 100


def test_album_and_post_without_author_are_passed_over() -> None:
    assert typed(written(media_group_id="1", caption="ai"), NAME) is None
    assert typed(written(text="hi", from_user=None), NAME) is None


def test_thread_of_replies_outside_a_forum_is_no_topic() -> None:
    request = typed(written(text="hi", message_thread_id=9), NAME)
    assert request is not None
    assert request.address == ANNS_CHAT


# ---------------------------------------------------------------- order


@pytest.mark.usefixtures("messenger")
async def test_slow_chat_keeps_its_order_and_delays_nobody_else(telegram: TelegramEmulator, chat: Script) -> None:
    chat.waits["slow"] = asyncio.Event()
    await telegram.say(ANN, "slow")
    await telegram.say(ANN, "quick")
    await telegram.say(BEN, "hello")
    assert (await telegram.wait_for(1)).chat_id == BEN
    chat.waits["slow"].set()
    await telegram.wait_for(3)
    assert [sent.text for sent in telegram.sent[1:]] == ["You said: slow", "You said: quick"]


@pytest.mark.usefixtures("messenger")
async def test_chat_that_floods_loses_what_it_sent_too_fast(telegram: TelegramEmulator, chat: Script) -> None:
    chat.waits["slow"] = asyncio.Event()
    chat.says["more"] = Answer()
    await telegram.say(ANN, "slow")
    for _ in range(MOST_WAITING + 10):
        await telegram.say(ANN, "more")
    await telegram.say(BEN, "hello")
    await telegram.wait_for(1)
    chat.waits["slow"].set()
    await telegram.wait_for(lambda sent: sent.text == "You said: slow")
    await telegram.say(ANN, "last")
    await telegram.wait_for(lambda sent: sent.text == "You said: last")
    assert [request.text for request in chat.heard].count("more") == MOST_WAITING - 1


# ---------------------------------------------------------------- what is owed


async def test_sent_message_has_an_id_and_goes_to_its_topic(
    telegram: TelegramEmulator, messenger: TelegramMessenger
) -> None:
    telegram.add_chat(FORUM, is_forum=True).threads[5] = "open"
    for thread in ("5", "1", None):  # 1 is General, which has no id on the wire
        address = Address(Platform.TELEGRAM, str(FORUM), thread)
        message_id = await messenger.send(address, notice("Hello"), locale="en", nonce="n", now=NOW)
        assert message_id == str(telegram.sent[-1].message_id)
    assert [sent.thread_id for sent in telegram.sent] == [5, None, None]
    assert not telegram.refused


async def test_plain_message_has_neither_markup_nor_preview(
    telegram: TelegramEmulator, messenger: TelegramMessenger
) -> None:
    telegram.add_chat(ANN)
    await messenger.send_plain(ANNS_CHAT, notice("<b>1</b> https://a.example/", "yes"), locale="en", now=NOW)
    (sent,) = telegram.sent
    assert (sent.text, sent.entities, sent.preview, sent.buttons) == ("<b>1</b> https://a.example/", (), None, ())


async def test_groups_are_given_more_room_than_people(messenger: TelegramMessenger) -> None:
    assert messenger.spacing(ANNS_CHAT) == 1.05
    assert messenger.spacing(Address(Platform.TELEGRAM, str(GROUP))) == 3.0
    assert await messenger.reachable()
