"""How much a shared word tells: rare words much, common ones little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log
from typing import Self

from bot.stories.account import Account
from bot.stories.words import FREQUENT_STEMS, is_telling, words_of

_BACKGROUND = 100
"""So many imagined earlier texts stand behind a young installation: a few articles alone prove nothing rare."""

_SHARE_BY_LENGTH = {1: 0.3, 2: 0.3, 3: 0.1, 4: 0.02, 5: 0.008}
_SHARE_OF_LONG = 0.003
_SHARE_OF_FREQUENT = 0.1
"""The share of imagined texts that hold a word, by its length: frequent words are short in every language
(Zipf's law of abbreviation), which stands in for lists of function words."""

_PAIR = 2
"""The compared texts themselves: a word that only they hold is as rare as can be."""


class Rarity:
    """Document frequencies of words, over a bounded collection of texts (a few thousand recent ones suffice)."""

    def __init__(self, frequencies: Counter[str], texts: int) -> None:
        self._frequencies = frequencies
        self._total = texts + _BACKGROUND
        self._most = log(self._total / (_BACKGROUND * _SHARE_OF_LONG))
        self._weights: dict[str, float] = {}

    @classmethod
    def of(cls, texts: Iterable[Account | str]) -> Self:
        """Count in how many of the texts each word stands. The order of the texts does not matter."""
        frequencies: Counter[str] = Counter()
        total = 0
        for text in texts:
            words = text.words if isinstance(text, Account) else frozenset(filter(is_telling, words_of(text)))
            frequencies.update(words)
            total += 1
        return cls(frequencies, total)

    def weight(self, word: str) -> float:
        """From 0 (in every text) to 1 (in no other text) for a word as `words_of` gives it."""
        known = self._weights.get(word)
        if known is None:
            known = self._weights[word] = self._weigh(word)
        return known

    @property
    def doubt(self) -> float:
        """How much of this is still background: 1 with no text, one half with 100, towards 0 with thousands."""
        return _BACKGROUND / self._total

    def _weigh(self, word: str) -> float:
        elsewhere = max(self._frequencies[word] - _PAIR, 0)
        share = _SHARE_OF_FREQUENT if word in FREQUENT_STEMS else _SHARE_BY_LENGTH.get(len(word), _SHARE_OF_LONG)
        imagined = _BACKGROUND * share
        return max(0.0, log(self._total / (elsewhere + imagined)) / self._most)
