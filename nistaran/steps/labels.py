"""What models are made from and measured on: trusted corrections and audited cases, with the citizens' words; for training only.

Not here: how corrections become trusted (trust.py), how audits are read (audit.py), training (models/).
"""

from __future__ import annotations

from datetime import datetime

from nistaran.domain.audit import Reading
from nistaran.domain.complaint import Case
from nistaran.domain.correction import Source, TrustedLabel
from nistaran.domain.promotion import Proposal
from nistaran.steps.house import House
from nistaran.steps.model_ports import Models

_PAGE = 2_000


def trusted_labels(house: House) -> list[TrustedLabel]:
    """All corrections that may teach, page by page, in the order in which they became trusted. A label may be withdrawn later, so
    every training reads from the beginning."""
    found: list[TrustedLabel] = []
    after: tuple[datetime, str] | None = None
    with house.read() as work:
        while page := work.corrections.trusted(after=after, limit=_PAGE):
            found += page
            after = page[-1].key
    return found


def new_since(labels: list[TrustedLabel], proposals: list[Proposal]) -> int:
    """How many labels became trusted after the newest one that a challenger has seen."""
    seen = seen_up_to(proposals)
    return sum(seen is None or label.at > seen for label in labels)


def seen_up_to(proposals: list[Proposal]) -> datetime | None:
    """When the newest correction became trusted that any challenger was made from; None before the first."""
    return max((one.up_to for one in proposals if one.up_to is not None), default=None)


def audited_labels(house: House, models: Models) -> list[TrustedLabel]:
    """The readings that count, with the cases' words; none whose words were erased."""
    found: list[TrustedLabel] = []
    with house.read() as work:
        for reading in models.audits().agreed:
            case = work.cases.by_number(reading.case)
            if case is not None and case.text:
                found.append(_label(case, reading))
    return found


def _label(case: Case, reading: Reading) -> TrustedLabel:
    return TrustedLabel(
        case=case.number,
        at=reading.at,
        by=reading.by,
        office="",
        source=Source.AUDIT,
        department=reading.department,
        said="",
        text=case.text,
        addressed_to=case.addressed_to,
    )
