"""What people see in their language, through the real clients: menus, descriptions, conversations, the page."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from adapters.discord.commands import ON_MESSAGE, definitions
from bot.commands import COMMANDS, Conversation
from bot.model import Platform
from bot.texts import languages, texts
from storage.database import Database
from tests.adapters.browser import Tab, chromium, tab
from tests.adapters.discord_chat import ADMIN, NEWS, place
from tests.adapters.discord_chat import ANN as ANN_ON_DISCORD
from tests.adapters.discord_chat import conversing as on_discord
from tests.adapters.telegram_chat import ANN, GROUP, NOW, Naps
from tests.adapters.telegram_chat import conversing as on_telegram
from tests.adapters.web_chat import page
from tests.bot.talk import TOPICS, conversation_of
from tests.conftest import Clock
from tests.emulators.discord import DiscordEmulator
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_records import Sent

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

SCOPES = ("all_private_chats", "all_group_chats", "all_chat_administrators")
BIDI = re.compile("[\u200e\u200f\u2066-\u2069]")


@pytest.fixture
async def engine(sqlite: Path, tmp_path: Path) -> AsyncIterator[Conversation]:
    """The real answers, over a database that is about nothing here."""
    file = tmp_path / "topicwire.sqlite"
    shutil.copy(sqlite, file)
    database = Database(f"sqlite+aiosqlite:///{file}")
    async with database.write() as work:
        await work.topics.put(TOPICS, from_file=True)
    yield conversation_of(database, lambda: NOW)
    await database.close()


# ---------------------------------------------------------------- Telegram


async def test_telegram_has_a_menu_in_every_language(telegram: TelegramEmulator, engine: Conversation) -> None:
    async with on_telegram(telegram, engine, Naps()):
        pass
    assert not telegram.refused
    for language in languages():
        code = "" if language == "en" else language
        for scope in SCOPES:
            menu = {entry["command"]: entry["description"] for entry in telegram.commands[scope, code]}
            assert menu["topics"] == texts(language).plain("topics-summary")
        private = [entry["command"] for entry in telegram.commands["all_private_chats", code]]
        assert private == [command.name for command in COMMANDS if not command.admin]


async def test_telegram_is_spoken_with_in_the_language_of_the_app_until_another_is_chosen(
    telegram: TelegramEmulator, engine: Conversation
) -> None:
    async with on_telegram(telegram, engine, Naps()):

        async def asked(text: str, language: str) -> Sent:
            count = len(telegram.sent)
            await telegram.say(ANN, text, language_code=language)
            return await telegram.wait_for(count + 1)

        assert "Te has suscrito a Computer Vision" in (await asked("/subscribe cv 80", "es")).text
        offered = await asked("/language", "es")
        await telegram.press(offered, "العربية", language_code="es")
        chosen = await telegram.wait_until(lambda: telegram.edits[-1] if telegram.edits else None)
        assert "العربية" in chosen.text
        answer = await asked("/subscriptions", "es")
    assert "مواضيعك" in answer.text
    assert BIDI.search(answer.text)
    assert not any(BIDI.search(button.text) for row in answer.buttons for button in row)
    assert not telegram.refused


async def test_the_command_menu_of_a_chat_follows_the_language_chosen_there(
    engine: Conversation,
) -> None:
    naps, own, clock = Naps(), (f"chat:{ANN}", ""), Clock(NOW)

    def calls() -> list[str]:
        named = ("setMyCommands", "deleteMyCommands")
        return [r.method for r in telegram.requests if r.method in named and "chat_id" in str(r.parameters)]

    def later() -> datetime:  # so that no rate is broken
        return clock.forward(seconds=1)

    async with TelegramEmulator(clock=later) as telegram, on_telegram(telegram, engine, naps):

        async def says(text: str) -> None:
            count = len(telegram.sent)
            await telegram.say(ANN, text, language_code="es")
            await telegram.wait_for(count + 1)

        await says("/language es")
        telegram.fail("setMyCommands", status=429, parameters={"retry_after": 9})
        await says("/language ar")
        menu = await telegram.wait_until(lambda: telegram.commands.get(own))
        assert {entry["description"] for entry in menu} == {
            texts("ar").plain(command.summary) for command in COMMANDS if not command.admin
        }
        assert naps.seconds == [9.0]
        await says("/language ar")
        await says("/language auto")
        await telegram.wait_until(lambda: own not in telegram.commands)
        await says("/language auto")
        assert calls() == ["setMyCommands", "setMyCommands", "deleteMyCommands"], "once for each change"
        await says("/language en")
        await telegram.wait_until(lambda: telegram.commands.get(own))
        await says("/forget")
        await telegram.press(telegram.sent[-1], telegram.sent[-1].labels[0], language_code="es")
        await telegram.wait_until(lambda: own not in telegram.commands)
    assert [refusal.status for refusal in telegram.refused] == []


async def test_a_menu_that_telegram_refuses_is_logged_and_nothing_more(
    telegram: TelegramEmulator, engine: Conversation
) -> None:
    async with on_telegram(telegram, engine, Naps()):
        telegram.fail("setMyCommands", status=400, description="Bad Request: no")
        with capture_logs() as logs:
            await telegram.say(ANN, "/language ar", language_code="es")
            await telegram.say(ANN, "/language", language_code="es")
            await telegram.wait_for(2)
    assert [line["event"] for line in logs] == ["telegram_menu_not_published"]


async def test_an_arabic_line_is_one_whatever_it_begins_with_and_what_is_copied_is_bare(
    telegram: TelegramEmulator, engine: Conversation
) -> None:
    async with on_telegram(telegram, engine, Naps()):
        await telegram.say(ANN, "/help subscribe", language_code="ar")
        answer = await telegram.wait_for(1)
    assert all(line.startswith("\u200f") for line in answer.text.splitlines())
    units = answer.text.encode("utf-16-le")
    typed = [
        units[e["offset"] * 2 : (e["offset"] + e["length"]) * 2].decode("utf-16-le")
        for e in answer.entities
        if e["type"] == "code"
    ]
    assert "/subscribe ai 80 digest 60" in typed
    assert not any(BIDI.search(words) for words in typed)


async def test_a_telegram_group_hears_its_own_language_and_not_that_of_each_member(
    telegram: TelegramEmulator, engine: Conversation
) -> None:
    telegram.add_chat(GROUP, title="A group").members.update({ANN: "creator"})
    async with on_telegram(telegram, engine, Naps()):
        for number, (text, language) in enumerate((("/language es", "en"), ("/subscriptions", "ar")), 1):
            await telegram.say(GROUP, text, user_id=ANN, language_code=language)
            answer = await telegram.wait_for(number)
    assert "Todavía no sigues ningún tema" in answer.text


# ---------------------------------------------------------------- Discord


async def test_discord_has_descriptions_in_the_languages_that_its_clients_know(
    discord: DiscordEmulator, engine: Conversation
) -> None:
    async with on_discord(discord, engine):
        pass
    assert not discord.refused
    commands = {command["name"]: command for command in discord.commands[None]}
    spanish = texts("es")
    for code in ("es-ES", "es-419"):
        subscribe = commands["subscribe"]
        assert subscribe["description_localizations"][code] == spanish.plain("subscribe-summary")
        options = {option["name"]: option["description_localizations"][code] for option in subscribe["options"]}
        assert options == {
            "text": spanish.plain("subscribe-arguments"),
            "channel": spanish.plain("discord-channel-option"),
        }
    for command in await definitions(engine):
        localized = "name_localizations" if command["type"] == ON_MESSAGE else "description_localizations"
        assert set(command[localized]) == {"es-ES", "es-419"}


async def test_discord_answers_in_the_language_of_the_reader_and_writes_in_that_of_the_channel(
    discord: DiscordEmulator, engine: Conversation
) -> None:
    news, ann = discord.places.channels[NEWS], discord.places.users[ANN_ON_DISCORD]

    async def asked(where: object, name: str, text: str = "", locale: str = "en-US") -> str:
        options = {"text": text} if text else {}
        interaction = await discord.slash(where, name, options, permissions=ADMIN, locale=locale)  # type: ignore[arg-type]
        return (await interaction.answered(10)).text

    async with on_discord(discord, engine):
        assert "Te has suscrito" in await asked(news, "subscribe", "cv 80", "es-ES")
        assert "escribo aquí en español" in await asked(ann, "language", "es")
        assert "A partir de ahora escribo aquí en árabe" in await asked(news, "language", "ar")
        assert "Tus temas" in await asked(news, "subscriptions")
        assert "Tus temas" in await asked(ann, "subscriptions") or "ningún tema" in await asked(
            ann, "subscriptions"
        )
    async with engine._storage.read() as work:
        channel = await work.destinations.get(place(NEWS))
    assert channel is not None
    assert (channel.address.platform, channel.locale, channel.locale_chosen) == (Platform.DISCORD, "ar", True)


# ---------------------------------------------------------------- the page


@pytest.fixture
async def arabic(engine: Conversation) -> AsyncIterator[Tab]:
    async with (
        chromium() as browser,
        page(engine._storage, engine) as web,
        tab(browser, locale="ar", viewport={"width": 390, "height": 844}) as visitor,
    ):
        await visitor.open(web.url)
        yield visitor
        assert visitor.errors == []
        assert await visitor.violations() == []


async def test_the_page_turns_around_in_arabic_and_back_when_another_language_is_chosen(arabic: Tab) -> None:
    def document(name: str) -> str:
        return f"document.documentElement.{name}"

    assert await arabic.page.evaluate(document("dir")) == "rtl"
    assert await arabic.page.evaluate(document("lang")) == "ar"
    await arabic.say("/subscribe computer-vision")
    await arabic.shows("اشتركت في")
    bubble = arabic.page.locator("article.bot .bubble").first
    assert await bubble.get_attribute("dir") == "rtl"
    own, screen = await bubble.bounding_box(), await arabic.page.evaluate("innerWidth")
    yours = await arabic.page.locator("article.you .bubble").first.bounding_box()
    assert own is not None
    assert yours is not None
    assert screen - own["x"] - own["width"] < 20 > yours["x"], "what is yours stands on the left"
    assert not await arabic.overflows()

    await arabic.say("/language")
    await arabic.page.click("article:last-child button:has-text('Español')")
    await arabic.page.wait_for_function(f"() => {document('lang')} === 'es'")
    await arabic.live()
    assert await arabic.page.evaluate(document("dir")) == "ltr"
    assert await bubble.get_attribute("dir") == "rtl", "what was said in Arabic stays so"
    assert await arabic.page.get_attribute("#say", "placeholder") == texts("es").plain("web-placeholder")
    await arabic.say("/subscriptions")
    await arabic.shows("Tus temas")


async def test_a_command_keeps_its_order_on_the_arabic_page(arabic: Tab) -> None:
    """The slash stands left of its word, as it is typed, in menus and in answers alike."""
    await arabic.say("/help")
    await arabic.shows("/subscribe")
    where = """(element) => {
      const text = element.firstChild, range = document.createRange();
      const left = (at) => {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect().left;
      };
      return [text.textContent, left(0) < left(1)];
    }"""
    commands = await arabic.page.eval_on_selector_all(
        "article.bot code bdi, #menu b bdi",
        "(found) => { for (const box of document.querySelectorAll('#menu, #menu li')) box.hidden = false;"
        f"return found.map({where}); }}",
    )
    slashes = [leftmost for text, leftmost in commands if text.startswith("/")]
    assert len(slashes) > 5
    assert all(slashes)
