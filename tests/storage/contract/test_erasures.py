"""Words go alike in every store: all that a person wrote of a case, and nothing of any other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from nistaran.domain.complaint import Status, Whereabouts
from nistaran.domain.office_report import ReportFields
from nistaran.domain.records import FileCounts
from nistaran.domain.retention import Erased, MaskedWords
from tests.storage import samples as s
from tests.storage.conftest import Store
from tests.storage.contract.test_reports import report

DAY = date(2029, 11, 22)
ALL = s.later(10_000)


@pytest.fixture
def work(store: Store) -> Iterator:
    """Cases 1 to 4, 1 to 3 of them disposed of, each with everything beside it."""
    with store.work() as opened:
        s.add_cases(opened, 1, 2, 3, 4)
        opened.complainants.add([s.person(n, "k1") for n in (1, 2, 3, 4)])
        opened.decisions.add([s.decision(n) for n in (1, 2)])
        notices = [s.notice(n) for n in (1, 2)]
        opened.outbox.add([_with_department(one) for one in notices], at=s.NOW)
        opened.reports.add([report(1), report(2)])
        opened.cases.place([s.placement(n, Status.DISPOSED) for n in (1, 2, 3)])
        yield opened


def _with_department(one):
    from dataclasses import replace

    return replace(one, body={**one.body, "department": "POWER"})


def closed(work, **changes) -> list[int]:
    return work.erasures.closed(**{"after_id": 0, "limit": 9, "before": ALL, "masked_before": ALL, **changes})


def test_only_what_is_over_and_old_enough_is_looked_at(work) -> None:
    assert closed(work) == [1, 2, 3]
    assert closed(work, after_id=1, limit=1) == [2]
    assert closed(work, before=s.NOW) == []
    work.erasures.purge([1], on_day=DAY)
    work.erasures.mask([MaskedWords(case_id=2, text="x", sealed=b"x")], on_day=DAY)
    assert closed(work) == [2, 3]
    assert closed(work, masked_before=s.NOW) == [3]
    work.reports.add([report(1, 2)])
    assert closed(work, masked_before=s.NOW) == [1, 3]
    assert work.erasures.of_each([1, 2, 3]) == {1: {Erased.PURGED}, 2: {Erased.MASKED}}


def test_masking_leaves_the_text_and_nobody(work) -> None:
    work.erasures.mask([MaskedWords(case_id=1, text="मोबाइल XX12", sealed=b"nobody")], on_day=DAY)
    assert work.cases.by_ids([1])[0].text == "मोबाइल XX12"
    assert work.cases.facts_of(1) == {}
    assert work.complainants.of(1) == b"nobody"
    assert work.complainants.people_of([1]) == {1: "k1"}
    assert work.cases.by_ids([2])[0].text == s.case(2).text


def test_purging_takes_all_that_a_person_wrote_and_no_more(work) -> None:
    before = work.cases.by_ids([1, 2])
    went = work.erasures.purge([1, 3], on_day=DAY)
    attached = len(report(1).attachments)
    assert went[1] == Counter(words=1, complainants=1, decisions=1, notices=1, reports=1, attachments=attached)
    assert went[3] == Counter(words=1, complainants=1)
    (case,) = work.cases.by_ids([1])
    assert (case.text, case.addressed_to, case.whereabouts) == ("", "", Whereabouts())
    assert (case.number, case.status, case.due_on) == (before[0].number, before[0].status, before[0].due_on)
    assert work.cases.facts_of(1) == {}
    assert work.complainants.of(1) is None
    assert work.complainants.people_of([1, 2]) == {2: "k1"}
    (made,) = work.decisions.of(1)
    assert (made.words, made.places, made.candidates) == ((), (), s.decision(1).candidates)
    assert [notice.body for notice, _, _ in work.outbox.of(1)] == [{"department": "POWER"}]
    (handed,) = work.reports.of(1)
    assert (handed.text, handed.fields, handed.attachments) == ("", ReportFields(), ())
    assert handed.reasons == report(1).reasons
    assert [words for _, words in handed.findings] == [""] * len(report(1).findings)
    assert work.cases.by_ids([2]) == [before[1]]
    assert work.decisions.of(2) == [s.decision(2)]
    assert work.reports.of(2)[0].text == report(2).text


def test_purging_again_takes_nothing(work) -> None:
    work.erasures.purge([3], on_day=DAY)
    assert work.erasures.purge([3], on_day=DAY) == {3: Counter()}


def test_the_attachments_of_a_purged_report_are_given_up_and_others_stay_named(work) -> None:
    work.erasures.purge([1], on_day=DAY)
    keys = [f"attachments/{one.sha256[:2]}/{one.sha256}" for one in report(1).attachments]
    assert work.erasures.given_up(done=False) == sorted(set(keys))
    assert work.erasures.attached() == {one.sha256 for one in report(2).attachments}
    work.erasures.gone(keys)
    assert work.erasures.given_up(done=False) == []
    assert work.erasures.given_up(done=True) == sorted(set(keys))


def test_old_files_that_were_read_lose_their_name(work) -> None:
    for n in (1, 2, 3):
        work.files.add(s.file(n))
    for n in (1, 2):
        work.files.finish(s.file(n).sha256, FileCounts())
    found = work.erasures.old_files(before=ALL, after="", limit=9)
    assert [one.sha256 for one in found] == [s.file(1).sha256, s.file(2).sha256]
    work.erasures.give_up_file(found[0], on_day=DAY)
    assert work.files.get(found[0].sha256).name == found[0].sha256[:12]
    assert [one.sha256 for one in work.erasures.old_files(before=ALL, after="", limit=9)] == [s.file(2).sha256]
    assert work.erasures.old_files(before=s.later(1), after="", limit=9) == []
    assert work.erasures.given_up(done=False) == [found[0].object_key]


def test_refused_rows_and_logins_go_by_age(work) -> None:
    work.refusals.add([s.refusal(1, at=s.later(1)), s.refusal(2, at=s.later(2))])
    assert work.erasures.purge_refused(before=s.later(2)) == 1
    assert [one.id for one in work.refusals.open_rows()] == [s.refusal(2).id]
    assert work.erasures.purge_logins(before=ALL) == 0


def test_where_a_case_came_from_is_known_after_masking_too(work) -> None:
    work.cases.add([s.case(9)], facts=[{"file": "f" * 64, "row": 3, "extras": {"पिता": "रामलाल"}}])
    work.erasures.mask([MaskedWords(case_id=9, text="x", sealed=b"x")], on_day=DAY)
    assert work.cases.facts_of(9) == {"file": "f" * 64, "row": 3}
    assert work.erasures.came_from([1, 9]) == {"f" * 64}
