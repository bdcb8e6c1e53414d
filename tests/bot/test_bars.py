"""/unsubscribe, /quality, and the buttons under a card."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import Provider
from tests.bot.talk import Talk, coverage, publish
from tests.conftest import Clock

pytestmark = pytest.mark.sqlite


async def test_unsubscribe_ends_what_is_named_and_says_where_the_rest_comes_from(anna: Talk) -> None:
    await anna.says("/subscribe ai 80, space 60")
    words = await anna.says("/unsubscribe space, computer vision, nonsense")
    assert "Unsubscribed from Space." in words
    assert "Computer Vision is not among your topics; its stories come through AI." in words
    assert "I do not know “nonsense”" in words
    assert await anna.bars() == {"ai": (80, None)}
    await anna.presses("Undo")
    assert await anna.bars() == {"ai": (80, None), "space": (60, None)}


async def test_unsubscribe_all_asks_first(anna: Talk) -> None:
    await anna.says("/subscribe ai, space")
    assert "all 2 subscriptions" in await anna.says("/unsubscribe all")
    assert len(await anna.bars()) == 2
    assert await anna.presses("Keep as it is") == "Nothing was changed."
    await anna.says("/unsubscribe all")
    await anna.presses("End all")
    assert await anna.bars() == {}


async def test_unsubscribe_alone_offers_what_is_followed(anna: Talk) -> None:
    assert "no topics yet" in await anna.says("/unsubscribe")
    await anna.says("/subscribe ai, space")
    await anna.says("/unsubscribe")
    assert anna.labels() == ["AI", "Space"]
    await anna.presses("AI")
    assert set(await anna.bars()) == {"space"}


async def test_quality_changes_the_bar_with_undo(anna: Talk) -> None:
    await anna.says("/subscribe ai 80 digest 60")
    assert await anna.says("/quality ai 50") == (
        "AI from now on: stories rated 50 and above; from 60 in the digest."
    )
    assert await anna.bars() == {"ai": (50, 60)}
    await anna.presses("Undo")
    assert await anna.bars() == {"ai": (80, 60)}


async def test_quality_of_the_only_subscription_needs_no_name(anna: Talk) -> None:
    await anna.says("/subscribe ai 80")
    await anna.says("/quality top")
    assert await anna.bars() == {"ai": (100, None)}


async def test_quality_asks_which_topic_and_keeps_the_bar(anna: Talk) -> None:
    await anna.says("/subscribe ai 80, space 80")
    assert "Which topic?" in await anna.says("/quality 40")
    await anna.presses("Space")
    assert await anna.bars() == {"ai": (80, None), "space": (40, None)}
    await anna.says("/quality")
    assert "AI now: stories rated 80 and above." in await anna.presses("AI")


async def test_quality_of_what_is_not_followed_offers_to_subscribe(anna: Talk) -> None:
    await anna.says("/subscribe ai 80")
    assert "Not followed here: Space." in await anna.says("/quality space 40")
    assert await anna.bars() == {"ai": (80, None)}
    await anna.presses("Subscribe to Space")
    assert (await anna.bars())["space"] == (40, None)


# ---------------------------------------------------------------- under a card


async def test_coverage_names_the_strongest_and_the_first(anna: Talk, clock: Clock) -> None:
    first = await publish(
        anna,
        "Petrel booster makes its 20th landing in thick fog at Cape Iolo",
        excerpt="The Petrel booster of Iolo Orbital touched down at Cape Iolo for the 20th time, in thick fog.",
        quality=80,
    )
    clock.forward(hours=2)
    await publish(
        anna,
        "In thick fog at Cape Iolo, Petrel booster lands for the 20th time",
        excerpt="Iolo Orbital landed its Petrel booster for the 20th time at Cape Iolo, in fog nobody saw through.",
        provider=Provider("Deep Current"),
        quality=95,
    )
    lines = (await anna.acts(f"cov:{first.id}")).splitlines()
    assert lines[0] == "2 outlets have it, the strongest first"
    assert lines[1].startswith("Deep Current: ")
    assert lines[1].endswith("95 · 1 hour ago · strongest")
    assert lines[2].startswith("Harbour Post: ")
    assert lines[2].endswith("80 · 3 hours ago · first")


@pytest.mark.parametrize("quality", [80, None])
async def test_of_equals_the_earlier_is_the_strongest_and_nothing_unrated_is(
    anna: Talk, clock: Clock, quality: int | None
) -> None:
    title = "Petrel booster makes its 20th landing in thick fog at Cape Iolo"
    earlier = replace(coverage("Deep Current", title, 80, clock() - timedelta(hours=3)), quality=quality)
    stored = await publish(anna, title, quality=quality, related=(earlier,))
    lines = (await anna.acts(f"cov:{stored.id}")).splitlines()[1:]
    assert len(lines) == 2
    if quality is None:
        assert not any("strongest" in line for line in lines)
    else:
        assert lines[0].startswith("Deep Current: ")
        assert lines[0].endswith("80 · 3 hours ago · strongest · first")
        assert lines[1].endswith("80 · 1 hour ago")


async def test_long_coverage_comes_in_pages_each_within_a_message(anna: Talk, clock: Clock) -> None:
    others = tuple(
        coverage(f"Outlet {n}", f"Quite another matter {n} " + "x" * 300, n, clock()) for n in range(100)
    )
    stored = await publish(anna, "Lens grows eyes", related=others)
    first = await anna.acts(f"cov:{stored.id}")
    assert "Only one outlet has it so far. (page 1 of 9)" in first
    assert "More around it" in first
    assert not anna.last.replaces
    second = await anna.presses("More ›")
    assert anna.last.replaces
    assert "page 2 of 9" in second
    assert len(second) <= 4096


async def test_muted_story_is_not_told_and_undo_unmutes(anna: Talk) -> None:
    await anna.says("/subscribe computer vision 70")
    stored = await publish(anna, "Lens grows eyes", quality=50)
    assert "You will hear no more of “Lens grows eyes”" in await anna.acts(f"mute:{stored.story_id}")
    await publish(anna, "Lens grows eyes", quality=90)
    assert await anna.told() == set()
    await anna.presses("Undo")
    assert anna.last.replaces
    await publish(anna, "Lens grows eyes", quality=95)
    assert await anna.told() == set()  # it had cleared the bar while it was muted: nothing old arrives


async def test_card_buttons_move_the_bar_that_decides(anna: Talk) -> None:
    await anna.says("/subscribe ai 60, computer vision 70")
    stored = await publish(anna, "Moths read faces", topics=("Face Recognition",))
    assert "Computer Vision from now on: stories rated 80 and above." in await anna.acts(f"bar:+:{stored.id}")
    assert await anna.bars() == {"ai": (60, None), "computer-vision": (80, None)}
    await anna.presses("Undo")
    await anna.acts(f"bar:-:{stored.id}")
    assert await anna.bars() == {"ai": (60, None), "computer-vision": (60, None)}


async def test_bar_button_without_a_subscription_gives_a_toast(anna: Talk) -> None:
    stored = await publish(anna, "Lens grows eyes")
    await anna.acts(f"bar:+:{stored.id}")
    assert anna.last.messages == ()
    assert anna.last.toast
    await anna.says("/subscribe ai any")
    assert "every story comes already" in await anna.acts(f"bar:-:{stored.id}")


async def test_undo_brings_back_a_subscription_without_any_bar_as_it_was(anna: Talk) -> None:
    number = await anna.topic_id("computer-vision")
    await anna.says("/subscribe computer vision 80")
    await anna.acts(f"opt:outlets:{number}:3:0")
    await anna.acts(f"opt:bar:{number}::0")
    await anna.says("/quality computer vision 60")
    await anna.presses("Undo")
    assert await anna.bars() == {"computer-vision": (None, None)}
    await anna.says("/unsubscribe computer vision")
    assert "nothing by rating" in await anna.presses("Undo")
    assert await anna.bars() == {"computer-vision": (None, None)}
    assert "once 3 independent outlets" in await anna.acts(f"see:topic:{number}:0")
    await anna.acts(f"opt:end:{number}:0")
    await anna.presses("Undo")
    assert "once 3 independent outlets" in await anna.acts(f"see:topic:{number}:0")


async def test_unsubscribing_says_that_words_of_the_topic_are_gone(anna: Talk) -> None:
    await anna.says("/subscribe ai, space")
    await anna.says("/filter ai: -crypto")
    assert "words and outlets" not in await anna.says("/unsubscribe space")
    assert "words and outlets chosen for it are gone" in await anna.says("/unsubscribe ai")


async def test_bar_buttons_move_the_number_of_outlets_where_that_is_the_bar(anna: Talk) -> None:
    number = await anna.topic_id("computer-vision")
    await anna.says("/subscribe computer vision 80")
    await anna.acts(f"wait:{number}:2")
    await anna.acts(f"opt:bar:{number}::0")
    stored = await publish(anna, "A lens", quality=10)
    assert "2 outlets are as far as it goes" in await anna.acts(f"bar:-:{stored.id}")
    assert "once 3 independent outlets" in await anna.acts(f"bar:+:{stored.id}")
    assert await anna.bars() == {"computer-vision": (None, None)}, "no flood of alerts by rating"
    assert "once 2 independent outlets" in await anna.presses("Undo")
    await anna.acts(f"wait:{number}:0")
    assert "outlets are not counted any more" in "".join(span.text for span in anna.notices()[0].text)


async def test_undo_of_following_and_of_muting_brings_back_the_other(anna: Talk) -> None:
    story = (await publish(anna, "A lens")).story_id
    await anna.acts(f"follow:{story}")
    await anna.acts(f"mute:{story}")
    await anna.presses("Undo")
    assert "1 followed, 0 muted" in await anna.acts("see:stories:0")
    await anna.acts(f"mute:{story}")
    await anna.acts(f"follow:{story}")
    await anna.presses("Undo")
    assert "0 followed, 1 muted" in await anna.acts("see:stories:0")
