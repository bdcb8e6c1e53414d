"""What an export says of a chat's clock, read back, and what is said of one that cannot be read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Quiet, QuietMode, Schedule
from bot.portable import portable, quiet_in, schedule_in


@given(st.integers(0, 1439), st.integers(1, 127), st.integers(0, 1439), st.integers(0, 1439))
def test_a_clock_survives_the_way_out_and_in(minute: int, days: int, start: int, end: int) -> None:
    quiet = {"from": start, "to": end, "mode": "bar", "bar": 90}
    entry = portable({"digest": {"at": minute, "days": days}, "quiet": quiet})
    assert schedule_in(entry, 0) == Schedule(minute, days)
    assert quiet_in(entry) == (None if start == end else Quiet(start, end, QuietMode.BAR, 90))


def test_a_digest_without_a_time_comes_at_the_usual_one() -> None:
    assert schedule_in({"digest": {"days": ["mon"]}}, 450) == Schedule(450, 1)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"digest": "08:00"}, "its digest '08:00' is none; write for example"),
        ({"digest": {"at": None}}, "its digest time 'None' is none; write for example 08:00"),
        ({"digest": {"at": "08:00", "days": [["mon"]]}}, "its digest days"),
        ({"digest": {"at": "08:00", "days": []}}, "its digest days"),
        ({"digest": {"at": "25:00"}}, "its digest time '25:00'"),
        ({"quiet": [1]}, "its quiet '[1]' is none; write for example"),
        ({"quiet": {"from": "22:00"}}, "its quiet time 'None' is none; write for example 08:00"),
        ({"quiet": {"from": "22:00", "to": "07:00", "mode": ["hold"]}}, "is none of hold, silent, bar"),
        ({"quiet": {"from": "22:00", "to": "07:00", "mode": "bar", "bar": True}}, "its quiet bar True"),
    ],
)
def test_a_clock_that_cannot_be_read_is_named_with_an_example(entry: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=r"(is|are) none") as fault:
        (schedule_in(entry, 0), quiet_in(entry))
    assert said in str(fault.value)
