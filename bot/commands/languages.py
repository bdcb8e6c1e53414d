"""`/language`, and in which language an answer is given."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from babel import Locale, UnknownLocaleError
from rapidfuzz import fuzz, process

from bot.commands.clock.setting import page
from bot.commands.rights import check_right
from bot.commands.turn import Sorry, Turn
from bot.commands.wording import LONGEST_NAME, packed, short
from bot.messages import Answer, Button, Request
from bot.model import Destination
from bot.texts import bold, language_of, languages

AUTO = "auto"
ALIKE = 75  # of 100: how alike a mistyped language must be


def locale_of(request: Request, there: Destination | None, otherwise: str) -> str:
    """The locale of an answer that is read in the chat `there`.

    What was chosen there wins. Else a person is answered as their platform tells, a room in the room's language.
    """
    room = request.reader is None and not request.private
    if there is not None and (there.locale_chosen or room or not request.locale):
        return there.locale
    return otherwise


def own_name(language: str) -> str:
    """A language's name for itself: "Español"."""
    name = Locale(language).get_display_name(language) or language
    return name[:1].upper() + name[1:]


def named(typed: str) -> str | None:
    """The language that is meant: by its code, or by its name in any of our languages, nearly right."""
    names = {
        _letters(name): code
        for code in languages()
        for name in (code, *(Locale(code).get_display_name(language) or code for language in languages()))
    }
    if (found := names.get(_letters(typed))) is not None:
        return found
    try:  # a locale of a region, like es-MX
        language = Locale.parse(typed.strip().replace("_", "-"), sep="-").language
    except (ValueError, UnknownLocaleError, TypeError):
        language = ""
    if language in languages():
        return language
    near = process.extractOne(_letters(typed)[:40], list(names), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return None if near is None else names[near[0]]


def _letters(name: str) -> str:
    """A name without case, accents and the Arabic article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if c.isalnum())
    return plain.removeprefix("ال")


async def language(turn: Turn, argument: str) -> Answer:
    """`/language [language]`: which one is spoken here, or another from now on."""
    if not argument:
        return language_page(turn)
    wanted = AUTO if turn.request.private and argument.casefold() == AUTO else named(argument)
    if wanted is None:
        typed = f"“{short(argument, LONGEST_NAME)}”"
        return page(turn, [turn.say("language-unknown", typed=typed)], _choices(turn), replaces=False)
    await check_right(turn)
    return await _choose(turn, wanted, replaces=False)


def language_page(turn: Turn, *, replaces: bool = False) -> Answer:
    """The language of the chat, and the others."""
    return page(
        turn, [turn.say("language-now", language=bold(language_name(turn)))], _choices(turn), replaces=replaces
    )


async def press_language(turn: Turn, argument: str) -> Answer:
    """`lang:<code>`; `lang:auto` goes by the platform again."""
    if argument not in languages() and not (turn.request.private and argument == AUTO):
        raise Sorry("stale-button")
    return await _choose(turn, argument, replaces=True)


async def _choose(turn: Turn, wanted: str, *, replaces: bool) -> Answer:
    chosen = wanted != AUTO
    locale = wanted if chosen else turn.request.locale or turn.defaults.locale
    async with turn.storage.write() as work:
        before = await turn.ensure(work)
        await work.destinations.speak(before.id, locale, chosen=chosen)
    if turn.request.reader is None:  # else it was a room's, and whoever chose it goes on reading their own
        turn = replace(turn, locale=locale)
    way_back = language_of(before.locale) if before.locale_chosen or not turn.request.private else AUTO
    undo = [turn.button("button-undo", packed("lang", way_back))] if way_back != wanted else []
    key = "language-chosen" if chosen else "language-auto"
    text = turn.say(key, language=bold(_name(turn, language_of(locale))))
    toast = turn.texts.plain("toast-saved") if replaces else ""
    was, now = own_menu(turn, before), own_menu(turn, replace(before, locale=locale, locale_chosen=chosen))
    answer = page(turn, [text], undo, replaces=replaces, toast=toast)
    return replace(answer, locale=turn.locale, menu=now if now != was else None)


def own_menu(turn: Turn, chat: Destination | None) -> str:
    """The language of a private chat's own command menu; "" where the menu is in that of the app."""
    if chat is None or not chat.locale_chosen or not turn.request.private or turn.request.reader is not None:
        return ""
    chosen = language_of(chat.locale)
    return chosen if chosen != language_of(turn.request.locale) else ""


def language_name(turn: Turn) -> str:
    """What the chat's language is called in that of the answer."""
    return _name(turn, _spoken(turn))


def _name(turn: Turn, language: str) -> str:
    return Locale(language).get_display_name(turn.texts.locale) or language


def _choices(turn: Turn) -> list[Button]:
    """Each language by its own name, for those who cannot read the present one."""
    now = _spoken(turn)
    named = sorted((own_name(code), code) for code in languages())
    buttons = [Button(f"✓ {name}" if code == now else name, packed("lang", code)) for name, code in named]
    auto = turn.request.private and turn.destination is not None and turn.destination.locale_chosen
    return [*buttons, *([turn.button("button-language-auto", packed("lang", AUTO))] if auto else [])]


def _spoken(turn: Turn) -> str:
    """The language of the chat that is spoken of, which its asker may not be reading."""
    there = turn.destination if turn.request.reader is not None else None
    return language_of(there.locale if there else turn.locale)
