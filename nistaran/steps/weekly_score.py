"""The estimated score on a weekly review: the rubric's points, and the cases that gain most. «Estimated» stands in every title (S2-5).

Not here: counting (rank.py), the rules (nistaran/domain/rank.py), the other lists (weekly_lists.py).
"""

from __future__ import annotations

from nistaran.domain.rank import Measure, Scored
from nistaran.domain.weekly_figures import WeeklyFigures
from nistaran.steps.weekly_names import NOTHING, Names, day
from nistaran.steps.weekly_tables import Cell, Kind, Table, column

ESTIMATED = "अनुमानित"


def gains(figures: WeeklyFigures, names: Names) -> Table:
    """The pending cases whose disposal would gain most, one after the other (S2-5)."""
    until = figures.week.until
    rows = [
        (
            place,
            one.case.number,
            names.channel(one.case.channel),
            names.office(one.case.office),
            day(one.case.due_on),
            max((until - one.case.due_on).days, 0) or NOTHING,
            f"{one.marks:.3f}",
        )
        for place, one in enumerate(figures.ranking.gains, start=1)
    ]
    marks = sum(one.marks for one in figures.ranking.gains)
    return Table(
        sheet="सर्वाधिक लाभ",
        title=f"इन {len(rows)} {names.words.case} के निस्तारण से सर्वाधिक अंक ({ESTIMATED} +{marks:.2f})"
        if rows
        else f"किनके निस्तारण से सर्वाधिक अंक ({ESTIMATED})",
        columns=(
            column("क्रम", width=1.1),
            column("प्रकरण संख्या", Kind.TEXT, 4),
            column("माध्यम", Kind.TEXT, 3.6),
            column("कार्यालय", Kind.TEXT, 9),
            column("नियत दिनांक", Kind.TEXT, 2.6),
            column("विलम्ब दिन", width=1.8),
            column(f"अंक ({ESTIMATED})", width=2.2),
        ),
        rows=tuple(rows),
    )


def score(figures: WeeklyFigures, names: Names) -> Table:
    """The rubric's points and what they come to; estimated, never the State's own."""
    now, before = figures.ranking.estimate, figures.ranking.before
    rows: list[tuple[Cell, ...]] = [
        (one.point.name_hi, _value(one), round(one.marks, 1), round(was.marks, 1), f"{one.point.marks:g}")
        for one, was in zip(now.points, before.points, strict=True)
    ]
    rows.append(("योग", "", round(now.marks, 1), round(before.marks, 1), f"{now.of:g}"))
    return Table(
        sheet="अनुमानित अंक",
        title=f"{ESTIMATED} अंक: {now.marks:.1f} / {now.of:g}",
        columns=(
            column("बिन्दु", Kind.TEXT, 9),
            column("मान", width=2.4),
            column("अंक", width=2),
            column("पिछले सप्ताह", width=2.2),
            column("पूर्णांक", width=2),
        ),
        rows=tuple(rows),
        totals=1,
        note=f"{ESTIMATED}: शासन बिन्दुवार अंक प्रकाशित नहीं करता; यह rank.toml की तालिका से निकाला गया है, शासकीय अंक नहीं।",
    )


def _value(one: Scored) -> str:
    if one.value is None:
        return "मापा नहीं गया"
    return f"{one.value:.1f} दिन" if one.point.measure is Measure.DAYS else f"{100 * one.value:.1f} %"
