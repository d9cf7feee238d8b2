"""What the house holds against a report besides its text: each check once met and once passed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from nistaran.domain.office_report import CourtParticulars, ReportFields
from nistaran.domain.report_checks import CHECK_HI, HouseCheck, ReportContext, held_against, plots_of

TEXT = "दिनांक 05.11.2026 को मौके पर जाकर नया ट्रांसफार्मर 25 केवीए स्थापित कराया गया, आपूर्ति चालू है।"
KNOWN = ReportContext(
    complaint="गाटा संख्या 214 पर कब्जा है।",
    numbers=("SDR-2026-0000042", "40018726000042"),
    received_on=date(2026, 11, 1),
    today=date(2026, 11, 22),
)
COURT = CourtParticulars(court="न्यायालय उप जिलाधिकारी, बांसी", case_number="114/2026", next_date=date(2026, 12, 3))


def codes(text: str = TEXT, fields: ReportFields | None = None, **changes: Any) -> list[HouseCheck]:
    known = replace(KNOWN, **changes)
    return [code for code, _ in held_against(text, fields or ReportFields(), known, alike=fuzz.token_sort_ratio)]


def test_a_clean_report_has_nothing_against_it() -> None:
    assert codes(fields=ReportFields(visited_on=date(2026, 11, 5), court=COURT)) == []


@pytest.mark.parametrize(
    ("check", "given_"),
    [
        (HouseCheck.SAME_AS_REFUSED, {"refused": (TEXT.replace("05", "06"),)}),
        (HouseCheck.LIKE_OTHER_REPORTS, {"others": (TEXT,)}),
        (HouseCheck.COURT_LACKS, {"fields": ReportFields(court=replace(COURT, next_date=None))}),
        (HouseCheck.COURT_LACKS, {"fields": ReportFields(court=replace(COURT, case_number=""))}),
        (HouseCheck.NEXT_DATE_PAST, {"fields": ReportFields(court=replace(COURT, next_date=date(2026, 11, 21)))}),
        (HouseCheck.OTHER_NUMBER, {"text": f"सन्दर्भ संख्या 40018726000099 के क्रम में {TEXT}"}),
        (HouseCheck.OTHER_PLOT, {"text": f"गाटा सं0 ३१५ की पैमाइश की गई। {TEXT}"}),
        (HouseCheck.DATE_TO_COME, {"fields": ReportFields(visited_on=date(2026, 11, 23))}),
        (HouseCheck.BEFORE_THE_COMPLAINT, {"fields": ReportFields(action_on=date(2026, 10, 31))}),
        (HouseCheck.ACCUSED_INQUIRED, {"accused_rank": True}),
        (HouseCheck.INTERIM_WITHOUT_DATE, {"is_interim": True}),
        (HouseCheck.NO_WORDS, {"text": "9876598765 20.11.2026 ✓"}),
    ],
)
def test_each_check_is_met(check: HouseCheck, given_: dict[str, Any]) -> None:
    assert codes(**given_) == [check]


@pytest.mark.parametrize(
    "given_",
    [
        {"refused": ("विवादित भूमि की पैमाइश राजस्व टीम द्वारा की गई और कब्जा हटवाया गया।",)},
        {"text": f"सन्दर्भ संख्या 40018726000042 के क्रम में {TEXT}"},
        {"text": f"गाटा 214 व 215 की पैमाइश की गई। {TEXT}"},
        {"fields": ReportFields(visited_on=date(2026, 11, 22), court=replace(COURT, next_date=date(2026, 11, 22)))},
        {"is_interim": True, "fields": ReportFields(inquiry_officer="ना. तहसीलदार", action_on=date(2026, 12, 1))},
        {"text": "पूर्ण।", "others": ("पूर्ण।",)},
    ],
)
def test_what_is_well_is_passed_over(given_: dict[str, Any]) -> None:
    assert codes(**given_) == []


def test_the_blocking_ones_come_first() -> None:
    found = codes(others=(TEXT,), accused_rank=True)
    assert found == [HouseCheck.ACCUSED_INQUIRED, HouseCheck.LIKE_OTHER_REPORTS]


def test_every_check_has_its_words() -> None:
    assert set(CHECK_HI) == set(HouseCheck)
    assert all(said and cure for said, cure in CHECK_HI.values())


def test_plots_are_read_in_both_digits() -> None:
    assert plots_of("गाटा संख्या २१४, खसरा नं0 315 एवं आराजी-12, रकबा 0.214") == {"214", "315", "12"}


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_breaks_it(text: str, complaint: str) -> None:
    codes(text, complaint=complaint)
