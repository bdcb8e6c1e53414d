"""Cards and notices as pieces of Discord's markdown, always within a given number of characters. Pure.

Times are `<t:…:R>`, which every reader's own client puts into words and keeps up to date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from adapters import facts
from adapters.discord.digest import bare as digest_bare
from adapters.discord.markup import SMALL, escape, fitted, linked, markdown
from adapters.hygiene import foreign, isolate, link
from bot.messages import Alert, Card, Content, Digest, Notice, Span, Text
from bot.model import Coverage
from bot.texts import Texts, bold, join

TITLE = 250  # characters before escaping, like all that follow
SHORT_TITLE = 140  # in lists
COVERAGE_TITLE = 110
EXCERPT = 350
_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class CardText:
    """The texts of a card from top to bottom, in markdown; "" for what it has not."""

    title: str
    meta: str
    excerpt: str = ""
    coverage: str = ""
    hashtags: str = ""

    @property
    def head(self) -> str:
        return f"### {self.title}\n{self.meta}"

    def __len__(self) -> int:
        """Characters, with room for what is put between the parts."""
        parts = (self.head, self.excerpt, self.coverage, self.hashtags)
        return sum(len(part) + 2 for part in parts if part)


# ---------------------------------------------------------------- a card


def card(card: Card, words: Texts, now: datetime, limit: int) -> CardText:
    """The card in at most `limit` (some 4,000) characters: long addresses give way first, then the excerpt."""
    whole = CardText(
        title=linked(facts.marked(card, TITLE), card.url),
        meta=_meta(card, words, now),
        excerpt=escape(facts.excerpt(card, EXCERPT)),
        coverage=_coverage(card, words),
        hashtags=SMALL + escape(tags) if (tags := facts.hashtags(card)) else "",
    )
    unlinked = CardText(whole.title, whole.meta, whole.excerpt, _coverage(card, words, links=False), whole.hashtags)
    brief = CardText(whole.title, whole.meta, hashtags=whole.hashtags)
    return next((text for text in (whole, unlinked, brief) if len(text) <= limit), brief)


def line(card: Card, words: Texts) -> str:
    """A card as one line: the title, and who published it; below it what is new about it, if anything is."""
    outlet = facts.outlet(card.provider)
    title = linked(facts.marked(card, SHORT_TITLE), card.url)
    by = f"{facts.BETWEEN}{escape(isolate(outlet))}" if outlet else ""
    return title + by + _news(card, words)


def title_alone(card: Card) -> Text:
    """The title without its link."""
    return (Span(facts.marked(card, TITLE)),)


def address(card: Card) -> str | None:
    """Where a card leads, if a reader may be sent there."""
    return link(card.url)


def subjects(content: Content, words: Texts) -> list[str]:
    """What a forum post that gathers such messages can be called: the topics of a card, else simply news.

    A hashtag is read as the words it was made of: #ComputerVision is Computer Vision.
    """
    tags = content.card.hashtags if isinstance(content, Alert) else ()
    names = (foreign(_WORDS.sub(" ", tag.removeprefix("#")), facts.HASHTAG) for tag in tags)
    return [name for name in names if name] or [words.plain("discord-news")]


def _meta(card: Card, words: Texts, now: datetime) -> str:
    parts: list[str] = []
    if card.kind == "video":
        parts.append(markdown(words.text("card-video")))
    if outlet := facts.outlet(card.provider):
        parts.append(escape(isolate(outlet, leftward=words.leftward)))
    if card.published_at:
        age = f"<t:{int(min(card.published_at, now).timestamp())}:R>"
        parts.append(isolate(age, leftward=words.leftward))  # in the words of the reader's app
    if card.quality is None:
        parts.append(markdown(words.text("card-unrated")))
    else:
        parts.append(markdown(words.text("card-quality", quality=facts.sane(card.quality))))
    meta = SMALL + markdown(words.line_start) + facts.BETWEEN.join(parts)
    return meta + _news(card, words)


def _news(card: Card, words: Texts) -> str:
    """What is new about the card, as a line below another."""
    mark = facts.mark(card, words)
    return f"\n{SMALL}↗ {markdown(mark)}" if mark else ""


def _coverage(card: Card, words: Texts, *, links: bool = True) -> str:
    if not card.coverage:
        return ""
    lines = [markdown(tuple(bold(span.text) for span in words.text("card-also")))]
    lines += [_covered(item, words, links=links) for item in card.coverage]
    if card.more > 0:
        lines.append(SMALL + markdown(words.text("card-more", count=card.more)))
    return "\n".join(lines)


def _covered(item: Coverage, words: Texts, *, links: bool) -> str:
    leftward, start = words.leftward, markdown(words.line_start)
    title = linked(facts.headline(item, COVERAGE_TITLE), item.url if links else None, leftward=leftward)
    outlet, quality = facts.outlet(item.provider), facts.quality_behind(item)
    named = f"{escape(isolate(outlet, leftward=leftward))}: " if outlet else ""
    return f"- {start}{named}{title}{quality}"


# ---------------------------------------------------------------- a notice


def notice(notice: Notice, words: Texts, now: datetime, limit: int) -> str:
    """The sentences stay whole, as far as they fit; items give way from the end until everything does."""
    opening, closing = (fitted(text, limit) if text else "" for text in (notice.text, notice.closing))
    items = [_item(number, card, words, now) for number, card in enumerate(notice.items, 1)]
    for shown in range(len(items), 0, -1):
        more = len(items) - shown
        rest = markdown(words.text("card-more", count=more)) if more else ""
        text = _joined(opening, *items[:shown], rest, closing)
        if len(text) <= limit:
            return text
    if opening and closing and len(_joined(opening, closing)) > limit:
        closing = fitted(notice.closing, limit // 2)
        opening = fitted(notice.text, limit - len(closing) - 2)
    return _joined(opening, closing) or "…"


def _item(number: int, card: Card, words: Texts, now: datetime) -> str:
    title = linked(facts.marked(card, SHORT_TITLE), card.url, leftward=words.leftward)
    return f"{markdown(words.line_start)}**{number}.** {title}\n{_meta(card, words, now)}"


def _joined(*blocks: str) -> str:
    return "\n\n".join(block for block in blocks if block)


# ---------------------------------------------------------------- bare text


def bare(content: Content, words: Texts) -> Text:
    """Titles and sentences alone, for an ordinary message; the title leads to the article."""
    if isinstance(content, Digest):
        return digest_bare(content)
    if isinstance(content, Alert):
        blocks = [_bare_card(content.card), (Span(foreign(content.card.excerpt, EXCERPT)),)]
    else:
        blocks = [_unstyled(content.text), *map(_bare_card, content.items), _unstyled(content.closing)]
    return join([block for block in blocks if any(span.text for span in block)], "\n\n") or words.text(
        "discord-news"
    )


def _bare_card(card: Card) -> Text:
    return (Span(facts.marked(card, SHORT_TITLE), url=card.url),)


def _unstyled(text: Text) -> Text:
    return tuple(Span(span.text) for span in text)
