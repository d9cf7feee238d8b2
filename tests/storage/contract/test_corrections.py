"""Corrections behave alike in every store, and what is not trusted never comes out as training."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from nistaran.domain.correction import Correction, CorrectionReason, Quarantine, Source, Trust, TrustedLabel
from nistaran.domain.errors import RowRefused
from storage.memory.corrections import MemoryCorrections
from tests.storage import samples as s
from tests.storage.conftest import Store


def correction(n: int, turn: int = 1, **changes: Any) -> Correction:
    """The turn-th correction of case n, with every field filled."""
    values: dict[str, Any] = {
        "id": f"{s.number(n)}/{turn}",
        "case_id": n,
        "case": s.number(n),
        "at": s.later(n * 10 + turn),
        "by": "up.clerk1",
        "source": Source.CELL,
        "said": "POWER",
        "department": "PWD",
        "reason": CorrectionReason.OTHER_SUBJECT,
    }
    return Correction(**{**values, **changes})


def trusted(n: int, turn: int = 1, **changes: Any) -> Correction:
    """The same, accepted an hour later."""
    settled = {"trust": Trust.TRUSTED, "trusted_at": s.later(60 + n), "trusted_by": "up.pwd", "office": "pwd-ee-1"}
    return correction(n, turn, **{**settled, **changes})


@pytest.fixture
def work(store: Store) -> Iterator:
    with store.work() as opened:
        s.add_cases(opened, *range(1, 9))
        yield opened


def test_corrections_are_read_as_they_were_said_oldest_first(work) -> None:
    first, second = correction(1), correction(1, 2, by="up.clerk2", department="NONE", reason=CorrectionReason.RTI)
    work.corrections.add([second, correction(2)])
    work.corrections.add([first])

    assert work.corrections.of(1) == [first, second]
    assert work.corrections.of(3) == []
    assert work.corrections.by_ids([second.id, "none", first.id]) == [second, first]
    assert work.corrections.by_ids([]) == []


def test_settling_moves_the_trust_and_never_what_was_said(work) -> None:
    work.corrections.add([correction(1), correction(2)])
    work.corrections.settle([trusted(1, department="REVENUE", by="up.x", said=""), trusted(2, trust=Trust.WITHDRAWN)])

    assert work.corrections.of(1) == [trusted(1)]
    assert work.corrections.of(2) == [trusted(2, trust=Trust.WITHDRAWN)]


def test_a_reason_of_quarantine_stays_when_it_is_released(work) -> None:
    held = correction(1, trust=Trust.QUARANTINED, why_quarantined=Quarantine.TOO_MANY_ALIKE)
    work.corrections.add([held])
    assert work.corrections.quarantined(limit=9) == [held]
    work.corrections.settle([replace(held, trust=Trust.WAITING)])

    assert work.corrections.quarantined(limit=9) == []
    assert work.corrections.waiting(limit=9) == [replace(held, trust=Trust.WAITING)]


def test_waiting_and_quarantined_are_listed_oldest_first(work) -> None:
    work.corrections.add([correction(n) for n in (3, 1, 2)])
    work.corrections.add([correction(n, trust=Trust.QUARANTINED) for n in (5, 4)])
    work.corrections.add([trusted(6), correction(7, trust=Trust.WITHDRAWN)])

    assert [one.case_id for one in work.corrections.waiting(limit=2)] == [1, 2]
    assert [one.case_id for one in work.corrections.quarantined(limit=9)] == [4, 5]


def test_trusted_labels_carry_the_words_in_the_order_of_trust(work) -> None:
    work.corrections.add([trusted(2, trusted_at=s.later(500)), trusted(1)])

    assert work.corrections.trusted(limit=9) == [
        TrustedLabel(
            case=s.number(n), at=at, by="up.clerk1", office="pwd-ee-1", source="CELL", department="PWD", said="POWER",
            text=s.case(n).text, addressed_to=s.case(n).addressed_to,
        )
        for n, at in ((1, s.later(61)), (2, s.later(500)))
    ]  # fmt: skip


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_are_joined_without_gap_or_double_where_moments_are_equal(work, limit: int) -> None:
    work.corrections.add([trusted(n, trusted_at=s.later(100 + n // 4)) for n in range(1, 9)])
    seen: list[str] = []
    after = None
    while page := work.corrections.trusted(after=after, limit=limit):
        seen += [label.case for label in page]
        after = page[-1].key

    assert seen == [s.number(n) for n in range(1, 9)]


NOT_TRUSTED = [trust for trust in Trust if trust is not Trust.TRUSTED]


def untrusted_in(work: Any) -> list[str]:
    """The check: whatever trusted() gives whose correction is not trusted."""
    known = {label.case: None for label in work.corrections.trusted(limit=100)}
    return [case for case in known if all(one.trust is not Trust.TRUSTED for one in work.corrections.of(_id(case)))]


def _id(case: str) -> int:
    return int(case.rpartition("-")[2])


@pytest.mark.promise("P22")
def test_what_is_not_trusted_is_never_a_label(work) -> None:
    work.corrections.add([trusted(n, trust=trust) for n, trust in enumerate(NOT_TRUSTED, start=1)])
    work.corrections.add([trusted(8)])

    assert [label.case for label in work.corrections.trusted(limit=100)] == [s.number(8)]
    assert untrusted_in(work) == []
    work.corrections.settle([trusted(8, trust=Trust.WITHDRAWN)])
    assert work.corrections.trusted(limit=100) == []


def test_a_store_that_forgets_the_trust_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin of the check above."""
    from storage.memory import MemoryStore

    monkeypatch.setattr(MemoryCorrections, "_with", lambda self, _: list(self._draft.tables.corrections.values()))
    with MemoryStore().work() as work:
        s.add_cases(work, 1, 2)
        work.corrections.add([trusted(1, trust=Trust.QUARANTINED), trusted(2)])
        assert untrusted_in(work) == [s.number(1)]


