"""Whatever an article or a sentence holds, Telegram accepts what is rendered of it."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters import hygiene
from adapters.telegram.render import render
from bot.messages import Card, Content, Digest, Group, Item, Span
from tests.adapters.hostile import DIGESTS, HOSTILE, contents
from tests.emulators.telegram_rules import Rules, check_text, formatted_text, inline_buttons

NOW = datetime(2026, 11, 27, 12, 0, 30, tzinfo=UTC)


@settings(max_examples=150, deadline=None)
@given(contents(items=4, rows=4, wide=5))
def test_telegram_accepts_whatever_is_rendered(content: Content) -> None:
    rendered = render(content, "en", NOW)
    formatted = formatted_text(rendered.html, "HTML", None)  # raises where it cannot be parsed
    check_text(rendered.html, formatted, Rules())
    assert formatted.lost == 0
    assert sum(len(entity.get("url", "").encode()) for entity in formatted.entities) < 9500
    bare = formatted_text(rendered.plain, None, None)
    check_text(rendered.plain, bare, Rules())
    inline_buttons(rendered.keyboard.to_dict() if rendered.keyboard else None)
    assert not hygiene._UNWANTED.search(_without_own_marks(formatted.text))


@settings(max_examples=40, deadline=None)
@given(DIGESTS)
def test_a_digest_shows_all_its_items_whatever_is_in_them(digest: Digest) -> None:
    rendered = render(digest, "en", NOW)
    formatted = formatted_text(rendered.html, "HTML", None)
    check_text(rendered.html, formatted, Rules())
    assert formatted.lost == 0
    items = [item for group in digest.groups for item in group.items]
    assert all(formatted.text.count(item.card.provider.name) in {1, 2} for item in items)
    assert formatted.text.endswith("and more")


def test_an_ordinary_part_of_a_digest_keeps_its_links_and_whole_titles() -> None:
    title = "Harbour robots learn to sort mussels by their singing, and divers follow them to the last reef"
    cards = [Card(n, n, title, f"https://outlet.example/{n}?{'x' * 60}", quality=70 + n) for n in range(13)]
    digest = Digest((Span("Your digest"),), (Group((Span("AI"),), tuple(Item(card, 3) for card in cards)),))
    formatted = formatted_text(render(digest, "en", NOW).html, "HTML", None)
    assert formatted.text.count(title) == 13
    assert sum(entity["type"] == "text_link" for entity in formatted.entities) == 13


def _without_own_marks(text: str) -> str:
    return text.replace("\u200e\u2068", "").replace("\u2069", "").replace("\u2060", "")


@given(HOSTILE, st.integers(1, 400))
def test_shortened_text_is_a_beginning_and_never_longer(text: str, limit: int) -> None:
    short = hygiene.shorten(text, limit)
    assert len(short) <= limit
    assert text.startswith(short.removesuffix("…"))
    assert short == text or short.endswith("…")
