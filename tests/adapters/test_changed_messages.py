"""Messages that are edited and taken away afterwards: the same verbs on every platform, each by its own rules."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot

from adapters.discord.messenger import DiscordMessenger
from adapters.telegram.messenger import TelegramMessenger
from bot.errors import DeliveryError, Gone, MessageGone, RetryLater, Undeletable
from bot.messages import Alert, Button, Card, Notice, Span
from bot.model import Address, Platform
from storage.database import Database
from tests.adapters import discord_chat
from tests.adapters.discord_chat import ALERT, FORUM, NEWS, THREAD, place, small_server
from tests.adapters.telegram_chat import ANN, ANNS_CHAT, NOW
from tests.adapters.telegram_chat import messenger_of as telegram_of
from tests.adapters.web_chat import ANNA, SmallChat, Visitor, page, take
from tests.emulators.discord import DiscordEmulator
from tests.emulators.telegram import TelegramEmulator

AFTER = Notice((Span("Withdrawn: "), Span("<b>the lens</b>", bold=True)), keyboard=((Button("Why?", "why:5"),),))


# ---------------------------------------------------------------- Telegram


class Days:
    """A clock for the server that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 27, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
async def telegram(days: Days) -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator(clock=days) as emulator:
        await emulator.say(ANN, "/start")  # a chat that began
        yield emulator


@pytest.fixture
async def by_telegram(telegram: TelegramEmulator) -> AsyncIterator[TelegramMessenger]:
    messenger = telegram_of(telegram)
    yield messenger
    await messenger.stop()


async def sent_on_telegram(messenger: TelegramMessenger) -> str:
    return await messenger.send(ANNS_CHAT, ALERT, locale="en", nonce="d1", now=NOW)


async def test_telegram_edits_a_card_in_place(telegram: TelegramEmulator, by_telegram: TelegramMessenger) -> None:
    message_id = await sent_on_telegram(by_telegram)
    await by_telegram.edit(ANNS_CHAT, message_id, AFTER, locale="en", now=NOW)
    (shown,) = telegram.shown(ANN)
    assert (str(shown.message_id), shown.text) == (message_id, "Withdrawn: <b>the lens</b>")
    assert shown.labels == ("Why?",)
    assert not telegram.refused


async def test_an_edit_that_changes_nothing_is_a_success(
    telegram: TelegramEmulator, by_telegram: TelegramMessenger
) -> None:
    message_id = await sent_on_telegram(by_telegram)
    for _ in range(2):
        await by_telegram.edit(ANNS_CHAT, message_id, AFTER, locale="en", now=NOW)
    assert ["message is not modified" in refusal.description for refusal in telegram.refused] == [True]


async def test_of_a_picture_the_caption_is_edited_and_cut_to_its_limit(
    telegram: TelegramEmulator, by_telegram: TelegramMessenger
) -> None:
    async with Bot("1234:TEST-token", base_url=f"{telegram.root}/bot") as bot:
        photo = await bot.send_photo(ANN, "https://pictures.example/reef.jpg", caption="before")
    long = Notice((Span("word " * 600),))
    await by_telegram.edit(ANNS_CHAT, str(photo.message_id), long, locale="en", now=NOW)
    (shown,) = telegram.shown(ANN)
    assert shown.photo == "https://pictures.example/reef.jpg"
    assert 900 < len(shown.text) <= 1024
    assert shown.text.endswith("…")


async def test_telegram_takes_a_message_away_within_48_hours_and_not_after(
    telegram: TelegramEmulator, by_telegram: TelegramMessenger, days: Days
) -> None:
    first = await sent_on_telegram(by_telegram)
    days.now += timedelta(hours=47)
    await by_telegram.delete(ANNS_CHAT, first)
    assert telegram.shown(ANN) == []
    second = await sent_on_telegram(by_telegram)
    days.now += timedelta(hours=49)
    with pytest.raises(Undeletable):
        await by_telegram.delete(ANNS_CHAT, second)
    await by_telegram.edit(ANNS_CHAT, second, AFTER, locale="en", now=NOW)
    assert telegram.shown(ANN)[0].text.startswith("Withdrawn")


