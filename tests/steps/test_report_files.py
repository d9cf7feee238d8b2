"""Files of reports and feedback: each row one act, bad rows told by field, the good ones judged; shares are counted."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from nistaran.domain.complaint import Status
from nistaran.domain.office_report import CloseKind
from nistaran.steps.answer_files import take_report_files
from nistaran.steps.feedback_figures import feedback_figures
from nistaran.steps.find_case import full_number
from nistaran.steps.house import House
from nistaran.steps.report_files import feedback_from, report_from
from nistaran.steps.verify import verify
from storage.inbox import FolderInbox
from tests.steps.reporting import BETTER as BETTER_TEXT
from tests.steps.reporting import FILLER, Judge
from tests.steps.reporting import GOOD as GOOD_TEXT
from tests.steps.transferring import case_of, with_cases

GOOD, BETTER = (text.replace(",", "") for text in (GOOD_TEXT, BETTER_TEXT))  # no commas: the rows are written plainly
HEADERS = (
    "प्रकरण संख्या,कार्यालय कूट,आख्या,जाँच अधिकारी,निरीक्षण दिनांक,न्यायालय,वाद संख्या,अगली तिथि,स्थगन आदेश,निस्तारण का प्रकार,साक्षी"
)


@pytest.fixture
def held(house: House, tmp_path: Path) -> House:
    return with_cases(house, tmp_path, {"ENERGY": 1.0}, *(f"बिजली का बिल गलत आ रहा है, मामला {n}।" for n in "अबसद"))


def write(path: Path, house: House, *rows: str, headers: str = HEADERS) -> Path:
    path.write_text("\n".join([headers, *rows]).replace("{office}", case_of(house).office), encoding="utf-8")
    return path


def test_every_row_is_one_report(held: House, tmp_path: Path) -> None:
    path = write(
        tmp_path / "r.csv",
        held,
        f"1,{{office}},{GOOD},श्री रमेश,20.11.2026,,,,,,राम; श्याम",
        f"2,{{office}},{FILLER},,,,,,,,",
        f"3,{{office}},{BETTER},,32.13.2026,,,,,,",
        f"4,{{office}},{BETTER},,,सिविल जज बांसी,114/2026,15.12.2026,नहीं,अन्तरिम,",
        "9,{office},,,,,,,,,",
    )
    told = report_from(held, Judge(), path, office="", by="up.xen", number_of=partial(full_number, held))
    assert (told.rows, told.changed, told.blank, dict(+told.followed)) == (5, 3, 1, {"ACCEPTED": 1, "REJECTED": 2})
    assert [(one.row, one.field) for one in told.refused] == [(4, "date")]
    with held.read() as work:
        first, fourth = work.reports.of(1)[0], work.reports.of(4)[0]
    assert (first.fields.visited_on, first.fields.witnesses) == (date(2026, 11, 20), ("राम", "श्याम"))
    assert fourth.close is CloseKind.INTERIM
    assert fourth.fields.court is not None
    assert (fourth.fields.court.next_date, fourth.fields.court.stay) == (date(2026, 12, 15), False)
    assert fourth.reasons == ("INTERIM_WITHOUT_DATE",)
    assert verify(held).faults == []


def test_files_in_a_logins_folder_are_taken_by_themselves(held: House, tmp_path: Path) -> None:
    place = tmp_path / "reports"
    (place / "up.xen").mkdir(parents=True)
    write(place / "up.xen" / "a.csv", held, f"1,{{office}},{GOOD},,,,,,,,")
    ((taken,), left) = take_report_files(held, FolderInbox(place), Judge())
    assert (taken.outcome.changed, left) == (1, 0)
    assert case_of(held).status is Status.DISPOSED
    assert take_report_files(held, FolderInbox(place), Judge()) == ([], 0)


def test_feedback_by_the_file_and_its_shares(held: House, tmp_path: Path) -> None:
    rows = [f"{n},{{office}},{GOOD} मामला {n} {'क' * n},,,,,,,," for n in (1, 2, 3)]
    number_of = partial(full_number, held)
    report_from(held, Judge(), write(tmp_path / "r.csv", held, *rows), office="", by="up.xen", number_of=number_of)
    path = write(
        tmp_path / "f.csv",
        held,
        "1,SATISFIED,GIVEN",
        "2,DISSATISFIED,NOT_GIVEN",
        "3,खुश,",
        "4,SATISFIED,",
        headers="प्रकरण संख्या,फीडबैक,राहत",
    )
    told = feedback_from(held, path, by="up.cell", number_of=number_of)
    assert dict(+told.followed) == {"SATISFIED": 1, "DISSATISFIED": 1, "REOPENED": 1}
    assert [(one.row, one.code) for one in told.refused] == [(4, "WrongOutcome"), (5, "NotDisposed")]
    assert case_of(held, 2).status is Status.WITH_OFFICE

    report = f"2,{{office}},{BETTER},,,,,,,,"
    report_from(held, Judge(), write(tmp_path / "r2.csv", held, report), office="", by="up.xen", number_of=number_of)
    again = write(tmp_path / "f2.csv", held, "2,SATISFIED,PARTLY", headers="प्रकरण संख्या,फीडबैक,राहत")
    feedback_from(held, again, by="up.cell", number_of=number_of)
    shares = feedback_figures(held, key="department", since=date(2020, 1, 1))["ENERGY"]
    assert (shares.disposed, shares.reached, shares.dissatisfied) == (3, 2, 0)
    assert (shares.first.part, shares.final.part, shares.relief.part) == (1, 2, 2)
    assert (shares.contacted.part, shares.contacted.of, shares.first.few) == (2, 3, True)
    assert feedback_figures(held, key="office", since=date(2030, 1, 1)) == {}
    assert verify(held).faults == []
