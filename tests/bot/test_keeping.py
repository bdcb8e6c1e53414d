"""/pause, /resume, /status, and what is kept about a chat."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.commands import COMMANDS
from tests.bot.talk import Talk, publish
from tests.conftest import Clock

pytestmark = pytest.mark.sqlite


async def test_pause_until_resumed_and_back(anna: Talk) -> None:
    await anna.says("/subscribe computer vision")
    assert "Paused until you send /resume" in await anna.says("/pause")
    await publish(anna, "Lens grows eyes")
    assert await anna.told() == set()
    assert "Nothing that came in the meantime will be sent" in await anna.presses("Resume")
    assert await anna.told() == set()
    await publish(anna, "Camera counts sheep")
    assert await anna.told() == {"Camera counts sheep"}
    assert "nothing was paused" in await anna.says("/resume")


async def test_pause_for_a_time_ends_by_itself(anna: Talk, clock: Clock) -> None:
    await anna.says("/subscribe computer vision")
    assert "Paused until 27 November 2026, 14:00" in await anna.says("/pause for 2 hours")
    assert "paused until 27 November 2026, 14:00" in await anna.says("/status")
    clock.forward(hours=2, seconds=1)
    assert "Alerts are on." in await anna.says("/status")
    assert "for example" in (await anna.says("/pause until the cows come home")).lower()


async def test_undo_of_resume_pauses_as_before(anna: Talk) -> None:
    await anna.says("/pause 3 days")
    before = await anna.says("/status")
    await anna.says("/resume")
    await anna.presses("Undo")
    assert await anna.says("/status") == before


async def test_pause_drops_what_was_on_its_way_and_gives_it_back(anna: Talk) -> None:
    await anna.says("/subscribe computer vision")
    await publish(anna, "Lens grows eyes")
    assert "One alert that was on its way was dropped." in await anna.says("/pause")
    assert await anna.told() == set()


async def test_status_tells_of_this_chat_the_sources_and_the_queue(anna: Talk, clock: Clock) -> None:
    assert "No source has been looked at yet." in await anna.says("/status")
    await anna.says("/subscribe computer vision, space")
    await publish(anna, "Lens grows eyes")
    async with anna.storage.write() as work:
        await work.sources.looked("news", clock())
        await work.sources.looked("elsewhere", clock() - timedelta(minutes=2), fault="the folder is gone")
        await work.sources.looked("left behind", clock() - timedelta(days=1), fault="not watched any more")
    clock.forward(minutes=3)
    assert (await anna.says("/status")).splitlines() == [
        "This chat follows 2 topics.",
        "Alerts are on.",
        "No news has been sent here yet.",
        "Sources were last looked at 3 minutes ago.",
        "One source cannot be read at the moment.",
        "One message is waiting to be sent, counting all chats.",
    ]


async def test_export_is_a_file_that_import_reads_with_the_rest_beside_it(anna: Talk) -> None:
    assert "nothing to export" in await anna.says("/export")
    await anna.says("/subscribe computer-vision 60, ai digest 50")
    stored = await publish(anna, "Lens grows eyes")
    await anna.acts(f"mute:{stored.story_id}")
    await anna.says("/export")
    assert anna.last.document is not None
    name, content = anna.last.document
    assert name.endswith(".json")
    data = json.loads(content)
    assert data["destinations"] == [
        {
            "platform": "telegram",
            "chat": "12345",
            "thread": None,
            "title": "Anna",
            "locale": "en",
            "timezone": "UTC",
            "subscriptions": [
                {"topic": "ai", "alert_from": None, "digest_from": 50},
                {"topic": "computer-vision", "alert_from": 60, "digest_from": None},
            ],
            "digest": {"at": "08:00", "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
        }
    ]
    assert [row["story_id"] for row in data["record"]["muted"]] == [stored.story_id]
    assert data["record"]["told"]


async def test_forget_asks_first_and_then_deletes_everything(anna: Talk) -> None:
    assert "nothing to forget" in await anna.says("/forget")
    await anna.says("/subscribe computer vision")
    await publish(anna, "Lens grows eyes")
    await anna.says("/forget")
    assert await anna.known()
    await anna.presses("Delete everything")
    assert not await anna.known()
    assert "Nothing is stored about this chat" in await anna.says("/privacy")
    assert "no topics yet" in await anna.says("/status")


async def test_reading_commands_make_no_row(anna: Talk) -> None:
    for command in COMMANDS:
        if not command.changes:
            await anna.says(f"/{command.name}")
            await anna.says(f"/{command.name} computer vision")
    assert not await anna.known()


async def test_closed_chat_is_parked_and_wakes_when_it_speaks(anna: Talk) -> None:
    await anna.conversation.unreachable(anna.address, "blocked")  # of a chat that is not known: nothing happens
    await anna.says("/subscribe ai 80")
    await anna.conversation.unreachable(anna.address, "blocked")
    assert (await anna.destination()).parked == "blocked"
    await anna.conversation.reachable(anna.address)
    assert (await anna.destination()).parked is None
    await anna.conversation.unreachable(anna.address, "blocked")
    await anna.says("hm")
    assert (await anna.destination()).parked is None
    assert await anna.bars() == {"ai": (80, None)}
