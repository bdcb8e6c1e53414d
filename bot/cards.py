"""An article as a card: what is on it and which buttons stand under it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.messages import Alert, Button, Card, Content, Keyboard, Notice, Payload
from bot.model import Image, Kind, StoredArticle
from bot.related import Chosen, choose
from bot.stories import Rarity, account_of, account_of_coverage
from bot.texts import Texts
from bot.topics import Catalogue, hashtag

SHOWN = 3  # outlets named on a card
GOOD_IMAGE = 300  # pixels; narrower ones are icons and logos


def card_of(
    stored: StoredArticle,
    siblings: Sequence[StoredArticle],
    catalogue: Catalogue,
    *,
    second_look: bool = False,
) -> Card:
    """The card of an article; `siblings` are the other stored articles of its story."""
    article = stored.article
    coverage = coverage_of(stored, siblings)
    return Card(
        article_id=stored.id,
        story_id=stored.story_id,
        title=article.title,
        url=article.url,
        excerpt=article.excerpt,
        kind=article.kind,
        provider=article.provider,
        published_at=article.published_at or stored.first_seen_at,
        quality=article.quality,
        hashtags=hashtags(article.topics, catalogue),
        coverage=tuple(replace(item, excerpt="") for item in coverage.same[:SHOWN]),
        more=len(coverage.same[SHOWN:]),
        around=len(coverage.other),
        image=next((image for image in article.images if _good(image)), None),
        second_look=second_look,
    )


def coverage_of(stored: StoredArticle, siblings: Sequence[StoredArticle]) -> Chosen:
    """Who else has the article's news; `siblings` are the other stored articles of its story."""
    article, others = stored.article, [s.article for s in siblings if s.id != stored.id]
    accounts = [account_of(one) for one in (article, *others)]
    rarity = Rarity.of([*accounts, *map(account_of_coverage, article.related)])
    return choose(article, others, rarity)


def hashtags(names: Sequence[str], catalogue: Catalogue) -> tuple[str, ...]:
    """One hashtag a topic: the one its topic file names, else one made of its name."""
    tags = []
    for name in names:
        topic = catalogue.find(name)
        tags.append(topic.hashtags[0] if topic and topic.hashtags else hashtag(topic.name if topic else name))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def keyboard_of(card: Card, texts: Texts) -> Keyboard:
    """The buttons under a card."""
    first = [Button(texts.plain("button-why"), f"why:{card.article_id}")]
    if card.coverage or card.around:
        first.insert(0, Button(texts.plain("button-coverage"), f"cov:{card.article_id}"))
    second = (
        Button(texts.plain("button-mute"), f"mute:{card.story_id}"),
        Button(texts.plain("button-lower"), f"bar:-:{card.article_id}"),
        Button(texts.plain("button-higher"), f"bar:+:{card.article_id}"),
    )
    return (tuple(first), second)


def content_of(kind: Kind, payload: Payload, texts: Texts) -> Content:
    """A stored payload in the words of one locale."""
    if kind is Kind.ALERT:
        card = payload.cards[0]
        return Alert(card, keyboard_of(card, texts))
    return Notice(texts.text(payload.key, **payload.values), items=payload.cards)


def _good(image: Image) -> bool:
    return image.url.startswith("https://") and (image.width == 0 or image.width >= GOOD_IMAGE)
