"""First contact in three taps, and what is offered for words that are nearly a topic or a command."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.bot.talk import Talk, publish, talk_of
from tests.conftest import Clock

pytestmark = pytest.mark.sqlite


async def test_three_taps_from_hello_to_news(anna: Talk) -> None:
    await publish(anna, "Moths read faces", quality=90)
    assert "Pick one to begin" in await anna.says("/start")
    assert "how much of it" in await anna.presses("Computer Vision")
    assert anna.last.replaces
    assert "how shall it come" in await anna.presses("Good: 70+")
    said = await anna.presses("Both")
    assert anna.last.replaces
    assert "Subscribed to Computer Vision" in said
    assert await anna.bars() == {"computer-vision": (70, 70)}
    assert anna.titles() == ["Moths read faces"]
    assert "Here are some more" in await anna.presses("More topics")
    assert "Computer Vision" not in anna.labels(), "what is followed is not offered again"


@pytest.mark.parametrize(
    ("bar", "way", "bars"),
    [
        ("Everything", "Alerts at once", (0, None)),
        ("Top: 100+", "Daily digest", (None, 100)),
        ("Good: 70+", "Alerts at once", (70, None)),
    ],
)
async def test_bar_and_way_are_as_tapped(
    anna: Talk, bar: str, way: str, bars: tuple[int | None, int | None]
) -> None:
    await anna.says("/start")
    await anna.presses("Space")
    await anna.presses(bar)
    await anna.presses(way)
    assert await anna.bars() == {"space": bars}


async def test_the_liveliest_topics_come_first_and_the_rest_is_a_page_away(storage: Database, clock: Clock) -> None:
    anna = await talk_of(storage, clock)
    for number in range(3):
        await publish(anna, f"Rocket number {number} lands on {number * 7} legs", topics=("Space",))
    await publish(anna, "Moths read faces", topics=("Power Apps", *(f"Odd topic {n}" for n in range(6))))
    await anna.says("/start")
    assert anna.labels()[0] == "Space"
    assert "More ›" in anna.labels()
    first = anna.labels()[:9]
    await anna.presses("More ›")
    assert anna.last.replaces
    assert not set(first) & set(anna.labels())


async def test_the_way_back_leads_to_another_bar_and_other_topics(anna: Talk) -> None:
    await anna.says("/start")
    await anna.presses("Space")
    await anna.presses("Everything")
    assert "how much" in await anna.presses("‹ Another bar")
    assert "Pick one" in await anna.presses("‹ Other topics")
    assert not await anna.known(), "looking stores nothing"


@pytest.mark.parametrize(
    ("typed", "label"),
    [("computr vision", "Computer Vision"), ("Spce", "Space"), ("face recogniton", "Face Recognition")],
)
async def test_a_mistyped_topic_in_a_private_chat_gets_the_nearest_as_buttons(
    anna: Talk, typed: str, label: str
) -> None:
    assert "Did you mean" in await anna.says(typed)
    assert label in anna.labels()
    assert "how much" in await anna.presses(label)


@pytest.mark.parametrize(
    "typed", ["hello there", "thank you very much", "why did this not come?", "42", "🙂", "ok, bye"]
)
async def test_small_talk_gets_one_line_and_no_guess(anna: Talk, typed: str) -> None:
    assert await anna.says(typed) == "I did not get that. Name a topic, see /topics, or ask for /help."
    assert anna.labels() == []


@pytest.mark.parametrize(
    ("typed", "command"), [("/setings", "/settings"), ("/fliter -x", "/filter"), ("/strat", "/start")]
)
async def test_a_mistyped_command_gets_the_nearest_as_a_button(anna: Talk, typed: str, command: str) -> None:
    assert f"Did you mean {command}" in await anna.says(typed)
    assert "went wrong" not in await anna.presses(command)


async def test_a_topics_name_alone_offers_to_subscribe_or_to_show_the_latest(anna: Talk) -> None:
    assert "or see the latest" in await anna.says("computer vision")
    assert anna.labels() == ["Subscribe", "Latest"]
