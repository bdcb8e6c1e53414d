"""Choosing related coverage: which of the listed items are the same news, and which are more around it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.model import Article, Coverage, Provider
from bot.stories import (
    Rarity,
    account_of,
    account_of_coverage,
    canonical_address,
    outlet_domain,
    same_story,
    strength,
    title_key,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """`same`: the same news at other outlets, one item an outlet. `other`: more around this. Strongest first."""

    same: tuple[Coverage, ...] = ()
    other: tuple[Coverage, ...] = ()


def choose(article: Article, siblings: Sequence[Article], rarity: Rarity) -> Chosen:
    """Sort the article's related coverage and its siblings into the same news and the rest.

    `siblings` are other articles of the same story stored here; they count as the same news whatever the texts
    say. The article itself, its own outlet among the same news, links that cannot be opened, and repeats by
    canonical address or by title at one outlet are left out; of repeats the strongest stays. An item without a
    date counts as published with the article.

    Words that a whole list repeats look common by `rarity`, be they in every list or the very news. So items are
    compared with the article alone as well, and either verdict is enough.
    """
    account = account_of(article)
    alone = Rarity.of((account,))
    stored = {canonical_address(sibling.url) for sibling in siblings}
    outlets = {_outlet(article.provider, article.url)}
    same, other = [], []
    told: set[str] = set()  # agency copy is coverage among the same news, and noise among the rest
    for item in _distinct(article, [*article.related, *map(_coverage, siblings)]):
        candidate = account_of_coverage(item, article.published_at)
        if candidate.address in stored or any(same_story(account, candidate, r).same for r in (rarity, alone)):
            outlet = _outlet(item.provider, item.url)
            if outlet not in outlets:
                outlets.add(outlet)
                same.append(item)
        elif (words := _words(item.title)) not in told:
            told.add(words)
            other.append(item)
    return Chosen(tuple(same), tuple(other))


def outlets(articles: Sequence[Article]) -> int:
    """How many independent outlets carry a story."""
    return len(carriers(articles))


def outlets_at_most(articles: Sequence[Article]) -> int:
    """A number that `outlets` does not surpass, told without comparing texts."""
    named = [(article.provider, article.url) for article in articles]
    named += [(item.provider, item.url) for article in articles for item in article.related]
    return len({outlet_domain(provider, url) for provider, url in named} - {""})


def carriers(articles: Sequence[Article]) -> frozenset[str]:
    """The independent outlets that carry a story: those of its articles, and of their coverage of the same news."""
    rarity = Rarity.of(
        [account_of(article) for article in articles]
        + [account_of_coverage(item, article.published_at) for article in articles for item in article.related]
    )
    carrying = {outlet_domain(article.provider, article.url) for article in articles}
    for article in articles:
        carrying |= {outlet_domain(item.provider, item.url) for item in choose(article, (), rarity).same}
    return frozenset(carrying - {""})


def _distinct(article: Article, items: Sequence[Coverage]) -> Iterator[Coverage]:
    """The items, strongest first, without the article and without repeats."""
    addressed = [(canonical_address(item.url), item) for item in items]
    addressed.sort(key=lambda pair: strength(pair[1].quality, pair[1].published_at, pair[0]))
    seen = {"", canonical_address(article.url), _heading(article.title, article.provider, article.url)}
    for address, item in addressed:
        heading = _heading(item.title, item.provider, item.url)
        if address not in seen and heading not in seen:
            seen |= {address, heading}
            yield item


def _heading(title: str, provider: Provider, url: str) -> str:
    """What makes two items one to a reader: the same words at one outlet."""
    return f"{_words(title)} {_outlet(provider, url)}"


def _words(title: str) -> str:
    """What makes two titles one to a reader; unlike `title_key` also for short ones."""
    return title_key(title) or " ".join(title.casefold().split())


def _outlet(provider: Provider, url: str) -> str:
    """The outlet as one key: its domain, else its name, else the host of the link."""
    return (
        canonical_address(f"https://{provider.domain}")
        or provider.name.casefold()
        or canonical_address(url).partition("/")[0]
    )


def _coverage(article: Article) -> Coverage:
    return Coverage(
        article.title, article.url, article.provider, article.quality, article.published_at, article.excerpt
    )
