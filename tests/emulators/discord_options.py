"""Commands as a person meets them: whether one is offered in a place, and its options filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.emulators.discord_command_rules import GROUP, SUBCOMMAND
from tests.emulators.discord_places import Channel
from tests.emulators.discord_records import Json

GUILD_CONTEXT, BOT_DM_CONTEXT = 0, 1
ADMINISTRATOR = 1 << 3
_TYPES: Mapping[int, type | tuple[type, ...]] = {3: str, 4: int, 5: bool, 10: (int, float)}


def offered(command: Json, channel: Channel, permissions: int) -> None:
    """Raises LookupError where Discord does not show the command: context, installation, permissions.

    Source: https://docs.discord.com/developers/interactions/application-commands#contexts, #permissions.
    """
    name = command["name"]
    guild = channel.guild
    contexts = command["contexts"]
    if contexts is None:
        contexts = [GUILD_CONTEXT, *([BOT_DM_CONTEXT] if command["dm_permission"] else [])]
    if (GUILD_CONTEXT if guild else BOT_DM_CONTEXT) not in contexts:
        raise LookupError(f"/{name} is not offered here: its contexts are {contexts}")
    if guild and not guild.joined and 1 not in command["integration_types"]:
        raise LookupError(f"/{name} is not offered here: the bot is not in this server")
    needed = int(command["default_member_permissions"] or 0)
    hidden = command["default_member_permissions"] == "0"
    if guild and not permissions & ADMINISTRATOR and (hidden or needed & ~permissions):
        raise LookupError(f"/{name} is not offered to this member: it needs the permissions {needed}")


def filled_options(
    command: Json, inner: Sequence[str], given: Mapping[str, Any], *, typing: str | None = None
) -> list[Json]:
    """The `options` of an interaction; `inner` names a group and subcommand, `typing` the focused option.

    Raises LookupError: an option or subcommand that is not there, a missing one, a value of the wrong type.
    """
    known = {option["name"]: option for option in command.get("options", ())}
    if inner:
        chosen = known.get(inner[0])
        if chosen is None or chosen["type"] not in {SUBCOMMAND, GROUP}:
            raise LookupError(f"no subcommand {inner[0]!r} among {list(known)}")
        below = filled_options(chosen, inner[1:], given, typing=typing)
        return [{"name": inner[0], "type": chosen["type"], "options": below}]
    if unknown := given.keys() - known.keys():
        raise LookupError(f"no option {sorted(unknown)} among {list(known)}")
    missing = [name for name, option in known.items() if option.get("required") and name not in given]
    if missing and typing is None:
        raise LookupError(f"the options {missing} are required")
    return [_filled(known[name], value, focused=name == typing) for name, value in given.items()]


def _filled(option: Json, value: Any, *, focused: bool) -> Json:
    name = option["name"]
    if focused:
        if not option.get("autocomplete"):
            raise LookupError(f"option {name!r} offers no choices while typing")
        return {"name": name, "type": option["type"], "value": value, "focused": True}
    if not isinstance(value, _TYPES.get(option["type"], object)):
        raise LookupError(f"option {name!r} does not take {value!r}")  # noqa: TRY004 - it is not on offer
    allowed = [choice["value"] for choice in option.get("choices", ())]
    if allowed and value not in allowed:
        raise LookupError(f"option {name!r} takes one of {allowed}")
    return {"name": name, "type": option["type"], "value": value}
