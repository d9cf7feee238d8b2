"""Which day the words of a case may go: never while anything about it is open, never early, and then for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.complaint import Status
from nistaran.domain.retention import KEPT_WORDS, CaseTime, Erased, Kept, Periods, due_erasure
from nistaran.domain.task import TaskKind

PERIODS = Periods(mask=365, words=1095, raw=365, refused=180, notices=365, logins=730, backups=180)
CLOSED = date(2026, 2, 28)
OVER = CaseTime(number="SDR-2026-0000001", status=Status.DISPOSED, closed_on=CLOSED)
LATE = date(2200, 1, 1)
days = st.dates(date(2026, 1, 1), date(2036, 12, 31))


def due(case: CaseTime, today: date, holds: frozenset[str] = frozenset()) -> Erased | Kept:
    return due_erasure(case, PERIODS, today=today, holds=holds)


@pytest.mark.parametrize(
    ("after", "expected"),
    [(0, Kept.YOUNG), (364, Kept.YOUNG), (365, Erased.MASKED), (1094, Erased.MASKED), (1095, Erased.PURGED)],
)
def test_to_the_day(after: int, expected: object) -> None:
    assert due(OVER, CLOSED + timedelta(days=after)) is expected


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        *(
            ({"status": status}, Kept.NOT_OVER)
            for status in Status
            if status not in {Status.DISPOSED, Status.SPECIAL_CLOSED}
        ),
        ({"closed_on": None}, Kept.NOT_OVER),
        ({"owed": {TaskKind.HEARING, TaskKind.CALL}}, Kept.COURT),
        ({"in_court": True}, Kept.COURT),
        ({"owed": {TaskKind.CALL}}, Kept.FEEDBACK),
        ({"owed": {TaskKind.FIELD}}, Kept.FEEDBACK),
        ({"owed": {TaskKind.PART}}, Kept.OWED),
        ({"notices_waiting": True}, Kept.NOTICE),
    ],
)
def test_what_is_not_finished_stays_for_ever(changes: dict, why: Kept) -> None:
    assert due(replace(OVER, **changes), LATE) is why
    assert all(KEPT_WORDS[why])


def test_a_legal_hold_stays_for_ever() -> None:
    assert due(OVER, LATE, frozenset({OVER.number})) is Kept.LEGAL_HOLD
    assert due(OVER, LATE, frozenset({"SDR-2026-0000002"})) is Erased.PURGED


@given(
    closed=days,
    today=days,
    status=st.sampled_from(Status),
    owed=st.sets(st.sampled_from(TaskKind)),
    waits=st.booleans(),
)
def test_nothing_open_is_ever_touched_and_time_only_goes_on(
    closed: date, today: date, status: Status, owed: set[TaskKind], waits: bool
) -> None:
    case = CaseTime(number="X-2026-0000001", status=status, closed_on=closed, owed=owed, notices_waiting=waits)
    now, later = due(case, today), due(case, today + timedelta(days=1))
    if isinstance(now, Erased):
        assert status in {Status.DISPOSED, Status.SPECIAL_CLOSED}
        assert not owed
        assert not waits
        assert today - closed >= timedelta(days=PERIODS.mask)
        assert later in {now, Erased.PURGED}


@pytest.mark.parametrize("wrong", [{"mask": 0}, {"mask": 1096}, {"raw": 1096}, {"notices": 2000}, {"backups": 0}])
def test_a_copy_never_outlives_what_it_is_a_copy_of(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"must not|at least"):
        replace(PERIODS, **wrong)
