"""One notice a department a day, priority lanes first, delivered once; who keeps silent is told to the cell."""

from __future__ import annotations

import json
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from nistaran.domain.daily_notices import UnknownNotice, acknowledge_until, notice_of_file
from nistaran.domain.deadlines import IST, day_in_india
from nistaran.domain.registry_refused import NotYourOffice
from nistaran.steps.answer_files import take_answer_files
from nistaran.steps.daily_notice import Noticed, draw_notices
from nistaran.steps.deliver import deliver_batch
from nistaran.steps.doctor import examine
from nistaran.steps.house import House
from nistaran.steps.notice_acks import acknowledge, silent, take_acknowledgements, tell_silence
from nistaran.steps.notice_text import notice_lines, notice_pdf
from nistaran.steps.verify import verify
from storage.inbox import FolderInbox
from tests.steps.drafting import PLANTED, with_defaulters
from tests.steps.sweeping import all_cases, later

DAY = date(2026, 12, 2)  # a Wednesday


@pytest.fixture
def late(house: House, tmp_path: Path) -> House:
    return with_defaulters(house, tmp_path)


def notices(house: House, office: str) -> list[dict]:
    """The daily notices that lie in an office's folder."""
    folder = house.courier._root / office
    found = [json.loads(path.read_text("utf-8")) for path in folder.glob("NOTICE-*.json")]
    return [one for one in found if one["kind"] == "daily-notice"]


def bring(house: House) -> None:
    """Bring everything that waits."""
    while deliver_batch(house).notices:
        pass


@pytest.mark.demand("S2-4")
def test_a_department_is_told_once_a_day_what_waits(late: House) -> None:
    made = draw_notices(late)
    assert (made.drawn, made.known, made.cases) == (3, 0, 12)
    assert made.counts == {"OVERDUE": 9, "DUE": 3}
    assert draw_notices(late).known == 3
    for _ in range(2):
        bring(late)
    (one,) = notices(late, "SDR-ENERGY")
    assert one["number"] == "NOTICE-2026-12-02-ENERGY"
    assert "3 दिन" in one["text"] or "2 दिन शेष" in one["text"]
    assert "12 दिन विलम्ब" in one["text"]
    assert PLANTED not in json.dumps(one, ensure_ascii=False)
    assert verify(late).faults == []


@pytest.mark.demand("S4-2")
def test_priority_lanes_stand_first_with_the_reason(late: House) -> None:
    case = next(one for one in all_cases(late) if one.department == "ENERGY" and one.due_on > DAY)
    with late.work() as work:
        import dataclasses

        work.cases._draft.change("cases").cases[case.id] = dataclasses.replace(case, lane="cm-cell", priority=1)
        work.commit()
    draw_notices(late)
    with late.read() as work:
        rows = work.daily_notices.get(DAY, "ENERGY").facts["rows"]
    assert rows[0][0] == case.number
    assert rows[0][4].startswith("1. मुख्यमंत्री / प्रधानमंत्री सन्दर्भ · 2 दिन शेष")
    assert rows[1][4].startswith("4. सामान्य · 12 दिन विलम्ब")


def test_on_a_holiday_nothing_is_drawn(late: House) -> None:
    sunday = later(late, 4)
    assert day_in_india(sunday.clock.now()).weekday() == 6
    assert draw_notices(sunday) == Noticed(idle=True)


