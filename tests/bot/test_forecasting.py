"""Choosing a bar in the chat: what comes at which, and a replay of what came."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.database import Database
from tests.bot.month import headline, month
from tests.bot.talk import Talk, conversation_of, coverage, publish, talk_of
from tests.conftest import Clock, in_thread


@pytest.fixture(scope="module")
def archive(sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a month of news, which tests copy."""
    file = Path(shutil.copy(sqlite, tmp_path_factory.mktemp("archive")))

    async def fill() -> None:
        database, clock = Database(f"sqlite+aiosqlite:///{file}"), Clock(datetime(2026, 11, 27, 12, tzinfo=UTC))
        await month(await talk_of(database, clock), clock)
        await database.close()

    in_thread(fill)
    return file


@pytest.fixture
async def anna(archive: Path, tmp_path: Path, clock: Clock) -> AsyncIterator[Talk]:
    database = Database(f"sqlite+aiosqlite:///{shutil.copy(archive, tmp_path / 'month.sqlite')}")
    yield Talk(database, clock, conversation_of(database, clock))
    await database.close()


async def test_subscribing_without_a_number_shows_what_comes_at_which_bar(anna: Talk) -> None:
    said = (await anna.says("/subscribe computer vision")).splitlines()
    assert "stories rated 70 and above" in said[0]
    table = said[said.index("How many stories that is, by the last 30 days:") + 1 :][:5]
    assert table == [
        "any: about 4 a day",
        "70: about 14 a week ← your bar",
        "100: about 7 a week",
        "120: about 10 a month",
        "125: about 5 a month",
    ]
    assert f"Just above 70: {headline(118)} (80)" in said
    assert f"Just below 70: {headline(117)} (60)" in said
    assert anna.labels()[:4] == ["Any · 4/day", "100 · 7/week", "120 · 10/month", "125 · 5/month"]
    assert headline(118) in await anna.told(), "a story that was shown is known"
    assert headline(117) not in await anna.told(), "one below the bar may yet rise"


async def test_one_tap_changes_the_bar_in_place_and_one_takes_it_back(anna: Talk) -> None:
    await anna.says("/subscribe computer vision digest 50")
    await anna.says("/quality computer vision 70")
    await anna.says("/quality computer vision")
    said = await anna.presses("100 · 7/week")
    assert anna.last.replaces
    assert "100: about 7 a week ← your bar" in said
    assert await anna.bars() == {"computer-vision": (100, 50)}, "the digest's bar is left alone"
    assert "70 · 14/week" in anna.labels(), "the default stays within reach"
    said = await anna.presses("Undo")
    assert anna.last.replaces
    assert "70: about 14 a week ← your bar" in said
    assert await anna.bars() == {"computer-vision": (70, 50)}


async def test_a_bar_that_was_named_is_answered_with_what_it_brings(anna: Talk) -> None:
    said = await anna.says("/subscribe computer vision 100")
    assert "That is about 7 a week." in said
    assert "How many stories" not in said
    assert "Any · 4/day" in anna.labels()


async def test_who_takes_a_topic_for_the_digest_alone_chooses_its_bar(anna: Talk) -> None:
    await anna.says("/subscribe computer vision digest 60")
    await anna.says("/quality computer vision")
    await anna.presses("100 · 7/week")
    assert await anna.bars() == {"computer-vision": (None, 100)}


@pytest.mark.sqlite
async def test_a_short_history_says_how_short_it_is(storage: Database, clock: Clock) -> None:
    talk = await talk_of(storage, clock)
    await publish(talk, "Camera counts sheep", quality=75)
    assert "How many" not in await talk.says("/subscribe computer vision"), "an hour foretells nothing"
    assert talk.labels()[:2] == ["Bar 60", "Bar 80"]
    clock.forward(days=3)
    said = await talk.says("/quality computer vision")
    assert "by the 3 days I have seen so far:" in said
    assert "70: one in 3 days ← your bar" in said


async def test_what_a_nearer_topic_decides_is_not_counted(anna: Talk) -> None:
    assert "any: about 4 a day" in await anna.says("/subscribe ai")
    await anna.says("/subscribe computer vision")
    assert "any:" not in await anna.says("/quality ai"), "all of it is decided by Computer Vision now"


async def test_the_first_contact_chooses_by_what_comes(anna: Talk) -> None:
    await anna.says("/start")
    said = await anna.presses("Computer Vision")
    assert "100: about 7 a week" in said
    assert "your bar" not in said
    await anna.presses("100 · 7/week")
    await anna.presses("Alerts at once")
    assert await anna.bars() == {"computer-vision": (100, None)}


async def test_lowering_a_bar_for_one_story_says_what_else_it_brings(anna: Talk) -> None:
    await anna.says("/subscribe computer vision 100")
    article = await publish(anna, "Moths read faces", quality=61)
    said = await anna.acts(f"why:{article.id}")
    assert said.splitlines()[-1].startswith(
        "With it Computer Vision brings about 15 a week instead of about 7 a week"
    )
    assert anna.labels() == ["Lower the bar for Computer Vision to 61"]


