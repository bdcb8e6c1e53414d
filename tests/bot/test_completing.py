"""What is offered to a person who is typing topics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.completing import MOST, completed
from bot.commands.parsing import parse_order
from bot.model import Topic
from bot.topics import Catalogue

TOPICS = Catalogue(
    [
        Topic("ai", "Artificial Intelligence", aliases=("ai", "machine learning"), hashtags=("#AI",)),
        Topic("computer-vision", "Computer Vision", parent="ai", aliases=("cv",), hashtags=("#Seeing",)),
        Topic("vision-zero", "Vision Zero"),
        Topic("space", "Space"),
        Topic("rock-paper", "Rock, Paper, Scissors"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("comp", "Computer Vision"),
        ("VISION", "Vision Zero"),  # what begins with it comes first
        ("cv", "Computer Vision"),
        ("#seeing", "Computer Vision"),
        ("machine", "Artificial Intelligence"),
        ("computr vison", "Computer Vision"),
        ("comp 80", "Computer Vision 80"),
        ("space any digest 60", "Space any digest 60"),
        ("space, comp 80", "space, Computer Vision 80"),
        ("space 70,comp", "space 70, Computer Vision"),
        ("rock", "rock-paper"),
    ],
)
def test_best_offer_completes_the_last_topic(typed: str, best: str) -> None:
    assert completed(typed, TOPICS)[0] == best


def test_topics_that_are_named_already_are_not_offered_again() -> None:
    assert "ai, Computer Vision" in completed("ai, ", TOPICS)
    assert "ai, Artificial Intelligence" not in completed("ai, ", TOPICS)


def test_nothing_typed_offers_everything_but_never_more_than_a_platform_shows() -> None:
    assert len(completed("", TOPICS)) == 5
    many = Catalogue([Topic(f"topic-{n}", f"Topic {n}") for n in range(100)])
    assert len(completed("topic", many)) == MOST


def test_nonsense_offers_nothing() -> None:
    assert completed("qqqqqqqq", TOPICS) == []


@given(st.text(alphabet=st.sampled_from("ai, #comp8vison\n\u0660") | st.characters(), max_size=60))
def test_offers_are_few_and_each_is_another_topic(typed: str) -> None:
    offers = completed(typed, TOPICS)
    assert len(offers) == len(set(offers)) <= len(TOPICS)
    words = [topic.slug if "," in topic.name else topic.name for topic in TOPICS]
    assert all(any(word in offer.rpartition(",")[2] for word in words) for offer in offers)


def test_offer_is_understood_when_it_is_sent() -> None:
    order = parse_order(completed("space, comp 80", TOPICS)[0], TOPICS, 70)
    assert [wish.topic.slug for wish in order.wishes if wish.topic] == ["space", "computer-vision"]
    assert [wish.bars.alert for wish in order.wishes if wish.bars] == [80, 80]
