"""The loopback Telegram server takes what the rules allow, driven by the real python-telegram-bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    LinkPreviewOptions,
)
from telegram.error import BadRequest, EndPointNotFound, InvalidToken, NetworkError

from tests.conftest import Clock
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_client import ANN, FORUM, ROOM, TOPIC, client, keyboard, populated
from tests.emulators.telegram_records import Button, Preview
from tests.emulators.telegram_rules import Rules

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
HTML = "HTML"


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[TelegramEmulator]:
    async with populated(clock, rules=Rules(body_bytes=100_000)) as emulator:
        yield emulator


@pytest.fixture
async def bot(telegram: TelegramEmulator) -> AsyncIterator[Bot]:
    async with client(telegram) as real:
        yield real


def words(telegram: TelegramEmulator) -> list[str]:
    return [refusal.description for refusal in telegram.refused]


# ---------------------------------------------------------------- sending


async def test_a_member_sees_what_the_bot_composed(telegram: TelegramEmulator, bot: Bot) -> None:
    options = LinkPreviewOptions(url="https://news.example/a", prefer_large_media=True, show_above_text=True)
    buttons = keyboard(
        InlineKeyboardButton("Why?", callback_data="why:1"),
        InlineKeyboardButton("All", url="https://news.example/"),
    )
    html = '😀 <b>Chips &amp; law</b> <a href="https://news.example/a">read</a>'
    message = await bot.send_message(
        FORUM,
        html,
        HTML,
        message_thread_id=TOPIC,
        disable_notification=True,
        link_preview_options=options,
        reply_markup=buttons,
    )
    (sent,) = telegram.sent
    assert (sent.text, sent.html, sent.links) == ("😀 Chips & law read", html, ("https://news.example/a",))
    assert sent.entities[0] == {"type": "bold", "offset": 3, "length": 11}
    assert (sent.thread_id, sent.silent, sent.message_id) == (TOPIC, True, message.message_id)
    assert sent.preview == Preview("https://news.example/a", "large", above=True)
    assert sent.buttons == ((Button("Why?", data="why:1"), Button("All", url="https://news.example/")),)
    assert message.text == sent.text
    assert message.parse_entity(message.entities[0]) == "Chips & law"
    assert not telegram.refused


async def test_a_photo_comes_by_upload_by_address_and_by_its_id(telegram: TelegramEmulator, bot: Bot) -> None:
    message = await bot.send_photo(ANN, PICTURE, "<i>chip</i>", parse_mode=HTML)
    await bot.send_photo(ROOM, "https://pictures.example/a.jpg")
    await bot.send_photo(FORUM, message.photo[0].file_id)
    file = await bot.get_file(message.photo[0].file_id)
    assert bytes(await file.download_as_bytearray()) == PICTURE
    assert [sent.photo for sent in telegram.sent] == ["photo1", "https://pictures.example/a.jpg", "photo1"]
    assert telegram.sent[0].text == message.caption == "chip"
    assert not telegram.refused


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ({"text": "<b>open", "parse_mode": HTML}, 'can\'t find end tag corresponding to start tag "b"'),
        ({"text": "a<br>b", "parse_mode": HTML}, 'unsupported start tag "br" at byte offset 1'),
        ({"text": "😀" * 4097}, "message is too long"),
        ({"text": "<b> </b>\n", "parse_mode": HTML}, "text must be non-empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": "hi", "chat_id": 404}, "chat not found"),
        ({"text": "hi", "chat_id": FORUM, "message_thread_id": 6}, "message thread not found"),
        ({"text": "hi", "chat_id": FORUM, "message_thread_id": 1}, "message thread not found"),
        ({"text": "hi", "parse_mode": "XML"}, "unsupported parse_mode"),
        ({"text": "hi", "reply_to_message_id": 99}, "message to be replied not found"),
        ({"text": "hi", "api_kwargs": {"made_up": 1}}, 'sendmessage has no parameter "made_up"'),
        ({"text": "hi", "api_kwargs": {"link_preview_options": {"is_disabled": 1}}}, "boolean expected, got 1"),
        ({"text": "hi", "api_kwargs": {"link_preview_options": {"size": 1}}}, 'no field "size"'),
    ],
)
async def test_a_message_that_breaks_a_rule_is_refused_in_telegrams_words(
    telegram: TelegramEmulator, bot: Bot, call: dict[str, Any], expected: str
) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(**({"chat_id": ANN} | call))
    assert expected in str(refused.value).lower()
    assert (telegram.refused[0].status, telegram.sent) == (400, [])


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ({"callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"url": "ftp://a.example/"}, "URL 'ftp://a.example/' is invalid: Unsupported URL protocol"),
        ({"url": "http://localhost:8080/"}, "Wrong HTTP URL"),
        ({"url": "http://127.0.0.1/"}, "BUTTON_URL_INVALID"),
        ({"colour": "red", "callback_data": "a"}, 'InlineKeyboardButton has no field "colour"'),
        ({}, "Text buttons are unallowed"),
    ],
)
async def test_a_wrong_button_is_refused(
    telegram: TelegramEmulator, bot: Bot, button: dict[str, str], expected: str
) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", **button}]]}
    with pytest.raises(BadRequest):
        await bot.send_message(ANN, "hi", api_kwargs={"reply_markup": markup})
    assert expected in words(telegram)[0]


async def test_limits_themselves_are_taken(telegram: TelegramEmulator, bot: Bot) -> None:
    await bot.send_message(ANN, "😀" * 4096)
    await bot.send_photo(ROOM, PICTURE, "<b>" + "é" * 1024 + "</b>", parse_mode=HTML)
    await bot.send_message(
        FORUM, "General", reply_markup=keyboard(InlineKeyboardButton("a", callback_data="é" * 32))
    )
    assert not telegram.refused


async def test_a_caption_a_body_and_a_file_that_are_too_much_are_refused(
    telegram: TelegramEmulator, bot: Bot
) -> None:
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_photo(ANN, PICTURE, "é" * 1025)
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(ANN, b"no picture")
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_photo(ANN, PICTURE + bytes(200_000))
    assert [refusal.status for refusal in telegram.refused] == [400, 400, 413]


async def test_entities_above_a_hundred_are_lost_and_noted(telegram: TelegramEmulator, bot: Bot) -> None:
    message = await bot.send_message(ANN, "<b>x</b> " * 101, HTML)
    assert len(message.entities) == len(telegram.sent[0].entities) == 100
    assert telegram.refused[0].accepted
    assert words(telegram) == ["101 entities: Telegram drops all above 100 silently"]


async def test_wrong_tokens_and_unknown_methods_are_refused(telegram: TelegramEmulator, bot: Bot) -> None:
    stranger = client(telegram, "99:nobody")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("sendTelepathy")
    assert [(one.status, one.description) for one in telegram.refused] == [
        (401, "Unauthorized"),
        (404, "Not Found: method not found"),
    ]


# ---------------------------------------------------------------- editing, commands


async def test_edits_are_seen_and_empty_ones_refused(telegram: TelegramEmulator, bot: Bot, clock: Clock) -> None:
    button = keyboard(InlineKeyboardButton("Mute", callback_data="m"))
    message = await bot.send_message(ANN, "one", reply_markup=button)
    await bot.edit_message_text("two", ANN, message.message_id)
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await bot.edit_message_text("two", ANN, message.message_id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("two", ANN, 999)
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(ANN, message.message_id, caption="c")
    await bot.edit_message_reply_markup(ANN, message.message_id, reply_markup=button)
    (shown,) = telegram.shown(ANN)
    assert (shown.text, shown.labels, len(telegram.edits)) == ("two", ("Mute",), 2)
    clock.forward(seconds=49 * 3600)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(ANN, message.message_id)


async def test_commands_are_published_by_scope_and_language(telegram: TelegramEmulator, bot: Bot) -> None:
    commands = [BotCommand("start", "Begin"), BotCommand("topics", "All topics")]
    await bot.set_my_commands(commands)
    await bot.set_my_commands(commands[:1], BotCommandScopeAllPrivateChats(), "de")
    await bot.set_my_short_description("Alerts by topic")
    assert [one["command"] for one in telegram.commands["default", ""]] == ["start", "topics"]
    assert len(telegram.commands["all_private_chats", "de"]) == 1
    assert await bot.get_my_commands() == tuple(commands)
    for wrong in ([("Start", "x")], [("a", "x" * 257)], [("a", "b")] * 101):
        with pytest.raises(BadRequest):
            await bot.set_my_commands(wrong)
    with pytest.raises(BadRequest, match="Invalid language code specified"):
        await bot.set_my_commands(commands, language_code="deu")
    assert words(telegram)[:3] == [
        "Bad Request: BOT_COMMAND_INVALID",
        "Bad Request: command description length must not exceed 256",
        "Bad Request: BOT_COMMANDS_TOO_MUCH",
    ]
