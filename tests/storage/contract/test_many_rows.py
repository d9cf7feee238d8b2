"""However many rows are kept at once, every store keeps each and counts what was new: many stand in one statement (storage/bulk.py)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from nistaran.domain.errors import RowRefused
from nistaran.domain.escalation import Mark, MarkKind
from storage.bulk import _ROWS_AT_ONCE
from tests.storage import samples as s
from tests.storage.conftest import Store
from tests.storage.contract.test_marks import mark

_EDGES = [
    1,
    _ROWS_AT_ONCE - 1,
    _ROWS_AT_ONCE,
    _ROWS_AT_ONCE + 1,
    2 * _ROWS_AT_ONCE,
    2 * _ROWS_AT_ONCE + 3,
]


@pytest.mark.parametrize("count", _EDGES)
def test_every_row_is_kept_and_what_was_known_is_not_counted(store: Store, count: int) -> None:
    used = [(f"up.%s{n}?", s.later(1) + timedelta(seconds=n)) for n in range(count)]
    with store.work() as work:
        assert work.registry.add_logins(used[1::2]) == count // 2
        assert work.registry.add_logins([*used, *used[:1]]) == count - count // 2  # one of them twice in one statement
        assert work.registry.add_logins(used) == 0
        until = used[-1][1] + timedelta(seconds=1)
        assert sorted(work.registry.logins(since=used[0][1], until=until)) == sorted(used)


def test_one_that_is_refused_takes_the_others_with_it(store: Store) -> None:
    kinds = list(MarkKind)
    marks = [mark(n, kind) for n in range(1, 9) for kind in kinds]
    assert len(marks) > 2 * _ROWS_AT_ONCE
    with pytest.raises(RowRefused):
        _add_all(store, [*marks, replace(marks[0])])
    with store.work() as work:
        assert work.marks.of_each(list(range(1, 9))) == {}
        s.add_cases(work, *range(1, 9))
        work.marks.add(marks)
        assert sum(map(len, work.marks.of_each(list(range(1, 9))).values())) == len(marks)


def _add_all(store: Store, marks: list[Mark]) -> None:
    with store.work() as work:
        s.add_cases(work, *range(1, 9))
        work.marks.add(marks)
        work.commit()
