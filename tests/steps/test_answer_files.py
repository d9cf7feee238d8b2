"""Files of answers that arrive in a login's folder: each row acted on, bad rows told without what stood in them, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from nistaran.domain.complaint import Status
from nistaran.steps.answer_files import take_answer_files
from nistaran.steps.house import House
from storage.inbox import FolderInbox
from tests.steps.transferring import PLAIN, case_of, kinds, with_cases

SHARES = {"ENERGY": 0.5, "POLICE": 0.49, "REVENUE": 0.01}


@pytest.fixture
def held(house: House, tmp_path: Path) -> House:
    return with_cases(house, tmp_path, SHARES, PLAIN, "बिजली का बिल गलत आ रहा है।", "ट्रांसफार्मर का तेल चोरी हो गया।")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "answers"
    (made / "up.xen").mkdir(parents=True)
    return made


def write(place: Path, house: House, *rows: str, folder: str = "up.xen", name: str = "उत्तर.csv") -> Path:
    """A file of answers; {office} in a row is the office that has case 1."""
    lines = ["प्रकरण संख्या,कार्यालय कूट,उत्तर,किस विभाग का", *rows]
    path = place / folder / name
    path.write_text("\n".join(lines).replace("{office}", case_of(house).office), encoding="utf-8")
    return path


def test_rows_are_acted_on_and_the_file_moves_away(held: House, place: Path) -> None:
    write(
        place,
        held,
        "1,{office},NOT_OUR_DEPARTMENT,POLICE",
        "2,{office},न्यायालय में विचाराधीन बताया,",
        "3,{office},,",
    )
    ((taken,), left) = take_answer_files(held, FolderInbox(place))
    assert (taken.by, taken.outcome.rows, taken.outcome.changed, taken.outcome.blank, left) == ("up.xen", 3, 2, 1, 0)
    assert dict(+taken.outcome.followed) == {"Forward": 1, "StayWith": 1}
    assert case_of(held).department == "POLICE"
    assert take_answer_files(held, FolderInbox(place)) == ([], 0)
    assert held.objects.exists(f"answers/{taken.sha256[:2]}/{taken.sha256}")


def test_bad_rows_are_told_by_row_and_column_and_the_rest_go_on(held: House, place: Path) -> None:
    write(
        place,
        held,
        "रामकली देवी 9876543210,{office},NOT_OUR_DEPARTMENT,",
        "1,{office},कबूतर,",
        "1,SDR-X,NOT_OUR_DEPARTMENT,",
        "2,{office},COURT_MATTER,",
    )
    ((taken,), _) = take_answer_files(held, FolderInbox(place))
    assert [(one.row, one.field) for one in taken.outcome.refused] == [(2, "case"), (3, "answer"), (4, "office")]
    assert taken.outcome.changed == 1
    told = held.objects.read_bytes(taken.told).decode("utf-8-sig")
    assert "रामकली" not in told
    assert "9876543210" not in told
    assert told.count("\n") == 4


def test_a_folder_of_no_login_and_loose_files_are_left_and_counted(held: House, place: Path) -> None:
    (place / "विद्युत विभाग").mkdir()
    write(place, held, "1,{office},COURT_MATTER,", folder="विद्युत विभाग")
    (place / "loose.csv").write_text("x", encoding="utf-8")
    assert take_answer_files(held, FolderInbox(place)) == ([], 2)


def test_a_crash_before_the_file_moves_away_changes_nothing_twice(held: House, place: Path) -> None:
    path = write(place, held, "1,{office},NOT_OUR_DEPARTMENT,POLICE", "2,{office},INSUFFICIENT_FACTS,")
    data = path.read_bytes()
    take_answer_files(held, FolderInbox(place))
    before = [kinds(held, 1), kinds(held, 2)]
    path.write_bytes(data)
    ((again,), _) = take_answer_files(held, FolderInbox(place))
    assert again.outcome.changed == 0
    assert [kinds(held, 1), kinds(held, 2)] == before
    assert case_of(held, 1).status is Status.WITH_OFFICE


def test_a_file_without_the_columns_is_refused_whole(held: House, place: Path) -> None:
    (place / "up.xen" / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    ((taken,), _) = take_answer_files(held, FolderInbox(place))
    assert [one.code for one in taken.outcome.refused] == ["NO_HEADER"]
