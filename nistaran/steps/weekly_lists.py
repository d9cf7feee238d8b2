"""The lists of a weekly review: feedback league, top five, oldest cases, stuck parts, wrong desks.

Case numbers, codes and counts. Not here: the large tables of counts (weekly_tables.py), promises and orders (weekly_plans.py), the
estimated score (weekly_score.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from nistaran.domain.weekly_figures import Misroutes, WeeklyFigures
from nistaran.domain.weekly_sums import League, league
from nistaran.steps.most_defaulters import window
from nistaran.steps.weekly_names import FEW, Names, between, day, percent, short_day
from nistaran.steps.weekly_tables import Cell, Kind, Table, column

_COUNT_HI = (
    *("एक", "दो", "तीन", "चार", "पाँच", "छः", "सात", "आठ", "नौ", "दस", "ग्यारह", "बारह"),
)  # fmt: skip
_MONTHS_HI = (
    *("जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितम्बर", "अक्टूबर", "नवम्बर", "दिसम्बर"),
)  # fmt: skip


def feedback_by_department(figures: WeeklyFigures, names: Names) -> Table:
    """Who disappoints most, by department (S4-1)."""
    found = league(figures.said, lambda row: names.department_of(row.office))
    return _league(figures, "फीडबैक विभाग", "फीडबैक: विभागवार असंतुष्ट", "विभाग", found, names.department)


def feedback_by_office(figures: WeeklyFigures, names: Names) -> Table:
    """The same by the office whose report disposed of the case."""
    found = league(figures.said, lambda row: row.office)
    return _league(figures, "फीडबैक कार्यालय", "फीडबैक: कार्यालयवार असंतुष्ट", "कार्यालय", found, names.office)


def _league(
    figures: WeeklyFigures, sheet: str, title: str, heading: str, found: Sequence[League], name: Callable[[str], str]
) -> Table:
    rows = [
        (
            name(one.key),
            f"{one.reached} में से {one.dissatisfied} असंतुष्ट",
            percent(one.unhappy),
            between(one.unhappy),
            percent(one.relief),
            between(one.relief),
            FEW if one.unhappy.few else "",
        )
        for one in found
    ]
    return Table(
        sheet=sheet,
        title=f"{title} ({day(figures.heard.since)} से {day(figures.heard.until)})",
        columns=(
            column(heading, Kind.TEXT, 8),
            column("असंतुष्ट", Kind.TEXT, 4.5),
            column("असंतुष्ट %", Kind.PERCENT, 2),
            column("95 % सीमा", width=2.2),
            column("राहत %", Kind.PERCENT, 2),
            column("95 % सीमा", width=2.2),
            column("टिप्पणी", Kind.TEXT, 2.2),
        ),
        rows=tuple(rows),
        shown=20 if heading == "कार्यालय" else 60,
        note="क्रम: सीमा का निचला छोर, ताकि कोई केवल संयोग से ऊपर न आये; «कम संख्या» (10 से कम) वाले अन्त में। अन्तिम बार जो कहा गया वही गिना है।",
    )


def worst_departments(figures: WeeklyFigures, names: Names) -> Table:
    """The departments with most new defaulters over some months (S2-3)."""
    months = window(figures.week.until, figures.months)
    rows: list[tuple[Cell, ...]] = [
        (place, names.department(one.department), *(count for _, count in one.months), one.total)
        for place, one in enumerate(figures.worst, start=1)
    ]
    return Table(
        sheet="शीर्ष पाँच",
        title=f"{dict(enumerate(_COUNT_HI, start=1)).get(figures.months, figures.months)} माह में सर्वाधिक {names.words.defaulter} वाले विभाग",
        columns=(
            column("क्रम", width=1.2),
            column("विभाग", Kind.TEXT, 7),
            *(column(_month(month), width=2.4) for month in months),
            column("कुल", width=2),
        ),
        rows=tuple(rows),
        note=f"जिस माह {names.words.defaulter} हुए, उस माह में गिने गये, चाहे बाद में निस्तारित हुए हों।" if rows else "",
    )


def _month(first: date) -> str:
    return f"{_MONTHS_HI[first.month - 1]} {first:%Y}"


def oldest(figures: WeeklyFigures, names: Names) -> Table:
    """The pending cases that came first."""
    until = figures.week.until
    rows = [
        (
            place,
            one.number,
            names.channel(one.channel),
            names.office(one.office),
            day(one.received_on),
            (until - one.received_on).days,
            day(one.due_on),
        )
        for place, one in enumerate(figures.oldest, start=1)
    ]
    return Table(
        sheet="सबसे पुराने",
        title=f"सबसे पुराने {len(rows)} लम्बित {names.words.case}" if rows else f"सबसे पुराने लम्बित {names.words.case}",
        columns=(
            column("क्रम", width=1.1),
            column("प्रकरण संख्या", Kind.TEXT, 4),
            column("माध्यम", Kind.TEXT, 4),
            column("कार्यालय", Kind.TEXT, 7),
            column("प्राप्त", Kind.TEXT, 2.6),
            column("दिन", width=1.6),
            column("नियत दिनांक", Kind.TEXT, 2.6),
        ),
        rows=tuple(rows),
    )


def stuck(figures: WeeklyFigures, names: Names) -> Table:
    """Inter-departmental cases whose co-department is late (S4-4)."""
    rows = [
        (one.case, names.office(one.lead), names.office(one.office), day(one.due_on), (figures.week.until - one.due_on).days)
        for one in figures.stuck
    ]  # fmt: skip
    return Table(
        sheet="अन्तर्विभागीय",
        title=f"अन्तर्विभागीय: सहयोगी विभाग का भाग लम्बित, समय बीता ({figures.stuck_in_all})",
        columns=(
            column("प्रकरण संख्या", Kind.TEXT, 4),
            column("मुख्य कार्यालय", Kind.TEXT, 6),
            column("जिस पर लम्बित", Kind.TEXT, 6),
            column("नियत दिनांक", Kind.TEXT, 2.6),
            column("विलम्ब दिन", width=2),
        ),
        rows=tuple(rows),
        note=f"{figures.stuck_in_all} में से सबसे पुराने {len(rows)}।" if len(rows) < figures.stuck_in_all else "",
    )


def misroutes(figures: WeeklyFigures, names: Names) -> Table:
    """The confusions that cost most days (S0-5)."""
    cost = figures.misroutes
    rows = [
        (names.department(one.wrong), names.department(one.right) if one.right else "प्रेषक को वापस", one.cases, one.days)
        for one in cost.pairs
    ]  # fmt: skip
    return Table(
        sheet="गलत कार्यालय",
        title=f"गलत कार्यालय पर गये दिन: {cost.days} ({cost.wrong} {names.words.case}, {short_day(cost.week.since)}–{day(cost.week.until)})",
        columns=(
            column("जहाँ गया", Kind.TEXT, 6),
            column("जहाँ का था", Kind.TEXT, 6),
            column(names.words.case, width=2),
            column("दिन", width=2),
        ),
        rows=tuple(rows),
        note=_of_wrong_desks(cost, names),
    )


def _of_wrong_desks(cost: Misroutes, names: Names) -> str:
    most = "सर्वाधिक दिन लेने वाले भ्रम; शेष केवल योग में हैं। दोनों विभाग एक हों तो उसी विभाग का गलत कार्यालय।" if cost.pairs else ""
    unread = (
        f"{cost.unreadable} {names.words.case} की घटनाएँ पढ़ी नहीं जा सकीं: nistaran verify चलाएँ।"
        if cost.unreadable
        else ""
    )
    return " ".join(one for one in (most, unread) if one)
