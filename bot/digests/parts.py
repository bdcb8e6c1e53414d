"""Splitting a digest into messages, between its items. Pure.

Platforms count differently (Telegram leaves addresses out, Discord counts them), so a part is filled to what every
platform shows in one message; a platform shortens only what is hostile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from bot.digests.news import News
from bot.messages import Mention

TITLE, OUTLET, ADDRESS, TOPIC = 140, 40, 300, 60  # characters that are counted of each, at most
AROUND = 60  # characters of age, quality and outlets, and what stands between them
ROOM = 3200  # characters of all items in a part
MOST_ITEMS = 20

T = TypeVar("T")


def parts_of(mentions: Sequence[Mention], news: News) -> tuple[tuple[Mention, ...], ...]:
    """The mentions in as few messages as there is room in, about equally long, in their order."""
    sizes = [size_of(mention, news) for mention in mentions]
    return tuple(tuple(part) for part in split(list(mentions), sizes, ROOM, MOST_ITEMS))


def size_of(mention: Mention, news: News) -> int:
    """Characters that a mention takes, with a heading above it."""
    story = news.story(mention.story_id)
    if story is None:
        return AROUND
    article, topic = story.lead.article, news.topic_name(mention.topic_id)
    name = article.provider.name or article.provider.domain
    return (
        min(len(article.title), TITLE)
        + min(len(article.url), ADDRESS)
        + min(len(name), OUTLET)
        + min(len(topic), TOPIC)
        + AROUND
    )


def split(items: Sequence[T], sizes: Sequence[int], room: int, most: int) -> list[list[T]]:
    """Runs of `items`, none larger than `room` unless a single item is, none of more than `most` items.

    Their number is the least, and within it they are as equal as a run-by-run filling makes them.
    """
    fewest = len(_filled(items, sizes, room, most))
    if fewest < 2:  # noqa: PLR2004 - one message
        return [list(items)] if items else []
    even = -(-sum(sizes) // fewest)
    for tighter in range(even, room + 1, 50):
        found = _filled(items, sizes, tighter, most)
        if len(found) <= fewest:
            return found
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
