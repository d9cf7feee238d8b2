"""Marks on cases in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.errors import RowRefused
from nistaran.domain.escalation import STILL_OPEN, Mark, MarkKind, OpenCase, Round, Sweep
from nistaran.domain.task import TaskKind
from storage.grouped import grouped
from storage.memory.tables import Draft, in_utc

_ORDER = {kind: turn for turn, kind in enumerate(MarkKind)}
_OPEN = ("id", "number", "channel", "lane", "priority", "received_on", "due_on", "status", "department", "office")


class MemoryMarks:
    """Warnings, defaulters and rungs, each once for a round of a case. Never changed."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def add(self, marks: Sequence[Mark]) -> None:
        """Keep marks. Raises RowRefused for one that its round has already, or a case that is not."""
        self._draft.must_be_cases(one.case_id for one in marks)
        kept = self._draft.change("marks").marks
        for one in marks:
            key = (one.case_id, one.round, one.kind.value)
            if key in kept:
                raise RowRefused("marks: each once for a round")
            kept[key] = in_utc(one, "at")

    def of(self, case_id: int) -> list[Mark]:
        """The marks of a case, by round, then in the order in which they fall due."""
        return _in_order(one for one in self._draft.tables.marks.values() if one.case_id == case_id)

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[Mark]]:
        """The marks of each of these cases, as of() gives them; a case without any is left out."""
        asked = set(case_ids)
        found = _in_order(one for one in self._draft.tables.marks.values() if one.case_id in asked)
        return grouped((one.case_id, one) for one in found)

    def made_of(self, case_ids: Sequence[int]) -> dict[int, frozenset[tuple[int, MarkKind]]]:
        """(round, kind) of every mark of each of these cases; a case without any is left out."""
        made = self.of_each(case_ids)
        return {case_id: frozenset((one.round, one.kind) for one in marks) for case_id, marks in made.items()}

    def open_cases(self, *, after_id: int, limit: int, due_by: date | None = None) -> list[OpenCase]:
        """Cases that are not over with an id above `after_id`, by id."""
        found = self.open_of([case_id for case_id in self._draft.tables.cases if case_id > after_id])
        if due_by is not None:  # a reopened one has a day of its own, which may be earlier
            anew = {one.case_id for one in self._draft.tables.tasks.values() if one.kind is TaskKind.REWORK}
            found = [one for one in found if one.due_on <= due_by or one.id in anew]
        return found[:limit]

    def received_since(self, day: date, *, after_id: int, limit: int) -> list[OpenCase]:
        """Cases that came on that day or later, over or not, with an id above `after_id`, by id."""
        kept = self._draft.tables.cases
        found = [kept[n] for n in sorted(kept) if n > after_id and kept[n].received_on >= day][:limit]
        return [OpenCase(**{name: getattr(one, name) for name in _OPEN}) for one in found]

    def open_of(self, case_ids: Sequence[int]) -> list[OpenCase]:
        """Those of these cases that are not over, by id."""
        kept = self._draft.tables.cases
        cases = [kept[case_id] for case_id in sorted(case_ids) if case_id in kept]
        return [OpenCase(**{name: getattr(one, name) for name in _OPEN}) for one in cases if one.status in STILL_OPEN]

    def rounds_of(self, case_ids: Sequence[int]) -> dict[int, Round]:
        """The present round of each of these cases that was ever reopened: each reopening sets a task to report anew."""
        asked = set(case_ids)
        rework = [
            one for one in self._draft.tables.tasks.values() if one.kind is TaskKind.REWORK and one.case_id in asked
        ]
        found = grouped((one.case_id, one) for one in sorted(rework, key=lambda one: (one.since, one.id)))
        return {
            case_id: Round(number=len(tasks), since=day_in_india(tasks[-1].since), due_on=tasks[-1].due_on)
            for case_id, tasks in found.items()
        }

    def defaulters_by_day(self, *, since: date, until: date) -> dict[tuple[str, date], tuple[int, int]]:
        """(department of the case now, day) → (defaulters marked on that day, those of them whose case is not over)."""
        found: dict[tuple[str, date], tuple[int, int]] = {}
        for one in self._draft.tables.marks.values():
            if one.kind is MarkKind.DEFAULTER and since <= one.on_day <= until:
                case = self._draft.tables.cases[one.case_id]
                count, not_over = found.get((case.department, one.on_day), (0, 0))
                found[case.department, one.on_day] = (count + 1, not_over + (case.status in STILL_OPEN))
        return found

    def sweep_ended(self, sweep: Sweep) -> None:
        """A sweep came to its end; the first one of a day is kept."""
        self._draft.change("sweeps").sweeps.setdefault(sweep.on_day, in_utc(sweep, "at"))

    def last_sweep(self) -> Sweep | None:
        """The last day's first sweep; None before any."""
        kept = self._draft.tables.sweeps
        return kept[max(kept)] if kept else None


def _in_order(marks: Iterable[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda one: (one.case_id, one.round, _ORDER[one.kind]))
