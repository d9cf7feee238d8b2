"""Verify: what teaches the model is held against the ledger; a label that was slipped into the database is found (P15, P22)."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nistaran.steps import verify_corrections
from nistaran.steps.correct import correct_case
from nistaran.steps.house import House
from nistaran.steps.trust import accept_case, release
from nistaran.steps.verify import verify
from tests.steps.people import CLERK, OFFICE, SECOND, WIDE, Held, SureOf, decided, number, office_of


@pytest.fixture
def lived(house: House, tmp_path: Path) -> House:
    """On SQLite: 1 trusted, 2 waiting, 3 withdrawn and waiting, 4 and 5 quarantined, 6 released."""
    corrections = dataclasses.replace(house.pack.corrections, mass=dataclasses.replace(WIDE, alike_most=2))
    made = dataclasses.replace(
        house,
        pack=dataclasses.replace(house.pack, corrections=corrections),
        classifier=lambda: SureOf(),  # noqa: PLW0108
        clock=Held(),
    )
    decided(made, tmp_path)
    correct_case(made, number(1), department="POLICE", by=CLERK)
    accept_case(made, number(1), office=office_of(made, 1), by=OFFICE)
    correct_case(made, number(2), department="POLICE", by=CLERK)
    correct_case(made, number(3), department="REVENUE", by=CLERK)
    correct_case(made, number(3), department="HEALTH", by=SECOND)
    for n in (4, 5, 6):
        correct_case(made, number(n), department="IRRIGATION", by=SECOND)
    release(made, [f"{number(6)}/1"], by=CLERK)
    return made


def test_a_house_that_was_left_alone_has_no_fault(lived: House) -> None:
    assert verify(lived).faults == []


def test_pages_are_joined_without_a_gap(lived: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_corrections, "_PAGE", 2)
    assert verify(lived).faults == []


ONE, TWO, FOUR = number(1), number(2), number(4)
SLIPPED_IN = f"""INSERT INTO corrections SELECT '{TWO}/2', case_id, case_number, at, said_by, source, said, 'REVENUE', reason,
    'TRUSTED', at, 'x', 'y', '' FROM corrections WHERE id = '{TWO}/1'"""
TAMPERED = [
    (f"UPDATE corrections SET trust = 'TRUSTED', trusted_at = at WHERE id = '{TWO}/1'", f"correction {TWO}/1 is not"),
    (f"UPDATE corrections SET trust = 'WAITING' WHERE id = '{FOUR}/1'", f"correction {FOUR}/1 is not"),
    (f"UPDATE corrections SET department = 'REVENUE' WHERE id = '{ONE}/1'", f"correction {ONE}/1 is not"),
    (f"UPDATE corrections SET said_by = 'up.x' WHERE id = '{ONE}/1'", f"correction {ONE}/1 is not"),
    (f"UPDATE corrections SET case_number = '{TWO}' WHERE id = '{ONE}/1'", f"correction {ONE}/1 is not"),
    (f"UPDATE corrections SET at = replace(at, '2026', '2025') WHERE id = '{ONE}/1'", f"correction {ONE}/1 is not"),
    (f"UPDATE corrections SET office = 'x' WHERE id = '{ONE}/1'", f"correction {ONE}/1 is not"),
    (f"UPDATE corrections SET trusted_by = 'x' WHERE id = '{ONE}/1'", f"correction {ONE}/1 is not"),
    (f"UPDATE corrections SET why_quarantined = '' WHERE id = '{FOUR}/1'", f"correction {FOUR}/1 is not"),
    (f"DELETE FROM corrections WHERE id = '{FOUR}/1'", f"correction {FOUR}/1 is missing"),
    (f"UPDATE corrections SET reason = 'PIGEON' WHERE id = '{ONE}/1'", "cannot be read"),
    (SLIPPED_IN, f"correction {TWO}/2 is not that of its events"),
]


@pytest.mark.promise("P15")
@pytest.mark.parametrize(("statement", "fault"), TAMPERED, ids=[statement[:70] for statement, _ in TAMPERED])
def test_a_changed_correction_is_found(lived: House, statement: str, fault: str) -> None:
    with closing(sqlite3.connect(lived.spool.parent / "nistaran.db")) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        assert database.execute(statement).rowcount == 1
        database.commit()
    faults = verify(lived).faults
    assert any(fault in one for one in faults), faults
    assert len(faults) <= 2


def test_without_the_comparison_a_slipped_in_label_is_not_seen(lived: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin."""
    with closing(sqlite3.connect(lived.spool.parent / "nistaran.db")) as database:
        database.execute(SLIPPED_IN)
        database.commit()
    monkeypatch.setattr(verify_corrections.CorrectionCheck, "faults", lambda _: iter(()))
    assert verify(lived).faults == []
    with lived.read() as work:
        assert (TWO, "REVENUE") in {(label.case, label.department) for label in work.corrections.trusted(limit=99)}
