"""A room spoken of in a private chat, how fast rooms are written to, and their menus."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.telegram.messenger import TelegramMessenger
from adapters.telegram.pace import BURST, MOST, SPACING, Pace
from bot.errors import RetryLater
from bot.messages import Answer, MenuEntry, Notice, Span
from bot.model import Address, Platform
from tests.adapters.telegram_chat import ANN, BEN, GROUP, NOW, Naps, Script, conversing, notice
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_records import Sent

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

CHANNEL = -100400
ROOM = Address(Platform.TELEGRAM, str(GROUP))


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as emulator:
        emulator.add_chat(GROUP, title="A group").members.update({ANN: "creator", BEN: "member"})
        emulator.add_chat(CHANNEL, "channel", title="The channel")
        yield emulator


@pytest.fixture
async def messenger(telegram: TelegramEmulator, chat: Script) -> AsyncIterator[TelegramMessenger]:
    async with conversing(telegram, chat, Naps()) as started:
        yield started


# ---------------------------------------------------------------- a room named from a private chat


@pytest.fixture
def channel(telegram: TelegramEmulator) -> None:
    known = telegram.chats.known[CHANNEL]
    known.username = "thechannel"
    known.members.update({ANN: "administrator", BEN: "member"})


async def asked(telegram: TelegramEmulator, text: str, who: int = ANN) -> Sent:
    before = len(telegram.sent)
    await telegram.say(who, text)
    return await telegram.wait_for(before + 1)


@pytest.mark.usefixtures("messenger", "channel")
@pytest.mark.parametrize("place", ["@thechannel", "https://t.me/thechannel", "t.me/thechannel", str(CHANNEL)])
async def test_admin_speaks_of_a_channel_in_private_and_its_buttons_go_on_doing_so(
    telegram: TelegramEmulator, chat: Script, place: str
) -> None:
    chat.says["/subscribe ai 80"] = Answer((notice("Subscribed.", "unsub:1"),))
    sent = await asked(telegram, f"/subscribe ai 80 in {place}")
    assert (sent.chat_id, sent.text) == (ANN, "In The channel:\nSubscribed.")
    (request,) = chat.heard
    assert (str(request.address), request.text) == (f"telegram:{CHANNEL}", "/subscribe ai 80")
    assert (request.private, request.elsewhere, request.may_change) == (False, True, True)
    await telegram.press(sent, "unsub:1")
    await telegram.wait_for(2)
    assert (str(chat.heard[1].address), chat.heard[1].press) == (f"telegram:{CHANNEL}", "unsub:1")
    telegram.chats.known[CHANNEL].members.clear()
    assert not telegram.refused


@pytest.mark.usefixtures("messenger", "channel")
async def test_member_may_look_and_stranger_hears_nothing(telegram: TelegramEmulator, chat: Script) -> None:
    await asked(telegram, "/subscriptions in @thechannel", BEN)
    assert (chat.heard[0].may_change, chat.heard[0].admins) == (False, ("Ann",))
    assert "You are not in @thechannel" in (await asked(telegram, "/subscriptions in @thechannel", 99)).text
    assert len(chat.heard) == 1


@pytest.mark.usefixtures("messenger", "channel")
@pytest.mark.parametrize(
    ("place", "words"),
    [("@nosuchroom", "I cannot find @nosuchroom"), ("-100999999", "I cannot find"), (str(BEN), "You said")],
)
async def test_room_that_cannot_be_found_is_one_sentence(
    telegram: TelegramEmulator, place: str, words: str
) -> None:
    telegram.add_chat(BEN)
    assert words in (await asked(telegram, f"/subscribe ai in {place}")).text


@pytest.mark.usefixtures("messenger", "channel")
async def test_room_that_cannot_be_asked_about_now_is_one_sentence(telegram: TelegramEmulator) -> None:
    telegram.fail("getChat", status=502)
    assert "could not ask" in (await asked(telegram, "/subscribe ai in @thechannel")).text
    telegram.chats.known[CHANNEL].bot_status = "kicked"
    assert "I cannot find" in (await asked(telegram, "/subscribe ai in @thechannel")).text


@pytest.mark.usefixtures("messenger", "channel")
async def test_only_commands_in_private_name_a_room(telegram: TelegramEmulator, chat: Script) -> None:
    own_words = "/broadcast text: Meet us in @thechannel"
    for text in ("ai in @thechannel", own_words):
        await asked(telegram, text)
    await telegram.say(GROUP, "/subscribe ai in @thechannel", user_id=ANN)
    await telegram.wait_for(3)
    assert [request.text for request in chat.heard] == [
        "ai in @thechannel",
        own_words,
        "/subscribe ai in @thechannel",
    ]
    assert not any(request.elsewhere for request in chat.heard)


# ---------------------------------------------------------------- pace and menus


async def test_room_gets_three_answers_at_once_and_then_one_in_three_seconds(
    telegram: TelegramEmulator, chat: Script
) -> None:
    naps = Naps()
    async with conversing(telegram, chat, naps, monotonic=lambda: 100.0):
        for _ in range(5):
            await telegram.say(GROUP, "/help")
        await telegram.wait_for(5)
    assert naps.seconds == [3.0, 6.0]  # from one and the same moment


async def test_menus_of_rooms_are_short_and_those_of_their_admins_hold_what_changes_something(
    telegram: TelegramEmulator, chat: Script
) -> None:
    chat.entries = [
        MenuEntry("start", "Hello", rooms=False),
        MenuEntry("topics", "All"),
        MenuEntry("subscribe", "Follow", changes=True),
    ]
    async with conversing(telegram, chat, Naps()):
        pass
    shown = {scope: [entry["command"] for entry in menu] for (scope, _), menu in telegram.commands.items()}
    assert shown == {
        "all_private_chats": ["start", "topics", "subscribe"],
        "all_chat_administrators": ["topics", "subscribe"],
        "all_group_chats": ["topics"],
    }


async def test_answer_with_nothing_but_a_long_button_reaches_who_asks_elsewhere(
    telegram: TelegramEmulator, chat: Script
) -> None:
    telegram.chats.known[CHANNEL].members[ANN] = "creator"
    keyboard = notice("", "x" * 60, "short").keyboard
    chat.says["/topics"] = Answer((Notice((Span("Topics"),), keyboard=keyboard),))
    async with conversing(telegram, chat, Naps()):
        sent = await asked(telegram, f"/topics in {CHANNEL}")
    assert sent.labels == ("short",)


async def test_owed_message_waits_for_the_pace_of_the_room(telegram: TelegramEmulator, chat: Script) -> None:
    async with conversing(telegram, chat, Naps(), monotonic=lambda: 100.0) as messenger:
        for _ in range(3):
            await messenger.send(ROOM, notice("Owed"), locale="en", nonce="n", now=NOW)
        with pytest.raises(RetryLater) as raised:
            await messenger.send(ROOM, notice("Owed"), locale="en", nonce="n", now=NOW)
    assert (raised.value.after, raised.value.flood) == (3.0, False)


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.floats(0, 70), min_size=25, max_size=80))
def test_no_minute_holds_more_than_twenty_messages_to_a_room(pauses: list[float]) -> None:
    now = 1000.0
    pace = Pace(lambda: now)
    sent: list[float] = []
    for pause in pauses:
        now = max(now + pause / 20, sent[-1] if sent else 0)
        sent.append(now + pace.take(ROOM))
        assert pace.take(Address(Platform.TELEGRAM, "7")) == 0.0
    assert sent == sorted(sent)
    for first, later in zip(sent, sent[MOST:], strict=False):
        assert later - first > 60
    assert all(later - first >= SPACING - 1e-6 for first, later in zip(sent, sent[BURST:], strict=False))


def test_quiet_rooms_are_forgotten() -> None:
    now = 0.0
    pace = Pace(lambda: now)
    for number in range(3000):
        now += 1.0
        pace.take(Address(Platform.TELEGRAM, f"-{number}"))
    assert len(pace._rooms) <= 1001
