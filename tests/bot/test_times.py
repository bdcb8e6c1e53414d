"""The grammar of times, weekdays and quiet hours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.clock.times import ImpossibleTime, Unclear, clock, parse_quiet, parse_schedule, parse_time
from bot.model import Quiet, QuietMode, Schedule

USUAL = Schedule(480)


@pytest.mark.parametrize(
    ("text", "minute", "days"),
    [
        ("08:00", 480, 127),
        ("8am", 480, 127),
        ("8 a.m.", 480, 127),
        ("7:30 p.m.", 1170, 127),
        ("12am", 0, 127),
        ("12pm", 720, 127),
        ("8.00", 480, 127),
        ("0800", 480, 127),
        ("800", 480, 127),
        ("8", 480, 127),
        ("18h30", 1110, 127),
        ("noon", 720, 127),
        ("24:00", 0, 127),
        ("08:00 weekdays", 480, 31),
        ("every day at 9", 540, 127),
        ("mon,thu 7:30", 450, 0b1001),
        ("Mondays and Fridays 7:30", 450, 0b10001),
        ("weekly sunday 18:00", 1080, 64),
        ("weekly", 480, 1),
        ("sat-mon 10", 600, 0b1100001),
        ("weekends", 480, 0b1100000),
        ("08:00 mon - fri", 480, 31),
        ("Monday to Friday 8 a.m.", 480, 31),
        ("sat–mon 10", 600, 0b1100001),
        ("０８：３０", 510, 127),
    ],
)
def test_times_and_days(text: str, minute: int, days: int) -> None:
    assert parse_schedule(text, USUAL) == Schedule(minute, days)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22:00-07:00", Quiet(1320, 420)),
        ("22 - 7", Quiet(1320, 420)),
        ("10pm to 7am silent", Quiet(1320, 420, QuietMode.SILENCE)),
        ("from 22:00 until 7:00", Quiet(1320, 420)),
        ("22:00–07:00 bar 90", Quiet(1320, 420, QuietMode.BAR, 90)),
        ("22:00−07:00", Quiet(1320, 420)),
        ("22:00\u201107:00", Quiet(1320, 420)),
        ("22-7 90+", Quiet(1320, 420, QuietMode.BAR, 90)),
        ("8:00-8:00", None),
    ],
)
def test_quiet_hours(text: str, expected: Quiet | None) -> None:
    assert parse_quiet(text) == expected


@pytest.mark.parametrize("text", ["25:00", "8:60", "13pm", "0am", "99", "1:2:3"])
def test_digits_that_no_clock_shows_are_called_so(text: str) -> None:
    with pytest.raises(ImpossibleTime):
        parse_schedule(text, USUAL)


@pytest.mark.parametrize("text", ["8" + " " * 400_000 + "x", "- " * 200_000, "8 a" * 130_000, "to " * 1300])
def test_a_message_full_of_spaces_or_dashes_does_not_stop_the_bot(text: str) -> None:
    """Spaces were tried in every way to split them, which for this many takes hours."""
    for parse in (lambda: parse_schedule(text, USUAL), lambda: parse_quiet(text)):
        with pytest.raises(Unclear):
            parse()


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_schedule_or_is_said_to_be_none(text: str) -> None:
    try:
        found = parse_schedule(text, USUAL)
    except Unclear:
        pass
    else:
        assert 0 <= found.minute < 1440
        assert 0 < found.days < 128
    try:
        quiet = parse_quiet(text)
    except Unclear:
        return
    assert quiet is None or quiet.start != quiet.end


@given(
    st.integers(0, 1439),
    st.sampled_from(["{h:02}:{m:02}", "{h}:{m:02}", "{h:02}{m:02}", "{h}.{m:02}", "{h}h{m:02}"]),
)
def test_every_minute_is_read_in_every_way_to_write_it(minute: int, form: str) -> None:
    assert parse_time(form.format(h=minute // 60, m=minute % 60)) == minute
    assert parse_time(clock(minute)) == minute
