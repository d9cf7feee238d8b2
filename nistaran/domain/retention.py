"""How long what a citizen told is kept, and which day it may be masked and purged: a pure rule, whatever the periods are.

Here: periods as values, the rule, its reasons. Not here: the periods' table (routing/retention.py), doing it (nistaran/steps/retain.py).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from nistaran.domain.complaint import Status
from nistaran.domain.task import TaskKind


class Erased(StrEnum):
    """What was done with the words of a case."""

    MASKED = "MASKED"  #: who complained is gone, numbers in the text are masked; the text can still be read
    PURGED = "PURGED"  #: nothing that a person wrote is left; number, codes, days, counts and the ledger stay


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedWords:
    """What stays of a masked case: its text with the numbers masked, and nobody, sealed."""

    case_id: int
    text: str
    sealed: bytes


class Kept(StrEnum):
    """Why the words of a case stay for now."""

    NOT_OVER = "NOT_OVER"  #: open, returned, frozen or reopened: not disposed of
    COURT = "COURT"  #: a hearing is watched, or it was closed because a court has it
    FEEDBACK = "FEEDBACK"  #: the complainant has still to be asked
    OWED = "OWED"  #: somebody still owes something on it
    NOTICE = "NOTICE"  #: a letter about it is still on its way
    LEGAL_HOLD = "LEGAL_HOLD"  #: the pack's list says that it must stay
    YOUNG = "YOUNG"  #: its time is not over


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """Days by kind; `mask` and `words` from the final closing on, the others from the day of receipt (the backups: of making)."""

    mask: int
    words: int
    raw: int
    refused: int
    notices: int
    logins: int
    backups: int

    def __post_init__(self) -> None:
        """Raises ValueError where one kind would outlive what it is a copy of."""
        if not 0 < self.mask <= self.words:
            raise ValueError("mask must not be later than words")
        if not all(0 < days <= self.words for days in (self.raw, self.notices)):
            raise ValueError("raw and notices are copies of the words: they must not be kept longer")
        if min(self.refused, self.logins, self.backups) <= 0:
            raise ValueError("every period is at least one day")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTime:
    """What the rule asks of a case. `closed_on` is the day of its newest disposal; None where it was never disposed of."""

    number: str
    status: Status
    closed_on: date | None
    owed: Collection[TaskKind] = ()  #: kinds of open tasks
    in_court: bool = False  #: it was closed because a court has it
    notices_waiting: bool = False


_OVER = frozenset({Status.DISPOSED, Status.SPECIAL_CLOSED})
_ASKING = frozenset({TaskKind.CALL, TaskKind.FIELD})


def why_kept(case: CaseTime, holds: Collection[str]) -> Kept | None:
    """Why its words stay whatever the day is; None where only time decides."""
    if case.status not in _OVER or case.closed_on is None:
        return Kept.NOT_OVER
    if case.number in holds:
        return Kept.LEGAL_HOLD
    if case.in_court or TaskKind.HEARING in case.owed:
        return Kept.COURT
    if _ASKING & set(case.owed):
        return Kept.FEEDBACK
    if case.owed:
        return Kept.OWED
    return Kept.NOTICE if case.notices_waiting else None


def due_erasure(case: CaseTime, periods: Periods, *, today: date, holds: Collection[str]) -> Erased | Kept:
    """What may be done with the words of this case today, or why nothing. A day before its period is over it is YOUNG."""
    why = why_kept(case, holds)
    if why is not None:
        return why
    assert case.closed_on is not None  # else NOT_OVER
    if today >= case.closed_on + timedelta(days=periods.words):
        return Erased.PURGED
    return Erased.MASKED if today >= case.closed_on + timedelta(days=periods.mask) else Kept.YOUNG


#: In Hindi and English, for the sheet and the terminal.
KEPT_WORDS: dict[Kept, tuple[str, str]] = {
    Kept.NOT_OVER: ("निस्तारित नहीं", "not disposed of"),
    Kept.COURT: ("न्यायालय में विचाराधीन", "before a court"),
    Kept.FEEDBACK: ("आवेदक का फीडबैक शेष", "the complainant is still to be asked"),
    Kept.OWED: ("कोई कार्य शेष", "something is still owed on it"),
    Kept.NOTICE: ("सूचना अभी नहीं पहुँची", "a letter is still on its way"),
    Kept.LEGAL_HOLD: ("विधिक रोक", "legal hold"),
    Kept.YOUNG: ("अवधि शेष", "its time is not over"),
}
#: What is taken away, by the names under which it is counted.
WENT_WORDS: dict[str, tuple[str, str]] = {
    "masked": ("प्रकरण जिनमें आवेदक का विवरण हटा", "cases masked"),
    "purged": ("प्रकरण जिनका पाठ मिटा", "cases purged"),
    "words": ("शिकायत के पाठ", "texts of complaints"),
    "complainants": ("आवेदक", "complainants"),
    "decisions": ("निर्णय के शब्द", "words of decisions"),
    "notices": ("सूचनाओं का विवरण", "contents of notices"),
    "reports": ("आख्या के पाठ", "texts of reports"),
    "attachments": ("संलग्नक", "attachments"),
    "files": ("मूल फ़ाइलें", "raw files"),
    "refused": ("अस्वीकृत पंक्तियाँ", "refused rows"),
    "logins": ("लॉगिन के अभिलेख", "records of logging in"),
    "objects": ("वस्तु भण्डार की फ़ाइलें", "objects"),
    "copies": ("फ़ोल्डरों की प्रतियाँ", "copies in folders"),
}
