"""Where a case goes after an office's answer: by the answer's reason, the rules of confused pairs and the classifier (S0-5, S0-6).

Pure: the same history, answer and candidates always give the same desk. Not here: the first office (choose.py), what is kept of it
(storage/), the values themselves (nistaran/domain/transfer.py, following.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

from nistaran.domain.decision import Candidate
from nistaran.domain.following import (
    AddTask,
    AskCell,
    AskComplainant,
    Forward,
    ForwardWhy,
    Freeze,
    FreezeWhy,
    NextDesk,
    ReturnToSender,
    StayWhy,
    StayWith,
)
from nistaran.domain.transfer import Act, AnswerKind, History, OfficeAnswer, barred
from routing.pack import NONE
from routing.transfer_rules import TransferRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is known of the case besides its desks.

    `candidates` are the classifier's, best first, () where there is no model. `office_for` gives the office that takes the case first
    for a department (Router.office_for). `respondents` are the posts complained of (Respondents.complained_of), `leans` the
    department that a pair rule names (Pairs.leans), "" if none.
    """

    candidates: Sequence[Candidate]
    office_for: Callable[[str], str]
    respondents: tuple[str, ...] = ()
    leans: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    department: str
    why: ForwardWhy
    share: float
    sure: bool


def next_desk(history: History, answer: OfficeAnswer, matter: Matter, rules: TransferRules) -> NextDesk:
    """What follows the answer.

    Whatever the answers: no office gets a case twice, there are at most `hop_cap` forwards, and after the arbiter's ruling nobody but he
    moves it. A place that the answer names must be in the district file.

    Raises:
        ValueError: for a named place that is not in the district.
    """
    holder = history.holder
    if answer.office != holder or history.last.act is Act.RETURNED:
        return StayWith(office=holder, why=StayWhy.NOT_ON_THIS_DESK)
    if history.frozen:
        return StayWith(office=holder, why=StayWhy.AWAITS_RULING)
    match answer.kind:
        case AnswerKind.ACCEPTED:
            return StayWith(office=holder, why=StayWhy.ACCEPTED)
        case AnswerKind.COURT_MATTER:
            return StayWith(office=holder, why=StayWhy.COURT_PARTICULARS_OWED)
        case AnswerKind.INSUFFICIENT_FACTS:
            return _ask(history)
        case AnswerKind.NEEDS_ANOTHER_DEPARTMENT_TOO:
            return _task(history, answer, matter, rules)
        case (
            AnswerKind.NOT_OUR_DEPARTMENT
            | AnswerKind.NOT_OUR_TERRITORY
            | AnswerKind.LEVEL_ABOVE
            | AnswerKind.RETURN_TO_SENDER
        ):
            return _moved(history, answer, matter, rules)
        case _:
            assert_never(answer.kind)


def _moved(history: History, answer: OfficeAnswer, matter: Matter, rules: TransferRules) -> NextDesk:
    if history.ruled:
        return StayWith(office=history.holder, why=StayWhy.BOUND_BY_RULING)
    if answer.kind is AnswerKind.RETURN_TO_SENDER and history.sender:
        return ReturnToSender(sender=history.sender, office=history.holder)
    if answer.kind.disclaims and history.holder in history.kept:
        return Freeze(office=rules.arbiter, why=FreezeWhy.KEPT_BEFORE)
    if answer.kind.disclaims and history.holder in history.reported:
        return Freeze(office=rules.arbiter, why=FreezeWhy.REPORTED_BEFORE)
    if answer.kind is AnswerKind.LEVEL_ABOVE:
        return _upwards(history, matter, rules)
    if answer.kind is AnswerKind.NOT_OUR_TERRITORY:
        return _elsewhere(history, answer, matter, rules)
    return _to_department(history, answer, matter, rules)


def _upwards(history: History, matter: Matter, rules: TransferRules) -> NextDesk:
    above = rules.superior(history.holder)
    wanted = _Wanted(department=history.last.department, why=ForwardWhy.LEVEL_ABOVE, share=0.0, sure=True)
    return _send(history, above, wanted, matter, rules)


def _elsewhere(history: History, answer: OfficeAnswer, matter: Matter, rules: TransferRules) -> NextDesk:
    department = history.last.department
    office = rules.office_at(department, answer.place) if answer.place else ""
    if not office or office == history.holder:  # no place named, or its own: the district office marks it down
        district_office = rules.district.district_office(department)
        office = district_office.code if district_office else ""
    wanted = _Wanted(department=department, why=ForwardWhy.TERRITORY, share=0.0, sure=bool(answer.place))
    return _send(history, "" if office == history.holder else office, wanted, matter, rules)


