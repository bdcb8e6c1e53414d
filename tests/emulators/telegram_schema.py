"""Checks the parameters of a call: known, present, of the right JSON type, down to the last button.

Telegram ignores what it does not know; a test should not, so a slip of the pen is refused with its name.
The pinned part of the API is always there; the whole of it is read where the specification file is found.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tests.emulators import telegram_pinned
from tests.emulators.telegram_records import Json, Refused, bad_request

SPEC = Path(__file__).parents[2].parent / "shared" / "specs" / "telegram-bot-api.json.gz"

_INTEGER = re.compile(r"-?[0-9]+")
_FLOAT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_NATIVE: Mapping[str, type | tuple[type, ...]] = {
    "String": str,
    "Integer": int,
    "Float": (int, float),
    "Boolean": bool,
}
_MISSING = {  # words of the server: tdlib/telegram-bot-api Client.cpp
    "chat_id": "chat_id is empty",
    "text": "Message text is empty",
    "photo": "There is no photo in the request",
}
_NOT_JSON = {
    "reply_markup": "Can't parse reply keyboard markup JSON object",
    "link_preview_options": "Can't parse link preview options JSON object",
    "reply_parameters": "Can't parse reply parameters JSON object",
    "commands": "Can't parse commands JSON object",
    "scope": "Can't parse BotCommandScope JSON object",
}


class Field(NamedTuple):
    """One parameter: the types it may have, and whether it must be there."""

    types: tuple[str, ...]
    required: bool


Fields = Mapping[str, Field]


class Schema:
    """Methods by name, object types by name; `unions` are types that are one of several others."""

    def __init__(
        self,
        methods: Mapping[str, Fields],
        types: Mapping[str, Fields],
        unions: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.methods = methods
        self.types = types
        self.unions = unions
        self._names = {name.lower(): name for name in methods}

    def method(self, name: str) -> str:
        """The method as the documentation writes it; the server does not mind the case.

        Raises Refused, 404 (tdlib/telegram-bot-api Client.cpp, on_cmd).
        """
        if found := self._names.get(name.lower()):
            return found
        raise Refused(404, "Not Found: method not found")

    def check(self, method: str, given: Mapping[str, Any], files: Iterable[str], *, strict: bool = True) -> Json:
        """The parameters as JSON values, without those left empty.

        Raises Refused (400): required but missing, wrong type, and under `strict` unknown.
        """
        fields = self.methods[method]
        checked: Json = {}
        for name, value in given.items():
            field = fields.get(name)
            if field:
                if value not in ("", None):
                    checked[name] = self._decoded(name, value, field)
            elif strict:
                raise bad_request(f'{method} has no parameter "{name}"')
        for name, field in fields.items():
            if field.required and name not in checked and name not in files:
                raise bad_request(_MISSING.get(name, f'Parameter "{name}" is required'))
        return checked

    def _decoded(self, name: str, value: Any, field: Field) -> Any:
        """Forms carry text only; a number, flag or object is told by the type the parameter has."""
        wrong = None
        for kind in field.types:
            decoded = _from_text(kind, value) if isinstance(value, str) else value
            if decoded is None:
                raise bad_request(_NOT_JSON.get(name, f'Can\'t parse parameter "{name}" JSON object'))
            fault = self.fault(decoded, kind)
            if not fault:
                return decoded
            wrong = wrong or fault
        raise bad_request(f'Wrong parameter "{name}": {wrong}')

    def fault(self, value: Any, kind: str) -> str | None:
        """What is wrong with `value` as a `kind`; None = nothing."""
        if native := _NATIVE.get(kind):
            fits = isinstance(value, native) and (kind == "Boolean" or not isinstance(value, bool))
            return None if fits else f"{kind} expected, got {json.dumps(value)[:60]}"
        if kind.endswith("[]"):
            if not isinstance(value, list):
                return f"Array expected, got {json.dumps(value)[:60]}"
            return next((fault for item in value if (fault := self.fault(item, kind[:-2]))), None)
        if kind in self.unions:
            faults = [self.fault(value, one) for one in self.unions[kind]]
            return None if None in faults else f"no {kind}: {faults[0]}"
        if not isinstance(value, dict):
            return f"Object expected as {kind}, got {json.dumps(value)[:60]}"
        return self._object_fault(value, kind)

    def _object_fault(self, value: Json, kind: str) -> str | None:
        fields = self.types.get(kind)
        if fields is None:
            return None
        for name, item in value.items():
            field = fields.get(name)
            if field is None:
                return f'{kind} has no field "{name}"'
            faults = [self.fault(item, one) for one in field.types]
            if None not in faults:
                return f'field "{name}" of {kind}: {faults[0]}'
        missing = (name for name, field in fields.items() if field.required and name not in value)
        return next((f'field "{name}" of {kind} is missing' for name in missing), None)


def _from_text(kind: str, value: str) -> Any:
    """`value` read as a `kind`, or as it is where it cannot be one; None = not JSON at all."""
    match kind:
        case "Integer" if _INTEGER.fullmatch(value):
            return int(value)
        case "Float" if _FLOAT.fullmatch(value):
            return float(value)
        case "Boolean" if value.lower() in {"true", "false"}:
            return value.lower() == "true"
        case "String" | "Integer" | "Float" | "Boolean" | "InputFile":
            return value
    try:
        return json.loads(value)
    except ValueError:
        return None


@cache
def pinned_schema() -> Schema:
    """What is checked on every machine."""
    return Schema(_lines(telegram_pinned.METHODS), _lines(telegram_pinned.TYPES), {})


@cache
def full_schema(path: Path = SPEC) -> Schema | None:
    """The whole Bot API from its machine-readable form; None where that file is absent."""
    if not path.exists():
        return None
    document = json.loads(gzip.decompress(path.read_bytes()))
    unions = {name: tuple(one["subtypes"]) for name, one in document["types"].items() if "subtypes" in one}
    types = {name: _fields(one) for name, one in document["types"].items() if name not in unions}
    types.pop("InputFile")  # an upload, not JSON
    return Schema({name: _fields(one) for name, one in document["methods"].items()}, types, unions)


def _fields(described: Json) -> dict[str, Field]:
    return {
        field["name"]: Field(tuple(_short(kind) for kind in field["types"]), field["required"])
        for field in described.get("fields", ())
    }


def _short(kind: str) -> str:
    """`Array of Array of X` is `X[][]`."""
    depth = kind.count("Array of ")
    return kind.rpartition("Array of ")[2] + "[]" * depth


def _lines(text: str) -> dict[str, dict[str, Field]]:
    return {
        name: {
            parameter.rstrip("!"): Field(tuple(kinds.split("|")), parameter.endswith("!"))
            for parameter, _, kinds in (word.partition(":") for word in words)
        }
        for name, *words in (line.split() for line in text.strip().splitlines())
    }
