"""What people say against the machine or the sorter: corrections, and when one of them may teach the model (decision 9).

Here: values and how trust moves. Not here: many corrections by one login (mass_correction.py), keeping them (storage/), acting on
them (steps/correct.py, steps/trust.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

#: The department of a complaint that is no grievance, or none of ours.
NONE = "NONE"
#: The rule of a decision that a person made begins so; behind it stands the rule by which the office was found.
BY_A_PERSON = "person:"


class Source(StrEnum):
    """Who speaks."""

    CELL = "CELL"  #: the grievance cell
    OFFICE = "OFFICE"  #: an office that has the case and says whose it is
    ARBITER = "ARBITER"  #: the arbiter of the district file, who rules
    AUDIT = "AUDIT"  #: somebody who reads a random sample


class CorrectionReason(StrEnum):
    """Why a person names this department. A closed list: nobody's words enter the ledger."""

    UNSTATED = "UNSTATED"
    OTHER_SUBJECT = "OTHER_SUBJECT"
    MAIN_MATTER = "MAIN_MATTER"
    MISLEADING_WORDS = "MISLEADING_WORDS"
    WRONG_ADDRESSEE = "WRONG_ADDRESSEE"
    PAIR_RULE = "PAIR_RULE"
    # the rest say why a complaint is no grievance, or none of ours
    THANKS = "THANKS"
    SUGGESTION = "SUGGESTION"
    RTI = "RTI"
    SERVICE_MATTER = "SERVICE_MATTER"
    OTHER_STATE = "OTHER_STATE"
    CENTRAL_SUBJECT = "CENTRAL_SUBJECT"
    NO_CONTENT = "NO_CONTENT"
    TEST_ENTRY = "TEST_ENTRY"


#: What a person may give who names a department, and what he must give one of who says NONE.
FOR_A_DEPARTMENT = tuple(CorrectionReason)[:6]
FOR_NONE = tuple(CorrectionReason)[6:]


class Trust(StrEnum):
    """Whether a correction may teach."""

    WAITING = "WAITING"  #: nobody but its author has said so yet
    TRUSTED = "TRUSTED"  #: the receiving office took the case, or the arbiter ruled, or it was read in an audit
    QUARANTINED = "QUARANTINED"  #: one login said too much at once; a second person looks first
    WITHDRAWN = "WITHDRAWN"  #: a later word on the same case stands in its place


class Quarantine(StrEnum):
    """Why a correction is held back."""

    TOO_MANY_A_DAY = "TOO_MANY_A_DAY"
    TOO_MANY_ALIKE = "TOO_MANY_ALIKE"
    TOO_LARGE_A_SHARE = "TOO_LARGE_A_SHARE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One person's word on the department of one case.

    `said` is the department that the machine or the sorter had named ("" if none), `department` the person's (may be NONE).
    `office` is the office that accepted the case: "" until then, and where the arbiter or an audit gave the trust.
    `why_quarantined` stays when the correction is released, so that it is not held back twice.
    """

    id: str  #: the case's number and the turn among its corrections: SDR-2026-0000042/1
    case_id: int
    case: str
    at: datetime
    by: str
    source: Source
    said: str
    department: str
    reason: CorrectionReason
    trust: Trust = Trust.WAITING
    trusted_at: datetime | None = None
    trusted_by: str = ""
    office: str = ""
    why_quarantined: Quarantine | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedLabel:
    """A correction that may teach the model, with the citizen's words: for training only, never for a log.

    `case` is the case's number, `at` the moment when the correction became trusted, `by` the login of the person who corrected,
    `office` the office that accepted the case ("" when the arbiter ruled or an audit read it), `said` the department that was
    named before ("" if none), `department` what the person says (may be NONE).
    """

    case: str
    at: datetime
    by: str
    office: str
    source: str
    department: str
    said: str
    text: str
    addressed_to: str

    @property
    def key(self) -> tuple[datetime, str]:
        """Its place in the order of `trusted()`: hand the last row's over as `after` to read on."""
        return self.at, self.case


def correction_id(case: str, turn: int) -> str:
    """The id of the turn-th correction of a case."""
    return f"{case}/{turn}"


def on_arrival(new: Correction) -> Correction:
    """A new correction as it is kept: the arbiter's word and an audit's reading are trusted at once, all others wait."""
    match new.source:
        case Source.ARBITER | Source.AUDIT:
            return _trusted(new, at=new.at, by=new.by, office="")
        case Source.CELL | Source.OFFICE:
            return new


def on_acceptance(
    of_case: Sequence[Correction], *, department: str, office: str, by: str, at: datetime
) -> list[Correction]:
    """What changes among the corrections of a case when an office takes it as one of `department`.

    Those that wait and say so become trusted, unless the same login wrote them: nobody confirms himself.
    """
    return _settled(
        of_case,
        [one for one in of_case if _waits_for(one, department) and one.by != by],
        at=at,
        by=by,
        office=office,
    )


def on_ruling(of_case: Sequence[Correction], *, department: str, by: str, at: datetime) -> list[Correction]:
    """What changes among the corrections of a case when the arbiter rules that it belongs to `department`: those that wait
    and say so become trusted, all others of the case are withdrawn."""
    right = [one for one in of_case if _waits_for(one, department)]
    changed = _settled(of_case, right, at=at, by=by, office="")
    known = {one.id for one in changed}
    wrong = [one for one in of_case if one.department != department and one.id not in known]
    return changed + [withdrawn(one) for one in wrong if one.trust is not Trust.WITHDRAWN]


def on_correction(of_case: Sequence[Correction]) -> list[Correction]:
    """What changes among the earlier corrections of a case when a new one comes: they are withdrawn, the trusted ones too, since
    what is in dispute teaches nothing. An audit's reading stays: it moved no case and another word on the case does not undo it."""
    return [withdrawn(one) for one in of_case if one.trust is not Trust.WITHDRAWN and one.source is not Source.AUDIT]


def withdrawn(one: Correction) -> Correction:
    """A correction in whose place a later word stands."""
    return replace(one, trust=Trust.WITHDRAWN)


def quarantined(one: Correction, why: Quarantine) -> Correction:
    """A correction that is held back. Raises ValueError for one that does not wait."""
    if one.trust is not Trust.WAITING:
        raise ValueError(f"a {one.trust.value} correction is not quarantined: only one that waits")
    return replace(one, trust=Trust.QUARANTINED, why_quarantined=why)


def released(one: Correction) -> Correction:
    """A correction that waits again after a second person looked. Raises ValueError for one that is not held back."""
    if one.trust is not Trust.QUARANTINED:
        raise ValueError(f"a {one.trust.value} correction is not released: only a quarantined one")
    return replace(one, trust=Trust.WAITING)


def _waits_for(one: Correction, department: str) -> bool:
    return one.trust is Trust.WAITING and one.department == department


def _settled(
    of_case: Sequence[Correction], right: Sequence[Correction], *, at: datetime, by: str, office: str
) -> list[Correction]:
    """The newest of those that are right, trusted; whatever else of the case was trusted or right before is withdrawn: a case
    teaches once."""
    if not right:
        return []
    before = [one for one in of_case if one.id != right[-1].id and (one in right or one.trust is Trust.TRUSTED)]
    return [_trusted(right[-1], at=at, by=by, office=office), *map(withdrawn, before)]


def _trusted(one: Correction, *, at: datetime, by: str, office: str) -> Correction:
    return replace(one, trust=Trust.TRUSTED, trusted_at=at, trusted_by=by, office=office)
