"""Audit: draw decided cases by chance and take what a person reads in them. Nothing here moves a case or teaches the model.

Not here: the file that is given out (audit_file.py), which readings count (nistaran/domain/audit.py), keeping (models/audits.py).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from nistaran.domain.audit import NotDrawn, OwnCase, Reading, Sample
from nistaran.domain.complaint import Case, Status
from nistaran.domain.correction_refused import CorrectionRefused, NoSuchDepartment, login_of
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.errors import UnknownCase
from nistaran.domain.refusals import Refusal
from nistaran.readers.answers import AnswerRow, read_answers
from nistaran.steps.answers import AnswersOutcome, Numbers, RefusedAnswer
from nistaran.steps.house import House
from nistaran.steps.labels import seen_up_to, trusted_labels
from nistaran.steps.model_ports import Models
from nistaran.steps.ports import UnitOfWork

_PAGE = 2_000
#: Older cases are not drawn: the gate asks how a model does on today's traffic.
DAYS_BACK = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditCounts:
    """`drawn` cases in all, `read` of them by anybody, `unread` by nobody yet; `counted` readings are measured on and `needed` of them
    must be there before a model can be judged; on `disputed` cases two logins differ."""

    drawn: int
    read: int
    unread: int
    counted: int
    disputed: int
    needed: int


def counts(models: Models) -> AuditCounts:
    """How the audit stands."""
    state = models.audits()
    read, counted = len({one.case for one in state.readings}), len(state.agreed)
    return AuditCounts(
        drawn=len(state.drawn),
        read=read,
        unread=len(state.unread),
        counted=counted,
        disputed=read - counted,
        needed=models.audits_needed(),
    )


def give_out(house: House, models: Models, *, count: int, by: str, choose: random.Random | None = None) -> list[Case]:
    """Up to `count` cases to be read: those drawn before that nobody has read, then newly drawn ones.

    What was drawn stays drawn, so nobody can draw again until the sample pleases. Cases that a model has learned from are not drawn.

    Raises:
        WrongLogin: when `by` is no login.
    """
    login, state = login_of(by), models.audits()
    waiting = list(state.unread)[:count]
    if len(waiting) < count:
        never = {*state.drawn, *_learned(house, models)}
        new = _draw(house, count - len(waiting), never, choose or random.SystemRandom())
        if new:
            models.keep_sample(Sample(cases=tuple(new), at=house.clock.now(), by=login))
        waiting += new
    with house.read() as work:
        found = (work.cases.by_number(number) for number in waiting)
        return [case for case in found if case is not None and case.text]


def take_readings(house: House, models: Models, path: Path, *, by: str, number_of: Numbers) -> AnswersOutcome:
    """Take every filled row of a file as what this login reads: columns case and department. Repeating it changes nothing.

    Raises:
        OSError: when the file cannot be read.
        WrongLogin: when `by` is no login; no row is looked at then.
    """
    login, state, outcome = login_of(by), models.audits(), AnswersOutcome()
    drawn = set(state.drawn)
    known = {(one.case, one.by): one.department for one in state.readings}
    new: dict[str, Reading] = {}
    with house.read() as work:
        for item in read_answers(path, headings=house.pack.answer_headers, needed=("case", "department")):
            try:
                reading = _reading(house, work, item, login, drawn, number_of)
            except (CorrectionRefused, UnknownCase) as error:
                outcome.rows += 1
                outcome.refused.append(_refused(item, error))
                continue
            _count(item, reading, known, new, outcome)
    models.keep_readings(list(new.values()))
    return outcome


def _learned(house: House, models: Models) -> set[str]:
    """Cases whose correction some challenger was trained on: it would look better on them than it is."""
    up_to = seen_up_to(models.proposals())
    return {label.case for label in trusted_labels(house) if up_to is not None and label.at <= up_to}


def _draw(house: House, count: int, never: set[str], choose: random.Random) -> list[str]:
    """Every case of the time has the same chance; the order is by chance too."""
    since = day_in_india(house.clock.now()) - timedelta(days=DAYS_BACK)
    open_to_all = [
        case.number
        for case in _cases(house)
        if case.status is not Status.REGISTERED and case.text and case.received_on >= since and case.number not in never
    ]
    return choose.sample(open_to_all, min(count, len(open_to_all)))


def _cases(house: House) -> Iterator[Case]:
    last = 0
    while True:
        with house.read() as work:
            page = work.cases.page(after_id=last, limit=_PAGE)
        if not page:
            return
        last = page[-1].id
        yield from page


def _reading(
    house: House,
    work: UnitOfWork,
    item: AnswerRow | Refusal,
    login: str,
    drawn: set[str],
    number_of: Callable[[str], str],
) -> Reading | None:
    """None for a row without an answer, or one that the reader refused."""
    if isinstance(item, Refusal) or not item.values["department"]:
        return None
    number, code = number_of(item.values["case"]), house.pack.department_of(item.values["department"])
    if number not in drawn:
        raise NotDrawn
    if code is None:
        raise NoSuchDepartment
    case = work.cases.by_number(number)
    if case is None:
        raise UnknownCase
    if any(one.by == login for one in work.corrections.of(case.id)):
        raise OwnCase
    return Reading(case=number, department=code, by=login, at=house.clock.now())


def _count(
    item: AnswerRow | Refusal,
    reading: Reading | None,
    known: dict[tuple[str, str], str],
    new: dict[str, Reading],
    outcome: AnswersOutcome,
) -> None:
    match item:
        case Refusal():
            outcome.rows += item.row is not None
            outcome.refused.append(_unread(item))
        case AnswerRow() if reading is None:
            outcome.rows, outcome.blank = outcome.rows + 1, outcome.blank + 1
        case AnswerRow():
            outcome.rows += 1
            is_known = known.get((reading.case, reading.by)) == reading.department
            outcome.unchanged += is_known
            outcome.changed += not is_known
            if not is_known:
                new[reading.case] = reading


def _unread(refusal: Refusal) -> RefusedAnswer:
    reason = f"{refusal.reason_hi} {refusal.remedy_hi} / {refusal.reason_en} {refusal.remedy_en}"
    return RefusedAnswer(row=refusal.row, field=refusal.field or "", code=refusal.code.value, reason=reason)


def _refused(item: AnswerRow | Refusal, error: CorrectionRefused | UnknownCase) -> RefusedAnswer:
    field = error.field if isinstance(error, CorrectionRefused) else "case"
    return RefusedAnswer(row=item.row, field=field, code=type(error).__name__, reason=str(error))
