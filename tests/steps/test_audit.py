"""Audits: chance draws, a person reads blind, nobody reads his own correction, and nothing of it moves a case or teaches."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from nistaran.domain.audit import AuditState, Reading, Sample, agreed
from nistaran.domain.correction import Source, TrustedLabel
from nistaran.domain.correction_refused import WrongLogin
from nistaran.domain.promotion import Proposal
from nistaran.steps.audit import counts, give_out, take_readings
from nistaran.steps.audit_file import FileStands, NotThisEnding, write_audit
from nistaran.steps.correct import correct_case
from nistaran.steps.house import House
from nistaran.steps.labels import audited_labels, trusted_labels
from nistaran.steps.trust import accept_case
from nistaran.steps.verify import verify
from tests.models.tiny import NOW, house_models, propose
from tests.steps.people import CLERK, OFFICE, decided, in_memory, labels, number

READER, OTHER = "up.reader", "up.reader2"


class Kept:
    """The audit journal of a house's models, without files."""

    def __init__(self, proposals: Sequence[Proposal] = ()) -> None:
        self.state, self._proposals = AuditState(), list(proposals)

    def proposals(self) -> list[Proposal]:
        return self._proposals

    def audits_needed(self) -> int:
        return 3

    def audits(self) -> AuditState:
        return self.state

    def keep_sample(self, sample: Sample) -> None:
        self.state = AuditState(samples=(*self.state.samples, sample), readings=self.state.readings)

    def keep_readings(self, readings: Sequence[Reading]) -> None:
        self.state = AuditState(samples=self.state.samples, readings=(*self.state.readings, *readings))


@pytest.fixture
def opened(house: House, tmp_path: Path) -> House:
    return decided(in_memory(house), tmp_path, count=8)


def give(house: House, models: Kept, count: int, seed: int = 1) -> list[str]:
    found = give_out(house, models, count=count, by=READER, choose=random.Random(seed))  # type: ignore[arg-type]
    return [case.number for case in found]


def read(house: House, models: Kept, path: Path, rows: Sequence[tuple[str, str]], *, by: str = READER):  # type: ignore[no-untyped-def]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([("प्रकरण", "सही विभाग"), *rows])
    return take_readings(house, models, path, by=by, number_of=str)  # type: ignore[arg-type]


def test_what_was_drawn_stays_drawn_until_it_is_read(opened: House, tmp_path: Path) -> None:
    """Nobody can draw again until the sample pleases."""
    models = Kept()
    first = give(opened, models, 3)
    assert len(set(first)) == 3
    assert give(opened, models, 3, seed=2) == first
    more = give(opened, models, 5, seed=3)
    assert (more[:3], len(set(more))) == (first, 5)
    read(opened, models, tmp_path / "a.csv", [(first[0], "POLICE")])
    assert first[0] not in give(opened, models, 99)
    assert sorted([first[0], *give(opened, models, 99)]) == [number(n) for n in range(1, 9)]
    stands = counts(models)  # type: ignore[arg-type]
    assert (stands.drawn, stands.read, stands.unread, stands.counted, stands.needed) == (8, 1, 7, 1, 3)


def test_every_case_has_the_same_chance(opened: House) -> None:
    drawn = [one for seed in range(120) for one in give(opened, Kept(), 2, seed=seed)]
    assert all(15 <= drawn.count(number(n)) <= 45 for n in range(1, 9))


def test_cases_that_a_model_has_learned_from_are_not_drawn(opened: House, tmp_path: Path) -> None:
    office = correct_case(opened, number(1), department="POLICE", by=CLERK).office
    accept_case(opened, number(1), office=office, by=OFFICE)
    learned = propose(house_models(tmp_path), "departments-x", tilt=1.0)
    assert number(1) in give(opened, Kept(), 99)
    newest = trusted_labels(opened)[0].at
    import dataclasses

    assert number(1) not in give(opened, Kept([dataclasses.replace(learned, up_to=newest)]), 99)


def test_readings_measure_and_teach_nothing(opened: House, tmp_path: Path) -> None:
    models = Kept()
    one, two, three = give(opened, models, 3)
    done = read(opened, models, tmp_path / "a.csv", [(one, "POLICE"), (two, "किसी विभाग से सम्बन्धित नहीं"), (three, "")])
    assert (done.rows, done.changed, done.blank, done.refused) == (3, 2, 1, [])
    found: list[TrustedLabel] = audited_labels(opened, models)  # type: ignore[arg-type]
    assert {(label.case, label.department) for label in found} == {(one, "POLICE"), (two, "NONE")}
    assert {label.source for label in found} == {Source.AUDIT}
    assert labels(opened) == []
    assert verify(opened).faults == []
    again = read(opened, models, tmp_path / "a.csv", [(one, "POLICE"), (two, "CANE")])
    assert (again.changed, again.unchanged) == (1, 1)
    assert {(one.case, one.department) for one in models.state.agreed} == {(one, "POLICE"), (two, "CANE")}


