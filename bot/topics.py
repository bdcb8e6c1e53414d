"""The topic catalogue: finding the topic a person means. Pure.

A topic is found by slug, name, alias or hashtag in any case; where nothing fits, the nearest are offered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property

from rapidfuzz import fuzz, process

from bot.model import Topic

_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)
_NEAR = 60  # of 100; below it a suggestion is rather a surprise than a help


def slugify(name: str) -> str:
    """The key of a name: Computer Vision -> computer-vision. Letters of every script stay; may be empty."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _NOT_WORD.sub("-", folded).replace("_", "-").strip("-")[:100]


def hashtag(name: str) -> str:
    """A hashtag for a topic that names none: Computer Vision -> #ComputerVision; may be empty."""
    words = _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", name)).split()
    tag = "".join(word[:1].upper() + word[1:] for word in words)
    return f"#{tag}" if tag else ""


class Catalogue:
    """All topics, as one immutable value."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._by_slug = {topic.slug: topic for topic in topics}

    def __iter__(self) -> Iterator[Topic]:
        return iter(self._by_slug.values())

    def __len__(self) -> int:
        return len(self._by_slug)

    def get(self, slug: str) -> Topic | None:
        return self._by_slug.get(slug)

    def by_id(self, topic_id: int) -> Topic:
        """Raises KeyError where no topic has the id."""
        return self._by_id[topic_id]

    def find(self, text: str) -> Topic | None:
        """The topic that `text` names: slug, name, alias or hashtag, in any case, with or without the #."""
        return self._names.get(slugify(text.removeprefix("#")))

    def nearest(self, text: str, limit: int = 3) -> list[Topic]:
        """The topics whose names look most like `text`, best first; empty when none comes near."""
        wanted = slugify(text)[:60]
        found: dict[str, Topic] = {}
        for name, _score, _ in process.extract(
            wanted, list(self._names), scorer=fuzz.WRatio, limit=limit * 4, score_cutoff=_NEAR
        ):
            topic = self._names[name]
            found.setdefault(topic.slug, topic)
        return list(found.values())[:limit]

    def search(self, text: str) -> list[Topic]:
        """The topics with `text` in a name, else the nearest ones; all of them for an empty text."""
        wanted = slugify(text)
        hits = {topic.slug: topic for name, topic in self._names.items() if wanted in name}
        return sorted(hits.values(), key=lambda topic: topic.name.casefold()) or self.nearest(text, 8)

    def chain(self, topic: Topic) -> list[Topic]:
        """The topic and those above it, nearest first. A cycle in the files ends the chain."""
        chain = [topic]
        while (parent := self._by_slug.get(chain[-1].parent or "")) is not None and parent not in chain:
            chain.append(parent)
        return chain

    def below(self, topic: Topic) -> list[Topic]:
        """The topic itself and every topic below it."""
        return [other for other in self if topic in self.chain(other)]

    def children(self, topic: Topic | None) -> list[Topic]:
        """The topics right below `topic`, or those without a parent, by name."""
        slug = topic.slug if topic else None
        found = [t for t in self if (t.parent if t.parent in self._by_slug else None) == slug]
        return sorted(found, key=lambda topic: topic.name.casefold())

    @cached_property
    def _by_id(self) -> dict[int, Topic]:
        return {topic.id: topic for topic in self}

    @cached_property
    def _names(self) -> dict[str, Topic]:
        names: dict[str, Topic] = {}
        for topic in self:  # a slug or name always beats an alias or hashtag of another topic
            names.setdefault(topic.slug, topic)
            names.setdefault(slugify(topic.name), topic)
        for topic in self:
            for other in (*topic.aliases, *topic.hashtags, hashtag(topic.name)):
                names.setdefault(slugify(other.removeprefix("#")), topic)
        names.pop("", None)
        return names
