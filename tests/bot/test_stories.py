"""Are two articles the same news, and which story does a new one join?"""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Article, Coverage, Provider
from bot.stories import Account, Rarity, account_of, account_of_coverage, place, same_story, title_key
from bot.stories.words import names_of, stances_of, words_of
from tests.bot.story_samples import Pair, own_pairs

NOW = datetime(2031, 3, 4, 9, tzinfo=UTC)
PAIRS = own_pairs()
RARITY = Rarity.of(account for pair in PAIRS for account in (pair.a, pair.b))
NOTHING_READ = Rarity.of(())


def told(title: str, excerpt: str = "", *, hours: float = 0, page: str = "a", site: str = "x.example") -> Account:
    return Account(title, excerpt, f"https://{site}/{page}", NOW + timedelta(hours=hours))


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zephyr reaches Titan’s orbit — at last", "Zephyr reaches Titan's orbit - at last"),
        ("ＡＩ beats the reigning Go champion", "AI beats the reigning go champion!"),
        ("Straße der Lichter öffnet wieder heute", "STRASSE DER LICHTER ÖFFNET WIEDER HEUTE"),
        ("How  we\tlearned to love fog", "How we learned to love fog..."),
    ],
)
def test_titles_that_differ_in_form_only_have_one_key(one: str, other: str) -> None:
    assert title_key(one) == title_key(other) != ""


@pytest.mark.parametrize("title", ["", "Weekly briefing", "One two three four", "— … !", "青岚科技任命"])
def test_a_title_of_fewer_than_five_words_has_no_key(title: str) -> None:
    assert title_key(title) == ""


def test_a_title_without_blanks_counts_its_characters() -> None:
    assert title_key("青岚科技任命林若溪为首席执行官") != ""


@given(st.text())
def test_a_title_key_is_its_own_key(title: str) -> None:
    assert title_key(title_key(title)) == title_key(title)


def test_inflected_words_are_one_word_and_figures_stay_whole() -> None:
    assert words_of("cities activate") == words_of("city activated")
    assert words_of("65,000 scans in the U.S., 4.5%") == ["65000", "scan", "in", "the", "us", "4.5"]


def test_vowel_signs_do_not_break_words() -> None:
    assert words_of("सौर रेलवे स्टेशन") == ["सौर", "रेलवे", "स्टेशन"]


def test_capitals_name_things_only_where_not_every_word_has_one() -> None:
    assert names_of("The city council of Dunmere met people from Kortex and later the NTSB") == {
        "dunmer",
        "kortex",
        "ntsb",
    }
    assert names_of("The City Council Of Dunmere Met People From Kortex") == set()


@pytest.mark.parametrize(
    ("title", "stances"),
    [
        ("Dunmere bans leaf blowers", set()),
        ("System goes live despite protests", set()),
        ("Dockers protest against drones", {"protest"}),
        ("Mayor reverses toll plan after outcry", {"reversal"}),
        ("Feldspar denies talks", {"denial"}),
        ("Why Feldspar paid so much", {"analysis"}),
        ("12 ways to fold a shirt", {"analysis"}),
        ("Many systems are biased, says US study", set()),
        ("Drones are safe, says Quillon", {"statement"}),
        ("Sonar Glass Market Forecast to 2038", {"market report"}),
    ],
)
def test_a_headline_shows_its_stance(title: str, stances: set[str]) -> None:
    assert stances_of(title) == stances


# ---------------------------------------------------------------- rarity


def test_common_words_weigh_little_and_rare_ones_much() -> None:
    rarity = Rarity.of([f"the rocket number{n} flies" for n in range(300)])
    assert rarity.weight("rocket") < 0.1
    assert rarity.weight("quillon") > 0.8


def test_a_young_installation_takes_everyday_words_for_common() -> None:
    assert NOTHING_READ.weight("polic") < 0.5 < NOTHING_READ.weight("quillon")


def test_the_order_of_texts_does_not_matter() -> None:
    texts = ["one robot over Veldmar", "two robots", "a beam in Veldmar harbour"] * 20
    for word in ("robot", "veldmar", "beam", "absent"):
        assert Rarity.of(texts).weight(word) == Rarity.of(sorted(texts)).weight(word)


@given(st.lists(st.text()), st.text(min_size=1))
def test_a_weight_lies_between_nothing_and_one(texts: list[str], word: str) -> None:
    assert 0 <= Rarity.of(texts).weight(word) <= 1


# ---------------------------------------------------------------- the rule


def test_the_same_address_is_the_same_story_whatever_else_differs() -> None:
    verdict = same_story(told("One", page="p?utm_source=x"), told("Two", page="p", hours=9000), RARITY)
    assert (verdict.same, verdict.reason) == (True, "same address")


def test_a_missing_address_equals_no_other() -> None:
    assert not same_story(Account("One", "", "", NOW), Account("Two", "", "", NOW), RARITY).same


@pytest.mark.parametrize(("days", "same"), [(0, True), (14, True), (14.1, False)])
def test_an_equal_long_title_counts_for_fourteen_days(days: float, same: bool) -> None:
    title = "How Brennick learned to love wolves"
    assert same_story(told(title), told(title.upper(), page="b", hours=24 * days), RARITY).same is same


