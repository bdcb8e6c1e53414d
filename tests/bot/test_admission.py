"""Who may use the bot: bans, invitations, and what neither leaves behind."""

from __future__ import annotations

import pytest

from bot.messages import Answer, Payload
from bot.model import Address, Platform, State
from bot.ports import Storage
from bot.reports import import_
from tests.bot.talk import Talk, conversation_of, publish, talk_of
from tests.conftest import Clock

pytestmark = pytest.mark.sqlite

ADMIN = Address(Platform.TELEGRAM, "1")
ANNA = Address(Platform.TELEGRAM, "12345")
ROOM = Address(Platform.TELEGRAM, "-100123")
ADMINS = frozenset({("telegram", "1")})


def chat_of(talk: Talk, address: Address, **changes: object) -> Talk:
    values: dict[str, object] = {"address": address, "sender": address.chat, **changes}
    return Talk(talk.storage, talk.clock, talk.conversation, **values)  # type: ignore[arg-type]


@pytest.fixture
async def anna(storage: Storage, clock: Clock) -> Talk:
    return chat_of(await talk_of(storage, clock, admins=ADMINS), ANNA)


@pytest.fixture
def admin(anna: Talk) -> Talk:
    return chat_of(anna, ADMIN)


async def queue(storage: Storage) -> dict[State, int]:
    async with storage.read() as work:
        return await work.deliveries.queue()


def invited_only(talk: Talk) -> None:
    talk.conversation = conversation_of(talk.storage, talk.clock, admins=ADMINS, invited_only=True)


async def enforce(talk: Talk, *, only: bool) -> None:
    """What a start with this setting does."""
    async with talk.storage.write() as work:
        await work.access.enforce(talk.clock(), invited_only=only, admins=[ADMIN])


async def test_to_strangers_the_commands_do_not_exist(anna: Talk) -> None:
    for command in ("/ban", "/allow"):
        typed = await anna.says(f"{command} telegram:1")
        other = await anna.says("/xyzzyx telegram:1")
        assert typed.partition("/")[0] == other.partition("/")[0]
        assert command not in await anna.says("/help")
    assert await chat_of(anna, ADMIN).says("/ban list") == "Nobody is banned."


async def test_admins_see_them_in_their_help(admin: Talk) -> None:
    said = await admin.says("/help")
    assert "/ban <destination|list>" in said
    assert "/allow <destination>" in said


async def test_a_banned_chat_gets_silence_whatever_it_types_or_presses(anna: Talk, admin: Talk) -> None:
    await anna.says("/subscribe computer-vision")
    assert "telegram:12345" in await admin.says("/ban telegram:12345")
    for text in ("/start", "/forget", "hello", "x" * 3000):
        await anna.says(text)
        assert anna.last == Answer()
    for action in ("/latest", "sub:1:70", "no-such-button:1", "forget:yes"):
        await anna.acts(action)
        assert anna.last == Answer()
    assert await anna.known(), "its subscriptions stay"


async def test_a_banned_chat_is_owed_nothing_and_what_was_queued_is_dropped(anna: Talk, admin: Talk) -> None:
    await anna.says("/subscribe computer-vision")
    await publish(anna, "Moth app names species from wing photos")
    assert await queue(anna.storage) == {State.PENDING: 1}
    await admin.says("/ban telegram:12345")
    assert await queue(anna.storage) == {State.CANCELLED: 1}
    assert await anna.told() == set()
    await publish(anna, "Harbour counts seals with a camera on a mast")
    assert await queue(anna.storage) == {State.CANCELLED: 1}
    explained = await anna.conversation.why(ANNA, "Harbour counts seals with a camera on a mast")
    assert "this chat is banned" in str(explained), "the rule and the sets agree"
    assert "/allow telegram:12345" in str(explained), "who can lift it, and how"
    await admin.says("/allow telegram:12345")
    await publish(anna, "Reef cameras count every parrotfish on the coast")
    assert await queue(anna.storage) == {State.CANCELLED: 1, State.PENDING: 1}
    assert await anna.told() == {"Reef cameras count every parrotfish on the coast"}


async def test_a_notice_to_a_banned_chat_is_not_owed(anna: Talk, admin: Talk) -> None:
    await anna.says("/subscribe computer-vision")
    await admin.says("/ban telegram:12345")
    async with anna.storage.write() as work:
        destination = await work.destinations.get(ANNA)
        assert destination is not None
        payload = Payload(key="held-notice", values={"stories": 1, "chats": 1})
        assert not await work.deliveries.notify(destination.id, payload, anna.clock(), subject=1)
    assert await queue(anna.storage) == {}


async def test_a_chat_can_be_banned_before_it_ever_spoke(anna: Talk, admin: Talk) -> None:
    await admin.says("/ban telegram:12345/7")
    await anna.says("/start")
    assert anna.last == Answer()
    assert not await anna.known()
    assert "telegram:12345." in await admin.says("/ban list"), "the whole chat, not the thread"


async def test_a_ban_is_about_the_whole_chat_with_its_threads(anna: Talk, admin: Talk) -> None:
    thread = chat_of(anna, Address(Platform.TELEGRAM, ROOM.chat, "7"), private=False)
    await thread.says("/subscribe computer-vision")
    await admin.says(f"/ban {ROOM}")
    await publish(anna, "Moth app names species from wing photos")
    assert await queue(anna.storage) == {}
    await thread.says("/subscriptions")
    assert thread.last == Answer()


