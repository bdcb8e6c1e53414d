"""The pure rules of digests: one definition of a match, splitting without loss, dates in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.news import NEAR, Change, News
from bot.digests.parts import split
from bot.digests.wording import day_in_words
from bot.matching import Criteria, Gate, Reader, Verdict, judge, windows
from bot.model import Article, StoredArticle, Topic
from bot.texts import texts
from bot.topics import Catalogue

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TREE = {"ai": None, "vision": "ai", "faces": "vision", "speech": "ai", "space": None, "rockets": "space"}
CATALOGUE = Catalogue(
    Topic(slug, slug.title(), parent, id=number) for number, (slug, parent) in enumerate(TREE.items(), start=1)
)
IDS = [topic.id for topic in CATALOGUE]

changes = st.builds(
    lambda topics, quality, best, hours, story: Change(
        NOW - hours * HOUR,
        Criteria(
            story * 10,
            story,
            windows(
                Article(
                    "s", f"{story}.md", "T", f"https://a.example/{story}", quality=quality, topics=tuple(topics)
                ),
                CATALOGUE,
                best_before=best,
                ever_topics=topics if best is not None else (),
            ),
        ),
    ),
    st.lists(st.sampled_from(sorted(TREE)), min_size=1, max_size=3),
    st.integers(0, 120),
    st.none() | st.none() | st.integers(0, 60),
    st.integers(0, 30),
    st.integers(1, 8),
)
bars = st.dictionaries(
    st.sampled_from(IDS), st.sampled_from([0, 40, 50, 55, 60, 70, 90]) | st.none(), min_size=1, max_size=5
).map(lambda found: tuple(sorted(found.items())))


@settings(max_examples=150, deadline=None)
@given(st.lists(changes, max_size=12), bars, st.integers(0, 30))
def test_a_digest_judges_by_the_rule_of_alerts(
    found: list[Change], own: tuple[tuple[int, int | None], ...], hours: int
) -> None:
    since = NOW - hours * HOUR
    expected: dict[int, str] = {}
    for change in found:
        kind = kind_of(judge(change.criteria, Reader(dict(own)))) if change.at > since else ""
        story = change.criteria.story_id
        if kind and KINDS.index(kind) > KINDS.index(expected.get(story, "")):
            expected[story] = kind
    articles = {
        story: [StoredArticle(1, Article("s", "a.md", "T", "https://a.example"), story, NOW)] for story in expected
    }
    matches = {ranked[1]: ranked[4] for ranked in reversed(News(found, articles, CATALOGUE).matches(own, since))}
    kinds = {story: "newly" if m.newly else "near" if m.near else "above" for story, m in matches.items()}
    assert kinds == expected


KINDS = ("", "near", "above", "newly")


def kind_of(verdict: Verdict) -> str:
    """How an article concerns a reader's digest, by what `judge` says of it."""
    if verdict.window is None or verdict.bar is None or verdict.gate is None:
        return "newly" if verdict.gate is None else ""
    if verdict.gate is Gate.NOT_NEW:
        return "above"
    return "near" if verdict.window.upto and verdict.bar - verdict.window.upto <= NEAR else ""


@given(st.lists(st.integers(1, 900), max_size=60), st.integers(300, 3000), st.integers(1, 20))
def test_parts_hold_every_item_once_in_order_and_none_is_too_long(sizes: list[int], room: int, most: int) -> None:
    items = list(range(len(sizes)))
    parts = split(items, sizes, room, most)
    assert [item for part in parts for item in part] == items
    assert all(parts)
    for part in parts:
        assert len(part) <= most
        assert len(part) == 1 or sum(sizes[item] for item in part) <= room


@given(st.lists(st.just(100), min_size=1, max_size=60))
def test_parts_are_about_equally_long(sizes: list[int]) -> None:
    parts = split(list(range(len(sizes))), sizes, 1000, 20)
    assert len(parts) == -(-len(sizes) // 10)
    assert max(map(len, parts)) - min(map(len, parts)) <= len(parts)


@pytest.mark.parametrize(
    ("locale", "words"), [("en", "Fri 27 November"), ("de", "Fr., 27. November"), ("fr", "ven. 27 novembre")]
)
def test_a_date_is_said_in_the_readers_language(locale: str, words: str) -> None:
    spoken = texts("en")
    spoken = type(spoken)(locale, spoken._bundle)
    assert day_in_words(date(2026, 11, 27), spoken) == words


def test_a_story_whose_articles_cannot_be_sent_is_none() -> None:
    stored = StoredArticle(1, Article("s", "a.md", "T", "https://a.example/1", quality=70), 1, NOW)
    news = News((), {1: [stored]}, CATALOGUE)
    assert news.story(2) is None
    story = news.story(1)
    assert story
    assert (story.outlets, story.rank) == (1, 70)
