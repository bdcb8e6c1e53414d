"""Whatever an article or a sentence holds, Telegram accepts what is rendered of it."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters import hygiene
from adapters.telegram.render import render
from bot.messages import Content
from tests.adapters.hostile import HOSTILE, contents
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


def _without_own_marks(text: str) -> str:
    return text.replace("\u200e\u2068", "").replace("\u2069", "").replace("\u2060", "")


@given(HOSTILE, st.integers(1, 400))
def test_shortened_text_is_a_beginning_and_never_longer(text: str, limit: int) -> None:
    short = hygiene.shorten(text, limit)
    assert len(short) <= limit
    assert text.startswith(short.removesuffix("…"))
    assert short == text or short.endswith("…")
