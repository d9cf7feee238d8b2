"""How a case moves from desk to desk after its first: what an office may answer, what may follow, and the history of its desks.

Values and the bars that no one but the arbiter may pass (decision 5). Not here: which office is next (routing/transfer.py), days on
desks (desk_ledger.py), sentences (transfer_sentences.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from nistaran.domain.following import (
    AddTask,
    AskCell,
    AskComplainant,
    Forward,
    Freeze,
    FreezeWhy,
    NextDesk,
    ReturnToSender,
    StayWith,
)


class AnswerKind(StrEnum):
    """What an office says of a case on its desk. A closed list: nobody's words enter the ledger."""

    ACCEPTED = "ACCEPTED"
    NOT_OUR_DEPARTMENT = "NOT_OUR_DEPARTMENT"  #: `department` may name whose it is
    NOT_OUR_TERRITORY = "NOT_OUR_TERRITORY"  #: `place` may name where it is
    NEEDS_ANOTHER_DEPARTMENT_TOO = "NEEDS_ANOTHER_DEPARTMENT_TOO"  #: it stays the lead; `department` names the other
    LEVEL_ABOVE = "LEVEL_ABOVE"  #: only the superior office may decide
    RETURN_TO_SENDER = "RETURN_TO_SENDER"  #: sent down from above the district, and not the district's
    COURT_MATTER = "COURT_MATTER"  #: sub judice or to be decided as a suit; the report owes the court's particulars
    INSUFFICIENT_FACTS = "INSUFFICIENT_FACTS"  #: the complainant must say more

    @property
    def disclaims(self) -> bool:
        """Whether the office says that the case is not its own."""
        return self in _DISCLAIMING

    @property
    def disclaims_department(self) -> bool:
        """Whether it says so for its whole department, and not for its territory only."""
        return self in _DISCLAIMING and self is not AnswerKind.NOT_OUR_TERRITORY


