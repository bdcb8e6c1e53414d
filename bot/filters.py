"""Words and outlets that let a story pass or hold it back. Pure.

A word is found as a whole word, in any case; several words are a phrase; `layoff*` also finds what begins with it;
`/expression/` is a regular expression. Those are run by RE2, whose time grows with the text alone: no expression
that a stranger types can hold the others up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import re2

from bot.model import Article, Provider
from bot.preferences import Filters, Screen
from bot.stories import outlet_domain

MOST_WORDS = 50  # in one filter, of each kind
LONGEST_WORD = 100  # characters, expressions included
MEMORY = 1 << 20  # bytes for one expression; RE2 refuses what needs more

_WORD = re.compile(r"\w+")
_EXPRESSION = re.compile(r"/(.+)/", re.DOTALL)
_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.case_sensitive = False
_OPTIONS.max_mem = MEMORY
# Scripts that put no blanks between words: Thai, Lao, Burmese, Khmer; kana, Han. A word of these is found anywhere.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


# Vowel signs that are mostly left out in Hebrew and Arabic, and the stroke that stretches an Arabic word.
_LEFT_OUT = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4]"
)


class WordRefused(ValueError):  # noqa: N818 - it is said to a person, as the others are
    """A word that cannot be looked for; `args[0]` is the word."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What filters look at: the words of an article, and who published it."""

    text: str = ""
    provider: str = ""
    domain: str = ""


NO_SUBJECT = Subject()


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a story is held back: `kind` is the field of Filters that does it, `entry` the word or outlet.

    Where none of several required words occurs, `entry` is "".
    """

    kind: str
    entry: str = ""


def subject_of(article: Article) -> Subject:
    """An article as filters see it."""
    provider = article.provider
    return Subject(f"{article.title}\n{article.excerpt}", provider.name, outlet_domain(provider, article.url))


def held_by(filters: Filters, subject: Subject) -> Hold | None:
    """The first thing in these filters that holds the article back; None lets it pass."""
    return next(holds(filters, subject), None)


def holds(filters: Filters, subject: Subject) -> Iterator[Hold]:
    """Everything in these filters that holds the article back."""
    for outlet in filters.muted:
        if is_outlet(outlet, subject.provider, subject.domain):
            yield Hold("muted", outlet)
    for word in filters.exclude:
        if _occurs(word, subject.text):
            yield Hold("exclude", word)
    if filters.require and not any(_occurs(word, subject.text) for word in filters.require):
        yield Hold("require", filters.require[0] if len(filters.require) == 1 else "")


def screened(screen: Screen, topic_id: int, subject: Subject) -> Hold | None:
    """The first thing in a chat's filters that holds the article back from its subscription to a topic."""
    return held_by(screen.of_all, subject) or held_by(screen.of(topic_id), subject)


def is_outlet(entry: str, provider: str, domain: str) -> bool:
    """Whether `entry`, a name or a domain as somebody wrote it, means this outlet."""
    wanted = _letters(entry)
    return bool(wanted) and (wanted == _letters(provider) or entry.casefold() == domain)


def prefers(outlets: Iterable[str], provider: Provider, url: str) -> bool:
    """Whether one of these entries means the outlet of an item."""
    domain = outlet_domain(provider, url)
    return any(is_outlet(outlet, provider.name, domain) for outlet in outlets)


def checked_word(word: str) -> str:
    """The word as it is kept. Raises WordRefused where it holds nothing to look for, or RE2 refuses it."""
    word = " ".join(unicodedata.normalize("NFKC", word).split())
    expression = _EXPRESSION.fullmatch(word)
    if len(word) > LONGEST_WORD:
        raise WordRefused(word[:LONGEST_WORD])
    if expression is None:
        if not _WORD.search(word):
            raise WordRefused(word)
        return word.casefold()
    try:
        matches_nothing = _compiled(expression[1]).search("") is not None
    except re2.error:
        raise WordRefused(word) from None
    if matches_nothing:  # it would be found in every text
        raise WordRefused(word)
    return word


def checked_outlet(outlet: str) -> str:
    """A name or domain as it is kept: of an address the registrable domain. Raises WordRefused."""
    outlet = " ".join(unicodedata.normalize("NFKC", outlet).split())
    if len(outlet) > LONGEST_WORD or not _WORD.search(outlet):
        raise WordRefused(outlet[:LONGEST_WORD])
    if "." in outlet and " " not in outlet:
        return outlet_domain(Provider(outlet, outlet), "") or outlet
    return outlet


def _occurs(word: str, text: str) -> bool:
    expression = _EXPRESSION.fullmatch(word)
    if expression is not None:
        try:
            return _compiled(expression[1]).search(_composed(text)) is not None
        except re2.error:  # stored by a version with another engine
            return False
    if _UNSPACED.search(word):
        return word in _folded(text)
    end = "" if word.endswith("*") else " "
    return f" {_letters(word)}{end}" in f" {_letters(text)} "


def _compiled(expression: str) -> Any:
    """RE2 keeps the latest 128 expressions compiled by itself."""
    return re2.compile(expression, _OPTIONS)


@lru_cache(maxsize=256)  # one text is looked at for many readers
def _letters(text: str) -> str:
    """Its words with one blank between them. The signs of Indian vowels are no letters, and yet part of words."""
    text = _folded(text)
    if text.isascii():
        return " ".join(_WORD.findall(text))
    return " ".join("".join(map(_in_word, _LEFT_OUT.sub("", text))).split())


def _in_word(char: str) -> str:
    """A sign as it stands in a word, digits of every script as ours; a blank for what stands in none."""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return char if char.isalnum() or char == "_" or unicodedata.category(char).startswith("M") else " "


@lru_cache(maxsize=256)
def _folded(text: str) -> str:
    return _composed(text).casefold().replace("i\u0307", "i")  # what becomes of the dotted capital I of Turkish


@lru_cache(maxsize=256)
def _composed(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
