"""Application commands: what may be registered, and what is.

Source: https://docs.discord.com/developers/interactions/application-commands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from tests.emulators.discord_command_rules import check_command, check_unique
from tests.emulators.discord_errors import refusal
from tests.emulators.discord_http import Reply
from tests.emulators.discord_members import APPLICATION_ID
from tests.emulators.discord_places import Places
from tests.emulators.discord_records import Call, Json, Ledger

SLASH, ON_USER, ON_MESSAGE = 1, 2, 3
MOST_COMMANDS = {SLASH: 100, ON_USER: 5, ON_MESSAGE: 5}
CREATES_A_DAY = 200


class Commands:
    """Registered commands by guild id; None = global."""

    def __init__(self, places: Places, ledger: Ledger) -> None:
        self.places = places
        self.ledger = ledger
        self._created: list[datetime] = []

    def replace(self, call: Call) -> Reply:
        """#bulk-overwrite-global-application-commands: a command of the same name keeps its id."""
        scope = self._scope(call)
        wanted: list[Json] = call.body or []
        for index, command in enumerate(wanted):
            check_command(command, (index,))
        check_unique(wanted, ())
        _check_count(wanted)
        self.ledger.syncs += 1
        before = {_key(command): command for command in self.ledger.commands.get(scope, ())}
        after = [self._registered(command, before.get(_key(command)), scope, call.at) for command in wanted]
        self.ledger.commands[scope] = after
        return Reply(200, after)

    def add(self, call: Call) -> Reply:
        """#create-global-application-command: one of the same name is replaced."""
        scope = self._scope(call)
        check_command(call.body, ())
        held = self.ledger.commands.setdefault(scope, [])
        old = next((command for command in held if _key(command) == _key(call.body)), None)
        if old is None:
            _check_count([*held, call.body])
        new = self._registered(call.body, old, scope, call.at)
        self.ledger.commands[scope] = [command for command in held if command is not old] + [new]
        return Reply(200 if old else 201, new)

    def list(self, call: Call) -> Reply:
        """Localised texts only with `with_localizations=true`."""
        held = self.ledger.commands.get(self._scope(call), [])
        if call.query.get("with_localizations", "").lower() in {"1", "true"}:
            return Reply(200, held)
        return Reply(200, [_without_localizations(command) for command in held])

    def get(self, call: Call) -> Reply:
        return Reply(200, self._find(call))

    def change(self, call: Call) -> Reply:
        old = self._find(call)
        merged = {name: value for name, value in {**old, **call.body}.items() if value is not None}
        check_command(merged, ())
        new = self._registered(merged, old, self._scope(call), call.at)
        held = self.ledger.commands[self._scope(call)]
        held[held.index(old)] = new
        return Reply(200, new)

    def delete(self, call: Call) -> Reply:
        self.ledger.commands[self._scope(call)].remove(self._find(call))
        return Reply(204)

    def named(self, name: str, guild_id: int | None, kind: int = SLASH) -> Json:
        """The command of a kind that a person in this guild sees under `name`. Raises LookupError."""
        for scope in (guild_id, None):
            for command in self.ledger.commands.get(scope, ()):
                if _key(command) == (kind, name):
                    return command
        known = [_key(command) for held in self.ledger.commands.values() for command in held]
        raise LookupError(f"no command /{name} of type {kind} is registered; there are {known}")

    def _scope(self, call: Call) -> int | None:
        if call.id("application_id") != APPLICATION_ID:
            raise refusal(20012)
        return self.places.guild(call.id("guild_id")).id if "guild_id" in call.ids else None

    def _find(self, call: Call) -> Json:
        held = self.ledger.commands.get(self._scope(call), ())
        for command in held:
            if command["id"] == call.ids["command_id"]:
                return command
        raise refusal(10063)

    def _registered(self, command: Json, old: Json | None, scope: int | None, at: datetime) -> Json:
        """The command as Discord keeps it: defaults filled in, flags that are off left out of options."""
        if old is None:
            self._created = [one for one in self._created if at - one < timedelta(days=1)]
            if len(self._created) >= CREATES_A_DAY:
                raise refusal(30034)
            self._created.append(at)
        rights = command.get("default_member_permissions")
        kept: Json = {
            "id": old["id"] if old else str(self.places.next_id()),
            "application_id": str(APPLICATION_ID),
            "version": str(self.places.next_id()),
            "type": command.get("type") or 1,
            "name": command["name"],
            "name_localizations": command.get("name_localizations") or None,
            "description": command.get("description") or "",
            "description_localizations": command.get("description_localizations") or None,
            "default_member_permissions": None if rights is None else str(rights),
            "dm_permission": command.get("dm_permission", True),
            "contexts": command.get("contexts"),
            "integration_types": command.get("integration_types") or [0],
            "nsfw": command.get("nsfw", False),
        }
        if command.get("options"):
            kept["options"] = [_kept_option(option) for option in command["options"]]
        if scope is not None:
            kept["guild_id"] = str(scope)
        return kept


def _key(command: Json) -> tuple[int, str]:
    """Commands of different types may have the same name."""
    return command.get("type") or SLASH, command["name"]


def _check_count(commands: Sequence[Json]) -> None:
    """#registering-a-command: so many of each type in one scope."""
    counts = Counter(_key(command)[0] for command in commands)
    if any(count > MOST_COMMANDS[kind] for kind, count in counts.items()):
        raise refusal(30032)


def _kept_option(option: Json) -> Json:
    kept = {name: value for name, value in option.items() if value not in (None, False, [], {})}
    if option.get("options"):
        kept["options"] = [_kept_option(inner) for inner in option["options"]]
    return kept


def _without_localizations(holder: Json) -> Json:
    kept = {name: value for name, value in holder.items() if not name.endswith("_localizations")}
    if "options" in kept:
        kept["options"] = [_without_localizations(option) for option in kept["options"]]
    return kept
