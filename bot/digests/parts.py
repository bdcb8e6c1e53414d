"""Splitting a digest into messages, between its items. Pure.

Platforms count differently (Telegram leaves addresses out, Discord counts them), so a part is filled to what every
platform shows in one message; a platform shortens only what is hostile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from bot.digests.news import News
from bot.messages import Mention

TITLE, OUTLET, ADDRESS = 140, 40, 300  # characters that are counted of each, at most
AROUND = 60  # characters of age, quality, outlets, what stands between them, and a share of the headings
ROOM = 3600  # characters of all items in a part
MOST_ITEMS = 20

T = TypeVar("T")


def parts_of(mentions: Sequence[Mention], news: News) -> tuple[tuple[Mention, ...], ...]:
    """The mentions in as few messages as there is room in, about equally long, in their order."""
    known = news.sizes
    sizes = [known.get(m[0]) or size_of(m, news) for m in mentions]
    return tuple(tuple(part) for part in split(mentions, sizes, ROOM, MOST_ITEMS))


def size_of(mention: Mention, news: News) -> int:
    """Characters that a mention takes."""
    size = news.sizes[mention.story_id] = _size(mention, news)
    return size


def _size(mention: Mention, news: News) -> int:
    story = news.story(mention.story_id)
    if story is None:
        return AROUND
    article = story.lead.article
    name = article.provider.name or article.provider.domain
    return min(len(article.title), TITLE) + min(len(article.url), ADDRESS) + min(len(name), OUTLET) + AROUND


def split(items: Sequence[T], sizes: Sequence[int], room: int, most: int) -> Sequence[Sequence[T]]:
    """Runs of `items`, none larger than `room` unless a single item is, none of more than `most` items.

    Their number is the least, and within it they are as equal as a run-by-run filling makes them.
    """
    if sum(sizes) <= room and len(items) <= most:
        return [items] if items else []
    fewest = len(_filled(items, sizes, room, most))
    even, largest = -(-sum(sizes) // fewest), max(sizes)
    for tighter in (even + largest // 2, even + largest):
        equal = _filled(items, sizes, min(tighter, room), most)
        if len(equal) == fewest:
            return equal
    return _filled(items, sizes, room, most)


def _filled(items: Iterable[T], sizes: Iterable[int], room: int, most: int) -> list[list[T]]:
    runs: list[list[T]] = []
    left = 0
    for item, size in zip(items, sizes, strict=True):
        if not runs or size > left or len(runs[-1]) >= most:
            runs.append([])
            left = room
        runs[-1].append(item)
        left -= size
    return runs
