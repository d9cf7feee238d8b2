"""Older grievance numbers in citizens' text."""

from __future__ import annotations

import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.references import find_references

_DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


def found(text: str) -> list[tuple[str, str]]:
    return [(r.kind, r.number) for r in find_references(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("पूर्व शिकायत संख्या 40019923001789 का फर्जी निस्तारण", [("IGRS_ONLINE", "40019923001789")]),
        ("आईजीआरएस सं0 922 177 000 166 06 है", [("IGRS_CMHELP", "92217700016606")]),
        ("सं0-४००१९९२३००१७८९", [("IGRS_ONLINE", "40019923001789")]),
        ("संख्या 4००१९९23001789 तथा 6000024-0072053", [("IGRS_ONLINE", "40019923001789"), ("IGRS_PG", "60000240072053")]),
        ("सन्दर्भ-60000240072053।", [("IGRS_PG", "60000240072053")]),
        ("सन्दर्भ 20199240001234", [("IGRS_OTHER", "20199240001234")]),
        ("igrs 4001 9923 0017 89 closed", [("IGRS_ONLINE", "40019923001789")]),
        ("GOVUP/E/2023/0057076", [("CPGRAMS", "GOVUP/E/2023/0057076")]),
        (
            "govup / e /2020/ 36913 aur Pmopg-E-2022-0249558",
            [("CPGRAMS", "GOVUP/E/2020/36913"), ("CPGRAMS", "PMOPG/E/2022/0249558")],
        ),
        ("GOVUP/E/२०२३/००५७०७६", [("CPGRAMS", "GOVUP/E/2023/0057076")]),
        ("परिवाद क्रमांक 0315127000636", [("SAMPARK", "0315127000636")]),
        ("सम्पर्क क्रमांक ०३१५१२७०००६३६ दर्ज", [("SAMPARK", "0315127000636")]),
        (
            "शिकायत 40019923001789, 40015724107107",
            [("IGRS_ONLINE", "40019923001789"), ("IGRS_ONLINE", "40015724107107")],
        ),
    ],
)
def test_references_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "बिजली नहीं आ रही",
        "मो0 9415012345",
        "शिकायत हेतु मोबाइल 9415012345 2023",
        "शिकायतकर्ता 94150 12345 2024",
        "+91-9415012345 पर शिकायत",
        "00919415012345 शिकायत",
        "शिकायत 0091 9415012345",
        "आधार सं0 1234 5678 9012",
        "आधार सं0 123456789012 शिकायत",
        "आधार 1234 5678 9012 34",
        "खाता संख्या 12345678901234",
        "bank account 40019923001789",
        "0315127000636",
        "दिनांक 12-06-2024 123456",
        "शिकायत दिनांक 12/06/2024 व 13/06/2024",
        "गाटा संख्या 429 430 431 432 433",
        "123456789012345",
        "शिकायत 400199230017891",
        "/E/2023/",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert found(text) == []


@given(
    serial=st.integers(0, 999_999),
    district=st.integers(132, 202),
    year=st.integers(15, 30),
    gaps=st.lists(st.sampled_from(["", " ", "-"]), min_size=3, max_size=3),
    hindi=st.booleans(),
)
def test_an_igrs_number_is_found_however_it_is_written(
    serial: int, district: int, year: int, gaps: list[str], hindi: bool
) -> None:
    parts = ("400", str(district), str(year), f"{serial:06d}")
    number = "".join(parts)
    written = parts[0] + gaps[0] + parts[1] + gaps[1] + parts[2] + gaps[2] + parts[3]
    text = f"पूर्व शिकायत संख्या {written.translate(_DEVANAGARI) if hindi else written} का"
    (reference,) = find_references(text)
    assert reference.number == number
    assert text[reference.start : reference.end].translate(str.maketrans("०१२३४५६७८९", "0123456789")) == written


@given(
    st.integers(6_000_000_000, 9_999_999_999),
    st.sampled_from(["", "मो0 ", "शिकायत ", "+91 ", "91-"]),
    st.sampled_from(["", " 2024", " है"]),
)
def test_a_phone_is_never_a_reference(phone: int, before: str, after: str) -> None:
    assert found(f"{before}{phone}{after}") == []


@given(st.text(alphabet="0123456789०१९ -/EGOVUP शिकायत", max_size=200))
def test_any_text_gives_references_in_order_and_of_the_right_length(text: str) -> None:
    references = find_references(text)
    assert list(references) == sorted(references, key=lambda r: r.start)
    assert all(len(r.number) in (13, 14) or r.kind == "CPGRAMS" for r in references)


def test_a_text_without_digits_costs_next_to_nothing() -> None:
    text = "हमारे गाँव में बिजली नहीं आ रही है कृपया ठीक कराने की कृपा करें। " * 4
    plain, numbered = (_cost(found) for found in (text, f"{text} 40018726000123"))
    assert plain < numbered / 2  # a sixth, whatever else the machine does


def _cost(text: str) -> float:
    return min(timeit.repeat(lambda: find_references(text), number=500, repeat=9))


def test_a_flood_of_digits_is_read_in_time() -> None:
    text = "शिकायत " + "4 0 0 1 9 9 2 3 0 0 1 7 8 9 " * 1_500
    assert min(timeit.repeat(lambda: find_references(text[:20_000]), number=1, repeat=3)) < 0.5
