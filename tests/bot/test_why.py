"""/why in a chat: the verdict first, then the gates, and a button that changes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.digests import write_digest
from bot.model import Platform, State
from bot.ports import Outcome, Pace
from storage.database import Database
from tests.bot.talk import Talk, publish, talk_of
from tests.conftest import Clock

pytestmark = pytest.mark.sqlite


@pytest.fixture
async def anna(storage: Database, clock: Clock) -> Talk:
    talk = await talk_of(storage, clock)
    await talk.says("/subscribe computer vision 70")
    return talk


async def test_article_below_the_bar_is_explained_and_lowering_the_bar_brings_the_next(anna: Talk) -> None:
    await publish(anna, "Moths read faces", quality=57)
    words = (await anna.says("/why moths read")).splitlines()
    assert words[0] == "You did not get it because quality 57 is below your bar 70 on Computer Vision."
    assert words[1] == "Moths read faces · Harbour Post"
    assert [line[0] for line in words[3:]] == list("✓✓✗✓✓✓✓")
    assert anna.labels() == ["Lower the bar for Computer Vision to 57"]
    await anna.presses("Lower the bar for Computer Vision to 57")
    assert await anna.bars() == {"computer-vision": (57, None)}
    await publish(anna, "Camera counts sheep", quality=57)
    assert await anna.told() == {"Camera counts sheep"}
    await anna.presses("Undo")
    assert await anna.bars() == {"computer-vision": (70, None)}


async def test_missing_subscription_is_made_by_the_button_and_undone(anna: Talk) -> None:
    article = await publish(anna, "Rocket lands in fog", topics=("Space",))
    await anna.acts(f"why:{article.id}")
    await anna.presses("Subscribe to Space")
    assert await anna.bars() == {"computer-vision": (70, None), "space": (70, None)}
    await anna.presses("Undo")
    assert await anna.bars() == {"computer-vision": (70, None)}


async def test_article_that_was_there_first_says_so(anna: Talk, clock: Clock) -> None:
    bert = Talk(anna.storage, clock, anna.conversation, replace(anna.address, chat="99"))
    await publish(bert, "Moths read faces", quality=84)
    clock.forward(minutes=1)
    for title in ("Lens grows eyes", "Camera counts sheep", "Robot sorts stamps"):
        await publish(bert, title, quality=95)
    clock.forward(hours=1)
    await bert.says("/subscribe computer vision")
    assert "Moths read faces" not in bert.titles()
    assert (await bert.says("/why moths read")).startswith("It was there before you subscribed")


async def test_told_article_says_when_and_why(anna: Talk, clock: Clock) -> None:
    await publish(anna, "Moths read faces", quality=84)
    await send_what_is_owed(anna, clock)
    assert (await anna.says("/why moths")).startswith(
        "You got it on 27 November 2026, 12:00 UTC because quality 84 clears your bar 70 on Computer Vision."
    )


async def test_paused_and_muted_are_opened_by_their_buttons(anna: Talk) -> None:
    await anna.says("/pause 2h")
    await publish(anna, "Moths read faces", quality=84)
    assert "alerts are paused" in await anna.says("/why moths")
    assert "Alerts are on again" in await anna.presses("Resume")
    weak = await publish(anna, "Lens grows eyes", quality=10)
    await anna.acts(f"mute:{weak.story_id}")
    await publish(anna, "Lens grows eyes", quality=90)
    assert "you muted this story" in await anna.says("/why lens")
    await anna.presses("Unmute")
    assert "muted" not in (await anna.says("/why lens")).splitlines()[0]


async def test_without_argument_the_last_alert_sent_here_is_explained(anna: Talk, clock: Clock) -> None:
    assert "/why moth app" in await anna.says("/why")
    await publish(anna, "Moths read faces", quality=84)
    await send_what_is_owed(anna, clock)
    clock.forward(minutes=9)
    await publish(anna, "Lens grows eyes", quality=90)
    await send_what_is_owed(anna, clock)
    clock.forward(minutes=9)
    await publish(anna, "Camera counts sheep", quality=99)  # owed, not sent
    words = await anna.says("/why")
    assert words.startswith("You got it on 27 November 2026, 12:09")
    assert "Lens grows eyes" in words


async def test_without_argument_a_digest_asks_which_of_its_stories(anna: Talk, clock: Clock) -> None:
    await anna.says("/unsubscribe computer vision")
    await anna.says("/subscribe computer vision digest 60")
    await publish(anna, "Moths read faces", quality=84)
    await publish(anna, "Lens grows eyes", quality=90)
    await publish(anna, "Nearly above the bar", quality=55)
    async with anna.storage.write() as work:
        here = await work.destinations.get(anna.address)
        assert here
        catalogue = await work.topics.catalogue()
        begun = clock() - timedelta(days=1)
        assert await write_digest(work, here, since=begun, now=clock(), on=clock().date(), catalogue=catalogue)
    assert "/why moth app" in await anna.says("/why"), "it was not sent yet"
    await send_what_is_owed(anna, clock)
    clock.forward(minutes=9)
    assert "Last digest here: today 12:00." in await anna.says("/status")
    assert "your digest, today 12:00. About which of its stories?" in await anna.says("/why")
    assert anna.labels() == ["Lens grows eyes", "Moths read faces"], "and no near miss"
    assert "You got it" in await anna.presses("Moths read faces")


async def test_article_is_found_by_link_title_and_part_of_it(anna: Talk) -> None:
    article = await publish(anna, "Moths read faces", url="https://www.harbour.example/moths?id=7&utm_source=x")
    for asked in (
        "https://harbour.example/moths?id=7",
        "<http://www.harbour.example/moths?utm_medium=y&id=7#top>",
        "look at https://harbour.example/moths?id=7",
        "Moths read faces",
        "“MOTHS READ faces”.",
        "read fac",
        article.article.path,
    ):
        assert "Moths read faces" in await anna.says(f"/why {asked}"), asked


async def test_several_articles_that_fit_are_offered(anna: Talk) -> None:
    await publish(anna, "Moths read faces of owls", quality=40)
    await publish(anna, "Lens grows moths", quality=50)
    assert await anna.says("/why moths") == "2 articles fit. Which one?"
    assert "quality 50 is below" in await anna.presses("Lens grows moths")


async def test_article_that_is_not_here_is_said_to_be_so(anna: Talk) -> None:
    words = await anna.says("/why https://nowhere.example/x")
    assert words.startswith("I have no article like “https://nowhere.example/x”.")


async def test_stranger_is_told_what_to_subscribe_to(anna: Talk, clock: Clock) -> None:
    await publish(anna, "Moths read faces", quality=84)
    bert = Talk(anna.storage, clock, anna.conversation, replace(anna.address, chat="99"))
    assert (await bert.says("/why moths")).startswith("You did not get it because this chat follows no topics yet.")
    await bert.presses("Subscribe to Computer Vision")
    assert await bert.bars() == {"computer-vision": (70, None)}


async def test_operator_asks_for_a_chat_without_waking_it(anna: Talk) -> None:
    await publish(anna, "Moths read faces", quality=57)
    await anna.conversation.unreachable(anna.address, "blocked")
    anna.last = await anna.conversation.why(anna.address, "moths")
    assert anna.labels() == []
    assert (await anna.destination()).parked == "blocked"


async def send_what_is_owed(talk: Talk, clock: Clock) -> None:
    pace = Pace(Platform.TELEGRAM, "test", rate=1000, lease=25, horizon=1)
    async with talk.storage.write() as work:
        claim = await work.deliveries.settle_and_claim(pace, [], limit=10, reserved=0, now=clock())
        sent = [
            Outcome(owed.id, owed.destination.id, State.SENT, clock(), message_id="1", lease=owed.lease)
            for owed in claim.owed
        ]
        await work.deliveries.settle_and_claim(pace, sent, limit=0, reserved=0, now=clock())
    assert sent
