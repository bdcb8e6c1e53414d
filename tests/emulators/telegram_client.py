"""What tests against the loopback Telegram server share: who is there, and the real client."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import Application, ApplicationBuilder
from telegram.request import HTTPXRequest

from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.emulators.telegram_chats import GENERAL_TOPIC

ANN, ROOM, FORUM, TOPIC = 7, -200, -1003, 5

PollingApplication = Application[Any, Any, Any, Any, Any, Any]


def client(telegram: TelegramEmulator, token: str = TOKEN, **options: Any) -> Bot:
    """python-telegram-bot talking to the emulator; enter it to initialise."""
    root = telegram.root
    options = {"request": _direct(), "get_updates_request": _direct(), **options}
    return Bot(token, base_url=f"{root}/bot", base_file_url=f"{root}/file/bot", **options)


def polling(telegram: TelegramEmulator) -> PollingApplication:
    """An application of python-telegram-bot, not yet started."""
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{telegram.root}/bot").job_queue(None)
    return builder.request(_direct()).get_updates_request(_direct()).build()


def _direct() -> HTTPXRequest:
    """The library's own transport, without the proxies that the environment may name."""
    return HTTPXRequest(connection_pool_size=64, httpx_kwargs={"trust_env": False})


def populated(clock: Callable[[], datetime] | None = None, **options: Any) -> TelegramEmulator:
    """An emulator in which Ann, a group and a forum with one topic are known."""
    telegram = TelegramEmulator(clock=clock, **options)
    telegram.add_chat(ANN)
    telegram.add_chat(ROOM)
    telegram.add_chat(FORUM, is_forum=True).threads |= {GENERAL_TOPIC: "open", TOPIC: "open"}
    return telegram


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    """One row."""
    return InlineKeyboardMarkup([buttons])
