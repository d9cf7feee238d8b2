"""The plans on a weekly review: what departments promised, and clean-up orders with their target days, beside what happened (S1-5).

Of people's words only officers' own lines. Not here: the other lists (weekly_lists.py).
"""

from __future__ import annotations

from datetime import date

from nistaran.domain.promise import Counted, Kept, Outcome, Promise
from nistaran.domain.weekly import OrderCount
from nistaran.domain.weekly_figures import WeeklyFigures
from nistaran.steps.weekly_names import NOTHING, Names, day
from nistaran.steps.weekly_tables import Cell, Kind, Table, column

KEPT_HI = {
    Kept.KEPT: "पूरा हुआ",
    Kept.NOT_KEPT: "पूरा नहीं हुआ",
    Kept.TIME_LEFT: "समय शेष",
    Kept.NO_NUMBER: "संख्या नहीं दी",
}


def promises(figures: WeeklyFigures, names: Names) -> Table:
    """What departments promised beside what happened (S1-5)."""
    return Table(
        sheet="कार्ययोजना",
        title="पिछली समीक्षा की कार्ययोजना और उसका परिणाम",
        columns=(
            column("विभाग", Kind.TEXT, 4),
            column("कार्ययोजना", Kind.TEXT, 7),
            column("तक", Kind.TEXT, 2.4),
            column("वचन", Kind.TEXT, 3.4),
            column("तब लम्बित", width=1.8),
            column("अब", width=1.6),
            column(f"तब {names.words.defaulter}", width=2),
            column("अब", width=1.6),
            column("परिणाम", Kind.TEXT, 2.6),
        ),
        rows=tuple(_promise(one, names) for one in figures.promises),
    )


def _promise(one: Outcome, names: Names) -> tuple[Cell, ...]:
    made = one.promise
    stood = (one.then[0], one.now[0], one.then[1], one.now[1])
    return (
        names.department(made.department),
        made.line,
        day(made.target),
        promised(made, names),
        *stood,
        KEPT_HI[one.kept],
    )


def orders(figures: WeeklyFigures, names: Names) -> Table:
    """Clean-up orders with their target days, and how many of their cases are left (S1-5)."""
    until = figures.week.until
    return Table(
        sheet="निस्तारण आदेश",
        title="लक्ष्य दिनांक वाले निस्तारण आदेश",
        columns=(
            column("आदेश", Kind.TEXT, 4),
            column("कारण", Kind.TEXT, 7),
            column("दिया गया", Kind.TEXT, 2.4),
            column("लक्ष्य", Kind.TEXT, 2.4),
            column(names.words.case, width=2),
            column("तब शेष", width=1.8),
            column("अब शेष", width=1.8),
            column("परिणाम", Kind.TEXT, 2.6),
        ),
        rows=tuple(
            (one.id, one.why, day(one.given_on), day(one.target), one.cases, one.left_before, one.left, _fulfilled(one, until))
            for one in figures.orders
        ),
        note="«तब» = सप्ताह के आरम्भ में, «अब» = अन्त में; आदेश से नियत दिनांक नहीं बदलता।" if figures.orders else "",
    )  # fmt: skip


def _fulfilled(one: OrderCount, until: date) -> str:
    return KEPT_HI[Kept.KEPT] if not one.left else KEPT_HI[Kept.TIME_LEFT if one.target > until else Kept.NOT_KEPT]


def promised(made: Promise, names: Names) -> str:
    """What number a department promised, in words."""
    what = names.words.defaulter if made.counted is Counted.DEFAULTERS else "लम्बित"
    return NOTHING if made.number is None else f"{what} अधिकतम {made.number}"
