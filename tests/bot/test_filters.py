"""Words and outlets that let a story pass or hold it back, and the command that names them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.filters.grammar import (
    TooManyWords,
    Unclear,
    Wishes,
    amended,
    less,
    parse_wishes,
    without,
    written,
)
from bot.filters import (
    LONGEST_WORD,
    MOST_WORDS,
    Hold,
    Subject,
    WordRefused,
    checked_outlet,
    checked_word,
    held_by,
    subject_of,
)
from bot.model import Article, Provider
from bot.preferences import MOST_OUTLETS, NO_FILTERS, Filters
from bot.topics import Catalogue
from tests.bot.talk import TOPICS

CATALOGUE = Catalogue(TOPICS)
MOTHS = Subject(
    "Moths read faces\nThe AI was said to learn self-driving. Straße, ＡＩ, 顔認識の蛾",
    "Harbour Post",
    "harbour.example",
)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("moths", True),
        ("MOTHS", True),
        ("moth", False),
        ("moth*", True),
        ("ai", True),
        ("aid", False),
        ("read faces", True),
        ("faces read", False),
        ("self-driving", True),
        ("self driving", True),
        ("strasse", True),
        ("顔認識", True),
        ("/m.ths?/", True),
        ("/^the/", False),
        ("/MOTHS|bees/", True),
        (r"/\bdriv\b/", False),
    ],
)
def test_word_is_found_whole_in_any_case_or_by_its_expression(word: str, found: bool) -> None:
    kept = checked_word(word)
    assert held_by(Filters(exclude=(kept,)), MOTHS) == (Hold("exclude", kept) if found else None)
    assert held_by(Filters(require=(kept,)), MOTHS) == (None if found else Hold("require", kept))


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("/straße/", "Die Straße", True),
        ("istanbul", "İSTANBUL ve Ankara", True),
        ("İstanbul", "Istanbul and Ankara", True),
        ("हिन्दी", "हिन्दी समाचार", True),
        ("हिन्दी", "हिन्दु समाचार", False),
        ("كتاب", "هذا كِتَابٌ قديم", True),
        ("كتـــاب", "هذا كتاب قديم", True),
        ("שלום", "שָׁלוֹם־עולם", True),
        ("٢٠٢٦", "Plans for 2026", True),
    ],
)
def test_words_of_every_script_are_found_as_their_readers_write_them(word: str, text: str, found: bool) -> None:
    assert (held_by(Filters(exclude=(checked_word(word),)), Subject(text)) is not None) is found


@pytest.mark.parametrize(
    "entry",
    ["Harbour Post", "harbour post", "HARBOUR  POST", "harbour.example", "www.harbour.example", "Harbour.Example"],
)
def test_outlet_is_meant_by_name_or_domain(entry: str) -> None:
    muted = checked_outlet(entry)
    assert held_by(Filters(muted=(muted,)), MOTHS) == Hold("muted", muted)
    assert held_by(Filters(muted=("Harbour",)), MOTHS) is None


def test_domain_of_an_article_is_its_registrable_one() -> None:
    article = Article("s", "a.md", "T", "https://uk.news.harbour.example/1", provider=Provider("HP"))
    assert held_by(Filters(muted=("harbour.example",)), subject_of(article)) == Hold("muted", "harbour.example")


def test_one_required_word_of_several_is_enough() -> None:
    assert held_by(Filters(require=("kites", "moths")), MOTHS) is None
    assert held_by(Filters(require=("kites", "bees")), MOTHS) == Hold("require", "")


@pytest.mark.parametrize(
    "word",
    ["", "  ", "!?", "-", "/(/", r"/(a)\1/", "/(?=a)/", "/a*/", "/a{1001}/", "x" * (LONGEST_WORD + 1), "/((((/"],
)
def test_word_that_cannot_be_looked_for_is_refused(word: str) -> None:
    with pytest.raises(WordRefused):
        checked_word(word)


def test_an_expression_that_would_hang_a_backtracking_engine_does_not() -> None:
    text = Subject("a" * 50_000)
    began = time.process_time()
    assert held_by(Filters(require=(checked_word("/(a+)+$b/"),)), text) is not None
    assert held_by(Filters(require=(checked_word("/(x+x+)+y/"),)), Subject("x" * 50_000)) is not None
    print(f"\ntwo hostile expressions: {time.process_time() - began:.3f} s of CPU")


# ---------------------------------------------------------------- the command


@pytest.mark.parametrize(
    ("text", "topic", "entries"),
    [
        ("-crypto", None, {"exclude": ("crypto",)}),
        ("-Crypto -NFT", None, {"exclude": ("crypto", "nft")}),
        ("ai: -big tech, +chips", "ai", {"exclude": ("big tech",), "require": ("chips",)}),
        ("computer vision:-x", "computer-vision", {"exclude": ("x",)}),
        ("self-driving, 5-7 ducks", None, {"require": ("self-driving", "5-7 ducks")}),
        ("-from:www.wire.co.uk from:BBC News", None, {"muted": ("wire.co.uk",), "preferred": ("BBC News",)}),
        ("-/a,b (c|d)/ +z", None, {"exclude": ("/a,b (c|d)/",), "require": ("z",)}),
        ('-"big tech" “so what”', None, {"exclude": ("big tech",), "require": ("so what",)}),
        ("#cv: -x", "computer-vision", {"exclude": ("x",)}),
        ("− minus sign", None, {"exclude": ("minus sign",)}),
        ("-crypto، chips", None, {"exclude": ("crypto",), "require": ("chips",)}),
        ('-"part one: the storm"', None, {"exclude": ("part one: the storm",)}),
    ],
)
def test_entries_are_read_with_their_signs(
    text: str, topic: str | None, entries: dict[str, tuple[str, ...]]
) -> None:
    wishes = parse_wishes(text, CATALOGUE)
    assert (wishes.topic.slug if wishes.topic else None, dict(wishes.entries)) == (topic, entries)
    assert not wishes.off


@pytest.mark.parametrize(("text", "outlets"), [("ai: outlets:3", 3), ("outlets:off", 0), ("OUTLETS: 5 -x", 5)])
def test_outlets_are_a_number_or_off(text: str, outlets: int) -> None:
    assert parse_wishes(text, CATALOGUE).outlets == outlets


@pytest.mark.parametrize("text", ["outlets:1", f"outlets:{MOST_OUTLETS + 1}", "outlets:many", "nowhere: -x"])
def test_what_is_unclear_is_named(text: str) -> None:
    with pytest.raises(Unclear, match=text.partition(": ")[0]):
        parse_wishes(text, CATALOGUE)


def test_off_takes_everything_away() -> None:
    wishes = parse_wishes("ai: off", CATALOGUE)
    assert wishes.off
    assert amended(Filters(exclude=("x",), muted=("y",)), wishes) == NO_FILTERS


def test_asking_for_a_word_takes_back_that_it_was_excluded() -> None:
    filters = Filters(exclude=("chips", "x"), muted=("wire.example",))
    wishes = parse_wishes("+chips, from:wire.example", CATALOGUE)
    assert amended(filters, wishes) == Filters(require=("chips",), exclude=("x",))
    assert amended(filters, parse_wishes("-X, -y", CATALOGUE)).exclude == ("chips", "x", "y")


def test_a_filter_is_bounded() -> None:
    full = Filters(exclude=tuple(f"w{n}" for n in range(MOST_WORDS)))
    with pytest.raises(TooManyWords):
        amended(full, Wishes(entries={"exclude": ("one more",)}))
    with pytest.raises(TooManyWords):
        parse_wishes(",".join(f"-w{n}" for n in range(MOST_WORDS + 1)), CATALOGUE)


@given(st.text(max_size=300) | st.text('+-−–/"“”,;: \nafromutlets:3ox\\()[]*', max_size=80))
def test_anything_typed_is_read_or_refused_and_what_is_read_can_be_undone(text: str) -> None:
    try:
        wishes = parse_wishes(text, CATALOGUE)
    except (WordRefused, Unclear, TooManyWords):
        return
    filters = amended(NO_FILTERS, wishes)
    held_by(filters, MOTHS)
    for kind in ("require", "exclude", "muted"):
        entries = getattr(filters, kind)
        assert len(set(entries)) == len(entries) <= MOST_WORDS
        assert getattr(without(filters, kind, entries), kind) == less(entries, entries) == ()


@given(st.text(max_size=40), st.sampled_from(["require", "exclude", "muted", "preferred"]))
def test_an_entry_is_written_as_it_is_read(typed: str, kind: str) -> None:
    checked = checked_outlet if kind in {"muted", "preferred"} else checked_word
    try:
        entry = checked(typed.replace('"', ""))
    except WordRefused:
        return
    assert parse_wishes(written(kind, entry), CATALOGUE).entries == {kind: (entry,)}


@given(st.text(max_size=40), st.text(max_size=200))
def test_no_word_and_no_text_breaks_the_search(word: str, text: str) -> None:
    try:
        kept = checked_word(word)
    except WordRefused:
        return
    assert checked_word(kept) == kept
    held = held_by(Filters(exclude=(kept,)), Subject(f"{text} {word} {text}" if " " not in kept else text))
    assert held is None or held.entry == kept
