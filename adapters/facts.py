"""The facts on a card as clean words, the same on every platform: headline, outlet, quality, hashtags. Pure."""

from __future__ import annotations

from adapters.hygiene import clean, foreign
from bot.messages import Card, Text
from bot.model import Coverage, Provider
from bot.texts import Texts

OUTLET = 60  # characters
HASHTAG = 50
MOST_HASHTAGS = 8
LARGEST_QUALITY = 10**9  # beyond it the number formatter gives up

BETWEEN = " · "


def headline(item: Card | Coverage, limit: int) -> str:
    """The title in at most `limit` characters. Never empty, for a link needs words."""
    return foreign(item.title, limit) or outlet(item.provider) or foreign(item.url, limit) or "…"


def marked(card: Card, limit: int) -> str:
    """The title, with the sign of a video before it."""
    title = headline(card, limit)
    return f"▶ {title}" if card.kind == "video" else title


def excerpt(card: Card, limit: int) -> str:
    """What stands below the title; nothing where it would be the title again."""
    text = foreign(card.excerpt, limit)
    return "" if text == foreign(card.title, limit) else text


def outlet(provider: Provider) -> str:
    return foreign(provider.name, OUTLET) or foreign(provider.domain, OUTLET)


def sane(quality: int) -> int:
    """A quality that can be written down."""
    return max(-LARGEST_QUALITY, min(quality, LARGEST_QUALITY))


def quality_behind(item: Coverage) -> str:
    """The quality at the end of a line. It does not begin a line of its own, where nobody would know it."""
    return "" if item.quality is None else f"\u00a0·\u00a0{sane(item.quality)}"


def hashtags(card: Card) -> str:
    """One that is cut would be another tag, so long ones stay out."""
    tags = ("".join(clean(tag).split()) for tag in card.hashtags)
    fitting = [tag for tag in tags if 1 < len(tag) <= HASHTAG and tag.startswith("#")]
    return " ".join(fitting[:MOST_HASHTAGS])


def mark(card: Card, words: Texts) -> Text:
    """What is new about a card that comes late, or that was drawn anew; () where nothing is."""
    if card.grown is not None:
        first, now = card.grown
        return words.text("card-grown", outlets=now, first=first) if now > first else words.text("card-new-lead")
    return words.text("card-second-look") if card.second_look else ()
