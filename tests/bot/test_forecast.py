"""Choosing a bar with open eyes: the figures, their words, and the bars that are offered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forecast import (
    LENGTHS,
    MONTH,
    MOST_BARS,
    Per,
    Row,
    Territory,
    Volume,
    bars,
    blocks,
    chart,
    forecast,
    passing,
    territory,
    volume,
)
from bot.model import Topic
from bot.topics import Catalogue

UNTIL = datetime(2026, 11, 27, 12, tzinfo=UTC)
LEVELS = st.dictionaries(st.integers(0, 240), st.integers(1, 400), max_size=60)
ai, vision, faces, search, space = CATALOGUE = (
    Topic("ai", "AI", id=1),
    Topic("computer-vision", "Computer Vision", "ai", id=2),
    Topic("faces", "Faces", "computer-vision", id=3),
    Topic("search", "Image Search", "computer-vision", id=4),
    Topic("space", "Space", id=5),
)


@pytest.mark.parametrize(
    ("stories", "days", "said"),
    [
        (360, 30, Volume(12, Per.DAY)),
        (75, 30, Volume(3, Per.DAY)),
        (30, 30, Volume(7, Per.WEEK)),
        (9, 30, Volume(9, Per.MONTH)),
        (2, 28, Volume(2, Per.MONTH)),
        (2, 20, Volume(2, Per.SPAN)),
        (0, 30, Volume(0, Per.SPAN)),
        (9, 3, Volume(3, Per.DAY)),
        (4, 3, Volume(4, Per.SPAN)),  # three days tell nothing of a week
        (4, 0.2, Volume(4, Per.SPAN)),
        (9, 14, Volume(5, Per.WEEK)),
        (3770, 30, Volume(130, Per.DAY)),
    ],
)
def test_a_volume_is_told_in_the_words_that_fit_it(stories: int, days: float, said: Volume) -> None:
    assert volume(stories, timedelta(days=days)) == said


@given(st.integers(0, 100_000), st.floats(0.01, 30))
def test_rounding_moves_no_figure_by_more_than_a_fifth_and_nothing_is_said_beyond_what_was_seen(
    stories: int, days: float
) -> None:
    seen = timedelta(days=days)
    said = volume(stories, seen)
    if said.per is Per.SPAN:
        assert said.number == stories
        return
    assert LENGTHS[said.per] * 0.9 <= seen
    exact = stories * (LENGTHS[said.per] / seen)
    assert abs(said.number - exact) <= 0.2 * exact + 1e-9


@given(LEVELS, st.integers(0, 150))
def test_the_bars_offered_begin_with_any_hold_the_one_in_question_and_each_lets_less_through(
    levels: dict[int, int], bar: int
) -> None:
    found = bars(levels, {bar, 70})
    assert found == sorted(set(found))
    assert {0, bar, 70} <= set(found)
    assert len(found) <= MOST_BARS
    counts = [passing(levels, one) for one in found if one not in {0, bar, 70}]
    assert counts == sorted(set(counts), reverse=True)
    assert 0 not in counts


@given(LEVELS, st.integers(0, 150))
def test_the_examples_stand_right_above_and_right_below_the_bar(levels: dict[int, int], bar: int) -> None:
    found = forecast(levels, bar, 70, MONTH)
    between = [level for level in levels if (found.below or -1) < level < (found.above or 999)]
    assert found.above is None or found.above >= bar
    assert found.below is None or found.below < bar
    assert not between or found.below == 0 or found.above == 0


def test_a_topic_that_half_the_bars_would_not_tell_apart_offers_few() -> None:
    assert bars({80: 30}, {70}) == [0, 70]
    assert bars({}, {70}) == [0, 70]
    assert bars(dict.fromkeys(range(40, 130), 10), {70}) == [0, 70, 90, 110, 120]
    assert bars({1: 40, 2: 20, 3: 10, 4: 5}, {3}) == [0, 2, 3, 4], "a narrow scale has narrow steps"


def test_a_chat_that_names_topics_below_lets_these_decide_about_theirs() -> None:
    catalogue = Catalogue(CATALOGUE)
    assert territory(catalogue, ai).own == {1, 2, 3, 4}
    found = territory(catalogue, ai, {1, 3, 5})
    assert found == Territory(frozenset({4}), frozenset({1, 2}), frozenset({3}))
    assert territory(catalogue, ai, {2}).own == set()
    assert territory(catalogue, faces, {1, 2}).own == {3}


@given(
    st.dictionaries(
        st.integers(0, 60 * 24 * 60).map(lambda minutes: UNTIL - timedelta(minutes=minutes)),
        st.integers(1, 9),
        max_size=40,
    ),
    st.integers(1, 90),
    st.sampled_from(["UTC", "Asia/Kathmandu", "America/New_York", "Pacific/Kiritimati"]),
)
def test_a_chart_counts_every_story_of_its_days_once(moments: dict[datetime, int], days: int, zone: str) -> None:
    rows = chart(moments, UNTIL, days, ZoneInfo(zone))
    last = UNTIL.astimezone(ZoneInfo(zone)).date()
    assert sum(row.days for row in rows) == days
    assert rows[-1].first + timedelta(days=rows[-1].days - 1) == last
    assert all(a.first + timedelta(days=a.days) == b.first for a, b in pairwise(rows))
    first = rows[0].first
    assert sum(row.stories for row in rows) == sum(
        n for m, n in moments.items() if first <= m.astimezone(ZoneInfo(zone)).date() <= last
    )


def test_what_is_more_than_nothing_shows_in_the_chart() -> None:
    rows = [Row(date(2026, 11, 1), 1, 0), Row(date(2026, 11, 2), 1, 1), Row(date(2026, 11, 3), 1, 200)]
    assert [blocks(row, rows, 12) for row in rows] == ["", "▇", "▇" * 12]
