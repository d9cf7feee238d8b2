"""What the events told of one case, kept small since there is one a case. Not here: reading events, comparing (verify_cases.py)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nistaran.domain.complaint import Status
from nistaran.domain.events import EventKind
from nistaran.domain.office_report import ReportState
from nistaran.domain.task import Task, TaskKind, TaskState

#: (outcome as in decisions, department, office, rule or reason) of one Routed or PersonAsked event.
Move = tuple[str, str, str, str]
#: (kind, the other's number, its id when it is ours) of one Linked event.
Tie = tuple[str, str, int | None]
#: What is kept of a FeedbackGiven event.
_FEEDBACK = ("feedback", "report", "round", "outcome", "relief", "how", "by")
#: What is kept of a ReportSubmitted event beside its seal and state.
_REPORT = ("report", "office", "by", "close")


@dataclass(slots=True)
class Told:
    """What the events told of one case, kept small since there is one a case: all but the seals is shared among cases."""

    facts: tuple[str, ...] | None = None  #: as _FACTS, then the moment; None before its Registered event
    seals: bytes = b""  #: short hashes of the key and of the seals of text, facts and place
    status: Status | None = None
    moves: tuple[Move, ...] = ()
    ties: frozenset[Tie] = frozenset()
    letters: tuple[tuple[str, str], ...] = ()  #: (office, department) of letters that came without a move
    tasks: tuple[
        tuple[str, ...], ...
    ] = ()  #: (id, kind, office, department, due, state, closed by); of a RELEASE the proposed office
    reports: tuple[tuple[str, str, str, str], ...] = ()  #: (id, seal of its text, state, decided by) of each report
    handed_in: tuple[tuple[str, ...], ...] = ()  #: of each report: as _REPORT, seal of its fields, reasons, attachments
    feedback: tuple[tuple[str, ...], ...] = ()  #: of each word of the complainant: as _FEEDBACK
    marks: tuple[tuple[str, int, str], ...] = ()  #: (kind, round, day from which it was counted) of each mark
    delivered: int = 0
    masked: str = ""  #: seal of the text that was left when it was masked
    purged: bool = False  #: after its time: nothing that a person wrote is left
    blank: frozenset[str] = frozenset()  #: the reports that it had then; one handed in later is whole

    def add_task(self, kind: EventKind, body: dict[str, Any]) -> None:
        """A task was set or closed."""
        own = str(body["task"])
        if kind is EventKind.TASK_CLOSED:
            self.tasks = tuple(
                (*one[:-2], str(body["state"]), str(body["by"])) if one[0] == own else one for one in self.tasks
            )
            return
        name = str(body["kind"]) if kind is EventKind.TASK_SET else TaskKind.RELEASE.value
        owed = (own, name, str(body["office"]), str(body["department"]), str(body["due"]))
        self.tasks = (*self.tasks, (*owed, TaskState.OPEN.value, ""))
        if kind is EventKind.TASK_SET and body["kind"] in {TaskKind.PART, TaskKind.APPROVAL}:
            self.letters = (*self.letters, (str(body["office"]), str(body["department"])))

    def add_mark(self, body: dict[str, Any]) -> None:
        """Time passed a point of it, and offices were written to."""
        self.marks = (*self.marks, (str(body["mark"]), int(body["round"]), str(body["due"])))
        self.letters = (*self.letters, *((str(office), str(body["department"])) for office in body["to"]))

    def add_closing(self, kind: EventKind, body: dict[str, Any]) -> None:
        """A report came, closed its case or was taken back; the complainant was asked; time passed a point of it; or words went."""
        match kind:
            case EventKind.MARKED:
                self.add_mark(body)
            case EventKind.MASKED:
                self.masked = str(body["text"])
            case EventKind.PURGED:
                self.purged, self.blank = True, frozenset(id_ for id_, *_ in self.reports)
            case EventKind.REPORT_SUBMITTED:
                self.add_report(body)
            case EventKind.FEEDBACK_GIVEN:
                self.feedback = (*self.feedback, tuple(str(body[name]) for name in _FEEDBACK))
            case _:
                self.settle_report(kind, body)

    def add_report(self, body: dict[str, Any]) -> None:
        """An office handed a report in."""
        state = str(body["state"])
        self.reports = (*self.reports, (str(body["report"]), str(body["seal"]), state, ""))
        more = (str(body.get("fields_seal", "")), *body["reasons"], *body["attachments"])
        self.handed_in = (*self.handed_in, (*(str(body[name]) for name in _REPORT), *more))
        if state == ReportState.REJECTED:
            self.letters = (*self.letters, (str(body["office"]), self.stands[0]))

    def settle_report(self, kind: EventKind, body: dict[str, Any]) -> None:
        """A report disposed of its case, or was taken back."""
        own, by = str(body["report"]), str(body["by"])
        match kind:
            case EventKind.DISPOSED:
                state = ReportState.OVERRULED if by else ReportState.ACCEPTED
            case EventKind.SPECIAL_CLOSED:
                state = ReportState.ACCEPTED
            case EventKind.REOPENED:
                state = ReportState.RECALLED
            case _:
                state = ReportState.REJECTED
        if kind in {EventKind.REOPENED, EventKind.SPECIAL_REFUSED}:
            self.letters = (*self.letters, (str(body["office"]), self.stands[0]))
        self.reports = tuple(
            (id_, seal, state.value, by) if id_ == own else (id_, seal, stood, who)
            for id_, seal, stood, who in self.reports
        )

    @property
    def came_back(self) -> bool:
        """Whether the engine or a release sent it to an office that had it before (S0-6)."""
        desks = [(office, rule) for outcome, _, office, rule in self.moves if outcome == "assign"]
        return any(
            rule.startswith("forward:") and office in {earlier for earlier, _ in desks[:at]}
            for at, (office, rule) in enumerate(desks)
        )

    @property
    def routed(self) -> list[tuple[str, str]]:
        """(office, department) of each Routed event, oldest first."""
        return [(office, department) for outcome, department, office, _ in self.moves if outcome == "assign"]

    @property
    def stands(self) -> tuple[str, str]:
        """(department, office) where the last decision put the case; both "" while no office has it."""
        if not self.moves or self.moves[-1][0] != "assign":
            return "", ""
        return self.moves[-1][1], self.moves[-1][2]


def task_row(task: Task) -> tuple[str, ...]:
    """A task as Told.tasks holds it."""
    office = str(task.body.get("office", "")) if task.kind is TaskKind.RELEASE else task.office
    named = (task.id, task.kind.value, office, task.department, task.due_on.isoformat())
    return (*named, task.state.value, task.closed_by)
