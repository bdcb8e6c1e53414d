"""The rules of application commands: names, texts, options, choices, sizes.

Source: https://docs.discord.com/developers/interactions/application-commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.emulators.discord_errors import check_length, form_error
from tests.emulators.discord_records import Json

MOST_OPTIONS = 25
MOST_CHARACTERS = 8000
SUBCOMMAND, GROUP = 1, 2
_LOCALES = """
ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr uk vi
zh-CN zh-TW
"""  # https://docs.discord.com/developers/reference#locales
LOCALES = frozenset(_LOCALES.split())

_NAME = re.compile(r"[-_'\w]{1,32}")
_TYPED = frozenset({3, 4, 10})  # options that may have choices: text, integer, number

Path = tuple[str | int, ...]


def check_command(command: Json, path: Path) -> None:
    """Raises Refused (50035) with the field at fault, below `path`."""
    if (command.get("type") or 1) == 1:
        _check_name(command.get("name"), (*path, "name"))
        check_length(command.get("description"), 100, *path, "description", least=1)
    else:
        _check_bare(command, path)
    _check_localizations(command, path, named=(command.get("type") or 1) == 1)
    _check_options(command.get("options") or [], (*path, "options"))
    if _characters(command) > MOST_CHARACTERS:
        message = f"Command exceeds maximum size ({MOST_CHARACTERS})"
        raise form_error(path, "APPLICATION_COMMAND_TOO_LARGE", message)


def _check_bare(command: Json, path: Path) -> None:
    """#user-commands, #message-commands: a name as it is shown, and neither description nor options."""
    check_length(command.get("name"), 32, *path, "name", least=1)
    if command.get("description") or command.get("options"):
        message = "Context menu commands cannot have a description or options"
        raise form_error(path, "APPLICATION_COMMAND_CONTEXT_MENU_BARE", message)


def _check_options(options: Sequence[Json], path: Path) -> None:
    check_length(list(options), MOST_OPTIONS, *path)
    check_unique(options, path)
    optional = False
    for index, option in enumerate(options):
        at = (*path, index)
        _check_name(option.get("name"), (*at, "name"))
        check_length(option.get("description"), 100, *at, "description", least=1)
        _check_localizations(option, at, named=True)
        if option.get("required") and optional:
            message = "Required options must be placed before non-required options"
            raise form_error(at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        optional = optional or not option.get("required")
        _check_choices(option, at)
        _check_options(option.get("options") or [], (*at, "options"))


def _check_choices(option: Json, path: Path) -> None:
    choices = option.get("choices") or []
    check_choices(choices, (*path, "choices"))
    if option.get("autocomplete") and (choices or option.get("type") not in _TYPED):
        message = "Autocomplete is for text and numbers without choices"
        raise form_error((*path, "autocomplete"), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", message)


def check_choices(choices: Sequence[Json], path: Path) -> None:
    """At most 25; names of 1-100, texts of at most 100. Raises Refused (50035)."""
    check_length(list(choices), MOST_OPTIONS, *path)
    for index, choice in enumerate(choices):
        check_length(choice.get("name"), 100, *path, index, "name", least=1)
        if isinstance(choice.get("value"), str):
            check_length(choice["value"], 100, *path, index, "value")


def _check_name(name: Any, path: Path) -> None:
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.lower():
        message = "Command name is invalid"
        raise form_error(path, "APPLICATION_COMMAND_INVALID_NAME", message)


def _check_localizations(holder: Json, path: Path, *, named: bool) -> None:
    for field in ("name_localizations", "description_localizations"):
        texts: Mapping[str, str] = holder.get(field) or {}
        for locale, text in texts.items():
            at = (*path, field, locale)
            if locale not in LOCALES:
                raise form_error((*path, field), "ENUM_TYPE_COERCE", f'Value "{locale}" is not a valid enum value.')
            if field == "name_localizations" and named:
                _check_name(text, at)
            check_length(text, 32 if field == "name_localizations" else 100, *at, least=1)


def check_unique(named: Sequence[Json], path: Path) -> None:
    names = [(one.get("type") if not path else None, one.get("name")) for one in named]
    if len(set(names)) != len(names):
        code = "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS" if path else "APPLICATION_COMMANDS_DUPLICATE_NAME"
        raise form_error(path or ("_",), code, "Names must be unique")


def _characters(holder: Json) -> int:
    """#limits: names, descriptions and values of a command, its options and choices; the longest translation."""
    return sum(len(text) for text in _texts(holder))


def _texts(holder: Json) -> Iterator[str]:
    for field in ("name", "description"):
        translated = (holder.get(f"{field}_localizations") or {}).values()
        yield max((holder.get(field) or "", *translated), key=len)
    if isinstance(holder.get("value"), str):
        yield holder["value"]
    for inner in (*(holder.get("options") or ()), *(holder.get("choices") or ())):
        yield from _texts(inner)
