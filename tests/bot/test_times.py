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
        ("daily 8", 480, 127),
        ("once a day 8", 480, 127),
        ("M-F 8", 480, 31),
        ("tues thurs 7", 420, 0b1010),
        ("morning", 480, 127),
        ("every evening", 1080, 127),
        ("morning at 9", 540, 127),
        ("8 in the evening", 1200, 127),
        ("08:15 at night", 1215, 127),
        ("2 at night", 120, 127),
        ("12 at night", 0, 127),
        ("12 noon", 720, 127),
        ("20:00 night", 1200, 127),
        ("lunes y jueves a las 8", 480, 0b1001),
        ("Lunes a viernes a las 7:30", 450, 31),
        ("todos los días 8 de la mañana", 480, 127),
        ("cada miércoles 18h", 1080, 0b100),
        ("entre semana por la noche", 1260, 31),
        ("fines de semana 10", 600, 0b1100000),
        ("semanal martes 9", 540, 0b10),
        ("كل يوم ٨ صباحًا", 480, 127),
        ("يوميًا ٨:٣٠", 510, 127),
        ("الاثنين والخميس ١٨:٣٠", 1110, 0b1001),
        ("من الأحد إلى الخميس، الساعة 7", 420, 0b1001111),
        ("الجمعة 9 مساءً", 1260, 0b10000),
        ("8ص", 480, 127),
        ("أسبوعيا السبت 10", 600, 0b100000),
        ("منتصف الليل", 0, 127),
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
        ("de 22:00 a 7:00", Quiet(1320, 420)),
        ("desde las 22 hasta las 7", Quiet(1320, 420)),
        ("10 de la noche a 7 de la mañana", Quiet(1320, 420)),
        ("من ١٠ مساءً إلى ٧ صباحًا", Quiet(1320, 420)),
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


@pytest.mark.parametrize("text", ["every 2 days", "18:00 in the morning", "8 hours", "3 times a day", "mondaze 8"])
def test_what_means_something_else_is_not_guessed_at(text: str) -> None:
    with pytest.raises(Unclear):
        parse_schedule(text, USUAL)


NAMES = (
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
    ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
    ["الإثنين", "الثلاثا", "الاربعاء", "خميس", "جمعه", "سبت", "احد"],
)
DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")


@given(
    st.sampled_from(NAMES),
    st.sets(st.integers(0, 6), min_size=1),
    st.sampled_from([", ", "،", " y ", " و", " and "]),
    st.integers(0, 1439),
    st.sampled_from(DIGITS),
    st.booleans(),
)
def test_weekdays_and_times_are_read_in_every_language_and_order(
    names: list[str], days: set[int], between: str, minute: int, digits: str, time_first: bool
) -> None:
    named = between.join(names[day] for day in sorted(days))
    time = clock(minute).translate(str.maketrans("0123456789", digits))
    text = f"{time} {named}" if time_first else f"{named} {time}"
    assert parse_schedule(text, USUAL) == Schedule(minute, sum(1 << day for day in days))


@given(
    st.sampled_from(NAMES),
    st.integers(0, 6),
    st.integers(0, 6),
    st.sampled_from(["-", " – ", " to ", " a ", " إلى "]),
)
def test_a_span_of_weekdays_runs_to_its_last_one_and_over_the_weekend(
    names: list[str], first: int, last: int, to: str
) -> None:
    found = parse_schedule(f"{names[first]}{to}{names[last]}", USUAL)
    assert [day for day in range(7) if found.days >> day & 1] == sorted(
        (first + n) % 7 for n in range((last - first) % 7 + 1)
    )


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
