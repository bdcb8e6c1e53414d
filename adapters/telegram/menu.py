"""The command menus, in every language there is a catalogue for: all of them in private, few in rooms."""

from __future__ import annotations

import re
from collections.abc import Iterable

from structlog import get_logger
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from adapters.telegram.faults import reason
from bot.messages import MenuEntry
from bot.ports import Chat
from bot.texts import FALLBACK, languages

SUMMARY = 256  # characters: https://core.telegram.org/bots/api#botcommand

_CODE = re.compile("[a-z]{2}")  # Telegram knows no others
_log = get_logger(__name__)


async def publish_menu(bot: Bot, chat: Chat) -> None:
    """Set the menus that are not yet as they should be. A failure is logged; the bot works without."""
    try:
        for name in filter(_CODE.fullmatch, languages()):
            entries = await chat.menu(name)
            language = "" if name == FALLBACK else name  # that one is for everybody else, too
            in_rooms = [entry for entry in entries if entry.rooms]
            await _publish(bot, BotCommandScopeAllPrivateChats(), language, entries)
            await _publish(bot, BotCommandScopeAllChatAdministrators(), language, in_rooms)
            reading = [entry for entry in in_rooms if not entry.changes]
            await _publish(bot, BotCommandScopeAllGroupChats(), language, reading)
    except TelegramError as error:
        _log.warning("telegram_menu_not_published", error=reason(error))


async def _publish(bot: Bot, scope: BotCommandScope, language: str, entries: Iterable[MenuEntry]) -> None:
    wanted = tuple(BotCommand(entry.name, entry.summary[:SUMMARY]) for entry in entries)
    if await bot.get_my_commands(scope, language) != wanted:
        await bot.set_my_commands(wanted, scope, language)
