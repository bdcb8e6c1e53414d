"""One running program, both platforms: an article reaches seven kinds of places, and its buttons work in each."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.adapters.discord_chat import ADMIN, ANN, BEN, FORUM, NEWS, THREAD
from tests.emulators.discord_acts import Interaction
from tests.emulators.discord_records import Sent
from tests.seven_places import CHANNEL, GROUP, PATIENCE, TOPIC, Town, subscribe_everywhere, topicwire, town

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

TITLE = "Lens <b>grows</b> eyes of **glass** for @everyone"
ARTICLE = """---
title: "{title}"
excerpt: "What is known about [it](https://elsewhere.example): <@7> and ||more||."
publishedDateTime: {date}
webUrl: "https://outlet.example/lens"
quality: 84
provider: {{name: "Harbour *Post*", domain: outlet.example}}
topics: [Computer Vision]
related:
  - title: "Lens grows eyes of glass, for everyone to see"
    publishedDateTime: {date}
    webUrl: "https://kiosk.example/lens"
    provider: {{name: "Kiosk", domain: kiosk.example}}
    quality: 60
---
"""


@pytest.fixture
async def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """A town, and no settings but ours."""
    for name in list(os.environ):
        if name.startswith(("TELEGRAM_", "DISCORD_", "ARTICLES", "TOPICS", "WEB_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    async with town(tmp_path) as there:
        yield there


def publish(place: Town) -> None:
    date = datetime.now(UTC) - timedelta(minutes=3)
    text = ARTICLE.format(title=TITLE, date=date.isoformat(timespec="seconds"))
    (place.articles / "lens.md").write_text(text)


async def test_one_story_goes_to_seven_places_and_no_request_is_refused(place: Town) -> None:
    async with topicwire(place):
        await subscribe_everywhere(place)
        publish(place)
        on_telegram, on_discord = await place.told(TITLE)
        assert {name: (sent.chat_id, sent.thread_id) for name, sent in on_telegram.items()} == {
            "private chat": (ANN, None),
            "forum topic": (GROUP, TOPIC),
            "channel": (CHANNEL, None),
        }
        assert on_discord["channel"].channel_id == NEWS
        assert on_discord["thread"].channel_id == THREAD
        post = place.discord.places.channels[on_discord["forum post"].channel_id]
        assert post.parent is not None
        assert (post.parent.id, list(post.parent.tags.values())) == (FORUM, ["Oceans", "Computer Vision"])
        assert [post.parent.tags[tag] for tag in post.applied_tags] == ["Computer Vision"]
        assert post.name.startswith("Computer Vision · ")
        assert on_discord["direct message"].kind == "dm"
        for sent in on_telegram.values():
            assert {entity["type"] for entity in sent.entities} <= {"bold", "text_link", "hashtag"}
            assert "https://elsewhere.example" not in sent.links
        for alert in on_discord.values():
            assert "https://elsewhere.example" not in alert.links
            assert alert.allowed_mentions == {"parse": []}
        await press_on_telegram(place)
        await press_on_discord(place, on_discord["channel"])
        for elsewhere in ("thread", "forum post", "direct message"):
            raised = await place.discord.press(on_discord[elsewhere], "Bar up", permissions=ADMIN)
            assert "80" in await said(raised), elsewhere
    assert not place.refused


async def press_on_telegram(place: Town) -> None:
    on_telegram, _ = await place.told(TITLE)
    await place.telegram.press(on_telegram["forum topic"], "All coverage", user_id=BEN, first_name="Ben")
    shown = await place.telegram.wait_for(lambda sent: "strongest" in sent.text, PATIENCE)
    assert (shown.chat_id, shown.thread_id, "Kiosk" in shown.text) == (GROUP, TOPIC, True)
    await place.telegram.press(on_telegram["channel"], "Mute story", user_id=BEN, first_name="Ben")
    await place.telegram.wait_until(
        lambda: next((one for one in place.telegram.answered if "Only those" in one.text), None), PATIENCE
    )


async def said(interaction: Interaction) -> str:
    return (await interaction.answered(PATIENCE)).text


async def press_on_discord(place: Town, alert: Sent) -> None:
    """Every button: for all, for those with the right, undone, and out of date."""
    discord = place.discord
    ben = discord.places.users[BEN]
    assert "Kiosk" in await said(await discord.press(alert, "All coverage", user=ben))
    assert "✓" in await said(await discord.press(alert, "Why this?", user=ben))
    refused = await discord.press(alert, "Mute story", user=ben)
    assert "members with the permission Manage Channel" in await said(refused)
    muted = await discord.press(alert, "Mute story", permissions=ADMIN)
    answer = await muted.answered(PATIENCE)
    assert answer.ephemeral
    undone = await discord.press(answer, "Undo", permissions=ADMIN)
    assert (await undone.answered(PATIENCE)).message_id == answer.message_id
    raised = await discord.press(alert, "Bar up", permissions=ADMIN)
    assert "80" in await said(raised)
    stale = await discord.press(alert, "tw:bar:+:99999", permissions=ADMIN, forged=True)
    assert "out of date" in await said(stale)
    strange = await discord.press(alert, "v1:mute", permissions=ADMIN, forged=True)
    assert "out of date" in await said(strange)
