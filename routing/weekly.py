"""What the weekly review of a State needs of its tables: groups of channels and words (review.toml), the rubric (rank.toml).

Here: reading and checking. Not here: the rubric's rules (nistaran/domain/rank.py), the pack of the review (nistaran/steps/weekly.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from nistaran.domain.rank import Measure, Point, Rubric
from routing.pack import Pack
from routing.tables import Code, Row, need, parse, read_toml, rows


class ReviewWords(Row):
    """review.toml, [words]: what the State calls things."""

    title: str
    chair: str
    district: str
    case: str
    complainant: str
    defaulter: str


class GroupRow(Row):
    """review.toml, [[group]]: channels whose defaulters the districts report as one number (S2-1)."""

    name_hi: str
    name_en: str
    channels: tuple[str, ...] = Field(min_length=1)


class PeriodRow(Row):
    """rank.toml, [period]."""

    days: int = Field(ge=7, le=366)
    older_than: Literal[7, 15, 30, 60, 180]
    late_counts: float = Field(ge=0, le=1)


class PointRow(Row):
    """rank.toml, [[point]]."""

    code: Code
    name_hi: str
    name_en: str
    measure: Measure
    marks: float = Field(gt=0, le=1000)
    zero_at: float = Field(ge=0)
    full_at: float = Field(ge=0)
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyRules:
    """Both tables."""

    words: ReviewWords
    groups: tuple[GroupRow, ...]
    rubric: Rubric


#: What is better when there is more of it; of all else less is better.
_MORE = frozenset({Measure.TIMELY, Measure.SATISFIED, Measure.RELIEF})


def load_weekly_rules(folder: Path, pack: Pack) -> WeeklyRules:
    """Read and check review.toml and rank.toml of a pack's folder.

    Raises:
        BadTable: naming file, row and reason, for the first thing that is wrong.
    """
    path = folder / "review.toml"
    data = read_toml(path)
    return WeeklyRules(
        words=parse(path, "[words]", ReviewWords, data.get("words", {})),
        groups=_groups(path, data, pack),
        rubric=_rubric(folder / "rank.toml", pack),
    )


def _groups(path: Path, data: Mapping[str, object], pack: Pack) -> tuple[GroupRow, ...]:
    groups = tuple(rows(path, "group", GroupRow, data=dict(data)))
    taken: set[str] = set()
    for group in groups:
        for channel in group.channels:
            need(channel in pack.channels, path, group.name_en, f"channel {channel} is not in channels.toml")
            need(channel not in taken, path, group.name_en, f"channel {channel} stands in two groups")
            taken.add(channel)
    return groups


def _rubric(path: Path, pack: Pack) -> Rubric:
    data = read_toml(path)
    period = parse(path, "[period]", PeriodRow, data.get("period", {}))
    points: dict[str, Point] = {}
    for row in rows(path, "point", PointRow, data=data):
        need(row.code not in points, path, row.code, "stands twice")
        is_up = row.full_at > row.zero_at
        need(
            row.full_at != row.zero_at and is_up == (row.measure in _MORE),
            path,
            row.code,
            "full_at और zero_at उलटे हैं / full_at and zero_at: which of them is the better value?",
        )
        for channel in row.channels:
            need(channel in pack.channels, path, row.code, f"channel {channel} is not in channels.toml")
        points[row.code] = Point(**{**row.model_dump(), "channels": frozenset(row.channels)})
    need(bool(points), path, "[[point]]", "there is none")
    return Rubric(
        points=tuple(points.values()),
        period_days=period.days,
        older_than=period.older_than,
        late_counts=period.late_counts,
    )
