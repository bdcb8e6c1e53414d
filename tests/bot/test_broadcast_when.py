"""Times as an admin types them, in the admin's zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.broadcasts.when import FURTHEST, NoTime, Past, TooFar, parse_when

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)  # a Friday
ZONES = sorted(available_timezones())


@pytest.mark.parametrize(
    ("typed", "zone", "moment"),
    [
        ("tomorrow 9:00", "UTC", "2026-11-28T09:00"),
        ("Tomorrow at 9:00", "Europe/Berlin", "2026-11-28T08:00"),
        ("today 18:30", "America/New_York", "2026-11-27T23:30"),
        ("2026-12-01 18:30", "Asia/Kolkata", "2026-12-01T13:00"),
        ("2026-12-1T18.30", "UTC", "2026-12-01T18:30"),
        ("18:30", "UTC", "2026-11-27T18:30"),
        ("8am", "UTC", "2026-11-28T08:00"),
        ("12 am", "UTC", "2026-11-28T00:00"),
        ("12pm", "UTC", "2026-11-28T12:00"),
        ("friday 8pm", "UTC", "2026-12-04T20:00"),
        ("mon 08:15", "UTC", "2026-11-30T08:15"),
        ("in 2 hours", "UTC", "2026-11-27T14:00"),
        ("mañana a las 9:00", "UTC", "2026-11-28T09:00"),
        ("el lunes 8:15", "UTC", "2026-11-30T08:15"),
        ("dentro de 2 horas", "UTC", "2026-11-27T14:00"),
        ("غدًا الساعة ٩:٠٠", "UTC", "2026-11-28T09:00"),
        ("بعد 3 ساعات", "UTC", "2026-11-27T15:00"),
        ("in 90 minutes", "UTC", "2026-11-27T13:30"),
        ("in 3 days", "UTC", "2026-11-30T12:00"),
        ("tomorrow 9:00", "Nowhere/Else", "2026-11-28T09:00"),
        ("2027-03-28 02:30", "Europe/Berlin", "2027-03-28T01:30"),  # skipped there: 03:30 it is
        ("2027-10-31 02:30", "Europe/Berlin", "2027-10-31T00:30"),  # there twice: the first
    ],
)
def test_a_time_is_read_in_its_zone(typed: str, zone: str, moment: str) -> None:
    assert parse_when(typed, NOW, zone) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_of_an_hour_that_comes_twice_the_one_still_to_come_is_meant() -> None:
    between = datetime(2027, 10, 31, 1, 10, tzinfo=UTC)  # 02:10 in Berlin, for the second time
    for typed in ("2:30", "today 2:30", "2027-10-31 02:30"):
        assert parse_when(typed, between, "Europe/Berlin") == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", NoTime),
        ("soon", NoTime),
        ("tomorrow", NoTime),
        ("9", NoTime),
        ("25:00", NoTime),
        ("9:60", NoTime),
        ("13pm", NoTime),
        ("2026-02-30 9:00", NoTime),
        ("today 11:59", Past),
        ("2020-01-01 9:00", Past),
        ("in 0 minutes", Past),
        ("2028-01-01 9:00", TooFar),
        ("in 400 days", TooFar),
    ],
)
def test_an_impossible_time_says_why(typed: str, fault: type[ValueError]) -> None:
    with pytest.raises(fault):
        parse_when(typed, NOW, "UTC")


@given(st.text(max_size=40), st.sampled_from(ZONES))
def test_whatever_is_typed_is_a_time_ahead_or_one_of_three_faults(typed: str, zone: str) -> None:
    try:
        moment = parse_when(typed, NOW, zone)
    except (NoTime, Past, TooFar):
        return
    assert NOW < moment <= NOW + FURTHEST


@given(
    st.datetimes(NOW.replace(day=28, tzinfo=None), NOW.replace(year=2027, day=20, tzinfo=None)),
    st.sampled_from(ZONES),
)
def test_what_the_zone_has_is_the_minute_that_was_typed(local: datetime, zone: str) -> None:
    moment = parse_when(f"{local:%Y-%m-%d %H:%M}", NOW, zone)
    back = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    wanted = local.replace(second=0, microsecond=0)
    assert back - wanted in {timedelta(0), timedelta(hours=1), timedelta(minutes=30), timedelta(hours=24)}
