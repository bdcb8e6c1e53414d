"""A conversation for each platform, from the first word to ten tuned topics; docs/tour.md says what was said."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.model import Quiet, Schedule
from bot.preferences import Form
from tests.pages import text_of
from tests.tour import discord, page, telegram
from tests.tour.transcript import Tour

WORKDAYS = 0b0011111

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder, and no settings but ours."""
    for name in list(os.environ):
        if name.startswith(("TELEGRAM_", "DISCORD_", "ARTICLES", "TOPICS", "WEB_", "DEFAULT_", "DIGEST_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def documented(tour: Tour[Any]) -> list[str]:
    """What docs/tour.md has of this tour, line by line; `make tour` writes it."""
    section = text_of("docs/tour.md").partition(f"## {tour.title}\n")[2]
    return f"## {tour.title}\n{section}".partition("\n## ")[0].split("\n")


def said(tour: Tour[Any]) -> list[str]:
    return tour.markdown().split("\n")


async def test_telegram_from_the_first_word_to_ten_tuned_topics(home: Path) -> None:
    async with telegram.chat(home) as ann:
        await telegram.play(ann)
        subscriptions, chat = await ann.place.subscriptions(), await ann.place.chat()
        assert not ann.server.refused
    assert subscriptions == {
        "space": (70, 70),
        "oceans": (70, None),
        "robotics": (80, None),
        "moon": (80, None),
        "computer-vision": (90, None),
        "batteries": (None, 40),
        "climate": (None, 60),
        "clean-energy": (None, 60),
        "speech": (70, None),
        "natural-language": (70, None),
    }
    assert (chat.timezone, chat.quiet) == ("Europe/Madrid", Quiet(22 * 60, 7 * 60))
    assert (chat.look.form, chat.filters.exclude) == (Form.PICTURE, ("crypto", "layoff*"))
    sent = [message.text for message in ann.server.sent]
    assert [sum(title in text for text in sent) for title in ("Street atlas", "Ice core", "Hydrogen stage")] == [
        3,  # the alert, why it came, that it is followed
        1,  # the recap
        1,  # the alert
    ]
    assert documented(ann.tour) == said(ann.tour)


async def test_discord_from_the_first_word_to_ten_tuned_topics(home: Path) -> None:
    async with discord.chat(home) as ann:
        await discord.play(ann)
        subscriptions, chat = await ann.place.subscriptions(), await ann.place.chat()
        assert not ann.server.refused
        assert not ann.server.unanswered
    assert subscriptions == {
        "computer-vision": (80, None),
        "oceans": (80, None),
        "rockets": (80, None),
        "telescopes": (80, None),
        "robotics": (90, None),
        "climate": (None, 60),
        "clean-energy": (None, 60),
        "batteries": (None, 60),
        "speech": (0, None),
        "natural-language": (80, None),
    }
    assert (chat.digest, chat.paused_until) == (Schedule(18 * 60, WORKDAYS), None)
    assert (chat.look.form, chat.filters.muted) == (Form.COMPACT, ("skywardalmanac.example",))
    assert documented(ann.tour) == said(ann.tour)


async def test_the_chat_page_from_the_first_word_to_ten_tuned_topics(home: Path) -> None:
    async with page.chat(home) as ann:
        await page.play(ann)
        subscriptions, chat = await ann.place.subscriptions(), await ann.place.chat()
        assert not ann.shown.errors
        assert not await ann.shown.violations()
        assert not await ann.shown.overflows()
    assert subscriptions == {
        "climate": (None, 70),
        "space": (70, None),
        "robotics": (80, 60),
        "telescopes": (80, 60),
        "moon": (80, 60),
        "oceans": (70, None),
        "computer-vision": (100, None),
        "ai": (None, 0),
        "natural-language": (None, 0),
        "batteries": (None, 0),
    }
    assert (chat.locale, chat.paused_until) == ("es", datetime(2026, 11, 27, 18, 41, 45, tzinfo=UTC))
    assert documented(ann.tour) == said(ann.tour)