def test_two_mornings_at_once_draw_each_notice_once(house: House, tmp_path: Path) -> None:
    late = with_defaulters(house, tmp_path, memory=False)
    outcomes: list[Noticed] = []
    threads = [threading.Thread(target=lambda: outcomes.append(draw_notices(late))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(one.drawn for one in outcomes) == 3
    bring(late)
    assert len(notices(late, "SDR-ENERGY")) == 1
    assert verify(late).faults == []


def test_what_is_told_by_hand_and_by_a_file_is_acknowledged_once(late: House, tmp_path: Path) -> None:
    draw_notices(late)
    known = acknowledge(late, DAY, "energy", by="up.sdr-energy")
    assert acknowledge(late, DAY, "ENERGY", by="up.clerk1") == known
    folder = tmp_path / "answers" / "up.sdr-police"
    folder.mkdir(parents=True)
    (folder / "NOTICE-2026-12-02-POLICE-ab12cd34.json").write_text("{}")
    (folder / "NOTICE-2026-12-02-REVENUE").write_text("")  # another department's
    inbox = FolderInbox(tmp_path / "answers", quiet_seconds=0)
    assert take_answer_files(late, inbox) == ([], 0)
    assert take_acknowledgements(late, inbox) == (1, 1)
    assert take_acknowledgements(late, inbox) == (0, 1)
    with late.read() as work:
        said = {one.department: one.acknowledged_by for one in work.daily_notices.since(DAY)}
    assert said == {"ENERGY": "up.sdr-energy", "POLICE": "up.sdr-police", "REVENUE": ""}
    assert verify(late).faults == []


def test_another_departments_login_acknowledges_nothing(late: House) -> None:
    draw_notices(late)
    for day, department, login, refused in (
        (DAY, "ENERGY", "up.sdr-police", NotYourOffice),
        (DAY, "NONE", "up.clerk1", UnknownNotice),
        (DAY + timedelta(days=1), "ENERGY", "up.clerk1", UnknownNotice),
    ):
        with pytest.raises(refused):
            acknowledge(late, day, department, by=login)
    assert acknowledge(late, DAY, "ENERGY", by="up.sdr-cell").acknowledged_by == "up.sdr-cell"


def test_silence_is_told_after_eleven_on_the_next_working_day(late: House) -> None:
    draw_notices(late)
    acknowledge(late, DAY, "ENERGY", by="up.sdr-energy")
    house = later(late, 0)
    until = acknowledge_until(DAY, house.escalation().calendar)
    assert until.astimezone(IST).strftime("%d.%m %H:%M") == "03.12 11:00"
    house.clock.at = until - timedelta(minutes=1)
    assert silent(house) == []
    house.clock.at = until + timedelta(minutes=1)
    assert [one.department for one in silent(house)] == ["POLICE", "REVENUE"]
    assert tell_silence(house) == tell_silence(house) == 2
    assert tell_silence(later(house, 3)) == 2  # a Sunday: nothing is sent
    bring(later(house, 3))
    folder = house.courier._root / "SDR-CELL"
    told = [json.loads(path.read_text("utf-8")) for path in folder.glob("NOTICE-*.json")]
    assert [one["kind"] for one in told] == ["notices-silent"]
    finding = next(one for one in examine(house) if one.subject == "daily notices not acknowledged")
    assert finding.state == "warn"
    assert "POLICE" in finding.detail
    assert verify(house).faults == []


def test_the_pages_say_what_the_text_says(late: House) -> None:
    draw_notices(late)
    with late.read() as work:
        notice = work.daily_notices.get(DAY, "POLICE")
    pages = notice_pdf(notice)
    assert notice_pdf(notice) == pages
    text = "".join("".join(page.get_textpage().get_text_bounded() for page in PdfDocument(pages)).split())
    lines = "\n".join(notice_lines(notice.facts))
    for number, office, *_ in notice.facts["rows"]:
        assert number in text
        assert number in lines
        assert "".join(office.split()) in text
    assert PLANTED not in text + lines


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("NOTICE-2026-12-02-ENERGY", (DAY, "ENERGY")),
        ("NOTICE-2026-12-02-FOOD_CIVIL_SUPPLIES.txt", (DAY, "FOOD_CIVIL_SUPPLIES")),
        ("NOTICE-2026-12-02-ENERGY-1a2b3c4d.json", (DAY, "ENERGY")),
        ("NOTICE-2026-13-02-ENERGY", None),
        ("NOTICE-2026-12-02", None),
        ("NOTICE-2026-12-02-", None),
        ("उत्तर.csv", None),
    ],
)
def test_a_files_name_says_which_notice_it_acknowledges(name: str, named: object) -> None:
    assert notice_of_file(name) == named
