"""Proposed forwards: a person of the cell releases them, keeps the case where it is, or sends it to the arbiter.

Here: the three words and what each does. Not here: proposing (follow.py), listing (tasks.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from nistaran.domain.correction_refused import login_of
from nistaran.domain.events import Event, EventKind
from nistaran.domain.following import Freeze, FreezeWhy
from nistaran.domain.letters import Letter
from nistaran.domain.task import Task, TaskKind, TaskState
from nistaran.domain.transfer import barred
from nistaran.domain.transfer_refused import NobodyNamed, OwnProposal, UnknownTask
from nistaran.steps.desks import case_and_history
from nistaran.steps.fault import fault
from nistaran.steps.follow import forward, freeze, proposed
from nistaran.steps.house import House
from nistaran.steps.move import close_tasks
from nistaran.steps.owing import At, tell_office
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.who_may import must_be_of_cell


class Word(StrEnum):
    """What the cell says of a proposed forward."""

    RELEASE = "RELEASE"  #: it goes
    KEEP = "KEEP"  #: it stays with the office that has it
    ARBITER = "ARBITER"  #: he shall rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What became of one proposal: `office` is where the case lies now; `frozen` says why it went to the arbiter, if it did."""

    task: str
    case: str
    word: Word
    office: str
    frozen: FreezeWhy | None = None


def decide_forwards(house: House, ids: Sequence[str], *, word: Word, by: str) -> list[Decided]:
    """Say one word over some proposals, all or none. A release is held against the bars once more, and goes to the arbiter where
    one stands now (S0-5).

    Raises:
        UnknownTask: when one of the ids is no open proposal. NobodyNamed: when one to be released names no office.
        OwnProposal: when the login is the one whose answer led to it.
        WrongLogin: when the login is none. NotYourOffice: when it is not the cell's.
    """
    login, wanted = login_of(by), list(dict.fromkeys(one.strip() for one in ids))
    with house.work() as work:
        work.ledger.lock()
        must_be_of_cell(house, work, login)
        tasks = _proposals(work, wanted)
        if any(one.body.get("author") == login for one in tasks):
            raise OwnProposal
        decided = [_decide(house, work, one, word, login) for one in tasks]
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return decided


def _proposals(work: UnitOfWork, ids: Sequence[str]) -> list[Task]:
    found = work.tasks.by_ids(ids)
    if len(found) < len(ids) or any(
        one.kind is not TaskKind.RELEASE or one.state is not TaskState.OPEN for one in found
    ):
        raise UnknownTask
    return found


def _decide(house: House, work: UnitOfWork, task: Task, word: Word, by: str) -> Decided:
    case, history = case_and_history(house, work, task.case)
    at = At(house=house, work=work, case=case, history=history, now=house.clock.now())
    arbiter = house.transfers().arbiter
    match word:
        case Word.RELEASE:
            going = proposed(task)
            if not going.office:
                raise NobodyNamed(task.id)
            bar = barred(history, going.office, cap=house.transfers().hop_cap)
            if bar is None:
                author = str(task.body.get("author", ""))
                forward(at, going, author=author, released_by=by, done=frozenset({task.id}))
                return Decided(task=task.id, case=task.case, word=word, office=going.office)
            frozen = Freeze(office=arbiter, why=bar, wanted=going.office)
        case Word.KEEP:
            _keep(at, task, by)
            return Decided(task=task.id, case=task.case, word=word, office=history.holder)
        case Word.ARBITER:
            frozen = Freeze(office=arbiter, why=FreezeWhy.SENT_BY_CELL, wanted=proposed(task).office)
    freeze(at, frozen, done=frozenset({task.id}), by=by)
    return Decided(task=task.id, case=task.case, word=word, office=arbiter, frozen=frozen.why)


def _keep(at: At, task: Task, by: str) -> None:
    """The office hears of it; should it disclaim once more, the arbiter rules."""
    done = frozenset({task.id})
    close_tasks(at.work, at.case, frozenset({TaskKind.RELEASE}), by=by, now=at.now, done=done)
    body = {"task": task.id, "office": at.history.holder, "by": by}
    at.work.ledger.append([Event(case=at.case.number, kind=EventKind.FORWARD_DECLINED, at=at.now, body=body)])
    tell_office(at, Letter.KEPT, at.history.holder, at.history.last.department, key=task.id)
