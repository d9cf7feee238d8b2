"""When a correction may teach (decision 9): another one than its author has said so, or nobody has."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain import correction as rules
from nistaran.domain import correction_refused
from nistaran.domain.correction import (
    FOR_A_DEPARTMENT,
    FOR_NONE,
    Correction,
    CorrectionReason,
    Quarantine,
    Source,
    Trust,
)
from nistaran.domain.correction_refused import CorrectionRefused, WrongLogin, login_of
from nistaran.domain.wording import ASK_HI, CORRECTION_HI, QUARANTINE_HI, REASON_HI, TRUST_HI

AT = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
CASE = "SDR-2026-0000042"


def said(turn: int = 1, **changes: object) -> Correction:
    values: dict[str, object] = {
        "id": rules.correction_id(CASE, turn),
        "case_id": 42,
        "case": CASE,
        "at": AT + timedelta(minutes=turn),
        "by": "up.clerk1",
        "source": Source.CELL,
        "said": "ENERGY",
        "department": "POLICE",
        "reason": CorrectionReason.OTHER_SUBJECT,
    }
    return Correction(**{**values, **changes})  # type: ignore[arg-type]


LATER = AT + timedelta(hours=5)


def accepted(*corrections: Correction, department: str = "POLICE", by: str = "up.thana") -> list[Correction]:
    return rules.on_acceptance(corrections, department=department, office="SDR-THANA", by=by, at=LATER)


@pytest.mark.parametrize("source", [Source.CELL, Source.OFFICE])
def test_one_persons_word_waits(source: Source) -> None:
    assert rules.on_arrival(said(source=source)).trust is Trust.WAITING


@pytest.mark.parametrize("source", [Source.AUDIT, Source.ARBITER])
def test_an_audit_and_a_ruling_are_trusted_at_once(source: Source) -> None:
    new = said(source=source)
    assert rules.on_arrival(new) == replace(new, trust=Trust.TRUSTED, trusted_at=new.at, trusted_by=new.by)


def test_the_receiving_office_makes_it_trusted() -> None:
    (one,) = accepted(said())
    assert (one.trust, one.trusted_at, one.trusted_by, one.office) == (Trust.TRUSTED, LATER, "up.thana", "SDR-THANA")


def test_nobody_confirms_himself() -> None:
    assert accepted(said(), by="up.clerk1") == []


def test_an_office_of_another_department_confirms_nothing() -> None:
    assert accepted(said(), department="REVENUE") == []


corrections = st.builds(
    said,
    turn=st.integers(1, 9),
    by=st.sampled_from(["up.clerk1", "up.clerk2", "up.thana"]),
    department=st.sampled_from(["POLICE", "REVENUE", "NONE"]),
    source=st.sampled_from(Source),
    trust=st.sampled_from(Trust),
)
of_one_case = st.lists(corrections, max_size=6, unique_by=lambda one: one.id).map(
    lambda found: sorted(found, key=lambda one: one.at)
)


@given(of_one_case, st.sampled_from(["POLICE", "REVENUE", "NONE"]), st.sampled_from(["up.clerk1", "up.thana"]))
def test_acceptance_trusts_only_what_waits_says_so_and_is_anothers(
    of_case: list[Correction], department: str, by: str
) -> None:
    before = {one.id: one for one in of_case}
    changed = accepted(*of_case, department=department, by=by)
    newly = [one for one in changed if one.trust is Trust.TRUSTED]
    assert len(newly) <= 1
    for one in newly:
        was = before[one.id]
        assert (was.trust, one.department) == (Trust.WAITING, department)
        assert one.by != by
    assert all(one.trust in (Trust.TRUSTED, Trust.WITHDRAWN) for one in changed)
    _teaches_at_most_once(of_case, changed)


@given(of_one_case, st.sampled_from(["POLICE", "REVENUE", "NONE"]))
def test_a_ruling_leaves_nothing_that_says_otherwise(of_case: list[Correction], department: str) -> None:
    changed = rules.on_ruling(of_case, department=department, by="up.nodal", at=LATER)
    after = {one.id: one for one in of_case} | {one.id: one for one in changed}
    assert all(one.trust is Trust.WITHDRAWN for one in after.values() if one.department != department)
    before = {one.id: one.trust for one in of_case}
    assert all(before[one.id] is Trust.WAITING for one in changed if one.trust is Trust.TRUSTED)


@given(of_one_case)
def test_what_is_in_dispute_teaches_nothing(of_case: list[Correction]) -> None:
    after = {one.id: one for one in of_case} | {one.id: one for one in rules.on_correction(of_case)}
    assert all(one.trust is Trust.WITHDRAWN for one in after.values() if one.source is not Source.AUDIT)
    assert all(after[one.id] == one for one in of_case if one.source is Source.AUDIT)


def _teaches_at_most_once(of_case: list[Correction], changed: list[Correction]) -> None:
    after = {one.id: one for one in of_case} | {one.id: one for one in changed}
    if changed:
        assert sum(one.trust is Trust.TRUSTED for one in after.values()) == 1


@given(corrections)
def test_only_what_waits_is_held_back_and_only_what_is_held_back_is_released(one: Correction) -> None:
    if one.trust is Trust.WAITING:
        held = rules.quarantined(one, Quarantine.TOO_MANY_A_DAY)
        assert rules.released(held) == replace(one, why_quarantined=Quarantine.TOO_MANY_A_DAY)
    else:
        with pytest.raises(ValueError, match="not quarantined"):
            rules.quarantined(one, Quarantine.TOO_MANY_A_DAY)
    if one.trust is not Trust.QUARANTINED:
        with pytest.raises(ValueError, match="not released"):
            rules.released(one)


def test_every_word_has_its_hindi() -> None:
    assert set(CORRECTION_HI) == {reason.value for reason in CorrectionReason}
    assert set(QUARANTINE_HI) == {why.value for why in Quarantine}
    assert set(TRUST_HI) == {trust.value for trust in Trust}
    assert len(REASON_HI) == len(ASK_HI) + len(CORRECTION_HI) + len(QUARANTINE_HI), "one code, one meaning"


def test_each_reason_is_for_a_department_or_for_none() -> None:
    assert {*FOR_A_DEPARTMENT, *FOR_NONE} == set(CorrectionReason)
    assert FOR_NONE[0] is CorrectionReason.THANKS


@pytest.mark.parametrize(
    "failure", [kind for kind in vars(correction_refused).values() if isinstance(kind, type) and issubclass(kind, CorrectionRefused)]
)  # fmt: skip
def test_a_refusal_speaks_both_languages(failure: type[CorrectionRefused]) -> None:
    hindi, slash, english = str(failure("x")).partition(" / ")
    assert slash
    assert re.search("[\u0900-\u097f]", hindi)
    assert not re.search("[\u0900-\u097f]", english)


@pytest.mark.parametrize(
    ("written", "login"), [("up.sdr-cell", "up.sdr-cell"), (" UP.SDR-Cell ", "up.sdr-cell"), ("a@b.in", "a@b.in")]
)
def test_a_login_is_one_however_it_is_typed(written: str, login: str) -> None:
    assert login_of(written) == login


@pytest.mark.parametrize("written", ["", " ", "9876543210", "रमेश", "ramesh kumar", "-x", "a" * 65, "a\nb", "x/y"])
def test_a_name_or_a_phone_is_no_login(written: str) -> None:
    with pytest.raises(WrongLogin) as refused:
        login_of(written)
    assert not written.strip() or written not in str(refused.value)
