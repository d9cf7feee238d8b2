"""Column types of the tables: aware moments, calendar days, checked words, JSON texts.

Here: how a value is written in each database. Not here: which columns there are (tables.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, DateTime, Index, Integer, Text
from sqlalchemy import text as sql
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from nistaran.domain.events import canonical_json

#: SQLite counts rows itself only in a column that is exactly INTEGER.
RowId = BigInteger().with_variant(Integer(), "sqlite")

#: JSON with sorted keys, Hindi left readable; the same value always gives the same text.
write_json: Callable[[Any], str] = canonical_json
read_json: Callable[[str], Any] = json.JSONDecoder().decode


def moment_text(at: datetime) -> str:
    """A moment as UTC text of one fixed width, so that text order is time order. Raises ValueError for a naive time."""
    if at.tzinfo is None:
        raise ValueError("a moment must be aware: take it from the house's clock")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


class Moment(TypeDecorator[datetime]):
    """An aware moment: timestamptz on Postgres, UTC text of fixed width on SQLite. Always read back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, timestamptz elsewhere."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse naive times with ValueError."""
        if value is None:
            return None
        text = moment_text(value)
        return text if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        return datetime.fromisoformat(value) if dialect.name == "sqlite" else value.astimezone(UTC)


class Day(TypeDecorator[date]):
    """A calendar day: date on Postgres, ISO text on SQLite."""

    impl = Date()
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, date elsewhere."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Date())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        """Refuse a moment where a day is meant with ValueError."""
        if value is None:
            return None
        if isinstance(value, datetime):
            raise ValueError("a day is meant, not a moment: take the day in India first")  # noqa: TRY004 (as for naive times)
        return value.isoformat() if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        """A plain date."""
        return date.fromisoformat(value) if isinstance(value, str) else value


def one_of(column: str, words: type[StrEnum] | tuple[str, ...]) -> CheckConstraint:
    """A check that the column holds one of the words: no database-made enum type, so a new word is one small migration."""
    values = words if isinstance(words, tuple) else tuple(word.value for word in words)
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def some_of(name: str | None, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over some of the rows only: small, and free of charge for every other row."""
    return Index(name, *columns, unique=unique, sqlite_where=sql(where), postgresql_where=sql(where))
