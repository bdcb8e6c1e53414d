"""The rules of the Bot API that a message must keep, each with its source.

Sources: SPEC = https://core.telegram.org/bots/api; SRV = tdlib/telegram-bot-api telegram-bot-api/Client.cpp
(2026-05-07); TD = tdlib/td td/telegram (2026-07-17).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tests.emulators.telegram_entities import Formatted, format_text, spans_of
from tests.emulators.telegram_html import parse_html
from tests.emulators.telegram_links import WrongLink, check_link, is_public, user_of_link
from tests.emulators.telegram_records import Button, Json, Preview, Refused, bad_request


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits of the server; a test lowers one to meet it sooner.

    `rates`: "refuse" answers 429, "record" accepts and notes a Refusal, "off" does not count.
    `strict`: note what Telegram swallows without a word (entities above 100, parameters it does not know).
    `flood_lock`: seconds in which everything is 429 once a token was too fast; 0 = only until there is room.
    """

    rates: Literal["refuse", "record", "off"] = "refuse"
    per_second: float = 30
    paid_per_second: float = 1000
    tolerance: float = 0.1  # jitter of the way: part of the rate a second may hold more
    chat_per_second: float = 1
    chat_burst: int = 3
    group_per_minute: int = 20
    flood_lock: float = 0
    strict: bool = True
    text_length: int = 4096  # code points after parsing
    caption_length: int = 1024
    body_bytes: int = 50 * 2**20
    photo_bytes: int = 10 * 2**20
    callback_seconds: float = 60


SOURCE_BYTES = 2**15  # SRV get_formatted_text
MOST_BUTTONS = 100  # https://core.telegram.org/bots/features#inline-keyboards, measured by client authors
CALLBACK_BYTES = 64
COPY_LENGTH = 256
NOTICE_LENGTH = 200
MOST_COMMANDS = 100
COMMAND_LENGTH = 32
COMMAND_DESCRIPTION_LENGTH = 256
BUTTON_STYLES = frozenset({"danger", "success", "primary"})
CHAT_ACTIONS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note cancel"
)

_COMMAND = re.compile(r"[a-z0-9_]+")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_PLAIN_URL = re.compile(r"https?://[^\s<>\"]+")


def formatted_text(source: str, parse_mode: str | None, entities: Sequence[Json] | None) -> Formatted:
    """Text and entities of a `text` or `caption` parameter.

    Raises Refused: text of more than 32 KiB, unknown parse mode (SRV get_formatted_text), text that cannot
    be parsed (TD MessageEntity.cpp parse_html). Of the parse modes only HTML is played here.
    """
    if len(source.encode()) > SOURCE_BYTES:
        raise bad_request("Text is too long")
    mode = (parse_mode or "none").lower()
    if mode == "html":
        return _formatted_html(source)
    if mode != "none":
        raise bad_request("Unsupported parse_mode")
    return format_text(source, spans_of(source, entities or ()))


@lru_cache(maxsize=128)  # a broadcast says one thing to many
def _formatted_html(source: str) -> Formatted:
    return format_text(*parse_html(source))


def check_text(source: str, formatted: Formatted, rules: Rules) -> None:
    """1-4096 code points after parsing and trimming. SPEC sendMessage; TD MessageContent.cpp, utf8_length."""
    if not source:
        raise bad_request("Message text is empty")
    if not formatted.text:
        raise bad_request("Text must be non-empty")
    if len(formatted.text) > rules.text_length:
        raise bad_request("Message is too long")


def check_caption(formatted: Formatted, rules: Rules) -> None:
    """0-1024 code points after parsing and trimming. SPEC sendPhoto; TD MessageContent.cpp, utf8_length."""
    if len(formatted.text) > rules.caption_length:
        raise bad_request("Message caption is too long")


def inline_buttons(markup: Json | None) -> tuple[tuple[Button, ...], ...]:
    """The rows of an inline keyboard; () for another markup or none. Raises Refused for a wrong button."""
    rows = (markup or {}).get("inline_keyboard", ())
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("Reply markup is too long")
    return tuple(tuple(_button(button) for button in row) for row in rows)


