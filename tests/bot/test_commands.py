"""Commands as such: greeting, help, the registry, rooms, rights and faults."""

from __future__ import annotations

import pytest

from bot.commands import COMMANDS, Command
from bot.commands.registry import ACTIONS
from bot.commands.turn import Turn, reply
from bot.errors import StorageError
from bot.messages import Answer
from bot.model import Address, Platform
from bot.texts import plain, texts
from storage.database import Database
from tests.bot.talk import Talk, conversation_of, publish, talk_of
from tests.conftest import Clock


async def test_start_works_before_anything_is_stored_and_stores_nothing(anna: Talk) -> None:
    words = await anna.says("/start")
    assert words.startswith("Hello.")
    assert "AI" in anna.labels()
    assert not await anna.known()


async def test_every_command_works_in_an_empty_database(storage: Database, clock: Clock) -> None:
    talk = Talk(storage, clock, conversation_of(storage, clock))
    assert "no topics yet" in await talk.says("/start")
    for command in COMMANDS:
        for argument in ("", " computer vision"):
            assert "went wrong" not in await talk.says(f"/{command.name}{argument}")
            assert talk.last.messages


async def test_link_to_the_bot_that_names_a_topic_offers_it(anna: Talk) -> None:
    assert "Computer Vision" in await anna.says("/start computer-vision")
    assert await anna.bars() == {}
    await anna.presses("Subscribe")
    assert await anna.bars() == {"computer-vision": (70, None)}


async def test_demo_says_that_it_is_one(storage: Database, clock: Clock) -> None:
    demo = await talk_of(storage, clock, demo=True)
    assert "demo" in await demo.says("/start")


async def test_help_names_every_public_command_with_its_summary(anna: Talk) -> None:
    words = await anna.says("/help")
    for command in (command for command in COMMANDS if not command.admin):
        assert f"/{command.name}" in words
        assert texts("en").plain(command.summary) in words


async def test_help_of_one_command_says_what_good_and_top_mean(anna: Talk) -> None:
    words = await anna.says("/help subscribe")
    assert "good (70)" in words
    assert "top (100)" in words


async def test_menu_is_the_registry(anna: Talk) -> None:
    menu = await anna.conversation.menu("en")
    assert [entry.name for entry in menu] == [command.name for command in COMMANDS if not command.admin]
    assert all(0 < len(entry.summary) <= 256 for entry in menu)  # Telegram's bound for a description


async def test_one_definition_adds_a_command_everywhere(storage: Database, clock: Clock) -> None:
    async def echo(turn: Turn, argument: str) -> Answer:
        return reply(turn.say("not-followed", topic=argument))

    added = Command("echo", echo, "topics-arguments", "status-summary")
    talk = await talk_of(storage, clock, commands=(*COMMANDS, added))
    assert "echo" in [entry.name for entry in await talk.conversation.menu("en")]
    assert "/echo [text]" in await talk.says("/help")
    assert "/echo [text]" in await talk.says("/help echo")
    assert await talk.says("/echo hello") == "hello is not among your topics."
    assert "/echo" in await talk.says("/ecko hello")
    assert await talk.presses("/echo") == "hello is not among your topics."


async def test_admin_command_does_not_exist_for_strangers(storage: Database, clock: Clock) -> None:
    async def secret(turn: Turn, _argument: str) -> Answer:
        return reply(turn.say("kept"))

    commands = (*COMMANDS, Command("vault", secret, "", "status-summary", admin=True))
    talk = await talk_of(storage, clock, commands=commands, admins=frozenset({("telegram", "1")}))
    assert "vault" not in [entry.name for entry in await talk.conversation.menu("en")]
    assert "/vault" not in await talk.says("/help")
    assert "I do not know /vault" in await talk.says("/vault")
    assert "/vault" not in [button.action for button in talk.buttons()]
    talk.sender = "1"
    assert await talk.says("/vault") == "Nothing was changed."
    assert "/vault" in await talk.says("/help")


# ---------------------------------------------------------------- rooms, rights, strangers


async def test_topic_name_alone_is_an_offer_in_a_private_chat(anna: Talk) -> None:
    assert "Computer Vision: subscribe to" in await anna.says("cv 90")
    await anna.presses("Subscribe")
    assert await anna.bars() == {"computer-vision": (90, None)}


