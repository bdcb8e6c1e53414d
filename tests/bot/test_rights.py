"""Who may change what a room receives: its admins, and the managers they name; and what the bot may do there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.commands import Conversation
from bot.commands.rights import MOST_MANAGERS
from bot.errors import DeliveryError, RetryLater
from bot.messages import Answer, Notice, Person, Request
from bot.model import Address, Platform
from bot.texts import plain, texts
from storage.database import Database
from tests.bot.talk import conversation_of, talk_of
from tests.conftest import Clock

pytestmark = pytest.mark.sqlite

ROOM = Address(Platform.TELEGRAM, "-100300")
ANN, BEN, CEM = Person("7", "Ann"), Person("8", "Ben"), Person("9", "Cem")


@dataclass
class Room:
    """A group whose only admin is Ann."""

    conversation: Conversation
    address: Address = ROOM
    admins: tuple[str, ...] = ("Ann",)
    last: Answer = field(default_factory=Answer)

    async def says(
        self, who: Person, text: str, *, to: Sequence[Person] = (), handle: str = "", elsewhere: bool = False
    ) -> str:
        return await self._ask(who, handle, text=text, people=tuple(to), elsewhere=elsewhere)

    async def presses(self, who: Person, action: str) -> str:
        return await self._ask(who, "", press=action)

    async def _ask(self, who: Person, handle: str, **request: object) -> str:
        asked = Request(self.address, who.id, title="The <b>@desk</b>", private=False, handle=handle)
        asked = replace(asked, may_change=who == ANN, admins=self.admins, **request)  # type: ignore[arg-type]
        self.last = await self.conversation.answer(asked)
        said = [plain(message.text) for message in self.last.messages if isinstance(message, Notice)]
        return "\n".join([*said, self.last.toast]).strip()


@pytest.fixture
async def room(storage: Database, clock: Clock) -> Room:
    return Room((await talk_of(storage, clock)).conversation)


# ---------------------------------------------------------------- who may change


async def test_refusal_says_which_right_is_missing_and_who_has_it(room: Room) -> None:
    refused = await room.says(BEN, "/subscribe ai")
    assert refused == (
        "Only those who run this chat can change what it receives: its admins and the managers they name, like Ann."
    )
    assert await room.presses(BEN, "sub:1") == refused
    assert room.last.messages == ()
    assert await room.presses(BEN, "/subscribe ai") == refused
    assert room.last.messages == ()
    room.admins = ()
    assert (await room.says(BEN, "/subscribe ai")).endswith("its admins and the managers they name.")
    assert "Subscribed" not in await room.says(BEN, "/subscriptions")


async def test_refusal_fits_a_toast_and_calls_nobody(room: Room) -> None:
    room.admins = ("@everyone " * 20, "/stop", "<b>Ann</b>", "Zoë", "Yves")
    refused = await room.presses(BEN, "sub:1")
    assert len(refused) <= 250
    await room.says(BEN, "/subscribe ai")
    (notice,) = room.last.messages
    assert isinstance(notice, Notice)
    calling = [span for span in notice.text if "@" in span.text or "/stop" in span.text]
    assert calling
    assert all(span.code for span in calling)


@pytest.mark.parametrize("way", ["reply", "id", "mention", "handle"])
async def test_named_manager_may_change_until_taken_back(room: Room, way: str) -> None:
    command = {"id": "8", "mention": "<@8>", "handle": "@Ben_Public"}.get(way, "")
    to = [BEN] if way == "reply" else []
    assert "May change" in await room.says(ANN, f"/managers add {command}", to=to)
    assert "Could do so already" in await room.says(ANN, f"/managers add {command}", to=to)
    shown = {"id": "8", "mention": "8", "handle": "@ben_public"}.get(way, "Ben")
    assert f"Managers they named: {shown}." in await room.says(CEM, "/managers")
    assert "You follow" not in await room.says(BEN, "/subscribe ai", handle="ben_public")
    assert "AI" in await room.says(BEN, "/subscriptions")
    assert "Only those" in await room.says(CEM, "/unsubscribe ai")
    assert "No longer" in await room.says(ANN, f"/managers remove {command}", to=to)
    assert "Only those" in await room.says(BEN, "/unsubscribe ai", handle="ben_public")


async def test_handle_counts_for_who_came_first_and_not_for_who_takes_it_over(room: Room) -> None:
    await room.says(ANN, "/managers add @ben")
    assert "Only those" in await room.says(CEM, "/subscribe ai", handle="cem")
    assert "Only those" not in await room.says(BEN, "/subscribe ai", handle="BEN")
    assert "Only those" in await room.says(CEM, "/subscribe space", handle="ben")
    assert "Only those" not in await room.says(BEN, "/subscribe space", handle="quite_another")


async def test_managers_name_no_managers_and_empty_handle_is_nobody(room: Room) -> None:
    await room.says(ANN, "/managers add", to=[BEN])
    assert await room.says(BEN, "/managers add", to=[CEM]) == (
        "Only those who run this chat name its managers: its admins, like Ann."
    )
    assert "Only those" in await room.says(CEM, "/subscribe ai")


async def test_name_that_was_just_given_can_be_undone(room: Room) -> None:
    await room.says(ANN, "/managers add", to=[BEN])
    (notice,) = room.last.messages
    assert notice.keyboard[0][0].label == "Undo"
    assert "No longer" in await room.presses(ANN, notice.keyboard[0][0].action or "")
    assert "no managers" in await room.says(ANN, "/managers")


async def test_unclear_wishes_about_managers_are_one_sentence(room: Room) -> None:
    assert "Whom?" in await room.says(ANN, "/managers add")
    assert "Whom?" in await room.says(ANN, "/managers add everybody please")
    assert "It is /managers" in await room.says(ANN, "/managers fire ben")
    assert "Not among the managers" in await room.says(ANN, "/managers remove @ben")
    for number in range(MOST_MANAGERS):
        await room.says(ANN, f"/managers add {1000 + number}")
    assert "can have 20 managers" in await room.says(ANN, "/managers add", to=[BEN])
    assert "and 17 more" in await room.says(BEN, "/managers")


async def test_manager_of_a_chat_counts_in_its_topics_and_that_of_a_topic_only_there(room: Room) -> None:
    topic = Address(ROOM.platform, ROOM.chat, "5")
    await room.says(ANN, "/managers add", to=[BEN])
    room.address = topic
    assert "Only those" not in await room.says(BEN, "/subscribe ai")
    await room.says(ANN, "/managers add", to=[CEM])
    assert "Only those" not in await room.says(CEM, "/subscribe ai")
    room.address = ROOM
    assert "Only those" in await room.says(CEM, "/subscribe ai")


async def test_private_chat_needs_no_managers(storage: Database, clock: Clock) -> None:
    talk = await talk_of(storage, clock)
    assert await talk.says("/managers add @ben") == (
        "This chat is yours alone. Managers are for groups and channels."
    )


async def test_export_and_forget_know_managers_on_both_sides(room: Room, storage: Database, clock: Clock) -> None:
    await room.says(ANN, "/managers add", to=[BEN])
    await room.says(ANN, "/export")
    assert room.last.document is not None
    (kept,) = json.loads(room.last.document[1])["record"]["managers"]
    assert (kept["person"], kept["name"]) == ("8", "Ben")

    ben = await talk_of(storage, clock)
    ben.address, ben.sender = Address(Platform.TELEGRAM, "8"), "8"
    await ben.says("/subscribe ai")
    await ben.says("/export")
    assert ben.last.document is not None
    (manages,) = json.loads(ben.last.document[1])["record"]["manages"]
    assert (manages["platform"], manages["chat"]) == ("telegram", ROOM.chat)
    await ben.acts("forget:yes")
    assert "no managers" in await room.says(ANN, "/managers")

    await room.says(ANN, "/managers add", to=[BEN])
    await ben.says("/forget")  # of whom nothing else is kept
    await ben.presses("Delete everything")
    assert "nothing to forget" in await ben.says("/forget")
    assert "no managers" in await room.says(ANN, "/managers")

    await room.says(ANN, "/managers add", to=[CEM])
    await room.presses(ANN, "forget:yes")
    assert "no managers" in await room.says(ANN, "/managers")


async def test_chat_moves_closes_and_opens_with_all_its_topics(room: Room, storage: Database) -> None:
    topic, new = Address(ROOM.platform, ROOM.chat, "5"), Address(ROOM.platform, "-100999")
    await room.says(ANN, "/managers add", to=[BEN])
    for room.address in (ROOM, topic):
        await room.says(ANN, "/subscribe ai")

    async def parked(*addresses: Address) -> list[str | None]:
        async with storage.read() as work:
            found = [await work.destinations.get(address) for address in addresses]
        return [one.parked if one else "missing" for one in found]

    await room.conversation.unreachable(ROOM, "removed")
    assert await parked(ROOM, topic) == ["removed", "removed"]
    await room.conversation.reachable(topic)
    assert await parked(ROOM, topic) == ["removed", None]
    await room.conversation.reachable(ROOM)
    assert await parked(ROOM, topic) == [None, None]
    for _ in range(2):
        await room.conversation.moved(ROOM, new)
    assert await parked(ROOM, topic) == ["missing", "missing"]
    assert await parked(new, replace(new, thread="5")) == [None, None]
    room.address = new
    assert "Ben" in await room.says(CEM, "/managers")


# ---------------------------------------------------------------- what the bot may do, and its greeting


class Lacking:
    """A platform on which the bot lacks what a test says."""

    platform = Platform.TELEGRAM

    def __init__(self) -> None:
        self.missing: list[str] | DeliveryError = []

    async def abilities(self, address: Address) -> list[str]:
        del address
        if isinstance(self.missing, DeliveryError):
            raise self.missing
        return self.missing


async def test_check_names_what_is_missing_or_says_that_all_is_well(storage: Database, clock: Clock) -> None:
    lacking = Lacking()
    await talk_of(storage, clock)
    room = Room(conversation_of(storage, clock, messengers=(lacking,)))
    assert await room.says(BEN, "/check") == "All is well: I may write in The <b>@desk</b>."
    lacking.missing = ["previews", "files"]
    words = await room.says(BEN, "/check")
    assert "embed links" in words
    assert "send files" in words
    lacking.missing = RetryLater("gone fishing at /secret")
    assert await room.says(BEN, "/check") == "I could not find out just now. Try again in a minute."
    lacking.missing = ["post"]
    refused = await room.says(ANN, "/subscribe ai", elsewhere=True)
    assert refused.startswith("I cannot post in The <b>@desk</b>, so nothing was changed. The admin right to post")
    lacking.missing = []
    assert "AI" in await room.says(ANN, "/subscribe ai", elsewhere=True)


async def test_room_is_greeted_with_three_things_to_do_that_work(room: Room) -> None:
    assert "/subscribe ai 70" in await room.says(BEN, "/start")
    (notice,) = room.last.messages
    buttons = [button for row in notice.keyboard for button in row]
    assert [button.label for button in buttons] == ["Subscribe to AI", "All topics", "Check my rights"]
    for button in buttons:
        assert await room.presses(ANN, button.action or "")
    assert (await room.says(BEN, "/start")).startswith("Hello again. This room follows one topic.")


def test_every_missing_permission_a_platform_can_name_has_a_sentence() -> None:
    for key in ("member", "send", "post", "topic-closed", "topic-gone", "previews", "files"):
        assert texts("en").plain(f"missing-{key}")
