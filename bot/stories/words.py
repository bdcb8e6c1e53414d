"""From text to the words that can carry evidence. Every script counts; nothing here knows a language but for
the English lists of `vocabulary` and a light English stem.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.stories.vocabulary import BOILERPLATE, COMMON, CONTEXT_WORDS, FREQUENT, QUESTION_WORDS, REPORT, STANCES

FEWEST_TITLE_WORDS = 5
"""Shorter titles ("Weekly briefing") come back with other news under them, so they never count as equal."""

TITLE_READ = 500
"""Characters of a title that are looked at: real ones have at most 150."""

CONTRARY = frozenset(("protest", "criticism", "denial", "reversal"))
"""Stances that turn an event around or against it."""

MARKET_REPORT = "market report"
"""The stance of the serial studies that are all worded alike, so that only their subject tells them apart."""

# Scripts without blanks between words, and Hangul, whose particles are glued to the words.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
# Vowel signs and accents of their own belong to the word, though they are not letters to `re`.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u0dff"
_TOKEN = re.compile(rf"[{_UNSPACED}]+|(?:(?![{_UNSPACED}])(?:[^\W_]|[{_MARKS}]))+(?:\.[0-9]+)*")
_ASCII_TOKEN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")  # the same for plain text in lower case, several times faster
_PAIRED = re.compile(rf"[{_UNSPACED}]")
_HIRAGANA = re.compile("[\u3040-\u309f]+")
_YEAR = re.compile(r"(?:19|20)\d\d")

_QUOTES = str.maketrans("‘’ʼ‚“”„‐‑‒–—―", "''''\"\"\"------")
_POSSESSIVE = re.compile(r"(?<=\w)'s\b", re.IGNORECASE)
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_CONTEXT = re.compile(rf"\b(?:{CONTEXT_WORDS.replace(' ', '|')})\b[^,;:]*", re.IGNORECASE)
_LIST = re.compile(r"(?:the )?(?:top |best )?\d+ (?!percent|million|billion)[a-z]+ ", re.IGNORECASE)
_SOURCE = re.compile(
    r"\b(?:says?|said) (?:[\w.-]+ ){0,3}(?:study|report|survey|research|data|sources?|officials?)\b", re.IGNORECASE
)
"""Whose words the news rests on ("..., says US study") is not a statement about it."""

_LETTERS = re.compile(r"[^\W\d_]{4,}")
_NAME = re.compile(r"(?<=[\w,;'\"(&-] )['\"(]?([A-Z][^\W_]*)|\b([A-Z]{2,}[0-9]*)\b")
_HEADLINE_CASE = 0.6
"""Share of capitalised words from which capitals tell nothing, because the whole line is written so."""


def title_key(title: str) -> str:
    """The title as it is compared for equality: NFKC, case and punctuation folded, single blanks.

    Answers "" for fewer than `FEWEST_TITLE_WORDS` words (two characters count as a word in scripts without
    blanks), so that it is never equal to another.
    """
    tokens = _tokens(title[:TITLE_READ])
    words = sum(len(token) / 2 if _PAIRED.match(token) else 1 for token in tokens)
    return " ".join(tokens) if words >= FEWEST_TITLE_WORDS else ""


def words_of(text: str) -> list[str]:
    """The words of a text in their order, folded and stemmed; character pairs where words are not spaced."""
    words = []
    for token in _tokens(text):
        if _PAIRED.match(token):
            words += [token[i : i + 2] for i in range(max(1, len(token) - 1))]
        else:
            words.append(_stem(token))
    return words


@lru_cache(maxsize=20_000)
def is_telling(word: str) -> bool:
    """Whether a word of `words_of` can be evidence: no common word, boilerplate, bare year or lone letter."""
    if word in _SILENT or _YEAR.fullmatch(word) or _HIRAGANA.fullmatch(word):
        return False
    return len(word) > 1 or word.isdigit()


def is_character_pair(word: str) -> bool:
    """Whether a word of `words_of` is a pair of characters from a script without blanks between words."""
    return _PAIRED.match(word) is not None


def names_of(text: str) -> set[str]:
    """Telling words written as names: capitalised inside a sentence, or all in capitals.

    Empty for a line where nearly every word has a capital, and for scripts without capitals.
    """
    text = _folded(text)
    letters = _LETTERS.findall(text)
    if sum(word[0].isupper() for word in letters) > _HEADLINE_CASE * len(letters):
        return set()
    found = (_stem((inside or capitals).casefold()) for inside, capitals in _NAME.findall(text))
    return {word for word in found if is_telling(word)}


def stances_of(title: str) -> frozenset[str]:
    """What the headline does with its event: keys of `STANCES` and `MARKET_REPORT`, none for a plain report."""
    plain = _SOURCE.sub(" ", _CONTEXT.sub(" ", _folded(title))).casefold()
    words = _TOKEN.findall(plain)
    stances = {stance for stance, forms in STANCES.items() if not forms.isdisjoint(words)}
    if title.rstrip().endswith("?") or (words and words[0] in QUESTION_WORDS) or _LIST.match(plain):
        stances.add("analysis")
    if "market" in words and not REPORT.isdisjoint(words):
        stances.add(MARKET_REPORT)
    return frozenset(stances)


def _tokens(text: str) -> list[str]:
    text = _folded(text).casefold()
    return (_ASCII_TOKEN if text.isascii() else _TOKEN).findall(text)


@lru_cache(maxsize=64)  # an account asks for the words, names and stances of the same two texts
def _folded(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    text = _POSSESSIVE.sub("", text)
    text = _INITIALS.sub(lambda found: found.group().replace(".", ""), text)
    return _THOUSANDS.sub("", text)


@lru_cache(maxsize=20_000)  # texts repeat their words
def _stem(word: str) -> str:
    """A light stem: one form for "activate, activates, activated", "city, cities". Other scripts stay."""
    if len(word) < 5 or not (word.isascii() and word.isalpha()):  # noqa: PLR2004 - short words have no endings
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("ing") and len(word) > 6:  # noqa: PLR2004
        word = word[:-3]
    elif word.endswith(("ches", "shes", "sses", "xes")) or (word.endswith("ed") and len(word) > 5):  # noqa: PLR2004
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word  # noqa: PLR2004


FREQUENT_STEMS = frozenset(map(_stem, FREQUENT))
_SILENT = frozenset(_stem(word) for word in COMMON | BOILERPLATE) | COMMON | BOILERPLATE
