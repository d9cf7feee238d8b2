"""Days in India inside SQL, written alike for both databases.

Not here: how days and moments are kept (columns.py), which are asked for (repositories/).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class days_between(GenericFunction[int]):  # noqa: N801 - a function of SQL
    """Days from a day to the day in India of a moment that is kept as the ledger keeps it, as UTC text."""

    type = Integer()
    inherit_cache = True


class not_after(GenericFunction[bool]):  # noqa: N801 - a function of SQL
    """Whether such a moment lies on this day in India or before it."""

    type = Boolean()
    inherit_cache = True


class age_on(GenericFunction[int]):  # noqa: N801 - a function of SQL
    """Days from a day to a later day."""

    type = Integer()
    inherit_cache = True


def _arguments(element: Any, compiler: SQLCompiler, **how: Any) -> tuple[str, str]:
    first, second = (compiler.process(one, **how) for one in element.clauses)
    return first, second


@compiles(days_between, "sqlite")
def _days_lite(element: Any, compiler: SQLCompiler, **how: Any) -> str:
    day, at = _arguments(element, compiler, **how)
    return f"CAST(julianday(date({at}, '+330 minutes')) - julianday({day}) AS INTEGER)"


@compiles(days_between, "postgresql")
def _days_post(element: Any, compiler: SQLCompiler, **how: Any) -> str:
    day, at = _arguments(element, compiler, **how)
    return f"((CAST({at} AS timestamptz) AT TIME ZONE 'Asia/Kolkata')::date - {day})"


@compiles(not_after, "sqlite")
def _not_after_lite(element: Any, compiler: SQLCompiler, **how: Any) -> str:
    at, day = _arguments(element, compiler, **how)
    return f"(date({at}, '+330 minutes') <= {day})"


@compiles(not_after, "postgresql")
def _not_after_post(element: Any, compiler: SQLCompiler, **how: Any) -> str:
    at, day = _arguments(element, compiler, **how)
    return f"((CAST({at} AS timestamptz) AT TIME ZONE 'Asia/Kolkata')::date <= {day})"


@compiles(age_on, "sqlite")
def _age_lite(element: Any, compiler: SQLCompiler, **how: Any) -> str:
    day, later = _arguments(element, compiler, **how)
    return f"CAST(julianday({later}) - julianday({day}) AS INTEGER)"


@compiles(age_on, "postgresql")
def _age_post(element: Any, compiler: SQLCompiler, **how: Any) -> str:
    day, later = _arguments(element, compiler, **how)
    return f"({later} - {day})"
