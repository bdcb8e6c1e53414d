"""The grammar of commands."""

from __future__ import annotations

import re
from datetime import timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.parsing import (
    HIGHEST_BAR,
    LONGEST_PAUSE,
    MOST_TOPICS,
    BarOutOfRange,
    Bars,
    clean,
    parse_duration,
    parse_order,
    split_command,
    split_days,
)
from bot.model import Topic
from bot.topics import Catalogue
from tests.bot.talk import TOPICS

DEFAULT = 70
CATALOGUE = Catalogue(
    [
        Topic("ai", "AI", hashtags=("#AI",)),
        Topic("computer-vision", "Computer Vision", "ai", aliases=("CV", "machine sight"), hashtags=("#SeeingAI",)),
        Topic("space", "Space"),
        Topic("power-apps", "Power Apps"),
        Topic("power-apps-365", "Power Apps 365"),
        Topic("news-digest", "News Digest"),
        Topic("top", "Top"),
        Topic("arts-and-letters", "Arts, Letters"),
        Topic("arts", "Arts"),
        Topic("letters", "Letters"),
        Topic("зрение", "Зрение"),
        Topic("الفضاء", "الفضاء"),
    ]
)


def read(text: str) -> list[tuple[str | None, Bars | None]]:
    """The slug (None = unknown) and bars of each topic named."""
    wishes = parse_order(text, CATALOGUE, DEFAULT).wishes
    return [(wish.topic.slug if wish.topic else None, wish.bars) for wish in wishes]


@pytest.mark.parametrize(
    ("text", "slug", "bars"),
    [
        ("ai", "ai", None),
        ("ai 80", "ai", Bars(80)),
        ("AI   80", "ai", Bars(80)),
        ("ai 80.", "ai", Bars(80)),
        ("ai 80+", "ai", Bars(80)),
        ("ai any", "ai", Bars(0)),
        ("ai Good", "ai", Bars(70)),
        ("ai TOP", "ai", Bars(100)),
        ("ai 0", "ai", Bars(0)),
        ("ai 240", "ai", Bars(240)),
        ("ai ٨٠", "ai", Bars(80)),
        ("ai digest", "ai", Bars(None, 70)),
        ("ai digest 60", "ai", Bars(None, 60)),
        ("ai digest any", "ai", Bars(None, 0)),
        ("ai 80 digest", "ai", Bars(80, 70)),
        ("ai 80 digest 60", "ai", Bars(80, 60)),
        ("ai top DIGEST good", "ai", Bars(100, 70)),
        ("computer vision 60", "computer-vision", Bars(60)),
        ("Computer-Vision", "computer-vision", None),
        ("cv 60", "computer-vision", Bars(60)),
        ("#SeeingAI 60", "computer-vision", Bars(60)),
        ("“machine sight”", "computer-vision", None),
        ("power apps 365", "power-apps-365", None),
        ("power apps 365 80", "power-apps-365", Bars(80)),
        ("power apps 60", "power-apps", Bars(60)),
        ("news digest", "news-digest", None),
        ("news digest 60", "news-digest", Bars(60)),
        ("news digest digest 60", "news-digest", Bars(None, 60)),
        ("top", "top", None),
        ("top top", "top", Bars(100)),
        ("arts, letters", "arts-and-letters", None),
        ("зрение 50", "зрение", Bars(50)),
        ("الفضاء 50", "الفضاء", Bars(50)),
        ("space 🚀", "space", None),
    ],
)
def test_topic_and_bars_are_read_from(text: str, slug: str, bars: Bars | None) -> None:
    assert read(text) == [(slug, bars)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ai, space", [("ai", None), ("space", None)]),
        ("ai, space 80", [("ai", Bars(80)), ("space", Bars(80))]),
        ("ai 60, space 80", [("ai", Bars(60)), ("space", Bars(80))]),
        ("ai 60, space", [("ai", Bars(60)), ("space", None)]),
        ("ai\nspace\n80", [("ai", Bars(80)), ("space", Bars(80))]),
        ("ai،space; #SeeingAI #AI", [("ai", None), ("space", None), ("computer-vision", None)]),
        (",, ai ,, ,space,", [("ai", None), ("space", None)]),
        ("ai, nonsense 80", [("ai", Bars(80)), (None, Bars(80))]),
        ("computer, vision", [(None, None), (None, None)]),
        ("80", []),
        ("", []),
        (" ,;\n", []),
    ],
)
def test_commas_and_lines_separate_topics(text: str, expected: list[tuple[str | None, Bars | None]]) -> None:
    assert read(text) == expected


def test_unknown_topic_keeps_the_name_and_the_bars_that_were_typed() -> None:
    (wish,) = parse_order("compter vison 80 digest 60", CATALOGUE, DEFAULT).wishes
    assert (wish.name, wish.topic, wish.bars) == ("compter vison", None, Bars(80, 60))


def test_bar_alone_is_kept_for_the_topic_that_is_chosen_next() -> None:
    assert parse_order("80", CATALOGUE, DEFAULT).bars == Bars(80)


@pytest.mark.parametrize("text", ["ai -5", "ai 100000", "ai 9" + "9" * 5000, "ai digest -1", "x -1"])
def test_bar_out_of_range_is_refused(text: str) -> None:
    with pytest.raises(BarOutOfRange):
        parse_order(text, CATALOGUE, DEFAULT)


def test_leading_zeros_do_not_make_a_bar_large() -> None:
    assert read("ai 0000000080") == [("ai", Bars(80))]


