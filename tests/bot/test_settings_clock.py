"""Digest, quiet hours and time zone within the one message of settings, and the digest that a topic asks for."""

from __future__ import annotations

import pytest

from bot.model import Quiet, QuietMode, Schedule
from tests.bot.talk import Talk, publish

pytestmark = pytest.mark.sqlite


async def test_the_first_page_says_how_the_clock_is_set(anna: Talk) -> None:
    said = await anna.says("/settings")
    assert "Digest: none" in said
    assert "Quiet hours: none" in said
    assert "Time zone: UTC, where it is 12:00" in said
    assert not await anna.known(), "looking stores nothing"
    await anna.says("/digest 18:30 weekdays")
    await anna.acts("see:digest")
    await anna.presses("08:00")
    await anna.acts("see:digest")
    assert "on weekdays at 18:00" in await anna.presses("18:00"), "the days stay as they are"
    await anna.says("/digest 18:30 weekdays")
    await anna.says("/quiet 22:00-07:00 bar 90")
    await anna.says("/timezone Berlin")
    said = await anna.says("/settings")
    assert "Digest: on weekdays at 18:30" in said
    assert "Quiet hours: 22:00–07:00, only alerts from 90 come through" in said
    assert "Time zone: Berlin, where it is 13:00" in said
    await anna.says("/quiet 22:00-07:00")
    assert "alerts wait for a recap" in await anna.says("/settings")
    await anna.says("/quiet 22:00-07:00 silent")
    assert "come without a sound" in await anna.says("/settings")


async def test_the_clock_is_set_in_place_and_the_way_back_stays(anna: Talk) -> None:
    await anna.says("/subscribe computer vision 60")
    await anna.says("/settings")
    assert "No digest comes here" in await anna.presses("Digest")
    assert anna.last.replaces
    assert "every day at 08:00" in await anna.presses("08:00")
    assert anna.last.replaces
    assert "Your topic now comes in the digest only" in await anna.presses("All in the digest")
    assert "Digest: every day at 08:00" in await anna.presses("‹ Settings")
    assert "There are no quiet hours here" in await anna.presses("Quiet hours")
    await anna.presses("22:00–07:00")
    await anna.presses("Silent instead")
    assert (await anna.destination()).quiet == Quiet(1320, 420, QuietMode.SILENCE)
    await anna.presses("‹ Settings")
    assert "name a city" in await anna.presses("Time zone")
    assert "Berlin 13:00" in anna.labels()
    assert anna.last.replaces
    assert "Topics: one" in await anna.presses("‹ Settings")


async def test_a_typed_command_has_no_way_back_until_a_button_is_pressed(anna: Talk) -> None:
    await anna.says("/quiet")
    assert "‹ Settings" not in anna.labels()
    await anna.presses("22:00–07:00")
    assert "‹ Settings" in anna.labels()


async def test_a_topic_that_goes_into_the_digest_begins_one(anna: Talk) -> None:
    await anna.says("/subscribe computer vision 60")
    assert (await anna.destination()).digest is None
    topic = await anna.topic_id("computer-vision")
    await anna.acts(f"see:topic:{topic}:0")
    assert "The next digest: tomorrow, Sat 28 Nov, 08:00" in await anna.presses("Digest: off")
    assert (await anna.destination()).digest == Schedule(480)
    await anna.says("/digest off")
    assert "But no digest comes here" in await anna.acts(f"see:topic:{topic}:0")


async def test_a_daily_digest_chosen_at_first_contact_is_one_that_comes(anna: Talk) -> None:
    await publish(anna, "Moths read faces", quality=90)
    await anna.says("/start")
    await anna.presses("Computer Vision")
    await anna.presses("Good: 70+")
    assert "The next digest: tomorrow, Sat 28 Nov, 08:00" in await anna.presses("Daily digest")
    assert (await anna.destination()).digest_due is not None


async def test_only_who_may_change_a_room_sets_its_clock_from_its_settings(anna: Talk) -> None:
    await anna.says("/subscribe computer vision 60")
    anna.private, anna.may_change = False, False
    assert "No digest comes here" in await anna.acts("see:digest")
    await anna.acts("dig:480:127")
    await anna.acts("quiet:1320:420:hold:0")
    found = await anna.destination()
    assert (found.digest, found.quiet) == (None, None)
