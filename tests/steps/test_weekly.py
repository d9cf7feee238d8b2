"""The paper and the sheets of a weekly review: both States' words, «estimated» wherever the score stands, the same bytes when asked again."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from nistaran.bootstrap import open_house, prepare
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.weekly_figures import WeeklyFigures
from nistaran.settings import Settings
from nistaran.steps import transfer_figures
from nistaran.steps.escalate import sweep
from nistaran.steps.feedback import give_feedback
from nistaran.steps.house import House
from nistaran.steps.promises import promise
from nistaran.steps.weekly import weekly_figures
from nistaran.steps.weekly_book import write_weekly_book
from nistaran.steps.weekly_files import keep_weekly, stem_of, write_weekly
from nistaran.steps.weekly_names import Names, change, count
from nistaran.steps.weekly_paper import facts_of, weekly_paper
from nistaran.steps.weekly_tables import by_office_and_channel, by_office_and_group, group_totals
from tests.steps.people import number
from tests.steps.reporting import GOOD, hand_in
from tests.steps.sweeping import later, with_open_cases


@pytest.fixture
def reviewed(house: House, tmp_path: Path) -> House:
    """Cases in every state, one disposed of and asked about, one promise; nine days on."""
    made = with_open_cases(house, tmp_path)
    hand_in(made, GOOD, 3)
    give_feedback(made, number(3), outcome="DISSATISFIED", relief="PARTLY", by="up.cell1")
    today = day_in_india(made.clock.now())
    promise(made, "ENERGY", line="तीन दिन में सभी", target=today + timedelta(days=8), by="up.cell1", number=0)
    return later(made, 9)


def figures_of(house: House) -> WeeklyFigures:
    return weekly_figures(house, until=day_in_india(house.clock.now()))


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page without spaces, which a reader of PDFs guesses."""
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in PdfDocument(pdf)]


def test_the_same_week_asked_later_gives_the_same_bytes(reviewed: House) -> None:
    until = day_in_india(reviewed.clock.now())
    first = weekly_paper(reviewed, weekly_figures(reviewed, until=until))
    hand_in(reviewed, f"{GOOD} पोल संख्या 9, मीटर 71 बदला गया।", 5)
    much_later = later(reviewed, 30)
    assert weekly_paper(reviewed, weekly_figures(much_later, until=until)) != b""
    figures = weekly_figures(much_later, until=until - timedelta(days=1))
    assert weekly_paper(reviewed, figures) == weekly_paper(much_later, figures)
    assert weekly_paper(
        much_later, weekly_figures(later(much_later, 3), until=until - timedelta(days=1))
    ) == weekly_paper(reviewed, figures)
    assert first.startswith(b"%PDF")


def test_a_score_never_stands_without_the_word_estimated(reviewed: House) -> None:
    pages = pages_of(weekly_paper(reviewed, figures_of(reviewed)))
    marks = "/110"
    with_score = [page for page in pages if marks in page or "पूर्णांक" in page]
    assert with_score
    assert all("अनुमानित" in page for page in with_score)


def test_no_citizens_word_and_no_phone_in_the_facts(reviewed: House) -> None:
    told = str(facts_of(reviewed, figures_of(reviewed)))
    for word in ("ट्रांसफार्मर", "98000", "आवेदक 1"):
        assert word not in told
    assert "तीन दिन में सभी" in told


@pytest.mark.demand("S2-1", "S2-3", "S1-4")
def test_defaulters_by_office_channel_and_group_and_the_worst_departments(house: House, tmp_path: Path) -> None:
    late = later(with_open_cases(house, tmp_path), 12)
    sweep(late)
    figures, names = figures_of(late), Names(late)
    assert group_totals(figures, names) == [
        ("ऑनलाइन", 7, 0),
        ("मुख्यमंत्री, जिलाधिकारी, समाधान दिवस, पी0जी0 पोर्टल, सीएससी", 1, 0),
        ("मुख्यमंत्री हेल्पलाइन", 0, 0),
        ("अन्य", 0, 0),
    ]
    for make in (by_office_and_channel, by_office_and_group):
        *offices, total = make(figures, names).rows
        assert [row[1] for row in offices] == sorted((row[1] for row in offices), reverse=True)
        assert total[:2] == ("योग", 8)
    first = figures.worst[0]
    assert len(first.months) == 4
    assert first.months[-1][1] == first.total > 0
    page = pages_of(weekly_paper(late, figures))[1]
    assert "चारमाहमेंसर्वाधिकडिफॉल्टर" in page


