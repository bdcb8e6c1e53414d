"""When digests are due: one for each local date asked for, whatever the clocks do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.arranging import arranged
from bot.digests.schedule import (
    DAY,
    LATE,
    Plan,
    following,
    moment,
    next_due,
    plan,
    settled,
    since,
    spread,
    wanted,
    window,
)
from bot.model import Address, Destination, Platform, Schedule

ZONES = sorted(available_timezones() - {"localtime"})
MINUTE = timedelta(minutes=1)

zones = st.sampled_from(ZONES)
minutes = st.integers(0, 1439)
schedules = st.builds(Schedule, minutes, st.integers(1, 127))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001


def reader(schedule: Schedule, zone: str, now: datetime) -> Destination:
    return arranged(Destination(1, Address(Platform.WEB, "anna")), schedule, zone, now).destination


def due_of(destination: Destination) -> datetime:
    assert destination.digest_due is not None
    return destination.digest_due


def days(schedule: Schedule, zone: tzinfo, start: date, end: date) -> list[date]:
    """The dates of a span that were asked for and that exist in a zone."""
    span = [start + n * DAY for n in range((end - start).days)]
    return [day for day in span if wanted(schedule, day) and moment(day, schedule.minute, zone) is not None]


def live(schedule: Schedule, zone: str, begin: datetime, end: datetime) -> Iterator[tuple[datetime, Plan]]:
    """What a reader gets from a tick that is always in time: (when, which)."""
    known = ZoneInfo(zone)
    on = settled(schedule, known, begin)
    while (due := following(schedule, known, on)).at < end:
        found = plan(schedule, known, on, due.at)
        yield due.at, found
        on = found.on


@given(schedules, zones, moments)
def test_the_next_digest_lies_ahead_on_a_date_that_was_asked_for(
    schedule: Schedule, zone: str, now: datetime
) -> None:
    known = ZoneInfo(zone)
    at = next_due(schedule, known, now, None)
    local = at.astimezone(known)
    assert now < at <= now + timedelta(days=15)
    assert wanted(schedule, local.date())
    for fold in (0, 1):  # the wall shows the minute, unless that minute was left out on that date
        wall = datetime.combine(local.date(), datetime.min.time()) + schedule.minute * MINUTE
        back = wall.replace(tzinfo=known, fold=fold).astimezone(UTC).astimezone(known)
        assert local.replace(tzinfo=None) == wall or back.replace(tzinfo=None) != wall


@given(schedules, zones, moments)
def test_a_month_has_exactly_the_dates_asked_for_each_once_and_on_that_date(
    schedule: Schedule, zone: str, begin: datetime
) -> None:
    known = ZoneInfo(zone)
    end = begin + timedelta(days=30)
    got = list(live(schedule, zone, begin, end))
    assert all(at.astimezone(known).date() == found.on and found.late_from is None for at, found in got)
    first, last = begin.astimezone(known).date() - DAY, end.astimezone(known).date() + DAY
    expected = [
        day
        for day in days(schedule, known, first, last)
        if begin < (moment(day, schedule.minute, known) or begin) < end
    ]
    assert [found.on for _, found in got] == expected


@given(schedules, zones, moments, st.lists(st.integers(0, 60 * 24 * 9), min_size=1, max_size=12))
def test_after_any_downtimes_no_date_is_served_twice_and_none_is_lost_unsaid(
    schedule: Schedule, zone: str, now: datetime, gaps: list[int]
) -> None:
    """The tick comes at odd moments; every date asked for is either served or lies in a catch-up that says so."""
    known = ZoneInfo(zone)
    start = settled(schedule, known, now)
    on, due = start, next_due(schedule, known, now, None)
    served: list[date] = []
    covered: list[date] = []
    for gap in gaps:
        now += gap * MINUTE
        if due > now:
            continue
        found = plan(schedule, known, on, now)
        if found.at > now:  # it waits for today's
            assert found.on == now.astimezone(known).date()
            due = found.at
            continue
        late = now - found.at
        assert found.on == now.astimezone(known).date() or late < LATE
        served.append(found.on)
        covered += days(schedule, known, found.late_from or found.on, found.on)
        covered.append(found.on)
        on = found.on
        due = following(schedule, known, on).at
        assert due > now
    assert served == sorted(set(served))
    asked = set(days(schedule, known, start + DAY, on + DAY))
    assert asked <= set(covered)


@given(
    zones,
    moments,
    st.lists(st.tuples(st.integers(0, 60 * 40), st.none() | schedules, zones), min_size=2, max_size=15),
)
def test_changing_hour_and_zone_at_any_moment_gives_no_date_two_digests(
    zone: str, now: datetime, changes: list[tuple[int, Schedule | None, str]]
) -> None:
    destination = reader(Schedule(480), zone, now)
    served: list[date] = []
    for minutes_later, schedule, to in changes:
        until = now + minutes_later * MINUTE
        while destination.digest is not None and due_of(destination) <= until:
            at = due_of(destination)
            assert destination.digest_on is not None
            known = ZoneInfo(destination.timezone)
            found = plan(destination.digest, known, destination.digest_on, at)
            assert found.at == at
            served.append(found.on)
            destination = arranged_on(destination, found.on, at)
        now = until
        before = destination
        changed = arranged(before, schedule, to, now, served_on=served[-1] if served else None)
        destination = changed.destination
        if schedule is not None:
            assert due_of(destination) > now
            if before.digest is not None:
                due_date = due_of(before).astimezone(ZoneInfo(before.timezone)).date()
                new_date = due_of(destination).astimezone(ZoneInfo(to)).date()
                lost = due_date < new_date and wanted(schedule, due_date)
                assert (due_date in changed.left_out) is lost
    assert len(served) == len(set(served))
    assert served == sorted(served)


def arranged_on(destination: Destination, on: date, now: datetime) -> Destination:
    assert destination.digest is not None
    due = following(destination.digest, ZoneInfo(destination.timezone), on)
    return replace(destination, digest_on=on, digest_due=due.at, digest_since=now)


@pytest.mark.parametrize(
    ("zone", "minute", "day", "expected"),
    [
        ("Asia/Kathmandu", 480, date(2026, 3, 1), "2026-03-01T02:15Z"),  # 45 minutes
        ("Australia/Eucla", 480, date(2026, 3, 1), "2026-02-28T23:15Z"),
        ("Asia/Kolkata", 480, date(2026, 3, 1), "2026-03-01T02:30Z"),  # half an hour
        ("Australia/Lord_Howe", 480, date(2026, 1, 10), "2026-01-09T21:00Z"),  # summer time of half an hour
        ("Pacific/Chatham", 480, date(2026, 7, 10), "2026-07-09T19:15Z"),
        ("Europe/Berlin", 150, date(2026, 3, 29), "2026-03-29T01:30Z"),  # 02:30 is left out: 03:30
        ("Europe/Berlin", 150, date(2026, 10, 25), "2026-10-25T00:30Z"),  # 02:30 comes twice: the first
        ("America/Sao_Paulo", 15, date(2018, 11, 4), "2018-11-04T03:15Z"),  # 00:15 is left out: 01:15 that day
        ("America/Havana", 30, date(2026, 3, 8), "2026-03-08T05:30Z"),  # clocks change at midnight
        ("America/Havana", 30, date(2026, 11, 1), "2026-11-01T04:30Z"),  # 00:30 twice
        ("Asia/Beirut", 0, date(2026, 3, 29), "2026-03-28T22:00Z"),  # no midnight: 01:00 of that day
        (
            "America/Nuuk",
            23 * 60 + 30,
            date(2024, 3, 30),
            "2024-03-31T00:30Z",
        ),  # 23:30 is left out: an hour earlier
        ("Africa/Casablanca", 480, date(2026, 2, 25), "2026-02-25T08:00Z"),  # Ramadan: UTC+1 is suspended
        ("Africa/Casablanca", 480, date(2026, 6, 25), "2026-06-25T07:00Z"),
        ("Europe/Istanbul", 480, date(2017, 1, 10), "2017-01-10T05:00Z"),  # summer time for good
        ("America/Mexico_City", 480, date(2026, 7, 10), "2026-07-10T14:00Z"),  # abolished
        ("Pacific/Apia", 480, date(2011, 12, 29), "2011-12-29T18:00Z"),
        ("Pacific/Apia", 480, date(2011, 12, 30), None),  # the day that Samoa did not have
        ("Pacific/Apia", 480, date(2011, 12, 31), "2011-12-30T18:00Z"),
        ("Pacific/Kwajalein", 480, date(1993, 8, 21), None),
        ("Pacific/Kiritimati", 0, date(2026, 3, 1), "2026-02-28T10:00Z"),
        ("Etc/GMT+12", 1439, date(2026, 3, 1), "2026-03-02T11:59Z"),
    ],
)
def test_odd_zones(zone: str, minute: int, day: date, expected: str | None) -> None:
    found = moment(day, minute, ZoneInfo(zone))
    assert found == (datetime.fromisoformat(expected) if expected else None)


def test_the_week_in_which_samoa_had_no_friday() -> None:
    begin = datetime(2011, 12, 26, tzinfo=UTC)
    got = [
        found.on.isoformat() for _, found in live(Schedule(480), "Pacific/Apia", begin, begin + timedelta(days=7))
    ]
    assert got == [f"2011-12-{day}" for day in (26, 27, 28, 29, 31)] + ["2012-01-01", "2012-01-02"]
    fridays = live(Schedule(480, 1 << 4), "Pacific/Apia", begin, begin + timedelta(days=14))
    assert [found.on.isoformat() for _, found in fridays] == ["2012-01-06"]


DOWN = [
    # since when, until when, days, what comes: (on, late from) or the moment that is waited for
    ("2026-11-27T07:00", "2026-11-27T11:00", 127, (date(2026, 11, 27), None)),  # late on its own day
    ("2026-11-26T07:00", "2026-11-27T11:00", 127, (date(2026, 11, 27), date(2026, 11, 26))),  # with today's
    ("2026-11-26T07:00", "2026-11-27T00:10", 127, "2026-11-27T08:00"),  # today's is still to come
    ("2026-11-23T07:00", "2026-11-24T03:00", 1, (date(2026, 11, 24), date(2026, 11, 23))),  # only Mondays: at once
]


@pytest.mark.parametrize(("down", "up", "bits", "expected"), DOWN)
def test_after_a_time_without_us_one_digest_catches_up(
    down: str, up: str, bits: int, expected: tuple[date, date | None] | str
) -> None:
    schedule = Schedule(480, bits)
    on = settled(schedule, UTC, datetime.fromisoformat(down).replace(tzinfo=UTC))
    now = datetime.fromisoformat(up).replace(tzinfo=UTC)
    found = plan(schedule, UTC, on, now)
    if isinstance(expected, str):
        assert found.at == datetime.fromisoformat(expected).replace(tzinfo=UTC)
        assert plan(schedule, UTC, on, found.at).late_from == found.late_from == date(2026, 11, 26)
    else:
        assert (found.on, found.late_from) == expected
        assert found.at <= now


def test_a_late_evening_digest_that_slips_over_midnight_is_still_that_of_its_date() -> None:
    schedule, now = Schedule(23 * 60 + 59), datetime(2026, 11, 28, 0, 20, tzinfo=UTC)
    found = plan(schedule, UTC, date(2026, 11, 26), now)
    assert (found.on, found.late_from) == (date(2026, 11, 27), None)


@given(moments, zones, st.integers(1, 10**6), st.integers(0, 120))
def test_spreading_is_bounded_alike_for_a_chat_and_never_reaches_another_date(
    at: datetime, zone: str, number: int, wide: int
) -> None:
    known, over = ZoneInfo(zone), timedelta(minutes=wide)
    later = spread(at, known, number, over)
    assert at <= later <= at + over
    assert later == spread(at, known, number, over)
    assert later.astimezone(known).date() == at.astimezone(known).date()


def test_few_readers_are_not_spread_and_many_evenly() -> None:
    assert window(1_000, timedelta(minutes=10)) == timedelta(0)
    assert window(6_000, timedelta(minutes=10)) == timedelta(minutes=4)
    assert window(10**6, timedelta(minutes=10)) == timedelta(minutes=10)
    at = datetime(2026, 11, 27, 8, tzinfo=UTC)
    over = timedelta(minutes=10)
    slots = [int((spread(at, UTC, number, over) - at) / MINUTE) for number in range(1, 10_001)]
    assert max(slots.count(slot) for slot in range(10)) < 1_100


def test_a_first_digest_reaches_back_as_far_as_the_next_one_will() -> None:
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)
    daily, weekly = Schedule(480), Schedule(480, 1)
    assert since(daily, following(daily, UTC, now.date()), now) == datetime(2026, 11, 27, 8, tzinfo=UTC)
    assert since(weekly, following(weekly, UTC, now.date()), now) == datetime(2026, 11, 23, 8, tzinfo=UTC)
