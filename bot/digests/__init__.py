"""Digests: what newly cleared a reader's bars since the last one, ranked, grouped, and judged again when sent."""

from __future__ import annotations

from bot.digests.held import Held, write_held
from bot.digests.news import News
from bot.digests.sending import DIGEST, Letter, last_word
from bot.digests.writing import Due, compose_now, read_news, write_digest, write_digests

__all__ = [
    "DIGEST",
    "Due",
    "Held",
    "Letter",
    "News",
    "compose_now",
    "last_word",
    "read_news",
    "write_digest",
    "write_digests",
    "write_held",
]
