"""Every sentence a person reads, from the Fluent catalogues under `locales/`.

Catalogue sentences may carry `<b>…</b>`, `<i>…</i>` and `<code>…</code>`. Values are put in only after that
markup has been read, so nothing a stranger wrote can turn into markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_timedelta
from fluent.runtime import FluentBundle, FluentResource

from bot.messages import Span, Text

Value = str | int | Span | Text

FALLBACK = "en"
_TAG = re.compile(r"<(/?)(b|i|code)>")
_SLOT = re.compile("\ue000(\\d+)\ue001")


class Texts:
    """The sentences of one locale."""

    def __init__(self, locale: str, bundle: FluentBundle) -> None:
        self.locale = locale
        self._bundle = bundle

    def text(self, key: str, /, **values: Value) -> Text:
        """The sentence `key` as spans. Raises KeyError for an unknown key or a missing value."""
        slots: list[Text] = []
        pattern = self._pattern(key, values, slots)
        spans: list[Span] = []
        style = {"b": False, "i": False, "code": False}
        at = 0
        for tag in _TAG.finditer(pattern):
            spans += _fill(pattern[at : tag.start()], slots, style)
            style[tag[2]] = not tag[1]
            at = tag.end()
        spans += _fill(pattern[at:], slots, style)
        return tuple(spans)

    def plain(self, key: str, /, **values: Value) -> str:
        """The sentence `key` without styles: for button labels, menus and toasts."""
        return "".join(span.text for span in self.text(key, **values))

    def ago(self, moment: datetime, now: datetime, *, brief: bool = False) -> str:
        """How long ago, in words of this locale: "3 hours ago", "3h ago"; what lies ahead counts as now."""
        if now - moment < timedelta(minutes=1):
            return self.plain("just-now")
        form: Literal["narrow", "long"] = "narrow" if brief else "long"
        return format_timedelta(moment - now, add_direction=True, locale=self.locale, format=form)

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


def _fill(pattern: str, slots: list[Text], style: Mapping[str, bool]) -> list[Span]:
    out: list[Span] = []
    for number, part in enumerate(_SLOT.split(pattern)):
        if number % 2:
            out += [
                Span(s.text, s.bold or style["b"], s.italic or style["i"], s.code or style["code"], s.url)
                for s in slots[int(part)]
            ]
        elif part:
            out.append(Span(part, style["b"], style["i"], style["code"]))
    return out


@cache
def texts(locale: str) -> Texts:
    """The catalogue for a platform's locale code ("de-AT" falls back to "de", then to English)."""
    try:
        language = Locale.parse(locale.replace("_", "-"), sep="-").language
    except (ValueError, UnknownLocaleError, TypeError):
        language = FALLBACK
    folder = files("bot") / "locales"
    if not (folder / language).is_dir():
        language = FALLBACK
    bundle = FluentBundle([language], use_isolating=False)
    for file in sorted((folder / language).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".ftl"):
            bundle.add_resource(FluentResource(file.read_text("utf-8")))
    return Texts(language, bundle)


def join(parts: list[Text] | tuple[Text, ...], between: str = "\n") -> Text:
    """Several texts as one, with `between` between them."""
    out: list[Span] = []
    for number, part in enumerate(parts):
        if number:
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
