"""What the ways of sorting are compared by in the simulated month: outcomes of cases, figures of a way, rows of the table.

Not here: the ways themselves (district_month.py), parameters (district_offices.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from benchmarks.district_offices import PARAMETERS, value


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one case. Days are days since it came; None: not within the days that are watched."""

    reached: int | None
    closed: int | None
    hops: int
    lost: int
    frozen: bool
    overdue: bool
    overdue_shown: bool  #: past due by the clock that the register of this way keeps
    forwards: tuple[tuple[bool, bool], ...] = ()  #: (automatic, right) of each


def figures(outcomes: list[Outcome]) -> dict[str, float]:
    """The figures of one way in one month, shares in per cent."""
    due = int(value("due_days"))
    moved = [right for one in outcomes for automatic, right in one.forwards if automatic]
    by_hops = sorted(one.hops for one in outcomes)
    return {
        "right office at the first desk": _percent(
            one.reached is not None and one.hops == 0 and not one.frozen for one in outcomes
        ),
        "right office has accepted, came before the due date": _percent(
            one.reached is not None and one.reached <= due for one in outcomes
        ),
        "right office has accepted within 60 days": _percent(one.reached is not None for one in outcomes),
        "hops per case, mean": fmean(by_hops),
        "hops, worst case": float(by_hops[-1]),
        "cases of more than 3 hops": _percent(one.hops > 3 for one in outcomes),
        "days on wrong desks per case": fmean(one.lost for one in outcomes),
        "frozen to the arbiter": _percent(one.frozen for one in outcomes),
        "past the citizen's due date": _percent(one.overdue for one in outcomes),
        "past due as its own register shows it": _percent(one.overdue_shown for one in outcomes),
        "forwards without a person": _percent(automatic for one in outcomes for automatic, _ in one.forwards)
        if any(one.forwards for one in outcomes)
        else float("nan"),
        "automatic forwards that were right": _percent(moved) if moved else float("nan"),
    }


def rows(months: list[dict[str, dict[str, float]]]) -> list[str]:
    """The table's rows: each figure for the three ways, mean over the months."""
    found = []
    for name in months[0]["engine"]:
        cells = []
        for way in months[0]:
            numbers = [one[way][name] for one in months]
            mean = max(numbers) if "worst" in name else fmean(numbers)
            is_share = not name.startswith(("hops", "days"))
            cells.append("–" if mean != mean else f"{mean:.1f} %" if is_share else f"{mean:.2f}")
        found.append(f"| {name}: engine / by hand / restart | {' / '.join(cells)} | |")
    assumed = [f"{name} = {number:g} ({source})" for name, (number, source) in PARAMETERS.items()]
    return [*found, *(f"| parameter: {one} | | |" for one in assumed)]


def _percent(those: Iterable[bool]) -> float:
    return 100 * fmean(map(float, those))
