"""What an office's answer leads to, done: forward, propose, freeze, return, add a task, or leave it; in the caller's transaction.

Here: writing what routing/transfer.py said. Not here: saying it, which answer it was (office_answer.py), releasing (release.py).
"""

from __future__ import annotations

from typing import assert_never

from nistaran.domain import correction as rules
from nistaran.domain.correction import Correction, CorrectionReason, Source
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.events import Event, EventKind
from nistaran.domain.following import (
    AddTask,
    AskCell,
    AskComplainant,
    Forward,
    ForwardWhy,
    Freeze,
    NextDesk,
    ReturnToSender,
    StayWith,
)
from nistaran.domain.letters import Letter
from nistaran.domain.task import Task, TaskKind
from nistaran.steps.keep_correction import keep
from nistaran.steps.move import Move, close_tasks, move
from nistaran.steps.owing import At, make_task, set_task, tell_office
from routing.brief import arbiter_brief, brief_hi

_REASON = {
    ForwardWhy.NAMED: CorrectionReason.OTHER_SUBJECT,
    ForwardWhy.PAIR_RULE: CorrectionReason.PAIR_RULE,
    ForwardWhy.CLASSIFIER: CorrectionReason.UNSTATED,
    ForwardWhy.SECOND_LOOK: CorrectionReason.UNSTATED,
}


def follow(at: At, following: NextDesk, *, author: str) -> Task | None:
    """Do what follows. `author` is the login whose answer it was. Returns the task that was set, if one was."""
    match following:
        case Forward(automatic=True):
            forward(at, following, author=author)
            return None
        case Forward():
            return _propose(at, following, author)
        case AskCell():
            nobody = Forward(
                office="",
                department=at.history.last.department,
                why=ForwardWhy.NOBODY_NAMED,
                share=0.0,
                automatic=False,
            )
            return _propose(at, nobody, author)
        case Freeze():
            return freeze(at, following)
        case ReturnToSender():
            return _return(at, following)
        case AddTask():
            return _part(at, following)
        case AskComplainant():
            days = at.house.transfers().days.facts
            return set_task(at, TaskKind.FACTS, following.office, at.history.last.department, days, {})
        case StayWith():
            return None
        case _:
            assert_never(following)


def forward(
    at: At, going: Forward, *, author: str, released_by: str = "", done: frozenset[str] = frozenset()
) -> Correction | None:
    """Send the case on. Where another department was named the answer becomes a correction, which may teach once its office takes it."""
    word = _correction(at, going, author)
    body: dict[str, object] = {
        "from": at.history.holder,
        "why": going.why.value,
        "share": round(going.share, 4),
        "released_by": released_by,
        "respondents": list(going.respondents),
    }
    if word is not None:
        body |= {
            "correction": word.id,
            "source": word.source.value,
            "by": word.by,
            "said": word.said,
            "reason": word.reason.value,
        }
    step = Move(
        kind=EventKind.FORWARDED,
        letter=Letter.FORWARDED,
        office=going.office,
        department=going.department,
        rule=f"forward:{going.why.value.lower()}",
        by=released_by,
        confidence=going.share,
        body=body,
    )
    move(at.work, at.case, step, now=at.now, done=done)
    if word is None:
        return None
    earlier = at.work.corrections.of(at.case.id)
    return keep(at.house, at.work, word, earlier)[0]


def _correction(at: At, going: Forward, author: str) -> Correction | None:
    if going.why not in _REASON or going.department == at.history.last.department or not author:
        return None
    return Correction(
        id=rules.correction_id(at.case.number, len(at.work.corrections.of(at.case.id)) + 1),
        case_id=at.case.id,
        case=at.case.number,
        at=at.now,
        by=author,
        source=Source.OFFICE,
        said=at.case.department,
        department=going.department,
        reason=_REASON[going.why],
    )


def _propose(at: At, going: Forward, author: str) -> Task:
    """A person of the cell releases it first; the case stays on its desk and its clock runs."""
    body: dict[str, object] = {
        "office": going.office,
        "why": going.why.value,
        "share": round(going.share, 4),
        "from": at.history.holder,
        "respondents": list(going.respondents),
        "author": author,
    }
    days, cell = at.house.transfers().days.release, at.house.district.facts.cell
    # one proposal a case: two released together would move it twice
    close_tasks(at.work, at.case, frozenset({TaskKind.RELEASE}), by=author, now=at.now)
    task = make_task(at, TaskKind.RELEASE, cell, going.department, days, body)
    at.work.tasks.add([task])
    told = {**body, "task": task.id, "department": going.department, "due": task.due_on.isoformat()}
    at.work.ledger.append([Event(case=at.case.number, kind=EventKind.FORWARD_PROPOSED, at=at.now, body=told)])
    return task


def proposed(task: Task) -> Forward:
    """The forward that a RELEASE task holds."""
    body = task.body
    share, posts = body["share"], body["respondents"]
    if not isinstance(share, int | float) or not isinstance(posts, list | tuple):
        raise TypeError(f"task {task.id} holds no forward: restore the backup")
    return Forward(
        office=str(body["office"]),
        department=task.department,
        why=ForwardWhy(str(body["why"])),
        share=float(share),
        automatic=False,
        respondents=tuple(str(post) for post in posts),
    )


def freeze(at: At, frozen: Freeze, *, done: frozenset[str] = frozenset(), by: str = "") -> Task:
    """To the arbiter's desk, with the brief; nobody else moves the case until he has ruled."""
    transfers = at.house.transfers()
    brief = arbiter_brief(
        at.history,
        frozen,
        transfers,
        case=at.case.number,
        received_on=at.case.received_on,
        text=at.case.text,
        respondents=transfers.respondents.complained_of(at.case.text),
        today=day_in_india(at.now),
    )
    step = Move(
        kind=EventKind.FROZEN,
        letter=Letter.FROZEN,
        office=frozen.office,
        department=at.history.last.department,
        rule=f"freeze:{frozen.why.value.lower()}",
        by=by,
        body={"from": at.history.holder, "why": frozen.why.value, "wanted": frozen.wanted, "by": by},
        enclosed={"brief": brief_hi(brief, transfers)},
    )
    move(at.work, at.case, step, now=at.now, done=done)
    return set_task(at, TaskKind.RULING, frozen.office, at.history.last.department, transfers.days.ruling, {})


def _return(at: At, going: ReturnToSender) -> Task:
    """The cell sends it back and hears that it arrived: an act of its own, with its own letter and clock."""
    cell = at.house.district.facts.cell
    step = Move(
        kind=EventKind.RETURNED,
        letter=Letter.RETURNED,
        office=cell,
        department=at.history.last.department,
        rule="return",
        body={"from": going.office, "sender": going.sender},
        enclosed={"sender": at.house.pack.channels[going.sender].sender_hi},
    )
    move(at.work, at.case, step, now=at.now)
    body: dict[str, object] = {"sender": going.sender}
    return set_task(at, TaskKind.RETURN, cell, at.history.last.department, at.house.transfers().days.returning, body)


def _part(at: At, part: AddTask) -> Task:
    """A co-department's part; the lead keeps the case."""
    body: dict[str, object] = {"lead": part.lead, "respondents": list(part.respondents)}
    task = set_task(at, TaskKind.PART, part.office, part.department, at.house.transfers().days.part, body)
    tell_office(at, Letter.PART, part.office, part.department, key=task.id)
    return task
