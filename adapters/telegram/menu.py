"""The command menus, in every language there is a catalogue for: all of them in private, few in rooms.

Telegram shows them in the language of the app. A private chat that chose another has a menu of its own.
"""

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
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from adapters.telegram.faults import fault, reason
from adapters.telegram.polling import Sleep
from bot.errors import RetryLater
from bot.messages import MenuEntry
from bot.ports import Chat
from bot.texts import FALLBACK, languages

LONGEST_WAIT = 30.0  # seconds that the menu of one chat waits once
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


async def follow(bot: Bot, chat: Chat, chat_id: str, language: str, *, sleep: Sleep) -> None:
    """List the commands of one private chat in a language whatever its app's, or with "" in that again.

    Telegram's "too many requests" is waited for once. Any other failure is logged; the chat keeps its menu.
    """
    scope = BotCommandScopeChat(chat_id)
    for last in (False, True):
        try:
            if language:
                await bot.set_my_commands(_commands(await chat.menu(language)), scope)
            else:
                await bot.delete_my_commands(scope)
        except TelegramError as error:
            wrong = fault(error)
            wait = wrong.after if isinstance(wrong, RetryLater) and wrong.flood else None
            if last or wait is None or wait > LONGEST_WAIT:
                _log.warning("telegram_menu_not_published", chat=chat_id, error=str(wrong))
                return
            await sleep(wait)
        else:
            return


async def _publish(bot: Bot, scope: BotCommandScope, language: str, entries: Iterable[MenuEntry]) -> None:
    wanted = _commands(entries)
    if await bot.get_my_commands(scope, language) != wanted:
        await bot.set_my_commands(wanted, scope, language)


def _commands(entries: Iterable[MenuEntry]) -> tuple[BotCommand, ...]:
    return tuple(BotCommand(entry.name, entry.summary[:SUMMARY]) for entry in entries)
