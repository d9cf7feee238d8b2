"""Verify: whatever is changed behind the house's back is named; an untouched house has no fault (P15)."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from nistaran.domain.decision import AskReason, Candidate, Classification
from nistaran.domain.events import EventKind
from nistaran.domain.lifecycle import LEADS_TO
from nistaran.steps import verify_cases
from nistaran.steps.deliver import deliver_batch
from nistaran.steps.house import House
from nistaran.steps.route import route_batch
from nistaran.steps.verify import checkpoint, verify
from tests.files import many, write_csv
from tests.taking import take


class Sure:
    """A classifier that always says the same."""

    version = "sure"

    def __init__(self, ask: AskReason | None = None) -> None:
        self._ask = ask

    def classify(self, texts: Sequence[str], addressed_to: Sequence[str | None] | None = None) -> list[Classification]:
        candidates = (Candidate("ENERGY", 0.97), Candidate("REVENUE", 0.01))
        return [Classification(candidates=candidates, words=(), ask=self._ask, model=self.version)] * len(texts)


@pytest.fixture
def lived(house: House, tmp_path: Path) -> Iterator[House]:
    """Six cases: 1–4 with offices (the notices of two delivered), 5 waits for a person, 6 is only registered."""
    take(house, write_csv(tmp_path / "a.csv", many(6)))
    route_batch(dataclasses.replace(house, classifier=Sure), limit=4)
    route_batch(dataclasses.replace(house, classifier=lambda: Sure(AskReason.LOW_CONFIDENCE)), limit=1)
    deliver_batch(house, limit=2)
    checkpoint(house)
    return house


def tamper(house: House, *statements: str) -> None:
    with closing(sqlite3.connect(house.spool.parent / "nistaran.db")) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert database.execute(statement).rowcount != 0, statement
        database.commit()


def status_fold_only(house: House) -> list[str]:
    """The broken twin: what verify() looked at before, cases by the fold of their kinds alone."""
    with house.read() as work:
        statuses = {
            link.case: LEADS_TO[EventKind(link.kind)] for link in work.ledger.links() if link.kind != "NoticeDelivered"
        }
        return [
            case.number for case in work.cases.page(after_id=0, limit=100) if statuses[case.number] is not case.status
        ]


def test_a_house_that_was_left_alone_has_no_fault(lived: House) -> None:
    outcome = verify(lived)
    assert outcome.faults == []
    assert (outcome.cases, outcome.files, outcome.checkpoint) == (6, 1, outcome.events)


def test_pages_are_joined_without_a_gap(lived: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_cases, "_PAGE", 2)
    assert (verify(lived).cases, verify(lived).faults) == (6, [])


SWAP = """UPDATE complainants SET sealed = (
    SELECT other.sealed FROM complainants AS other WHERE other.case_id = 3 - complainants.case_id
) WHERE case_id IN (1, 2)"""

ONE = "SDR-2026-0000001"
TAMPERED = [
    ("UPDATE words SET text = text || ' नहीं' WHERE case_id = 1", "1: its text is not what was registered"),
    ("UPDATE words SET text = '' WHERE case_id = 1", "1: its text is missing"),
    ("DELETE FROM words WHERE case_id = 1", "1: its text is missing"),
    ("UPDATE cases SET due_on = '2027-12-31' WHERE id = 1", "1: due is not what was registered"),
    ("UPDATE cases SET received_on = '2026-11-06' WHERE id = 1", "1: received is not what was registered"),
    ("UPDATE cases SET registered_at = '2020-01-01T00:00:00.000000+00:00' WHERE id = 1", "1: moment is not what was"),
    ("UPDATE cases SET channel = 'CM' WHERE id = 1", "1: channel is not what was registered"),
    ("UPDATE cases SET lane = 'x' WHERE id = 1", "1: lane is not what was registered"),
    ("UPDATE cases SET key = 'x' WHERE id = 1", "1: key is not what was registered"),
    ("UPDATE cases SET office = 'x' WHERE id = 1", "1: office is not where its events put it"),
    ("UPDATE cases SET department = 'x' WHERE id = 1", "1: department is not where its events put it"),
    ("UPDATE cases SET office = 'x' WHERE id = 6", "6: office is not where its events put it"),
    ("DELETE FROM decisions WHERE case_id = 1", "1: its decisions are not those of its events"),
    ("DELETE FROM decisions WHERE case_id = 5", "5: its decisions are not those of its events"),
    ("UPDATE decisions SET office = 'x' WHERE case_id = 1", "1: its decisions are not those of its events"),
    ("UPDATE decisions SET rule = 'x' WHERE case_id = 1", "1: its decisions are not those of its events"),
    ("UPDATE decisions SET reason = 'NO_MODEL' WHERE case_id = 5", "5: its decisions are not those of its events"),
    ("UPDATE decisions SET grounds = '{' WHERE case_id = 1", "1: a link, decision, desk or notice of it cannot be read"),
    ("DELETE FROM complainants WHERE case_id = 1", "1: its complainant is missing"),
    (SWAP, "1: its complainant does not open"),
    ("UPDATE complainants SET sealed = CAST(x'09' || sealed AS BLOB) WHERE case_id = 1", "1: its complainant does not open"),
    ("DELETE FROM outbox", "1: its notices are not those of its events"),
    ("UPDATE outbox SET office = 'x' WHERE case_id = 1", "1: its notices are not those of its events"),
    ("UPDATE outbox SET state = 'DELIVERED' WHERE case_id = 4", "4: its notices are delivered otherwise"),
    ("UPDATE desks SET office = 'x' WHERE case_id = 1", "1: its desks are not those of its events"),
    ("UPDATE desks SET until = since WHERE case_id = 1", "1: its desks are not those of its events"),
    ("DELETE FROM desks", "1: its desks are not those of its events"),
]  # fmt: skip


@pytest.mark.promise("P15")
@pytest.mark.parametrize(("statement", "named"), TAMPERED, ids=[named for _, named in TAMPERED])
def test_what_is_changed_behind_the_back_is_named(lived: House, statement: str, named: str) -> None:
    tamper(lived, statement)
    faults = verify(lived).faults
    assert any(named in fault for fault in faults), faults
    assert status_fold_only(lived) == []  # the twin sees nothing of it


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE cases SET status = 'REGISTERED' WHERE id = 1", "1: status REGISTERED is not the fold of its events"),
        ("UPDATE cases SET status = 'LOST' WHERE id = 3", "cases: a row after id 0 cannot be read"),
        ("UPDATE cases SET due_on = 'soon' WHERE id = 3", "cases: a row after id 0 cannot be read"),
        ("UPDATE files SET received_at = 'soon'", "files: a row cannot be read"),
        ("UPDATE files SET object_key = '../x'", "its raw object is not what was kept"),
        ("UPDATE complainants SET sealed = x'09' || sealed", "database: a row cannot be read"),
        ("UPDATE complainants SET sealed = 'x'", "1: its complainant does not open"),
        ("DELETE FROM cases WHERE id = 6", "6: has events but no row"),
        ("UPDATE events SET kind = 'Forgotten' WHERE seq = 2", "event 2 is of a kind that this version does not know"),
        ("UPDATE events SET body = '[]' WHERE seq = 2", "event 2 cannot be read"),
        ("UPDATE events SET body = '{' WHERE seq = 2", "event 2 cannot be read"),
        ("DELETE FROM events WHERE kind = 'Registered' AND seq = 2", "2: has no event that registered it"),
    ],
)
def test_nothing_that_stands_in_a_row_makes_it_stumble(lived: House, statement: str, named: str) -> None:
    tamper(lived, statement)
    faults = verify(lived).faults
    assert any(named in fault for fault in faults), faults


def test_a_broken_chain_is_told_once_and_accuses_no_other_case(lived: House) -> None:
    tamper(lived, "UPDATE events SET at = '2020-01-01T00:00:00.000000+00:00' WHERE seq = 7")
    assert verify(lived).faults == ["ledger: the chain breaks at event 7"]


def test_many_faults_are_counted_not_listed(lived: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nistaran.steps.verify._TOLD", 2)
    tamper(lived, "DELETE FROM complainants")
    faults = verify(lived).faults
    assert len(faults) == 3
    assert faults[-1] == "cases: 4 more faults"


def raw_object(house: House) -> Path:
    with house.read() as work:
        return house.spool.parent / "objects" / work.files.page(limit=1)[0].object_key


def test_a_byte_more_in_a_raw_file_is_found(lived: House) -> None:
    path = raw_object(lived)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"\n")
    assert ["its raw object is not what was kept" in fault for fault in verify(lived).faults] == [True]
    assert list(lived.spool.iterdir()) == []


def test_a_raw_file_that_is_gone_is_found(lived: House) -> None:
    raw_object(lived).unlink()
    assert ["its raw object is missing" in fault for fault in verify(lived).faults] == [True]


@pytest.mark.parametrize(
    "written", [b"{", b"[]", b'{"seq": "x"}', b"\xff", b'{"seq": 1, "hash": "x", "signature": "y"}']
)
def test_a_spoilt_checkpoint_is_a_fault(lived: House, written: bytes) -> None:
    lived.objects.put_bytes("checkpoints/000000000001.json", written)
    assert [fault.split(":")[0] for fault in verify(lived).faults] == ["checkpoint checkpoints/000000000001.json"]
