"""What stands beside the cases of one page: links, decisions, desks and notices, each kind read in one query.

Here: reading them. Not here: whether they agree with the events (verify_cases.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from nistaran.steps.ports import UnitOfWork

T = TypeVar("T")

#: What a changed row or body makes its reader raise: never a reason to stop looking at the others.
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)


class RowsOfPage(Generic[T]):
    """One kind of rows, for all cases of a page. When one row cannot be read, each case is read alone, so that the fault is
    told of the case whose row it is and of no other."""

    def __init__(
        self,
        of_each: Callable[[Sequence[int]], Mapping[int, Sequence[T]]],
        of: Callable[[int], Sequence[T]],
        case_ids: Sequence[int],
    ) -> None:
        self._alone = of
        self._failed: Exception | None = None
        self._found: Mapping[int, Sequence[T]] = {}
        try:
            self._found = of_each(case_ids)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is met again where that case is read alone
            self._failed = error

    def of(self, case_id: int) -> Sequence[T]:
        """The rows of one case of the page.

        Raises:
            One of UNREADABLE: when a row of this case cannot be read.
        """
        if self._failed is None:
            return self._found.get(case_id, ())
        try:
            return self._alone(case_id)
        except UNREADABLE:
            raise
        except Exception:  # noqa: BLE001 - it may only follow from the first failure, which tells what ended the unit of work
            raise self._failed from None


class BesidePage:
    """The rows beside the cases of one page: eight queries, however many cases."""

    def __init__(self, work: UnitOfWork, case_ids: Sequence[int]) -> None:
        self.links = RowsOfPage(work.links.of_each, work.links.of, case_ids)
        self.decisions = RowsOfPage(work.decisions.of_each, work.decisions.of, case_ids)
        self.desks = RowsOfPage(work.desks.of_each, work.desks.of, case_ids)
        self.notices = RowsOfPage(work.outbox.of_each, work.outbox.of, case_ids)
        self.tasks = RowsOfPage(work.tasks.of_each, work.tasks.of, case_ids)
        self.reports = RowsOfPage(work.reports.of_each, work.reports.of, case_ids)
        self.feedback = RowsOfPage(work.feedback.of_each, work.feedback.of, case_ids)
        self.marks = RowsOfPage(work.marks.of_each, work.marks.of, case_ids)
