"""Values of the engine as JSON and back, for the columns that are only ever read whole."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

from pydantic import TypeAdapter

from bot.matching import Criteria
from bot.messages import Payload
from bot.model import Article
from bot.preferences import NO_FILTERS, Filters, Form, Look

T = TypeVar("T")

_ARTICLE = TypeAdapter(Article)
_PAYLOAD = TypeAdapter(Payload)
_CRITERIA = TypeAdapter(Criteria)
_FILTERS = TypeAdapter(Filters)
_NAMES = TypeAdapter(tuple[str, ...])


def _dump(adapter: TypeAdapter[T], value: T) -> str:
    return adapter.dump_json(value, exclude_defaults=True).decode()


def dump_article(article: Article) -> str:
    return _dump(_ARTICLE, article)


def load_article(text: str) -> Article:
    return _ARTICLE.validate_json(text)


def dump_payload(payload: Payload) -> str:
    return _dump(_PAYLOAD, payload)


def load_payload(text: str) -> Payload:
    return _PAYLOAD.validate_json(text)


def dump_criteria(criteria: Criteria) -> str:
    return _dump(_CRITERIA, criteria)


def load_criteria(text: str) -> Criteria:
    return _CRITERIA.validate_json(text)


def dump_filters(filters: Filters) -> str | None:
    """None where they hold nothing back."""
    return None if filters == NO_FILTERS else _dump(_FILTERS, filters)


@lru_cache(maxsize=1024)  # many chats have the same few
def load_filters(text: str | None) -> Filters:
    return NO_FILTERS if text is None else _FILTERS.validate_json(text)


def dump_names(names: tuple[str, ...]) -> str | None:
    return _dump(_NAMES, names) if names else None


def load_names(text: str | None) -> tuple[str, ...]:
    return () if text is None else _NAMES.validate_json(text)


@lru_cache(maxsize=1024)  # likewise
def load_look(form: str, silent: bool, preferred: str | None) -> Look:
    return Look(Form(form), bool(silent), load_names(preferred))
