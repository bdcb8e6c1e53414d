"""Every language says all that English says, with the same values, and so that it can be shown.

The catalogues are read as they are: a new sentence in one language turns these red until all have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

import pytest
from babel import Locale
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.commands import COMMANDS
from bot.messages import MARKS
from bot.texts import FALLBACK, languages, texts

NAMES = {command.name for command in COMMANDS}
OTHERS = [language for language in languages() if language != FALLBACK]
COUNTS = (0, 1, 2, 3, 11, 60, 100, 1_000_000)  # at least one of every plural category of our languages
PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
TAG = re.compile(r"<(/?)(b|i|code)>")
ODD_TAG = re.compile(r"</?(?!(?:b|i|code)>)[a-z]+>")

TOAST, DESCRIPTION, SUMMARY, ARGUMENTS = 200, 100, 60, 60  # characters; the first two are the platforms' own
LABEL = 28  # so that two buttons stand side by side on a phone
PLACEHOLDER = 12  # characters of a name that stands for a longer one

Catalogue = dict[str, ast.Message]


@cache
def catalogue(language: str) -> Catalogue:
    """All messages of a language by key. Fails on what Fluent cannot read, and on a key that is there twice."""
    found: Catalogue = {}
    for file in sorted((files("bot") / "locales" / language).iterdir(), key=lambda entry: entry.name):
        for entry in FluentParser().parse(file.read_text("utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{language}/{file.name}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{language}/{file.name}: {entry.id.name} is there twice"
                found[entry.id.name] = entry
    return found


def keys(language: str) -> list[str]:
    return sorted(catalogue(language))


class Parts(Visitor):
    """What a message is made of: the values it takes, those that choose between forms, and its own words."""

    def __init__(self, message: ast.Message) -> None:
        self.values: set[str] = set()
        self.selectors: set[str] = set()
        self.selections: list[ast.SelectExpression] = []
        self.visit(message)

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - Fluent's own name
        self.values.add(node.id.name)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802
        if isinstance(node.selector, ast.VariableReference):
            self.selectors.add(node.selector.id.name)
        self.selections.append(node)
        self.generic_visit(node)


def samples(language: str, key: str) -> Iterator[dict[str, Any]]:
    """Values for a message: every choice that one of its forms, here or in English, is made for."""
    parts = [Parts(catalogue(one)[key]) for one in (FALLBACK, language)]
    choices: dict[str, Sequence[Any]] = {}
    for name in sorted(parts[0].selectors | parts[1].selectors):
        spelled = {word for part in parts for word in _words(part, name)}
        choices[name] = COUNTS if _counts(spelled) else sorted(spelled)
    plain = {name: "N" * PLACEHOLDER for part in parts for name in part.values}
    for chosen in product(*choices.values()):
        yield {**plain, **dict(zip(choices, chosen, strict=True))}


def _words(parts: Parts, name: str) -> Iterator[str]:
    for selection in parts.selections:
        if isinstance(selection.selector, ast.VariableReference) and selection.selector.id.name == name:
            for variant in selection.variants:
                yield variant.key.name if isinstance(variant.key, ast.Identifier) else f"={variant.key.value}"


def _counts(words: set[str]) -> bool:
    return all(word in PLURALS or word.startswith("=") for word in words)


# ---------------------------------------------------------------- complete


def test_english_spanish_and_arabic_are_there() -> None:
    assert languages()[0] == FALLBACK
    assert {"en", "es", "ar"} <= set(languages())


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_is_missing_and_none_is_left_over(language: str) -> None:
    assert keys(language) == keys(FALLBACK)


@pytest.mark.parametrize("language", OTHERS)
def test_sentences_are_in_the_files_of_their_english_ones(language: str) -> None:
    def places(one: str) -> dict[str, str]:
        return {
            entry.id.name: file.name
            for file in (files("bot") / "locales" / one).iterdir()
            for entry in FluentParser().parse(file.read_text("utf-8")).body
            if isinstance(entry, ast.Message)
        }

    assert places(language) == places(FALLBACK)


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_takes_the_values_of_its_english_one(language: str) -> None:
    for key in keys(FALLBACK):
        wanted, given = Parts(catalogue(FALLBACK)[key]).values, Parts(catalogue(language)[key]).values
        assert given == wanted, f"{language}: {key}"


# ---------------------------------------------------------------- fit to be shown


@pytest.mark.parametrize("language", languages())
def test_every_sentence_can_be_said_with_every_number(language: str) -> None:
    words = texts(language)
    for key in keys(FALLBACK):
        for values in samples(language, key):
            said = words.plain(key, **values)
            assert said.strip(), f"{language}: {key} {values}"
            assert not re.search("[{}\ue000\ue001]", said), f"{language}: {key} says {said}"


@pytest.mark.parametrize("language", OTHERS)
def test_markup_is_balanced_and_that_of_the_english_sentence(language: str) -> None:
    for key in keys(FALLBACK):
        for values in samples(language, key):
            assert tags(language, key, values) == tags(FALLBACK, key, values), f"{language}: {key} {values}"


def tags(language: str, key: str, values: dict[str, Any]) -> dict[str, int]:
    """How often each tag is opened, in a sentence that closes each before it opens the next."""
    pattern = texts(language)._pattern(key, values, [])
    open_tag, found = "", {"b": 0, "i": 0, "code": 0}
    for closing, tag in TAG.findall(pattern):
        assert open_tag == (tag if closing else ""), f"{language}: {key}"
        open_tag = "" if closing else tag
        found[tag] += not closing
    assert not open_tag, f"{language}: {key}"
    assert key.endswith("-arguments") or not ODD_TAG.search(pattern), f"{language}: {key}"
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_typed_is_the_same_in_every_language(language: str) -> None:
    """Commands are not translated, so a sentence that names one names the same."""
    for key in keys(FALLBACK):
        values = next(samples(language, key))
        english, said = (texts(one).plain(key, **values) for one in (FALLBACK, language))
        assert commands_in(said) == commands_in(english), f"{language}: {key}"


def commands_in(said: str) -> set[str]:
    return {name for name in re.findall(r"(?<![a-z0-9/.<])/([a-z]+)", said) if name in NAMES}


@pytest.mark.parametrize("language", languages())
def test_plurals_name_only_categories_of_the_language(language: str) -> None:
    known = {*Locale(language).plural_form.tags, "other"}
    for key, message in catalogue(language).items():
        for selection in Parts(message).selections:
            spelled = {v.key.name for v in selection.variants if isinstance(v.key, ast.Identifier)}
            if spelled <= PLURALS:
                assert spelled <= known, f"{language}: {key}"


@pytest.mark.parametrize("language", languages())
def test_words_that_count_have_the_forms_that_the_language_needs(language: str) -> None:
    """A sentence that tells one from many in English tells apart what this language does."""
    needed = {"ar": {"one", "two"}}.get(language, {"one"})
    for key, message in catalogue(FALLBACK).items():
        if any("one" in set(_words(Parts(message), name)) for name in Parts(message).selectors):
            own = Parts(catalogue(language)[key])
            spelled = {word for name in own.selectors for word in _words(own, name)}
            assert needed <= spelled | {"one" if "=1" in spelled else "", "two" if "=2" in spelled else ""}, (
                f"{language}: {key}"
            )


@pytest.mark.parametrize("language", languages())
def test_menus_fit_where_platforms_show_them(language: str) -> None:
    words = texts(language)
    for command in COMMANDS:
        assert len(words.plain(command.summary)) <= SUMMARY, f"{language}: {command.summary}"
        if command.arguments:
            assert len(words.plain(command.arguments)) <= ARGUMENTS, f"{language}: {command.arguments}"
    assert len(words.plain("discord-channel-option")) <= DESCRIPTION


@pytest.mark.parametrize("language", languages())
def test_buttons_and_toasts_are_short(language: str) -> None:
    words = texts(language)
    for key in keys(FALLBACK):
        for values in samples(language, key):
            if key.startswith("toast-"):
                assert len(words.plain(key, **values)) <= TOAST, f"{language}: {key}"
            if key.startswith("button-"):
                label = "".join(span.text for span in words.text(key, **values) if span not in MARKS)
                longest = max(LABEL, len(texts(FALLBACK).plain(key, **values)) + 4)
                assert len(label) <= longest, f"{language}: {key} is {label}"