async def test_anything_else_gets_one_line_of_help(anna: Talk) -> None:
    for text in ("hello there", "", "🙂", "123", "؟", "-5", "a -5", "," * 50, "/"):
        assert "/help" in await anna.says(text)
        assert len(plain(anna.notices()[0].text).splitlines()) == 1


async def test_mistyped_command_offers_the_nearest_with_its_argument(anna: Talk) -> None:
    assert "Did you mean /subscribe?" in await anna.says("/subscibe ai 80")
    await anna.presses("/subscribe")
    assert await anna.bars() == {"ai": (80, None)}
    assert "/help" in await anna.says("/xyzzy")


async def test_room_hears_nothing_but_answers_to_our_commands(anna: Talk) -> None:
    anna.private = False
    for text in ("hello", "ai", "/xyzzy", "/subscibe ai", "", "a" * 10_000, "/" + "x" * 5_000):
        await anna.says(text)
        assert anna.last == Answer()
    assert "AI" in await anna.says("/topics")


async def test_only_who_may_change_changes_and_everybody_may_look(anna: Talk) -> None:
    await anna.says("/subscribe ai 80")
    stored = await publish(anna, "Lens grows eyes")
    anna.private, anna.may_change = False, False
    for command in COMMANDS:
        words = await anna.says(f"/{command.name} ai")
        assert ("Only those who run this chat" in words) is command.changes
    for verb in [action.verb for action in ACTIONS if action.changes]:
        assert "Only those who run this chat" in await anna.acts(f"{verb}:{stored.id}")
        assert anna.last.messages == ()
    assert "outlet" in await anna.acts(f"cov:{stored.id}")
    assert await anna.bars() == {"ai": (80, None)}


async def test_two_threads_of_one_chat_are_two_destinations(anna: Talk) -> None:
    await anna.says("/subscribe ai")
    anna.address = Address(Platform.TELEGRAM, anna.address.chat, "7")
    assert await anna.bars() == {}
    await anna.says("/subscribe space")
    assert await anna.bars() == {"space": (70, None)}


# ---------------------------------------------------------------- faults


async def test_database_that_cannot_serve_is_one_calm_sentence(storage: Database, clock: Clock) -> None:
    class Away(Database):
        def read(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
            raise StorageError("disk on fire at /secret/path")

        write = read

    talk = await talk_of(storage, clock)
    talk.conversation = conversation_of(Away("sqlite+aiosqlite:///unused.sqlite"), clock)
    for command in COMMANDS:
        words = await talk.says(f"/{command.name} ai")
        assert words == "I cannot reach my memory right now. Try again in a minute."
    assert await talk.acts("sub:1") == "I cannot reach my memory right now. Try again in a minute."
    assert talk.last.messages == ()
    await talk.conversation.unreachable(talk.address, "blocked")
    await talk.conversation.reachable(talk.address)


async def test_fault_of_ours_is_an_apology_without_its_text(storage: Database, clock: Clock) -> None:
    async def broken(_turn: Turn, _argument: str) -> Answer:
        raise RuntimeError("secret detail")

    talk = await talk_of(storage, clock, commands=(*COMMANDS, Command("broken", broken, "", "status-summary")))
    words = await talk.says("/broken")
    assert "Sorry" in words
    assert "secret" not in words


@pytest.mark.parametrize("asked", ["/latest cv any", "/subscribe cv any"])
async def test_what_one_person_alone_reads_in_a_room_keeps_no_news_from_it(
    storage: Database, clock: Clock, asked: str
) -> None:
    boss = await talk_of(storage, clock)
    boss.address, boss.private = Address(Platform.DISCORD, "900"), False
    boss.reader = Address(Platform.DISCORD, "dm:7")
    await boss.says("/subscribe cv 90")
    await publish(boss, "A lens the size of a grain", quality=60)
    await boss.says(asked)
    assert boss.titles() == ["A lens the size of a grain"]
    assert await boss.told() == set()
    await boss.says("/quality cv 90")
    await publish(boss, "A lens the size of a grain", quality=95)
    assert await boss.told() == {"A lens the size of a grain"}
