"""The nouns of the engine: frozen values without behaviour that reaches outside.

Times are aware UTC datetimes. Quality is an open-ended integer (real data: 0 to 240); nothing assumes 0-100.
"""

from __future__ import annotations

from bot.model.articles import NO_PROVIDER, Article, Coverage, Image, Provider, StoredArticle
from bot.model.deliveries import TRIES, Kind, Priority, State
from bot.model.destinations import (
    ANY,
    EVERY_DAY,
    Address,
    Admission,
    Destination,
    Platform,
    Quiet,
    QuietMode,
    Schedule,
    Subscription,
    Topic,
)
from bot.model.sources import Batch, FileRead, FileRefused, FileStamp

__all__ = [
    "ANY",
    "EVERY_DAY",
    "NO_PROVIDER",
    "TRIES",
    "Address",
    "Admission",
    "Article",
    "Batch",
    "Coverage",
    "Destination",
    "FileRead",
    "FileRefused",
    "FileStamp",
    "Image",
    "Kind",
    "Platform",
    "Priority",
    "Provider",
    "Quiet",
    "QuietMode",
    "Schedule",
    "State",
    "StoredArticle",
    "Subscription",
    "Topic",
]