async def test_a_message_that_is_not_there_costs_nothing_but_itself(
    telegram: TelegramEmulator, by_telegram: TelegramMessenger
) -> None:
    message_id = await sent_on_telegram(by_telegram)
    await by_telegram.delete(ANNS_CHAT, message_id)
    for wrong in (message_id, "999999", "901/5", ""):
        with pytest.raises(MessageGone):
            await by_telegram.delete(ANNS_CHAT, wrong)
        with pytest.raises(MessageGone):
            await by_telegram.edit(ANNS_CHAT, wrong, AFTER, locale="en", now=NOW)
    standing = await sent_on_telegram(by_telegram)
    telegram.block(ANN)
    with pytest.raises(Gone):
        await by_telegram.edit(ANNS_CHAT, standing, AFTER, locale="en", now=NOW)


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_limits_and_faults_mean_the_same_for_an_edit(
    telegram: TelegramEmulator, by_telegram: TelegramMessenger
) -> None:
    message_id = await sent_on_telegram(by_telegram)
    telegram.fail("editMessageText", status=429, parameters={"retry_after": 9})
    with pytest.raises(RetryLater) as raised:
        await by_telegram.edit(ANNS_CHAT, message_id, AFTER, locale="en", now=NOW)
    assert (raised.value.after, raised.value.flood) == (9.0, True)


# ---------------------------------------------------------------- Discord


@pytest.fixture
async def discord() -> AsyncIterator[DiscordEmulator]:
    async with small_server() as emulator:
        yield emulator


@pytest.fixture
async def by_discord(discord: DiscordEmulator) -> AsyncIterator[DiscordMessenger]:
    messenger = discord_chat.messenger_of(discord)
    yield messenger
    await messenger.stop()


@pytest.mark.parametrize(
    "address",
    [place(NEWS), place(NEWS, THREAD), place(FORUM), place("dm:7")],
    ids=["channel", "thread", "forum", "person"],
)
async def test_discord_edits_and_deletes_wherever_the_message_stands(
    discord: DiscordEmulator, by_discord: DiscordMessenger, address: Address
) -> None:
    message_id = await discord_chat.send(by_discord, address)
    await by_discord.edit(address, message_id, AFTER, locale="en", now=NOW)
    assert discord.edits[-1].text.startswith("Withdrawn: <b>the lens</b>")
    await by_discord.delete(address, message_id)
    (gone,) = discord.deletions
    assert message_id.endswith(str(gone.message_id))
    with pytest.raises(MessageGone):
        await by_discord.delete(address, message_id)
    asked = [50008] if address == place(FORUM) else []  # that it is a forum, which is remembered
    assert [refusal.code for refusal in discord.refused] == [*asked, 10008]


async def test_a_message_without_components_becomes_one_with_them(
    discord: DiscordEmulator, by_discord: DiscordMessenger
) -> None:
    message_id = await by_discord.send_plain(place(NEWS), ALERT, locale="en", now=NOW)
    await by_discord.edit(place(NEWS), message_id, AFTER, locale="en", now=NOW)
    assert discord.edits[-1].content == ""
    assert discord.edits[-1].labels == ("Why?",)
    assert not discord.refused


async def test_an_archived_thread_is_opened_for_an_edit(
    discord: DiscordEmulator, by_discord: DiscordMessenger
) -> None:
    requests: list[int] = []
    by_discord.on_reply = requests.append
    message_id = await discord_chat.send(by_discord, place(NEWS, THREAD))
    await discord.set_thread(discord.places.channels[THREAD], archived=True)
    await by_discord.edit(place(NEWS, THREAD), message_id, AFTER, locale="en", now=NOW)
    assert discord.edits[-1].text.startswith("Withdrawn")
    assert sum(requests) == 2


@pytest.mark.parametrize("wrong", ["", "no", "901/", "x/5"])
async def test_what_is_no_message_of_discords_is_not_asked_for(
    discord: DiscordEmulator, by_discord: DiscordMessenger, wrong: str
) -> None:
    with pytest.raises(DeliveryError):
        await by_discord.delete(place(NEWS), wrong)
    assert not discord.requests


# ---------------------------------------------------------------- the web page


async def test_the_page_shows_an_edit_and_a_removal_at_once(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        await visitor.page("/?as=anna")
        card = Alert(Card(1, 1, "A lens", "https://one.example/lens"))
        first = await web.send(ANNA, card, locale="en", nonce="n1", now=NOW)
        async with visitor.events() as events:
            await take(events, 1)
            await web.edit(ANNA, first, AFTER, locale="en", now=NOW)
            (changed,) = await take(events, 1)
            await web.delete(ANNA, first)
            (removed,) = await take(events, 1)
        assert (changed.name, removed.name) == ("change", "remove")
        assert "Withdrawn" in changed.data["html"]
        assert removed.data == {"id": int(first)}
        assert "Withdrawn" not in await visitor.page("/")
        for act in (web.delete(ANNA, first), web.edit(ANNA, first, AFTER, locale="en", now=NOW)):
            with pytest.raises(MessageGone):
                await act


async def test_nobody_changes_the_message_of_another_chat(storage: Database) -> None:
    async with page(storage, SmallChat()) as web:
        first = await web.send(ANNA, AFTER, locale="en", nonce="n1", now=NOW)
        with pytest.raises(MessageGone):
            await web.delete(Address(Platform.WEB, "ben"), first)
        await web.delete(ANNA, first)
