"""An article as a card: what is on it and which buttons stand under it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.filters import prefers
from bot.messages import Alert, Button, Card, Content, Keyboard, Notice, Payload
from bot.model import Image, Kind, StoredArticle
from bot.preferences import FIRST_LOOK, Form, Look
from bot.related import Chosen, choose
from bot.stories import Rarity, account_of, account_of_coverage
from bot.texts import Texts
from bot.topics import Catalogue, hashtag, slugify

SHOWN = 3  # outlets named on a card
KEPT = 12  # and kept in a payload, of which a reader's preferred ones are named first
CLOSED, REASON = "closed", "reason"  # values of a payload: why chats were closed, and what an alarm is about
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
        coverage=tuple(replace(item, excerpt="") for item in coverage.same[:KEPT]),
        more=len(coverage.same[KEPT:]),
        around=len(coverage.other),
        image=next((image for image in article.images if _good(image)), None),
        second_look=second_look,
    )


def coverage_of(stored: StoredArticle, siblings: Sequence[StoredArticle]) -> Chosen:
    """Who else has the article's news; `siblings` are the other stored articles of its story."""
    article, others = stored.article, [s.article for s in siblings if s.id != stored.id]
    accounts = [account_of(one) for one in (article, *others)]
    rarity = Rarity.of([*accounts, *(account_of_coverage(item, article.published_at) for item in article.related)])
    return choose(article, others, rarity)


def hashtags(names: Sequence[str], catalogue: Catalogue) -> tuple[str, ...]:
    """One hashtag a topic: the one its topic file names, else one made of its name."""
    tags = []
    for name in names:
        topic = catalogue.find(name)
        tags.append(topic.hashtags[0] if topic and topic.hashtags else hashtag(topic.name if topic else name))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def keyboard_of(card: Card, texts: Texts, form: Form = Form.CARD, *, followed: bool = False) -> Keyboard:
    """The buttons under a card; under one line only what most people press."""
    follow = ("button-unfollow", "unfollow") if followed else ("button-follow", "follow")
    why = Button(texts.plain("button-why"), f"why:{card.article_id}")
    coverage = Button(texts.plain("button-coverage"), f"cov:{card.article_id}")
    story = (
        Button(texts.plain(follow[0]), f"{follow[1]}:{card.story_id}"),
        Button(texts.plain("button-mute"), f"mute:{card.story_id}"),
    )
    covered = bool(card.coverage or card.around)
    if form is Form.COMPACT:
        return ((coverage if covered else why, *story),)
    bars = (
        Button(texts.plain("button-lower"), f"bar:-:{card.article_id}"),
        Button(texts.plain("button-higher"), f"bar:+:{card.article_id}"),
    )
    return ((coverage, why, story[0]), (story[1], *bars)) if covered else ((why, *story), bars)


def shown(card: Card, preferred: Sequence[str] = ()) -> Card:
    """The card as it is read: three outlets of its coverage, those that the reader prefers first."""
    named = list(card.coverage)
    if preferred:
        named.sort(key=lambda item: not prefers(preferred, item.provider, item.url))
    return replace(card, coverage=tuple(named[:SHOWN]), more=card.more + len(named[SHOWN:]))


def content_of(kind: Kind, payload: Payload, texts: Texts, look: Look = FIRST_LOOK) -> Content:
    """A stored payload in the words of one locale, as a chat wants to see it."""
    if payload.text:
        return Notice(payload.text, image=payload.image)
    cards = tuple(shown(card, look.preferred) for card in payload.cards)
    if not payload.key:
        followed = kind is Kind.FOLLOW
        return Alert(cards[0], keyboard_of(cards[0], texts, look.form, followed=followed), look.form)
    row = tuple(Button(texts.plain(label), action) for label, action in payload.buttons)
    values = {name: _worded(texts, name, value) for name, value in payload.values.items()}
    return Notice(texts.text(payload.key, **values), items=cards, keyboard=(row,) if row else ())


def why_closed(texts: Texts, reason: str) -> str:
    """The platform's reason for which a chat cannot be written to, as it is kept, in the reader's words."""
    return _either(texts, f"closed-{slugify(reason)}", "closed-otherwise")


def _worded(texts: Texts, name: str, value: str | int) -> str | int:
    """A value of a payload; reasons are kept in few words of ours and read in the reader's."""
    if name == CLOSED:
        return why_closed(texts, str(value))
    return _either(texts, f"alarm-reason-{value}", "alarm-reason-other") if name == REASON else value


def _either(texts: Texts, key: str, otherwise: str) -> str:
    try:
        return texts.plain(key)
    except KeyError:
        return texts.plain(otherwise)


def _good(image: Image) -> bool:
    return image.url.startswith("https://") and (image.width == 0 or image.width >= GOOD_IMAGE)
