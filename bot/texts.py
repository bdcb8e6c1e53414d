"""Every sentence a person reads, from the Fluent catalogues under `locales/`.

Catalogue sentences may carry `<b>…</b>`, `<i>…</i>` and `<code>…</code>`. Values are put in only after that
markup has been read, so nothing a stranger wrote can turn into markup. What may run the other way than the sentence
(names, links, commands) is set apart by marks, see `bot.messages.MARKS`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_timedelta
from fluent.runtime import FluentBundle, FluentResource

from bot.messages import APART, APART_END, MARKS, RIGHT_TO_LEFT, Span, Text

Value = str | int | Span | Text

FALLBACK = "en"
LONGEST_LOCALE = 20  # characters
_TAG = re.compile(r"<(/?)(b|i|code)>")
_SLOT = re.compile("\ue000(\\d+)\ue001")
_COMMAND = re.compile(r"(?<![a-z0-9/])(/[a-z]+)")  # its slash would change sides in what runs to the left


class Texts:
    """The sentences of one locale. `leftward`: its lines run from right to left, and begin with `line_start`."""

    def __init__(self, locale: str, bundle: FluentBundle) -> None:
        self.locale = locale
        self.leftward = Locale.parse(locale).text_direction == "rtl"
        self.dates = "en_001" if locale == FALLBACK else locale  # in English the day comes first, as elsewhere
        self.line_start: Text = (RIGHT_TO_LEFT,) if self.leftward else ()
        self._bundle = bundle

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return self._bundle.has_message(key)

    def text(self, key: str, /, **values: Value) -> Text:
        """The sentence `key` as spans. Raises KeyError for an unknown key or a missing value."""
        slots: list[Text] = []
        pattern = self._pattern(key, values, slots)
        spans: list[Span] = []
        style = {"b": False, "i": False, "code": False}
        at = 0
        for tag in _TAG.finditer(pattern):
            spans += self._fill(pattern[at : tag.start()], slots, style)
            style[tag[2]] = not tag[1]
            at = tag.end()
        spans += self._fill(pattern[at:], slots, style)
        return tuple(self._lines(spans)) if self.leftward else tuple(spans)

    def plain(self, key: str, /, **values: Value) -> str:
        """The sentence `key` without styles: for button labels, menus and toasts."""
        return "".join(span.text for span in self.text(key, **values) if span != RIGHT_TO_LEFT)

    def apart(self, text: Text) -> Text:
        """`text` for the middle of a sentence: marked where it may run the other way."""
        written = "".join(span.text for span in text)
        if not written or not (self.leftward or _runs_left(written)):
            return text
        first = text[0].text.lstrip(" ")
        gap = Span(" " * (len(text[0].text) - len(first)))  # stays in front, whichever way the piece runs
        return (*((gap,) if gap.text else ()), APART, replace(text[0], text=first), *text[1:], APART_END)

    def ago(self, moment: datetime, now: datetime, *, brief: bool = False) -> str:
        """How long ago, in words of this locale: "3 hours ago", "3h ago"; what lies ahead counts as now."""
        if now - moment < timedelta(minutes=1):
            return self.plain("just-now")
        form: Literal["narrow", "long"] = "narrow" if brief else "long"
        return format_timedelta(moment - now, add_direction=True, locale=self.locale, format=form)

    def _fill(self, pattern: str, slots: list[Text], style: Mapping[str, bool]) -> list[Span]:
        out: list[Span] = []
        for number, part in enumerate(_SLOT.split(pattern)):
            if number % 2:
                filled = tuple(_styled(span, style) for span in slots[int(part)])
                out += filled if style["code"] else self.apart(filled)
            elif part:
                out += self._literal(Span(part, style["b"], style["i"], style["code"]))
        return list(self.apart(tuple(out))) if style["code"] and out else out

    def _literal(self, span: Span) -> Text:
        """A piece of the catalogue's own words, with commands set apart; code is so as a whole."""
        if not self.leftward or span.code:
            return (span,)
        pieces = (replace(span, text=piece) for piece in _COMMAND.split(span.text) if piece)
        return join([self.apart((p,)) if _COMMAND.fullmatch(p.text) else (p,) for p in pieces], "")

    def _lines(self, spans: list[Span]) -> Iterator[Span]:
        """Each line begins with a mark: a client takes the direction of a line from its first letter."""
        yield from self.line_start
        for span in spans:
            first, *others = span.text.split("\n")
            if first:
                yield replace(span, text=first)
            for line in others:
                yield from (Span("\n"), *self.line_start)
                if line:
                    yield replace(span, text=line)

    def _pattern(self, key: str, values: Mapping[str, Value], slots: list[Text]) -> str:
        if not self._bundle.has_message(key):
            raise KeyError(key)
        message = self._bundle.get_message(key)
        if message.value is None:
            raise KeyError(key)
        arguments: dict[str, str | int] = {}
        for name, value in values.items():
            if isinstance(value, int):  # numbers go in as they are: plural rules need them
                arguments[name] = value
                continue
            arguments[name] = f"\ue000{len(slots)}\ue001"
            slots.append(_spans(value))
        pattern, faults = self._bundle.format_pattern(message.value, arguments)
        if faults:
            raise KeyError(f"{key}: {faults[0]}")
        return str(pattern)


def _spans(value: str | Span | Text) -> Text:
    if isinstance(value, str):
        return (Span(value),)
    return (value,) if isinstance(value, Span) else value


def _styled(span: Span, style: Mapping[str, bool]) -> Span:
    if span in MARKS:
        return span
    return Span(span.text, span.bold or style["b"], span.italic or style["i"], span.code or style["code"], span.url)


def _runs_left(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text)


def texts(locale: str) -> Texts:
    """The catalogue for a platform's locale code ("de-AT" falls back to "de", then to English)."""
    return _texts(language_of(locale))


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages there is a catalogue for, the fallback first."""
    folders = sorted(entry.name for entry in (files("bot") / "locales").iterdir() if entry.is_dir())
    return (FALLBACK, *(name for name in folders if name != FALLBACK))


@lru_cache(maxsize=512)
def language_of(locale: str) -> str:
    """The catalogue's language for a locale code, whoever may have made it up."""
    try:
        language = Locale.parse(locale[:LONGEST_LOCALE].replace("_", "-"), sep="-").language
    except (ValueError, UnknownLocaleError, TypeError):
        return FALLBACK
    return language if language in languages() else FALLBACK


@cache
def _texts(language: str) -> Texts:
    folder = files("bot") / "locales"
    bundle = FluentBundle([language], use_isolating=False)
    for file in sorted((folder / language).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".ftl"):
            bundle.add_resource(FluentResource(file.read_text("utf-8")))
    return Texts(language, bundle)


def join(parts: list[Text] | tuple[Text, ...], between: str = "\n") -> Text:
    """Several texts as one, with `between` between them."""
    out: list[Span] = []
    for number, part in enumerate(parts):
        if number and between:
            out.append(Span(between))
        out += part
    return tuple(out)


def bold(text: str) -> Span:
    return Span(text, bold=True)


def code(text: str) -> Span:
    return Span(text, code=True)


def link(text: str, url: str) -> Span:
    return Span(text, url=url)


def plain(text: Text) -> str:
    """A text without its styles."""
    return "".join(span.text for span in text)