def test_events_that_cannot_be_read_stop_no_review(reviewed: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(*_: object, **__: object) -> None:
        raise KeyError("office")

    assert figures_of(reviewed).misroutes.unreadable == 0
    monkeypatch.setattr(transfer_figures, "history_of", unreadable)
    figures = figures_of(reviewed)
    assert figures.misroutes.unreadable == figures.misroutes.moved > 0
    assert "nistaranverify" in "".join(pages_of(weekly_paper(reviewed, figures)))


def test_both_files_go_where_they_are_asked_and_are_kept_once(reviewed: House, tmp_path: Path) -> None:
    figures = figures_of(reviewed)
    made = write_weekly(reviewed, figures, tmp_path / "new" / "folder")
    assert [path.name for path in made] == [f"{stem_of(figures)}.pdf", f"{stem_of(figures)}.xlsx"]
    assert sorted(path.name for path in made[0].parent.iterdir()) == sorted(path.name for path in made)
    kept = keep_weekly(reviewed, made)
    assert keep_weekly(reviewed, write_weekly(reviewed, figures, made[0].parent)) == kept
    assert list(reviewed.objects.keys("reviews/")) == kept


def test_every_table_has_a_sheet_with_numbers_as_numbers(reviewed: House, tmp_path: Path) -> None:
    write_weekly_book(reviewed, figures_of(reviewed), tmp_path / "book.xlsx")
    book = load_workbook(tmp_path / "book.xlsx")
    assert len(book.sheetnames) == 18
    channels = book["माध्यम"]
    heads = [cell.value for cell in channels[3]]
    total = [cell.value for cell in channels[channels.max_row]]
    assert (total[0], total[heads.index("लम्बित")]) == ("योग", 8)
    assert len(heads) == len(set(heads)) + 1  # «पिछले सप्ताह» of two counts
    assert book["कार्ययोजना"]["I4"].value == "पूरा नहीं हुआ"


@pytest.fixture(scope="module")
def jodhpur(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An empty house of Rajasthan."""
    settings = Settings(home=tmp_path_factory.mktemp("jodhpur") / "home", pack="rajasthan", district="jodhpur")
    prepare(settings)
    with open_house(settings) as opened:
        yield opened


@pytest.mark.demand("S4-3")
def test_rajasthan_has_its_own_words_and_an_empty_week_is_no_fault(jodhpur: House, tmp_path: Path) -> None:
    figures = weekly_figures(jodhpur)
    first, *_ = pages_of(weekly_paper(jodhpur, figures))
    for words in ("राजस्थानसम्पर्क", "जिलाजोधपुर", "समय-सीमापार", "जिलाकलक्टर", "181हेल्पलाइन"):
        assert words in first
    assert "डिफॉल्टर" not in first
    write_weekly_book(jodhpur, figures, tmp_path / "empty.xlsx")
    assert load_workbook(tmp_path / "empty.xlsx").sheetnames[0] == "सार"


def test_an_office_that_is_no_longer_in_the_table_is_shown_by_its_code(house: House) -> None:
    names = Names(dataclasses.replace(house))
    assert names.office("SDR-GONE") == "SDR-GONE"
    assert names.office("") == "किसी को अंकित नहीं"
    assert names.channel("GONE") == "GONE"
    assert names.channel("CMHELP") == "मुख्यमंत्री हेल्पलाइन"
    assert names.group("PM") == "अन्य"


def test_numbers_are_written_as_india_writes_them() -> None:
    assert [count(one) for one in (0, 999, 1000, 99999, 100000, 12345678)] == [
        "0",
        "999",
        "1,000",
        "99,999",
        "1,00,000",
        "1,23,45,678",
    ]
    assert (change(5, 3), change(3, 5), change(3, 3), change(1.26, 1.0, places=1)) == ("+2", "−2", "बराबर", "+0.3")
