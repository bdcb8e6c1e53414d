"""/subscribe over real storage: what is answered, what is stored, what is told."""

from __future__ import annotations

import pytest

from bot.model import Topic
from tests.bot.talk import Talk, publish
from tests.conftest import Clock

pytestmark = pytest.mark.sqlite


async def test_subscribe_confirms_topic_bar_and_what_is_below(anna: Talk) -> None:
    words = await anna.says("/subscribe computer-vision 75")
    first = words.splitlines()[0]
    assert first == (
        "Subscribed to Computer Vision, with Face Recognition and 2 more below it: stories rated 75 and above."
    )
    assert await anna.bars() == {"computer-vision": (75, None)}
    assert anna.labels() == ["Bar 65", "Bar 85", "Undo", "Latest"]


async def test_subscribe_without_a_bar_takes_the_default_and_says_how_to_change_it(anna: Talk) -> None:
    words = await anna.says("/subscribe Space")
    assert "rated 70 and above" in words
    assert "/quality space 80" in words
    assert "/quality" not in await anna.says("/subscribe face recognition 60")


async def test_grammar_reaches_the_database(anna: Talk) -> None:
    cases: dict[str, dict[str, tuple[int | None, int | None]]] = {
        "ai 80": {"ai": (80, None)},
        "ai digest 60": {"ai": (None, 60)},
        "ai 80 digest 60": {"ai": (80, 60)},
        "ai any": {"ai": (0, None)},
        "power apps 365": {"power-apps-365": (70, None)},
        "POWER APPS 365 top": {"power-apps-365": (100, None)},
        "#computervision, space 50": {"computer-vision": (50, None), "space": (50, None)},
        "computer vision\nspace any": {"computer-vision": (0, None), "space": (0, None)},
    }
    for typed, bars in cases.items():
        await anna.says(f"/subscribe@TopicwireBot  {typed}.")
        assert await anna.bars() == bars
        await anna.acts("forget:yes")


async def test_best_recent_stories_are_shown_at_once_and_are_told(anna: Talk) -> None:
    await publish(anna, "Lens grows eyes", quality=90)
    await publish(anna, "Moths read faces", quality=75, topics=("Face Recognition",))
    await publish(anna, "Robot sorts stamps", quality=71)
    await publish(anna, "Camera counts sheep", quality=80)
    await publish(anna, "Old glass plates", quality=40)
    await publish(anna, "Rocket lands", quality=99, topics=("Space",))
    await anna.says("/subscribe computer vision 70")
    assert anna.titles() == ["Lens grows eyes", "Camera counts sheep", "Moths read faces"]
    assert await anna.told() == set(anna.titles())


async def test_where_nothing_reaches_the_bar_the_nearest_below_are_shown_with_a_note(anna: Talk) -> None:
    await publish(anna, "Lens grows eyes", quality=60)
    words = await anna.says("/subscribe computer vision 90")
    assert "Nothing lately reaches 90" in words
    assert anna.titles() == ["Lens grows eyes"]


async def test_older_stories_are_shown_where_the_fresh_ones_are_few(anna: Talk, clock: Clock) -> None:
    await publish(anna, "Lens grows eyes")
    clock.forward(days=10)
    await anna.says("/subscribe computer vision")
    assert anna.titles() == ["Lens grows eyes"]


async def test_undo_of_a_new_subscription_ends_it_and_can_itself_be_undone(anna: Talk) -> None:
    await anna.says("/subscribe ai 80 digest 60")
    assert "Unsubscribed from AI" in await anna.presses("Undo")
    assert anna.last.replaces
    assert await anna.bars() == {}
    await anna.presses("Undo")
    assert await anna.bars() == {"ai": (80, 60)}


async def test_buttons_move_the_bar_in_place_and_undo_brings_back_the_one_before(anna: Talk) -> None:
    await anna.says("/subscribe ai 80")
    assert "rated 70 and above" in await anna.presses("Bar 70")
    assert anna.last.replaces
    assert await anna.bars() == {"ai": (70, None)}
    assert anna.labels()[:2] == ["Bar 60", "Bar 80"]
    await anna.presses("Undo")
    assert await anna.bars() == {"ai": (80, None)}


