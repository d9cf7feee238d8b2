"""What complainants said behaves alike in every store: it is added and read, and nothing changes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from nistaran.domain.errors import RowRefused
from nistaran.domain.feedback import Asked, Feedback, Outcome, Relief, feedback_id
from nistaran.domain.office_report import report_id
from tests.storage import samples as s
from tests.storage.conftest import Store


def word(n: int, turn: int = 1, **changes: Any) -> Feedback:
    """The turn-th word on case n, with every field filled."""
    values: dict[str, Any] = {
        "id": feedback_id(s.number(n), turn),
        "case_id": n,
        "case": s.number(n),
        "report": report_id(s.number(n), turn),
        "round": turn,
        "at": s.later(n * 10 + turn),
        "by": "up.cell1",
        "how": Asked.CELL_CALL,
        "outcome": Outcome.DISSATISFIED,
        "relief": Relief.PARTLY,
    }
    return Feedback(**{**values, **changes})


@pytest.fixture
def work(store: Store) -> Iterator:
    with store.work() as opened:
        s.add_cases(opened, *range(1, 9))
        yield opened


def test_words_are_read_as_they_were_said_oldest_first(work) -> None:
    first, last = word(1), word(1, 2, outcome=Outcome.SATISFIED, relief=Relief.GIVEN, how=Asked.FIELD)
    work.feedback.add([last, word(2)])
    work.feedback.add([first])

    assert work.feedback.of(1) == [first, last]
    assert work.feedback.of(3) == []
    assert work.feedback.of_each([1, 2, 3]) == {1: [first, last], 2: [word(2)]}


@pytest.mark.parametrize("changes", [
    *({"how": how} for how in Asked), *({"outcome": outcome} for outcome in Outcome), *({"relief": relief} for relief in Relief),
], ids=lambda changes: "-".join(changes.values()))  # fmt: skip
def test_every_word_can_be_kept(work, changes: dict[str, Any]) -> None:
    work.feedback.add([word(1, **changes)])
    assert work.feedback.of(1) == [word(1, **changes)]


def test_an_id_is_used_once_and_needs_its_case(store: Store) -> None:
    for second in (word(1), word(9)):
        with pytest.raises(RowRefused):
            _add_after_one(store, second)


def _add_after_one(store: Store, second: Feedback) -> None:
    with store.work() as opened:
        s.add_cases(opened, 1)
        opened.feedback.add([word(1)])
        opened.feedback.add([second])


def test_they_page_by_id(work) -> None:
    work.feedback.add([word(3), word(1, 2), word(1), word(2)])
    assert work.feedback.page(after="", limit=3) == [word(1), word(1, 2), word(2)]
    assert work.feedback.page(after=word(2).id, limit=3) == [word(3)]


def test_moments_come_back_in_utc_and_naive_ones_are_refused(work) -> None:
    work.feedback.add([word(1, at=s.NOW.astimezone(timezone(timedelta(hours=5, minutes=30))))])
    (kept,) = work.feedback.of(1)
    assert (kept.at, kept.at.tzinfo) == (s.NOW, UTC)
    with pytest.raises(ValueError, match="aware"):
        work.feedback.add([word(2, at=datetime(2026, 11, 22))])  # noqa: DTZ001 (what must be refused)


def test_a_unit_of_work_that_only_reads_adds_nothing(store: Store) -> None:
    with store.work() as opened:
        s.add_cases(opened, 1)
        opened.commit()
    with pytest.raises(RuntimeError, match="only reads"), store.read() as opened:
        opened.feedback.add([word(1)])
