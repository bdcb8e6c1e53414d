"""Content as Telegram shows it: HTML, the same as bare text, buttons and the link preview. Pure.

Every piece has a longest form, so a card fits by construction; a notice sheds items until it fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode

from adapters import facts
from adapters.hygiene import foreign, isolate, link, public
from adapters.telegram import markup
from adapters.telegram.digest import digest
from adapters.telegram.markup import fits, fitted, html, plain, tidy
from adapters.telegram.transport import encoded
from bot.messages import Alert, Button, Card, Content, Digest, Keyboard, Notice, Span, Text
from bot.model import Coverage, Image
from bot.preferences import Form
from bot.texts import Texts, bold, join, texts

TITLE = 300  # characters, like all that follow
SHORT_TITLE = 140  # in lists
COVERAGE_TITLE = 120
EXCERPT = 420

GOOD_IMAGE = 300  # pixels; narrower ones are icons
ROW = 3  # buttons side by side on a phone
MOST_BUTTONS = 100  # of a keyboard; the server refuses more
LABEL = 64
CAPTION = 1024  # characters: https://core.telegram.org/bots/api#editmessagecaption
ACTION_BYTES = 64  # callback_data: https://core.telegram.org/bots/api#inlinekeyboardbutton

PREVIEW_OFF = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message: `html` for parse mode HTML, `plain` for none; both within Telegram's limits.

    `caption` is what of the text fits under a picture, as HTML.
    `body` is `html` as sendMessage wants it, in all but the chat: JSON, written once for all who get it.
    """

    html: str
    caption: str
    plain: str
    keyboard: InlineKeyboardMarkup | None
    preview: LinkPreviewOptions
    body: bytes = field(compare=False, repr=False)


def render(content: Content, locale: str, now: datetime) -> Rendered:
    """`content` in the words of `locale`. Ages are whole minutes, so that one card for many chats is drawn once."""
    return _render(content, locale, now.replace(second=0, microsecond=0))


@lru_cache(maxsize=64)
def _render(content: Content, locale: str, now: datetime) -> Rendered:
    words = texts(locale)
    if isinstance(content, Alert):
        text = fitted(
            _line(content.card, words) if content.form is Form.COMPACT else _card(content.card, words, now)
        )
        preview = _preview(content.card, content.form)
    elif isinstance(content, Digest):
        text, preview = fitted(digest(content, words, now)), PREVIEW_OFF
    else:
        text = fitted(_notice(content, words, now))
        preview = _picture(content.image) or PREVIEW_OFF
    caption = html(fitted(text, CAPTION))
    marked, keyboard = html(text), keyboard_of(content.keyboard)
    parameters = {"text": marked, "parse_mode": ParseMode.HTML, "link_preview_options": preview.to_dict()}
    if keyboard is not None:
        parameters["reply_markup"] = keyboard.to_dict()
    return Rendered(marked, caption, plain(text), keyboard, preview, encoded(parameters))


# ---------------------------------------------------------------- a card


def _card(card: Card, words: Texts, now: datetime) -> Text:
    blocks: list[Text] = [_head(card, words)]
    if below := facts.excerpt(card, EXCERPT):
        blocks.append((Span(below),))
    meta = (*_meta(card, words, now), *_news(card, words))
    if tags := facts.hashtags(card):
        meta = (*meta, Span(f"\n{tags}"))
    blocks.append(meta)
    if card.coverage:
        blocks.append(_coverage(card, words))
    return join(blocks, "\n\n")


def _line(card: Card, words: Texts) -> Text:
    """A card as one line: the title, and who published it; below it what is new about it, if anything is."""
    outlet = facts.outlet(card.provider)
    by = (Span(f"{facts.BETWEEN}{isolate(outlet)}"),) if outlet else ()
    return (*_head(card, words), *by, *_news(card, words))


def _news(card: Card, words: Texts) -> Text:
    """What is new about the card, as a line below another."""
    mark = facts.mark(card, words)
    return (Span("\n↗ "), *(Span(span.text, italic=True) for span in mark)) if mark else ()


def _head(card: Card, words: Texts, limit: int = TITLE, *, strong: bool = True, isolated: bool = False) -> Text:
    title = facts.headline(card, limit)
    marker = (Span("▶ "),) if card.kind == "video" else ()
    if isolated or marker:
        title = isolate(title, leftward=words.leftward and isolated)
    return (*marker, Span(title, bold=strong, url=link(card.url)))


