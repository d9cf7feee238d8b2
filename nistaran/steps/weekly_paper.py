"""The weekly review on paper: what stands on its first page, then the tables, pressed into a PDF for the officer in the chair.

Not here: the tables (weekly_tables.py, weekly_lists.py, weekly_plans.py, weekly_score.py), how a page looks (nistaran/letters/templates/review.typ).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from nistaran.domain.promise import Kept
from nistaran.domain.shares import Share
from nistaran.domain.weekly import Said, end_of
from nistaran.domain.weekly_figures import WeeklyFigures
from nistaran.domain.weekly_sums import lines, whole
from nistaran.letters.press import press
from nistaran.steps import weekly_lists as lists
from nistaran.steps import weekly_plans as plans
from nistaran.steps import weekly_tables as tables
from nistaran.steps.house import House
from nistaran.steps.weekly_names import NOTHING, Names, ages, change, count, day, percent_text, short_day
from nistaran.steps.weekly_score import ESTIMATED, gains, score
from nistaran.steps.weekly_tables import Kind, Table

#: So many offices stand on the first page.
_WORST = 5


def weekly_paper(house: House, figures: WeeklyFigures) -> bytes:
    """The PDF. Made from the same figures it is the same, to the byte.

    Raises:
        NotPrinted: when the template is wrong.
    """
    return press("review", facts_of(house, figures), at=end_of(figures.week.until))


def facts_of(house: House, figures: WeeklyFigures) -> dict[str, Any]:
    """What review.typ needs. Codes, counts, names of offices, officers' plan lines; never a citizen's word."""
    names = Names(house)
    return {
        "title": names.words.title,
        "district": f"{names.words.district} {names.district()}",
        "chair": names.words.chair,
        "days": f"{day(figures.week.since)} से {day(figures.week.until)}",
        "foot": f"{names.words.title}, {names.district()}, {day(figures.week.until)}",
        "late": names.words.defaulter,
        "boxes": headline_boxes(figures, names),
        "chart": [list(one) for one in weeks_of(figures)],
        "ages": [list(one) for one in zip(ages(), whole(figures.weeks).ages, strict=True)],
        "worst": _worst(figures, names),
        "groups": [[name, now, change(now, before)] for name, now, before in tables.group_totals(figures, names)],
        "soon": _soon(figures, names),
        "told": list(_told(figures, names)),
        "unhappy": _unhappy(figures, names),
        "top": [[str(row[1]), row[-1]] for row in lists.worst_departments(figures, names).rows],
        "top_title": lists.worst_departments(figures, names).title,
        "second": [_table(one) for one in _second_page(figures, names)],
        "wide": [_table(one) for one in _wide(figures, names)],
        "lists": [_table(one) for one in _lists(figures, names)],
    }


def _second_page(figures: WeeklyFigures, names: Names) -> list[Table]:
    made = (plans.promises, plans.orders, lists.worst_departments, gains, score)
    return [make(figures, names) for make in made]


def _wide(figures: WeeklyFigures, names: Names) -> list[Table]:
    counts = (tables.by_department, tables.by_department_and_channel, tables.by_channel, tables.by_office)
    return [make(figures, names) for make in (*counts, tables.by_office_and_channel)]


def _lists(figures: WeeklyFigures, names: Names) -> list[Table]:
    feedback = (lists.feedback_by_department, lists.feedback_by_office)
    rest = (tables.falling_due, lists.oldest, lists.stuck, lists.misroutes)
    return [make(figures, names) for make in (*feedback, *rest)]


def headline_boxes(figures: WeeklyFigures, names: Names) -> list[dict[str, Any]]:
    """The numbers at the top, each with its change against last week; `good` is 1 for a welcome change and -1 for another."""
    line, was = whole(figures.weeks), whole(figures.weeks[-2:-1])
    late = names.words.defaulter
    found = [
        _box("प्राप्त", "received", line.received, was.received, better=0),
        _box("निस्तारित", "disposed", line.disposed, was.disposed, better=1),
        _box("लम्बित", "pending", line.pending, was.pending, better=-1),
        _box(late, "late", line.defaulters, was.defaulters, better=-1),
        _share_box("संतुष्ट", "satisfied", _content(figures.said_this_week), _content(figures.said_before)),
    ]
    now, before = figures.ranking.estimate, figures.ranking.before
    marks = _box(f"{ESTIMATED} अंक", "est.", round(now.marks, 1), round(before.marks, 1), better=1, places=1)
    if now.of != before.of:  # other points could be measured: the difference of the sums would say nothing
        marks |= {"change": f"तब {before.marks:.1f} / {before.of:g}", "difference": 0, "rose": 0, "good": 0}
    return [*found, marks | {"of": f"/ {now.of:g}"}]


def _box(name: str, name_en: str, now: float, before: float, *, better: int, places: int = 0) -> dict[str, Any]:
    difference = round(now - before, places)
    rose = (difference > 0) - (difference < 0)
    return {
        "name": name,
        "name_en": name_en,
        "value": f"{now:.{places}f}" if places else count(round(now)),
        "change": change(now, before, places=places),
        "number": now,
        "difference": difference,
        "rose": rose,
        "good": rose * better,
        "of": "",
    }


def _share_box(name: str, name_en: str, now: Share, before: Share) -> dict[str, Any]:
    values = [round(100 * one.value) if one.value is not None else None for one in (now, before)]
    box = _box(name, name_en, values[0] or 0, values[1] or 0, better=1)
    if None in values:
        box |= {"change": NOTHING, "difference": 0, "rose": 0, "good": 0}
    return box | {"value": percent_text(now), "of": f"{now.of} में से {now.part}" if now.of else ""}


def _content(said: Iterable[Said]) -> Share:
    rows = list(said)
    return Share(part=sum(one.satisfied for one in rows), of=sum(one.reached for one in rows))


def weeks_of(figures: WeeklyFigures) -> list[tuple[str, int, int, int, int]]:
    """(last day, pending, defaulters, received, disposed) of each of the weeks, the oldest first."""
    found = [(short_day(one.week.until), whole((one,))) for one in figures.weeks]
    return [(day, line.pending, line.defaulters, line.received, line.disposed) for day, line in found]


def _worst(figures: WeeklyFigures, names: Names) -> list[list[Any]]:
    found = [one for one in lines(figures.weeks, lambda row: row.office) if one.defaulters][:_WORST]
    return [
        [
            names.office(one.key),
            one.defaulters,
            change(one.defaulters, one.lates[-2]),
            one.pending,
            one.soon,
            list(one.lates),
        ]
        for one in found
    ]


def _soon(figures: WeeklyFigures, names: Names) -> dict[str, Any]:
    rows = tables.falling_due(figures, names).rows
    return {"all": whole(figures.weeks).soon, "rows": [[str(row[0]), row[1]] for row in rows[:_WORST]]}


def _unhappy(figures: WeeklyFigures, names: Names) -> list[list[str]]:
    rows = lists.feedback_by_office(figures, names).rows[:_WORST]
    return [[str(row[0]), str(row[1]), str(row[-1])] for row in rows]


def _told(figures: WeeklyFigures, names: Names) -> Iterable[str]:
    """What the officer in the chair asks in the meeting, a sentence each."""
    yield _balance(figures)
    kept = [one.kept for one in figures.promises]
    settled = [one for one in kept if one in (Kept.KEPT, Kept.NOT_KEPT)]
    case = names.words.case
    if settled:
        yield f"कार्ययोजना: जिनका समय पूरा हुआ ऐसे {len(settled)} वचनों में से {settled.count(Kept.KEPT)} पूरे हुए।"
    else:
        yield "कार्ययोजना: इस सप्ताह किसी वचन का समय पूरा नहीं हुआ।"
    if figures.orders:
        late = sum(one.left > 0 and one.target <= figures.week.until for one in figures.orders)
        yield f"लक्ष्य दिनांक वाले निस्तारण आदेश: {len(figures.orders)}; {late} में लक्ष्य बीतने पर भी {case} शेष।"
    yield f"अन्तर्विभागीय: {figures.stuck_in_all} {case} में सहयोगी विभाग का भाग समय बीतने पर भी लम्बित।"
    cost = figures.misroutes
    yield f"गलत कार्यालय पर: चार सप्ताह में {cost.wrong} {case}, {cost.days} दिन व्यर्थ गये।"
    known = Share(part=sum(one.relieved for one in figures.said), of=sum(one.known for one in figures.said))
    if known.of:
        yield f"राहत: चार सप्ताह में {known.of} {names.words.complainant} में से {known.part} को पूर्ण या आंशिक ({percent_text(known)})।"
    marks = sum(one.marks for one in figures.ranking.gains)
    if figures.ranking.gains:
        yield f"{ESTIMATED} अंक: सूची के {len(figures.ranking.gains)} {case} निस्तारित होने पर {marks:+.2f} अंक।"


def _balance(figures: WeeklyFigures) -> str:
    """How last week's pending became this week's, so that whoever adds up finds nothing missing."""
    line, was = whole(figures.weeks), whole(figures.weeks[-2:-1])
    parts = [("+ प्राप्त", line.received), ("+ पुनः खुले", line.reopened), ("− निस्तारित", line.disposed)]
    if line.returned:
        parts.append(("− प्रेषक को वापस", line.returned))
    return " ".join(
        [
            f"लम्बित का हिसाब: {count(was.pending)}",
            *(f"{what} {count(n)}" for what, n in parts),
            f"= {count(line.pending)}।",
        ]
    )


def _table(one: Table) -> dict[str, Any]:
    sums = len(one.rows) - one.totals
    left_out = max(sums - one.shown, 0)
    rows = (*one.rows[: min(sums, one.shown)], *one.rows[sums:])
    more = f"शेष {left_out} पंक्तियाँ एक्सेल फ़ाइल की शीट «{one.sheet}» में। " if left_out else ""
    return {
        "title": one.title,
        "note": more + one.note,
        "heads": [column.heading for column in one.columns],
        "widths": [column.width for column in one.columns],
        "kinds": [column.kind.value for column in one.columns],
        "rows": [_row(one, row) for row in rows],
        "totals": one.totals,
    }


def _row(table: Table, row: Sequence[tables.Cell]) -> list[Any]:
    return [_cell(column.kind, cell) for column, cell in zip(table.columns, row, strict=True)]


def _cell(kind: Kind, cell: tables.Cell) -> Any:
    if isinstance(cell, tuple):
        return list(cell)
    if cell is None:
        return NOTHING
    return f"{cell} %" if kind is Kind.PERCENT else cell if isinstance(cell, int) else str(cell)
