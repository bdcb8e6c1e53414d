"""Time zones by the names people use."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.places import ELSEWHERE
from bot.zones import MOST_OFFERED, Match, NoSuchOffset, find, is_zone, offered, place, zone_of

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def found(text: str, locale: str = "en") -> Match:
    return find(text, locale, NOW)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("berlin time", "Europe/Berlin"),
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Germany", "Europe/Berlin"),
        ("München", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("New York, USA", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Bern", "Europe/Zurich"),
        ("Canberra", "Australia/Sydney"),
        ("Ottawa", "America/Toronto"),
        ("Washington", "America/New_York"),
        ("India", "Asia/Kolkata"),
        ("Calcutta", "Asia/Kolkata"),
        ("Kiev", "Europe/Kyiv"),
        ("US/Pacific", "America/Los_Angeles"),
        ("ET", "America/New_York"),
        ("JST", "Asia/Tokyo"),
        ("utc", "UTC"),
        ("GMT", "UTC"),
        ("Z", "UTC"),
        ("+0", "UTC"),
        ("UTC-3", "Etc/GMT+3"),
        ("utc +5", "Etc/GMT-5"),
        ("−3", "Etc/GMT+3"),
        ("+0545", "Asia/Kathmandu"),
        ("+5:30", "Asia/Kolkata"),
        ("+14", "Etc/GMT-14"),
        ("Etc/GMT+5", "Etc/GMT+5"),
    ],
)
def test_a_name_that_means_one_zone(text: str, zone: str) -> None:
    match = found(text)
    assert (match.zones, match.sure) == ((zone,), True)


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("IST", {"Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"}),
        ("PST", {"America/Los_Angeles", "Asia/Manila"}),
        ("CST", {"America/Chicago", "Asia/Shanghai"}),
        ("CET", {"Europe/Paris", "Africa/Algiers"}),
        ("USA", {"America/New_York", "America/Los_Angeles", "Pacific/Honolulu"}),
        ("Brazil", {"America/Sao_Paulo", "America/Noronha"}),
        ("Georgia", {"Asia/Tbilisi", "America/New_York"}),
    ],
)
def test_a_name_that_means_several_gives_them_to_choose_from(text: str, some: set[str]) -> None:
    match = found(text)
    assert match.sure
    assert some <= set(match.zones)


@pytest.mark.parametrize(
    ("typed", "meant"), [("Berln", "Europe/Berlin"), ("Tokio", "Asia/Tokyo"), ("New Dehli", "Asia/Kolkata")]
)
def test_a_mistyped_name_brings_up_the_nearest(typed: str, meant: str) -> None:
    match = found(typed)
    assert not match.sure
    assert match.zones[0] == meant


def test_names_of_the_readers_language_are_known() -> None:
    assert found("Mexiko-Stadt", "de").zones == ("America/Mexico_City",)
    assert found("Москва", "ru").zones == ("Europe/Moscow",)
    assert found("CET", "de").zones[0] == "Europe/Berlin"
    assert found("Berlin", "no such locale").zones == ("Europe/Berlin",)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Москва", "Europe/Moscow"),
        ("Мадрид", "Europe/Madrid"),
        ("Αθήνα", "Europe/Athens"),
        ("東京", "Asia/Tokyo"),
        ("서울", "Asia/Seoul"),
        ("Moscú", "Europe/Moscow"),
        ("القاهرة", "Africa/Cairo"),
        ("Alemania", "Europe/Berlin"),
    ],
)
def test_a_name_is_known_in_its_own_letters_and_in_every_language_that_is_spoken_here(text: str, zone: str) -> None:
    assert find(text, "en", NOW, ("en", "es", "ar")) == Match((zone,))


def test_clocks_that_differ_within_a_year_are_asked_about_and_others_are_not() -> None:
    july = NOW.replace(month=7)
    assert set(find("+9:30", "en", july).zones) == {"Australia/Darwin", "Australia/Adelaide"}
    assert find("+5:30", "en", july).zones == ("Asia/Kolkata",)


@pytest.mark.parametrize(
    ("locale", "current", "first"),
    [
        ("es-MX", "UTC", "America/Mexico_City"),
        ("es", "UTC", "Europe/Madrid"),
        ("ar", "UTC", "Africa/Cairo"),
        ("de", "UTC", "Europe/Berlin"),
        ("fi", "UTC", "America/Los_Angeles"),
        ("en", "Europe/Berlin", "Africa/Casablanca"),
        ("is-IS", "UTC", "Atlantic/Reykjavik"),
    ],
)
def test_zones_are_offered_by_language_and_near_the_present_one(locale: str, current: str, first: str) -> None:
    zones = offered(locale, NOW, current)
    assert zones[0] == first
    assert len(zones) == len(set(zones)) == MOST_OFFERED
    assert current not in zones
    assert all(is_zone(zone) for zone in zones)


def test_a_bare_offset_offers_places_whose_clocks_change() -> None:
    match = found("UTC+2")
    assert match.zones == ("Etc/GMT-2",)
    assert "Europe/Athens" in match.instead


@pytest.mark.parametrize("text", ["+15", "-13", "UTC+5:17", "+99"])
def test_an_offset_that_no_clock_shows_is_refused(text: str) -> None:
    with pytest.raises(NoSuchOffset):
        found(text)


@pytest.mark.parametrize("text", ["", "?", "asdfghjkl", "🌍", "12", "/" * 500, "a" * 2000])
def test_what_is_no_place_gives_nothing(text: str) -> None:
    assert found(text).zones == ()


@settings(max_examples=40, deadline=None)  # the first look at a language reads its names
@given(st.text(max_size=60), st.sampled_from(["en", "de", "ar", "zh-Hans"]))
def test_whatever_is_typed_gives_only_zones_that_exist(text: str, locale: str) -> None:
    try:
        match = find(text, locale, NOW)
    except NoSuchOffset:
        return
    assert all(is_zone(zone) for zone in (*match.zones, *match.instead))


def test_every_place_of_our_own_list_leads_to_a_zone() -> None:
    for name, zones in ELSEWHERE.items():
        assert set(found(name).zones) <= set(zones), name
        assert all(is_zone(zone) for zone in zones), name


def test_every_zone_is_found_by_its_own_name_and_can_be_shown() -> None:
    canonical = [name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV"))]
    lost = [name for name in canonical if not found(name).zones]
    assert lost == []
    assert all(place(name, "en") for name in canonical)
    assert (place("Etc/GMT-5", "en"), place("Etc/GMT+3", "en"), place("UTC", "en")) == ("UTC+5", "UTC−3", "UTC")


def test_a_zone_that_is_known_to_nobody_is_utc() -> None:
    assert zone_of("Europe/Atlantis") is UTC
    assert zone_of("../etc/passwd") is UTC
    assert zone_of("Europe/Berlin") == ZoneInfo("Europe/Berlin")
