"""What an office states comes back from its JSON exactly as it was, whatever it states."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nistaran.domain.office_report import Attachment, CourtParticulars, ReportFields
from storage import report_json as rj
from tests.storage import samples as s
from tests.storage.contract.test_reports import FIELDS, PHOTO

DAY = st.none() | st.dates()
COURT = st.builds(
    CourtParticulars,
    **{name: st.text() for name in ("court", "case_number", "section", "parties", "stage")},
    next_date=DAY,
    stay=st.none() | st.booleans(),
)
STATED: dict[str, st.SearchStrategy[Any]] = {
    **{name: st.text() for name in ("inquiry_officer", "rank", "action", "measures", "contact_gist")},
    **dict.fromkeys(("visited_on", "action_on", "contacted_on"), DAY),
    "orders": st.lists(st.tuples(st.text(), DAY), max_size=4).map(tuple),
    "court": st.none() | COURT,
    "witnesses": st.lists(st.text(), max_size=4).map(tuple),
}
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
ATTACHMENT = st.builds(
    Attachment,
    sha256=st.text(),
    name=st.text(),
    size=st.integers(min_value=0),
    facts=st.dictionaries(st.text(), PLAIN, max_size=4),
)


def test_the_property_is_over_every_field() -> None:
    """A field that is added to the domain must be added here too."""
    assert set(STATED) == {one.name for one in fields(ReportFields)}


@given(st.builds(ReportFields, **STATED))
@example(ReportFields())
@example(ReportFields(court=CourtParticulars()))
@example(FIELDS)
def test_what_is_stated_comes_back(stated: ReportFields) -> None:
    back = rj.read_fields(rj.write_fields(stated))
    assert back == stated
    assert _kinds(back) == _kinds(stated)


def _kinds(stated: ReportFields) -> list[type]:
    """Equality alone would let 1 pass for True."""
    court = stated.court and [type(getattr(stated.court, one.name)) for one in fields(CourtParticulars)]
    return [*(type(getattr(stated, one.name)) for one in fields(ReportFields)), *(court or [])]


@given(st.lists(ATTACHMENT, max_size=3).map(tuple))
@example((PHOTO,))
def test_attachments_come_back(attachments: tuple[Attachment, ...]) -> None:
    assert rj.read_attachments(rj.write_attachments(attachments)) == attachments


@given(st.lists(st.tuples(st.text(), st.text()), max_size=4).map(tuple))
def test_findings_and_reasons_come_back(findings: tuple[tuple[str, str], ...]) -> None:
    assert rj.read_findings(rj.write_findings(findings)) == findings
    codes = tuple(code for code, _ in findings)
    assert rj.read_reasons(rj.write_reasons(codes)) == codes


def test_days_stand_as_iso_text_and_hindi_readable() -> None:
    text = rj.write_fields(FIELDS)
    written = json.loads(text)
    assert (written["visited_on"], written["court"]["next_date"]) == ("2026-11-23", "2026-12-01")
    assert written["orders"] == [["412/अ", "2026-11-24"], ["FIR 7/2026", None]]
    assert "श्री रामप्रसाद" in text


def test_a_field_of_a_later_release_reads_as_not_given() -> None:
    written = json.loads(rj.write_fields(FIELDS))
    for later in ("measures", "contact_gist"):
        del written[later]
    del written["court"]["stay"]
    back = rj.read_fields(json.dumps(written))
    assert (back.measures, back.contact_gist, back.court and back.court.stay) == ("", "", None)
    assert back.action == FIELDS.action


MEANT_AS_DAYS: list[Callable[[Any], ReportFields]] = [
    lambda day: ReportFields(visited_on=day),
    lambda day: ReportFields(action_on=day),
    lambda day: ReportFields(contacted_on=day),
    lambda day: ReportFields(orders=(("1", day),)),
    lambda day: ReportFields(court=CourtParticulars(next_date=day)),
]


@pytest.mark.parametrize("stated", MEANT_AS_DAYS)
def test_a_moment_where_a_day_is_meant_is_refused(stated: Callable[[Any], ReportFields]) -> None:
    assert rj.read_fields(rj.write_fields(stated(date(2026, 1, 2)))) == stated(date(2026, 1, 2))
    with pytest.raises(ValueError, match="a day is meant"):
        rj.write_fields(stated(s.NOW))