def test_a_case_whose_words_are_gone_teaches_nothing(store: Store) -> None:
    with store.work() as work:
        s.add_cases(work, 1, text="")
        work.corrections.add([trusted(1)])
        assert work.corrections.trusted(limit=9) == []


def test_one_login_and_everybody_are_counted_from_a_moment_on(work) -> None:
    work.corrections.add([correction(1), correction(2), trusted(3), correction(4, by="up.clerk2")])
    work.corrections.add([correction(5, trust=Trust.QUARANTINED)])

    assert work.corrections.count_by_login() == {
        ("up.clerk1", "WAITING"): 2,
        ("up.clerk1", "TRUSTED"): 1,
        ("up.clerk1", "QUARANTINED"): 1,
        ("up.clerk2", "WAITING"): 1,
    }
    since = correction(3).at
    assert work.corrections.count_by_login(since=since) == {
        ("up.clerk2", "WAITING"): 1,
        ("up.clerk1", "QUARANTINED"): 1,
    }
    assert [one.case_id for one in work.corrections.of_login("up.clerk1", since=correction(1).at)] == [2, 3, 5]
    assert work.corrections.of_login("nobody", since=s.NOW) == []


def test_a_sweep_sees_each_once(work) -> None:
    work.corrections.add([correction(n, turn) for n in (1, 2, 3) for turn in (1, 2)])
    seen: list[str] = []
    after = ""
    while page := work.corrections.page(after=after, limit=4):
        seen += [one.id for one in page]
        after = page[-1].id

    assert sorted(seen) == sorted(f"{s.number(n)}/{turn}" for n in (1, 2, 3) for turn in (1, 2))


@pytest.mark.parametrize(
    "act",
    [
        lambda corrections: corrections.add([correction(1)]),
        lambda corrections: corrections.add([correction(77)]),
        lambda corrections: corrections.settle([trusted(2)]),
    ],
    ids=["an id twice", "no such case", "settled before kept"],
)
def test_what_breaks_a_rule_is_refused(store: Store, act: Callable[[Any], None]) -> None:
    def try_it() -> None:
        with store.work() as work:
            s.add_cases(work, 1, 2)
            work.corrections.add([correction(1)])
            act(work.corrections)

    with pytest.raises(RowRefused):
        try_it()
    with store.read() as work:
        assert work.corrections.count_by_login() == {}


def test_a_naive_moment_is_refused(store: Store) -> None:
    with store.work() as work:
        s.add_cases(work, 1)
        with pytest.raises(ValueError, match="aware"):
            work.corrections.add([correction(1, at=s.NOW.replace(tzinfo=None))])