def test_topics_beyond_the_bound_are_counted_and_not_read() -> None:
    order = parse_order(", ".join(f"topic{n}" for n in range(5000)), CATALOGUE, DEFAULT)
    assert (len(order.wishes), order.dropped) == (MOST_TOPICS, 5000 - MOST_TOPICS)


def test_ten_thousand_characters_are_read_in_a_moment() -> None:
    begin = perf_counter()
    for text in (
        "a" * 10_000,
        "a " * 5_000,
        "," * 10_000,
        "1 " * 5_000,
        "digest " * 1_500,
        "#" * 10_000,
        "ﷺ" * 10_000,
    ):
        assert len(parse_order(text, CATALOGUE, DEFAULT).wishes) <= MOST_TOPICS
    print(f"7 arguments of 10,000 characters: {1000 * (perf_counter() - begin):.0f} ms")


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    try:
        order = parse_order(clean(text), CATALOGUE, DEFAULT)
    except BarOutOfRange:
        return
    bars = [bar for wish in order.wishes if wish.bars for bar in (wish.bars.alert, wish.bars.digest)]
    assert all(bar is None or 0 <= bar <= HIGHEST_BAR for bar in bars)
    assert all(wish.name for wish in order.wishes)


@given(
    st.sampled_from(["ai", "AI", "computer vision", "cv", "#SeeingAI", "space"]),
    st.none() | st.integers(0, HIGHEST_BAR),
    st.none() | st.integers(0, HIGHEST_BAR),
    st.sampled_from([" ", "  ", "\t"]),
)
def test_what_the_grammar_can_say_is_read_back(name: str, alert: int | None, digest: int | None, gap: str) -> None:
    words = [
        name,
        *([str(alert)] if alert is not None else []),
        *(["digest", str(digest)] if digest is not None else []),
    ]
    (wish,) = parse_order(gap.join(words), CATALOGUE, DEFAULT).wishes
    expected = None if alert is None and digest is None else Bars(alert, digest)
    assert (wish.topic, wish.bars) == (CATALOGUE.find(name), expected)


# ---------------------------------------------------------------- commands


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/help", ("help", "")),
        ("/Subscribe ai 80", ("subscribe", "ai 80")),
        ("/subscribe@TopicwireBot ai", ("subscribe", "ai")),
        ("/subscribe@TopicwireBot", ("subscribe", "")),
        ("/subscribe:   ai", ("subscribe", "ai")),
        ("/subscribe\nai\nspace", ("subscribe", "ai\nspace")),
        ("/subscribe#AI", ("subscribe", "#AI")),
        ("/why?", ("why", "")),
        ("/why https://a.example/b?c=1", ("why", "https://a.example/b?c=1")),
    ],
)
def test_command_and_argument_are_split(text: str, expected: tuple[str, str]) -> None:
    assert split_command(text) == expected


@pytest.mark.parametrize("text", ["help", "", "/", "//help", "/ help", "/1", "a /help"])
def test_other_text_is_no_command(text: str) -> None:
    assert split_command(text) is None


@given(st.text(max_size=200))
def test_cleaned_text_holds_nothing_that_hides_or_breaks(text: str) -> None:
    cleaned = clean(text)
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069\ud800-\udfff]", cleaned)
    assert cleaned.encode() is not None
    assert clean(cleaned) == cleaned


def test_words_and_emoji_survive_cleaning() -> None:
    assert clean(" \u202e/subscribe ai\u200b 80\x00 ") == "/subscribe ai 80"
    assert clean("👩‍🚀 space") == "👩‍🚀 space"


# ---------------------------------------------------------------- durations


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("2h", timedelta(hours=2)),
        ("3 days", timedelta(days=3)),
        ("90 min", timedelta(minutes=90)),
        ("1 Week", timedelta(weeks=1)),
        ("for 2 hours.", timedelta(hours=2)),
        ("an hour", timedelta(hours=1)),
        ("1h30m", timedelta(minutes=90)),
        ("1 hour and 30 minutes", timedelta(minutes=90)),
        ("1 day, 2 hrs", timedelta(hours=26)),
    ],
)
def test_length_of_a_pause_is_read(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize(
    "text", ["", "2", "h", "tomorrow", "0h", "-2h", "2 fortnights", "400 days", "999999w" * 300, "2hours3"]
)
def test_what_is_no_length_is_not_guessed(text: str) -> None:
    assert parse_duration(text) is None


@given(st.text(max_size=80))
def test_pause_is_never_negative_nor_endless(text: str) -> None:
    length = parse_duration(text)
    assert length is None or timedelta() < length <= LONGEST_PAUSE


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ai", ("ai", 14)),
        ("ai 80", ("ai 80", 14)),
        ("ai 80 30", ("ai 80", 30)),
        ("ai any 7", ("ai any", 7)),
        ("ai 30d", ("ai", 30)),
        ("ai 80 last 30 days", ("ai 80", 30)),
        ("power apps 365", ("power apps 365", 14)),
        ("power apps 365 80", ("power apps 365 80", 14)),
        ("power apps 365 80 7", ("power apps 365 80", 7)),
        ("30d", ("", 30)),
        ("", ("", 14)),
    ],
)
def test_the_last_number_is_the_days_where_a_bar_stands_before_it(text: str, parts: tuple[str, int]) -> None:
    assert split_days(text, Catalogue(TOPICS), 14) == parts
