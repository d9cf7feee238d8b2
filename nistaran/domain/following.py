"""What follows an office's answer: forward, freeze, return, add a task, ask the complainant, or stay; each with its reason.

Here: values only. Not here: when each may follow (transfer.py, routing/transfer.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ForwardWhy(StrEnum):
    """What named the next office."""

    NAMED = "NAMED"  #: the office that disclaimed named the department
    PAIR_RULE = "PAIR_RULE"  #: the rule of the two confused departments
    CLASSIFIER = "CLASSIFIER"
    NOBODY_NAMED = "NOBODY_NAMED"  #: no other department has enough weight: the cell decides
    SECOND_LOOK = "SECOND_LOOK"  #: nobody disclaimed; model and rules doubt where a person or an older model sent it
    TERRITORY = "TERRITORY"  #: same department, another territory
    LEVEL_ABOVE = "LEVEL_ABOVE"


class FreezeWhy(StrEnum):
    """Why only the arbiter may go on."""

    HOP_CAP = "HOP_CAP"
    LOOP = "LOOP"  #: it would come back to an office that had it
    DISCLAIMED_BEFORE = "DISCLAIMED_BEFORE"  #: it would come back to an office that said: not ours
    KEPT_BEFORE = "KEPT_BEFORE"  #: the cell said that it stays, and the office says again that it is not its own
    REPORTED_BEFORE = "REPORTED_BEFORE"  #: its report closed the case, and reopened it says that it is not its own
    SENT_BY_CELL = "SENT_BY_CELL"  #: the cell, asked to release a forward, would rather have a ruling
    NO_OTHER_OFFICE = (
        "NO_OTHER_OFFICE"  #: there is no such office, or none in the district above the post complained of
    )


class StayWhy(StrEnum):
    """Why the case stays where it is."""

    ACCEPTED = "ACCEPTED"
    BOUND_BY_RULING = "BOUND_BY_RULING"  #: the arbiter ruled; only he moves it
    NOT_ON_THIS_DESK = (
        "NOT_ON_THIS_DESK"  #: the office that answered does not have the case (a late or repeated answer)
    )
    AWAITS_RULING = "AWAITS_RULING"
    COURT_PARTICULARS_OWED = "COURT_PARTICULARS_OWED"  #: court, case number, parties, stage, next date
    DEPARTMENT_NOT_NAMED = "DEPARTMENT_NOT_NAMED"  #: it needs another department but nobody knows which
    TASK_STANDS = "TASK_STANDS"  #: that office has its task already, or is the lead itself
    ASKED_BEFORE = "ASKED_BEFORE"  #: this office has already asked the complainant once


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """To this office. `share` is the department's part (0–1) among those that have not disclaimed; 0.0 where none was weighed.

    `automatic`: rule, model and answer agree well enough to act; otherwise a person releases it first. `respondents` are the posts
    complained of for whose sake it goes one level higher.
    """

    office: str
    department: str
    why: ForwardWhy
    share: float
    automatic: bool
    respondents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCell:
    """Nobody else is named with enough weight: the cell says that it stays with this office, names another one, or wants a ruling."""

    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze:
    """To the arbiter's desk until he rules. `wanted` is the office where it would have gone, "" if none."""

    office: str
    why: FreezeWhy
    wanted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnToSender:
    """Back to who sent it down from above the district: an act of its own, with its own letter and clock."""

    sender: str
    office: str  #: the office that says so


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTask:
    """A task for a co-department; the lead keeps the case."""

    office: str
    department: str
    lead: str
    respondents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskComplainant:
    """The office asks the complainant; the case stays on its desk and the due date stands."""

    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StayWith:
    """The case stays with this office."""

    office: str
    why: StayWhy


NextDesk = Forward | AskCell | Freeze | ReturnToSender | AddTask | AskComplainant | StayWith