@pytest.mark.parametrize("storage", ["sqlite"], indirect=True)
@pytest.mark.parametrize("waiting", [True, False], ids=["counted as they came", "counted when asked"])
async def test_what_enough_outlets_carry_is_foretold_and_replayed_with_the_rest(
    storage: Database, clock: Clock, waiting: bool
) -> None:
    talk = await talk_of(storage, clock)
    topic = await talk.topic_id("computer-vision")
    if waiting:
        await _wait(talk, topic)
    title = "Lens grows eyes that map a reef at night"
    related = tuple(coverage(outlet, title, 20, clock()) for outlet in ("Dusk", "Perch", "Marsh"))
    await publish(talk, title, quality=40, related=related)
    await publish(talk, "Camera counts sheep on the northern hills", quality=45, related=related[:1])
    await publish(talk, "Kite draws nine islands from above", quality=90)
    clock.forward(days=3)
    if not waiting:
        await _wait(talk, topic)
    said = await talk.says("/quality computer vision")
    assert "70: 2 in 3 days ← your bar" in said
    assert "Counted in: stories that 3 outlets carry, whatever their rating." in said
    assert "words" not in said
    replayed = [line for line in (await talk.says("/simulate computer vision 70")).splitlines() if line]
    assert replayed[:3] == [
        "Computer Vision, from 70, the last 14 days: 2 stories.",
        "One of them is rated below 70 and came because 3 outlets carry it.",
        "The first story I have on Computer Vision is from 27 November 2026.",
    ]
    assert [line.split()[-1] for line in replayed[3:7]] == ["2", "0", "0", "0"], "no day before that one"
    assert f"{title} (40)" in replayed
    assert "– one story below 70" in replayed
    await talk.says("/filter computer vision: -moths")
    assert "Your words and muted outlets are not taken into account" in await talk.says("/quality computer vision")


async def _wait(talk: Talk, topic: int) -> None:
    await talk.says("/subscribe computer vision 70")
    await talk.acts(f"wait:{topic}:3")


# ---------------------------------------------------------------- replays


async def test_a_replay_counts_by_day_names_the_strongest_and_what_would_not_have_come(
    anna: Talk,
) -> None:
    said = [line for line in (await anna.says("/simulate computer vision 100 7 days")).splitlines() if line]
    assert said[0] == "Computer Vision, from 100, the last 7 days: 7 stories."
    assert [line.split()[-1] for line in said[1:8]] == ["1"] * 7
    assert said[8:10] == ["The strongest:", f"{headline(119)} (129)"]
    assert said[-2:] == ["Would not have come by itself:", "– 21 stories below 100"]
    assert await anna.bars() == {}
    assert not await anna.known(), "a replay changes nothing"
    await anna.presses("Subscribe to Computer Vision from 100")
    assert await anna.bars() == {"computer-vision": (100, None)}


async def test_a_long_replay_is_told_week_by_week(anna: Talk) -> None:
    said = [line for line in (await anna.says("/simulate ai 100 30d")).splitlines() if line]
    assert said[0] == "AI, from 100, the last 30 days: 30 stories."
    assert [int(line.split()[-1]) for line in said[1:6]] == [2, 7, 7, 7, 7], "a day or two, then whole weeks"


async def test_a_replay_tells_gate_by_gate_what_would_have_been_held(anna: Talk, clock: Clock) -> None:
    await anna.says("/subscribe computer vision 100")
    await anna.says(f"/filter -{headline(115).split()[0]}")
    story = await publish(anna, "Moths read the faces of bakers", quality=105)
    await publish(anna, "Moths read the faces of bakers", path="again.md", url="https://b.example/m", quality=103)
    await publish(anna, "An old hat found at sea", quality=140, published_at=clock() - timedelta(days=5))
    await publish(anna, "A draft about hats and rain", quality=140, published=False)
    await anna.acts(f"mute:{story.story_id}")
    await anna.says("/quiet 05:30-06:30")  # they came at six, whatever hour they are dated
    said = await anna.says("/simulate computer vision")
    for line in (
        "– one article that tells a story again",
        "– one that was old news when it came",
        "– one draft, or taken back by its publisher",
        "– one story that you muted",
        "by your words and outlets",
        "– 14 that would have waited for the end of your quiet hours",
    ):
        assert line in said


async def test_another_bar_and_another_length_replay_in_place(anna: Talk) -> None:
    await anna.says("/subscribe computer vision 100")
    await anna.says("/simulate computer vision")
    said = await anna.presses("Bar: any")
    assert anna.last.replaces
    assert "every story, the last 14 days" in said
    said = await anna.presses("7 days")
    assert "every story, the last 7 days" in said
    await anna.presses("Take every story")
    assert await anna.bars() == {"computer-vision": (0, None)}
    await anna.presses("Undo")
    assert await anna.bars() == {"computer-vision": (100, None)}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("/simulate", "Which topic shall I replay?"),
        ("/simulate 70", "Which topic shall I replay?"),
        ("/simulate computer vison", "I do not know “computer vison”"),
        ("/simulate space", "I have seen nothing on Space"),
        ("/simulate ai 80 91d", "I replay 1 to 90 days"),
        ("/simulate ai 80 0 days", "I replay 1 to 90 days"),
        ("/simulate ai 99999999", "A bar is a whole number from 0"),
        ("/simulate ai 80 99999", "I replay 1 to 90 days"),
    ],
)
async def test_what_cannot_be_replayed_is_said_in_one_sentence(anna: Talk, typed: str, shown: str) -> None:
    assert shown in await anna.says(typed)
    assert await anna.bars() == {}


async def test_stale_and_made_up_buttons_are_out_of_date(anna: Talk) -> None:
    for action in ("sim:", "sim:999:70:14", "sim:2:70:4000", "sim:2:999999:14", "pick:2:999999", "pick:x"):
        assert "out of date" in await anna.acts(action)
