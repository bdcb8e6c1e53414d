"""Conversations: real discord.py with its gateway, against the loopback server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from adapters.discord.messenger import DiscordMessenger
from bot.messages import Answer, MenuEntry
from tests.adapters.discord_chat import ALERT, ANN, BEN, NEWS, THREAD, conversing, place, send
from tests.adapters.telegram_chat import Script, notice
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_acts import Interaction
from tests.emulators.discord_members import MEMBER_PERMISSIONS
from tests.emulators.discord_options import ADMINISTRATOR
from tests.emulators.discord_places import Channel
from tests.emulators.discord_records import Sent

OWNER = MEMBER_PERMISSIONS | ADMINISTRATOR


@pytest.fixture
def chat() -> Script:
    script = Script()
    script.entries = [
        MenuEntry("start", "Begin"),
        MenuEntry("subscribe", "Follow topics", arguments="<topics> [bar]", completes=True),
        MenuEntry("export", "All about this chat"),
        MenuEntry("broadcast", "Send to many", admin=True, on_message="Broadcast"),
    ]
    return script


@pytest.fixture
async def messenger(discord: DiscordEmulator, chat: Script) -> AsyncIterator[DiscordMessenger]:
    async with conversing(discord, chat) as started:
        yield started


@pytest.fixture
def news(discord: DiscordEmulator) -> Channel:
    return discord.places.channels[NEWS]


async def finished(discord: DiscordEmulator, interaction: Interaction, count: int) -> list[Sent]:
    """All that was shown, once there is so much of it."""
    return await discord.wait_until(lambda: interaction.answers if len(interaction.answers) >= count else None)


# ---------------------------------------------------------------- commands


@pytest.mark.usefixtures("messenger")
async def test_command_is_acknowledged_at_once_and_answered_in_that_place(
    discord: DiscordEmulator, chat: Script, news: Channel
) -> None:
    chat.waits["/subscribe ai 80"] = asyncio.Event()
    asked = await discord.slash(news, "subscribe", {"text": "ai 80"}, locale="pt-BR")
    ack = await asked.acked()
    assert (ack.kind, ack.ephemeral) == ("deferred", True)
    assert not asked.answers
    chat.waits["/subscribe ai 80"].set()
    answer = await asked.answered()
    assert (answer.text, answer.ephemeral) == ("You said: /subscribe ai 80", True)
    (request,) = chat.heard
    assert (request.text, request.press) == ("/subscribe ai 80", None)
    assert request.address == place(NEWS)
    assert (request.sender, request.handle, request.title) == (str(ANN), "ann", "Reading room #news")
    assert (request.locale, request.private, request.may_change, request.elsewhere) == (
        "pt-BR",
        False,
        False,
        False,
    )
    assert not discord.refused


@pytest.mark.usefixtures("messenger")
async def test_command_in_a_direct_message_is_a_persons_own_and_stays(
    discord: DiscordEmulator, chat: Script
) -> None:
    asked = await discord.slash(discord.places.users[ANN], "start")
    answer = await asked.answered()
    assert not answer.ephemeral
    (request,) = chat.heard
    assert request.address == place(f"dm:{ANN}")
    assert (request.private, request.may_change, request.title) == (True, True, "Ann")


async def test_person_who_spoke_to_us_need_not_be_looked_up_to_be_written_to(
    discord: DiscordEmulator, messenger: DiscordMessenger
) -> None:
    asked = await discord.slash(discord.places.users[ANN], "start")
    await asked.answered()
    await send(messenger, place(f"dm:{ANN}"))
    assert not discord.opened
    assert discord.sent[-1].channel_id == asked.channel.id


@pytest.mark.usefixtures("messenger")
async def test_command_in_a_thread_is_about_the_thread(discord: DiscordEmulator, chat: Script) -> None:
    await (await discord.slash(discord.places.channels[THREAD], "start")).answered()
    assert chat.heard[0].address == place(NEWS, THREAD)


@pytest.mark.usefixtures("messenger")
async def test_further_messages_and_a_file_follow(discord: DiscordEmulator, chat: Script, news: Channel) -> None:
    chat.says["/export"] = Answer((notice("one"), ALERT), document=("topicwire.json", b'{"a": 1}'))
    asked = await discord.slash(news, "export")
    answers = await finished(discord, asked, 3)
    assert [answer.ephemeral for answer in answers] == [True] * 3
    assert answers[0].text == "one"
    assert answers[1].text.startswith("Lens the size")
    assert answers[2].uploads == {"topicwire.json": b'{"a": 1}'}
    assert not discord.refused


@pytest.mark.usefixtures("messenger")
async def test_file_alone_takes_the_place_of_the_acknowledgement(
    discord: DiscordEmulator, chat: Script, news: Channel
) -> None:
    chat.says["/export"] = Answer(document=("topicwire.json", b"{}"))
    asked = await discord.slash(news, "export")
    assert (await asked.answered()).files == ("topicwire.json",)
    assert asked.ephemeral


@pytest.mark.usefixtures("messenger")
async def test_chat_with_nothing_to_say_leaves_nothing_behind(
    discord: DiscordEmulator, chat: Script, news: Channel
) -> None:
    chat.says["/start"] = Answer()
    asked = await discord.slash(news, "start")
    await discord.wait_until(lambda: [r for r in discord.requests if r.method == "DELETE"])
    assert not asked.answers


@pytest.mark.usefixtures("messenger")
async def test_failing_chat_leaves_nobody_waiting(discord: DiscordEmulator, chat: Script, news: Channel) -> None:
    chat.says["/start"] = RuntimeError("a fault of ours")
    with capture_logs() as logs:
        await discord.slash(news, "start")
        await discord.wait_until(lambda: [r for r in discord.requests if r.method == "DELETE"])
    assert [line["event"] for line in logs] == ["discord_answer_failed"]
    del chat.says["/start"]
    assert (await (await discord.slash(news, "start")).answered()).text == "You said: /start"


async def test_operator_gives_a_command_in_the_menu_of_a_card(
    discord: DiscordEmulator, messenger: DiscordMessenger, chat: Script
) -> None:
    await send(messenger, place(NEWS))
    card = discord.sent[-1]
    with pytest.raises(LookupError, match="not offered"):
        await discord.choose(card, "Broadcast")
    asked = await discord.choose(card, "Broadcast", permissions=OWNER)
    assert ((await asked.answered()).text, asked.ephemeral) == ("You said: /broadcast", True)
    strangers = replace(card, body={**card.body, "author": {"id": str(ANN)}})
    await (await discord.choose(strangers, "Broadcast", permissions=OWNER)).answered()
    assert [request.replied for request in chat.heard] == [("cov:5", "why:5", "mute:3"), ()]
    assert not discord.refused


@pytest.mark.usefixtures("messenger")
async def test_marks_in_an_answer_are_shown_as_they_are(discord: DiscordEmulator, news: Channel) -> None:
    odd = "**a** <@7> @everyone [x](https://evil.example)"
    asked = await discord.slash(news, "subscribe", {"text": odd})
    answer = await asked.answered()
    assert answer.text.replace("\u2060", "") == f"You said: /subscribe {odd}"
    assert not answer.links


@pytest.mark.usefixtures("messenger")
async def test_one_persons_commands_are_answered_in_order_and_others_meanwhile(
    discord: DiscordEmulator, chat: Script, news: Channel
) -> None:
    chat.waits["/subscribe slow"] = asyncio.Event()
    await discord.slash(news, "subscribe", {"text": "slow"})
    second = await discord.slash(news, "start")
    other = await discord.slash(news, "start", user=discord.places.users[BEN])
    await other.answered()
    await second.acked()
    assert not second.answers
    chat.waits["/subscribe slow"].set()
    await second.answered()
    assert [request.sender for request in chat.heard] == [str(ANN), str(BEN), str(ANN)]


@pytest.mark.usefixtures("messenger")
async def test_flood_of_one_person_is_bounded(
    discord: DiscordEmulator, chat: Script, news: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.conversation.MOST_WAITING", 3)
    chat.waits["/start"] = asyncio.Event()
    asked = [await discord.slash(news, "start") for _ in range(5)]
    await asked[2].acked()
    answer = await discord.slash(news, "start", user=discord.places.users[BEN])
    await answer.acked()
    chat.waits["/start"].set()
    for interaction in (*asked[:3], answer):
        await interaction.answered()
    assert [bool(interaction.ack) for interaction in asked] == [True, True, True, False, False]


# ---------------------------------------------------------------- while typing


@pytest.mark.usefixtures("messenger")
async def test_choices_are_offered_while_typing(discord: DiscordEmulator, chat: Script) -> None:
    choices = await discord.autocomplete("subscribe", "text", "compu")
    assert choices == [{"name": "compu of subscribe", "value": "compu of subscribe"}]
    assert not chat.heard
    with pytest.raises(LookupError):
        await discord.autocomplete("export", "text", "compu")


@pytest.mark.usefixtures("messenger")
async def test_choices_too_long_for_discord_are_left_out(discord: DiscordEmulator) -> None:
    assert await discord.autocomplete("subscribe", "text", "x" * 200) == []
    assert not discord.refused


# ---------------------------------------------------------------- what Discord answers to an answer


@pytest.mark.usefixtures("messenger")
async def test_command_that_could_not_be_acknowledged_does_nothing(
    discord: DiscordEmulator, chat: Script, news: Channel
) -> None:
    discord.fail("POST /interactions/*", status=404, code=10062)
    with capture_logs() as logs:
        await discord.slash(news, "start")
        await (await discord.slash(news, "start")).answered()
    assert len(chat.heard) == 1
    assert [line["event"] for line in logs] == ["discord_interaction_missed"]


@pytest.mark.usefixtures("messenger")
async def test_answer_that_is_refused_goes_out_as_bare_text(
    discord: DiscordEmulator, chat: Script, news: Channel
) -> None:
    chat.says["/start"] = Answer((notice("Hello", "yes"),))
    discord.fail("PATCH /webhooks/*", status=400, code=50035)
    discord.fail("POST /webhooks/*", status=400, code=50035)
    asked = await discord.slash(news, "start")
    answer = await asked.answered()
    assert (answer.content, answer.labels, answer.ephemeral) == ("Hello", (), True)


@pytest.mark.usefixtures("messenger")
async def test_failed_answer_stops_nothing(discord: DiscordEmulator, news: Channel) -> None:
    discord.fail("PATCH /webhooks/*", status=403, code=50001)
    discord.fail("POST /webhooks/*", reset=True)
    await discord.slash(news, "start")
    await discord.wait_until(lambda: len(discord.failed) == 2)
    assert (await (await discord.slash(news, "start")).answered()).text == "You said: /start"


async def test_answers_are_not_counted_for_the_clock_of_the_token(
    discord: DiscordEmulator, messenger: DiscordMessenger, news: Channel
) -> None:
    counted: list[int] = []
    messenger.on_reply = counted.append
    await (await discord.slash(news, "start")).answered()
    assert counted == []
