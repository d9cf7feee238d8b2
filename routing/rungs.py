"""Who is written to when a case climbs: the office that stands on a rung of its ladder, found by level and post, not by counting superiors.

The line of an office is its superiors, nearest first, up to the head of the district; above him no machine writes. Not here: when a case
climbs (nistaran/domain/escalation.py), the tables (tables.py). Why so: docs/decisions/0010.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nistaran.domain.escalation import RUNGS, MarkKind
from routing.tables import OfficeRow, RungRow

#: Where a rung of each level stands when its row does not say otherwise.
_USUAL = {"L2": "department", "L3": "senior", "L4": "head"}
#: A ladder's rungs by what is marked on them.
Rungs = Mapping[MarkKind, RungRow]


def rungs_by_mark(rows: Sequence[RungRow]) -> Rungs:
    """The rows of one ladder above its first level."""
    return {MarkKind(row.level): row for row in rows if row.level in _USUAL}


def seats(office: OfficeRow, rungs: Rungs, superiors: Sequence[OfficeRow], nodal: OfficeRow) -> dict[MarkKind, str]:
    """Which office is written to on each rung of a case that this office is answerable for.

    A rung whose post the office itself holds goes to the next one above it; none goes to a lower office than the one before; without any
    superior (the head of the district) all stay with the office itself.

    Args:
        superiors: of the office, nearest first, the head of the district last.
        nodal: stands before the head where no ADM or CDO is among the superiors.
    """
    line = _line(office, rungs, superiors, nodal)
    found: dict[MarkKind, str] = {}
    at = 0
    for kind in RUNGS:
        at = max(at, _place(office, rungs[kind], line, nodal))
        found[kind] = line[at].code if line else office.code
    return found


def _line(office: OfficeRow, rungs: Rungs, superiors: Sequence[OfficeRow], nodal: OfficeRow) -> list[OfficeRow]:
    line = list(superiors)
    if not line or office.department == line[-1].department:  # an ADM or CDO himself answers to the head alone
        return line
    above_own = line[_seniors_from(office, line) :]
    has_senior = any(_is_senior(one, row) for one in above_own for row in rungs.values())
    if not has_senior and nodal not in line:
        line.insert(-1, nodal)
    return line


def _place(office: OfficeRow, row: RungRow, line: Sequence[OfficeRow], nodal: OfficeRow) -> int:
    """The place in the line of who stands on a rung."""
    match row.stands or _USUAL[row.level]:
        case "field":
            return 0
        case "department":
            return _department_place(office, line)
        case "senior":
            first = _seniors_from(office, line)
            posts = enumerate(line[first:], start=first)
            return next((at for at, one in posts if _is_senior(one, row) or one == nodal), len(line) - 1)
        case "head" | "above":
            return len(line) - 1
        case other:
            raise ValueError(f"ladders.toml: nobody is known to stand on «{other}»")


def _seniors_from(office: OfficeRow, line: Sequence[OfficeRow]) -> int:
    """From which place on seniors are looked for: above the department's own district office, also where an ADM holds that post."""
    own = _own_place(office, line)
    return own + 1 if own is not None else 0


def _department_place(office: OfficeRow, line: Sequence[OfficeRow]) -> int:
    return _own_place(office, line) or 0


def _own_place(office: OfficeRow, line: Sequence[OfficeRow]) -> int | None:
    """Where its department's district office stands, or the highest one of its department below the head; None when it is one itself."""
    if office.level == "district":
        return None
    own = [at for at, one in enumerate(line) if one.department == office.department]
    return next((at for at in own if line[at].level == "district"), own[-1] if own else None)


def _is_senior(one: OfficeRow, row: RungRow) -> bool:
    """Whether the office holds one of the posts that a rung for a senior of the district names."""
    return (row.stands or _USUAL[row.level]) == "senior" and one.post_hi.startswith(tuple(row.post_hi.split(" / ")))
