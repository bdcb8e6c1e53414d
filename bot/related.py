"""Related coverage for a card: which of a publisher's loose list is the same news. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model import Article, Coverage, Provider
from bot.stories import Rarity, account_of, account_of_coverage, canonical_address, same_story


@dataclass(frozen=True, slots=True)
class Chosen:
    """`same` is the same news, one item an outlet; `other` is more around it. Both strongest first."""

    same: tuple[Coverage, ...]
    other: tuple[Coverage, ...]


def choose(article: Article, siblings: Sequence[Article], rarity: Rarity) -> Chosen:
    """Sort what others published. `siblings` are the other stored articles of the story: the same news."""
    own = account_of(article)
    seen = {own.address, f"{article.title.casefold()} {_outlet(article.provider)}"}
    stored = [_coverage_of(sibling) for sibling in siblings]
    same = list(_new(stored, seen))
    other: list[Coverage] = []
    for item in _new(article.related, seen):
        verdict = same_story(own, account_of_coverage(item, article.published_at), rarity)
        (same if verdict.same else other).append(item)
    outlets = {_outlet(article.provider)}
    first: list[Coverage] = []
    rest: list[Coverage] = []
    for item in sorted(same, key=_strength):
        outlet = _outlet(item.provider)
        (rest if outlet in outlets else first).append(item)
        outlets.add(outlet)
    return Chosen(tuple(first), tuple(sorted([*rest, *other], key=_strength)))


def _new(items: Iterable[Coverage], seen: set[str]) -> Iterable[Coverage]:
    """The items not seen before, by address or by title and outlet, strongest first; seen from then on."""
    for item in sorted(items, key=_strength):
        address, title = canonical_address(item.url), f"{item.title.casefold()} {_outlet(item.provider)}"
        if address not in seen and title not in seen:
            yield item
        seen.update((address, title))


def _strength(item: Coverage) -> tuple[int, str]:
    return (-(item.quality if item.quality is not None else -1), item.url)


def _outlet(provider: Provider) -> str:
    return (provider.domain or provider.name).casefold()


def _coverage_of(article: Article) -> Coverage:
    return Coverage(
        article.title, article.url, article.provider, article.quality, article.published_at, article.excerpt
    )
