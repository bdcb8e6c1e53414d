"""In which language a chat is answered and written to, and how it is changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import content_of
from bot.commands.languages import named, own_name
from bot.messages import Answer, Notice, Payload
from bot.model import Address, Kind, Platform
from bot.ports import Storage
from bot.texts import language_of, languages, texts
from tests.bot.talk import Talk, talk_of

pytestmark = pytest.mark.sqlite

Clock = Callable[[], datetime]
ROOM = Address(Platform.TELEGRAM, "-100123")
ENGLISH, SPANISH, ARABIC = "Your topics", "Tus temas", "مواضيعك"


async def stored(talk: Talk) -> tuple[str, bool]:
    async with talk.storage.read() as work:
        destination = await work.destinations.get(talk.address)
    assert destination is not None
    return destination.locale, destination.locale_chosen


async def lists(talk: Talk) -> str:
    """The heading over the subscriptions, which tells the language of the answer."""
    return (await talk.says("/subscriptions")).splitlines()[0]


# ---------------------------------------------------------------- from the platform


async def test_the_first_language_is_that_of_the_platform(storage: Storage, clock: Clock) -> None:
    talk = await talk_of(storage, clock)
    talk.locale = "es-MX"
    await talk.says("/subscribe ai")
    assert SPANISH in await lists(talk)
    assert talk.last.locale == "es-MX"
    assert await stored(talk) == ("es-MX", False)


async def test_what_is_sent_follows_the_app_that_changed_its_language(storage: Storage, clock: Clock) -> None:
    talk = await talk_of(storage, clock)
    await talk.says("/subscribe ai")
    talk.locale = "ar"
    assert ARABIC in await lists(talk)
    assert await stored(talk) == ("ar", False)


async def test_a_platform_that_tells_no_language_leaves_the_one_that_is_known(
    storage: Storage, clock: Clock
) -> None:
    talk = await talk_of(storage, clock, default_locale="es")
    talk.locale = ""
    await talk.says("/subscribe ai")
    assert SPANISH in await lists(talk)
    talk.locale = "ar"
    await talk.says("/status")
    talk.locale = ""
    assert ARABIC in await lists(talk)


async def test_a_language_without_a_catalogue_is_answered_in_english_and_kept(
    storage: Storage, clock: Clock
) -> None:
    talk = await talk_of(storage, clock)
    talk.locale = "de-AT"
    await talk.says("/subscribe ai")
    assert ENGLISH in await lists(talk)
    assert await stored(talk) == ("de-AT", False)


# ---------------------------------------------------------------- chosen


async def test_a_choice_wins_over_what_the_platform_says_and_can_be_undone(storage: Storage, clock: Clock) -> None:
    talk = await talk_of(storage, clock)
    await talk.says("/subscribe ai")
    assert "English" in await talk.says("/language")
    assert {"✓ English", "Español", "العربية"} <= set(talk.labels())
    assert "español" in await talk.presses("Español")
    assert talk.last.replaces
    assert talk.last.locale == "es"
    assert SPANISH in await lists(talk)
    assert await stored(talk) == ("es", True)
    await talk.says("/language")
    assert {"English", "✓ Español", "العربية", "Como mi aplicación"} <= set(talk.labels())
    await talk.says("/language arabic")
    assert ARABIC in await lists(talk)
    await talk.says("/language inglés")
    await talk.presses("Undo")
    assert ARABIC in await lists(talk)
    await talk.says("/language auto")
    assert ENGLISH in await lists(talk)
    assert await stored(talk) == ("en", False)


async def test_the_first_choice_is_undone_to_the_language_of_the_app(storage: Storage, clock: Clock) -> None:
    talk = await talk_of(storage, clock)
    assert "español" in await talk.says("/language español")
    assert await stored(talk) == ("es", True)
    assert "English" in await talk.presses("Deshacer")
    assert await stored(talk) == ("en", False)


async def test_an_unknown_language_brings_up_those_there_are(storage: Storage, clock: Clock) -> None:
    talk = await talk_of(storage, clock)
    assert "“klingon”" in await talk.says("/language klingon")
    assert {"✓ English", "Español", "العربية"} <= set(talk.labels())
    assert not await talk.known()
    await talk.acts("lang:tlh")
    assert talk.last.toast == texts("en").plain("stale-button")


async def test_in_a_room_its_own_language_is_spoken_to_everybody(storage: Storage, clock: Clock) -> None:
    room = await talk_of(storage, clock)
    room.address, room.private, room.locale = ROOM, False, "es"
    await room.says("/subscribe ai")
    room.locale = "en"
    assert SPANISH in await lists(room)
    await room.says("/language ar")
    assert ARABIC in await lists(room)
    await room.says("/language auto")
    assert await stored(room) == ("ar", True)
    await room.says("/language en")
    await room.presses("Undo")
    assert await stored(room) == ("ar", True)


async def test_a_room_is_changed_by_those_who_may(storage: Storage, clock: Clock) -> None:
    room = await talk_of(storage, clock)
    room.address, room.private, room.may_change = ROOM, False, False
    assert "English" in await room.says("/language")
    assert "Only those who run this chat" in await room.says("/language es")
    await room.acts("lang:es")
    assert "Only those who run this chat" in room.last.toast
    assert not await room.known()


async def test_what_one_person_alone_reads_of_a_room_is_in_the_language_of_that_person(
    storage: Storage, clock: Clock
) -> None:
    anna = await talk_of(storage, clock)
    await anna.says("/language es")
    room = replace(anna, address=ROOM, private=False, locale="en", reader=anna.address)
    await room.says("/subscribe ai")
    assert SPANISH in await lists(room)
    assert "árabe" in await room.says("/language ar")
    assert "A partir de ahora" in await room.says("/language ar")
    assert await stored(room) == ("ar", True)
    assert await stored(anna) == ("es", True)


async def test_a_delivery_is_in_the_language_that_was_chosen(storage: Storage, clock: Clock) -> None:
    talk = await talk_of(storage, clock)
    await talk.says("/language es")
    locale, _ = await stored(talk)
    values: dict[str, str | int] = {"stories": 3, "chats": 1}
    content = content_of(Kind.NOTICE, Payload(key="held-notice", values=values), texts(locale))
    assert isinstance(content, Notice)
    assert "avalanchas" in "".join(span.text for span in content.text)


async def test_silence_has_no_language(storage: Storage, clock: Clock) -> None:
    room = await talk_of(storage, clock)
    room.address, room.private = ROOM, False
    await room.says("hello all")
    assert room.last == Answer()


async def test_the_language_is_part_of_what_export_and_forget_speak_of(storage: Storage, clock: Clock) -> None:
    talk = await talk_of(storage, clock)
    await talk.says("/language es")
    await talk.says("/export")
    assert talk.last.document is not None
    assert b'"locale_chosen": true' in talk.last.document[1]
    await talk.says("/forget")
    await talk.presses("Borrar todo")
    assert ENGLISH in await lists(talk) or "follow" in await lists(talk)


# ---------------------------------------------------------------- what is typed


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("es", "es"), ("ES", "es"), ("es-MX", "es"), ("es_AR", "es"), ("Spanish", "es"), ("spanisch", "es"),
        ("español", "es"), ("Espanol", "es"), ("الإسبانية", "es"), ("إسبانية", "es"),
        ("en", "en"), ("English", "en"), ("inglés", "en"), ("الإنجليزية", "en"), ("en-GB", "en"),
        ("ar", "ar"), ("Arabic", "ar"), ("árabe", "ar"), ("العربية", "ar"), ("عربي", "ar"), ("ar-EG", "ar"),
        ("klingon", None), ("", None), ("/", None), ("🙂", None), ("de", None),
    ],
)  # fmt: skip
def test_a_language_is_known_by_its_code_and_by_its_names(typed: str, language: str | None) -> None:
    assert named(typed) == language


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_language_of_ours_or_none(typed: str) -> None:
    assert named(typed) in {None, *languages()}


@given(st.text(max_size=60))
def test_every_locale_code_leads_to_a_catalogue(locale: str) -> None:
    assert language_of(locale) in languages()
    assert texts(locale).locale in languages()


def test_languages_are_called_as_they_call_themselves() -> None:
    assert [own_name(code) for code in ("en", "es", "ar")] == ["English", "Español", "العربية"]


# ---------------------------------------------------------------- numbers of other scripts


async def test_digits_of_other_scripts_are_bars_and_times(storage: Storage, clock: Clock) -> None:
    talk = await talk_of(storage, clock)
    talk.locale = "ar"
    await talk.says("/subscribe ai ٨٠، space ۶۰")
    assert await talk.bars() == {"ai": (80, None), "space": (60, None)}
    assert "مؤقت حتى" in await talk.says("/pause ٢h")


async def test_the_language_is_one_of_the_settings(storage: Storage, clock: Clock) -> None:
    talk = await talk_of(storage, clock)
    assert "Language: English" in await talk.says("/settings")
    await talk.presses("Language")
    await talk.presses("Español")
    assert "español" in await talk.says("/language")
    await talk.says("/settings")
    await talk.presses("Idioma")
    await talk.presses("‹ Ajustes")
    assert "Idioma: español" in "".join(span.text for notice in talk.notices() for span in notice.text)
