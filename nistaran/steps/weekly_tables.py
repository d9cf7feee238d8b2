"""The large tables of a weekly review: by department, channel and office, defaulters by office and channel, groups, what falls due.

Each is made once and set by the paper and by the sheets alike. Not here: lists of cases, feedback, promises (weekly_lists.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nistaran.domain.weekly_figures import WeeklyFigures
from nistaran.domain.weekly_sums import Line, cross, lines, whole
from nistaran.steps.weekly_names import NOTHING, Names, ages, percent, short_day

#: A trend is a cell of several numbers, the oldest first.
Cell = str | int | float | None | tuple[int, ...]
TOTAL = "योग"


class Kind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    TREND = "trend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A heading, what stands below it, and how broad it is beside the others."""

    heading: str
    kind: Kind = Kind.NUMBER
    width: float = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table under its title. The last `totals` rows are sums; `weeks` are the headings of the weeks in a trend; on paper stand the
    first `shown` rows."""

    sheet: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    totals: int = 0
    weeks: tuple[str, ...] = ()
    shown: int = 30


def column(heading: str, kind: Kind = Kind.NUMBER, width: float = 2.0) -> Column:
    """A column."""
    return Column(heading=heading, kind=kind, width=width)


def by_department(figures: WeeklyFigures, names: Names) -> Table:
    """Received, disposed, pending, defaulters by department, with ages and trend (S1-4)."""
    found = lines(figures.weeks, lambda row: names.department_of(row.office))
    title = f"विभागवार: {_counted(names)}"
    return _counts(figures, names, "विभाग", title, found, "विभाग", names.department)


def by_channel(figures: WeeklyFigures, names: Names) -> Table:
    """The same by channel."""
    found = lines(figures.weeks, lambda row: row.channel)
    return _counts(figures, names, "माध्यम", f"माध्यमवार: {_counted(names)}", found, "माध्यम", names.channel)


def by_office(figures: WeeklyFigures, names: Names) -> Table:
    """The same by office, the worst first."""
    found = lines(figures.weeks, lambda row: row.office)
    title = f"कार्यालयवार: {_counted(names)}"
    return _counts(figures, names, "कार्यालय", title, found, "कार्यालय", names.office)


def _counted(names: Names) -> str:
    return f"प्राप्त, निस्तारित, लम्बित, {names.words.defaulter}"


def _counts(
    figures: WeeklyFigures,
    names: Names,
    sheet: str,
    title: str,
    found: Sequence[Line],
    heading: str,
    name: Callable[[str], str],
) -> Table:
    late = names.words.defaulter
    columns = (
        column(heading, Kind.TEXT, 8),
        *(column(one) for one in ("प्राप्त", "निस्तारित", "समय से %", "औसत दिन", "पुनः खुले", "लम्बित", "पिछले सप्ताह")),
        *(column(one, width=2.3) for one in (late, "पिछले सप्ताह", "अगले सप्ताह होंगे")),
        *(column(f"{one} दिन", width=1.8) for one in ages()),
        column("लम्बित का रुझान", Kind.TREND, 3.4),
        column(f"{late} का रुझान", Kind.TREND, 3.4),
    )
    rows = [(name(line.key), *_line(line)) for line in found]
    total = (TOTAL, *_line(whole(figures.weeks)))
    weeks = tuple(short_day(one.week.until) for one in figures.weeks)
    note = (
        f"«अगले सप्ताह होंगे» = आज लम्बित, जो अगली समीक्षा तक {late} हो जायेंगे। रुझान {len(weeks)} सप्ताह का, हर सप्ताह के अन्त में। "
        f"कॉलम «… दिन» = लम्बित {names.words.case} प्राप्ति से कितने दिन पुराने।"
    )
    shown = 20 if heading == "कार्यालय" else 60  # of the offices the worst; every department and channel stands on paper
    return Table(
        sheet=sheet, title=title, columns=columns, rows=(*rows, total), note=note, totals=1, weeks=weeks, shown=shown
    )


def _line(line: Line) -> tuple[Cell, ...]:
    mean = None if line.mean_days is None else round(line.mean_days, 1)
    flow = (line.received, line.disposed, percent(line.in_time), mean, line.reopened)
    stand = (line.pending, line.pendings[-2], line.defaulters, line.lates[-2], line.soon)
    return (*flow, *stand, *line.ages, line.pendings, line.lates)


def by_office_and_channel(figures: WeeklyFigures, names: Names) -> Table:
    """Defaulters by office and channel, the worst offices first, only channels that have any (S2-1)."""
    counts = cross(figures.weeks[-1].standing, lambda row: row.channel)
    title = f"कार्यालय और माध्यम के अनुसार {names.words.defaulter}"
    return _cross(names.office, counts, _channels(counts, names), "कार्यालय", "कार्यालय×माध्यम", title)


def by_department_and_channel(figures: WeeklyFigures, names: Names) -> Table:
    """All that is pending by department and channel: with whom the references of the CM, the PM or the DM lie (S1-4)."""
    rows = figures.weeks[-1].standing
    counts = cross(rows, lambda row: row.channel, down=lambda row: names.department_of(row.office), pending=True)
    title = "विभाग और माध्यम के अनुसार लम्बित"
    return _cross(names.department, counts, _channels(counts, names), "विभाग", "विभाग×माध्यम", title, shown=60)


def _channels(counts: dict[tuple[str, str], int], names: Names) -> dict[str, str]:
    had = {channel for _, channel in counts}
    channels = [*(one for one in names.channels() if one in had), *sorted(had - set(names.channels()))]
    return {one: names.channel(one) for one in channels}


def by_office_and_group(figures: WeeklyFigures, names: Names) -> Table:
    """The same by the groups in which districts report."""
    counts = cross(figures.weeks[-1].standing, lambda row: names.group(row.channel))
    title = f"कार्यालय और समूह के अनुसार {names.words.defaulter}"
    groups = {one: one for one in names.groups()}
    return _cross(names.office, counts, groups, "कार्यालय", "कार्यालय×समूह", title)


def _cross(
    name: Callable[[str], str],
    counts: dict[tuple[str, str], int],
    across: Mapping[str, str],
    heading: str,
    sheet: str,
    title: str,
    *,
    shown: int = 22,
) -> Table:
    total: Counter[str] = Counter()
    for (one, _), count in counts.items():
        total[one] += count
    worst = sorted(total, key=lambda one: (-total[one], one))
    rows = [(name(one), total[one], *(counts.get((one, key), 0) or NOTHING for key in across)) for one in worst]
    sums = [sum(count for (_, one), count in counts.items() if one == key) for key in across]
    columns = (
        column(heading, Kind.TEXT, 9),
        column(TOTAL, width=1.6),
        *(column(one, width=2.2) for one in across.values()),
    )
    return Table(
        sheet=sheet,
        title=title,
        columns=columns,
        rows=(*rows, (TOTAL, total.total(), *sums)),
        totals=1,
        shown=shown,
    )


def group_totals(figures: WeeklyFigures, names: Names) -> list[tuple[str, int, int]]:
    """(group, defaulters now, a week ago) in the order in which the district reports them."""
    found = {one.key: one.lates for one in lines(figures.weeks, lambda row: names.group(row.channel))}
    zeros = (0,) * len(figures.weeks)
    return [(one, found.get(one, zeros)[-1], found.get(one, zeros)[-2]) for one in names.groups()]


def falling_due(figures: WeeklyFigures, names: Names) -> Table:
    """How many become defaulters until the next review, by office, if nothing is done."""
    found = [one for one in lines(figures.weeks, lambda row: row.office) if one.soon]
    found.sort(key=lambda one: (-one.soon, -one.defaulters, one.key))
    rows = [(names.office(one.key), one.soon, one.defaulters, one.pending) for one in found]
    return Table(
        sheet="अगला सप्ताह",
        title=f"अगली समीक्षा तक {names.words.defaulter} होंगे, यदि निस्तारित न हुए",
        columns=(
            column("कार्यालय", Kind.TEXT, 9),
            column("अगले सप्ताह होंगे", width=3),
            column(f"आज {names.words.defaulter}", width=3),
            column("लम्बित", width=3),
        ),
        rows=tuple(rows),
        shown=20,
    )
