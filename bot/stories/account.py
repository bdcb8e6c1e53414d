"""What the rule of story identity needs to know of an article or a related item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import pairwise

from bot.model import Article, Coverage
from bot.stories.addresses import canonical_address
from bot.stories.words import TITLE_READ, is_telling, names_of, stances_of, title_key, words_of

_EXCERPT_READ = 2000
"""Characters of an excerpt that are looked at: real ones have at most 455."""


@dataclass(frozen=True, slots=True)
class Account:
    """One outlet's account of an event. `related_urls` are canonical addresses.

    The other fields are derived once at creation, so that comparing is cheap: keep accounts, do not rebuild them.
    """

    title: str
    excerpt: str
    url: str
    published_at: datetime | None = None
    related_urls: frozenset[str] = frozenset()
    address: str = field(init=False, repr=False, compare=False)
    title_key: str = field(init=False, repr=False, compare=False)
    title_words: frozenset[str] = field(init=False, repr=False, compare=False)
    words: frozenset[str] = field(init=False, repr=False, compare=False)  # of title and excerpt
    names: frozenset[str] = field(init=False, repr=False, compare=False)
    phrases: frozenset[tuple[str, str]] = field(init=False, repr=False, compare=False)  # neighbours in the excerpt
    stances: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        title, text = self.title[:TITLE_READ], self.excerpt[:_EXCERPT_READ]
        title_words = frozenset(filter(is_telling, words_of(title)))
        excerpt = words_of(text)
        self._derive("address", canonical_address(self.url))
        self._derive("title_key", title_key(title))
        self._derive("title_words", title_words)
        self._derive("words", title_words.union(filter(is_telling, excerpt)))
        self._derive("names", frozenset(names_of(title) | names_of(text)))
        self._derive("phrases", frozenset(pairwise(excerpt)))
        self._derive("stances", stances_of(title))

    def _derive(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)  # the documented way to fill a frozen dataclass in __post_init__


def account_of(article: Article, seen_at: datetime | None = None) -> Account:
    """The account an article gives. One without a date counts as published when it was first seen."""
    related = _addresses(item.url for item in article.related)
    return Account(article.title, article.excerpt, article.url, article.published_at or seen_at, related)


@lru_cache(
    maxsize=512
)  # a long list is looked at twice in a row: for what is rare in it, then for what is the same
def account_of_coverage(item: Coverage, seen_at: datetime | None = None) -> Account:
    """The account a related item gives; `seen_at` stands in for a missing date."""
    return Account(item.title, item.excerpt, item.url, item.published_at or seen_at)


def _addresses(urls: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(canonical_address, urls)))
