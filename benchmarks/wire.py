"""What all senders of a comparison have in common: the token, the chats, and a text as long as a card's."""

from __future__ import annotations

TOKEN = "1234:bench-token"  # noqa: S105 - of the loopback server
CHATS = 1_000_001
"""The first of the readers' chats; the others follow."""
TEXT = '<b><a href="https://news.example/a">A headline of about forty characters</a></b>\n\n' + (
    "Some words of the excerpt, and some more of them. " * 7
)
