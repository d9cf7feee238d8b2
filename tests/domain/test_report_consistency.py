"""Reports that speak of another case: another complainant, another village, points left unanswered; and what must not alarm."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.report_checks import HouseCheck
from nistaran.domain.report_consistency import Sides, contradictions, names_another, points_of, unanswered

POINTS = (
    "1. मेरे घर के सामने नाली टूटी है और पानी सड़क पर बहता है। 2. वृद्धा पेंशन छह माह से खाते में नहीं आयी। "
    "3. राशन कोटेदार अंगूठा लगवाकर गेहूं नहीं देता।"
)


def found(report: str, **sides: object) -> list[HouseCheck]:
    return [check for check, _ in contradictions(report, Sides(**{"complaint": POINTS, "is_interim": True} | sides))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("report", "differs"),
    [
        ("आवेदक श्री महेश के घर की नाली ठीक करायी गयी।", True),
        ("शिकायतकर्ता श्रीमती सुनीता देवी को पेंशन भेजी गयी।", True),
        ("शिकायतकर्ता महेश पुत्र सोमई का बयान लिया गया।", True),
        ("आवेदिका अनीता ने संतुष्टि व्यक्त की।", True),
        ("आवेदक श्री रामदुलारे के घर की नाली ठीक करायी गयी।", False),
        ("आवेदक श्री राम दुलारे के घर की नाली ठीक करायी गयी।", False),  # written apart
        ("शिकायतकर्ता श्री रामदुलारी के घर की नाली ठीक करायी गयी।", False),  # a slip of the finger
        ("आवेदक को अवगत कराया गया, लेखपाल श्री महेश उपस्थित रहे।", False),  # names no complainant
        ("आवेदक श्री महेश व रामदुलारे दोनों के बयान लिये गये।", False),
        ("आवेदक पक्ष ने बताया कि पानी बहता है।", False),
        ("Complainant Shri Mahesh was heard.", False),
    ],
)
def test_the_complainants_name(report: str, differs: bool) -> None:
    assert names_another(report, "श्री रामदुलारे यादव", "") is differs
    assert found(report, complainant="श्री रामदुलारे यादव") == [HouseCheck.OTHER_NAME] * differs


def test_whom_the_complaint_names_itself_may_be_named() -> None:
    assert not names_another("आवेदक श्री महेश को सुना गया।", "रामदुलारे", "मेरे पुत्र महेश को पेंशन नहीं मिली")


@pytest.mark.parametrize("complainant", ["", "Ram Dulare", "समस्त ग्रामवासी", "क"])
def test_an_unknown_name_is_not_compared(complainant: str) -> None:
    assert not names_another("आवेदक श्री महेश को सुना गया।", complainant, "")


def test_a_name_is_never_among_the_words() -> None:
    told = list(contradictions("आवेदक श्री महेश को सुना गया।", Sides(complaint="", complainant="रामदुलारे")))
    assert told == [(HouseCheck.OTHER_NAME, "")]


@pytest.mark.parametrize(
    ("asked", "told", "differs"),
    [("A", "B", True), ("AB", "BC", False), ("", "B", False), ("A", "", False), ("A", "A", False)],
)
def test_villages(asked: str, told: str, differs: bool) -> None:
    assert found("ठीक", asked=frozenset(asked), told=frozenset(told)) == [HouseCheck.OTHER_VILLAGE] * differs


def test_points_are_read_in_every_numbering() -> None:
    assert len(points_of(POINTS)) == 3
    assert points_of("निवेदन: (१) नाली टूटी है (२) पेंशन बन्द है") == ["नाली टूटी है", "पेंशन बंद है"]
    for text in ("1. नाली टूटी है", "गाटा 2. पर कब्जा, 1. नाली", "दि0 1.10.26 व 2.10.26 को", "नाली टूटी है", ""):
        assert points_of(text) == [], text


@pytest.mark.parametrize(
    ("report", "left"),
    [
        ("नाली की मरम्मत 12 मी0 करायी गयी। पेंशन ₹3000 खाते में भेजी गयी। कोटेदार की दुकान निलम्बित।", []),
        ("नाली की मरम्मत 12 मी0 करायी गयी। पेंशन ₹3000 खाते में भेजी गयी।", [3]),
        ("नाली की मरम्मत 12 मी0 करायी गयी।", [2, 3]),
        ("1. मरम्मत करा दी गयी 2. भुगतान हो गया 3. दुकान निलम्बित", []),
        ("बिन्दु सं0 1- मरम्मत करा दी गयी। बिन्दु सं0 2- भुगतान हो गया।", [3]),
        ("सब ठीक कराया गया।", []),  # takes up no point at all: the judge's to refuse
        ("The drain was repaired and pension credited today.", []),
    ],
)
def test_each_point_is_answered_or_told(report: str, left: list[int]) -> None:
    assert unanswered(report, POINTS) == left
    assert found(report, is_interim=False) == [HouseCheck.POINT_UNANSWERED] * bool(left)
    assert found(report) == []  # an interim report need not answer all


def test_none_of_them_sends_a_report_back() -> None:
    assert not any(one.blocks for one in (HouseCheck.OTHER_NAME, HouseCheck.OTHER_VILLAGE, HouseCheck.POINT_UNANSWERED))


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=40))
def test_no_text_breaks_it(report: str, complaint: str, name: str) -> None:
    list(contradictions(report, Sides(complaint=complaint, complainant=name)))


@pytest.mark.parametrize("piece", ["आवेदक श्री महेश ", "1. नाली ", "(1) ", "आवेदक - ", "प्रार्थी राम राम "])
def test_long_texts_take_no_time(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    started = time.process_time()
    list(contradictions(text, Sides(complaint=text, complainant="रामदुलारे")))
    assert time.process_time() - started < 2
