"""Application commands, all made from the one menu of the engine; published only where Discord has others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from discord import Locale
from discord.http import Route
from structlog import get_logger

from adapters.discord.faults import our_errors
from adapters.discord.transport import Transport
from bot.errors import DeliveryError
from bot.messages import MenuEntry
from bot.ports import Chat
from bot.texts import FALLBACK, languages, texts

TEXT, CHANNEL = "text", "channel"
"""The options of a command: what would stand behind it elsewhere, and the channel it is about."""

DESCRIPTION = 100  # characters: https://docs.discord.com/developers/interactions/application-commands
SLASH, ON_MESSAGE = 1, 3  # types of commands; of the second an app may have five
STRING_OPTION, CHANNEL_OPTION = 3, 7
CHANNELS = (0, 5, 10, 11, 12, 15)  # text, announcement, threads, forum
GUILD, DIRECT, PRIVATE = 0, 1, 2  # contexts: a server, a direct message with the bot, one among people
GUILD_INSTALL, USER_INSTALL = 0, 1
NOBODY = 0  # default permissions: administrators of a server alone

Definition = dict[str, Any]

_CODES = frozenset(locale.value for locale in Locale)
_log = get_logger(__name__)


async def definitions(chat: Chat) -> list[Definition]:
    """All commands as Discord wants them, with their texts in every language there is a catalogue for."""
    entries = await chat.menu(FALLBACK, admin=True)
    translated = {code: await chat.menu(language, admin=True) for code, language in localizations().items()}
    words = {code: texts(language).plain("discord-channel-option") for code, language in localizations().items()}
    made = []
    for number, entry in enumerate(entries):
        others = {code: menu[number] for code, menu in translated.items()}
        options = [_channel_option(words)]
        if entry.arguments:
            options.insert(0, _text_option(entry, others))
        made.append(
            {
                "type": SLASH,
                "name": entry.name,
                "description": entry.summary[:DESCRIPTION],
                "name_localizations": {c: o.name for c, o in others.items() if o.name != entry.name},
                "description_localizations": {c: o.summary[:DESCRIPTION] for c, o in others.items()},
                "options": options,
                **_offered(entry),
            }
        )
    return [*made, *_on_messages(entries, translated)]


def _on_messages(entries: Sequence[MenuEntry], translated: Mapping[str, Sequence[MenuEntry]]) -> list[Definition]:
    """Those that the menu of a message offers, under the command's name with a capital or its translation."""
    return [
        {
            "type": ON_MESSAGE,
            "name": entry.name.capitalize(),
            "name_localizations": {code: menu[number].on_message for code, menu in translated.items()},
            **_offered(entry),
        }
        for number, entry in enumerate(entries)
        if entry.on_message
    ]


def localizations() -> dict[str, str]:
    """The languages of the catalogues, but for the fallback, by Discord's codes for them: several for regions.

    Discord refuses others; its clients know no Arabic, whose readers get the fallback there.
    """
    return {code: name for code in sorted(_CODES) if (name := code.partition("-")[0]) in languages()[1:]}


async def publish(http: Transport, application_id: int, chat: Chat) -> None:
    """Replace all commands where they differ from those Discord has. A failure is logged; the bot works without."""
    wanted = await definitions(chat)
    try:
        with our_errors():
            route = Route("GET", "/applications/{application_id}/commands", application_id=application_id)
            there = await http.request(route, params={"with_localizations": "true"})
            if _compared(there) != _compared(wanted):
                await http.bulk_upsert_global_commands(application_id, payload=wanted)
    except DeliveryError as error:
        _log.warning("discord_commands_not_published", error=str(error))


def _text_option(entry: MenuEntry, others: Mapping[str, MenuEntry]) -> Definition:
    return {
        "type": STRING_OPTION,
        "name": TEXT,
        "description": entry.arguments[:DESCRIPTION],
        "description_localizations": {c: o.arguments[:DESCRIPTION] for c, o in others.items() if o.arguments},
        "autocomplete": entry.completes,
    }


def _channel_option(words: Mapping[str, str]) -> Definition:
    return {
        "type": CHANNEL_OPTION,
        "name": CHANNEL,
        "description": texts(FALLBACK).plain("discord-channel-option")[:DESCRIPTION],
        "description_localizations": {code: word[:DESCRIPTION] for code, word in words.items()},
        "channel_types": list(CHANNELS),
    }


def _offered(entry: MenuEntry) -> Definition:
    """An operator's command is shown to nobody but the administrators of a server, and judged again when given."""
    if entry.admin:
        return {"contexts": [GUILD], "integration_types": [GUILD_INSTALL], "default_member_permissions": NOBODY}
    return {
        "contexts": [GUILD, DIRECT, PRIVATE],
        "integration_types": [GUILD_INSTALL, USER_INSTALL],
        "default_member_permissions": None,
    }


_COMPARED = (
    "type",
    "name",
    "description",
    "name_localizations",
    "description_localizations",
    "contexts",
    "integration_types",
    "autocomplete",
    "channel_types",
)


def _compared(commands: Sequence[Mapping[str, Any]]) -> list[Definition]:
    """What counts of commands or options, by name: Discord adds ids and leaves out what is empty."""
    kept = []
    for command in sorted(commands, key=lambda command: (command.get("type") or SLASH, str(command["name"]))):
        one: Definition = {name: command.get(name) or None for name in _COMPARED}
        one = {name: sorted(value) if isinstance(value, list | tuple) else value for name, value in one.items()}
        rights = command.get("default_member_permissions")  # sent as a number, told as a text
        one["default_member_permissions"] = None if rights is None else int(rights)
        kept.append(one | {"options": _compared(command.get("options") or ())})
    return kept
