"""Quiet hours: when they run, what they do to a message, and what becomes of what they held."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Address, Destination, Kind, Platform, Quiet, QuietMode
from bot.preferences import Look
from bot.quiet import Manner, manner, running, window
from storage.database import Database
from tests.bot.stage import Stage, settled, working
from tests.conftest import Clock
from tests.storage.queue import alert, readers

ANNA = Address(Platform.WEB, "anna")
NIGHT = Quiet(22 * 60, 7 * 60)
ZONES = sorted(available_timezones() - {"localtime"})

quiets = (
    st.tuples(st.integers(0, 1439), st.integers(0, 1439)).filter(lambda t: t[0] != t[1]).map(lambda t: Quiet(*t))
)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def steady(zone: str, now: datetime) -> bool:
    """Whether the clocks of a zone are left alone around a moment."""
    known = ZoneInfo(zone)
    return len({(now + timedelta(hours=h)).astimezone(known).utcoffset() for h in range(-72, 73, 3)}) == 1


@given(quiets, st.sampled_from(ZONES), moments)
def test_they_run_exactly_while_the_wall_clock_is_between_their_ends(
    quiet: Quiet, zone: str, now: datetime
) -> None:
    found = window(quiet, zone, now)
    assert found.since < found.until
    assert now < found.until
    assert found.until - found.since <= timedelta(hours=26)
    assert found.since - now <= timedelta(days=2)
    if steady(zone, now):
        local = now.astimezone(ZoneInfo(zone))
        minute = local.hour * 60 + local.minute
        inside = (
            quiet.start <= minute < quiet.end if quiet.start < quiet.end else not quiet.end <= minute < quiet.start
        )
        assert (now in found) is inside


@given(quiets, st.sampled_from(ZONES), moments)
def test_one_window_follows_the_other_without_overlap(quiet: Quiet, zone: str, now: datetime) -> None:
    first = window(quiet, zone, now)
    second = window(quiet, zone, first.until)
    assert first.until <= second.since or second.since <= first.since  # a night that comes twice is one night
    assert second.until > first.until


@pytest.mark.parametrize(
    ("zone", "now", "since", "until"),
    [
        ("Europe/Berlin", "2026-03-28T22:00", "2026-03-28T21:00", "2026-03-29T05:00"),  # a night of eight hours
        ("Europe/Berlin", "2026-10-24T22:00", "2026-10-24T20:00", "2026-10-25T06:00"),  # and one of ten
        ("Asia/Kathmandu", "2026-05-01T16:15", "2026-05-01T16:15", "2026-05-02T01:15"),
        ("Pacific/Apia", "2011-12-30T09:00", "2011-12-30T08:00", "2011-12-30T17:00"),  # into a day two dates on
        ("UTC", "2026-05-01T12:00", "2026-05-01T22:00", "2026-05-02T07:00"),  # the next
        ("UTC", "2026-05-01T06:59", "2026-04-30T22:00", "2026-05-01T07:00"),
        ("UTC", "2026-05-01T07:00", "2026-05-01T22:00", "2026-05-02T07:00"),  # over
    ],
)
def test_nights(zone: str, now: str, since: str, until: str) -> None:
    found = window(NIGHT, zone, at(now))
    assert (found.since, found.until) == (at(since), at(until))


def test_an_hour_that_a_change_of_clocks_leaves_out_has_no_quiet_hours() -> None:
    found = window(Quiet(2 * 60, 3 * 60), "Europe/Berlin", at("2026-03-29T00:30"))
    assert found.since.date() == date(2026, 3, 30)


@pytest.mark.parametrize(
    ("mode", "kind", "quality", "urgent", "expected"),
    [
        (QuietMode.HOLD, Kind.ALERT, 99, False, Manner.HELD),
        (QuietMode.HOLD, Kind.BROADCAST, 0, False, Manner.HELD),
        (QuietMode.HOLD, Kind.BROADCAST, 0, True, Manner.LOUD),
        (QuietMode.HOLD, Kind.DIGEST, 0, False, Manner.SILENT),
        (QuietMode.HOLD, Kind.RECAP, 0, False, Manner.SILENT),
        (QuietMode.HOLD, Kind.FOLLOW, 0, False, Manner.HELD),
        (QuietMode.HOLD, Kind.UPDATE, 0, False, Manner.SILENT),
        (QuietMode.HOLD, Kind.NOTICE, 0, False, Manner.LOUD),
        (QuietMode.SILENCE, Kind.ALERT, 99, False, Manner.SILENT),
        (QuietMode.SILENCE, Kind.BROADCAST, 0, False, Manner.SILENT),
        (QuietMode.BAR, Kind.ALERT, 90, False, Manner.LOUD),
        (QuietMode.BAR, Kind.ALERT, 89, False, Manner.HELD),
        (QuietMode.BAR, Kind.BROADCAST, 0, False, Manner.HELD),
    ],
)
def test_what_they_do_to_a_message(
    mode: QuietMode, kind: Kind, quality: int, urgent: bool, expected: Manner
) -> None:
    reader = Destination(1, ANNA, quiet=Quiet(22 * 60, 7 * 60, mode, 90))
    assert manner(reader, kind, quality, at("2026-05-01T23:00"), urgent=urgent) is expected
    assert manner(reader, kind, quality, at("2026-05-01T12:00"), urgent=urgent) is Manner.LOUD


def test_without_quiet_hours_nothing_is_quiet() -> None:
    assert running(Destination(1, ANNA), at("2026-05-01T23:00")) is None
    assert manner(Destination(1, ANNA), Kind.ALERT, 5, at("2026-05-01T23:00")) is Manner.LOUD


def test_a_chat_that_wants_no_sound_has_none_at_any_hour() -> None:
    reader = Destination(1, ANNA, quiet=Quiet(22 * 60, 7 * 60, QuietMode.BAR, 90), look=Look(silent=True))
    for kind, quality, hour, expected in [
        (Kind.ALERT, 99, 12, Manner.SILENT),
        (Kind.ALERT, 99, 23, Manner.SILENT),
        (Kind.ALERT, 5, 23, Manner.HELD),
        (Kind.NOTICE, 0, 12, Manner.SILENT),
        (Kind.DIGEST, 0, 12, Manner.SILENT),
    ]:
        assert manner(reader, kind, quality, at(f"2026-05-01T{hour}:00")) is expected


async def test_a_worker_asks_once_more_when_a_message_leaves(storage: Database, clock: Clock) -> None:
    loud, silent, held = await readers(storage, clock, 3)
    await alert(storage, clock, 1)
    quiet, until = Quiet(0, 23 * 60), clock() + timedelta(hours=8)
    silence = replace(quiet, mode=QuietMode.SILENCE)
    async with storage.write() as work:
        await work.schedules.put(
            [
                replace(reader, quiet=wish, quiet_since=clock(), quiet_until=until)
                for reader, wish in ((silent, silence), (held, quiet))
            ]
        )
    stage = Stage()
    async with working(storage, stage, clock):
        await settled(storage, clock, sent=2, pending=1)
    assert {chat for chat, _, _ in stage.sent} == {loud.address.chat, silent.address.chat}
    assert stage.silent == [silent.address.chat]
