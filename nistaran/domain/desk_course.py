"""What the desks of one case came to, seen from its end: whether the first was right, and the days that wrong ones took.

Values only. Not here: looking back (desk_look_back.py), sums over many cases (transfer_figures.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nistaran.domain.transfer import AnswerKind


class SentBy(StrEnum):
    """Who chose the first desk."""

    MODEL = "MODEL"
    PERSON = "PERSON"


class Known(StrEnum):
    """How it is known whose case it is."""

    ACCEPTED = "ACCEPTED"  #: the office that has it took it
    RULED = "RULED"  #: the arbiter said so
    LIES = "LIES"  #: it lies there and the office has not said that it is not its own
    RETURNED = "RETURNED"  #: of who sent it down from above the district
    OPEN = "OPEN"  #: not known: frozen, or disclaimed and the cell is asked

    @property
    def settled(self) -> bool:
        """Whether somebody who may has said it; lying there unanswered is not enough."""
        return self in {Known.ACCEPTED, Known.RULED, Known.RETURNED}


class FirstDesk(StrEnum):
    """The first desk, looked at from the end."""

    RIGHT = "RIGHT"
    OTHER_DEPARTMENT = "OTHER_DEPARTMENT"
    OTHER_OFFICE = "OTHER_OFFICE"  #: the department was right, its office was not
    LEVEL_ABOVE = "LEVEL_ABOVE"  #: the department was right, and only a higher office could decide: no misroute
    UNJUDGED = "UNJUDGED"  #: returned above the district, or not known yet

    @property
    def misrouted(self) -> bool:
        """Whether the case began on a wrong desk."""
        return self in {FirstDesk.OTHER_DEPARTMENT, FirstDesk.OTHER_OFFICE}


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongDesk:
    """Days of the case on a desk that was not the right one."""

    office: str
    department: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A forward. `right` is None while nobody has settled whose the case is."""

    automatic: bool
    disclaimed: bool  #: its office said afterwards that it is not its own
    right: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer. `right` only of a disclaimer, and once somebody has settled whose the case is."""

    office: str
    kind: AnswerKind
    right: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One case. `department` is whose it is, "" where that is above the district or not known; `open_days` are the days of its life
    when it is not known."""

    sent_by: SentBy
    known: Known
    first: FirstDesk
    department: str
    hops: int
    frozen: tuple[str, ...]  #: why, each time
    rulings: int
    wrong: tuple[WrongDesk, ...]
    deciding: int  #: days with the cell or the arbiter
    open_days: int
    waited: int  #: days from its registration to its first desk, which stand on no office's ledger
    silent: int | None  #: days with an office that has not answered; None where one has
    sent: tuple[Sent, ...]
    said: tuple[Said, ...]
    words: tuple[str, ...]  #: what the cell said of proposals: RELEASE, KEEP, ARBITER