def _meta(card: Card, words: Texts, now: datetime) -> Text:
    parts: list[Text] = []
    if card.kind == "video":
        parts.append(words.text("card-video"))
    if outlet := facts.outlet(card.provider):
        parts.append((Span(isolate(outlet, leftward=words.leftward)),))
    if card.published_at:
        parts.append((Span(words.ago(card.published_at, now)),))
    if card.quality is None:
        parts.append(words.text("card-unrated"))
    else:
        parts.append(words.text("card-quality", quality=facts.sane(card.quality)))
    return (*words.line_start, *join(parts, facts.BETWEEN))


def _coverage(card: Card, words: Texts) -> Text:
    lines: list[Text] = [tuple(bold(span.text) for span in words.text("card-also"))]
    lines += [_covered(item, words) for item in card.coverage]
    if card.more > 0:
        lines.append(words.text("card-more", count=card.more))
    return join(lines)


def _covered(item: Coverage, words: Texts) -> Text:
    apart = partial(isolate, leftward=words.leftward)
    title = Span(apart(facts.headline(item, COVERAGE_TITLE)), url=link(item.url))
    outlet = facts.outlet(item.provider)
    begin = Span(f"• {apart(outlet)}: " if outlet else "• ")
    return (*words.line_start, begin, title, Span(facts.quality_behind(item)))


def _preview(card: Card, form: Form) -> LinkPreviewOptions:
    """A good picture large above the text; else the article's own preview, small, below it.

    With a picture first that preview is large and above as well; one line has none.
    """
    if form is Form.COMPACT:
        return PREVIEW_OFF
    if picture := _picture(card.image):
        return picture
    if public(card.url) and form is Form.PICTURE:
        return LinkPreviewOptions(url=card.url, prefer_large_media=True, show_above_text=True)
    if public(card.url):
        return LinkPreviewOptions(url=card.url, prefer_small_media=True)
    return PREVIEW_OFF


def _picture(image: Image | None) -> LinkPreviewOptions | None:
    """A good picture, large above the text; Telegram's servers fetch it, so nobody's address is asked for here."""
    if image is None or not public(image.url) or 0 < image.width < GOOD_IMAGE:
        return None
    return LinkPreviewOptions(url=image.url, prefer_large_media=True, show_above_text=True)


# ---------------------------------------------------------------- a notice


def _notice(notice: Notice, words: Texts, now: datetime) -> Text:
    """The sentences stay whole; items give way from the end until everything fits."""
    opening, closing = (tidy(text, leftward=words.leftward) for text in (notice.text, notice.closing))
    items = [_item(number, card, words, now) for number, card in enumerate(notice.items, 1)]
    for shown in range(len(items), 0, -1):
        blocks = [opening, *items[:shown]]
        if shown < len(items):
            blocks.append(words.text("card-more", count=len(items) - shown))
        text = join([block for block in (*blocks, closing) if block], "\n\n")
        if fits(text):
            return text
    room = markup.LENGTH - markup.length(closing) - 2
    if room < markup.LENGTH // 2:  # `fitted` cuts a closing that long
        return join([block for block in (opening, closing) if block], "\n\n")
    return join([fitted(opening, room), closing] if opening and closing else [opening or closing], "\n\n")


def _item(number: int, card: Card, words: Texts, now: datetime) -> Text:
    head = _head(card, words, SHORT_TITLE, strong=False, isolated=True)
    return (*words.line_start, Span(f"{number}. "), *head, Span("\n"), *_meta(card, words, now))


# ---------------------------------------------------------------- buttons


def keyboard_of(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """The buttons that Telegram takes, at most three a row; None where none is left."""
    rows: list[list[InlineKeyboardButton]] = []
    room = MOST_BUTTONS
    for row in keyboard:
        buttons = list(_buttons(row))[:room]
        room -= len(buttons)
        rows += [buttons[at : at + ROW] for at in range(0, len(buttons), ROW)]
    return InlineKeyboardMarkup(rows) if rows else None


def _buttons(row: tuple[Button, ...]) -> Iterator[InlineKeyboardButton]:
    for button in row:
        label = foreign(button.label, LABEL)
        if not label:
            continue
        if button.url is not None and public(button.url):
            yield InlineKeyboardButton(label, url=button.url)
        elif button.action and len(button.action.encode()) <= ACTION_BYTES:
            yield InlineKeyboardButton(label, callback_data=button.action)
