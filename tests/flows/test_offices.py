"""The flows that take what offices hand in: answers and reports in their folders, letters out, and nothing of a citizen in Prefect."""

from __future__ import annotations

import csv
from pathlib import Path

from flows.forward import forward
from flows.ingest import ingest
from flows.quality import quality
from flows.route import route
from nistaran.bootstrap import open_house
from nistaran.domain.complaint import Case, Status
from nistaran.settings import Settings
from nistaran.steps.verify import verify
from tests.files import many, write_csv
from tests.steps.reporting import FILLER, GOOD


def cases() -> list[Case]:
    with open_house(Settings()) as house, house.read() as work:
        return [case for case in work.cases.page(after_id=0, limit=100) if case.status is not Status.REGISTERED]


def put(folder: Path, *rows: tuple[str, ...]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "file.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def test_answers_then_reports_are_taken_from_the_folders(home: Path) -> None:
    write_csv(home / "inbox" / "a.csv", many(6))
    ingest()
    route()
    routed = [case for case in cases() if case.status is Status.WITH_OFFICE]
    first, second, third = routed[:3]
    put(
        home / "answers" / "up.office",
        ("प्रकरण संख्या", "कार्यालय कूट", "उत्तर"),
        (first.number, first.office, "NEEDS_ANOTHER_DEPARTMENT_TOO"),
        (second.number, second.office, "INSUFFICIENT_FACTS"),
        (third.number, third.office, "कबूतर"),
    )
    (home / "answers" / "यह लॉगिन नहीं").mkdir()
    put(home / "answers" / "यह लॉगिन नहीं", ("a",), ("b",))
    told = forward()
    assert (told["files"], told["taken"], told["refused"], told["left"]) == (1, 2, 1, 1)

    put(
        home / "reports" / "up.office",
        ("प्रकरण संख्या", "कार्यालय कूट", "आख्या"),
        (first.number, first.office, GOOD),
        (second.number, second.office, FILLER),
    )
    told = quality()
    assert (told["files"], told["accepted"], told["rejected"], told["stuck"]) == (1, 1, 1, 0)
    assert told["delivered"] >= 1
    assert {case.number: case.status for case in cases()}[first.number] is Status.DISPOSED
    assert (forward()["files"], quality()["files"]) == (0, 0)
    with open_house(Settings()) as house:
        assert verify(house).faults == []
