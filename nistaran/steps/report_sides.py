"""What a report is held beside: the complainant's name, opened for this alone, and the villages that complaint and report name.

Not here: the comparison (nistaran/domain/report_consistency.py). The name goes nowhere else: no log, no finding, no letter.
"""

from __future__ import annotations

from nistaran.domain.complaint import Whereabouts
from nistaran.domain.errors import NotReady, ObjectDamaged
from nistaran.domain.report_consistency import Sides
from nistaran.steps.owing import At


def sides_of(at: At, report: str, *, is_interim: bool) -> Sides:
    """Both sides of a case's report. A seal that does not open costs only the check of the name."""
    case, router = at.case, at.house.router
    return Sides(
        complaint=case.text,
        complainant=_complainant(at),
        asked=router.villages_of(case.whereabouts, case.text),
        told=router.villages_of(Whereabouts(), report),
        is_interim=is_interim,
    )


def _complainant(at: At) -> str:
    sealed = at.work.complainants.of(at.case.id)
    try:
        return at.house.vault.open(sealed, to=at.case.key).name if sealed else ""
    except (ObjectDamaged, NotReady):
        return ""
