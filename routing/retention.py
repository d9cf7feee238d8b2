"""How long a State keeps what citizens told: days by kind, legal holds, categories that mean a court.

Here: retention.toml and its check. Not here: the rule (nistaran/domain/retention.py), taking away (nistaran/steps/retain.py).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from pydantic import Field

from nistaran.domain.errors import BadTable
from nistaran.domain.retention import Periods
from routing.tables import Row, need, parse, read_toml, rows

Kind = Literal["mask", "words", "raw", "refused", "notices", "logins", "backups"]


class PeriodRow(Row):
    """retention.toml: so many days for one kind, and where the number is from."""

    kind: Kind
    days: int = Field(ge=1, le=36_500)
    note: str = Field(min_length=3)


class HoldRow(Row):
    """retention.toml: a case that must stay whatever its age, and by whose order."""

    number: str = Field(pattern=r"^[A-Z]{2,8}-\d{4}-\d{7}$")
    note: str = Field(min_length=3)


class CourtRow(Row):
    """retention.toml, [court]: categories of special close that mean that a court has the matter."""

    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRules:
    """All of retention.toml."""

    periods: Periods
    holds: Collection[str]
    court: Collection[str]
    unconfirmed: int  #: so many periods are our proposal


def load_retention_rules(path: Path) -> RetentionRules:
    """Read and check retention.toml.

    Raises:
        BadTable: naming row and reason, for the first thing that is wrong.
    """
    data = read_toml(path)
    periods = rows(path, "period", PeriodRow, data=data)
    found = {row.kind: row for row in periods}
    need(len(found) == len(periods), path, "[[period]]", "a kind stands twice")
    for one in fields(Periods):
        need(one.name in found, path, f"[[period]] {one.name}", "नहीं है / is missing")
    try:
        kept = Periods(**{kind: row.days for kind, row in found.items()})
    except ValueError as error:
        raise BadTable(f"{path.name}: {error}") from None
    return RetentionRules(
        periods=kept,
        holds=frozenset(row.number for row in rows(path, "hold", HoldRow, data=data))
        if "hold" in data
        else frozenset(),
        court=frozenset(parse(path, "[court]", CourtRow, data.get("court", {})).categories),
        unconfirmed=sum("confirm" in row.note.lower() for row in found.values()),
    )
