"""What a person may be typing: topics for the last part of an unfinished command. Pure."""

from __future__ import annotations

import re

from bot.model import Topic
from bot.topics import Catalogue, slugify

MOST = 25  # https://docs.discord.com/developers/interactions/application-commands#autocomplete

_BAR = re.compile(r"(?P<name>.*?)(?P<bar>(?:\s+(?:\d+|any|good|top|digest))*)\s*", re.DOTALL | re.IGNORECASE)


def completed(text: str, catalogue: Catalogue) -> list[str]:
    """The whole `text` with its last topic completed, once for each topic that it may mean, best first.

    A comma separates topics; those in front stay and are not offered again. A bar behind the name stays as well.
    """
    head, comma, last = text.rpartition(",")
    wanted, bar = _split(last)
    named = [catalogue.find(_split(part)[0]) for part in head.split(",")]
    front = f"{head.rstrip()}{comma} " if comma else ""
    topics = [topic for topic in _meant(wanted, catalogue) if topic not in named]
    return [f"{front}{_word(topic)}{bar}" for topic in topics[:MOST]]


def _split(part: str) -> tuple[str, str]:
    """The name and the bar behind it, which begins with its space."""
    found = _BAR.fullmatch(part.lstrip())
    return (found["name"].strip(), found["bar"]) if found else (part.strip(), "")


def _meant(wanted: str, catalogue: Catalogue) -> list[Topic]:
    """Topics with `wanted` in a name, alias or hashtag, those that begin with it first; else the nearest."""
    name = wanted.removeprefix("#")
    slug, exact = slugify(name), catalogue.find(wanted)
    hits = catalogue.search(name)
    return sorted(hits, key=lambda topic: (topic != exact, not slugify(topic.name).startswith(slug)))


def _word(topic: Topic) -> str:
    """The name, unless its own comma would be taken for the end of it."""
    return topic.slug if "," in topic.name else topic.name
