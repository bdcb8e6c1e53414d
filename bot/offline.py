"""The command line's one-off uses of the parts: no platform is connected, nothing is sent."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from adapters.sources.folder import FolderSource
from adapters.sources.frontmatter import read_article
from adapters.web.messenger import WebMessenger
from bot import logs
from bot.bootstrap import conversation_of, rules_of, topics_of, utc_now
from bot.cards import card_of, content_of
from bot.config import load_settings
from bot.duties import load_topics
from bot.errors import UsageError
from bot.intake import Intake
from bot.messages import Alert, Card, Content, Notice, Payload
from bot.model import FileRefused, Kind, Platform, StoredArticle
from bot.ports import Storage
from bot.reports import address_of
from bot.texts import plain, texts
from bot.topics import Catalogue
from bot.verdicts import FileVerdict
from storage.database import Database
from storage.moving import bring as bring_rows
from storage.rehearsal import rehearsal


@dataclass(frozen=True, slots=True)
class IngestReport:
    verdicts: list[FileVerdict]
    baseline: bool


@asynccontextmanager
async def database(*, migrate: bool = True) -> AsyncIterator[Database]:
    """The configured database, brought to this version. Raises SettingsError and StorageError."""
    settings = load_settings()
    logs.configure("warning" if settings.log_level == "info" else settings.log_level, settings.log_format)
    storage = Database(settings.database_url)
    try:
        if migrate:
            await storage.migrate()
        yield storage
    finally:
        await storage.close()


def rates() -> dict[Platform, float]:
    """Messages a second on each platform. Raises SettingsError."""
    settings = load_settings()
    return {
        Platform.TELEGRAM: settings.telegram_rate,
        Platform.DISCORD: settings.discord_rate,
        Platform.WEB: WebMessenger.rate,
    }


async def bring(url: str) -> dict[str, int]:
    """Everything from the database of this URL into the configured one; rows by table. Raises TopicwireError."""
    async with database(migrate=False) as target:
        source = Database(url)
        try:
            return await bring_rows(source, target, utc_now())
        finally:
            await source.close()


async def ingest_folder(path: Path, *, now: datetime | None, dry_run: bool) -> IngestReport:
    """Take in what changed in a folder, judged at `now`. Raises TopicwireError."""
    folder = topics_of(load_settings())
    async with database(migrate=not dry_run) as storage, AsyncExitStack() as stack:
        target = await stack.enter_async_context(rehearsal(storage)) if dry_run else storage
        await load_topics(target, folder)
        return await _ingest(target, path, now)


async def _ingest(storage: Storage, path: Path, now: datetime | None) -> IngestReport:
    source = FolderSource(str(path), path)
    async with storage.read() as work:
        baseline = not await work.sources.baselined(source.name)
    rules = rules_of(load_settings())
    intake = Intake(storage, source, rules, clock=lambda: now or utc_now(), owed=lambda: None)
    await intake.begin()
    return IngestReport(await intake.look(patient=False), baseline)


async def why(article: str, destination: str) -> str:
    """The answer of /why for a destination, as plain text. Raises UsageError for a malformed destination."""
    address = address_of(destination)
    settings = load_settings()
    async with database() as storage:
        async with storage.read() as work:
            if await work.destinations.get(address) is None:
                raise UsageError(f"{destination} is not known here. `topicwire export` lists the destinations.")
        chat = conversation_of(settings, storage, utc_now)
        answer = await chat.why(address, article)
        return "\n\n".join(_plain(message) for message in answer.messages)


async def preview(article: str, platform: str) -> str:
    """What a platform would get for an article. Raises UsageError where there is none of that name."""
    async with database() as storage:
        card = await _card(storage, article)
    content = content_of(Kind.ALERT, Payload(cards=(card,)), texts("en"))
    if platform == "telegram":
        from adapters.telegram.render import render  # noqa: PLC0415

        return render(content, "en", utc_now()).html
    if platform == "discord":
        from adapters.discord.posting import body_of  # noqa: PLC0415
        from adapters.discord.render import render as rendered  # noqa: PLC0415

        return json.dumps(body_of(rendered(content, "en", utc_now())), indent=2, ensure_ascii=False)
    from adapters.web.render import fragment  # noqa: PLC0415

    return fragment(content, "en", utc_now())


async def _card(storage: Storage, article: str) -> Card:
    file = Path(article)
    async with storage.read() as work:
        catalogue = await work.topics.catalogue()
        if file.is_file():  # noqa: ASYNC240 - one local file
            return _card_of_file(file, catalogue)
        found = await work.articles.find(article)
        if not found:
            raise UsageError(
                f"No article {article!r}: neither a file, nor the link, title or path of a stored one."
            )
        return card_of(found[0], await work.articles.of_story(found[0].story_id), catalogue)


def _card_of_file(file: Path, catalogue: Catalogue) -> Card:
    content = read_article("", file.name, file.read_bytes())
    if isinstance(content, FileRefused):
        raise UsageError(f"{file} cannot be an article: {content.reason}")
    return card_of(StoredArticle(0, content, 0, utc_now()), [], catalogue)


def _plain(message: Content) -> str:
    if isinstance(message, Alert):
        return message.card.title
    cards = message.items if isinstance(message, Notice) else [i.card for g in message.groups for i in g.items]
    lines = [plain(message.text), *(f"- {card.title}" for card in cards), plain(message.closing)]
    buttons = [f"[{button.label}]" for row in message.keyboard for button in row]
    return "\n".join(line for line in (*lines, " ".join(buttons)) if line)
