"""Verify reads what stands beside the cases page by page, and finds exactly what it finds case by case (P15)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from nistaran.steps import verify_cases
from nistaran.steps.house import House
from nistaran.steps.route import route_batch
from nistaran.steps.verify import verify
from storage.repositories.decisions import SqlDecisions
from storage.repositories.desks import SqlDesks
from storage.repositories.links import SqlLinks
from storage.repositories.outbox import SqlOutbox
from tests.files import many, row, write_csv
from tests.steps.test_route import Fixed, with_classifier
from tests.steps.test_verify import tamper
from tests.taking import take

READERS = (SqlLinks, SqlDecisions, SqlDesks, SqlOutbox)


@pytest.fixture
def routed(house: House, tmp_path: Path) -> House:
    """Twelve cases with offices; 10 to 12 repeat 1, so that there are links on other pages."""
    again = [row(reference=f"r{n}", phone="9800000000", text=many(1)[0]["text"] + f" पुनः {n}") for n in range(3)]
    take(house, write_csv(tmp_path / "a.csv", [*many(9), *again]))
    route_batch(with_classifier(house, Fixed("ENERGY")))
    with house.read() as work:
        assert [bool(work.links.of(case_id)) for case_id in (1, 2, 10, 11, 12)] == [True, False, True, True, True]
    return house


@contextmanager
def statements(house: House) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    engine = house.read.__self__.engine  # type: ignore[attr-defined]
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def case_by_case(house: House, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The faults when no page can be read at once: what verify did before."""

    def fail(*_: object) -> Any:
        raise ValueError

    with monkeypatch.context() as patched:
        for reader in READERS:
            patched.setattr(reader, "of_each", fail)
        return verify(house).faults


def test_the_queries_are_as_many_as_the_pages(routed: House, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[int, int] = {}
    for page in (3, 6, 12):
        monkeypatch.setattr(verify_cases, "_PAGE", page)
        with statements(routed) as told:
            assert verify(routed).faults == []
        asked[page] = len(told)
    assert asked[3] - asked[6] == 2 * 10  # cases, complainants and eight kinds beside them, once a page
    assert asked[6] - asked[12] == 10
    with statements(routed) as told:
        assert case_by_case(routed, monkeypatch) == []
    assert len(told) > asked[12] + 40, "the twin that asks for each case is not told apart"


TAMPERED = (
    "UPDATE words SET text = text || ' नहीं' WHERE case_id IN (2, 9)",
    "UPDATE decisions SET grounds = '{' WHERE case_id = 3",
    "UPDATE decisions SET rule = 'x' WHERE case_id = 4",
    "DELETE FROM decisions WHERE case_id = 12",
    "UPDATE links SET kind = 'FRIEND' WHERE case_id = 11",
    "DELETE FROM links WHERE case_id = 10",
    "UPDATE desks SET since = 'soon' WHERE case_id = 5",
    "UPDATE desks SET office = 'x' WHERE case_id = 6",
    "UPDATE outbox SET body = '[' WHERE case_id = 7",
    "UPDATE outbox SET body = '{}' WHERE case_id = 8",
)


@pytest.mark.promise("P15")
@pytest.mark.parametrize("page", [1, 4, 2000])
def test_the_same_faults_as_case_by_case(routed: House, monkeypatch: pytest.MonkeyPatch, page: int) -> None:
    monkeypatch.setattr(verify_cases, "_PAGE", page)
    tamper(routed, *TAMPERED)
    faults = verify(routed).faults
    assert faults == case_by_case(routed, monkeypatch)
    assert {int(fault.partition(":")[0][-7:]) for fault in faults} == set(
        range(1, 13)
    )  # 1: a link to it cannot be read


def test_a_row_that_the_database_cannot_decode_hides_no_fault_before_it(routed: House) -> None:
    tamper(
        routed,
        "UPDATE decisions SET rule = 'x' WHERE case_id = 4",
        "UPDATE desks SET office = CAST(x'ff' AS TEXT) WHERE case_id = 6",
        "UPDATE decisions SET rule = 'x' WHERE case_id = 8",
    )
    assert [fault.partition(": ")[2] for fault in verify(routed).faults] == [
        "its decisions are not those of its events",
        "a row cannot be read; what comes after it was not looked at",
    ]


def test_a_bad_row_that_is_told_of_its_whole_page_is_caught(routed: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin: a page that cannot be read at once, and is not read case by case."""
    from nistaran.steps import verify_beside

    def never(_: Callable[..., object], __: int) -> Any:
        raise ValueError

    tamper(routed, *TAMPERED[1:3])
    whole = verify(routed).faults
    monkeypatch.setattr(verify_beside.RowsOfPage, "of", never)
    assert len(verify(routed).faults) > len(whole) == 2
