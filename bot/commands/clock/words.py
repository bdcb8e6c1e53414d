"""The words of times and weekdays in the languages we speak, written as `folded` writes them."""

from __future__ import annotations

import re
import unicodedata

from bot.model import EVERY_DAY

WORKDAYS = 0b0011111
WEEKEND = 0b1100000

OFF = frozenset(
    {"off", "no", "none", "stop", "never", "end", "nunca", "ninguno", "apagar", "apagado", "desactivar", "quitar"}
    | {"لا", "ابدا", "ايقاف", "اوقف", "بدون", "الغا"}
)
NOW = frozenset({"now", "right now", "ahora", "ahora mismo", "ya", "الان", "حالا"})

WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "mon monday mondays mons lun lunes الاثنين اثنين",
            "tue tues tuesday tuesdays tues mar martes الثلاثا ثلاثا",
            "wed weds wednesday wednesdays mie mier miercoles الاربعا اربعا",
            "thu thur thurs thursday thursdays jue jueves الخميس خميس",
            "fri friday fridays fris vie vier viernes الجمعه جمعه",
            "sat sats saturday saturdays sab sabado sabados السبت سبت",
            "sun suns sunday sundays dom domingo domingos الاحد احد",
        )
    )
    for name in names.split()
}

SETS = {
    **dict.fromkeys(("daily", "everyday", "diario", "diaria", "diariamente", "يوميا"), EVERY_DAY),
    **dict.fromkeys(("weekdays", "weekday", "workdays", "workday", "laborables", "habiles"), WORKDAYS),
    **dict.fromkeys(("weekends", "weekend", "findes", "finde"), WEEKEND),
    **dict.fromkeys(("weekly", "semanal", "semanalmente", "اسبوعيا"), 0),
}

NAMED = {"noon": 12 * 60, "midday": 12 * 60, "midnight": 0}

PARTS = {
    "morning": 8 * 60,
    "noon": 12 * 60,
    "afternoon": 15 * 60,
    "evening": 18 * 60,
    "night": 21 * 60,
    "midnight": 0,
}
"""The parts of a day, and the minute that is meant by one alone."""

_ALIKE = {
    "daily": (
        "every day",
        "each day",
        "all days",
        "once a day",
        "cada dia",
        "todos los dias",
        "كل يوم",
        "كل الايام",
    ),
    "weekly": ("every week", "each week", "once a week", "cada semana", "todas las semanas", "كل اسبوع"),
    "weekdays": ("working days", "business days", "entre semana", "dias de semana", "m-f"),
    "weekends": ("fin de semana", "fines de semana"),
    "morning": ("mornings", "manana", "mananas", "صباحا", "الصباح", "صباح", "madrugada", "فجرا"),
    "noon": ("midday", "mediodia", "ظهرا", "الظهر", "ظهر"),
    "afternoon": ("afternoons", "tarde", "tardes", "عصرا", "العصر", "بعد الظهر"),
    "evening": ("evenings", "مسا", "المسا"),
    "night": ("nights", "tonight", "noche", "noches", "ليلا", "الليل"),
    "midnight": ("medianoche", "منتصف الليل"),
    "am": ("ص",),
    "pm": ("م",),
    " ": ("الساعه", "o'clock"),
}
_SAME = {phrase: word for word, phrases in _ALIKE.items() for phrase in phrases}
_PHRASES = re.compile(
    rf"(?<![^\W\d_])(?:{'|'.join(sorted(map(re.escape, _SAME), key=len, reverse=True))})(?![^\W\d_])"
)

_ENGLISH = "at on every each day days and from uhr h hs hrs the in of"
_SPANISH = "el la los las de del por en cada todos todas y e dia dias desde al cerca"
_ARABIC = "كل يوم ايام في عند و من علي بعد تمام"
NOISE = frozenset(f"{_ENGLISH} {_SPANISH} {_ARABIC}".split())
TO = ("to", "until", "till", "through", "a", "hasta", "الي", "حتي", "لغايه")
AND = "و"
"""Arabic writes "and" as the first letter of the next word."""

_LETTERS = str.maketrans({"ة": "ه", "ى": "ي", "ء": None, "ـ": None, "،": ",", "؛": ";", "’": "'"})


def folded(text: str) -> str:
    """Small letters without accents, and of Arabic letters that are written either way the same."""
    if text.isascii():
        return text.casefold()
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return bare.translate(_LETTERS)


def plain_words(text: str) -> str:
    """The phrases of a folded text as our own words for them."""
    return _PHRASES.sub(lambda found: _SAME[found[0]], text)