def _to_department(history: History, answer: OfficeAnswer, matter: Matter, rules: TransferRules) -> NextDesk:
    disclaimed = history.departments_disclaimed | {history.last.department}
    named = answer.department if answer.department != history.last.department else ""  # «not ours, ours» names nobody
    wanted = _department(named, disclaimed, matter, rules)
    if wanted is None:
        return AskCell(office=history.holder)
    return _send(history, matter.office_for(wanted.department), wanted, matter, rules)


def _department(named: str, disclaimed: frozenset[str], matter: Matter, rules: TransferRules) -> _Wanted | None:
    """Rule first, model second; the office's own word where the model does not speak against it.

    A department that disclaimed is named again only by an office («it is theirs after all»): that leads to the arbiter.
    """
    limits = rules.limits
    shares = _shares(matter.candidates, disclaimed, kept=limits.kept_percent / 100)
    named = named if named in rules.pack.departments and named != NONE else ""
    best = max(shares, key=lambda code: shares[code], default="")
    leans = matter.leans if matter.leans not in disclaimed else ""
    enough = {code for code in shares if shares[code] * 100 >= limits.named_floor_percent}
    if named in disclaimed or (named and (named in enough or named == leans or not shares)):
        chosen, why = named, ForwardWhy.NAMED
    elif leans and (leans in enough or not shares):
        chosen, why = leans, ForwardWhy.PAIR_RULE
    elif best and shares[best] * 100 >= limits.floor_percent:
        chosen, why = best, ForwardWhy.CLASSIFIER
    else:
        chosen, why = named, ForwardWhy.NAMED
    if not chosen:
        return None
    share = shares.get(chosen, 0.0)
    agreed = chosen == best and chosen in (named, leans) and share * 100 >= limits.agreed_percent
    return _Wanted(department=chosen, why=why, share=share, sure=agreed or share * 100 >= limits.automatic_percent)


def _send(history: History, office: str, wanted: _Wanted, matter: Matter, rules: TransferRules) -> Forward | Freeze:
    """Forward to the office, one level above a respondent where need be; to the arbiter when it is barred."""
    if not office:
        return Freeze(office=rules.arbiter, why=FreezeWhy.NO_OTHER_OFFICE)
    office, because = rules.raised(office, matter.respondents)
    if office in ("", rules.arbiter):
        return Freeze(office=rules.arbiter, why=FreezeWhy.NO_OTHER_OFFICE)
    bar = barred(history, office, cap=rules.hop_cap)
    if bar is not None:
        return Freeze(office=rules.arbiter, why=bar, wanted=office)
    return Forward(
        office=office,
        department=wanted.department,
        why=wanted.why,
        share=wanted.share,
        automatic=wanted.sure and history.hops <= rules.limits.automatic_hops,
        respondents=because,
    )


def _ask(history: History) -> NextDesk:
    asked = (AnswerKind.INSUFFICIENT_FACTS, history.holder)
    if any((one.kind, one.office) == asked for one in history.answers):
        return StayWith(office=history.holder, why=StayWhy.ASKED_BEFORE)
    return AskComplainant(office=history.holder)


def _task(history: History, answer: OfficeAnswer, matter: Matter, rules: TransferRules) -> NextDesk:
    lead, own = history.holder, history.last.department
    shares = _shares(matter.candidates, frozenset({own}), kept=0.0)
    best = max(shares, key=lambda code: shares[code], default="")
    likely = best if best and shares[best] * 100 >= rules.limits.floor_percent else ""
    named = answer.department if answer.department in rules.pack.departments else ""
    department = named or matter.leans or likely
    if department in ("", NONE, own):
        return StayWith(office=lead, why=StayWhy.DEPARTMENT_NOT_NAMED)
    office, because = rules.raised(matter.office_for(department), matter.respondents)
    if not office:
        return Freeze(office=rules.arbiter, why=FreezeWhy.NO_OTHER_OFFICE)
    if office == lead or office in history.tasks:
        return StayWith(office=lead, why=StayWhy.TASK_STANDS)
    return AddTask(office=office, department=department, lead=lead, respondents=because)


def _shares(candidates: Sequence[Candidate], without: frozenset[str], *, kept: float) -> dict[str, float]:
    """Department → its part (0–1) among those that did not disclaim, {} when none is left.

    Those that disclaimed keep `kept` of their weight in the whole: an office sometimes disclaims what is its own, and the surer the
    model was of it, the less the next one may go without a person.
    """
    weights = {one.department: one.confidence for one in candidates if one.department != NONE}
    left = {code: part for code, part in weights.items() if code not in without}
    whole = sum(left.values()) + kept * sum(part for code, part in weights.items() if code in without)
    return {code: part / whole for code, part in left.items()} if whole > 0 else {}