@pytest.mark.parametrize(("hours", "reason"), [(84, "shared evidence"), (84.1, "too far apart")])
def test_evidence_counts_for_eighty_four_hours(hours: float, reason: str) -> None:
    excerpt = "The Zephyr-9 probe of Castellane entered orbit around Titan after a burn of nine minutes."
    a, b = told("Zephyr-9 enters Titan orbit", excerpt), told("Titan orbit for Zephyr-9", excerpt, page="b")
    later = Account(b.title, b.excerpt, b.url, NOW + timedelta(hours=hours))
    assert same_story(a, later, RARITY).reason == reason


def test_without_a_date_only_the_address_decides() -> None:
    title = "How Brennick learned to love wolves"
    assert not same_story(told(title), Account(title, "", "https://y.example/a"), RARITY).same


def test_the_first_sight_stands_in_for_a_missing_date() -> None:
    article = Article("s", "a.md", "Title", "https://x.example/a")
    item = Coverage("Title", "https://x.example/a", Provider("X"))
    assert account_of(article, NOW).published_at == account_of_coverage(item, NOW).published_at == NOW


def test_boilerplate_in_common_is_no_evidence() -> None:
    furniture = "This story is part of our coverage of CES 2031. Click to share. Global market forecast 2031-2038."
    verdict = same_story(told("Bees in Aldshire", furniture), told("Bus fares rise", furniture, page="b"), RARITY)
    assert (verdict.same, verdict.reason) == (False, "little in common")


def test_another_event_is_named_as_the_reason() -> None:
    [pair] = [pair for pair in PAIRS if pair.name == "reversal the next day"]
    assert same_story(pair.a, pair.b, RARITY).reason == "another event"


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_the_verdict_is_symmetric(pair: Pair) -> None:
    there, back = same_story(pair.a, pair.b, RARITY), same_story(pair.b, pair.a, RARITY)
    assert (there.same, there.reason) == (back.same, back.reason)
    assert there.score == pytest.approx(back.score)


@pytest.mark.parametrize("rarity", [RARITY, NOTHING_READ], ids=["with these texts read", "with nothing read"])
def test_own_samples_reach_precision_and_recall(rarity: Rarity) -> None:
    found = [pair for pair in PAIRS if same_story(pair.a, pair.b, rarity).same]
    right, same = sum(pair.same for pair in found), sum(pair.same for pair in PAIRS)
    print(f"\n{len(PAIRS)} own pairs: precision {right / len(found):.3f}, recall {right / same:.3f}")
    assert right / len(found) >= 0.95
    assert right / same >= 0.8


@given(st.text(), st.text(), st.text(), st.text())
def test_any_text_gets_a_verdict(title: str, excerpt: str, other: str, url: str) -> None:
    a, b = Account(title, excerpt, url, NOW), Account(other, excerpt, "https://x.example/", NOW)
    assert same_story(a, b, RARITY).same == same_story(b, a, RARITY).same


# ---------------------------------------------------------------- placing

FOUNDER = "How Brennick learned to love wolves"


def test_an_article_without_a_match_founds_its_own_story() -> None:
    assert place(told("A title about something else", page="b"), [(1, told(FOUNDER), 50)], RARITY) is None
    assert place(told(FOUNDER), (), RARITY) is None


@pytest.mark.parametrize(
    ("founders", "chosen"),
    [
        ([(1, told(FOUNDER, page="a"), 60), (2, told(FOUNDER, page="b"), 90)], 2),
        ([(1, told(FOUNDER, page="a"), None), (2, told(FOUNDER, page="b"), 0)], 2),
        ([(1, told(FOUNDER, page="a", hours=2), 60), (2, told(FOUNDER, page="b", hours=1), 60)], 2),
        ([(1, told(FOUNDER, page="b"), 60), (2, told(FOUNDER, page="a"), 60)], 2),
    ],
    ids=["quality", "rated before unrated", "earlier date", "address"],
)
def test_an_article_joins_the_strongest_story_it_matches(
    founders: list[tuple[int, Account, int | None]], chosen: int
) -> None:
    newcomer = told(FOUNDER, page="new", hours=3)
    assert place(newcomer, founders, RARITY) == place(newcomer, founders[::-1], RARITY) == chosen


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_placing_decides_as_the_rule_does(pair: Pair) -> None:
    expected = 7 if same_story(pair.b, pair.a, RARITY).same else None
    assert place(pair.b, [(7, pair.a, 50)], RARITY) == expected


def test_placing_among_two_thousand_founders_is_measured() -> None:
    chance = random.Random(7)  # noqa: S311 - made-up texts, the same in every run
    words = sorted({word for pair in PAIRS for word in f"{pair.a.excerpt} {pair.b.excerpt}".split()})
    founders = [
        (n, told(" ".join(chance.choices(words, k=10)), " ".join(chance.choices(words, k=45)), page=str(n)), 50)
        for n in range(2000)
    ]
    rarity = Rarity.of(founder for _, founder, _ in founders)
    begun = time.perf_counter()
    found = [place(pair.a, founders, rarity) for pair in PAIRS]
    print(f"\nplaced among 2,000 founders in {(time.perf_counter() - begun) / len(PAIRS) * 1000:.1f} ms")
    assert found == [None] * len(PAIRS)
