"""Files, refusals and counters behave alike in every store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from nistaran.domain.errors import NotReady
from nistaran.domain.records import FileCounts, FileNote, FileState, RefusalState
from tests.storage import samples as s
from tests.storage.conftest import Store


@pytest.fixture
def work(store: Store) -> Iterator:
    with store.work() as opened:
        yield opened


def test_a_file_is_kept_once(work) -> None:
    assert work.files.add(s.file(1)) is True
    assert work.files.add(s.file(1, name="another name.csv")) is False
    assert work.files.get(s.file(1).sha256) == s.file(1)
    assert work.files.get("f" * 64) is None


def test_a_file_read_to_the_end_is_no_longer_unread(work) -> None:
    for n in (3, 1, 2):
        work.files.add(s.file(n))
    counts = FileCounts(rows=10, accepted=6, known=3, refused=1)
    work.files.finish(s.file(1).sha256, counts)

    assert work.files.unread() == [s.file(2), s.file(3)]
    assert work.files.get(s.file(1).sha256) == replace(s.file(1), state=FileState.READ, counts=counts)
    assert [file.sha256 for file in work.files.page(limit=2)] == [s.file(3).sha256, s.file(2).sha256]


def test_what_was_noticed_in_a_file_is_kept_with_it(work) -> None:
    noticed = (FileNote(code="UNKNOWN_HEADER", detail="अधिकारी, «क्षेत्र»"), FileNote(code="KRUTIDEV", detail="12"))
    work.files.add(s.file(1))
    work.files.add(s.file(2, notes=noticed))
    assert (work.files.get(s.file(1).sha256).notes, work.files.get(s.file(2).sha256).notes) == ((), noticed)

    work.files.finish(s.file(1).sha256, FileCounts(), notes=list(noticed))
    assert [file.notes for file in work.files.page(limit=2)] == [noticed, noticed]
    work.files.reopen(s.file(1).sha256, name="a.csv", source="x")
    assert work.files.unread() == [s.file(1, name="a.csv", source="x", notes=noticed), s.file(2, notes=noticed)]
    work.files.finish(s.file(1).sha256, FileCounts())
    assert work.files.get(s.file(1).sha256).notes == ()  # those of the last whole reading


def test_finishing_a_file_that_is_not_kept_is_told(store: Store) -> None:
    with pytest.raises(KeyError), store.work() as work:
        work.files.finish("f" * 64, FileCounts())


def test_refusals_are_kept_once_and_corrected_once(work) -> None:
    assert work.refusals.add([s.refusal(2), s.refusal(1, row=None), s.refusal(2)]) == 2
    assert work.refusals.add([s.refusal(2, code="OTHER"), s.refusal(3)]) == 1
    assert work.refusals.add([]) == 0
    assert work.refusals.open_rows() == [s.refusal(1, row=None), s.refusal(2), s.refusal(3)]

    assert work.refusals.correct([s.refusal(1).id, "unknown", s.refusal(1).id]) == 1
    assert work.refusals.correct([s.refusal(1).id]) == 0
    assert work.refusals.open_rows() == [s.refusal(2), s.refusal(3)]
    assert {row.state for row in work.refusals.open_rows()} == {RefusalState.OPEN}


def test_a_corrected_refusal_that_comes_again_is_open_again(work) -> None:
    work.refusals.add([s.refusal(1), s.refusal(2)])
    work.refusals.correct([s.refusal(1).id])

    assert work.refusals.add([s.refusal(1), s.refusal(2), s.refusal(3), s.refusal(1)]) == 2
    assert work.refusals.open_rows() == [s.refusal(1), s.refusal(2), s.refusal(3)]
    assert work.refusals.add([s.refusal(1)]) == 0
    assert work.refusals.correct([s.refusal(1).id]) == 1


def test_a_store_belongs_to_one_district(store: Store) -> None:
    store.belongs_to("SDR")
    store.belongs_to("SDR")

    with pytest.raises(NotReady, match=r"district SDR.*for GKP"):
        store.belongs_to("GKP")
    store.belongs_to("SDR")


def test_a_district_without_a_code_is_not_written_down(store: Store) -> None:
    with pytest.raises(ValueError, match="code"):
        store.belongs_to("")
    store.belongs_to("SDR")


def test_serial_numbers_have_no_gaps_and_no_doubles(store: Store) -> None:
    with store.work() as work:
        assert [work.counters.take("case", count) for count in (1, 5, 2)] == [1, 2, 7]
        assert work.counters.take("case:2026", 3) == 1
        work.commit()
    with store.work() as work:
        assert work.counters.take("case", 100) == 9  # not committed: given back
    with store.work() as work:
        assert work.counters.take("case", 1) == 9


def test_no_numbers_cannot_be_taken(work) -> None:
    with pytest.raises(ValueError, match="at least one"):
        work.counters.take("case", 0)
