"""What chats and subscriptions are refined by, as it stands in an export."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row

from bot.preferences import FIRST_LOOK
from storage.codec import load_filters, load_look


def tuned(row: Row[Any]) -> dict[str, Any]:
    """How a chat wants its messages, as plain JSON values; nothing of what is as at first."""
    look = load_look(row.form, row.silent, row.preferred)
    chosen = {"form": look.form, "silent": look.silent, "preferred": list(look.preferred)}
    tuned = {name: value for name, value in chosen.items() if value not in (getattr(FIRST_LOOK, name), [])}
    return tuned | _filters(row.filters)


def refined(row: Row[Any]) -> dict[str, Any]:
    """What a subscription has beside its bars."""
    outlets = {} if row.outlets_from is None else {"outlets_from": row.outlets_from}
    return outlets | _filters(row.filters)


def _filters(text: str | None) -> dict[str, Any]:
    return {} if text is None else {"filters": asdict(load_filters(text))}
