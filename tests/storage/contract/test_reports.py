"""Reports behave alike in every store: what was handed in and found never changes, only where the report stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from nistaran.domain.complaint import Status
from nistaran.domain.errors import RowRefused
from nistaran.domain.office_report import (
    Attachment,
    CloseKind,
    CourtParticulars,
    OfficeReport,
    ReportFields,
    ReportState,
    report_id,
)
from tests.storage import samples as s
from tests.storage.conftest import Store

FIELDS = ReportFields(
    inquiry_officer="श्री रामप्रसाद",
    rank="अवर अभियन्ता",
    visited_on=date(2026, 11, 23),
    action="ट्रांसफार्मर बदला गया",
    action_on=date(2026, 11, 24),
    measures="भार की जाँच",
    orders=(("412/अ", date(2026, 11, 24)), ("FIR 7/2026", None)),
    court=CourtParticulars(court="सिविल जज", case_number="12/2025", next_date=date(2026, 12, 1), stay=False),
    witnesses=("ग्राम प्रधान", "लेखपाल"),
    contacted_on=date(2026, 11, 25),
    contact_gist="संतुष्ट",
)
PHOTO = Attachment(
    sha256="f" * 64,
    name="स्थल चित्र.jpg",
    size=10_000_000_000,
    facts={"kind": "photo", "gps": [27.26, 83.0], "day": None},
)


def report(n: int, turn: int = 1, **changes: Any) -> OfficeReport:
    """The turn-th report on case n, with every field filled; nobody has spoken of it but the judge."""
    values: dict[str, Any] = {
        "id": report_id(s.number(n), turn),
        "case_id": n,
        "case": s.number(n),
        "office": "pvvnl-ee-1",
        "by": "up.pvvnl.ee1",
        "at": s.later(n * 10 + turn),
        "close": CloseKind.ORDINARY,
        "text": f"{s.TEXT} {n}",
        "fields": FIELDS,
        "attachments": (PHOTO, Attachment(sha256="0" * 64, name="", size=0)),
        "state": ReportState.REJECTED,
        "reasons": ("NO_ACTION", "NO_CONTACT"),
        "findings": (("NO_ACTION", "आवश्यक कार्यवाही"), ("NO_CONTACT", "")),
        "reject_probability": 0.9312345678901234,
        "model": "r-2026-11",
    }
    return OfficeReport(**{**values, **changes})


def overruled(n: int, turn: int = 1, **changes: Any) -> OfficeReport:
    """The same, let through by a person an hour later."""
    word = {
        "state": ReportState.OVERRULED,
        "decided_by": "up.adm",
        "decided_at": s.later(60 + n),
        "why": "SEEN_ON_SITE",
    }
    return report(n, turn, **{**word, **changes})


def page_ids(work: Any, after: str, limit: int) -> list[str]:
    """The ids that one page brings."""
    return [one.id for one in work.reports.page(after=after, limit=limit)]


@pytest.fixture
def work(store: Store) -> Iterator:
    with store.work() as opened:
        s.add_cases(opened, *range(1, 9))
        yield opened


def test_reports_are_read_as_they_were_handed_in_oldest_first(work) -> None:
    first = report(1, attachments=(), findings=(), reasons=(), fields=ReportFields())
    second = overruled(1, 2, close=CloseKind.SPECIAL, reject_probability=0.0)
    work.reports.add([second, report(2)])
    work.reports.add([first])

    assert work.reports.of(1) == [first, second]
    assert work.reports.of(3) == []
    assert work.reports.of_each([1, 2, 3]) == {1: [first, second], 2: [report(2)]}
    assert work.reports.by_ids([second.id, "none", first.id]) == [second, first]


@pytest.mark.parametrize("state", list(ReportState))
@pytest.mark.parametrize("close", list(CloseKind))
def test_every_state_and_kind_of_close_can_be_kept(work, state: ReportState, close: CloseKind) -> None:
    work.reports.add([report(1, state=state, close=close)])
    assert work.reports.of(1) == [report(1, state=state, close=close)]


def test_settling_moves_where_it_stands_and_never_what_was_handed_in(work) -> None:
    work.reports.add([report(1), report(2)])
    handed_in = {"text": "", "fields": ReportFields(), "attachments": (), "office": "x", "by": "x", "at": s.NOW}
    found = {"close": CloseKind.INTERIM, "findings": (), "reasons": (), "reject_probability": 0.0, "model": ""}
    changed = overruled(1, **handed_in, **found)
    work.reports.settle([changed])
    assert work.reports.of(1) == [overruled(1)]
    assert work.reports.of(2) == [report(2)]


def test_an_id_is_used_once_and_needs_its_case(store: Store) -> None:
    for second in (report(1), report(9)):
        with pytest.raises(RowRefused):
            _add_after_one(store, second)


def _add_after_one(store: Store, second: OfficeReport) -> None:
    with store.work() as opened:
        s.add_cases(opened, 1)
        opened.reports.add([report(1)])
        opened.reports.add([second])


def test_what_was_never_kept_is_not_settled(store: Store) -> None:
    with pytest.raises(RowRefused):
        _settle_one_of_two(store)


def _settle_one_of_two(store: Store) -> None:
    with store.work() as opened:
        s.add_cases(opened, 1)
        opened.reports.add([report(1)])
        opened.reports.settle([overruled(1), overruled(1, 2)])


def test_an_offices_earlier_reports_come_newest_first(work) -> None:
    at = s.later(50)
    work.reports.add([report(1), report(2), report(3, office="pwd-ee-1"), report(4)])
    work.reports.add([report(5, at=at), report(5, 2, at=at)])

    def of(**asked: Any) -> list[str]:
        return [one.id for one in work.reports.of_office("pvvnl-ee-1", **asked)]

    assert of(since=s.NOW, limit=9) == [report(n, t).id for n, t in ((5, 2), (5, 1), (4, 1), (2, 1), (1, 1))]
    assert of(since=s.NOW, limit=2) == [report(5, 2).id, report(5).id]
    assert of(since=report(2).at, limit=9)[-1] == report(4).id
    assert of(since=at, limit=9) == []
    assert work.reports.of_office("none", since=s.NOW, limit=9) == []


def test_they_page_by_id(work) -> None:
    work.reports.add([report(3), report(1, 2), report(1), report(2)])
    ids = [report(1).id, report(1, 2).id, report(2).id, report(3).id]
    assert page_ids(work, "", 9) == ids
    assert page_ids(work, "", 3) == ids[:3]
    assert page_ids(work, ids[2], 3) == ids[3:]


def test_moments_come_back_in_utc_and_naive_ones_are_refused(work) -> None:
    indian = timezone(timedelta(hours=5, minutes=30))
    work.reports.add([overruled(1, at=s.NOW.astimezone(indian), decided_at=s.NOW.astimezone(indian))])
    (kept,) = work.reports.of(1)
    assert (kept.at, kept.at.tzinfo, kept.decided_at.tzinfo) == (s.NOW, UTC, UTC)
    with pytest.raises(ValueError, match="aware"):
        work.reports.add([report(2, at=datetime(2026, 11, 22))])  # noqa: DTZ001 (what must be refused)


def test_a_naive_since_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="aware"), store.read() as opened:
        opened.reports.of_office("x", since=datetime(2026, 11, 22), limit=1)  # noqa: DTZ001 (what must be refused)


def test_a_moment_where_a_day_is_meant_is_refused(work) -> None:
    with pytest.raises(ValueError, match="a day is meant"):
        work.reports.add([report(1, fields=ReportFields(visited_on=s.NOW))])


def test_facts_come_back_as_json_and_not_as_the_object_that_was_given(work) -> None:
    facts: dict[str, object] = {"gps": (27.26, 83.0)}
    work.reports.add([report(1, attachments=(replace(PHOTO, facts=facts),))])
    facts["gps"] = None
    assert work.reports.of(1)[0].attachments[0].facts == {"gps": [27.26, 83.0]}


def test_what_is_not_committed_was_never_there(store: Store) -> None:
    with store.work() as opened:
        s.add_cases(opened, 1)
        opened.commit()
    with store.work() as opened:
        opened.reports.add([report(1)])
    with store.read() as opened:
        assert opened.reports.of(1) == []


@pytest.mark.parametrize("status", list(Status))
def test_a_case_may_stand_in_every_place(work, status: Status) -> None:
    work.cases.place([s.placement(1, status)])
    assert work.cases.by_ids([1])[0].status is status
