"""The schema, by subject. Rows on the hot paths are narrow; times are milliseconds since 1970, UTC."""

from __future__ import annotations

from storage.tables.articles import article_topics, articles, files, sources, topics
from storage.tables.broadcasts import broadcasts, deeds
from storage.tables.destinations import access, destinations, follows, managers, mutes, subscriptions
from storage.tables.metadata import metadata
from storage.tables.operations import alarms, leases, tokens
from storage.tables.outbox import deliveries, fanouts, payloads, told, transcripts

__all__ = [
    "access",
    "alarms",
    "article_topics",
    "articles",
    "broadcasts",
    "deeds",
    "deliveries",
    "destinations",
    "fanouts",
    "files",
    "follows",
    "leases",
    "managers",
    "metadata",
    "mutes",
    "payloads",
    "sources",
    "subscriptions",
    "tokens",
    "told",
    "topics",
    "transcripts",
]
