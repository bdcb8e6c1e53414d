"""/subscriptions, /topics and /latest."""

from __future__ import annotations

import pytest

from bot.model import Topic
from tests.bot.talk import Talk, publish
from tests.conftest import Clock

pytestmark = pytest.mark.sqlite


async def test_subscriptions_are_a_tree_with_the_rule_for_nested_ones(anna: Talk) -> None:
    assert "no topics yet" in await anna.says("/subscriptions")
    await anna.says("/subscribe space 50, ai 60, face recognition any")
    assert (await anna.says("/subscriptions")).splitlines() == [
        "Your topics (3)",
        "• AI (from 60)",
        "\u2003• Face Recognition (any)",
        "• Space (from 50)",
        "Where one topic stands below another, the nearer bar decides.",
    ]


async def test_long_lists_come_in_pages(anna: Talk) -> None:
    async with anna.storage.write() as work:
        await work.topics.put([Topic(f"t{n:02}", f"Subject {n:02}") for n in range(60)], from_file=True)
    for start in (0, 30):
        await anna.says("/subscribe " + ", ".join(f"t{n:02}" for n in range(start, start + 30)))
    first = await anna.says("/subscriptions")
    assert "page 1 of 3" in first
    second = await anna.presses("More ›")
    assert anna.last.replaces
    assert "page 2 of 3" in second
    assert not set(first.splitlines()[1:]) & set(second.splitlines()[1:])
    assert await anna.presses("‹ Back") == first
    assert "page 3 of 3" in await anna.acts("subs:99")


async def test_topics_are_a_tree_with_this_weeks_articles_and_a_mark_on_yours(anna: Talk) -> None:
    await publish(anna, "Lens grows eyes", topics=("Face Recognition",))
    await anna.says("/subscribe computer vision")
    lines = (await anna.says("/topics")).splitlines()
    assert lines[1:4] == ["• AI · 1", "\u2003• Computer Vision · 1 · ✓ yours", "\u2003\u2003• Face Recognition · 1"]
    assert "• Space · 0" in lines
    assert "Computer Vision" not in anna.labels()
    await anna.presses("Space")
    assert "space" in await anna.bars()


async def test_topics_are_searched_and_their_pages_keep_the_search(anna: Talk) -> None:
    async with anna.storage.write() as work:
        await work.topics.put([Topic(f"t{n:02}", f"Subject {n:02}") for n in range(45)], from_file=True)
    assert "Computer Vision" in await anna.says("/topics vision")
    assert "page 1 of 3" in await anna.says("/topics Subject")
    second = await anna.presses("More ›")
    assert "page 2 of 3" in second
    assert "Subject 25" in second
    assert "No topic looks like “qqqqqq”." in await anna.says("/topics qqqqqq")


async def test_latest_shows_the_newest_over_the_deciding_bars_and_tells_them(anna: Talk, clock: Clock) -> None:
    await anna.says("/subscribe ai 80, face recognition 50")
    await anna.says("/pause")
    await publish(anna, "Lens grows eyes", quality=90)
    clock.forward(minutes=5)
    await publish(anna, "Moths read faces", quality=55, topics=("Face Recognition",))
    clock.forward(minutes=5)
    await publish(anna, "Robot sorts stamps", quality=75)
    words = await anna.says("/latest")
    assert words == "The 2 newest on your topics:"
    assert anna.titles() == ["Moths read faces", "Lens grows eyes"]
    assert await anna.told() == set(anna.titles())


async def test_latest_of_a_topic_needs_no_subscription_and_stores_nothing(anna: Talk) -> None:
    await publish(anna, "Lens grows eyes", quality=90)
    assert await anna.says("/latest ai") == "The newest on AI:"
    assert anna.titles() == ["Lens grows eyes"]
    assert not await anna.known()
    assert "Nothing on Space" in await anna.says("/latest space")
    assert "Did you mean" in await anna.says("/latest compter vison")
    await anna.presses("Computer Vision")
    assert anna.titles() == ["Lens grows eyes"]
