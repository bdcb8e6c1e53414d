"""Times as a person of a zone would say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.commands.wording import day_and_time, lately, moment
from bot.texts import texts

NOW = datetime(2026, 11, 27, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "timezone", "words"),
    [
        (timedelta(minutes=10), "UTC", "today 00:20"),
        (timedelta(hours=6, minutes=28), "UTC", "yesterday 18:02"),
        (timedelta(minutes=40), "Asia/Tokyo", "today 08:50"),
        (timedelta(minutes=40), "America/New_York", "today 18:50"),
        (timedelta(hours=25), "Europe/Berlin", "yesterday 00:30"),
        (timedelta(hours=48), "Nowhere/Else", "25 November 2026, 00:30 UTC"),
        (timedelta(hours=48), "Europe/Berlin", "25 November 2026, 01:30 (Europe/Berlin)"),
    ],
)
def test_a_day_is_that_of_the_readers_zone(ago: timedelta, timezone: str, words: str) -> None:
    assert day_and_time(texts("en"), NOW - ago, NOW, timezone) == words
    assert moment(texts("en"), NOW - ago, timezone)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "just now"), (-5, "just now"), (20, "20 seconds ago"), (180, "3 minutes ago")]
)
def test_the_last_minute_is_told_in_seconds(seconds: float, words: str) -> None:
    assert lately(texts("en"), NOW - timedelta(seconds=seconds), NOW) == words