def _button(button: Json) -> Button:
    """SPEC InlineKeyboardButton: one kind each, 1-64 bytes of data, 1-256 characters to copy.

    Wording: SRV get_inline_keyboard_button_type, TD ReplyMarkup.cpp; BUTTON_* are answers of the data centre.
    """
    text = button["text"]
    if not text.strip():
        raise bad_request("Inline keyboard button text must be non-empty")
    if button.get("style", "primary") not in BUTTON_STYLES:
        raise bad_request("Can't parse inline keyboard button: invalid button style specified")
    if url := button.get("url"):
        _check_button_url(url)
        return Button(text, url=url)
    if data := button.get("callback_data"):
        if len(data.encode()) > CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        return Button(text, data=data)
    if copy := button.get("copy_text"):
        if not 1 <= len(copy["text"]) <= COPY_LENGTH:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        return Button(text, copy=copy["text"])
    if not button.keys() - {"text", "style", "icon_custom_emoji_id", "url", "callback_data"}:
        raise bad_request("Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    return Button(text)


def _check_button_url(url: str) -> None:
    """http(s) or tg, with a host out in the world. TD LinkManager.cpp check_link; the data centre refuses IPs."""
    if user_of_link(url):
        return
    try:
        check_link(url)
    except WrongLink as wrong:
        raise bad_request(f"Inline keyboard button URL '{url}' is invalid: {wrong}") from wrong
    if not is_public(url):
        raise bad_request("BUTTON_URL_INVALID")


def link_preview(options: Json | None, formatted: Formatted) -> Preview | None:
    """What is previewed under a text: the chosen URL, else the first one in it; None = nothing.

    SPEC LinkPreviewOptions: the size is ignored unless the URL is given.
    """
    options = options or {}
    if options.get("is_disabled"):
        return None
    above = bool(options.get("show_above_text"))
    if url := options.get("url"):
        small, large = options.get("prefer_small_media"), options.get("prefer_large_media")
        return Preview(url, "small" if small else "large" if large else None, above)
    found = [(entity["offset"], entity["url"]) for entity in formatted.entities if "url" in entity]
    if plain := _PLAIN_URL.search(formatted.text):
        found.append((plain.start(), plain[0]))
    return Preview(min(found)[1], None, above) if found else None


def check_language(code: str) -> None:
    """Two lower-case letters or nothing. TD misc.cpp validate_bot_language_code."""
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("Invalid language code specified")


def checked_commands(commands: Sequence[Mapping[str, str]]) -> list[Json]:
    """At most 100; command 1-32 of a-z0-9_, description 1-256. SPEC BotCommand; TD BotCommand.cpp set_commands.

    BOT_COMMAND_INVALID and BOT_COMMANDS_TOO_MUCH are answers of the data centre.
    """
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_checked_command(command["command"], command["description"]) for command in commands]


def _checked_command(command: str, description: str) -> Json:
    command, description = command.strip().removeprefix("/"), description.strip()
    if not command:
        raise bad_request("Command must be non-empty")
    if len(command) > COMMAND_LENGTH:
        raise bad_request(f"Command length must not exceed {COMMAND_LENGTH}")
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > COMMAND_DESCRIPTION_LENGTH:
        raise bad_request(f"Command description length must not exceed {COMMAND_DESCRIPTION_LENGTH}")
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


def check_photo(photo: bytes | str, rules: Rules) -> None:
    """An upload of at most 10 MB that is a picture, or a public http(s) URL. SPEC sendPhoto.

    Wording: TD FileLoaderUtils.cpp; SRV fail_query_with_error; IMAGE_PROCESS_FAILED is the data centre's.
    """
    if isinstance(photo, str):
        if not is_public(photo):
            raise bad_request("Failed to get HTTP URL content")
        return
    if len(photo) > rules.photo_bytes:
        raise bad_request(
            f"File of size {len(photo)} bytes is too big for a photo; the maximum size is {rules.photo_bytes} bytes"
        )
    if not photo:
        raise bad_request("File must be non-empty")
    if not photo.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF", b"BM")):
        raise bad_request("IMAGE_PROCESS_FAILED")


def not_modified() -> Refused:
    """SRV fail_query_with_error, MESSAGE_NOT_MODIFIED."""
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )
