"""How much a shared word tells: rare words much, common ones little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log
from typing import Self

from bot.stories.account import Account
from bot.stories.words import FREQUENT_STEMS, is_character_pair, is_telling, words_of

_BACKGROUND = 100
"""So many imagined earlier texts stand behind a young installation: a few articles alone prove nothing rare."""

_SHARE_BY_LENGTH = {1: 0.3, 2: 0.3, 3: 0.1, 4: 0.02, 5: 0.008}
_SHARE_OF_LONG = 0.003
_SHARE_OF_PAIR = 0.05
_SHARE_OF_FREQUENT = 0.1
"""The share of imagined texts that hold a word, by its length: frequent words are short in every language
(Zipf's law of abbreviation), which stands in for lists of function words. Character pairs of scripts without
blanks and the listed everyday words have shares of their own."""

_COMPARED = 2
"""The two compared texts themselves: a word that only they hold is as rare as can be."""


class Rarity:
    """Document frequencies of words over recent texts: a few thousand suffice, related items among them help."""

    def __init__(self, frequencies: Counter[str], texts: int) -> None:
        self._weights = _Weights(frequencies, texts)

    @classmethod
    def of(cls, texts: Iterable[Account | str]) -> Self:
        """Count in how many of the texts each word stands. The order of the texts does not matter."""
        frequencies: Counter[str] = Counter()
        total = 0
        for text in texts:
            frequencies.update(text.words if isinstance(text, Account) else set(filter(is_telling, words_of(text))))
            total += 1
        return cls(frequencies, total)

    @property
    def doubt(self) -> float:
        """How much of this is still background: 1 with no text, one half with 100, towards 0 with thousands."""
        return _BACKGROUND / self._weights.total

    def weight(self, word: str) -> float:
        """From 0 (in every text) to 1 (in no other text) for a word as `words_of` gives it."""
        return self._weights[word]

    def weigh(self, words: Iterable[str]) -> float:
        """The sum of the weights."""
        return sum(map(self._weights.__getitem__, words))

    def rare(self, words: Iterable[str], least: float) -> frozenset[str]:
        """Those of the words that weigh more than `least`."""
        weights = self._weights
        return frozenset(word for word in words if weights[word] > least)


class _Weights(dict[str, float]):
    """The weight of each word, worked out when it is first asked for."""

    def __init__(self, frequencies: Counter[str], texts: int) -> None:
        super().__init__()
        self.total = texts + _BACKGROUND
        self._frequencies = frequencies
        self._most = log(self.total / (_BACKGROUND * _SHARE_OF_LONG))

    def __missing__(self, word: str) -> float:
        elsewhere = max(self._frequencies[word] - _COMPARED, 0)
        imagined = _BACKGROUND * _share(word)
        weight = self[word] = max(0.0, log(self.total / (elsewhere + imagined)) / self._most)
        return weight


def _share(word: str) -> float:
    if word in FREQUENT_STEMS:
        return _SHARE_OF_FREQUENT
    if is_character_pair(word):
        return _SHARE_OF_PAIR
    return _SHARE_BY_LENGTH.get(len(word), _SHARE_OF_LONG)