async def test_bar_never_goes_below_any(anna: Talk) -> None:
    await anna.says("/subscribe ai 5")
    assert "every story, rated or not" in await anna.presses("Bar: any")
    assert anna.labels()[0] == "Bar 10"


async def test_no_button_offers_a_bar_that_is_refused(anna: Talk) -> None:
    await anna.says("/subscribe space 99999")
    assert [label for label in anna.labels() if label.startswith("Bar")] == ["Bar 99,989"]
    await anna.acts(f"see:topic:{await anna.topic_id('space')}:0")
    assert "Bar 100,009" not in anna.labels()


async def test_subscribing_again_changes_only_what_is_named(anna: Talk) -> None:
    await anna.says("/subscribe ai 80 digest 60")
    assert "AI from now on: stories rated 90 and above; from 60 in the digest." in await anna.says(
        "/subscribe ai 90"
    )
    assert await anna.bars() == {"ai": (90, 60)}
    await anna.presses("Undo")
    assert await anna.bars() == {"ai": (80, 60)}
    assert "You already follow AI" in await anna.says("/subscribe ai")
    assert await anna.bars() == {"ai": (80, 60)}


async def test_reply_says_when_a_parent_already_covers_it_and_which_bar_decides(anna: Talk) -> None:
    await anna.says("/subscribe ai 60")
    words = await anna.says("/subscribe face recognition 90")
    assert "AI (from 60) covers it too; for Face Recognition the nearer bar, this one, decides." in words
    assert "Face Recognition keeps its own bar." in await anna.says("/subscribe computer vision 70")


async def test_several_topics_are_answered_in_groups(anna: Talk) -> None:
    await anna.says("/subscribe ai 80, space 60")
    words = await anna.says("/subscribe ai 80, space 70, power apps 50, spacee 40")
    assert words.splitlines() == [
        "New: Power Apps (from 50).",
        "Changed: Space (from 70).",
        "As it was: AI (from 80).",
        "I do not know “spacee”. Did you mean:",
    ]
    assert await anna.bars() == {"ai": (80, None), "space": (70, None), "power-apps": (50, None)}


async def test_nearest_topic_as_a_button_completes_the_command_with_its_bars(anna: Talk) -> None:
    words = await anna.says("/subscribe compter vison 85 digest 50")
    assert words == "I do not know “compter vison”. Did you mean:"
    assert await anna.bars() == {}
    await anna.presses("Computer Vision")
    assert await anna.bars() == {"computer-vision": (85, 50)}


async def test_subscribe_alone_offers_topics(anna: Talk) -> None:
    assert "Which topic?" in await anna.says("/subscribe")
    await anna.presses("Space")
    assert await anna.bars() == {"space": (70, None)}
    await anna.says("/subscribe 90")
    assert "Space" not in anna.labels()
    await anna.presses("AI")
    assert await anna.bars() == {"space": (70, None), "ai": (90, None)}


async def test_chat_can_follow_a_hundred_topics_and_no_more(anna: Talk) -> None:
    async with anna.storage.write() as work:
        await work.topics.put([Topic(f"t{n}", f"Subject {n}") for n in range(120)], from_file=True)
    for start in range(0, 120, 30):
        words = await anna.says("/subscribe " + ", ".join(f"t{n}" for n in range(start, start + 30)))
    assert "No room for" in words
    assert len(await anna.bars()) == 100
    assert "the most" in await anna.acts(f"sub:{await anna.topic_id('space')}")
    assert len(await anna.bars()) == 100
    await anna.says("/subscribe t5 90")
    assert (await anna.bars())["t5"] == (90, None)


async def test_bar_out_of_range_is_answered_and_stores_nothing(anna: Talk) -> None:
    for bar in ("-5", "100000", "9" * 900):
        assert "whole number from 0" in await anna.says(f"/subscribe ai {bar}")
    assert not await anna.known()