async def test_an_admin_cannot_be_banned(admin: Talk) -> None:
    assert "admin's own" in await admin.says("/ban telegram:1")
    assert "Nobody is banned" in await admin.says("/ban list")


@pytest.mark.parametrize("typed", ["", "anna", "telegram", "telegram:", "myspace:7", "<b>:1", "x" * 1000])
async def test_what_is_no_chat_is_answered_with_how_to_write_one(admin: Talk, typed: str) -> None:
    for command in ("/ban", "/allow"):
        said = await admin.says(f"{command} {typed}")
        assert "telegram:12345" in said
        assert len(said) < 300


async def test_a_long_list_is_cut(admin: Talk) -> None:
    for number in range(40):
        await admin.says(f"/ban telegram:9{number}")
    said = await admin.says("/ban list")
    assert "telegram:939" in said, "the latest first"
    assert "10 more" in said


# ---------------------------------------------------------------- only with an invitation


async def test_a_chat_without_an_invitation_gets_one_sentence_and_is_not_stored(anna: Talk) -> None:
    invited_only(anna)
    for text in ("/start", "/subscribe computer-vision", "hello"):
        said = await anna.says(text)
        assert "invited chats" in said
        assert "telegram:12345" in said
        assert len(anna.last.messages) == 1
    assert "invited chats" in await anna.acts("sub:1:70")
    assert not await anna.known()


async def test_a_room_without_an_invitation_hears_it_only_when_it_speaks_to_the_bot(anna: Talk) -> None:
    invited_only(anna)
    room = chat_of(anna, ROOM, private=False)
    await room.says("good morning")
    assert room.last == Answer()
    assert str(ROOM) in await room.says("/subscribe computer-vision")


async def test_an_admin_lets_a_chat_in(anna: Talk, admin: Talk) -> None:
    invited_only(anna)
    invited_only(admin)
    assert "may use the bot" in await admin.says("/allow telegram:12345")
    assert "Computer Vision" in await anna.says("/subscribe computer-vision")
    assert "Let in: telegram:12345" in await admin.says("/ban list")
    await admin.says("/ban telegram:12345")
    await anna.says("/start")
    assert anna.last == Answer()


async def test_chats_from_the_time_of_open_doors_are_owed_nothing_until_they_are_let_in(
    anna: Talk, admin: Talk
) -> None:
    await anna.says("/subscribe computer-vision")
    await admin.says("/subscribe computer-vision")
    await publish(anna, "Moth app names species from wing photos")
    await enforce(anna, only=True)
    assert await queue(anna.storage) == {State.CANCELLED: 1, State.PENDING: 1}, "an admin needs no invitation"
    await publish(anna, "Harbour counts seals with a camera on a mast")
    assert await queue(anna.storage) == {State.CANCELLED: 1, State.PENDING: 2}
    await admin.says("/allow telegram:12345")
    await publish(anna, "Reef cameras count every parrotfish on the coast")
    assert await queue(anna.storage) == {State.CANCELLED: 1, State.PENDING: 4}


async def test_a_chat_that_is_not_let_in_is_told_apart_from_a_banned_and_a_paused_one(anna: Talk) -> None:
    await anna.says("/subscribe computer-vision")
    await anna.says("/pause")
    await enforce(anna, only=True)
    await publish(anna, "Moth app names species from wing photos")
    explained = str(await anna.conversation.why(ANNA, "Moth app names species from wing photos"))
    assert "this chat is not let in" in explained
    assert "banned" not in explained
    assert "paused" not in explained


async def test_an_admin_who_asks_in_a_barred_room_is_told_what_keeps_it_silent(anna: Talk, admin: Talk) -> None:
    there = chat_of(anna, ROOM, sender="1", private=False)
    await there.says("/subscribe computer-vision")
    await enforce(anna, only=True)
    assert "is not let in. An admin of the bot can do that with /allow telegram:-100123." in await there.says(
        "/status"
    )
    await admin.says("/ban telegram:-100123")
    said = await there.says("/status")
    assert "this chat is banned. An admin of the bot can lift that with /allow telegram:-100123." in said
    assert "Alerts are on" not in said
    await admin.says("/allow telegram:-100123")
    assert "Alerts are on" in await there.says("/status")


async def test_opening_the_doors_again_lets_all_in_but_the_banned(anna: Talk, admin: Talk) -> None:
    bert = chat_of(anna, Address(Platform.TELEGRAM, "777"))
    for chat in (anna, bert):
        await chat.says("/subscribe computer-vision")
    await admin.says("/ban telegram:777")
    await enforce(anna, only=True)
    await enforce(anna, only=False)
    await publish(anna, "Moth app names species from wing photos")
    assert await queue(anna.storage) == {State.PENDING: 1}
    assert len(await anna.told()) == 1


async def test_an_import_lets_its_chats_in_and_lifts_no_ban(anna: Talk, admin: Talk) -> None:
    invited_only(anna)
    await admin.says("/ban telegram:777")
    entries = ",".join(
        f'{{"platform": "telegram", "chat": "{chat}", "subscriptions": [{{"topic": "space", "alert_from": 60}}]}}'
        for chat in ("12345", "777")
    )
    await import_(anna.storage, f'{{"destinations": [{entries}]}}', anna.clock(), let_in=True)
    assert "Space" in await anna.says("/subscriptions")
    bert = chat_of(anna, Address(Platform.TELEGRAM, "777"))
    await bert.says("/subscriptions")
    assert bert.last == Answer()
    await enforce(anna, only=True)
    await publish(anna, "A comet comes close this week", topics=("Space",))
    assert await queue(anna.storage) == {State.PENDING: 1}
