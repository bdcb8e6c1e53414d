"""Content as Discord shows it: Components V2, an embed for where these are refused, bare text. Pure.

Limits: https://docs.discord.com/developers/components/reference (40 components; 4,000 characters of text over all,
as discord.py states), https://docs.discord.com/developers/resources/message#embed-object-embed-limits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from discord import Embed, MediaGalleryItem
from discord.ui import Container, Item, LayoutView, MediaGallery, Section, Separator, TextDisplay, Thumbnail

from adapters.discord import wording
from adapters.discord.buttons import ROW, rows_of
from adapters.discord.digest import blocks
from adapters.discord.markup import fitted
from adapters.hygiene import public
from bot.messages import Card, Content, Digest, Notice
from bot.model import Image
from bot.preferences import Form
from bot.texts import texts

MOST_COMPONENTS = 40
CARD_COMPONENTS = 8
"""At most, without buttons: container, section with two texts and a picture, separator, coverage, hashtags."""

TEXT = 4000  # characters over a whole view, like all that follow
DESCRIPTION = 4096
EMBED_TITLE = 256
CONTENT = 2000
EMBED_ROWS = 5

WIDE = 600  # pixels; a picture at least so wide, and not upright, stands large below the text
GOOD_IMAGE = 300  # narrower ones are icons

TOP, GOOD, FAIR = (100, 0x2E8B57), (70, 0x3B82C4), (40, 0xC9A227)
LOW = UNRATED = 0x8A8F98
"""Accent colours by quality, which has no upper end."""

DIGEST = 0x0D6B5E  # accent colour

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message in three forms, each within Discord's limits: `components` (V2), `embed` with `rows`, `plain`."""

    components: Sequence[Json]
    embed: Json
    rows: Sequence[Json]
    plain: str


class Layout(LayoutView):
    """A view that the client need not remember: its buttons say all in their custom ids."""

    def __init__(self, *items: Item[Any]) -> None:
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)

    def is_dispatchable(self) -> bool:
        return False


def render(content: Content, locale: str, now: datetime) -> Rendered:
    """`content` in the words of `locale`. One card for many channels is drawn once a minute."""
    return _render(content, locale, now.replace(second=0, microsecond=0))


@lru_cache(maxsize=64)
def _render(content: Content, locale: str, now: datetime) -> Rendered:
    words = texts(locale)
    rows = rows_of(content.keyboard, EMBED_ROWS * (ROW + 1))[:EMBED_ROWS]
    return Rendered(
        components=layout(content, locale, now).to_components(),  # type: ignore[no-untyped-call]
        embed=_embed(content, locale, now).to_dict(),
        rows=[row.to_component_dict() for row in rows],
        plain=fitted(wording.bare(content, words), CONTENT),
    )


def layout(content: Content, locale: str, now: datetime, place: str | None = None) -> Layout:
    """`content` as Components V2; `place` is what its buttons speak of, if not the channel it is shown in."""
    words = texts(locale)
    if isinstance(content, Notice):
        shown: list[Item[Any]] = [TextDisplay(wording.notice(content, words, now, TEXT))]
        if picture := _picture(content.image):
            shown.append(MediaGallery(MediaGalleryItem(picture)))
        return Layout(*shown, *rows_of(content.keyboard, MOST_COMPONENTS - len(shown), place))
    if isinstance(content, Digest):
        shown = [TextDisplay(block) for block in blocks(content, words, now, TEXT)]
        rows = rows_of(content.keyboard, MOST_COMPONENTS - len(shown) - 1, place)
        return Layout(Container(*shown, *rows, accent_colour=DIGEST))
    if content.form is Form.COMPACT:
        line: list[Item[Any]] = [TextDisplay(wording.line(content.card, words))]
        return Layout(*line, *rows_of(content.keyboard, MOST_COMPONENTS - len(line), place))
    parts = _card(content.card, wording.card(content.card, words, now, TEXT), first=content.form is Form.PICTURE)
    room = MOST_COMPONENTS - CARD_COMPONENTS
    return Layout(
        Container(*parts, *rows_of(content.keyboard, room, place), accent_colour=colour(content.card.quality))
    )


def colour(quality: int | None) -> int:
    """The accent colour of a card, as RGB."""
    if quality is None:
        return UNRATED
    return next((shade for least, shade in (TOP, GOOD, FAIR) if quality >= least), LOW)


def _card(card: Card, text: wording.CardText, *, first: bool) -> list[Item[Any]]:
    """Head and excerpt, with a small picture beside them or a large one below; then who else reported.

    With the picture `first` it is always large, and above them.
    """
    head: list[str] = [part for part in (text.head, text.excerpt) if part]
    parts: list[Item[Any]] = []
    picture = _picture(card.image)
    if picture and first:
        parts += [MediaGallery(MediaGalleryItem(picture)), *map(TextDisplay, head)]
    elif picture and not _wide(card):
        parts.append(Section(*head, accessory=Thumbnail(picture)))
    else:
        parts += map(TextDisplay, head)
        if picture:
            parts.append(MediaGallery(MediaGalleryItem(picture)))
    if text.coverage:
        parts += [Separator(), TextDisplay(text.coverage)]
    if text.hashtags:
        parts.append(TextDisplay(text.hashtags))
    return parts


def _picture(image: Image | None) -> str | None:
    """The address of a good picture, which Discord fetches itself."""
    if image is None or not image.url.startswith("https://") or 0 < image.width < GOOD_IMAGE:
        return None
    return image.url if public(image.url) else None


def _wide(card: Card) -> bool:
    return card.image is not None and card.image.width >= max(WIDE, card.image.height)


def _embed(content: Content, locale: str, now: datetime) -> Embed:
    words = texts(locale)
    if isinstance(content, Notice):
        embed = Embed(description=wording.notice(content, words, now, DESCRIPTION))
        picture = _picture(content.image)
        return embed.set_image(url=picture) if picture else embed
    if isinstance(content, Digest):
        return Embed(description="\n".join(blocks(content, words, now, DESCRIPTION)), colour=DIGEST)
    card = content.card
    if content.form is Form.COMPACT:
        return Embed(description=wording.line(card, words))
    text = wording.card(card, words, now, DESCRIPTION)
    below = [part for part in (text.meta, text.excerpt, text.coverage, text.hashtags) if part]
    title = fitted(wording.title_alone(card), EMBED_TITLE)
    embed = Embed(
        title=title, url=wording.address(card), description="\n\n".join(below), colour=colour(card.quality)
    )
    if picture := _picture(card.image):
        large = _wide(card) or content.form is Form.PICTURE
        embed = embed.set_image(url=picture) if large else embed.set_thumbnail(url=picture)
    return embed
