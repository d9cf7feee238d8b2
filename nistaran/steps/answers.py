"""Answers by the file: each row is one act of a person; a row that cannot be taken is named, and the rest go on.

Here: the loop and what became of each row. Not here: reading the file (readers/answers.py), the acts (correct.py, trust.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from nistaran.domain.correction_refused import CorrectionRefused, NoSuchOffice, login_of
from nistaran.domain.errors import UnknownCase
from nistaran.domain.refusals import Refusal
from nistaran.domain.task import TaskKind
from nistaran.readers.answers import AnswerRow, read_answers
from nistaran.steps.correct import correct_case
from nistaran.steps.house import House
from nistaran.steps.office_answer import answer_case
from nistaran.steps.review_mark import MARK, turn_in
from nistaran.steps.trust import accept_case

#: What a person typed → the case's number.
Numbers = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedAnswer:
    """A row (None: the whole file) that was not taken: which field is wrong, the code, and the sentence in Hindi and English."""

    row: int | None
    field: str
    code: str
    reason: str


@dataclass(slots=True)
class AnswersOutcome:
    """What became of the rows: rows = changed + unchanged + blank + refused.

    `blank` rows carry no answer yet, `held_back` counts corrections that wait for a second person since, `trusted` those that may
    teach since. `followed` counts what followed from offices' answers (Forward, Freeze …); `proposed` of them the cell must release.
    """

    rows: int = 0
    changed: int = 0
    unchanged: int = 0
    blank: int = 0
    held_back: int = 0
    trusted: int = 0
    proposed: int = 0
    followed: Counter[str] = field(default_factory=Counter)
    refused: list[RefusedAnswer] = field(default_factory=list)


def correct_from(house: House, path: Path, *, by: str, number_of: Numbers) -> AnswersOutcome:
    """Take every row of a file as a correction by this login: columns case and department, reason where given.

    Raises:
        OSError: when the file cannot be read.
        CorrectionRefused: when the login is none; no row is looked at then.
    """
    return _take(house, path, ("case", "department"), partial(_correct, house, login_of(by), number_of))


def accept_from(house: House, path: Path, *, office: str, by: str, number_of: Numbers) -> AnswersOutcome:
    """Take every row of a file as «this case is ours»: column case, and office where no `office` is given for all.

    Raises:
        OSError: when the file cannot be read.
        CorrectionRefused: when the login or the office given for all is none; no row is looked at then.
    """
    if office and office.strip().upper() not in house.district.offices:
        raise NoSuchOffice
    needed = ("case",) if office else ("case", "office")
    return _take(house, path, needed, partial(_accept, house, office, login_of(by), number_of))


def answer_from(house: House, path: Path, *, office: str, by: str, number_of: Numbers) -> AnswersOutcome:
    """Take every row of a file as an office's answer: columns case and answer, office where no `office` is given for all; department
    and place where given.

    Raises:
        OSError: when the file cannot be read.
        CorrectionRefused: when the login or the office given for all is none; no row is looked at then.
    """
    if office and office.strip().upper() not in house.district.offices:
        raise NoSuchOffice
    needed = ("case", "answer") if office else ("case", "office", "answer")
    return _take(house, path, needed, partial(_answer, house, office, login_of(by), number_of))


Act = Callable[[Mapping[str, str], AnswersOutcome], bool]


def _take(house: House, path: Path, needed: Sequence[str], act: Act) -> AnswersOutcome:
    return take_rows(path, {**house.pack.answer_headers, MARK: (MARK,)}, needed, act)


def take_rows(path: Path, headings: Mapping[str, Sequence[str]], needed: Sequence[str], act: Act) -> AnswersOutcome:
    """Every row of a file through `act`; a row whose last needed column is empty is blank. Raises OSError."""
    outcome = AnswersOutcome()
    for item in read_answers(path, headings=headings, needed=needed):
        match item:
            case Refusal():
                outcome.rows += item.row is not None
                outcome.refused.append(_unread(item))
            case AnswerRow():
                outcome.rows += 1
                _one(item, needed, act, outcome)
    return outcome


def _one(item: AnswerRow, needed: Sequence[str], act: Act, outcome: AnswersOutcome) -> None:
    if not item.values[needed[-1]]:
        outcome.blank += 1
        return
    try:
        changed = act(item.values, outcome)
    except (CorrectionRefused, UnknownCase) as error:
        outcome.refused.append(_refused(item.row, error))
    else:
        outcome.changed += changed
        outcome.unchanged += not changed


def _correct(house: House, by: str, number_of: Numbers, row: Mapping[str, str], outcome: AnswersOutcome) -> bool:
    number = number_of(row["case"])
    done = correct_case(
        house, number, department=row["department"], by=by, reason=row.get("reason", ""), turn=turn_in(row, number)
    )
    outcome.held_back += len(done.held_back)
    return done.changed


def _accept(
    house: House, office: str, by: str, number_of: Numbers, row: Mapping[str, str], outcome: AnswersOutcome
) -> bool:
    done = accept_case(house, number_of(row["case"]), office=office or row["office"], by=by)
    outcome.trusted += len(done.trusted)
    return done.changed


def _answer(
    house: House, office: str, by: str, number_of: Numbers, row: Mapping[str, str], outcome: AnswersOutcome
) -> bool:
    done = answer_case(
        house,
        number_of(row["case"]),
        office=office or row["office"],
        kind=row["answer"],
        by=by,
        department=row.get("department", ""),
        place=row.get("place", ""),
    )
    outcome.trusted += len(done.trusted)
    outcome.followed[type(done.following).__name__] += done.changed
    outcome.proposed += done.changed and done.task is not None and done.task.kind is TaskKind.RELEASE
    return done.changed


def _unread(refusal: Refusal) -> RefusedAnswer:
    reason = f"{refusal.reason_hi} {refusal.remedy_hi} / {refusal.reason_en} {refusal.remedy_en}"
    return RefusedAnswer(row=refusal.row, field=refusal.field or "", code=refusal.code.value, reason=reason)


def _refused(row: int, error: CorrectionRefused | UnknownCase) -> RefusedAnswer:
    """An unknown case is told without what stood in its cell: where columns have slipped that is a citizen's word."""
    if isinstance(error, UnknownCase):
        return RefusedAnswer(row=row, field="case", code="UnknownCase", reason=str(UnknownCase()))
    return RefusedAnswer(row=row, field=error.field, code=type(error).__name__, reason=str(error))
