"""/digest, /timezone and /quiet, as somebody types them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.digests.rounds import make_round
from bot.model import Quiet, QuietMode, Schedule
from bot.texts import texts
from storage.database import Database
from tests.bot.talk import Talk, publish, talk_of
from tests.conftest import Clock

pytestmark = pytest.mark.sqlite


# ---------------------------------------------------------------- /digest


async def test_a_digest_is_confirmed_with_its_next_moment_and_can_be_undone(anna: Talk) -> None:
    said = await anna.says("/digest 08:00")
    assert "every day at 08:00" in said
    assert "The next digest: tomorrow, Sat 28 Nov, 08:00 UTC." in said
    await anna.says("/timezone Berlin")
    assert "today, Fri 27 Nov, 18:00 your time" in await anna.says("/digest 6pm weekdays")
    assert "every day at 08:00" in await anna.presses("Undo")
    assert (await anna.destination()).digest == Schedule(480)
    assert "No digest from now on" in await anna.says("/digest off")
    assert (await anna.destination()).digest_due is None
    assert "every day at 08:00" in await anna.presses("Undo")
    assert "There is no digest here" in (await anna.says("/digest off"), await anna.says("/digest off"))[1]


async def test_the_state_shows_when_the_next_one_comes(anna: Talk) -> None:
    assert "No digest comes here" in await anna.says("/digest")
    assert "18:00" in await anna.presses("18:00")
    said = await anna.says("/digest")
    assert "today, Fri 27 Nov, 18:00" in said
    assert "You follow no topics yet" in said


async def test_a_digest_is_said_to_fall_into_a_pause_only_where_it_does(anna: Talk) -> None:
    await anna.says("/digest 08:00")
    await anna.says("/pause 2h")
    for asked in ("/digest", "/digest 08:00 weekdays", "/status"):
        said = await anna.says(asked)
        assert "The next digest: " in said, asked
        assert "a paused day has no digest" not in said, asked
    await anna.says("/pause")
    for asked in ("/digest", "/digest 08:00", "/status", "/timezone Berlin"):
        assert "a paused day has no digest" in await anna.says(asked), asked


async def test_where_no_topic_goes_into_it_that_is_said_and_mended_with_a_button(anna: Talk) -> None:
    await anna.says("/subscribe computer vision 60, space 80")
    assert "None of your topics goes into it yet" in await anna.says("/digest 08:00")
    assert "All 2 topics now come in the digest only" in await anna.presses("All in the digest")
    assert await anna.bars() == {"computer-vision": (None, 60), "space": (None, 80)}
    await anna.presses("Undo")
    assert await anna.bars() == {"computer-vision": (60, None), "space": (80, None)}
    await anna.says("/digest")
    await anna.presses("Both")
    assert await anna.bars() == {"computer-vision": (60, 60), "space": (80, 80)}
    assert "2 of your 2 topics go into it" in await anna.says("/digest")


async def test_a_digest_bar_alone_begins_a_digest_at_the_usual_time(storage: Database, clock: Clock) -> None:
    talk = await talk_of(storage, clock, digest_minute=390)
    assert "The next digest: tomorrow, Sat 28 Nov, 06:30 UTC." in await talk.says("/subscribe ai digest 60")
    await talk.says("/digest 9")
    await talk.says("/subscribe space digest 50")
    assert (await talk.destination()).digest == Schedule(540)


async def test_a_date_that_loses_its_digest_is_named(anna: Talk) -> None:
    await anna.says("/digest 18:00")
    assert "There is none on Fri 27 Nov: its hour has passed." in await anna.says("/digest 11:00")
    assert "today, Fri 27 Nov, 18:00" in await anna.presses("Undo")


async def test_a_traveller_never_has_two_of_one_date_and_is_told_so(anna: Talk, clock: Clock) -> None:
    await anna.says("/subscribe computer vision digest 60")
    await anna.says("/timezone Tokyo")
    await anna.says("/digest 08:00")
    await publish(anna, "Lens grows eyes")
    clock.now = datetime.fromisoformat("2026-11-27T23:00Z")  # 08:00 of the 28th in Tokyo
    await make_round(anna.storage, clock(), widest=timedelta(0), written=lambda: None)
    said = await anna.says("/timezone Los Angeles")  # where it is still the 27th
    assert "You had the one of Sat 28 Nov already" in said
    assert "The next digest: Sun 29 Nov, 08:00 your time." in said


async def test_an_hour_later_on_a_date_that_has_its_digest_is_tomorrows(anna: Talk, clock: Clock) -> None:
    await anna.says("/subscribe computer vision digest 60")
    await anna.says("/digest 13:00")
    await publish(anna, "Lens grows eyes")
    clock.now = datetime.fromisoformat("2026-11-27T13:00Z")
    await make_round(anna.storage, clock(), widest=timedelta(0), written=lambda: None)
    said = await anna.says("/digest 18:00")
    assert "You had the one of Fri 27 Nov already; no date has two." in said
    assert "tomorrow, Sat 28 Nov, 18:00" in said


@pytest.mark.parametrize(("off", "again"), [("/digest off", "/digest 13:00"), ("/pause 1h", "/resume")])
async def test_a_digest_that_waits_to_leave_is_withdrawn_and_what_it_had_is_in_the_next(
    anna: Talk, clock: Clock, off: str, again: str
) -> None:
    await anna.says("/subscribe computer vision digest 60")
    await anna.says("/digest 13:00")
    clock.forward(minutes=10)  # the three stories that /subscribe shows are behind
    await publish(anna, "Lens grows eyes")
    clock.now = datetime.fromisoformat("2026-11-27T13:00Z")
    await make_round(anna.storage, clock(), widest=timedelta(0), written=lambda: None)
    assert "Lens grows eyes" in await anna.told()
    clock.forward(minutes=1)
    assert "The digest that was on its way is taken back." in await anna.says(off)
    assert "Lens grows eyes" not in await anna.told()
    clock.forward(hours=2)
    await anna.says(again)
    clock.now = datetime.fromisoformat("2026-11-28T13:00Z")
    await make_round(anna.storage, clock(), widest=timedelta(0), written=lambda: None)
    assert "Lens grows eyes" in await anna.told()


async def test_all_dates_that_were_missed_are_named_when_the_hour_is_changed_before_they_are_made_up_for(
    anna: Talk, clock: Clock
) -> None:
    await anna.says("/digest 23:00")
    clock.now = datetime.fromisoformat("2026-11-30T01:00Z")  # it stood still on the 27th, 28th and 29th
    said = await anna.says("/digest 08:00")
    assert "There is none from Fri 27 Nov to Sun 29 Nov: their hours have passed." in said
    assert "The next digest: today, Mon 30 Nov, 08:00 UTC." in said


async def test_dates_that_were_to_be_made_up_for_today_are_named_when_the_hour_is_changed(
    anna: Talk, clock: Clock
) -> None:
    await anna.says("/digest 20:00")
    clock.now = datetime.fromisoformat("2026-11-29T12:00Z")  # it stood still on the evenings of the 27th and 28th
    await make_round(anna.storage, clock(), widest=timedelta(0), written=lambda: None)
    said = await anna.says("/digest 08:00")
    assert "There is none from Fri 27 Nov to Sun 29 Nov" in said


async def test_an_hour_later_on_a_date_that_had_none_is_todays(anna: Talk) -> None:
    await anna.says("/digest 08:00")
    assert "today, Fri 27 Nov, 18:00" in await anna.says("/digest 18:00")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("/digest 25:00", "25:00 is no time of day"),
        ("/digest blue", "I do not understand blue"),
        ("/quiet 22:00", "I do not understand 22:00"),
        ("/quiet 22:00-25:00", "25:00 is no time of day"),
        ("/quiet 22-7 loud", "I do not understand 22-7 loud"),
        ("/timezone xyzzy", "I know no place called “xyzzy”"),
        ("/timezone +15", "No clock on Earth differs from UTC by +15"),
    ],
)
async def test_what_cannot_be_is_answered_with_the_cause_and_changes_nothing(
    anna: Talk, typed: str, words: str
) -> None:
    said = await anna.says(typed)
    assert words in said
    assert "/" in said  # and what to type instead
    assert not await anna.known()


@pytest.mark.parametrize(
    "action",
    [
        "dig:1440:127",
        "dig:480:0",
        "dig:x",
        "tz:../x",
        "tz:",
        "quiet:1:1:hold:0",
        "quiet:1:2:loud:0",
        "quiet:1:2",
        "quiet:9999:2:hold:0",
        "digall:x",
    ],
)
async def test_a_button_that_was_forged_changes_nothing(anna: Talk, action: str) -> None:
    assert "out of date" in await anna.acts(action)
    assert not await anna.known()


# ---------------------------------------------------------------- /timezone and /quiet


async def test_a_zone_that_can_be_several_is_chosen_by_a_button_with_its_time(anna: Talk) -> None:
    assert "can be several" in await anna.says("/timezone IST")
    assert "Kolkata" in await anna.presses("Kolkata 17:30")
    assert (await anna.destination()).timezone == "Asia/Kolkata"
    assert "UTC" in await anna.presses("Undo")


async def test_a_zone_is_chosen_from_those_that_are_likely_here(anna: Talk) -> None:
    anna.locale = "es-MX"
    assert "/timezone Berlin" in await anna.says("/timezone")
    assert anna.labels()[:2] == ["Ciudad de México 06:00", "Chicago 06:00"]
    await anna.presses("Ciudad de México 06:00")
    assert (await anna.destination()).timezone == "America/Mexico_City"


async def test_another_zone_says_what_waits_and_what_it_lets_go(anna: Talk) -> None:
    await anna.says("/subscribe computer vision")
    await anna.says("/quiet 11:00-14:00")
    await publish(anna, "Lens grows eyes")
    said = await anna.says("/timezone Berlin")  # where it is 13:00
    assert "They run now, until today, Fri 27 Nov, 14:00 your time." in said
    assert "One story waits." in said
    said = await anna.says("/timezone Tokyo")
    assert "They run now" not in said
    assert texts("en").plain("quiet-released", count=1) in said


async def test_quiet_hours_are_set_shown_changed_and_undone(anna: Talk) -> None:
    assert "no quiet hours here" in await anna.says("/quiet")
    assert "22:00–07:00" in await anna.presses("22:00–07:00")
    assert (await anna.destination()).quiet == Quiet(1320, 420)
    assert "without a sound" in await anna.presses("Silent instead")
    assert (await anna.destination()).quiet == Quiet(1320, 420, QuietMode.SILENCE, 0)
    assert "wait" in await anna.presses("Undo")
    assert "from now on" in await anna.says("/quiet 8:00-8:00")
    assert (await anna.destination()).quiet is None


async def test_quiet_hours_say_that_they_run_and_what_waits(anna: Talk) -> None:
    await anna.says("/subscribe computer vision")
    await anna.says("/quiet 11:00-13:00")
    await publish(anna, "Lens grows eyes")
    said = await anna.says("/quiet")
    assert "They run now, until today, Fri 27 Nov, 13:00 UTC." in said
    assert "One story waits." in said


async def test_in_a_room_everybody_may_look_and_only_its_own_may_change(anna: Talk) -> None:
    anna.private, anna.may_change = False, False
    assert "No digest comes here" in await anna.says("/digest")
    assert "Times here are those of" in await anna.says("/timezone")
    for typed in ("/digest 08:00", "/timezone Berlin", "/quiet 22-7"):
        await anna.says(typed)
    assert not await anna.known()
    anna.may_change = True
    await anna.says("/timezone Berlin")
    assert "08:00 Berlin time" in await anna.says("/digest 08:00")


async def test_status_tells_of_both(anna: Talk) -> None:
    await anna.says("/digest 08:00")
    await anna.says("/quiet 22-7")
    said = await anna.says("/status")
    assert "The next digest: tomorrow" in said
    assert "Quiet hours 22:00–07:00" in said


async def test_the_clock_moves_with_an_export(anna: Talk, clock: Clock) -> None:
    import json  # noqa: PLC0415

    from bot.reports import export, import_  # noqa: PLC0415

    await anna.says("/subscribe ai digest 60")
    await anna.says("/timezone Berlin")
    await anna.says("/digest mon,thu 7:30")
    await anna.says("/quiet 22:00-07:00 bar 90")
    data: dict[str, Any] = await export(anna.storage)
    [entry] = data["destinations"]
    assert entry["digest"] == {"at": "07:30", "days": ["mon", "thu"]}
    assert entry["quiet"] == {"from": "22:00", "to": "07:00", "mode": "bar", "bar": 90}
    before = await anna.destination()
    await anna.says("/forget")
    await anna.presses("Delete everything")
    await import_(anna.storage, json.dumps(data), clock())
    after = await anna.destination()
    assert (after.digest, after.quiet, after.timezone) == (before.digest, before.quiet, before.timezone)
    assert after.digest_due == before.digest_due
    assert after.quiet_until == before.quiet_until
