"""Counts for the weekly review in memory: each case looked at by itself, as a person would count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nistaran.domain.complaint import Case
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.feedback import Feedback, Outcome, Relief
from nistaran.domain.orders import Order, OrderState
from nistaran.domain.task import Task, TaskKind, TaskState
from nistaran.domain.weekly import (
    AGES,
    WEEK,
    Flow,
    OrderCount,
    PendingCase,
    Said,
    Standing,
    StuckPart,
    Week,
    bucket_of,
    end_of,
)
from storage.memory.tables import Draft

_CLOSES, _OPENS = ("Disposed", "SpecialClosed"), "Reopened"
_SAID = (Outcome.SATISFIED, Outcome.DISSATISFIED)


@dataclass(frozen=True, slots=True)
class _Then:
    """A case as it was at a moment."""

    case: Case
    office: str
    due_on: date


class MemoryWeekly:
    """Counts for the weekly review, as of the end of a day."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def standing(self, until: date) -> list[Standing]:
        """What was not over when the day ended, by channel and office in that order."""
        found: dict[tuple[str, str], list[_Then]] = defaultdict(list)
        for one in self._pending(until):
            found[one.case.channel, one.office].append(one)
        return [_standing(channel, office, ones, until) for (channel, office), ones in sorted(found.items())]

    def flow(self, week: Week) -> list[Flow]:
        """What came and went in these days, by channel and office in that order."""
        counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        since, until = end_of(week.since - timedelta(days=1)), end_of(week.until)
        for case in self._draft.tables.cases.values():
            if since <= case.registered_at < until:
                counts[case.channel, self._office(case, until)]["received"] += 1
            for kind, at in self._endings(case):
                if since <= at < until:
                    self._count_ending(counts[case.channel, self._office(case, at)], case, kind, at)
            for task in self._tasks(case, TaskKind.RETURN):
                if task.state is TaskState.DONE and task.closed_at is not None and since <= task.closed_at < until:
                    counts[case.channel, self._office(case, until)]["returned"] += 1
        return [Flow(channel=channel, office=office, **told) for (channel, office), told in sorted(counts.items())]

    def said(self, week: Week) -> list[Said]:
        """What complainants said in these days, by channel and by the office whose report had disposed, in that order."""
        counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for case, word in self._last_words(week, lambda one: one.outcome in _SAID):
            key = case.channel, self._reporter(word)
            counts[key]["reached"] += 1
            counts[key]["satisfied"] += word.outcome is Outcome.SATISFIED
        for case, word in self._last_words(week, lambda one: one.relief is not Relief.UNKNOWN):
            key = case.channel, self._reporter(word)
            counts[key]["known"] += 1
            counts[key]["relieved"] += word.relief is not Relief.NOT_GIVEN
        return [Said(channel=channel, office=office, **told) for (channel, office), told in sorted(counts.items())]

    def oldest(self, until: date, *, limit: int) -> list[PendingCase]:
        """What was not over when the day ended, first received first."""
        found = sorted(self._pending(until), key=lambda one: (one.case.received_on, one.case.id))
        return [_pending_case(one) for one in found[:limit]]

    def alike(self, until: date, *, each: int, older_than: int) -> list[PendingCase]:
        """Of every sort of case that was not over when the day ended up to `each`, first lanes first, then first received."""
        found, taken = [], Counter[tuple[str, bool, bool, bool]]()
        early = until - timedelta(days=older_than)
        for one in sorted(self._pending(until), key=lambda one: (one.case.priority, one.case.received_on, one.case.id)):
            sort = (one.case.channel, one.due_on < until, one.office == "", one.case.received_on < early)
            taken[sort] += 1
            if taken[sort] <= each:
                found.append(_pending_case(one))
        return found

    def stuck_parts(self, until: date, *, limit: int) -> tuple[list[StuckPart], int]:
        """Co-departments' parts that were open and past their day when the day ended, the longest first; and how many in all."""
        moment, tables = end_of(until), self._draft.tables
        stuck = [
            one
            for one in tables.tasks.values()
            if one.kind is TaskKind.PART and one.since < moment and one.due_on < until and _open_at(one, moment)
        ]
        stuck.sort(key=lambda one: (one.due_on, one.id))
        found = [
            StuckPart(
                case=one.case,
                office=one.office,
                lead=self._office(tables.cases[one.case_id], moment),
                due_on=one.due_on,
            )
            for one in stuck[:limit]
        ]
        return found, len(stuck)

    def orders(self, week: Week, *, limit: int) -> list[OrderCount]:
        """Clean-up orders that held people in these days, the first target first."""
        first, last = week.since - timedelta(days=1), week.until
        since, until = end_of(first), end_of(last)
        then, now = ({one.case.id for one in self._pending(day)} for day in (first, last))
        found = []
        for one in self._draft.tables.orders.values():
            is_over = one.ended_at is not None and one.ended_at < (
                until if one.state is OrderState.WITHDRAWN else since
            )
            ids = {each.case_id for each in one.cases}
            ended_inside = one.ended_at is not None and one.ended_at >= since
            if one.given_at < until and not is_over and (ids & now or one.target >= week.since or ended_inside):
                found.append(_order(one, left=len(ids & now), left_before=len(ids & then)))
        return sorted(found, key=lambda one: (one.target, one.id))[:limit]

    def moved(self, week: Week) -> list[int]:
        """Ids of the cases that came to another desk than their first in these days."""
        since, until = end_of(week.since - timedelta(days=1)), end_of(week.until)
        desks = self._draft.tables.desks.items()
        return sorted(case_id for case_id, own in desks if any(since <= one.since < until for one in own[1:]))

    def _pending(self, until: date) -> Iterator[_Then]:
        moment = end_of(until)
        for case in self._draft.tables.cases.values():
            kinds = [kind for kind, at in self._endings(case) if at < moment]
            is_closed = bool(kinds) and kinds[-1] in _CLOSES
            if case.registered_at < moment and not is_closed and not self._sender_has_it(case, moment):
                yield _Then(case, self._office(case, moment), self._due(case, moment))

    def _endings(self, case: Case) -> list[tuple[str, datetime]]:
        tables = self._draft.tables
        links = [tables.events[seq] for seq in tables.events_of_case.get(case.number, ())]
        return [(one.kind, datetime.fromisoformat(one.at)) for one in links if one.kind in (*_CLOSES, _OPENS)]

    def _count_ending(self, counts: Counter[str], case: Case, kind: str, at: datetime) -> None:
        if kind == _OPENS:
            counts["reopened"] += 1
            return
        day = day_in_india(at)
        counts["disposed"] += 1
        counts["days"] += (day - case.received_on).days
        counts["timely"] += day <= self._due(case, at)

    def _office(self, case: Case, moment: datetime) -> str:
        own = [one.office for one in self._draft.tables.desks.get(case.id, ()) if one.since < moment]
        return own[-1] if own else ""

    def _due(self, case: Case, moment: datetime) -> date:
        rework = [one for one in self._tasks(case, TaskKind.REWORK) if one.since < moment]
        return max(rework, key=lambda one: (one.since, one.id)).due_on if rework else case.due_on

    def _sender_has_it(self, case: Case, moment: datetime) -> bool:
        desks = [one.since for one in self._draft.tables.desks.get(case.id, ()) if one.since < moment]
        done = [one for one in self._tasks(case, TaskKind.RETURN) if one.state is TaskState.DONE]
        return any(
            one.closed_at is not None and one.closed_at < moment and not any(since > one.since for since in desks)
            for one in done
        )

    def _tasks(self, case: Case, kind: TaskKind) -> list[Task]:
        return [one for one in self._draft.tables.tasks.values() if one.case_id == case.id and one.kind is kind]

    def _last_words(self, week: Week, spoke: Callable[[Feedback], bool]) -> Iterator[tuple[Case, Feedback]]:
        since, until = end_of(week.since - timedelta(days=1)), end_of(week.until)
        last: dict[int, Feedback] = {}
        for one in sorted(self._draft.tables.feedback.values(), key=lambda one: (one.at, one.id)):
            if since <= one.at < until and spoke(one):
                last[one.case_id] = one
        for case_id, word in last.items():
            yield self._draft.tables.cases[case_id], word

    def _reporter(self, word: Feedback) -> str:
        report = self._draft.tables.reports.get(word.report)
        return report.office if report is not None else ""


def _standing(channel: str, office: str, ones: list[_Then], until: date) -> Standing:
    days = [(until - one.case.received_on).days for one in ones]
    buckets = Counter(map(bucket_of, days))
    return Standing(
        channel=channel,
        office=office,
        pending=len(ones),
        defaulters=sum(one.due_on < until for one in ones),
        soon=sum(until <= one.due_on < until + WEEK for one in ones),
        ages=tuple(buckets[turn] for turn in range(len(AGES) + 1)),
        days=sum(days),
    )


def _pending_case(one: _Then) -> PendingCase:
    case = one.case
    return PendingCase(
        number=case.number,
        channel=case.channel,
        office=one.office,
        priority=case.priority,
        received_on=case.received_on,
        due_on=one.due_on,
    )


def _order(one: Order, *, left: int, left_before: int) -> OrderCount:
    return OrderCount(
        id=one.id,
        given_on=day_in_india(one.given_at),
        why=one.why,
        target=one.target,
        cases=len(one.cases),
        left=left,
        left_before=left_before,
    )


def _open_at(task: Task, moment: datetime) -> bool:
    return task.closed_at is None or task.closed_at >= moment