def test_rows_that_cannot_be_taken_are_named_and_the_rest_go_on(opened: House, tmp_path: Path) -> None:
    models = Kept()
    drawn = give(opened, models, 7)
    left = next(number(n) for n in range(1, 9) if number(n) not in drawn)
    correct_case(opened, drawn[1], department="CANE", by=READER)
    rows = [(left, "POLICE"), (drawn[0], "रामू का विभाग"), (drawn[1], "CANE"), ("9876501234", "CANE"), (drawn[2], "PWD")]
    done = read(opened, models, tmp_path / "a.csv", rows)
    assert [one.code for one in done.refused] == ["NotDrawn", "NoSuchDepartment", "OwnCase", "NotDrawn"]
    assert [one.row for one in done.refused] == [2, 3, 4, 5]
    assert (done.rows, done.changed) == (5, 1)
    assert all("9876501234" not in one.reason and "रामू" not in one.reason for one in done.refused)
    with pytest.raises(WrongLogin):
        read(opened, models, tmp_path / "a.csv", rows, by="9876501234")


def test_where_two_readers_differ_the_case_does_not_count() -> None:
    said = [("c1", "POLICE", READER), ("c1", "CANE", OTHER), ("c2", "PWD", READER), ("c2", "CANE", READER)]
    readings = [Reading(case=case, department=code, by=by, at=NOW) for case, code, by in said]
    assert [(one.case, one.department) for one in agreed(readings)] == [("c2", "CANE")]
    settled = [*readings, Reading(case="c1", department="CANE", by=READER, at=NOW)]
    assert [(one.case, one.department) for one in agreed(settled)] == [("c1", "CANE"), ("c2", "CANE")]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_file_is_blind_masked_and_takes_its_answers_back(opened: House, tmp_path: Path, ending: str) -> None:
    models = Kept()
    cases = give_out(opened, models, count=4, by=READER)  # type: ignore[arg-type]
    target = tmp_path / f"audit{ending}"
    write_audit(opened, cases, target)
    if ending == ".xlsx":
        book = openpyxl.load_workbook(target)
        sheet = book.worksheets[0]
        rows = [[cell.value or "" for cell in cells] for cells in sheet.iter_rows()]
        (offer,) = sheet.data_validations.dataValidation
        assert offer.sqref == "D2:D5" or str(offer.sqref) == "D2:D5"
        sheet["D2"] = "गृह (पुलिस)"
        book.save(target)
    else:
        rows = list(csv.reader(target.open(encoding="utf-8-sig", newline="")))
        with target.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([rows[0], [*rows[1][:3], "गृह (पुलिस)"], *rows[2:]])
    assert [row[0] for row in rows[1:]] == [case.number for case in cases]
    told = str(rows)
    for hidden in ("ENERGY", "ऊर्जा", "90%", *(case.office for case in cases if case.office)):
        assert hidden not in told
    done = take_readings(opened, models, target, by=READER, number_of=str)  # type: ignore[arg-type]
    assert (done.rows, done.changed, done.blank, done.refused) == (4, 1, 3, [])
    with pytest.raises(FileStands):
        write_audit(opened, cases, target)
    with pytest.raises(NotThisEnding):
        write_audit(opened, cases, tmp_path / "a.txt")


def test_the_journal_keeps_samples_and_readings_signed(tmp_path: Path) -> None:
    models = house_models(tmp_path)
    models.keep_sample(Sample(cases=("c1", "c2"), at=NOW, by=READER))
    models.keep_readings([Reading(case="c2", department="CANE", by=READER, at=NOW)])
    models.keep_readings([])
    state = house_models(tmp_path, machine="two").audits()
    assert (state.drawn, state.unread) == (("c1", "c2"), ("c1",))
    assert [(one.case, one.department, one.at) for one in state.agreed] == [("c2", "CANE", NOW)]
    from nistaran.domain.errors import UntrustedModel

    entry = tmp_path / "objects" / "models" / "audits" / "000002.json"
    entry.chmod(0o600)
    entry.write_text(entry.read_text().replace("CANE", "PWD"))
    with pytest.raises(UntrustedModel):
        models.audits()
