"""`topicwire check`: looks over settings, database, sources and tokens, and says what to do about each fault."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from adapters.sources.folder import FolderSource
from adapters.sources.topics import read_topics
from bot.bootstrap import application, topics_of
from bot.config import Settings, masked
from bot.errors import DeliveryError, SourceUnavailable, StorageError
from bot.model import Article, FileRefused

Mark = Literal["ok", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    mark: Mark
    text: str


async def check(settings: Settings) -> AsyncIterator[Finding]:
    """Every finding, as soon as it is known. Changes nothing."""
    shown = ", ".join(f"{name}={value}" for name, value in masked(settings).items() if value)
    yield Finding("ok", f"Settings: {shown}")
    if not getattr(yaml, "__with_libyaml__", False):
        yield Finding(
            "warning", "PyYAML has no C parser here: reading articles is nine times slower. Reinstall PyYAML."
        )
    yield await _database(settings)
    if settings.demo:
        yield Finding("ok", "Demo: ARTICLES is not set and there is no token, so the samples are shown.")
    for folder in settings.articles:
        async for finding in _source(folder):
            yield finding
    async for finding in _topics(settings):
        yield finding
    async for finding in _tokens(settings):
        yield finding
    if settings.telegram_token is None:
        yield Finding("ok", "Telegram is off: TELEGRAM_TOKEN is not set.")
    if settings.discord_token is None:
        yield Finding("ok", "Discord is off: DISCORD_TOKEN is not set.")


async def _tokens(settings: Settings) -> AsyncIterator[Finding]:
    async with application(settings) as app:
        for messenger in app.messengers:
            if messenger is not app.page:
                try:
                    yield Finding("ok", f"{messenger.platform}: {await messenger.identify()}")
                except DeliveryError as fault:
                    yield Finding("fault", f"{messenger.platform}: {fault}")


async def _database(settings: Settings) -> Finding:
    try:
        async with application(settings) as app:
            found, wanted = await app.storage.revision()
            if found is None:
                return Finding("ok", "Database: none yet; `topicwire run` makes it.")
            await app.storage.try_writing()
            if found != wanted:
                copied = " and copied before" if app.storage.file else ""
                return Finding(
                    "warning",
                    f"Database: it has revision {found}, this version of Topicwire needs {wanted}: "
                    f"it is migrated{copied} at the next start.",
                )
            async with app.storage.read() as work:
                count = sum((await work.destinations.count()).values())
    except StorageError as fault:
        return Finding("fault", str(fault))
    return Finding("ok", f"Database: up to date, {count} destinations.")


async def _source(folder: str) -> AsyncIterator[Finding]:
    source = FolderSource(folder, Path(folder))
    source.known({}, baselined=False)
    articles: list[Article] = []
    refused: list[FileRefused] = []
    try:
        while (batch := await source.scan(patient=False)) is not None:
            articles += [file.content for file in batch.read if isinstance(file.content, Article)]
            refused += [file.content for file in batch.read if isinstance(file.content, FileRefused)]
            source.commit(batch)
    except SourceUnavailable as fault:
        yield Finding("fault", str(fault))
        return
    yield Finding("ok", f"{folder}: {len(articles)} articles.")
    if articles and all(article.quality is None for article in articles):
        yield Finding(
            "warning",
            f"{folder}: no article has a quality, so only subscriptions with the bar `any` get alerts. "
            "Add `quality: 70` (a whole number) to the front matter.",
        )
    if not articles:
        yield Finding("warning", f"{folder}: no article is in it. Articles end in .md and begin with front matter.")
    for file in refused[:20]:
        yield Finding("warning", f"{folder}/{file.path}: {file.reason}")
    if refused[20:]:
        yield Finding(
            "warning", f"{folder}: {len(refused) - 20} more files are refused; `topicwire stats` lists all."
        )


async def _topics(settings: Settings) -> AsyncIterator[Finding]:
    folder = topics_of(settings)
    if folder is None:
        yield Finding(
            "warning", "TOPICS is not set: topics come from the articles alone, without parents or aliases."
        )
        return
    try:
        topics, refused = await asyncio.to_thread(read_topics, folder)
    except SourceUnavailable as fault:
        yield Finding("fault", str(fault))
        return
    yield Finding("ok" if topics else "fault", f"{folder}: {len(topics)} topics.")
    for file in refused:
        yield Finding("warning", f"{folder}/{file.path}: {file.reason}")
