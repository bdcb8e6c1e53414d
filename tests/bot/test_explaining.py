"""The explanation behind /why: the gates in their order, the verdict, and what would change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.reasons.explaining import Case, Line, explain
from bot.commands.reasons.holding import mark_of
from bot.commands.reasons.remedies import fixes, others
from bot.matching import Criteria, Reader, judge, windows
from bot.model import Article, Kind, Provider, State, StoredArticle
from bot.ports import Carrier
from bot.preferences import Filters, Screen
from bot.topics import Catalogue
from tests.bot.talk import TOPICS

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
CATALOGUE = Catalogue([replace(topic, id=number) for number, topic in enumerate(TOPICS, start=1)])
AI, VISION, FACES, SPACE = 1, 2, 3, 8
ORDER = ["readable", "fresh", "bar", "quiet", "untold", "strongest", "guard"]


def stored(**changes: object) -> StoredArticle:
    values: dict[str, object] = {
        "source": "news",
        "path": "a.md",
        "title": "Moths read faces",
        "url": "https://harbour.example/moths",
        "published_at": NOW - timedelta(hours=3),
        "quality": 57,
        "provider": Provider("Harbour Post"),
        "topics": ("Computer Vision",),
    }
    return StoredArticle(1, Article(**{**values, **changes}), 1, NOW - timedelta(hours=2))  # type: ignore[arg-type]


def case(
    article: StoredArticle | None = None, *, bars: dict[int, int | None] | None = None, **changes: object
) -> Case:
    reader = Reader({VISION: 70} if bars is None else bars)
    values: dict[str, object] = {
        "stored": article or stored(),
        "reader": reader,
        "catalogue": CATALOGUE,
        "now": NOW,
        "fresh_hours": 72,
        "published_only": False,
        "default": 70,
    }
    return Case(**{**values, **changes})  # type: ignore[arg-type]


def of_vision(filters: Filters) -> Screen:
    return Screen(own=((VISION, filters),))


def keys(of: Case) -> list[str]:
    return [line.key for line in explain(of)]


def closed(of: Case) -> list[str]:
    return [line.key for line in explain(of)[1:] if not line.passed]


def test_gates_are_told_in_the_order_in_which_they_are_met() -> None:
    assert keys(case()) == [
        "why-below",
        "gate-readable",
        "gate-fresh",
        "gate-below",
        "gate-quiet",
        "gate-untold",
        "gate-alone",
        "gate-guard",
    ]
    values = explain(case())[0].values
    assert (values["quality"], values["bar"]) == (57, 70)


@pytest.mark.parametrize(
    ("of", "verdict", "action"),
    [
        (case(), "why-below", "set:2:57"),
        (case(stored(quality=7)), "why-below", "set:2:7"),
        (case(stored(quality=None)), "why-unrated", "set:2:0"),
        (case(stored(topics=("Face Recognition",)), bars={AI: 90}), "why-below", "set:1:57"),
        (case(stored(topics=("Space",))), "why-no-topic", "set:8:57"),
        (case(stored(topics=("Space",), quality=99)), "why-no-topic", "set:8:70"),
        (case(bars={}), "why-nothing-followed", "set:2:57"),
        (case(bars={VISION: None}), "why-digest-only", "set:2:57"),
        (case(stored(quality=65), digest_bars={VISION: 60}), "why-digest", "set:2:65"),
        (case(bars={VISION: None}, digest_bars={VISION: 50}), "why-digest-only", "set:2:57"),
        (case(bars={VISION: None}, digest_bars={VISION: 60}), "why-below-digest", "set:2::57"),
        (case(stored(quality=None), bars={VISION: None}, digest_bars={VISION: 1}), "why-unrated", "set:2::0"),
        (case(stored(topics=())), "why-no-topics", None),
        (case(stored(topics=("Unheard of",))), "why-no-topic", None),
        (case(stored(retracted=True)), "why-retracted", None),
        (case(stored(deleted=True, quality=99)), "why-retracted", None),
        (case(stored(published=False)), "why-draft", None),
        (case(stored(published=False, heat=60, quality=99), published_only=True), "why-draft", None),
        (case(stored(published_at=NOW - timedelta(days=9))), "why-stale", None),
        (case(stored(published_at=NOW + timedelta(days=2))), "why-waiting", None),
        (case(stored(quality=99), reader=Reader({VISION: 70}, paused=True)), "why-paused", "/resume"),
        (case(stored(quality=99), reader=Reader({VISION: 70}, barred=True), banned=True), "why-banned", None),
        (case(stored(quality=99), reader=Reader({VISION: 70}, barred=True, paused=True)), "why-uninvited", None),
        (case(stored(quality=99), reader=Reader({VISION: 70}, muted=True)), "why-muted", "unmute:1"),
        (case(stored(quality=99), parked="blocked"), "why-parked", None),
        (case(stored(quality=99), reader=Reader({VISION: 70}, screen=Screen(Filters(exclude=("moths",))))),
         "why-exclude", f"drop:0:x:{mark_of('moths')}"),
        (case(stored(quality=99), reader=Reader({VISION: 70}, screen=of_vision(Filters(require=("kites",))))),
         "why-require", f"drop:2:r:{mark_of('kites')}"),
        (case(stored(quality=99), reader=Reader({VISION: 70}, screen=of_vision(Filters(require=("a", "b"))))),
         "why-require-any", "drop:2:r:all"),
        (case(stored(quality=99), reader=Reader({VISION: 70}, screen=Screen(Filters(muted=("Harbour Post",))))),
         "why-muted-outlet", f"drop:0:m:{mark_of('Harbour Post')}"),
        (case(outlets=2, reader=Reader({VISION: None}, outlets={VISION: 3})), "why-few-outlets", "wait:2:2"),
        (case(outlets=1, reader=Reader({VISION: None}, outlets={VISION: 3})), "why-few-outlets", "set:2:57"),
        (case(outlets=2, reader=Reader({VISION: 70}, outlets={VISION: 3})), "why-below", "set:2:57"),
        (case(stored(quality=99), since={VISION: NOW}), "why-before-you", None),
        (case(stored(quality=99), since={VISION: NOW - timedelta(days=1)}), "why-known", None),
    ],
)  # fmt: skip
def test_verdict_names_the_gate_and_the_button_opens_it(of: Case, verdict: str, action: str | None) -> None:
    assert explain(of)[0] == Line(verdict, passed=False, values=explain(of)[0].values)
    assert [fix.action for fix in fixes(of)] == ([action] if action else [])


def test_ranking_of_the_site_is_no_draft() -> None:
    assert "gate-readable" in keys(case(stored(published=False, heat=-1)))


def test_age_counts_from_when_it_came_not_from_when_one_asks() -> None:
    assert "gate-fresh" in keys(case(now=NOW + timedelta(days=30)))
    assert "gate-any-age" in keys(case(stored(published_at=NOW - timedelta(days=900)), fresh_hours=0))


def test_told_article_says_when_and_which_bar_it_cleared() -> None:
    article = stored(quality=84)
    verdict = explain(case(article, told=(NOW - timedelta(hours=1), article)))[0]
    assert verdict.key == "why-told-because"
    assert (verdict.values["at"], verdict.values["quality"], verdict.values["bar"]) == (
        NOW - timedelta(hours=1),
        84,
        70,
    )
    told = {"told": (NOW, article)}
    assert explain(case(article, bars={VISION: 0}, **told))[0].key == "why-told-any"
    assert explain(case(article, bars={VISION: 99}, **told))[0].key == "why-told"
    assert explain(case(article, bars={}, **told))[0].key == "why-told"
    assert fixes(case(article, bars={VISION: 99}, **told)) == []


def test_told_by_outlets_says_how_many_carry_it() -> None:
    article = stored(quality=7)
    reader = Reader({VISION: 70}, outlets={VISION: 3})
    verdict = explain(case(article, reader=reader, outlets=4, told=(NOW, article)))[0]
    assert (verdict.key, verdict.values["outlets"], verdict.values["bar"]) == ("why-told-outlets", 4, 3)


def test_a_word_that_holds_back_closes_the_fourth_gate_where_the_bar_is_closed_too() -> None:
    of = case(reader=Reader({VISION: 70}, screen=Screen(Filters(exclude=("moths",)))))
    assert closed(of) == ["gate-below", "gate-exclude"]
    assert [fix.action for fix in fixes(of)] == ["set:2:57", f"drop:0:x:{mark_of('moths')}"]


def test_told_by_the_digest_says_which_bar_of_it_was_cleared() -> None:
    article = stored(quality=65)
    of = case(article, told=(NOW, article), digest_bars={VISION: 60}, carrier=Carrier(Kind.DIGEST, State.SENT))
    verdict = explain(of)[0]
    assert (verdict.key, verdict.values["digest"]) == ("why-told-digest", 60)
    assert closed(of) == []
    assert explain(replace(of, reader=Reader({VISION: None})))[0].key == "why-told-digest"


@pytest.mark.parametrize("kind", [Kind.BROADCAST, Kind.FOLLOW])
def test_what_no_bar_brought_is_not_explained_by_a_bar(kind: Kind) -> None:
    article = stored(quality=84)
    told = {"told": (NOW, article), "carrier": Carrier(kind, State.SENT)}
    for bar in (70, 99):
        assert explain(case(article, bars={VISION: bar}, **told))[0].key == f"why-told-{kind}"


@pytest.mark.parametrize(
    ("carrier", "verdict", "gates"),
    [
        (Carrier(Kind.ALERT, State.PENDING, NOW + timedelta(hours=9)), "why-held", ["gate-held"]),
        (Carrier(None, State.PENDING), "why-flood", ["gate-flood"]),
        (Carrier(Kind.ALERT, State.LEASED), "why-owed", []),
        (Carrier(Kind.DIGEST, State.PENDING, NOW + timedelta(minutes=9)), "why-owed", []),
    ],
)
def test_what_is_owed_and_was_not_sent_yet_was_not_got(carrier: Carrier, verdict: str, gates: list[str]) -> None:
    article, stronger = stored(quality=84), replace(stored(quality=104, title="Moth faces"), id=2)
    of = case(article, told=(NOW, article), carrier=carrier, siblings=(stronger,))
    assert explain(of)[0] == Line(verdict, passed=False, values=explain(of)[0].values)
    assert closed(of) == gates
    assert "gate-owed" in keys(of)
    assert fixes(of) == []
    assert explain(replace(of, stored=stronger))[0].key == verdict  # it is the story that waits
    assert explain(replace(of, parked="blocked", carrier=Carrier(Kind.ALERT, State.PARKED)))[0].key == "why-parked"


def test_same_story_names_the_article_by_which_it_was_told_and_offers_to_follow_it() -> None:
    other = replace(stored(title="Faces read by moths", quality=90), id=2)
    of = case(told=(NOW - timedelta(hours=3), other), siblings=(other,))
    verdict = explain(of)[0]
    assert verdict.key == "why-same-story"
    assert verdict.values["ago"] == NOW - timedelta(hours=3)
    assert "Faces read by moths" in str(verdict.values["title"])
    assert verdict.values["at"] == NOW - timedelta(hours=3)
    assert [fix.action for fix in fixes(of)] == ["follow:1"]
    assert fixes(replace(of, reader=Reader({VISION: 70}, follows=True))) == []
    assert fixes(replace(of, reader=Reader({VISION: 70}, muted=True))) == [], "following does not undo muting"


@pytest.mark.parametrize(
    ("of", "who"),
    [
        (case(stored(retracted=True)), "who-retracted"),
        (case(stored(published=False)), "who-draft"),
        (case(stored(published_at=NOW - timedelta(days=9))), "who-stale"),
        (case(stored(topics=())), "who-no-topics"),
        (case(stored(quality=99), since={VISION: NOW}), "who-old"),
        (case(), None),
        (case(stored(quality=99), reader=Reader({VISION: 70}, barred=True), banned=True), None),  # names the order
    ],
)
def test_what_the_reader_cannot_change_says_who_can(of: Case, who: str | None) -> None:
    found = others(of)
    assert (found.key if found else None) == who
    assert found is None or not fixes(of)


def test_stronger_article_of_the_story_leads_where_it_also_matches() -> None:
    article, stronger = stored(quality=80), replace(stored(quality=104, title="Moth faces"), id=2)
    assert explain(case(article, siblings=(stronger,)))[0].key == "why-weaker"
    elsewhere = replace(stronger, article=replace(stronger.article, topics=("Space",)))
    assert "gate-strongest" in keys(case(article, siblings=(elsewhere,)))
    draft = replace(stronger, article=replace(stronger.article, retracted=True))
    assert "gate-strongest" in keys(case(article, siblings=(draft,)))


def test_no_button_is_offered_where_another_gate_stays_closed() -> None:
    assert closed(case(stored(published_at=NOW - timedelta(days=9)))) == ["gate-stale", "gate-below"]
    assert fixes(case(stored(published_at=NOW - timedelta(days=9)))) == []


def test_two_closed_gates_get_a_button_each() -> None:
    of = case(reader=Reader({VISION: 70}, paused=True, muted=False))
    assert [fix.action for fix in fixes(of)] == ["set:2:57", "/resume"]


@given(
    quality=st.none() | st.integers(0, 240),
    bars=st.dictionaries(st.sampled_from([AI, VISION, FACES, SPACE]), st.none() | st.integers(0, 240)),
    topics=st.lists(st.sampled_from([topic.name for topic in TOPICS]), unique=True, max_size=3),
)
def test_explanation_agrees_with_matching_and_its_button_opens_the_gate(
    quality: int | None, bars: dict[int, int | None], topics: list[str]
) -> None:
    article = stored(quality=quality, topics=tuple(topics))
    criteria = Criteria(1, 1, windows(article.article, CATALOGUE, best_before=None))
    of = case(article, bars=bars)
    lines = explain(of)
    assert len(lines) == 1 + len(ORDER)
    matches = judge(criteria, Reader(bars)).gate is None
    assert (lines[3].key == "gate-known") is matches
    assert lines[0].passed is False
    for fix in fixes(of):
        _verb, topic, bar = fix.action.split(":")
        assert judge(criteria, Reader({**bars, int(topic): int(bar)})).gate is None
