"""Header spellings: what is one header, what is another, and the packs' tables."""

from __future__ import annotations

import pytest

from nistaran.domain.errors import BadTable
from nistaran.readers.header_row import find_header, is_total_line
from nistaran.readers.headers import HeaderAliases, header_key
from nistaran.readers.record import FIELDS
from tests.readers.krutidev_encoder import encode
from tests.readers.support import HINDI, aliases


@pytest.mark.parametrize(
    "spelling",
    ["मो0 नं0", "मो0नं0", "मो० नं०", "मो॰ नं॰", "मो. नं.", "मो नं", " मो0\nनं0 :", "मो0 नँ0", "*मो0 नं0*"],
)
def test_abbreviations_are_one_header_however_marked(spelling: str) -> None:
    assert aliases().field_of(spelling) == "phone"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("सन्दर्भ संख्या", "reference"),
        ("संदर्भ सं०", "reference"),
        ("शिकायत क्रमांक", "reference"),
        ("परिवाद संख्या", "reference"),
        ("Complaint No.", "reference"),
        ("COMPLAINT_NO", "reference"),
        ("क्र0सं0", "serial"),
        ("S.No.", "serial"),
        ("Sr. No", "serial"),
        ("शिकायत का विवरण", "text"),
        ("शिकायत का विवरण / Complaint Details", "text"),
        ("Complaint\n(शिकायत)", "text"),
        ("मोबाइल नं. (10 अंक)", "phone"),
        ("प्राप्ति दिनांक (dd/mm/yyyy)", "received_on"),
        ("ज़िला", "district"),
        ("जिला", "district"),
        ("गाँव", "village"),
        ("गॉव", "village"),
        ("वि0ख0", "block"),
        ("ब्‍लॉक", "block"),
        ("श्रेणी", "category"),
        ("text", "text"),
        ("received_on", "received_on"),
        ("", None),
        ("निस्तारण दिनांक", None),
        ("शिकायत - स्थिति", None),
        ("Complaint / Status", None),
        ("आख्या", None),
        ("लम्बित दिवस", None),
    ],
)
def test_real_headers(header: str, field: str | None) -> None:
    assert aliases().field_of(header) == field


@pytest.mark.parametrize(("field", "header"), HINDI.items())
def test_headers_keyed_in_krutidev(field: str, header: str) -> None:
    assert aliases().field_of(encode(header)) == field


@pytest.mark.parametrize("pack", ["up", "rajasthan"])
def test_the_packs_name_every_field(pack: str) -> None:
    known = aliases(pack)
    assert all(known.field_of(field) == field for field in (*FIELDS, "serial"))
    assert all(known.field_of(header) == field for field, header in HINDI.items())


def test_rajasthan_knows_its_own_words() -> None:
    assert aliases("rajasthan").field_of("सम्पर्क क्रमांक") == "reference"
    assert aliases("rajasthan").field_of("परिवेदना का विवरण") == "text"
    assert aliases("rajasthan").field_of("पंचायत समिति") == "block"


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({"txt": ["विवरण"]}, "txt"),
        ({"text": ["विवरण"], "subject": [" विवरण."]}, "विवरण"),
        ({"text": ["..."]}, "text"),
    ],
)
def test_a_wrong_table_is_refused_by_name(table: dict[str, list[str]], named: str) -> None:
    with pytest.raises(BadTable, match=named):
        HeaderAliases(table)


def test_headers_differ_where_words_differ() -> None:
    assert header_key("प्राप्ति दिनांक") != header_key("निस्तारण दिनांक")
    assert header_key("ward 10") != header_key("ward 1")


def test_the_header_is_found_below_titles_and_over_two_rows() -> None:
    titles = [["जनपद - सिद्धार्थनगर"], ["आईजीआरएस लम्बित सूची"], []]
    plain = [*titles, ["क्र0सं0", "शिकायत संख्या", "विवरण", "", ""], ["1", "40019923001789", "नाली", "", ""]]
    found = find_header(plain, aliases())
    assert found is not None
    assert found.rows_above == 4
    assert found.headers == ("क्र0सं0", "शिकायत संख्या", "विवरण")
    stacked = [["", "शिकायतकर्ता", "", ""], ["विवरण", "नाम", "मोबाइल", "पता"], ["नाली", "राम", "94", "ग्राम"]]
    group_above = [["विवरण", "शिकायतकर्ता", "", ""], ["", "नाम", "मोबाइल", "पता"], ["नाली", "राम", "94", "ग्राम"]]
    for rows in (stacked, group_above):
        found = find_header(rows, aliases())
        assert found is not None
        assert found.headers == ("विवरण", "नाम", "मोबाइल", "पता")
        assert found.rows_above == 2
    assert find_header([["राम", "श्याम"], ["मोहन", "सोहन"]], aliases()) is None


def test_lines_of_totals() -> None:
    assert is_total_line(["", "कुल योग", "", "125"])
    assert is_total_line(["Total", "12", "13", ""])
    assert not is_total_line(["1", "40019923001789", "नाली जाम है", "राम"])
    assert not is_total_line(["", ""])