_DISCLAIMING = frozenset({AnswerKind.NOT_OUR_DEPARTMENT, AnswerKind.NOT_OUR_TERRITORY, AnswerKind.RETURN_TO_SENDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeAnswer:
    """An office's typed word. `department` and `place` are codes that it names, "" if none; `by` is the login."""

    office: str
    kind: AnswerKind
    at: datetime
    by: str
    department: str = ""
    place: str = ""


class Act(StrEnum):
    """How a case came to a desk."""

    ROUTED = "ROUTED"  #: the first desk
    FORWARDED = "FORWARDED"
    CORRECTED = "CORRECTED"  #: by the cell's own word
    FROZEN = "FROZEN"  #: to the arbiter
    RULED = "RULED"  #: by the arbiter's ruling
    RETURNED = "RETURNED"  #: to the sender above the district


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A case came to this office's desk, for this department, at this moment."""

    office: str
    department: str
    at: datetime
    act: Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The arbiter's word, which binds: this office has the case. `by` is the arbiter's login."""

    office: str
    department: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The desks of one case in their order, and what their offices answered. Never empty.

    `sender` is who sent the case down from above the district ("" where the citizen came to the district). `due_on` is the citizen's
    due date; nothing here moves it (decision 4). `tasks` are offices of co-departments that have a task beside the lead. `kept` are
    offices of which the cell said, when they disclaimed, that the case stays with them; `reported` are those whose report closed it once.
    """

    arrivals: tuple[Arrival, ...]
    due_on: date
    sender: str = ""
    answers: tuple[OfficeAnswer, ...] = ()
    tasks: tuple[str, ...] = ()
    kept: frozenset[str] = frozenset()
    reported: frozenset[str] = frozenset()

    @property
    def last(self) -> Arrival:
        """The latest arrival."""
        return self.arrivals[-1]

    @property
    def holder(self) -> str:
        """The office on whose desk the case lies."""
        return self.last.office

    @property
    def hops(self) -> int:
        """How often the case was forwarded, by the engine or by the cell. Freezing, a ruling and a return are not hops."""
        return sum(arrival.act in {Act.FORWARDED, Act.CORRECTED} for arrival in self.arrivals)

    @property
    def frozen(self) -> bool:
        """Whether it waits for the arbiter."""
        return self.last.act is Act.FROZEN

    @property
    def ruled(self) -> bool:
        """Whether the arbiter has ruled: from then on only he moves the case."""
        return any(arrival.act is Act.RULED for arrival in self.arrivals)

    @property
    def visited(self) -> frozenset[str]:
        """Every office that has had the case."""
        return frozenset(arrival.office for arrival in self.arrivals)

    @property
    def disclaimed(self) -> frozenset[str]:
        """Offices that said it is not theirs."""
        return frozenset(answer.office for answer in self.answers if answer.kind.disclaims)

    @property
    def departments_disclaimed(self) -> frozenset[str]:
        """Departments whose office said that the matter is not the department's."""
        held = {arrival.office: arrival.department for arrival in self.arrivals}
        return frozenset(held[one.office] for one in self.answers if one.kind.disclaims_department)


def first_desk(office: str, department: str, at: datetime, *, due_on: date, sender: str = "") -> History:
    """The history of a case that has just come to its first office."""
    arrival = Arrival(office=office, department=department, at=at, act=Act.ROUTED)
    return History(arrivals=(arrival,), due_on=due_on, sender=sender)


def barred(history: History, office: str, *, cap: int) -> FreezeWhy | None:
    """Why nobody but the arbiter may send the case to this office now; None when it may go there.

    Holds for the engine and for a clerk of the cell alike. Because every move is to an office that never had the case, no loop of any
    length is possible, and there are at most `cap` moves (S0-5, S0-6).
    """
    if office in history.disclaimed:
        return FreezeWhy.DISCLAIMED_BEFORE
    if history.ruled or history.hops >= cap:
        return FreezeWhy.HOP_CAP
    if office in history.visited:
        return FreezeWhy.LOOP
    return None


def is_slip(history: History, office: str) -> bool:
    """Whether sending the case to this office only takes back the cell's own last word, before anybody answered it.

    A clerk who sees his own mistake need not trouble the arbiter; the way back is a hop too, so the cap holds.
    """
    if history.last.act is not Act.CORRECTED or len(history.arrivals) < 2:
        return False
    answered = any(one.office == history.holder and one.at >= history.last.at for one in history.answers)
    return history.arrivals[-2].office == office and office not in history.disclaimed and not answered


def after(history: History, answer: OfficeAnswer, following: NextDesk, at: datetime) -> History:
    """The history once `following` was done at `at`. An answer of an office without the case leaves it as it was.

    A forward that a person must release first (not automatic) is given here only when it is released.

    Raises:
        ValueError: when time runs backwards.
    """
    if at < history.last.at or answer.at > at:
        raise ValueError("a case cannot come to a desk before it left the one before: check the clock")
    if answer.office != history.holder:
        return history
    history = replace(history, answers=(*history.answers, answer))
    match following:
        case Forward():
            return _arrive(history, following.office, following.department, at, Act.FORWARDED)
        case Freeze():
            return _arrive(history, following.office, history.last.department, at, Act.FROZEN)
        case ReturnToSender():
            return _arrive(history, following.sender, history.last.department, at, Act.RETURNED)
        case AddTask():
            return replace(history, tasks=(*history.tasks, following.office))
        case AskCell() | AskComplainant() | StayWith():
            return history


def rule(history: History, ruling: Ruling) -> History:
    """The history after the arbiter's ruling. He may rule on any case, frozen or not, and again on one that he ruled on.

    Raises:
        ValueError: when time runs backwards.
    """
    if ruling.at < history.last.at:
        raise ValueError("a ruling cannot come before the case came to its desk: check the clock")
    return _arrive(history, ruling.office, ruling.department, ruling.at, Act.RULED)


def _arrive(history: History, office: str, department: str, at: datetime, act: Act) -> History:
    arrival = Arrival(office=office, department=department, at=at, act=act)
    return replace(history, arrivals=(*history.arrivals, arrival))
