"""What a chat tuned goes along when its subscriptions are exported and imported elsewhere."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.errors import UsageError
from bot.preferences import Filters, Form, Look
from bot.reports import export, import_
from storage.database import Database
from tests.bot.talk import ANNA, talk_of
from tests.conftest import Clock


async def exported(storage: Database) -> dict[str, Any]:
    [destination] = (await export(storage))["destinations"]
    found: dict[str, Any] = destination
    return found


async def test_an_export_that_is_imported_again_is_the_same(storage: Database, clock: Clock) -> None:
    anna = await talk_of(storage, clock)
    await anna.says("/subscribe ai 80, space 70")
    await anna.says("/filter -moths, -from:wire.example, from:BBC News")
    await anna.says("/filter ai: +/chips?/, outlets:3")
    await anna.says("/settings")
    await anna.presses("One line")
    await anna.presses("Sound off")
    before = await exported(storage)
    async with storage.write() as work:
        destination = await work.destinations.get(ANNA)
        assert destination is not None
        await work.destinations.forget(destination.id)
    assert await import_(storage, json.dumps({"destinations": [before]}), clock()) == (1, 2)
    assert await exported(storage) == before
    async with storage.read() as work:
        again = await work.destinations.get(ANNA)
        assert again is not None
        assert again.look == Look(Form.COMPACT, silent=True, preferred=("BBC News",))
        assert again.filters == Filters(exclude=("moths",), muted=("wire.example",))
        refined = {s.outlets_from: s.filters for s in await work.subscriptions.of(again.id)}
    assert refined == {3: Filters(require=("/chips?/",)), None: Filters()}


async def test_a_chat_that_tuned_nothing_exports_as_ever(storage: Database, clock: Clock) -> None:
    anna = await talk_of(storage, clock)
    await anna.says("/subscribe ai 80")
    found = await exported(storage)
    assert list(found) == ["platform", "chat", "thread", "title", "locale", "timezone", "subscriptions"]
    assert found["subscriptions"] == [{"topic": "ai", "alert_from": 80, "digest_from": None}]


@pytest.mark.parametrize("storage", ["sqlite"], indirect=True)
async def test_a_language_that_was_chosen_and_a_digest_without_a_time_come_along(
    storage: Database, clock: Clock
) -> None:
    anna = await talk_of(storage, clock)
    await anna.says("/subscribe ai 80")
    await anna.says("/language ar")
    entry = await exported(storage)
    assert (entry["locale"], entry["locale_chosen"]) == ("ar", True)
    entry["subscriptions"].append({"topic": "space", "digest_from": 60})
    async with storage.write() as work:
        destination = await work.destinations.get(ANNA)
        assert destination
        await work.destinations.forget(destination.id)
    await import_(storage, json.dumps({"destinations": [entry]}), clock(), digest_minute=6 * 60)
    assert "مواضيعك" in await anna.says("/subscriptions"), "though the app is in English"
    assert (await exported(storage))["digest"]["at"] == "06:00"


@pytest.mark.parametrize(
    ("changes", "wish", "said"),
    [
        ({"form": "huge"}, {}, "form 'huge'"),
        ({"silent": 1}, {}, "silent"),
        ({"locale_chosen": "yes"}, {}, "locale_chosen"),
        ({"preferred": "bbc"}, {}, "no list"),
        ({"filters": {"exclude": ["/(/"]}}, {}, "cannot be looked for"),
        ({"filters": {"unheard": []}}, {}, "filters"),
        ({}, {"filters": []}, "filters"),
        ({}, {"outlets_from": 1}, "outlets_from"),
        ({}, {"outlets_from": True}, "outlets_from"),
        ({}, {"filters": {"muted": [["a"] * 9, ""]}}, "cannot be looked for"),
    ],
)
async def test_what_cannot_be_read_is_named_and_nothing_is_imported(
    storage: Database, clock: Clock, changes: dict[str, Any], wish: dict[str, Any], said: str
) -> None:
    subscription = {"topic": "ai", "alert_from": 60, **wish}
    entry = {"platform": "telegram", "chat": "12345", "subscriptions": [subscription], **changes}
    with pytest.raises(UsageError, match=said):
        await import_(storage, json.dumps({"destinations": [entry]}), clock())
    assert (await export(storage))["destinations"] == []
