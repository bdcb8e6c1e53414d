"""The pure parts of a broadcast: its figures, its words, its stages."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord import faults as discord
from adapters.telegram import faults as telegram
from bot.broadcasts.course import PLACES
from bot.broadcasts.progress import CELLS, bar, changed_much, pace, percent, reasons, seconds_needed
from bot.broadcasts.stages import WAYS, Act, allowed
from bot.broadcasts.wording import in_words, progress, receipt
from bot.broadcasts.writing import TITLE, named, written
from bot.cards import content_of
from bot.errors import Gone
from bot.messages import Notice
from bot.model import Address, Kind, Platform
from bot.ports import Broadcast, Missed, Radius, Stage, Tally, Target
from bot.texts import plain, texts

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
RUNNING = Broadcast(12, Stage.RUNNING, "telegram:7", "Lanterns", Target(), 1, total=100, started_at=NOW)


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_bar_is_full_exactly_when_all_is_done(done: int, total: int) -> None:
    shown = bar(done, total)
    assert len(shown) == CELLS
    assert (shown.count("▓") == CELLS) == (done >= total) == (percent(done, total) == 100)


def test_the_time_left_follows_the_rate_of_the_last_look() -> None:
    shown = replace(RUNNING, progress_at=NOW, progress_done=40)
    lately = pace(shown, Tally(sent=50), NOW + timedelta(seconds=5))
    assert (lately.rate, lately.minutes) == (2.0, 1)
    assert pace(shown, Tally(sent=40), NOW + timedelta(seconds=5)).minutes is None
    assert pace(RUNNING, Tally(), NOW).minutes is None


def test_the_commonest_reasons_are_named_and_the_rest_is_counted() -> None:
    failed = {"blocked": 5, "a": 1, "b": 1, "c": 1}
    assert reasons(failed) == "5 × blocked\n1 × a\n1 × b\n1 × …"
    assert reasons({}) == ""


@given(st.dictionaries(st.sampled_from(list(Platform)), st.integers(1, 10**6)), st.floats(0.1, 1000))
def test_platforms_send_side_by_side_so_the_slowest_decides(counts: dict[Platform, int], rate: float) -> None:
    needed = seconds_needed(Radius(counts), dict.fromkeys(Platform, rate))
    assert needed == max((n / rate for n in counts.values()), default=0)


@pytest.mark.parametrize(
    ("shown", "now", "much"),
    [
        (100, 109, False),
        (100, 110, True),
        (3, 12, False),
        (3, 13, True),
        (20_000, 19_000, False),
        (20_000, 18_000, True),
    ],
)
def test_a_tenth_and_ten_chats_more_or_fewer_are_asked_for_again(shown: int, now: int, *, much: bool) -> None:
    assert changed_much(shown, now) is much


def test_every_stage_but_the_last_ones_leads_on_and_every_act_leads_somewhere() -> None:
    assert set(WAYS) == set(Act)
    ends = {stage for stage in Stage if not any(allowed(stage, act) for act in Act)}
    assert ends == {Stage.CANCELLED, Stage.RECALLED}
    assert {way.to for way in WAYS.values()} == set(Stage)


@given(st.text(max_size=300))
def test_a_text_keeps_its_words_but_for_the_marks_of_links(text: str) -> None:
    spans, picture = written(text)
    said = plain(spans)
    assert all(span.text for span in spans)
    assert len(said) <= len(text)
    if "[" not in text and picture is None:
        assert said == text.strip()
    assert all(span.url.startswith(("http://", "https://")) for span in spans if span.url is not None)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://a.example/b.", ["https://a.example/b"]),
        ("(https://a.example/b)", ["https://a.example/b"]),
        ("[a](https://a.example) [b](javascript:alert(1))", ["https://a.example"]),
        ("[a](ftp://a.example) plain", []),
    ],
)
def test_links_are_found_and_only_those_that_lead_to_the_web(text: str, links: list[str]) -> None:
    assert [span.url for span in written(text)[0] if span.url] == links


@pytest.mark.parametrize(
    "last", ["http://a.example/b.png", "https://a.example/b", "https://a.example/b.png c", "b.png"]
)
def test_what_is_no_picture_stays_in_the_text(last: str) -> None:
    spans, picture = written(f"Words\n{last}")
    assert picture is None
    assert last in plain(spans)


def test_a_long_text_is_listed_by_its_first_words() -> None:
    assert named(written("word " * 50)[0]).endswith("word…")
    assert len(named(written("x" * 500)[0])) <= TITLE


@pytest.mark.parametrize("stage", [Stage.RUNNING, Stage.PAUSED, Stage.CORRECTING, Stage.RECALLING, Stage.STOPPED])
@pytest.mark.parametrize(
    "tally", [Tally(), Tally(40, 30, {"<b>blocked</b>": 3}, 2), Tally(100), Tally(60, 40, held=40)]
)
def test_progress_and_receipt_are_sentences_in_every_stage(stage: Stage, tally: Tally) -> None:
    one = replace(RUNNING, stage=stage, title="<b>Lanterns</b>")
    places = [Missed(Address(Platform.WEB, f"r{n}"), "<i>", "<b>blocked</b>") for n in range(PLACES)]
    shown = [progress(one, tally, NOW, texts("en"))]
    if stage is not Stage.PAUSED:  # a paused one goes on first
        shown.append(receipt(one, tally, places if tally.failed else (), NOW, texts("en")))
    for payload in shown:
        content = content_of(Kind.NOTICE, payload, texts("en"))
        assert isinstance(content, Notice)
        words = plain(content.text)
        assert "<b>Lanterns</b>" in words
        assert "blocked" not in words
        assert ("refused by the platform" in words) == bool(tally.failed)


def test_every_reason_for_which_a_chat_is_closed_has_a_sentence() -> None:
    """A table tells of each error what becomes of it; some ask more of the error than a bare one can tell."""
    reasons = set()
    for row in (*telegram.TABLE, *discord.TABLE):
        with contextlib.suppress(AttributeError, TypeError, ValueError):
            error = row.meaning(Exception())  # type: ignore[arg-type]
            reasons |= {str(error)} if isinstance(error, Gone) else set()
    assert len(reasons) > 12
    assert {in_words(reason, texts("en")) for reason in reasons}.isdisjoint({texts("en").plain("missed-refused")})


def said(tally: Tally, one: Broadcast = RUNNING) -> str:
    content = content_of(Kind.NOTICE, progress(one, tally, NOW, texts("en")), texts("en"))
    assert isinstance(content, Notice)
    return plain(content.text)


def test_a_broadcast_of_which_nothing_leaves_says_so() -> None:
    counted = replace(RUNNING, progress_at=NOW - timedelta(seconds=5), progress_done=40)
    assert "Nothing leaves at the moment" in said(Tally(40, 60), counted)
    assert "1 a second, about a minute left" in said(Tally(45, 55), counted)
    assert "Just begun" in said(Tally(0, 100))


def test_what_quiet_hours_hold_is_not_to_go_and_delays_no_estimate() -> None:

    total = RUNNING.total
    assert "held" not in said(Tally(1, total - 1))
    assert f"1 sent, 0 failed, {total - 4} to go, 3 held by quiet hours" in said(Tally(1, total - 1, held=3))
    assert "leaves when the quiet hours of its chat are over" in said(Tally(total - 3, 3, held=3))
