"""Groups, forums and channels: what is heard there, whose word counts, and where the answer stands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.telegram.messenger import TelegramMessenger
from bot.messages import Answer, Person, Request
from bot.model import Address
from tests.adapters.telegram_chat import ANN, BEN, FORUM, GROUP, NOW, Naps, Script, conversing, notice
from tests.conftest import Clock
from tests.emulators.telegram import TelegramEmulator

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

CHANNEL, LINKED = -100400, -100500


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as emulator:
        group = emulator.add_chat(GROUP, title="The <b>desk</b>")
        group.members.update({ANN: "creator", BEN: "member"})
        emulator.add_chat(CHANNEL, "channel", title="The channel")
        yield emulator


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
async def messenger(telegram: TelegramEmulator, chat: Script, clock: Clock) -> AsyncIterator[TelegramMessenger]:
    async with conversing(telegram, chat, Naps(), clock) as started:
        yield started


async def heard(telegram: TelegramEmulator, chat: Script, number: int) -> Request:
    """The `number`-th request that reached the chat (from 1)."""
    await telegram.wait_for(number)
    return chat.heard[number - 1]


def named(address: Address, text: str) -> tuple[str, str]:
    return str(address), text


# ---------------------------------------------------------------- whose word counts


@pytest.mark.usefixtures("messenger")
async def test_admins_of_a_room_may_change_it_and_members_learn_who_they_are(
    telegram: TelegramEmulator, chat: Script
) -> None:
    await telegram.say(GROUP, "/pause", user_id=ANN, username="ann")
    await telegram.say(GROUP, "/pause", user_id=BEN)
    await heard(telegram, chat, 2)
    ann, ben = chat.heard
    assert (ann.may_change, ann.sender, ann.handle) == (True, str(ANN), "ann")
    assert (ben.may_change, ben.admins, ben.right) == (False, ("Ann",), "admin")
    assert sum(request.method == "getChatAdministrators" for request in telegram.requests) == 1
    assert not telegram.refused


@pytest.mark.usefixtures("messenger")
async def test_role_that_is_taken_away_counts_for_a_minute_at_most(
    telegram: TelegramEmulator, chat: Script, clock: Clock
) -> None:
    await telegram.say(GROUP, "/pause", user_id=ANN)
    await heard(telegram, chat, 1)
    telegram.chats.known[GROUP].members[ANN] = "member"
    clock.forward(seconds=61)
    await telegram.say(GROUP, "/pause", user_id=ANN)
    assert (await heard(telegram, chat, 2)).may_change is False


@pytest.mark.usefixtures("messenger")
async def test_right_that_cannot_be_asked_for_is_not_granted(telegram: TelegramEmulator, chat: Script) -> None:
    telegram.fail("getChatAdministrators", status=500)
    await telegram.say(GROUP, "/pause", user_id=ANN)
    assert (await heard(telegram, chat, 1)).may_change is False
    await telegram.say(GROUP, "/pause", user_id=ANN)
    assert (await heard(telegram, chat, 2)).may_change is True


@pytest.mark.usefixtures("messenger")
async def test_anonymous_admin_speaks_for_the_room_and_is_not_named_to_others(
    telegram: TelegramEmulator, chat: Script
) -> None:
    group = telegram.chats.known[GROUP]
    group.members[9], group.names[9] = "administrator", "Secret"
    group.anonymous.add(9)
    await telegram.say(GROUP, "/pause", sender_chat=GROUP)
    assert (await heard(telegram, chat, 1)).may_change is True
    await telegram.say(GROUP, "/pause", user_id=BEN)
    assert (await heard(telegram, chat, 2)).admins == ("Ann",)


@pytest.mark.usefixtures("messenger")
async def test_who_speaks_as_another_channel_is_no_admin_and_its_forwards_are_not_heard(
    telegram: TelegramEmulator, chat: Script
) -> None:
    telegram.add_chat(LINKED, "channel", title="Linked")
    await telegram.say(GROUP, "/pause", sender_chat=LINKED, automatic=True)
    await telegram.say(GROUP, "/pause", user_id=ANN, forwarded=True)
    await telegram.say(GROUP, "/pause", sender_chat=LINKED)
    await telegram.wait_for(1)
    (request,) = chat.heard
    assert (request.may_change, request.sender) == (False, str(LINKED))


@pytest.mark.usefixtures("messenger")
async def test_command_tells_whom_it_answers_or_mentions(telegram: TelegramEmulator, chat: Script) -> None:
    said = await telegram.say(GROUP, "hello", user_id=BEN, first_name="Ben")
    await telegram.say(GROUP, "/managers add", user_id=ANN, reply_to=said)
    assert (await heard(telegram, chat, 1)).people == (Person(str(BEN), "Ben"),)
    cem = {"id": 10, "is_bot": False, "first_name": "📣 Cem"}
    await telegram.say(GROUP, "/managers add 📣 Cem", user_id=ANN, mentioned=cem)
    assert (await heard(telegram, chat, 2)).people == (Person("10", "📣 Cem"),)
    await telegram.say(FORUM, "/managers add", message_thread_id=5)  # answers only what began the topic
    assert (await heard(telegram, chat, 3)).people == ()


# ---------------------------------------------------------------- where the answer stands


@pytest.mark.usefixtures("messenger")
async def test_answer_is_a_reply_in_the_topic_and_a_message_that_is_gone_does_not_hinder_it(
    telegram: TelegramEmulator, chat: Script
) -> None:
    chat.says["/two"] = Answer((notice("one"), notice("two")))
    asked = await telegram.say(FORUM, "/two", message_thread_id=5)
    await telegram.wait_for(2)
    assert [(sent.thread_id, sent.reply_to) for sent in telegram.sent] == [(5, asked), (5, None)]
    chat.waits["/slow"] = asyncio.Event()
    gone = await telegram.say(FORUM, "/slow", message_thread_id=5)
    await telegram.wait_until(lambda: len(chat.heard) > 1 or None)
    telegram.chats.messages.pop((FORUM, gone))
    chat.waits["/slow"].set()
    assert (await telegram.wait_for(3)).reply_to is None
    assert not telegram.refused


@pytest.mark.usefixtures("messenger")
async def test_command_posted_in_a_channel_is_answered_there_also_when_it_is_edited(
    telegram: TelegramEmulator, chat: Script
) -> None:
    await telegram.say(CHANNEL, "Good morning")
    post = await telegram.say(CHANNEL, "/subscrib ai 80")
    first = await heard(telegram, chat, 1)
    await telegram.edit(CHANNEL, post, "/subscribe ai 80")
    second = await heard(telegram, chat, 2)
    assert (first.private, first.may_change, first.title) == (False, True, "The channel")
    assert named(second.address, second.text or "") == (f"telegram:{CHANNEL}", "/subscribe ai 80")
    assert [(sent.chat_id, sent.reply_to) for sent in telegram.sent] == [(CHANNEL, post)] * 2
    assert not telegram.refused


@pytest.mark.usefixtures("messenger")
async def test_button_in_a_forum_that_no_longer_tells_its_topic_is_out_of_date(
    telegram: TelegramEmulator, chat: Script
) -> None:
    chat.says["/ask"] = Answer((notice("Which?", "sub:1"),))
    await telegram.say(FORUM, "/ask", message_thread_id=5)
    message = await telegram.wait_for(1)
    telegram.chats.messages.pop((FORUM, message.message_id))
    await telegram.press(message, "sub:1")
    toast = await telegram.wait_until(lambda: telegram.answered[0] if telegram.answered else None)
    assert "out of date" in toast.text
    assert len(chat.heard) == 1


@pytest.mark.usefixtures("messenger")
async def test_button_is_pressed_with_the_rights_of_who_presses_it(
    telegram: TelegramEmulator, chat: Script
) -> None:
    chat.says["/ask"] = Answer((notice("Which?", "sub:1"),))
    await telegram.say(GROUP, "/ask", user_id=ANN)
    message = await telegram.wait_for(1)
    for who in (BEN, ANN):
        await telegram.press(message, "sub:1", user_id=who)
    assert (await heard(telegram, chat, 3)).may_change is True
    assert chat.heard[1].may_change is False


# ---------------------------------------------------------------- coming, going, moving


def sentences(telegram: TelegramEmulator, chat_id: int) -> list[str]:
    return [sent.text for sent in telegram.sent if sent.chat_id == chat_id]


@pytest.mark.usefixtures("messenger")
async def test_room_is_greeted_when_the_bot_comes_in_and_not_when_it_is_promoted(
    telegram: TelegramEmulator, chat: Script
) -> None:
    chat.says["/start"] = Answer((notice("Hello, room"),))
    await telegram.member(GROUP, "left", "member", user_id=ANN)
    await telegram.wait_for(1)
    await telegram.member(GROUP, "member", "administrator", user_id=ANN)
    await telegram.member(GROUP, "administrator", "kicked", user_id=ANN)
    await telegram.member(CHANNEL, "left", "administrator", user_id=ANN)
    await telegram.wait_for(2)
    assert sentences(telegram, GROUP) == sentences(telegram, CHANNEL) == ["Hello, room"]
    opened, removed = (f"telegram:{GROUP}", "open"), (f"telegram:{GROUP}", "removed from the chat")
    assert [door for door in chat.doors if door[0] == f"telegram:{GROUP}"] == [opened, opened, removed]
    assert not telegram.refused


@pytest.mark.usefixtures("messenger")
async def test_channel_that_takes_the_right_to_post_is_closed(telegram: TelegramEmulator, chat: Script) -> None:
    telegram.chats.known[CHANNEL].denied.add("can_post_messages")
    await telegram.member(CHANNEL, "administrator", "administrator")
    telegram.chats.known[CHANNEL].denied.clear()
    await telegram.member(CHANNEL, "administrator", "administrator")
    await telegram.wait_until(lambda: len(chat.doors) > 1 or None)
    assert [door[1] for door in chat.doors] == ["no right to write", "open"]
    assert not telegram.sent


@pytest.mark.usefixtures("messenger")
async def test_both_messages_about_a_migration_tell_of_it_and_a_late_answer_follows(
    telegram: TelegramEmulator, chat: Script
) -> None:
    telegram.tell_migration(GROUP, -100200)
    await telegram.say(-100200, "/help", user_id=ANN)
    await telegram.wait_for(1)
    assert set(chat.doors) == {(f"telegram:{GROUP}", "moved to telegram:-100200")}
    assert len(chat.doors) == 2
    await telegram.say(GROUP, "/topics", user_id=ANN)
    assert (await telegram.wait_for(2)).chat_id == -100200
    assert len(chat.doors) == 3


@pytest.mark.usefixtures("messenger")
async def test_topic_that_is_opened_again_is_told_of(telegram: TelegramEmulator, chat: Script) -> None:
    telegram.add_chat(FORUM, is_forum=True).threads[5] = "closed"
    telegram.reopen(FORUM, 5)
    await telegram.wait_until(lambda: chat.doors or None)
    assert chat.doors == [(f"telegram:{FORUM}/5", "open")]


@pytest.mark.usefixtures("messenger")
async def test_who_asks_where_the_bot_may_not_write_is_answered_in_private(
    telegram: TelegramEmulator, chat: Script
) -> None:
    telegram.add_chat(ANN)
    telegram.chats.known[GROUP].denied.add("can_send_messages")
    chat.says["/check"] = Answer((notice("You lack something.", "/check"),))
    await telegram.say(GROUP, "/check", user_id=ANN)
    sent = await telegram.wait_for(1)
    assert (sent.chat_id, sent.text) == (
        ANN,
        "I may not write in The <b>desk</b>, so I answer here.\nYou lack something.",
    )
    assert [button.data for row in sent.buttons for button in row] == [f"/check in {GROUP}"]
