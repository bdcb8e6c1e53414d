"""The loopback Discord server refuses what Discord refuses, in its words; texts are read as a person reads them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.conftest import Clock
from tests.emulators.discord import TOKEN, DiscordEmulator
from tests.emulators.discord_client import ALERTS, ANN, FORUM, GUILD, NEWS, populated
from tests.emulators.discord_components import IS_COMPONENTS_V2
from tests.emulators.discord_errors import CODES
from tests.emulators.discord_rules import Rules, may_mention

Json = dict[str, Any]
NONE: Json = {"allowed_mentions": {"parse": []}}


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[DiscordEmulator]:
    async with populated(clock, rules=Rules(rates="off", body_bytes=100_000)) as emulator:
        yield emulator


@pytest.fixture
async def session(server: DiscordEmulator) -> AsyncIterator[aiohttp.ClientSession]:
    headers = {"Authorization": f"Bot {TOKEN}"}
    async with aiohttp.ClientSession(f"{server.api_url}/", headers=headers) as raw:
        yield raw


async def post(session: aiohttp.ClientSession, path: str, body: Any, method: str = "POST") -> tuple[int, Json]:
    async with session.request(method, path, json=body) as response:
        return response.status, await response.json()


def leaf(errors: Any) -> tuple[str, str]:
    """The path to the one fault of a 50035, and its code."""
    path = []
    while "_errors" not in errors:
        ((name, errors),) = errors.items()
        path.append(name)
    return ".".join(path), errors["_errors"][0]["code"]


def row(*buttons: Json) -> Json:
    return {"type": 1, "components": list(buttons)}


def button(**fields: Any) -> Json:
    return {"type": 2, "style": 2, "label": "x", "custom_id": "x", **fields}


def link(url: str) -> Json:
    return {"type": 2, "style": 5, "label": "x", "url": url}


def text(content: str) -> Json:
    return {"type": 10, "content": content}


def v2(*components: Json, **fields: Any) -> Json:
    return {"flags": IS_COMPONENTS_V2, "components": list(components), **fields}


def gallery(count: int) -> Json:
    return {"type": 12, "items": [{"media": {"url": "https://p.example/a.jpg"}}] * count}


SIX_ROWS = [row(button(custom_id=str(number))) for number in range(6)]

FORM_FAULTS: list[tuple[Json, str, str]] = [
    ({"content": "x" * 2001}, "content", "BASE_TYPE_MAX_LENGTH"),
    ({"content": "x", "nonce": "n" * 26}, "nonce", "BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"title": "x"}] * 11}, "embeds", "BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title", "BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"description": "x" * 4097}]}, "embeds.0.description", "BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"footer": {"text": "x" * 2049}}]}, "embeds.0.footer.text", "BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"author": {"name": "x" * 257}}]}, "embeds.0.author.name", "BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"fields": [{"name": "a", "value": "b"}] * 26}]}, "embeds.0.fields", "BASE_TYPE_MAX_LENGTH"),
    (
        {"embeds": [{"fields": [{"name": "a" * 257, "value": "b"}]}]},
        "embeds.0.fields.0.name",
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        {"embeds": [{"fields": [{"name": "a", "value": "b" * 1025}]}]},
        "embeds.0.fields.0.value",
        "BASE_TYPE_BAD_LENGTH",
    ),
    ({"embeds": [{"fields": [{"name": "a", "value": ""}]}]}, "embeds.0.fields.0.value", "BASE_TYPE_REQUIRED"),
    ({"embeds": [{"description": "x" * 3001}] * 2}, "embeds", "MAX_EMBED_SIZE_EXCEEDED"),
    ({"embeds": [{"title": "x", "url": "ftp://x.example"}]}, "embeds.0.url", "URL_TYPE_INVALID_SCHEME"),
    ({"embeds": [{"image": {"url": "https://"}}]}, "embeds.0.image.url", "URL_TYPE_INVALID_URL"),
    ({"content": "x", "components": SIX_ROWS}, "components", "BASE_TYPE_BAD_LENGTH"),
    (
        {"content": "x", "components": [row(*[button(custom_id=str(number)) for number in range(6)])]},
        "components.0.components",
        "BASE_TYPE_BAD_LENGTH",
    ),
    ({"content": "x", "components": [text("hi")]}, "components.0.type", "UNION_TYPE_CHOICES"),
    (
        {"content": "x", "components": [row(button(label="l" * 81))]},
        "components.0.components.0.label",
        "BASE_TYPE_MAX_LENGTH",
    ),
    (
        {"content": "x", "components": [row(button(custom_id="c" * 101))]},
        "components.0.components.0.custom_id",
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        {"content": "x", "components": [row(button(), button())]},
        "components",
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    (
        {"content": "x", "components": [row(link("javascript:alert(1)"))]},
        "components.0.components.0.url",
        "URL_TYPE_INVALID_SCHEME",
    ),
    (
        {"content": "x", "components": [row(button(url="https://x.example"))]},
        "components.0.components.0.url",
        "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
    ),
    (
        {"content": "x", "components": [row(button(label=""))]},
        "components.0.components.0",
        "BUTTON_COMPONENT_INVALID",
    ),
    (v2(text("x"), content="y"), "content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    (v2(text("x"), embeds=[{"title": "y"}]), "embeds", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    (v2(*[text("x")] * 41), "components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    (v2({"type": 17, "components": [text("x")] * 40}), "components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    (v2(text("x" * 2001), text("x" * 2000)), "components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
    (v2(text(" ")), "components.0.content", "BASE_TYPE_REQUIRED"),
    (v2(gallery(0)), "components.0.items", "BASE_TYPE_BAD_LENGTH"),
    (v2(gallery(11)), "components.0.items", "BASE_TYPE_BAD_LENGTH"),
    (v2({"type": 9, "components": [text("x")]}), "components.0.accessory", "BASE_TYPE_REQUIRED"),
    (
        v2({"type": 17, "components": [{"type": 17, "components": [text("x")]}]}),
        "components.0.components.0.type",
        "UNION_TYPE_CHOICES",
    ),
    (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["7"]}},
        "allowed_mentions",
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
]


@pytest.mark.parametrize(("body", "path", "code"), FORM_FAULTS)
async def test_a_message_that_breaks_a_rule_is_refused_at_the_field_at_fault(
    server: DiscordEmulator, session: aiohttp.ClientSession, body: Json, path: str, code: str
) -> None:
    status, answer = await post(session, f"channels/{NEWS}/messages", {**NONE, **body})
    assert (status, answer["code"], answer["message"]) == (400, 50035, "Invalid Form Body")
    found = leaf(answer["errors"])
    above = found[1] == "SPECIFICATION" and path.startswith(found[0])  # it names the union, not the part within
    assert above or found == (path, code)
    assert ([refusal.code for refusal in server.refused], server.sent) == ([50035], [])


@pytest.mark.parametrize(
    "body",
    [
        {"content": " " * 3000 + "😀" * 2000},
        {"embeds": [{"title": "x" * 256, "description": "x" * 4096, "footer": {"text": "x" * 1648}}]},
        {"content": "x", "components": SIX_ROWS[:5]},
        v2({"type": 17, "components": [text("x" * 103)] * 38 + [text("x" * 86)]}),
        v2(gallery(10)),
        {"content": "x", "components": [row(link("discord://-/channels/1/2"))], "nonce": "n" * 25},
    ],
    ids=["content", "embed", "rows", "components", "gallery", "nonce"],
)
async def test_a_message_at_its_limits_is_taken(
    server: DiscordEmulator, session: aiohttp.ClientSession, body: Json
) -> None:
    status, _ = await post(session, f"channels/{NEWS}/messages", {**NONE, **body})
    assert (status, server.refused) == (200, [])


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", f"channels/{NEWS}/messages", {}, 400, 50006),
        ("POST", f"channels/{NEWS}/messages", {"content": "  "}, 400, 50006),
        ("POST", "channels/404/messages", {"content": "x"}, 404, 10003),
        ("POST", f"channels/{FORUM}/messages", {"content": "x"}, 400, 50008),
        ("POST", f"channels/{FORUM}/threads", {"name": "x"}, 400, 50035),
        ("POST", f"channels/{FORUM}/threads", {"name": "", "message": {"content": "x"}}, 400, 50035),
        ("POST", f"channels/{NEWS}/messages/1/threads", {"name": "x"}, 404, 10008),
        ("PATCH", f"channels/{NEWS}/messages/1", {"content": "x"}, 404, 10008),
        ("POST", "users/@me/channels", {"recipient_id": "404"}, 400, 50033),
        ("GET", "guilds/404", None, 404, 10004),
        ("GET", "users/404", None, 404, 10013),
        ("PUT", "users/@me/channels", None, 405, 0),
        ("POST", "webhooks/1/token", {"content": "x"}, 404, 10015),
        ("POST", "interactions/1/token/callback", {"type": 4, "data": {"content": "x"}}, 404, 10062),
    ],
)
async def test_a_wrong_place_is_refused_with_its_code(
    session: aiohttp.ClientSession, method: str, path: str, body: Any, status: int, code: int
) -> None:
    answered, answer = await post(session, path, body, method)
    words = CODES[code][1] if code in CODES else answer["message"]
    assert (answered, answer["code"], answer["message"]) == (
        status,
        code,
        words if code != 50035 else "Invalid Form Body",
    )


async def test_a_forum_may_require_a_tag_and_knows_its_own_only(
    server: DiscordEmulator, session: aiohttp.ClientSession
) -> None:
    forum = server.places.channels[FORUM]
    forum.require_tag = True
    thread: Json = {"name": "x", "message": {"content": "x", **NONE}}
    for tags, code in (([], 40067), (["404"], 10087), ([str(tag) for tag in forum.tags] * 3, 50035)):
        _, answer = await post(session, f"channels/{FORUM}/threads", {**thread, "applied_tags": tags})
        assert answer["code"] == code
    status, answer = await post(
        session, f"channels/{FORUM}/threads", {**thread, "applied_tags": [str(min(forum.tags))]}
    )
    assert (status, answer["type"], answer["message"]["content"]) == (201, 11, "x")


async def test_a_message_carries_one_thread_and_text_channels_no_posts(session: aiohttp.ClientSession) -> None:
    _, message = await post(session, f"channels/{ALERTS}/messages", {"content": "x", **NONE})
    path = f"channels/{ALERTS}/messages/{message['id']}/threads"
    opened = [await post(session, path, {"name": "x"}) for _ in range(2)]
    assert [(status, answer.get("code")) for status, answer in opened] == [(201, None), (400, 160004)]


@pytest.mark.parametrize(
    "allowed",
    [None, {}, {"parse": ["users"]}, {"parse": [], "users": ["7"]}, {"parse": [], "replied_user": True}],
)
async def test_a_message_that_could_mention_somebody_is_noted_though_taken(
    server: DiscordEmulator, session: aiohttp.ClientSession, allowed: Json | None
) -> None:
    body: Json = {"content": f"<@{ANN}> @everyone"}
    if allowed is not None:
        body["allowed_mentions"] = allowed
    status, _ = await post(session, f"channels/{NEWS}/messages", body)
    assert (status, len(server.sent), [one.accepted for one in server.refused]) == (200, 1, [True])
    assert may_mention(allowed)


async def test_bodies_that_cannot_be_read_are_refused(
    server: DiscordEmulator, session: aiohttp.ClientSession
) -> None:
    path = f"channels/{NEWS}/messages"
    as_json = {"Content-Type": "application/json"}
    for body, headers, code in (
        (b"{", as_json, 50109),
        (b"[]", as_json, 50035),
        (b'{"content": 5, "embeds": [1]}', as_json, 50035),
        (b"content=x", {"Content-Type": "text/plain"}, 50035),
        (b"x" * 200_000, as_json, 40005),
    ):
        async with session.post(path, data=body, headers=headers) as response:
            assert (await response.json())["code"] == code
    assert len(server.refused) == 5


async def test_a_guild_channel_is_listed_with_what_clients_need(session: aiohttp.ClientSession) -> None:
    async with session.get(f"guilds/{GUILD}/channels") as response:
        held = await response.json()
    assert [(one["type"], one["position"]) for one in held] == [(0, 0), (5, 0), (15, 0)]
