"""What `/why` offers: all of it together lets the article through, whatever the reader has chosen."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.commands.reasons.explaining import Case, criteria_of
from bot.commands.reasons.holding import mark_of
from bot.commands.reasons.remedies import fixes
from bot.matching import Reader, judge
from bot.preferences import Filters, Screen
from tests.bot.test_explaining import AI, CATALOGUE, FACES, SPACE, VISION, case, closed, of_vision, stored

WORDS = ("moths", "faces", "kites", "bees")
bars_ = st.none() | st.integers(0, 120)
filters_ = st.builds(
    Filters,
    require=st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple),
    exclude=st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple),
    muted=st.sampled_from([(), (), ("Harbour Post",)]),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A reader with whatever can be chosen, and an article that was not told."""
    followed = draw(st.lists(st.sampled_from([AI, VISION, FACES, SPACE]), unique=True))
    own = tuple((topic, draw(filters_)) for topic in followed if draw(st.booleans()))
    reader = Reader(
        {topic: draw(bars_) for topic in followed},
        paused=draw(st.booleans()),
        muted=draw(st.booleans()),
        outlets={topic: draw(st.integers(2, 5)) for topic in followed if draw(st.booleans())},
        screen=Screen(draw(filters_), own),
    )
    names = [CATALOGUE.by_id(topic).name for topic in (VISION, FACES, SPACE)]
    topics = draw(st.lists(st.sampled_from(names), unique=True, min_size=1))
    return case(
        stored(quality=draw(bars_), topics=tuple(topics)),
        reader=reader,
        digest_bars={topic: draw(bars_) for topic in followed},
        outlets=draw(st.integers(1, 5)),
        parked=draw(st.sampled_from([None, None, "blocked"])),
    )


def after(of: Case, action: str) -> Case:
    """The case once its reader has pressed this button."""
    verb, *parts = action.strip("/").split(":")
    reader = of.reader
    if verb == "resume":
        return replace(of, reader=replace(reader, paused=False))
    if verb == "unmute":
        return replace(of, reader=replace(reader, muted=False))
    topic = int(parts[0])
    if verb == "wait":
        return replace(of, reader=replace(reader, outlets={**reader.outlets, topic: int(parts[1])}))
    if verb == "drop":
        filters = reader.screen.of(topic) if topic else reader.screen.of_all
        kind = {"x": "exclude", "r": "require", "m": "muted"}[parts[1]]
        kept = [entry for entry in getattr(filters, kind) if parts[2] not in (mark_of(entry), "all")]
        filters = replace(filters, **{kind: tuple(kept)})
        own = tuple((t, filters if t == topic else one) for t, one in reader.screen.own)
        return replace(of, reader=replace(reader, screen=Screen(reader.screen.of_all if topic else filters, own)))
    assert verb == "set"
    alert, digest = (int(part) if part else None for part in (*parts[1:], "")[:2])
    bars = {**reader.bars, topic: reader.bars.get(topic) if alert is None else alert}
    digests = {**of.digest_bars, topic: of.digest_bars.get(topic) if digest is None else digest}
    return replace(of, reader=replace(reader, bars=bars), digest_bars=digests)


def test_every_word_that_holds_it_back_gets_its_button() -> None:
    of = case(
        stored(quality=99), reader=Reader({VISION: 70}, screen=Screen(Filters(exclude=("moths", "bees", "faces"))))
    )
    assert [fix.action for fix in fixes(of)] == [f"drop:0:x:{mark_of(word)}" for word in ("moths", "faces")]


def test_a_word_of_the_topic_whose_bar_is_closed_too_is_no_surprise_later() -> None:
    of = case(reader=Reader({VISION: 70}, screen=of_vision(Filters(exclude=("moths",)))))
    assert closed(of) == ["gate-below", "gate-exclude"]
    assert [fix.action for fix in fixes(of)] == ["set:2:57", f"drop:2:x:{mark_of('moths')}"]


@given(cases())
def test_all_that_is_offered_together_lets_the_article_through(of: Case) -> None:
    offered = fixes(of)
    for fix in offered:
        of = after(of, fix.action)
    if offered:
        assert len(closed(of)) == 1
        assert closed(of)[0] in {"gate-known", "gate-digest", "gate-digest-only"}
        by_alert = closed(of) == ["gate-known"]
        reader = of.reader if by_alert else Reader(of.digest_bars, screen=of.reader.screen)
        assert judge(criteria_of(of, of.stored), reader).gate is None
