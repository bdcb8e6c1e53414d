"""The loopback Discord server against Discord's own specification, and its limits against any input."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulators.discord import TOKEN, DiscordEmulator
from tests.emulators.discord_client import NEWS
from tests.emulators.discord_components import IS_COMPONENTS_V2, check_tree
from tests.emulators.discord_records import Refused
from tests.emulators.discord_rules import written
from tests.emulators.discord_schema import SPEC, specification


def v2(*components: dict[str, Any]) -> dict[str, Any]:
    return {"flags": IS_COMPONENTS_V2, "components": list(components), "allowed_mentions": {"parse": []}}


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


async def test_a_field_discord_does_not_know_is_refused_by_the_specification(
    server: DiscordEmulator,
) -> None:
    if not SPEC.exists():
        pytest.skip("../shared/specs/discord-openapi.json.gz is not there")
    slips: list[dict[str, Any]] = [
        {"content": "x", "made_up": 1},
        {"content": 1},
        {"content": "x", "embeds": [{"title": "x", "colour": 1}]},
        v2({"type": 17, "components": [{**text("x"), "made_up": 1}]}),
    ]
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {TOKEN}"}) as session:
        for body in slips:
            async with session.post(f"{server.api_url}/channels/{NEWS}/messages", json=body) as response:
                assert response.status == 400
                assert "SPECIFICATION" in await response.text()
    assert (len(server.refused), server.sent) == (4, [])


async def test_every_route_that_is_played_is_in_the_specification(server: DiscordEmulator) -> None:
    schema = specification()
    if schema is None:
        pytest.skip("../shared/specs/discord-openapi.json.gz is not there")
    played = [(route.method, route.template) for route in server.routes.played]
    unknown = [f"{method} {template}" for method, template in played if not schema.knows(method, template)]
    assert (unknown, len(played) > 40) == ([], True)


@given(st.lists(st.text("x", min_size=1, max_size=900), min_size=1, max_size=45))
def test_components_are_taken_exactly_within_forty_parts_and_four_thousand_characters(texts: list[str]) -> None:
    body = v2(*(text(one) for one in texts))
    fits = len(texts) <= 40 and sum(map(len, texts)) <= 4000
    if not fits:
        with pytest.raises(Refused, match="Invalid Form Body"):
            written(body, {}, IS_COMPONENTS_V2)
        return
    assert written(body, {}, IS_COMPONENTS_V2).text == "\n".join(texts)
    assert len(check_tree(body["components"])) == len(texts)
