"""Real, sample and hostile articles on their whole way from the file to Telegram: no request is refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.sources.frontmatter import read_article
from adapters.telegram.messenger import TelegramMessenger
from bot.cards import card_of, content_of
from bot.messages import Card, Notice, Payload, Span
from bot.model import Article, Kind, StoredArticle
from bot.texts import texts
from bot.topics import Catalogue
from tests.adapters.telegram_chat import ANN, ANNS_CHAT, messenger_of
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_rules import Rules

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator(rules=Rules(rates="off")) as emulator:
        emulator.add_chat(ANN)
        yield emulator


@pytest.fixture
async def messenger(telegram: TelegramEmulator) -> AsyncIterator[TelegramMessenger]:
    ours = messenger_of(telegram)
    yield ours
    await ours.stop()


def cards_in(folder: Path) -> list[Card]:
    read = [read_article("test", path.name, path.read_bytes()) for path in sorted(folder.glob("**/*.md"))]
    articles = [content for content in read if isinstance(content, Article)]
    stored = [StoredArticle(number, article, number, NOW) for number, article in enumerate(articles, 1)]
    return [card_of(article, [], Catalogue(()), second_look=article.id % 2 == 0) for article in stored]


async def send_all(messenger: TelegramMessenger, telegram: TelegramEmulator, cards: list[Card]) -> None:
    for card in cards:
        alert = content_of(Kind.ALERT, Payload(cards=(card,)), texts("en"))
        await messenger.send(ANNS_CHAT, alert, locale="en", nonce=str(card.article_id), now=NOW)
        assert telegram.sent[-1].links  # the title leads to the article
        await messenger.send_plain(ANNS_CHAT, alert, locale="en", now=NOW)
    for at in range(0, len(cards), 10):
        digest = Notice((Span("What was strong lately:"),), tuple(cards[at : at + 10]))
        await messenger.send(ANNS_CHAT, digest, locale="en", nonce=f"digest {at}", now=NOW)
    assert not telegram.refused
    assert len(telegram.sent) == 2 * len(cards) + -(-len(cards) // 10)


@pytest.mark.parametrize(("folder", "fewest"), [("articles", 30), ("later", 20), ("hostile", 5)])
async def test_every_sample_is_accepted(
    messenger: TelegramMessenger, telegram: TelegramEmulator, folder: str, fewest: int
) -> None:
    cards = cards_in(ROOT / "samples" / folder)
    assert len(cards) >= fewest
    await send_all(messenger, telegram, cards)


@pytest.mark.parametrize("folder", ["seed", "power-apps"])
async def test_every_article_of_the_corpus_is_accepted(
    messenger: TelegramMessenger, telegram: TelegramEmulator, folder: str
) -> None:
    corpus = SHARED / "corpus" / folder
    if not corpus.is_dir():
        pytest.skip("../shared/corpus is absent")
    cards = cards_in(corpus)
    assert cards
    await send_all(messenger, telegram, cards)
