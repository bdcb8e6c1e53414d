"""Column types of our own, and indexes on some of the rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, TypeDecorator, text

Big = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts row ids only in INTEGER columns


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime, kept as milliseconds: eight bytes, ordered, the same on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else round(value.timestamp() * 1000)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.fromtimestamp(value / 1000, UTC)


def where(condition: str) -> dict[str, Any]:
    """Arguments that keep an index to the rows of this condition, on either database."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}
