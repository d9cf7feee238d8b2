"""Reports and feedback against the ledger: which there are, that no text was changed, how each stands.

Here: the comparison. Not here: reading events (verify_told.py), the other rows of a case (verify_cases.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from nistaran.domain.complaint import Case
from nistaran.steps.house import House
from nistaran.steps.submit_report import seal_of
from nistaran.steps.verify_beside import BesidePage
from nistaran.steps.verify_told import Told


def report_faults(house: House, case: Case, told: Told, beside: BesidePage) -> Iterator[str]:
    """Yields what does not agree."""
    kept = {one.id: one for one in beside.reports.of(case.id)}
    if set(kept) != {id_ for id_, _, _ in told.reports}:
        yield "its reports are not those of its events"
        return
    for id_, seal, state in told.reports:
        if kept[id_].state.value != state:
            yield f"report {id_} stands otherwise than its events say"
        if seal_of(house, case, kept[id_]) != seal:
            yield f"report {id_}: its text is not what was handed in"
    handed_in = [
        (one.id, one.office, one.by, one.close.value, *(own.sha256 for own in one.attachments)) for one in kept.values()
    ]
    if sorted(handed_in) != sorted(told.handed_in):
        yield "who handed in its reports, how, or with what attachments is not as its events say"
    given = [
        (one.id, one.report, str(one.round), one.outcome.value, one.relief.value, one.how.value, one.by)
        for one in beside.feedback.of(case.id)
    ]
    if sorted(given) != sorted(told.feedback):
        yield "its feedback is not that of its events"
