"""Checks a request body against Discord's own specification, where its file is found, unknown fields included.

Discord ignores what it does not know; a test should not, so a slip of the pen is refused with its name.
Lengths are left to the rules that are always on: they trim white space, as Discord does, and name the field.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from tests.emulators.discord_errors import form_error
from tests.emulators.discord_records import Json

SPEC = Path(__file__).parents[2].parent / "shared" / "specs" / "discord-openapi.json.gz"

_UNLISTED = {  # documented or sent by every client, but absent from the specification file
    "flags": {"type": ["integer", "null"]},
    "nsfw": {"type": ["boolean", "null"]},
    "tts": {"type": ["boolean", "null"]},
    "type": {"type": ["integer", "string", "null"]},
}
_LENGTHS = frozenset({"minLength", "maxLength", "minItems", "maxItems"})


class Schema:
    """The bodies of the specification, compiled when first needed."""

    def __init__(self, document: Json) -> None:
        self._paths: Mapping[str, Json] = document["paths"]
        self._schemas = {name: _closed(one) for name, one in document["components"]["schemas"].items()}
        self._schemas["SnowflakeType"] = {"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$"}
        self._compiled: dict[tuple[str, str], Any] = {}

    def check(self, method: str, template: str, body: Any) -> None:
        """Raises Refused (50035) with the first fault; a route without a body is not checked."""
        validator = self._validator(method, template)
        if validator is None or validator.is_valid(body):
            return
        fault = next(iter(validator.iter_errors(body)))
        path = tuple(fault.instance_path) or ("_",)
        raise form_error(path, "SPECIFICATION", fault.message[:300])

    def knows(self, method: str, template: str) -> bool:
        return method.lower() in self._paths.get(template, {})

    def _validator(self, method: str, template: str) -> Any:
        key = (method, template)
        if key not in self._compiled:
            operation = self._paths.get(template, {}).get(method.lower(), {})
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            self._compiled[key] = self._compile(content["schema"]) if content else None
        return self._compiled[key]

    def _compile(self, schema: Json) -> Any:
        whole = {**_closed(schema), "components": {"schemas": self._schemas}}
        return jsonschema_rs.validator_for(whole)


def _closed(schema: Any) -> Any:
    """The schema with its objects closed to unknown fields. Unions of it are told apart by `type`."""
    if isinstance(schema, list):
        return [_closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: _closed(one) for name, one in schema.items() if name not in _LENGTHS}
    if isinstance(kept.get("properties"), dict) and "allOf" not in kept:
        kept["properties"] = {**_UNLISTED, **kept["properties"]}
        kept.setdefault("additionalProperties", False)
    return kept


@cache
def specification(path: Path = SPEC) -> Schema | None:
    """The whole HTTP API from its machine-readable form; None where that file is absent."""
    if not path.exists():
        return None
    return Schema(json.loads(gzip.decompress(path.read_bytes())))
