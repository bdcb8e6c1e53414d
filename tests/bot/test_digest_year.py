"""A simulated year of digests: what a thousand readers in forty zones get is what each asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.digests.schedule import DAY
from bot.model import Schedule
from tests.bot.test_schedule import live

YEAR = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
DATES = [date(2026, 1, 2) + n * DAY for n in range(363)]  # those that lie in that year all over the world
FORTY = (
    "Pacific/Apia Pacific/Auckland Pacific/Chatham Pacific/Kiritimati Pacific/Honolulu Pacific/Marquesas "
    "America/Anchorage America/Los_Angeles America/Phoenix America/Denver America/Chicago America/Mexico_City "
    "America/New_York America/Havana America/Caracas America/Halifax America/St_Johns America/Sao_Paulo "
    "America/Nuuk America/Santiago Atlantic/Azores Africa/Casablanca Europe/London Europe/Dublin Europe/Berlin "
    "Europe/Athens Africa/Cairo Asia/Beirut Europe/Istanbul Asia/Tehran Asia/Dubai Asia/Kabul Asia/Karachi "
    "Asia/Kolkata Asia/Kathmandu Asia/Yangon Asia/Shanghai Australia/Eucla Australia/Adelaide Australia/Lord_Howe"
)


def test_a_year_of_a_thousand_readers_in_forty_zones_shows_exactly_the_days_asked_for() -> None:
    wishes = (127, 31, 96, 1, 64, 0b1010101)
    print(f"\n{'zone':24}{'readers':>8}{'asked':>8}{'sent':>8}  earliest and latest UTC")
    total = 0
    for number, zone in enumerate(FORTY.split()):
        known = ZoneInfo(zone)
        asked = sent = 0
        hours: set[str] = set()
        for one in range(25):
            schedule = Schedule((number * 31 + one * 59) % 1440, wishes[one % len(wishes)])
            got = list(live(schedule, zone, *YEAR))
            dates = [found.on for _, found in got if DATES[0] <= found.on <= DATES[-1]]
            expected = [day for day in DATES if schedule.days >> day.weekday() & 1]
            assert dates == expected
            assert all(at.astimezone(known).date() == found.on for at, found in got)
            assert len({at for at, _ in got}) == len(got)
            asked, sent = asked + len(expected), sent + len(dates)
            hours |= {f"{at:%H:%M}" for at, _ in got}
        total += sent
        print(f"{zone:24}{25:>8}{asked:>8}{sent:>8}  {min(hours)} {max(hours)}")
    print(f"{'all':24}{1000:>8}{'':>8}{total:>8}")
    assert total > 1000 * 52
