"""Small pieces that answers share: times, rows of buttons, commands in sentences of another direction."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.commands.wording import day_and_time, lately, moment, rows
from bot.messages import Button
from bot.texts import plain, texts

NOW = datetime(2026, 11, 27, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "timezone", "words"),
    [
        (timedelta(minutes=10), "UTC", "today 00:20"),
        (timedelta(hours=6, minutes=28), "UTC", "yesterday 18:02"),
        (timedelta(minutes=40), "Asia/Tokyo", "today 08:50"),
        (timedelta(minutes=40), "America/New_York", "today 18:50"),
        (timedelta(hours=25), "Europe/Berlin", "yesterday 00:30"),
        (timedelta(hours=48), "UTC", "25 November 2026, 00:30 UTC"),
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


@pytest.mark.parametrize(
    ("labels", "lengths"),
    [
        (["Undo", "Latest", "Replay", "More"], [3, 1]),
        (["Computer Vision", "Natural Language", "AI"], [2, 1]),  # three of them would be cut off on a phone
        (["AI", "Space", "Natural Language"], [2, 1]),
        (["Lower the bar for Computer Vision to 62", "Undo"], [1, 1]),
        ([], []),
    ],
)
def test_a_row_holds_as_many_buttons_as_a_phone_shows_whole(labels: list[str], lengths: list[int]) -> None:
    found = rows([Button(label, label) for label in labels])
    assert [len(row) for row in found] == lengths
    assert [button.label for row in found for button in row] == labels


def test_a_command_with_a_value_in_it_stays_in_order_where_lines_run_to_the_left() -> None:
    said = plain(texts("ar").text("simulate-days", topic="ai", most=90))
    assert "\u2068/simulate ai 80 30d\u2069" in said
