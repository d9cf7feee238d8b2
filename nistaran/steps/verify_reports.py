"""Reports and feedback against the ledger: which there are, that no text was changed, how each stands.

Here: the comparison. Not here: reading events (verify_told.py), the other rows of a case (verify_cases.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from nistaran.domain.complaint import Case
from nistaran.domain.office_report import OfficeReport
from nistaran.steps.house import House
from nistaran.steps.submit_report import fields_seal_of, seal_of
from nistaran.steps.verify_beside import BesidePage
from nistaran.steps.verify_told import Told


def report_faults(house: House, case: Case, told: Told, beside: BesidePage) -> Iterator[str]:
    """Yields what does not agree."""
    kept = {one.id: one for one in beside.reports.of(case.id)}
    if set(kept) != {id_ for id_, *_ in told.reports}:
        yield "its reports are not those of its events"
        return
    for id_, seal, state, by in told.reports:
        if (kept[id_].state.value, kept[id_].decided_by) != (state, by):
            yield f"report {id_} stands otherwise than its events say"
        if id_ in told.blank:
            if kept[id_].text or kept[id_].attachments:
                yield f"report {id_}: its words were purged and are there again"
        elif seal_of(house, case, kept[id_]) != seal:
            yield f"report {id_}: its text is not what was handed in"
    whole = [one for one in told.handed_in if one[0] not in told.blank]
    if any(_handed_in(house, case, kept[one[0]], sealed=one[4] != "") != one for one in whole):
        yield "who handed in its reports, with what facts, reasons or attachments, is not as its events say"
    given = [
        (one.id, one.report, str(one.round), one.outcome.value, one.relief.value, one.how.value, one.by)
        for one in beside.feedback.of(case.id)
    ]
    if sorted(given) != sorted(told.feedback):
        yield "its feedback is not that of its events"


def _handed_in(house: House, case: Case, one: OfficeReport, *, sealed: bool) -> tuple[str, ...]:
    """As Told.handed_in; events from before the fields were sealed (not `sealed`) say nothing of them."""
    own = (one.id, one.office, one.by, one.close.value, fields_seal_of(house, case, one) if sealed else "")
    return (*own, *one.reasons, *(attached.sha256 for attached in one.attachments))
